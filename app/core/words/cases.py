"""Words of cases: the states between acceptance and filing, and the steps."""

from enum import StrEnum

from app.core.i18n import N_
from app.core.words import Word


class CaseState(Word):
    """Where an application stands."""

    ACCEPTED = "accepted", N_("Accepted")
    RETURNED = "returned", N_("To be mended")
    FILED = "filed", N_("On file")
    REFUSED = "refused", N_("Not filed")
    LISTED = "listed", N_("Opened by a list")
    """The center gives on a list what nobody applied for: there is nothing to decide."""


class CaseStep(StrEnum):
    """What can be done with an application."""

    FILE = "file"
    RETURN = "return"
    RESUBMIT = "resubmit"
    REFUSE = "refuse"
