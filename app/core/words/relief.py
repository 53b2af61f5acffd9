"""Words of the relief book: the items that reports count relief by."""

from app.core.i18n import N_
from app.core.words import Word


class ReliefItem(Word):
    """What relief is counted as, whatever measure of whatever year gave it."""

    LIVING = "living", N_("Living relief")
    MEDICAL = "medical", N_("Medical relief")
    SCHOOLING = "schooling", N_("Schooling relief")
    FESTIVAL = "festival", N_("Festival visit")
    TEMPORARY = "temporary", N_("Temporary relief")
    OTHER = "other", N_("Other relief")
