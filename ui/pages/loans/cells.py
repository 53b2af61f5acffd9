"""How loans, their plans, steps, entries, guarantors and checks read."""

from app.core.i18n import _
from app.core.words.loans import (
    ChangeState,
    CheckResult,
    LoanEventKind,
    LoanState,
    StepOutcome,
)
from app.loans.money_records import LineState, LoanChangeRow, LoanEventRow, PlanLine, PlanPair
from app.loans.records import LoanCheckRow, LoanRow, StepRow
from app.loans.side_records import SideRow
from app.loans.view_records import WorkRow
from ui.kit.cells import UNKNOWN, Cell, yuan

DASH = UNKNOWN.text

STATES = {
    LoanState.ENQUIRED: ("inbox", "accent"),
    LoanState.CHECKED: ("list-checks", "accent"),
    LoanState.RECOMMENDED: ("file-text", "accent"),
    LoanState.SURVEYED: ("search", "accent"),
    LoanState.GUARANTEED: ("shield-check", "accent"),
    LoanState.SECURED: ("file-lock", "accent"),
    LoanState.BANK_APPROVED: ("landmark", "accent"),
    LoanState.REPAYING: ("calendar-clock", "ok"),
    LoanState.COMPENSATED: ("triangle-alert", "bad"),
    LoanState.SETTLED: ("circle-check", "ok"),
    LoanState.WRITTEN_OFF: ("circle-x", ""),
    LoanState.REFUSED: ("ban", "bad"),
    LoanState.WITHDRAWN: ("undo-2", ""),
    LoanState.RECORDED: ("book-open", ""),
}
LINES = {
    LineState.PAID: ("circle-check", "ok"),
    LineState.PART: ("circle-dot", "wait"),
    LineState.OVERDUE: ("triangle-alert", "bad"),
    LineState.SOON: ("clock", "wait"),
    LineState.OPEN: ("circle", ""),
}
OUTCOMES = {
    StepOutcome.PASSED: ("circle-check", "ok"),
    StepOutcome.SENT_BACK: ("corner-down-left", "wait"),
    StepOutcome.REFUSED: ("ban", "bad"),
}
CHANGES = {
    ChangeState.ENTERED: ("clock", "wait"),
    ChangeState.CONFIRMED: ("circle-check", "ok"),
    ChangeState.WITHDRAWN: ("undo-2", ""),
}
CHECKS = {
    CheckResult.IN_ORDER: ("circle-check", "ok"),
    CheckResult.CONCERN: ("triangle-alert", "wait"),
    CheckResult.MISUSE: ("ban", "bad"),
    CheckResult.NOT_MET: ("circle-question-mark", "wait"),
}


# The lists


def who_cell(row: WorkRow | LoanRow) -> Cell:
    """Return the borrower with the number of the loan below."""
    icon, tone = STATES[row.state]
    return Cell(row.name, row.number, icon=icon, tone=tone if tone == "bad" else "", bold=True)


def sum_cell(row: WorkRow | LoanRow) -> Cell:
    """Return what a line is about in money, and what kind of money it is."""
    if isinstance(row, LoanRow):
        left = _("{amount} left").format(amount=yuan(row.outstanding))
        lent = row.principal is not None and row.state in (
            LoanState.REPAYING,
            LoanState.COMPENSATED,
        )
        return Cell(yuan(row.principal or row.asked), left if lent else "")
    lines = _("{count} instalments").format(count=row.lines) if row.lines else ""
    return Cell(yuan(row.amount), lines)


def state_cell(row: LoanRow) -> Cell:
    """Return where a loan stands, and what is next for it."""
    icon, tone = STATES[row.state]
    if row.overdue_days:
        says = _("{count} days overdue").format(count=row.overdue_days)
        return Cell(row.state.label, says, icon="triangle-alert", tone="bad", second_tone="bad")
    if row.next_due_on and row.state is LoanState.REPAYING:
        second = _("next {day}").format(day=row.next_due_on.isoformat())
    elif row.days_left is not None:
        second = working_days(row.days_left)
    else:
        second = ""
    return Cell(row.state.label, second, icon=icon, tone=tone)


def when_cell(row: WorkRow) -> Cell:
    """Return the day of a line of a worklist, and how far it is."""
    if row.change is not None:
        mine = _("waits for another person") if row.mine else _("waits for you")
        return Cell(row.change.label, mine, icon="clock", tone="" if row.mine else "wait")
    day = row.day.isoformat() if row.day else _("no deadline")
    if row.step is not None:
        words = "" if row.days is None else working_days(row.days)
        late = row.days is not None and row.days < 0
        return Cell(row.step.label, words, icon="clock", tone="bad" if late else "")
    if row.days is None:
        return Cell(day)
    return Cell(day, _days(row), tone="bad" if _is_late(row) else "")


def _is_late(row: WorkRow) -> bool:
    return (row.days or 0) < 0


def _days(row: WorkRow) -> str:
    days = row.days or 0
    if days < 0:
        return _("{count} days late").format(count=-days)
    return _("today") if days == 0 else _("{count} days").format(count=days)


def working_days(days: int) -> str:
    """Return how many working days are left, or that they are over."""
    if days < 0:
        return _("{count} working days late").format(count=-days)
    if days == 0:
        return _("due today")
    return _("{count} working days left").format(count=days)


# One loan


def due_cell(row: PlanLine) -> Cell:
    """Return the due day, with the last day in time where that is another one."""
    if row.pay_by == row.due_on:
        return Cell(row.due_on.isoformat())
    says = _("moves to {day}").format(day=row.pay_by.isoformat())
    return Cell(row.due_on.isoformat(), says + (_(" (provisional)") if row.provisional else ""))


def interest_cell(row: PlanLine) -> Cell:
    """Return the interest, with what the treasury bears of it."""
    borne = _("subsidy {amount}").format(amount=yuan(row.subsidy)) if row.subsidy else ""
    return Cell(yuan(row.interest), borne)


def owed_cell(row: PlanLine) -> Cell:
    """Return what is to be paid, with the overdue interest in it."""
    more = _("penalty {amount}").format(amount=yuan(row.penalty)) if row.penalty else ""
    return Cell(yuan(row.due), more, second_tone="bad")


def paid_cell(row: PlanLine) -> Cell:
    """Return what came in for a line."""
    return Cell(yuan(row.paid) if row.paid else DASH)


def line_cell(row: PlanLine) -> Cell:
    """Return where a line of the plan stands."""
    icon, tone = LINES[row.state]
    if row.state is LineState.PAID and row.paid_on:
        return Cell(row.state.label, row.paid_on.isoformat(), icon=icon, tone=tone)
    if row.days_late:
        says = _("{count} days").format(count=row.days_late)
        return Cell(row.state.label, says, icon=icon, tone=tone, second_tone=tone)
    return Cell(row.state.label, icon=icon, tone=tone)


def step_cell(row: StepRow) -> Cell:
    """Return a step and how it ended."""
    icon, tone = OUTCOMES[row.outcome]
    return Cell(row.step.label, row.outcome.label, icon=icon, tone=tone)


def told_cell(row: StepRow) -> Cell:
    """Return what a step found, in one line, and on what paper."""
    details = "　".join(f"{label} {value}" for label, value in row.details)
    amount = _("{amount} yuan").format(amount=yuan(row.amount)) if row.amount else ""
    first = "　".join(part for part in (amount, row.note, details) if part)
    return Cell(first or DASH, row.document)


def by_cell(row: StepRow) -> Cell:
    """Return who took a step, and when."""
    return Cell(row.decided_by, row.day.isoformat(), second_tone="bad" if row.late else "")


def event_cell(row: LoanEventRow) -> Cell:
    """Return what happened, and whether it was undone since."""
    if row.reversed_by is not None:
        says = _("undone by entry {number}").format(number=row.reversed_by)
        return Cell(row.kind.label, says, icon="undo-2", tone="")
    icon = "undo-2" if row.kind is LoanEventKind.REVERSED else "banknote"
    second = _("of entry {number}").format(number=row.reverses) if row.reverses else ""
    return Cell(row.kind.label, second or (row.payer.label if row.payer else ""), icon=icon)


def entered_cell(row: LoanEventRow | LoanChangeRow) -> Cell:
    """Return who entered something, and who confirmed it."""
    second = _("confirmed by {name}").format(name=row.confirmed_by) if row.confirmed_by else ""
    return Cell(row.entered_by, second)


def change_cell(row: LoanChangeRow) -> Cell:
    """Return a change and whether it holds."""
    icon, tone = CHANGES[row.state]
    return Cell(row.kind.label, row.state.label, icon=icon, tone=tone)


def side_cell(row: SideRow) -> Cell:
    """Return who stands beside the borrower, and as what."""
    what = row.form.label if row.form else row.party.label
    return Cell(row.name, what if row.live else _("{what}, released").format(what=what))


def side_says_cell(row: SideRow) -> Cell:
    """Return the unit or thing, and what stands against it."""
    if row.against:
        return Cell(row.against, row.unit or row.thing, icon="ban", tone="bad")
    doubt = "；".join(row.doubts)
    tone = "wait" if doubt else ""
    return Cell(row.unit or row.thing or DASH, doubt, tone="", second_tone=tone)


def capacity_cell(row: SideRow) -> Cell:
    """Return what a guarantor stands for, and could."""
    if row.capacity is None or row.capacity.capacity is None:
        return Cell(yuan(row.covers))
    could = _("can stand for {amount}").format(amount=yuan(row.capacity.capacity))
    return Cell(yuan(row.covers), could)


def check_cell(row: LoanCheckRow) -> Cell:
    """Return what a check found, or that it is due."""
    if row.result is None:
        tone = "bad" if row.overdue else "wait"
        says = _("overdue") if row.overdue else _("to be done")
        return Cell(says, icon="clock", tone=tone)
    icon, tone = CHECKS[row.result]
    return Cell(row.result.label, row.done_by, icon=icon, tone=tone)


def pair_cell(name: str, row: PlanPair) -> Cell:
    """Return a figure of a due day before and after a change."""
    before, after = getattr(row, f"{name}_before"), getattr(row, f"{name}_after")
    if before == after:
        return Cell(yuan(after))
    return Cell(
        yuan(after), _("was {amount}").format(amount=yuan(before)), bold=True, tone="accent"
    )
