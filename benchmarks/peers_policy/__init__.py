"""The packs of a day translated for OpenFisca and zen-engine, so that they decide by our rules."""
