"""What is done with employers: entered, changed, put on the blacklist and taken off again."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from app.core.i18n import _
from app.core.record import Record
from app.drafts.records import DraftView
from app.placements.employer_records import (
    BarDecision,
    BarForm,
    BarRow,
    EmployerById,
    EmployerChangeForm,
    EmployerForm,
    EmployerView,
    ObjectionForm,
)
from app.placements.employers import (
    bar_employer,
    change_employer,
    enter_employer,
    lift_bar,
    note_objection,
    open_employer_form,
    uphold_bar,
)
from app.reference.choices import choices
from app.work import Action
from ui.drafting import EMPLOYER
from ui.kit.ask_pane import Act
from ui.kit.editing import Context
from ui.kit.form import FormView

if TYPE_CHECKING:
    from ui.pages.vacancies.page import VacanciesPage

SPANS: Final = {
    **{"uscc": 6, "uscc_compared": 6, "name": 12, "kind": 4, "industry": 4, "district": 4},
    **{"address": 12, "contact": 6, "phone": 6, "handler": 6, "handler_id_number": 6},
    **{"licence_seen_on": 6, "letter_seen_on": 6, "from_elsewhere": 6, "elsewhere_proof": 6},
    "note": 12,
}


class EmployerActs:
    """The acts on employers and on the blacklist."""

    def __init__(self, page: "VacanciesPage") -> None:
        self._page, self._desk = page, page.desk

    def more(self, view: EmployerView) -> list[Act]:
        """Return what is done now and then with the employer in sight."""
        reason = self._desk.reason
        if not view.row.barred:
            bar = partial(self.ask_bar, view)
            return [Act(_("Put on the blacklist…"), bar, reason(bar_employer), "ban")]
        see = partial(self._page.see_bar, view.bars[0].id)
        objection = partial(self.ask_objection, view.bars[0])
        return [
            Act(_("Open the blacklist"), see, icon="ban"),
            Act(_("Take down an objection…"), objection, reason(note_objection), "pencil"),
        ]

    # Entering

    def ask_new(self, draft: DraftView | None = None) -> None:
        """Ask for a new employer, as its licence says; what is typed is kept as a draft."""
        form = self._form()
        kept = self._page.draft
        kept.begin(form, EMPLOYER, "name", draft)

        def send(record: EmployerForm) -> None:
            whole = replace(record, draft_id=kept.hand_in())
            says = _("{name} entered").format(name=record.name)
            self._page.do(enter_employer, whole, says, self._page.see_employer)

        self._page.ask_for(
            _("New employer"),
            form,
            _("Enter the employer"),
            send,
            says=_("It reports vacancies once licence and letter were seen."),
        )

    def ask_change(self, view: EmployerView) -> None:
        """Ask what should be known of an employer, private values in the clear."""

        def ask(opened: EmployerChangeForm) -> None:
            form = self._form()
            form.set_record(opened.employer)
            form.edited.emit()

            def send(record: EmployerForm) -> None:
                change = EmployerChangeForm(id=opened.id, version=opened.version, employer=record)
                says = _("{name} changed").format(name=record.name)
                self._page.do(change_employer, change, says)

            title = _("Change {name}").format(name=view.row.name)
            self._page.ask_for(title, form, _("Change the employer"), send)

        self._desk.perform(open_employer_form, EmployerById(id=view.row.id), then=ask)

    def _form(self) -> FormView[EmployerForm]:
        today = self._desk.today
        form = FormView(
            EmployerForm,
            sections=[
                (
                    _("As the licence says"),
                    ("uscc", "uscc_compared", "name", "kind", "industry", "district", "address"),
                ),
                (_("Who can be asked"), ("contact", "phone", "handler", "handler_id_number")),
                (
                    _("Papers shown"),
                    ("licence_seen_on", "letter_seen_on", "from_elsewhere", "elsewhere_proof"),
                ),
                ("", ("note",)),
            ],
            spans=SPANS,
            context=Context(codes=lambda name: choices(name, today()), today=today),
            name="employer_form",
        )

        def show_proof() -> None:
            form.boxes["elsewhere_proof"].setVisible(bool(form.value("from_elsewhere")))

        form.edited.connect(show_proof)
        show_proof()
        return form

    # The blacklist

    def ask_bar(self, view: EmployerView) -> None:
        """Ask why an employer is put on the blacklist."""
        row = view.row
        form = FormView(
            BarForm,
            ("day", "document", "reason"),
            spans={"day": 4, "document": 8, "reason": 12},
            fixed={"employer_id": row.id, "version": row.version},
            context=Context(today=self._desk.today),
            name="bar_form",
        )
        form.set_value("day", self._desk.today())

        def send(record: BarForm) -> None:
            says = _("{name} is on the blacklist").format(name=row.name)
            self._page.do(bar_employer, record, says)

        self._page.ask_for(
            _("Put {name} on the blacklist").format(name=row.name),
            form,
            _("Put on the blacklist"),
            send,
            says=_("Nobody is sent there until another person takes it off."),
        )

    def ask_objection(self, row: BarRow) -> None:
        """Ask what an employer says against being barred."""
        form = FormView(
            ObjectionForm,
            ("day", "objection"),
            spans={"day": 4, "objection": 12},
            fixed={"id": row.id, "version": row.version},
            context=Context(today=self._desk.today),
            name="objection_form",
        )
        form.set_value("day", self._desk.today())

        def send(record: ObjectionForm) -> None:
            says = _("Objection taken down, another person decides")
            self._page.do(note_objection, record, says)

        title = _("Objection of {name}").format(name=row.employer)
        self._page.ask_for(title, form, _("Take down"), send)

    def ask_lifting(self, row: BarRow) -> None:
        """Ask why an employer is taken off the blacklist."""
        title = _("Take {name} off the blacklist").format(name=row.employer)
        done = _("{name} is off the blacklist").format(name=row.employer)
        self._ask_decision(row, title, _("Take off the blacklist"), lift_bar, done)

    def ask_upholding(self, row: BarRow) -> None:
        """Ask why an objection is not followed."""
        title = _("{name} stays on the blacklist").format(name=row.employer)
        self._ask_decision(row, title, _("Keep on the blacklist"), uphold_bar, title)

    def _ask_decision(
        self, row: BarRow, title: str, verb: str, action: "Action[BarDecision, None]", done: str
    ) -> None:
        form = FormView(
            BarDecision,
            ("day", "opinion"),
            spans={"day": 4, "opinion": 12},
            fixed={"id": row.id, "version": row.version},
            context=Context(today=self._desk.today),
            name="bar_decision_form",
        )
        form.set_value("day", self._desk.today())

        def send(record: Record) -> None:
            self._page.do(action, record, done)

        says = _("Objected on {day}: {objection}")
        words = says.format(day=row.objected_on, objection=row.objection) if row.objection else ""
        self._page.ask_for(title, form, verb, send, says=words)
