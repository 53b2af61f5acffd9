"""Words of services and referrals: where a request stands, and the steps."""

from enum import StrEnum

from app.core.i18n import N_
from app.core.words import Word


class ServiceState(Word):
    """Where a requested service or referral stands."""

    OPEN = "open", N_("In hand")
    DONE = "done", N_("Done")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class ServiceStep(StrEnum):
    """What can be done with a request."""

    CLOSE = "close"
    WITHDRAW = "withdraw"
