"""Words of households: the state of the file, sex."""

from app.core.i18n import N_
from app.core.words import Word


class FileState(Word):
    """Where the hardship file of a household stands."""

    PENDING = "pending", N_("Not filed yet")
    ACTIVE = "active", N_("On file")
    REFUSED = "refused", N_("Not filed")
    CLOSED = "closed", N_("Closed")


class Sex(Word):
    """Sex as the resident ID tells it."""

    FEMALE = "女", N_("Female")
    MALE = "男", N_("Male")
