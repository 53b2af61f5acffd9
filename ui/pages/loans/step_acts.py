"""The steps to the money: each asks what it needs, and nothing more."""

from collections.abc import Callable
from datetime import date
from typing import Any

from app.core.i18n import _
from app.core.money import yuan_text
from app.core.record import Field, Nothing, Record
from app.core.words.loans import BorrowerKind, LoanState
from app.loans.actions import change_enquiry, enquire, open_loan_form
from app.loans.guarantee_queries import guarantee_fund_rows, guarantee_room
from app.loans.guarantee_records import GuaranteeFundRow, RoomAsked, RoomView
from app.loans.lending import lend, preview_lending
from app.loans.money_records import LendPreview
from app.loans.queries import borrower_by_id
from app.loans.records import (
    BankForm,
    BorrowerAsked,
    BorrowerFound,
    EndForm,
    GuaranteeForm,
    LendForm,
    LoanById,
    LoanChangeForm,
    LoanForm,
    RecommendForm,
    SecurityForm,
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
from app.reference.loan_rules import group_label, rules_on
from app.work import Action
from ui.kit.cards import Card
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.labels import Label
from ui.kit.number_editors import AmountEditor
from ui.kit.page import Page
from ui.pages.loans import words
from ui.pages.loans.pane import AskPane, Form
from ui.pages.loans.plan_table import plan_table

Perform = Callable[[Action[Any, Any], Record, str], None]
"""Performs an act, says what was done, and shows the loan anew."""


class StepActs:
    """The acts before the bank lends. They need the page, its pane, and how an act is done."""

    def __init__(
        self, page: Page, pane: AskPane, show: Callable[[], None], perform: Perform
    ) -> None:
        self._page, self._desk, self._pane = page, page.desk, pane
        self._show, self._perform = show, perform

    # The enquiry

    def ask_new(self) -> None:
        """Ask for a new enquiry."""
        form = self._enquiry(LoanForm, {})
        today = self._desk.today()
        self._pane.ask(
            _("New enquiry"),
            form,
            _("Enter the enquiry"),
            self._enquire,
            says=_("Search first: the ID number tells file and earlier loans."),
        )
        form.set_value("asked_on", today)
        self._offer_groups(form)
        form.edited.connect(lambda: self._offer_groups(form))
        form.boxes["id_number"].editor.left.connect(lambda: self._look_up(form))
        form.settle()
        self._show()
        form.focus("id_number")

    def ask_change(self, view: LoanView) -> None:
        """Ask what the enquiry should have said."""

        def ask(opened: LoanChangeForm) -> None:
            form = self._enquiry(LoanForm, {})
            form.set_record(opened.loan)
            self._offer_groups(form)
            form.set_value("borrower_group", opened.loan.borrower_group)
            form.edited.connect(lambda: self._offer_groups(form))

            def send(record: LoanForm) -> None:
                change = LoanChangeForm(id=opened.id, version=opened.version, loan=record)
                self._perform(change_enquiry, change, _("Enquiry changed"))

            self._pane.ask(
                _("Change the enquiry {number}").format(number=view.row.number),
                form,
                _("Change"),
                send,
            )
            self._show()

        self._desk.perform(open_loan_form, LoanById(id=view.row.id), then=ask)

    def _context(self) -> Context:
        today = self._desk.today
        return Context(codes=lambda name: choices(name, today()), today=today)

    def _enquiry(self, record: type[Any], fixed: dict[str, Any]) -> Form:
        def groups(field: Field) -> ChoiceEditor:
            return ChoiceEditor(field, ())

        return FormView(
            record,
            sections=[
                (_("Borrower"), ["id_number", "name", "phone", "district", "address"]),
                (
                    _("What for"),
                    [
                        "borrower_kind",
                        "borrower_group",
                        "firm",
                        "uscc",
                        "heads",
                        "staff",
                        "purpose",
                        "industry",
                        "jobs",
                    ],
                ),
                (_("How much"), ["asked", "months_asked", "asked_on", "note"]),
            ],
            spans={
                "id_number": 6,
                "name": 6,
                "phone": 6,
                "district": 6,
                "address": 12,
                "borrower_kind": 4,
                "borrower_group": 8,
                "firm": 7,
                "uscc": 5,
                "heads": 6,
                "staff": 6,
                "purpose": 12,
                "industry": 7,
                "jobs": 5,
                "asked": 6,
                "months_asked": 3,
                "asked_on": 3,
                "note": 12,
            },
            editors={"borrower_group": groups, "asked": _capitals},
            fixed=fixed,
            context=self._context(),
            name="loan_form",
        )

    def _offer_groups(self, form: Form) -> None:
        """Offer the groups that the rules of the day name, and hide what the kind does not need."""
        kind = form.value("borrower_kind") or BorrowerKind.INDIVIDUAL
        rules = rules_on(form.value("asked_on") or self._desk.today())
        product = (
            next((each for each in rules.products if each.kind is kind), None) if rules else None
        )
        editor = form.boxes["borrower_group"].editor
        if isinstance(editor, ChoiceEditor):
            offered = [(word, group_label(word)) for word in (product.groups if product else ())]
            if [editor.box.itemData(i) for i in range(editor.box.count())][1:] != [
                word for word, _label in offered
            ]:
                editor.offer(offered)
        form.boxes["heads"].setVisible(kind is not BorrowerKind.INDIVIDUAL)
        form.boxes["staff"].setVisible(kind is BorrowerKind.SMALL_FIRM)
        form.boxes["uscc"].setVisible(kind is BorrowerKind.SMALL_FIRM)

    def _look_up(self, form: Form) -> None:
        """Tell the file and the loans of whoever has this ID number."""
        number = form.value("id_number")
        if not number:
            return

        def found(who: BorrowerFound) -> None:
            if self._pane.form is not form:
                return
            box = form.boxes["id_number"]
            if who.why_not:
                box.set_found(who.why_not, "bad", "ban")
            elif who.people:
                person = who.people[0]
                says = _("on file: {file}, {head}").format(
                    file=person.file_number, head=person.head
                )
                box.set_found(says, "ok", "circle-check")
                for name, value in (("name", person.name), ("district", person.district)):
                    if not form.value(name):
                        form.set_value(name, value)
            else:
                box.set_found(_("no file here; a loan needs none"), "", "info")

        self._desk.ask(borrower_by_id, BorrowerAsked(id_number=number), then=found, latest=form)

    def _enquire(self, record: LoanForm) -> None:
        self._perform(enquire, record, _("Enquiry entered"))

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
            editors={"amount": _capitals, **(editors or {})},
            fixed={"id": view.row.id, "version": view.row.version},
            context=self._context(),
            name="step_form",
        )
        title = f"{words.step(view.next_step)}　{view.row.number}" if view.next_step else ""
        done = _("{step}: done").format(step=words.step(view.next_step)) if view.next_step else ""

        def send(form: Record) -> None:
            self._perform(verb, form, done)

        self._pane.ask(title, form, _("Book the step"), send, says=says)
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
        advised = next((each for each in view.steps if each.step is LoanState.SURVEYED), None)
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
        approved = next((each for each in view.steps if each.step is LoanState.BANK_APPROVED), None)
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
                "due_day",
                "grace",
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
                "due_day": 6,
                "grace": 6,
                "note": 12,
            },
            editors={"principal": _capitals},
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
        form.set_value("grace", 0)
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


SPANS = {
    **{"recommended_by": 12, "day": 4, "document": 8, "note": 12, "surveyors": 8, "place": 12},
    **{"running": 6, "jobs": 6, "monthly_income": 4, "monthly_costs": 4, "other_debts": 4},
    **{"amount": 8, "months": 4, "fund_id": 12, "attended": 12, "bank": 12},
}


def _capitals(field: Field) -> AmountEditor:
    return AmountEditor(field, with_capitals=True)


def may_end(day: date | None) -> bool:
    """Tell whether a loan can still be refused or withdrawn: until the bank lent."""
    return day is None
