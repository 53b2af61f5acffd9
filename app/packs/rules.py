"""What the center demands of the policy documents it decides by."""

from app.core.errors import RuleBroken
from app.core.i18n import N_


class PackChanged(RuleBroken):
    """A policy document is not the one this store has worked with; nothing is decided by it."""

    says = N_(
        "The policy document “{title}” ({pack}) is not the one used here before. A supervisor "
        "has to look at it and take it into use first."
    )


class PackNotKept(RuleBroken):
    """The document an assessment rested on is neither kept in the store nor shipped any more."""

    says = N_("The policy document {pack} as it was then ({digest}) is not kept in this store.")
