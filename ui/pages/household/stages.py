"""How far the matter of a household has come, for the ribbon and for the words beside it."""

from collections.abc import Sequence

from app.cases.records import CaseRow
from app.core.i18n import _
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState
from app.core.words.households import FileState
from app.core.words.services import ServiceState
from app.disbursements.records import AwardRow, waiting_for
from app.services.records import ServiceRow
from ui.kit.cells import Cell
from ui.kit.ribbon import Stage

FILE_LOOKS = {
    FileState.PENDING: ("circle-dashed", "wait"),
    FileState.ACTIVE: ("file-check-2", "ok"),
    FileState.REFUSED: ("ban", "bad"),
    FileState.CLOSED: ("lock-keyhole", ""),
    FileState.MERGED: ("users", ""),
    FileState.WITHDRAWN: ("undo-2", ""),
}
FILING = {
    CaseState.ACCEPTED: "now",
    CaseState.RETURNED: "stopped",
    CaseState.REFUSED: "stopped",
    CaseState.FILED: "done",
    CaseState.LISTED: "done",
}
LOOKS = {
    CaseState.ACCEPTED: ("circle-dot", "accent"),
    CaseState.RETURNED: ("file-warning", "wait"),
    CaseState.FILED: ("circle-check", "ok"),
    CaseState.REFUSED: ("ban", "bad"),
    CaseState.LISTED: ("list-checks", ""),
}
AWARD_LOOKS = {
    AwardState.PROPOSED: ("circle-dot", "accent"),
    AwardState.COLLECTIVE: ("messages-square", "wait"),
    AwardState.UPWARD: ("hourglass", "wait"),
    AwardState.RETURNED: ("corner-down-left", "wait"),
    AwardState.REFUSED: ("ban", "bad"),
    AwardState.APPROVED: ("circle-check", "ok"),
    AwardState.IN_BATCH: ("file-lock", "accent"),
    AwardState.PAID: ("circle-check", "ok"),
    AwardState.WITHDRAWN: ("undo-2", "text_soft"),
}
SERVICE_LOOKS = {
    ServiceState.OPEN: ("circle-dot", "accent"),
    ServiceState.DONE: ("circle-check", "ok"),
    ServiceState.WITHDRAWN: ("undo-2", "text_soft"),
}
WAITS = (AwardState.PROPOSED, AwardState.COLLECTIVE, AwardState.UPWARD)
STOPPED = (AwardState.RETURNED, AwardState.REFUSED)


def present(cases: Sequence[CaseRow]) -> CaseRow | None:
    """Return the case that is at work, or the last one; nobody applied for what a list opened."""
    applied = [row for row in cases if row.state is not CaseState.LISTED]
    waiting = [row for row in applied if row.days_left is not None]
    return max(waiting or applied, key=lambda row: row.id, default=None)


def newest(awards: Sequence[AwardRow], case: CaseRow | None) -> AwardRow | None:
    """Return the last award of a case that was not taken back."""
    standing = [
        row
        for row in awards
        if case is not None and row.case_id == case.id and row.state is not AwardState.WITHDRAWN
    ]
    return max(standing, key=lambda row: row.id, default=None)


def stages(case: CaseRow | None, award: AwardRow | None) -> list[Stage]:
    """Return the stages from acceptance to payment as they stand."""
    if case is None:
        return []
    filed = FILING[case.state]
    steps = ["done", filed, "next", "next", "next", "next"]
    if filed == "done":
        steps[2:4] = ["done", "done"] if award else ["now", "next"]
    if award is not None:
        steps[4] = (
            "now" if award.state in WAITS else "stopped" if award.state in STOPPED else "done"
        )
        if steps[4] == "done":
            steps[5] = "done" if award.state is AwardState.PAID else "now"
    words = (
        _("Acceptance"),
        _("Filing"),
        _("Assess"),
        _("Propose"),
        _("Approval"),
        _("Payment"),
    )
    return [Stage(word, state) for word, state in zip(words, steps, strict=True)]


def time_left(case: CaseRow | None) -> tuple[str, str, str]:
    """Return the working days a case has left: words, icon and tone."""
    cell = due_cell(case) if case else None
    return (cell.text, cell.icon, cell.tone) if cell else ("", "", "")


def due_cell(case: CaseRow) -> Cell | None:
    """Return until when a case has to be decided; nothing when it is."""
    match case.days_left:
        case None:
            return None
        case int(days) if days < 0:
            return Cell(_("{days} days overdue").format(days=-days), icon="circle-x", tone="bad")
        case 0:
            return Cell(_("Today"), icon="clock", tone="wait")
        case 1:
            return Cell(_("1 day left"), icon="clock", tone="wait")
        case days:
            words = _("{days} working days left").format(days=days)
            return Cell(words, icon="calendar-clock")


def case_cell(case: CaseRow) -> Cell:
    """Return where a case stands."""
    icon, tone = LOOKS[case.state]
    return Cell(case.state.label, icon=icon, tone=tone)


def award_cell(award: AwardRow) -> Cell:
    """Return where an award stands."""
    icon, tone = AWARD_LOOKS[award.state]
    return Cell(stands(award), icon=icon, tone=tone)


def stands(award: AwardRow) -> str:
    """Return where an award stands, in words: while it waits, for whom."""
    return waiting_for(award.waits_for) if award.waits_for else award.state.label


def service_cell(request: ServiceRow) -> Cell:
    """Return where a service or referral stands."""
    icon, tone = SERVICE_LOOKS[request.state]
    return Cell(request.state.label, icon=icon, tone=tone)
