"""How lists, their rows and candidates read."""

from app.core.i18n import _
from app.core.money import yuan_text
from app.core.words.disbursements import AwardState, ListKind, ListState, PayWay
from app.disbursements.list_records import Candidate, ListEntry, ListRow, ListView
from ui.kit.cells import UNKNOWN, Cell

STATES = {
    ListState.OPEN: ("pencil", "accent"),
    ListState.CONFIRMED: ("circle-check", "ok"),
    ListState.PROPOSED: ("stamp", "ok"),
    ListState.WITHDRAWN: ("undo-2", ""),
}
KINDS = {
    ListKind.FESTIVAL: "gift",
    ListKind.SEASON: "graduation-cap",
    ListKind.SERIES: "calendar-clock",
    ListKind.AGENCY: "landmark",
}
AWARDS = {
    AwardState.PROPOSED: ("clock", "wait"),
    AwardState.COLLECTIVE: ("messages-square", "wait"),
    AwardState.UPWARD: ("messages-square", "wait"),
    AwardState.RETURNED: ("corner-down-left", "wait"),
    AwardState.REFUSED: ("ban", "bad"),
    AwardState.APPROVED: ("circle-check", "ok"),
    AwardState.IN_BATCH: ("banknote", "accent"),
    AwardState.PAID: ("circle-check", "ok"),
    AwardState.WITHDRAWN: ("undo-2", ""),
}


def title_cell(row: ListRow) -> Cell:
    """Return what a list is for, and its number below."""
    below = f"{row.number}　{row.kind.label}　{row.measure_title}"
    return Cell(row.title, below, icon=KINDS[row.kind])


def state_cell(row: ListRow) -> Cell:
    """Return where a list stands, and how far its awards have come."""
    icon, tone = STATES[row.state]
    return Cell(row.state.label, progress(row), icon=icon, tone=tone)


def progress(row: ListRow) -> str:
    """Return how many of a list are approved and paid; nothing before it was handed in."""
    if row.state is not ListState.PROPOSED:
        return ""
    says = _("{approved} of {rows} approved, {paid} paid")
    return says.format(approved=row.approved, rows=row.rows, paid=row.paid)


def total_cell(row: ListRow) -> Cell:
    """Return the sum of a list, and of how many rows."""
    return Cell(yuan_text(row.total), _("{count} rows").format(count=f"{row.rows:,}"))


def entry_cell(row: ListEntry) -> Cell:
    """Return who stands in a row, and for whom of the household it is."""
    return Cell(row.name, _("for {name}").format(name=row.person) if row.person else "")


def amount_cell(row: ListEntry) -> Cell:
    """Return what a row gets; nobody may have said it yet."""
    return Cell(yuan_text(row.amount)) if row.amount else UNKNOWN


def result_cell(row: ListEntry) -> Cell:
    """Return what became of a row: its award, why there is none, or nothing yet."""
    if row.state is not None:
        icon, tone = AWARDS[row.state]
        day = _("not before {day}").format(day=row.due_on.isoformat()) if row.due_on else ""
        return Cell(row.state.label, "　".join(filter(None, (row.award_number, day))), icon, tone)
    if row.why:
        return Cell(row.why, "", "triangle-alert", "wait")
    return Cell(_("Not handed in yet"), tone="text_faint")


def candidate_cell(row: Candidate) -> Cell:
    """Return whom a measure may be given to."""
    return Cell(row.name, _("for {name}").format(name=row.person) if row.person else "")


def left_cell(row: Candidate) -> Cell:
    """Return what somebody may still get, or why not."""
    if row.why:
        return Cell(row.why, tone="text_soft")
    return Cell(_("up to {amount}").format(amount=yuan_text(row.left)) if row.left else "")


def given(view: ListView) -> str:
    """Return what the list gives each, in words."""
    row = view.row
    if row.way is PayWay.GOODS and view.quantity and view.unit_value:
        says = _("{goods} × {quantity}, {value} yuan each, {amount} yuan a household")
        return says.format(
            goods=view.goods,
            quantity=view.quantity,
            value=yuan_text(view.unit_value),
            amount=yuan_text(row.amount or 0),
        )
    if row.amount is None:
        return _("{way}, amounts by row").format(way=row.way.label)
    return _("{way}, {amount} yuan each").format(way=row.way.label, amount=yuan_text(row.amount))
