"""Words of backups: why one was made, and how it is."""

from app.core.i18n import N_
from app.core.words import Word


class Reason(Word):
    """Why a backup was made."""

    CLOSE = "close", N_("On closing")
    ASKED = "asked", N_("By hand")
    UPGRADE = "upgrade", N_("Before an upgrade")
    IMPORT = "import", N_("Before an import")


class Soundness(Word):
    """What the check of a copy said."""

    GOOD = "good", N_("Checked, good")
    ODD = "odd", N_("Whole, but the data do not agree")
