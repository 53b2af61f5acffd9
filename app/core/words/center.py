"""Words of the center: its own dated values."""

from app.core.i18n import N_
from app.core.words import Word


class ValueState(Word):
    """Whether a second person has confirmed a value the center entered."""

    ENTERED = "entered", N_("To be confirmed")
    CONFIRMED = "confirmed", N_("Confirmed")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class ValueKind(Word):
    """The dated values a center keeps."""

    DIBAO_LINE = "dibao_line", N_("Dibao line")
    MINIMUM_WAGE = "minimum_wage", N_("Minimum wage")
