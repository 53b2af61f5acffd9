"""Words of the center: its own dated values."""

from app.core.i18n import N_
from app.core.words import Word


class ValueState(Word):
    """Whether a second person has confirmed a value the center entered."""

    ENTERED = "entered", N_("To be confirmed")
    CONFIRMED = "confirmed", N_("Confirmed")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
