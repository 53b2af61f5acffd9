"""What the center demands of a case. The steps are the shipped minimum of files-first
(先建档后帮扶): acceptance by one person, filing by another."""

from app.core.errors import RuleBroken
from app.core.flow import Flow
from app.core.i18n import N_
from app.core.words.cases import CaseState, CaseStep

FLOW: Flow[CaseState, CaseStep] = Flow(
    {
        (CaseState.ACCEPTED, CaseStep.FILE): CaseState.FILED,
        (CaseState.ACCEPTED, CaseStep.RETURN): CaseState.RETURNED,
        (CaseState.ACCEPTED, CaseStep.REFUSE): CaseState.REFUSED,
        (CaseState.RETURNED, CaseStep.RESUBMIT): CaseState.ACCEPTED,
        (CaseState.RETURNED, CaseStep.REFUSE): CaseState.REFUSED,
    }
)

WORKING_DAYS = 10
"""Working days from acceptance to the decision, counted from the day after."""


class NotClassified(RuleBroken):
    """The household is not, or not yet, a case of hardship by the policy."""

    says = N_(
        "The household cannot be filed: {why}. Send the case back with what is missing, or "
        "refuse it with the reason."
    )


class OpinionNeeded(RuleBroken):
    """Sending back and refusing need words."""

    says = N_("Please write the reason: the applicant will read it.")


class NoFile(RuleBroken):
    """The household has no active file."""

    says = N_("This household is not on file, so this cannot be done for it yet. File it first.")


class MemberNeeded(RuleBroken):
    """A measure per member is given to one person."""

    says = N_("“{title}” is given to one person: please choose for whom.")


class NotOneOfThem(RuleBroken):
    """The person or the application is not of this household."""

    says = N_("This person or application does not belong to the household. Open it anew.")
