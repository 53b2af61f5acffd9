"""What is done with funds: question, act, and what is said afterwards."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from app.core.errors import Invalid
from app.core.i18n import _
from app.core.money import yuan_text
from app.exchange.saving import save_file
from app.funds.actions import (
    change_fund,
    close_fund,
    confirm_budget,
    enter_budget,
    open_fund,
    withdraw_budget,
)
from app.funds.carrying import confirm_carry_over, enter_carry_over, withdraw_carry_over
from app.funds.issuing import issue_fund_ledger, ledger_workbook
from app.funds.records import (
    BudgetForm,
    BudgetRow,
    BudgetStep,
    CarryOverForm,
    CarryOverRow,
    CarryOverStep,
    FundChange,
    FundForm,
    FundRow,
    FundStep,
    LedgerBook,
    Period,
)
from ui.kit.page import Page


class FundActs:
    """The acts of the page of funds."""

    def __init__(
        self,
        page: Page,
        sent: Callable[[str, str], object],
        invalid: Callable[[Invalid], object],
    ) -> None:
        self._page = page
        self._desk = page.desk
        self._sent = sent
        """Tells what was done and which part shows it."""
        self._invalid = invalid

    # Forms

    def open_fund(self, form: FundForm) -> None:
        """Open a fund."""
        self._send(open_fund, form, _("Fund opened: {name}").format(name=form.name), "budgets")

    def change_fund(self, form: FundChange) -> None:
        """Put the terms of a fund right."""
        self._send(change_fund, form, _("{name} is put right").format(name=form.name), "terms")

    def enter_budget(self, form: BudgetForm) -> None:
        """Enter a budget."""
        says = _("Entered {amount} yuan, another person confirms it")
        self._send(enter_budget, form, says.format(amount=yuan_text(form.amount)), "budgets")

    def enter_carry_over(self, form: CarryOverForm) -> None:
        """Enter a carry-over."""
        says = _("Entered {amount} yuan, another person confirms it")
        words = says.format(amount=yuan_text(form.amount))
        self._send(enter_carry_over, form, words, "carry_overs")

    def _send(self, action: Any, form: Any, words: str, part: str) -> None:
        self._desk.perform(
            action, form, then=lambda _done: self._sent(words, part), invalid=self._invalid
        )

    # Two people

    def confirm_budget(self, budget: BudgetRow) -> None:
        """Confirm a budget after a last question."""
        amount = yuan_text(budget.amount)
        self._ask(
            _("Confirm {amount} yuan for {fund}?").format(amount=amount, fund=budget.fund),
            _("By {document}. From now on the fund holds this money.").format(
                document=budget.document
            ),
            _("Confirm the budget"),
            confirm_budget,
            BudgetStep(id=budget.id, version=budget.version),
            _("Budget confirmed"),
        )

    def withdraw_budget(self, budget: BudgetRow) -> None:
        """Withdraw a budget that was entered wrongly."""
        self._ask(
            _("Withdraw the budget of {amount} yuan?").format(amount=yuan_text(budget.amount)),
            _("It was not confirmed, so no money is touched. It can be entered anew."),
            _("Withdraw the budget"),
            withdraw_budget,
            BudgetStep(id=budget.id, version=budget.version),
            _("Budget withdrawn"),
            danger=True,
        )

    def confirm_carry_over(self, carry: CarryOverRow) -> None:
        """Confirm a carry-over after a last question."""
        says = _("Carry {amount} yuan over from {from_fund} to {to_fund}?")
        self._ask(
            says.format(
                amount=yuan_text(carry.amount), from_fund=carry.from_fund, to_fund=carry.to_fund
            ),
            _("By {document}. It leaves the one fund and enters the other at once.").format(
                document=carry.document
            ),
            _("Confirm the carry-over"),
            confirm_carry_over,
            CarryOverStep(id=carry.id, version=carry.version),
            _("It was carried over"),
        )

    def withdraw_carry_over(self, carry: CarryOverRow) -> None:
        """Withdraw a carry-over that was entered wrongly."""
        says = _("Withdraw the carry-over of {amount} yuan?")
        self._ask(
            says.format(amount=yuan_text(carry.amount)),
            _("It was not confirmed, so no money is touched. It can be entered anew."),
            _("Withdraw the carry-over"),
            withdraw_carry_over,
            CarryOverStep(id=carry.id, version=carry.version),
            _("Carry-over withdrawn"),
            danger=True,
        )

    def close_fund(self, fund: FundRow) -> None:
        """Close a fund after a last question."""
        left = yuan_text(fund.available)
        self._ask(
            _("Close {fund}?").format(fund=fund.name),
            _(
                "Nothing is proposed or granted from it any more. {left} yuan stay in it and can "
                "still be carried over."
            ).format(left=left),
            _("Close the fund"),
            close_fund,
            FundStep(id=fund.id, version=fund.version),
            _("Fund closed"),
            danger=True,
        )

    def _ask(
        self,
        title: str,
        text: str,
        verb: str,
        action: Any,
        step: Any,
        done: str,
        *,
        danger: bool = False,
    ) -> None:
        self._desk.asking.confirm(
            self._page,
            title,
            text,
            verb,
            partial(
                self._desk.perform,
                action,
                step,
                then=lambda _done: self._page.toast.emit(done, None),
            ),
            danger=danger,
        )

    # The ledger

    def print_ledger(self, period: Period) -> None:
        """Issue the ledger of a period and go to it: what moved since is on it."""
        self._desk.perform(
            issue_fund_ledger, period, then=lambda paper: self._page.go.emit("papers", paper)
        )

    def save_ledger(self, period: Period) -> None:
        """Save the ledger of a period as a workbook."""

        def ask(book: LedgerBook) -> None:
            self._desk.asking.save_file(
                self._page,
                _("Where shall the workbook go?"),
                book.name,
                _("All files (*)"),
                lambda place: self._desk.produce(save_file, place, book.data, then=saved),
            )

        def saved(place: Path) -> None:
            self._page.toast.emit(_("Saved: {name}").format(name=place.name), None)

        self._desk.ask(ledger_workbook, period, then=ask)
