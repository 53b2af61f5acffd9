"""Whose assessment it is, and how far the newest case has come: the head of the page."""

from app.cases.records import CaseRow
from app.core.i18n import _
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState
from app.disbursements.records import AwardRow
from app.households.records import HouseholdView
from ui.kit.ribbon import Stage


def stages(case: CaseRow | None, award: AwardRow | None) -> list[Stage]:
    """Return how far a case has come."""
    if case is None:
        return []
    filed = {
        CaseState.ACCEPTED: "now",
        CaseState.RETURNED: "stopped",
        CaseState.REFUSED: "stopped",
        CaseState.FILED: "done",
        CaseState.LISTED: "done",
    }[case.state]
    proposed, decided, paid = "next", "next", "next"
    if case.state is CaseState.FILED:
        proposed = "done" if award else "now"
    if award is not None:
        decided = {
            AwardState.PROPOSED: "now",
            AwardState.COLLECTIVE: "now",
            AwardState.UPWARD: "now",
            AwardState.RETURNED: "stopped",
            AwardState.REFUSED: "stopped",
            AwardState.WITHDRAWN: "stopped",
        }.get(award.state, "done")
        waits = decided == "done"
        paid = "done" if award.state is AwardState.PAID else "now" if waits else "next"
    return [
        Stage(_("Acceptance"), "done"),
        Stage(_("Filing"), filed),
        Stage(_("Proposal of relief"), proposed),
        Stage(_("Approval"), decided),
        Stage(_("Payment"), paid),
    ]


def particulars(view: HouseholdView) -> str:
    """Return what stands beside the name."""
    heads = view.form.income.members_living_together or len(view.members)
    facts = [
        view.sex.label if view.sex else "",
        _("{age} years").format(age=view.age) if view.age is not None else "",
        view.id_number,
        _("Family of {count}").format(count=heads),
        view.form.head.district or "",
    ]
    return "　".join(filter(None, facts))
