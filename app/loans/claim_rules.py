"""What the center demands of a claim of interest subsidy."""

from app.core.errors import RuleBroken
from app.core.i18n import N_


class QuarterRuns(RuleBroken):
    """A claim is of a quarter that is over."""

    says = N_("The quarter runs until {last}. Claim it when it is over.")


class ClaimThere(RuleBroken):
    """A bank claims a quarter once."""

    says = N_("{bank} has a claim of this quarter already: {number}.")


class NothingToClaim(RuleBroken):
    """Nothing is owed for the quarter and nothing has to be put right."""

    says = N_(
        "No loan of {bank} has a day of subsidised interest in this quarter, and no earlier claim "
        "has to be put right."
    )


class ClaimStale(RuleBroken):
    """What was drafted is no longer what is owed."""

    says = N_(
        "Entries became known since {number} was made. Withdraw it and make it anew, so that it "
        "says what is owed now."
    )


class LaterClaim(RuleBroken):
    """Later claims of a bank rest on what the earlier ones say."""

    says = N_("{number} of this bank was made later and rests on this one. Withdraw it first.")


class ReceivedOtherwise(RuleBroken):
    """What the treasury paid is not what was claimed."""

    says = N_("{received} yuan came and {claimed} yuan were claimed. Say in the note why.")


class ReceivedBeforeSent(RuleBroken):
    """The treasury pays after it was asked."""

    says = N_("The claim was sent on {sent}, so it cannot be paid on {day}.")
