"""How funds, budgets, carry-overs and movements read in lists."""

from app.core.i18n import N_, _
from app.core.money import Fen, yuan_text
from app.core.words.funds import Account, BudgetState, MoveKind
from app.funds.records import AreaRow, BudgetRow, CarryOverRow, FundRow, LedgerRow
from app.policy.pack import Area
from ui.kit.cells import Cell

ACCOUNTS = {
    Account.GRANTED: N_("Granted"),
    Account.AVAILABLE: N_("Available"),
    Account.RESERVED: N_("Approved, not paid"),
    Account.PAID: N_("Paid out"),
}
"""The accounts as the counter calls them."""

SIGNS = {
    MoveKind.BUDGET: ("download", "ok"),
    MoveKind.CARRIED_IN: ("download", "ok"),
    MoveKind.CARRIED_OUT: ("arrow-right", ""),
    MoveKind.RESERVED: ("stamp", ""),
    MoveKind.RELEASED: ("undo-2", "wait"),
    MoveKind.PAID: ("banknote", ""),
    MoveKind.REFUNDED: ("undo-2", "wait"),
}
"""Icon and tone of every kind of movement."""


def move_cell(row: LedgerRow) -> Cell:
    """Return what a movement means."""
    icon, tone = SIGNS[row.kind]
    return Cell(row.kind.label, icon=icon, tone=tone)


def accounts_cell(row: LedgerRow) -> Cell:
    """Return the account a movement left and the one it entered."""
    return Cell(f"{_(ACCOUNTS[row.from_account])} → {_(ACCOUNTS[row.to_account])}")


def balance_cell(row: LedgerRow) -> Cell:
    """Return what the fund held after a movement: available, and approved but not paid."""
    return Cell(yuan_text(row.available + row.reserved))


def state_cell(row: BudgetRow | CarryOverRow) -> Cell:
    """Return whether a budget or a carry-over counts yet."""
    if row.state is BudgetState.CONFIRMED:
        return Cell(row.state.label, icon="circle-check", tone="ok")
    return Cell(row.state.label, icon="clock", tone="wait")


def area_cell(row: BudgetRow | CarryOverRow | AreaRow) -> Cell:
    """Return the area that money is for."""
    if row.area:
        return Cell(Area(row.area).label)
    return Cell(_("Any area"), tone="text_soft")


def left_cell(row: AreaRow) -> Cell:
    """Return what is left for an area; nothing left asks to look."""
    if row.left or not row.granted:
        return Cell(yuan_text(row.left))
    return Cell(yuan_text(row.left), icon="triangle-alert", tone="wait")


def name_cell(row: FundRow) -> Cell:
    """Return what a fund is called, and whether it is closed."""
    if row.open:
        return Cell(row.name)
    return Cell(_("{fund} (closed)").format(fund=row.name), icon="lock-keyhole", tone="text_soft")


def earmark_cell(row: FundRow, titles: dict[str, str]) -> Cell:
    """Return what a fund may pay: titles of measures, or everything."""
    if not row.measures:
        return Cell(_("Every measure"), tone="text_soft")
    return Cell("、".join(titles.get(each, each) for each in row.measures))


def bar_cell(row: FundRow) -> Cell:
    """Return the bar of a fund: paid, approved and not paid, available."""
    if not row.granted:
        return Cell(_("Nothing granted yet"), tone="text_soft")
    return Cell(balance(row), shares=(row.paid / row.granted, row.reserved / row.granted))


def balance(row: FundRow) -> str:
    """Return the sentence that shows the accounts of a fund to balance."""
    says = _("Granted {granted} = available {available} + approved {reserved} + paid {paid}")
    return says.format(
        granted=yuan_text(row.granted),
        available=yuan_text(row.available),
        reserved=yuan_text(row.reserved),
        paid=yuan_text(row.paid),
    )


def total(rows: list[FundRow]) -> Fen:
    """Return what is available in all of them."""
    return Fen(sum(row.available for row in rows))
