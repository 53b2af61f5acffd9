"""The acts beside the primary one: of the chosen payment, of a settled batch, of the lists."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.i18n import _
from app.core.words.disbursements import BatchState, LineState
from app.core.words.funds import BudgetState
from app.disbursements.batch_records import BatchLineRow, BatchView
from app.disbursements.batches import call_off
from app.disbursements.cash import close_day, confirm_day, issue_cash_day_sheet
from app.disbursements.handing import hand_out, not_collected
from app.disbursements.refunds import (
    confirm_refund,
    enter_refund,
    issue_recovery_demand,
    issue_refund_slip,
    withdraw_refund,
)
from app.disbursements.sampling import sample_of
from app.disbursements.vouchers import issue_receipt_slips, issue_vouchers
from ui.kit.buttons import Button
from ui.kit.page import PageBar
from ui.pages.batches.books import CASH, REFUNDS, Books
from ui.pages.batches.money_acts import count_reason, refund_reason
from ui.pages.batches.words import Standing

if TYPE_CHECKING:
    from ui.pages.batches.page import BatchesPage


class LineActs:
    """Buttons in the page bar and above the lists, and when they are open."""

    def __init__(self, bar: PageBar, page: "BatchesPage") -> None:
        self._page, self._desk = page, page.desk
        money = page.money

        def of_line(act: Callable[[BatchView, BatchLineRow], object]) -> Callable[[], None]:
            def run() -> None:
                line, here = page.batch.table.current(), page.standing()
                if line is not None and here is not None:
                    act(here.view, line)

            return run

        def of_batch(act: Callable[[BatchView], object]) -> Callable[[], None]:
            def run() -> None:
                if (here := page.standing()) is not None:
                    act(here.view)

            return run

        def put(words: str, run: Callable[[], None], key: str, name: str, icon: str) -> Button:
            return bar.add(Button(words, run, key=key, name=name, icon=icon))

        def foot(words: str, run: Callable[[], None], key: str, name: str) -> Button:
            button = Button(words, run, kind="quiet", small=True, key=key, name=name)
            page.batch.foot.insertWidget(page.batch.foot.count() - 2, button)
            return button

        self.unsigned = put(
            _("Not collected"), of_line(money.leave_out), "Alt+U", "act_not_collected", "undo-2"
        )
        self.sign = put(_("This one signed"), of_line(money.sign), "Alt+S", "act_sign", "check")
        self.demand = foot(
            _("Demand it back"),
            of_line(lambda _view, line: money.ask_demand(line)),
            "Alt+D",
            "act_demand",
        )
        self.back = foot(_("Money came back"), of_line(money.ask_refund), "Alt+B", "act_refund")
        self.off = put(
            _("Call off"), of_batch(page.acts.call_off), "Alt+O", "act_call_off", "undo-2"
        )
        self.ask = put(
            _("Was it received?"),
            of_batch(lambda view: page.sample.show_of(view.row.id)),
            "Alt+Q",
            "act_sample",
            "volume-2",
        )
        self.slips = put(
            _("Receipts of payment"), of_batch(money.receipts), "Alt+R", "act_receipts", "file-text"
        )
        self.vouchers = put(
            _("Vouchers"), of_batch(money.vouchers), "Alt+V", "act_vouchers", "scroll-text"
        )
        self._add_books(page.books)
        page.batch.table.picked.connect(self._picked)

    def _picked(self, _line: object) -> None:
        self.allow(self._page.standing())

    def _add_books(self, books: Books) -> None:
        money = self._page.money

        def refund(act: Callable[..., object]) -> Callable[[], object]:
            return lambda: act(row) if (row := books.refunds.current()) else None

        def cash(act: Callable[..., object]) -> Callable[[], object]:
            return lambda: act(row) if (row := books.cash.current()) else None

        self.withdraw = books.add(
            REFUNDS, _("Withdraw"), refund(money.withdraw), name="act_withdraw_refund"
        )
        self.slip = books.add(REFUNDS, _("Refund slip"), refund(money.slip), name="act_refund_slip")
        self.confirm = books.add(
            REFUNDS, _("Confirm"), refund(money.confirm), name="act_confirm_refund", icon="check"
        )
        self.sheet = books.add(
            CASH, _("Cash day sheet"), cash(money.cash_sheet), name="act_cash_sheet"
        )
        self.count = books.add(
            CASH, _("Count the cash"), cash(money.ask_count), name="act_count_cash", icon="wallet"
        )
        self.confirm_count = books.add(
            CASH,
            _("Confirm the count"),
            cash(money.confirm_count),
            name="act_confirm_cash",
            icon="check",
        )
        books.turn_to(books.book())

    def allow(self, here: Standing | None) -> None:
        """Show what fits the batch in sight, and say of the rest why not."""
        reason = self._desk.reason
        state = here.view.row.state if here else None
        handing = here is not None and here.by_hand and state is BatchState.SENT
        paid = here is not None and bool(here.view.row.paid)
        line = self._page.batch.table.current() if here else None
        self.off.allow(reason(call_off))
        for button, shown in (
            (self.off, state is BatchState.FROZEN),
            (self.unsigned, handing),
            (self.sign, handing),
            (self.demand, paid and not handing),
            (self.back, paid and not handing),
            (self.ask, paid and not handing),
            (self.slips, paid and not handing),
            (self.vouchers, paid and not handing),
        ):
            button.setVisible(shown)
        waits = "" if line and line.state is LineState.PAYING else _("This one is booked already")
        self.sign.allow(reason(hand_out) or waits)
        self.unsigned.allow(reason(not_collected) or waits)
        came = line is not None and line.state is LineState.PAID and line.back < line.amount
        nothing = "" if came else _("Choose a payment that was made")
        self.back.allow(reason(enter_refund) or nothing)
        self.demand.allow(reason(issue_recovery_demand) or nothing)
        self.ask.allow(reason(sample_of))
        self.slips.allow(reason(issue_receipt_slips))
        self.vouchers.allow(reason(issue_vouchers))

    def allow_books(self, books: Books) -> None:
        """Say what can be done with the chosen line of a list, and of the rest why not."""
        reason, row, day = self._desk.reason, books.refunds.current(), books.cash.current()
        self.confirm.allow(reason(confirm_refund) or refund_reason(row, second=True))
        self.withdraw.allow(reason(withdraw_refund) or refund_reason(row, second=False))
        unconfirmed = "" if row and row.state is BudgetState.CONFIRMED else _("Not confirmed yet")
        self.slip.allow(reason(issue_refund_slip) or unconfirmed)
        self.count.allow(reason(close_day) or count_reason(day, second=False))
        self.confirm_count.allow(reason(confirm_day) or count_reason(day, second=True))
        still_open = "" if day and day.confirmed_by else _("Not confirmed yet")
        self.sheet.allow(reason(issue_cash_day_sheet) or still_open)
