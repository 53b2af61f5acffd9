"""How guarantee funds, their movements and quotas, claims and what is late read in lists."""

from app.core.i18n import _
from app.core.words.loans import ChangeState, ClaimState, GuaranteeMoveKind, SubsidyLineKind
from app.loans.guarantee_records import GuaranteeFundRow, GuaranteeMoveRow, QuotaRow
from app.loans.portfolio_records import AgeingRow, JobsRow
from app.loans.subsidy_records import ClaimLineRow, ClaimRow
from app.loans.terms import percent_text
from app.reports.loan_charts import range_words
from ui.kit.cells import Cell, yuan

MOVES = {
    GuaranteeMoveKind.CAPITAL_IN: ("download", "+"),
    GuaranteeMoveKind.CAPITAL_OUT: ("upload", "-"),
    GuaranteeMoveKind.COMPENSATED: ("triangle-alert", "-"),
    GuaranteeMoveKind.RECOVERED: ("undo-2", "+"),
    GuaranteeMoveKind.COMPENSATED_REVERSED: ("undo-2", "+"),
    GuaranteeMoveKind.RECOVERED_REVERSED: ("undo-2", "-"),
}
"""Icon and sign of every kind of movement."""
CHANGES = {
    ChangeState.ENTERED: ("clock", "wait"),
    ChangeState.CONFIRMED: ("circle-check", "ok"),
    ChangeState.WITHDRAWN: ("undo-2", ""),
}
CLAIMS = {
    ClaimState.DRAFTED: ("clock", "wait"),
    ClaimState.CONFIRMED: ("circle-check", "accent"),
    ClaimState.SENT: ("upload", "accent"),
    ClaimState.RECEIVED: ("circle-check", "ok"),
    ClaimState.WITHDRAWN: ("undo-2", ""),
}
LINES = {
    SubsidyLineKind.CLAIMED: ("", ""),
    SubsidyLineKind.CLAWED_BACK: ("undo-2", "bad"),
    SubsidyLineKind.RESTORED: ("plus", "ok"),
}


def percent(hundredths: int) -> str:
    """Return hundredths of a percent as ``12.34 %``."""
    return f"{percent_text(hundredths * 100)}%"


# Guarantee funds


def fund_cell(row: GuaranteeFundRow) -> Cell:
    """Return what a fund is called, with what holds it up."""
    if not row.open:
        return Cell(row.name, _("No longer in use"), icon="lock-keyhole", tone="text_soft")
    if row.stopped:
        return Cell(
            row.name, _("No new guarantees"), icon="ban", tone="bad", second_tone="bad", bold=True
        )
    if row.waiting:
        says = _("{count} movements to be confirmed").format(count=row.waiting)
        return Cell(row.name, says, icon="clock", bold=True, second_tone="wait")
    return Cell(row.name, _("Gives new guarantees"), icon="shield-check", bold=True)


def left_cell(row: GuaranteeFundRow) -> Cell:
    """Return how much can still be guaranteed; nothing asks to look."""
    if row.open and not row.left:
        return Cell(yuan(row.left), icon="triangle-alert", tone="wait")
    return Cell(yuan(row.left))


def move_cell(row: GuaranteeMoveRow) -> Cell:
    """Return what a movement is, and whether it counts yet."""
    if row.state is ChangeState.CONFIRMED:
        icon, _sign = MOVES[row.kind]
        return Cell(row.kind.label, row.loan_number, icon=icon)
    icon, tone = CHANGES[row.state]
    return Cell(row.kind.label, row.state.label, icon=icon, tone=tone)


def amount_cell(row: GuaranteeMoveRow) -> Cell:
    """Return an amount with its sign; what does not count is soft."""
    sign = MOVES[row.kind][1]
    tone = "" if row.state is ChangeState.CONFIRMED else "text_soft"
    return Cell(f"{sign}{yuan(row.amount)}", tone=tone)


def people_cell(row: GuaranteeMoveRow) -> Cell:
    """Return who entered a movement, and who confirmed it."""
    says = _("{name} confirmed it").format(name=row.confirmed_by) if row.confirmed_by else ""
    return Cell(row.entered_by, says)


def district_cell(row: QuotaRow) -> Cell:
    """Return the district; loans of which none was said are told apart."""
    return Cell(row.district) if row.district else Cell(_("No district said"), tone="text_soft")


def quota_cell(row: QuotaRow) -> Cell:
    """Return the quota of a district, if it has one."""
    return Cell(yuan(row.quota))


def taken_cell(row: QuotaRow) -> Cell:
    """Return the bar of a quota: lent, reserved, left."""
    if not row.quota:
        return Cell(_("No quota"), tone="text_soft")
    says = _("{lent} lent, {reserved} reserved of {quota} yuan")
    words = says.format(lent=yuan(row.lent), reserved=yuan(row.reserved), quota=yuan(row.quota))
    return Cell(words, shares=(row.lent / row.quota, row.reserved / row.quota))


def room_cell(row: QuotaRow) -> Cell:
    """Return what is left of a quota; nothing left asks to look."""
    if row.quota is not None and not row.left:
        return Cell(yuan(row.left), icon="triangle-alert", tone="wait")
    return Cell(yuan(row.left))


# Claims of interest subsidy


def quarter_of(row: ClaimRow) -> str:
    """Return the quarter a claim is of."""
    says = _("Quarter {quarter} of {year}")
    return says.format(year=row.last_day.year, quarter=(row.last_day.month - 1) // 3 + 1)


def claim_cell(row: ClaimRow) -> Cell:
    """Return the quarter and the bank of a claim."""
    gone = row.state is ClaimState.WITHDRAWN
    tone = "text_soft" if gone else ""
    return Cell(quarter_of(row), row.bank, bold=not gone, tone=tone)


def claimed_cell(row: ClaimRow) -> Cell:
    """Return what is claimed in all, with how many loans it is for."""
    return Cell(yuan(row.fen), _("{count} loans").format(count=f"{row.loans:,}"))


def claim_state_cell(row: ClaimRow) -> Cell:
    """Return how far a claim has come."""
    icon, tone = CLAIMS[row.state]
    return Cell(row.state.label, row.number, icon=icon, tone=tone)


def borrower_cell(row: ClaimLineRow) -> Cell:
    """Return whose loan a line is for."""
    return Cell(row.name, row.loan_number)


def days_cell(row: ClaimLineRow) -> Cell:
    """Return from when to when interest is subsidised."""
    return Cell(f"{row.from_on} — {row.to_on}", _("{count} days").format(count=row.days))


def base_cell(row: ClaimLineRow) -> Cell:
    """Return on what and at which rate it is counted."""
    return Cell(yuan(row.base), f"{row.rate}%")


def subsidy_cell(row: ClaimLineRow) -> Cell:
    """Return the subsidy of a line; what is clawed back is told apart."""
    icon, tone = LINES[row.kind]
    second = "" if row.kind is SubsidyLineKind.CLAIMED else row.kind.label
    return Cell(yuan(row.fen), second, icon=icon, tone=tone, second_tone=tone)


# All loans together


def late_cell(row: AgeingRow) -> Cell:
    """Return how late loans are; the last ranges are bad."""
    if not row.first:
        return Cell(_("Nothing late"), icon="circle-check", tone="ok")
    words = range_words(row.first, row.last)
    if not row.loans:
        return Cell(words)
    return Cell(words, icon="triangle-alert", tone="wait" if row.first < BAD_FROM else "bad")


BAD_FROM = 91
"""Days late from which a loan counts as bad."""


def jobs_cell(row: JobsRow) -> Cell:
    """Return the people given work, with the loans that did not say."""
    says = _("{count} loans did not say").format(count=row.unknown) if row.unknown else ""
    return Cell(f"{row.jobs:,}", says)


def seen_cell(row: JobsRow) -> Cell:
    """Return the people seen at work, with how many loans were checked."""
    return Cell(f"{row.seen:,}", _("{count} loans checked").format(count=row.checked))
