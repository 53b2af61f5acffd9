"""How budgets and movements of a fund read in lists."""

from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.core.words.funds import Account, BudgetState
from app.funds.records import BudgetRow, FundRow, LedgerRow
from ui.kit.cells import Cell

ACCOUNTS = {
    Account.GRANTED: N_("Granted"),
    Account.AVAILABLE: N_("Available"),
    Account.RESERVED: N_("Approved, not paid"),
    Account.PAID: N_("Paid out"),
}
"""The accounts as the counter calls them."""

MOVES = {
    (Account.GRANTED, Account.AVAILABLE): (N_("Budget came in"), "download", "ok"),
    (Account.AVAILABLE, Account.RESERVED): (N_("Set aside by approval"), "stamp", ""),
    (Account.RESERVED, Account.PAID): (N_("Paid out"), "banknote", ""),
    (Account.RESERVED, Account.AVAILABLE): (N_("Came back"), "undo-2", "wait"),
}
"""What a movement means, with icon and tone."""


def move_cell(row: LedgerRow) -> Cell:
    """Return what a movement means."""
    words, icon, tone = MOVES.get((row.from_account, row.to_account), (N_("Moved"), "", ""))
    return Cell(_(words), icon=icon, tone=tone)


def accounts_cell(row: LedgerRow) -> Cell:
    """Return the account a movement left and the one it entered."""
    return Cell(f"{_(ACCOUNTS[row.from_account])} → {_(ACCOUNTS[row.to_account])}")


def budget_cell(row: BudgetRow) -> Cell:
    """Return whether a budget counts yet."""
    if row.state is BudgetState.CONFIRMED:
        return Cell(row.state.label, icon="circle-check", tone="ok")
    return Cell(row.state.label, icon="clock", tone="wait")


def earmark_cell(row: FundRow, titles: dict[str, str]) -> Cell:
    """Return what a fund may pay: titles of measures, or everything."""
    if not row.measures:
        return Cell(_("Every measure"), tone="text_soft")
    return Cell("、".join(titles.get(each, each) for each in row.measures))


def balance(row: FundRow) -> str:
    """Return the sentence that shows the accounts of a fund to balance."""
    says = _("Granted {granted} = available {available} + approved {reserved} + paid {paid}")
    return says.format(
        granted=yuan_text(row.granted),
        available=yuan_text(row.available),
        reserved=yuan_text(row.reserved),
        paid=yuan_text(row.paid),
    )
