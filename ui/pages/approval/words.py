"""What the approval desk says of a decision, and the requests it makes of what was chosen."""

from collections.abc import Sequence

from app.core.i18n import N_, _
from app.core.words.disbursements import ApprovalStep, Decision
from app.disbursements.deciding_records import AwardToDecide, TogetherForm
from app.disbursements.records import ApprovalRow, AwardView, DecisionForm
from ui.pages.approval.decision import Decided

DONE = {
    Decision.APPROVED: N_("Approved"),
    Decision.CHANGE_AMOUNT: N_("Sent back with another amount"),
    Decision.SENT_BACK: N_("Sent back"),
    Decision.REFUSED: N_("Not approved"),
    Decision.DEFERRED: N_("Left to collective decision"),
}


def done_words(view: AwardView, decision: Decision) -> str:
    """Return what was done with an award."""
    if decision is Decision.APPROVED and goes_on(view):
        return _("This step is approved")
    return _(DONE[decision])


def goes_on(view: AwardView) -> bool:
    """Tell whether somebody else decides after the step that is due."""
    return sum(not each.decided_by for each in view.way) > 1


def peace(view: AwardView) -> str:
    """Return what this person may do with an award, in peace."""
    match view.row.waits_for:
        case ApprovalStep.COLLECTIVE:
            return _("Record here what was decided together, with its minutes.")
        case ApprovalStep.PROVINCE | ApprovalStep.NATIONAL:
            return _("Record here what the union above decided, with its reply.")
        case _:
            says = _("{name} proposed this one; you can approve it.")
            return says.format(name=view.row.proposed_by)


def decision_form(view: AwardView, decided: Decided, draft_id: str) -> DecisionForm:
    """Return the decision on the step that is due, as it stands on the screen."""
    return DecisionForm(
        award_id=view.row.id,
        version=view.row.version,
        award_version_id=view.row.award_version_id,
        decision=decided.decision,
        opinion=decided.opinion,
        suggested_amount=decided.amount,
        step=view.row.waits_for or ApprovalStep.SUPERVISOR,
        draft_id=draft_id,
        **decided.papers,
    )


def together_form(chosen: Sequence[ApprovalRow]) -> TogetherForm:
    """Return the approval of several awards as they were seen."""
    return TogetherForm(
        awards=tuple(
            AwardToDecide(
                award_id=each.id,
                version=each.award.version,
                award_version_id=each.award.award_version_id,
            )
            for each in chosen
        )
    )
