"""The acts in the foot of the detail, by part: which are offered now, and why the others not."""

from collections.abc import Callable
from typing import Any

from app.core.i18n import _
from app.core.words.funds import BudgetState
from app.funds.actions import change_fund, close_fund, confirm_budget, withdraw_budget
from app.funds.carrying import confirm_carry_over, withdraw_carry_over
from app.funds.issuing import issue_fund_ledger, ledger_workbook
from app.funds.records import BudgetRow, CarryOverRow, FundRow
from ui.desk import Desk
from ui.kit.buttons import Button
from ui.kit.labels import Label
from ui.pages.funds.acts import FundActs
from ui.pages.funds.detail import Detail


class Offers:
    """The small buttons below budgets, ledger, carry-overs and terms, and the words beside them."""

    def __init__(
        self,
        desk: Desk,
        detail: Detail,
        acts: FundActs,
        fund: Callable[[], FundRow | None],
        ask_terms: Callable[[], object],
        ask_more: Callable[[], object],
    ) -> None:
        self._desk = desk
        self._detail = detail
        self._acts = acts
        self._fund = fund
        self._says = Label(role="small")
        self._says.setObjectName("budget_says")
        act = _small
        self._withdraw = act(_("Withdraw the budget"), self._withdraw_one, "act_withdraw_budget")
        self._confirm = act(
            _("Confirm the budget"), self._confirm_one, "act_confirm_budget", "check", "Alt+C"
        )
        self._uncarry = act(
            _("Withdraw the carry-over"), self._withdraw_one, "act_withdraw_carry_over"
        )
        self._carry = act(
            _("Confirm the carry-over"),
            self._confirm_one,
            "act_confirm_carry_over",
            "check",
            "Alt+C",
        )
        self._more = act(_("More"), ask_more, "act_more_ledger")
        self._save = act(_("Save as a workbook"), self._save_ledger, "act_save_ledger", "", "Alt+X")
        self._print = act(
            _("Issue the ledger"), self._print_ledger, "act_issue_ledger", "printer", "Alt+P"
        )
        self._close = act(_("Close the fund"), self._close_fund, "act_close_fund")
        self._change = act(_("Put it right"), ask_terms, "act_change_fund", "pencil", "Alt+G")
        self._of_part: dict[str, tuple[Button, ...]] = {
            "budgets": (self._withdraw, self._confirm),
            "ledger": (self._more, self._save, self._print),
            "carry_overs": (self._uncarry, self._carry),
            "terms": (self._close, self._change),
        }
        detail.foot.addWidget(self._says)
        detail.foot.addStretch(1)
        for each in (each for acts in self._of_part.values() for each in acts):
            detail.foot.addWidget(each)

    def arrange(self) -> None:
        """Show the acts of the part in sight."""
        for part, acts in self._of_part.items():
            for act in acts:
                act.setVisible(part == self._detail.part())
        self._more.setVisible(self._detail.part() == "ledger" and self._detail.goes_on)

    def allow(self, *, touched: bool) -> None:
        """Offer what is open now; ``touched`` when money was reserved under the terms."""
        fund, reason, part = self._fund(), self._desk.reason, self._detail.part()
        no_fund = "" if fund else _("Open a fund first")
        closed = _("This fund is closed") if fund and not fund.open else no_fund
        kept = _("Money was reserved under these terms, so they stay") if touched else ""
        nothing = _("There is no budget to be confirmed here")
        budget = self._entered(self._detail.budgets.current(), nothing)
        self._withdraw.allow(reason(withdraw_budget) or budget[0])
        self._confirm.allow(reason(confirm_budget) or budget[0] or budget[1])
        nothing = _("There is no carry-over to be confirmed here")
        carry = self._entered(self._detail.carry_overs.current(), nothing)
        self._uncarry.allow(reason(withdraw_carry_over) or carry[0])
        self._carry.allow(reason(confirm_carry_over) or carry[0] or carry[1])
        self._print.allow(reason(issue_fund_ledger) or no_fund)
        self._save.allow(reason(ledger_workbook) or no_fund)
        self._change.allow(reason(change_fund) or closed or kept)
        self._close.allow(reason(close_fund) or closed)
        says = {
            "budgets": budget[1],
            "ledger": _("Every movement is one line; nothing is ever changed or taken out."),
            "areas": _("Money of an area is used first, then what is for any area."),
            "carry_overs": carry[1],
            "terms": kept,
            "year_end": _("What is approved stays payable until the last day of its fund."),
        }
        self._says.setText(says[part])

    @staticmethod
    def _entered(row: BudgetRow | CarryOverRow | None, nothing: str) -> tuple[str, str]:
        """Return why a row is neither confirmed nor withdrawn, and why not by this person."""
        if row is None or row.state is not BudgetState.ENTERED:
            return nothing, ""
        own = _("You entered this one, so another person has to confirm it.") if row.mine else ""
        return "", own

    def _confirm_one(self) -> None:
        carry, budget = self._detail.carry_overs.current(), self._detail.budgets.current()
        if self._detail.part() == "carry_overs" and carry is not None:
            self._acts.confirm_carry_over(carry)
        elif self._detail.part() == "budgets" and budget is not None:
            self._acts.confirm_budget(budget)

    def _withdraw_one(self) -> None:
        carry, budget = self._detail.carry_overs.current(), self._detail.budgets.current()
        if self._detail.part() == "carry_overs" and carry is not None:
            self._acts.withdraw_carry_over(carry)
        elif self._detail.part() == "budgets" and budget is not None:
            self._acts.withdraw_budget(budget)

    def _close_fund(self) -> None:
        if (fund := self._fund()) is not None:
            self._acts.close_fund(fund)

    def _print_ledger(self) -> None:
        if (fund := self._fund()) is not None:
            self._acts.print_ledger(self._detail.period(fund))

    def _save_ledger(self) -> None:
        if (fund := self._fund()) is not None:
            self._acts.save_ledger(self._detail.period(fund))


def _small(words: str, run: Callable[[], Any], name: str, icon: str = "", key: str = "") -> Button:
    return Button(words, run, icon=icon, key=key, small=True, name=name)
