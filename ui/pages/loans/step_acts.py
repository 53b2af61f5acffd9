"""The steps to the money: each asks what it needs, and nothing more."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.core.i18n import _
from app.core.money import yuan_text
from app.core.record import Field, Nothing, Record
from app.core.words.loans import DayCount, DueDays, LoanState, Prepayment, StepOutcome
from app.loans.guarantee_queries import guarantee_fund_rows, guarantee_room
from app.loans.guarantee_records import GuaranteeFundRow, RoomAsked, RoomView
from app.loans.lending import lend, preview_lending
from app.loans.money_records import LendPreview
from app.loans.records import (
    BankForm,
    EndForm,
    GuaranteeForm,
    LendForm,
    RecommendForm,
    SecurityForm,
    StepRow,
    SurveyForm,
)
from app.loans.steps import (
    bank_answer,
    decide_guarantee,
    recommend,
    refuse_guarantee,
    refuse_loan,
    send_back,
    send_back_guarantee,
    sign_security,
    survey,
    withdraw_loan,
)
from app.loans.view_records import LoanView
from app.reference.choices import choices
from app.work import Action
from ui.kit.ask_pane import AskPane, Form, Perform, capitals
from ui.kit.cards import Card
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.labels import Label
from ui.kit.page import Page
from ui.pages.loans import words
from ui.pages.loans.plan_table import plan_table


class StepActs:
    """The acts before the bank lends. They need the page, its pane, and how an act is done."""

    def __init__(
        self, page: Page, pane: AskPane, show: Callable[[], None], perform: Perform
    ) -> None:
        self._page, self._desk, self._pane = page, page.desk, pane
        self._show, self._perform = show, perform

    def _context(self) -> Context:
        today = self._desk.today
        return Context(codes=lambda name: choices(name, today()), today=today)

    # The next step

    def next(self, view: LoanView) -> None:
        """Ask for the next step of a loan."""
        match view.next_step:
            case LoanState.RECOMMENDED:
                self._ask(
                    view, RecommendForm, recommend, ["recommended_by", "day", "document", "note"]
                )
            case LoanState.SURVEYED:
                self._ask(
                    view,
                    SurveyForm,
                    survey,
                    [
                        "day",
                        "surveyors",
                        "place",
                        "running",
                        "jobs",
                        "monthly_income",
                        "monthly_costs",
                        "other_debts",
                        "amount",
                        "months",
                        "note",
                    ],
                    {"amount": view.loan.asked, "months": view.loan.months_asked},
                )
            case LoanState.GUARANTEED:
                self._desk.ask(
                    guarantee_fund_rows,
                    Nothing(),
                    then=lambda funds: self._ask_guarantee(view, funds),
                )
            case LoanState.SECURED:
                self._ask(view, SecurityForm, sign_security, ["document", "day", "note"])
            case LoanState.BANK_APPROVED:
                start = {
                    "amount": view.row.guaranteed or view.loan.asked,
                    "bank": view.row.bank,
                    "months": view.row.months,
                }
                self._ask(
                    view,
                    BankForm,
                    bank_answer,
                    ["bank", "document", "day", "amount", "months", "note"],
                    start,
                )
            case LoanState.REPAYING:
                self._ask_lending(view)
            case _:
                pass

    def _ask(
        self,
        view: LoanView,
        record: type[Record],
        verb: Action[Any, Any],
        fields: list[str],
        start: dict[str, Any] | None = None,
        *,
        editors: dict[str, Callable[[Field], Any]] | None = None,
        says: str = "",
    ) -> Form:
        form: Form = FormView(
            record,
            fields,
            spans=SPANS,
            editors={"amount": capitals, **(editors or {})},
            fixed={"id": view.row.id, "version": view.row.version},
            context=self._context(),
            name="step_form",
        )
        step = words.step(view.next_step) if view.next_step else ""
        title = f"{step}　{view.row.number}"
        done = _("Booked: {step} of {number}").format(step=step, number=view.row.number)

        def send(form: Record) -> None:
            self._perform(verb, form, done)

        self._pane.ask(title, form, _("Book: {step}").format(step=step), send, says=says)
        for name, value in {"day": self._desk.today(), **(start or {})}.items():
            form.set_value(name, value)
        form.settle()
        self._show()
        form.focus(fields[0])
        return form

    def _ask_guarantee(self, view: LoanView, funds: list[GuaranteeFundRow]) -> None:
        offered = [
            (
                fund.id,
                _("{fund}, {amount} yuan left").format(fund=fund.name, amount=yuan_text(fund.left)),
            )
            for fund in funds
            if fund.open
        ]
        advised = _passed(view, LoanState.SURVEYED)
        start: dict[str, Any] = {
            "amount": (advised.amount if advised else None) or view.loan.asked,
            "months": (advised.months if advised else None) or view.loan.months_asked,
        }
        if len(offered) == 1:
            start["fund_id"] = offered[0][0]
        form = self._ask(
            view,
            GuaranteeForm,
            decide_guarantee,
            ["fund_id", "amount", "months", "document", "day", "attended", "note"],
            start,
            editors={"fund_id": lambda field: ChoiceEditor(field, offered)},
        )
        form.edited.connect(lambda: self._tell_room(view, form))
        self._tell_room(view, form)

    def _tell_room(self, view: LoanView, form: Form) -> None:
        fund = form.value("fund_id")
        if fund is None:
            return

        def tell(room: RoomView) -> None:
            if self._pane.form is not form:
                return
            says = _("{amount} yuan can still be guaranteed").format(amount=yuan_text(room.left))
            form.boxes["fund_id"].set_found(
                room.against or says,
                "bad" if room.against else "ok",
                "ban" if room.against else "shield-check",
            )

        asked = RoomAsked(loan_id=view.row.id, fund_id=fund)
        self._desk.ask(guarantee_room, asked, then=tell, latest=form)

    def _ask_lending(self, view: LoanView) -> None:
        approved = _passed(view, LoanState.BANK_APPROVED)
        plan, explained = plan_table(), Label(role="small", wrap=True)
        plan.setMinimumHeight(200)
        below = Card(_("The plan this makes"))
        below.add(plan)
        below.add(explained)
        form: Form = FormView(
            LendForm,
            [
                "bank",
                "contract_number",
                "contract_on",
                "lent_on",
                "principal",
                "months",
                "method",
                "rate",
                "base_rate",
                "due_day",
                "grace",
                "day_count",
                "due_days",
                "prepayment",
                "overdue_percent",
                "note",
            ],
            spans={
                "bank": 6,
                "contract_number": 6,
                "contract_on": 3,
                "lent_on": 3,
                "principal": 6,
                "months": 3,
                "method": 5,
                "rate": 4,
                "base_rate": 6,
                "due_day": 3,
                "grace": 3,
                "day_count": 4,
                "due_days": 4,
                "prepayment": 4,
                "overdue_percent": 6,
                "note": 12,
            },
            editors={"principal": capitals},
            fixed={"id": view.row.id, "version": view.row.version},
            context=Context(today=self._desk.today),
            name="step_form",
        )

        def send(record: LendForm) -> None:
            self._perform(lend, record, _("Lent: the plan is made"))

        def show(preview: LendPreview) -> None:
            if self._pane.form is not form:
                return
            plan.show_rows(preview.lines)
            explained.setText("\n".join((*preview.explained, *preview.not_checked)))
            self._pane.say(_("{rate} % a year").format(rate=preview.rate))

        def wrong(error: Exception) -> None:
            if self._pane.form is not form:
                return
            plan.show_rows([])
            self._pane.say(str(error))

        def count() -> None:
            if not form.missing() and not form.red() and (record := form.record()) is not None:
                self._desk.ask(preview_lending, record, then=show, failed=wrong, latest=plan)

        self._pane.ask(
            _("Disbursement {number}").format(number=view.row.number),
            form,
            _("Fix the contract"),
            send,
            below=below,
        )
        form.set_value("bank", view.row.bank)
        form.set_value("principal", (approved.amount if approved else None) or view.loan.asked)
        form.set_value("months", (approved.months if approved else None) or view.row.months)
        for name in ("contract_on", "lent_on"):
            form.set_value(name, self._desk.today())
        for name, value in USUAL.items():
            form.set_value(name, value)
        for name in ("rate", "base_rate"):  # figures that are texts: as exact as they were typed
            if isinstance(line := form.boxes[name].editor.target(), QLineEdit):
                line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.settle()
        form.edited.connect(count)
        self._show()
        form.focus("contract_number")

    # Back, refused, withdrawn

    def back(self, view: LoanView, *, by_committee: bool) -> None:
        """Send a loan one step back, with the words why."""
        self._end(
            view,
            send_back_guarantee if by_committee else send_back,
            _("Send {number} one step back?"),
            _("Send back"),
            _("Sent back"),
        )

    def refuse(self, view: LoanView, *, by_committee: bool) -> None:
        """Refuse a loan, with the reason the borrower is told."""
        self._end(
            view,
            refuse_guarantee if by_committee else refuse_loan,
            _("Refuse the loan {number}?"),
            _("Refuse"),
            _("Loan refused"),
        )

    def withdraw(self, view: LoanView) -> None:
        """Note that the borrower does not want the loan any more."""
        self._end(
            view,
            withdraw_loan,
            _("Does the borrower withdraw {number}?"),
            _("Withdraw"),
            _("Loan withdrawn"),
        )

    def _end(
        self, view: LoanView, verb: Action[EndForm, Any], title: str, yes: str, done: str
    ) -> None:
        def send(reason: str) -> None:
            form = EndForm(id=view.row.id, version=view.row.version, reason=reason)
            self._perform(verb, form, done)

        self._desk.asking.reason(
            self._page,
            title.format(number=view.row.number),
            _("The reason stays on record. What was guaranteed is free again."),
            yes,
            send,
            danger=True,
        )


def _passed(view: LoanView, step: LoanState) -> StepRow | None:
    """Return a step as it was passed last: what was sent back since does not count."""
    return next(
        (
            each
            for each in reversed(view.steps)
            if each.step is step and each.outcome is StepOutcome.PASSED
        ),
        None,
    )


USUAL = {
    "grace": 0,
    "day_count": DayCount.THIRTY_360,
    "due_days": DueDays.AS_PRINTED,
    "prepayment": Prepayment.LOWER_INSTALMENTS,
}
"""What a contract agrees unless it says otherwise."""

SPANS = {
    **{"recommended_by": 12, "day": 4, "document": 8, "note": 12, "surveyors": 8, "place": 12},
    **{"running": 6, "jobs": 6, "monthly_income": 4, "monthly_costs": 4, "other_debts": 4},
    **{"amount": 8, "months": 4, "fund_id": 12, "attended": 12, "bank": 12},
}
