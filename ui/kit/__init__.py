"""Reusable widgets. They know records and the look; they know no noun of the center."""
