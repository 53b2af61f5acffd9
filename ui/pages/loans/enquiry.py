"""An enquiry at the loan desk: who wants to borrow how much, and for what."""

from collections.abc import Callable
from typing import Any

from app.core.i18n import _
from app.core.record import Field
from app.core.words.loans import BorrowerKind
from app.loans.actions import change_enquiry, enquire, open_loan_form
from app.loans.queries import borrower_by_id
from app.loans.records import BorrowerAsked, BorrowerFound, LoanById, LoanChangeForm, LoanForm
from app.loans.view_records import LoanView
from app.reference.choices import choices
from app.reference.loan_rules import group_label, rules_on
from ui.kit.ask_pane import AskPane, Form, Perform, capitals
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.day_editor import Today
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.page import Page


class Enquiry:
    """Asks for a new enquiry, or what one should have said."""

    def __init__(
        self, page: Page, pane: AskPane, show: Callable[[], None], perform: Perform
    ) -> None:
        self._page, self._desk, self._pane = page, page.desk, pane
        self._show, self._perform = show, perform

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
            editors={"borrower_group": groups, "asked": capitals},
            fixed=fixed,
            context=_context(self._desk.today),
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


def _context(today: Today) -> Context:
    return Context(codes=lambda name: choices(name, today()), today=today)
