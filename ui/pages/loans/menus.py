"""What is done with a loan now and then: back, refused, extended, reversed, released."""

from functools import partial
from typing import TYPE_CHECKING

from app.core.i18n import _
from app.core.words.loans import ChangeState, LoanEventKind, LoanState
from app.loans.steps import send_back_guarantee
from app.loans.view_records import LoanView
from ui.kit.menus import Menu
from ui.pages.loans.detail import MONEY, SIDES

if TYPE_CHECKING:
    from ui.pages.loans.page import LoansPage

COMMITTEE = LoanState.GUARANTEED
"""The step that the committee decides."""


def more(page: "LoansPage", view: LoanView) -> Menu:
    """Return the menu of a loan."""
    menu = Menu(page, "loan_menu")
    put = menu.put
    if view.next_step is not None:
        committee = view.next_step is COMMITTEE and page.desk.may(send_back_guarantee)
        put(_("Change the enquiry"), partial(page.enquiry.ask_change, view), icon="pencil")
        if view.row.state is not LoanState.ENQUIRED:
            put(
                _("Send one step back…"),
                partial(page.steps.back, view, by_committee=committee),
                icon="corner-down-left",
            )
        put(
            _("Refuse the loan…"),
            partial(page.steps.refuse, view, by_committee=committee),
            icon="ban",
        )
        put(_("The borrower withdraws…"), partial(page.steps.withdraw, view), icon="undo-2")
    if view.row.state is LoanState.RECORDED:
        put(_("Take into the books…"), partial(page.on_record.ask, view), icon="book-open")
    if view.row.state is LoanState.REPAYING:
        for kind in (LoanEventKind.EXTENDED, LoanEventKind.COMPENSATED):
            put(kind.label, partial(page.money.ask_change, view, kind))
    if view.row.state is LoanState.COMPENSATED:
        kind = LoanEventKind.WRITTEN_OFF
        put(kind.label, partial(page.money.ask_change, view, kind))
    entry = page.detail.events.current()
    if page.detail.part() == MONEY and entry is not None and entry.reversed_by is None:
        put(
            _("Reverse entry {number}").format(number=entry.number),
            partial(page.money.ask_change, view, LoanEventKind.REVERSED, entry),
            icon="undo-2",
        )
    change = page.detail.changes.current()
    if change is not None and change.state is ChangeState.ENTERED and change.mine:
        put(_("Take the change back"), partial(page.money.take_back, change))
    side = page.detail.sides.current()
    if page.detail.part() == SIDES and side is not None and side.live:
        put(
            _("Change {name}").format(name=side.name),
            partial(page.beside.ask_side, view, side),
            icon="pencil",
        )
        put(
            _("Release {name}").format(name=side.name),
            partial(page.beside.release, side),
            icon="undo-2",
        )
    if view.row.household_id is not None:
        put(
            _("Open the household file"),
            partial(page.go.emit, "household", view.row.household_id),
            icon="users",
        )
    if view.previous_id is not None:
        put(_("Open the loan before this one"), partial(page.open, view.previous_id))
    return menu
