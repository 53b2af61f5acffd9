"""Words of households: the state of the file, what becomes of whole files, sex."""

from app.core.i18n import N_
from app.core.words import Word


class FileState(Word):
    """Where the hardship file of a household stands."""

    PENDING = "pending", N_("Not filed yet")
    ACTIVE = "active", N_("On file")
    REFUSED = "refused", N_("Not filed")
    CLOSED = "closed", N_("Closed")
    MERGED = "merged", N_("Merged into another file")
    WITHDRAWN = "withdrawn", N_("Import undone")


class ChangeKind(Word):
    """What was done with whole households and their members; each can be undone."""

    MERGE = "merge", N_("Files merged")
    SPLIT = "split", N_("Household split")
    MOVE = "move", N_("Member moved")
    HEAD = "head", N_("Head changed")
    APART = "apart", N_("Not the same household")
    UNDO = "undo", N_("Undone")


class DuplicateWay(Word):
    """By what two files may be of one household."""

    NUMBER = "number", N_("Same ID number")
    BIRTH = "birth", N_("Same name and birth")
    CARD = "card", N_("Same card")


class Sex(Word):
    """Sex as the resident ID tells it."""

    FEMALE = "女", N_("Female")
    MALE = "男", N_("Male")
