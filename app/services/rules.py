"""What the center demands of services and referrals."""

from app.core.errors import RuleBroken
from app.core.flow import Flow
from app.core.i18n import N_
from app.core.words.services import ServiceState, ServiceStep

FLOW: Flow[ServiceState, ServiceStep] = Flow(
    {
        (ServiceState.OPEN, ServiceStep.CLOSE): ServiceState.DONE,
        (ServiceState.OPEN, ServiceStep.WITHDRAW): ServiceState.WITHDRAWN,
    }
)


class NoSuchService(RuleBroken):
    """The measure is no service or referral of the policy in force."""

    says = N_("There is no service or referral “{measure}” in the policy in force.")


class NotEntitled(RuleBroken):
    """The policy does not give this service, or cannot tell yet."""

    says = N_("{title}: {why}")


class AlreadyInHand(RuleBroken):
    """The same is asked already and not closed."""

    says = N_("“{title}” is in hand already under {number}: close that request first.")


class FileClosed(RuleBroken):
    """The household's file is closed."""

    says = N_("The file of this household is closed. Take the household in again first.")
