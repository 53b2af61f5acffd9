"""Words of imports: what comes in as a file, and what becomes of it."""

from app.core.i18n import N_
from app.core.words import Word


class ImportKind(Word):
    """What a file that comes in holds."""

    ARCHIVE = "archive", N_("Archive of households")
    RELIEF = "relief", N_("Relief history")
    LOANS = "loans", N_("Register of loans")
    PLACEMENTS = "placements", N_("Register of placements")


class ImportState(Word):
    """Whether what was imported stands."""

    IMPORTED = "imported", N_("Imported")
    UNDONE = "undone", N_("Undone")


class Decision(Word):
    """What becomes of a household that the center has a file of already."""

    SKIP = "skip", N_("Leave it out")
    MERGE = "merge", N_("Complete the file there is")
    NEW = "new", N_("Take it in all the same")
