"""What is done with vacancies: reported, changed, confirmed again, withdrawn, opened again."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from app.core.i18n import _
from app.core.words.papers import PaperKind
from app.core.words.placements import PayUnit, VacancyState
from app.drafts.records import DraftView
from app.placements.issuing import issue_vacancy_form
from app.placements.vacancies import (
    change_vacancy,
    confirm_vacancies,
    open_vacancy,
    reopen_vacancy,
    withdraw_vacancy,
)
from app.placements.vacancy_queries import minimum_wage
from app.placements.vacancy_records import (
    ConfirmForm,
    VacancyById,
    VacancyChangeForm,
    VacancyEndForm,
    VacancyForm,
    VacancyReopenForm,
    VacancyRow,
    VacancyView,
    WageAsked,
    WageFloor,
)
from app.reference.choices import choices
from ui.drafting import VACANCY
from ui.issuing import show_paper
from ui.job_pickers import EmployerPicker
from ui.kit.ask_pane import Act
from ui.kit.cells import yuan
from ui.kit.editing import Context
from ui.kit.form import FormView

if TYPE_CHECKING:
    from ui.pages.vacancies.page import VacanciesPage

FIXED_LATER: Final = ("public_welfare", "opened_on")
"""What a vacancy says once and for all."""
BY: Final = "employer"
"""What a draft calls the employer that was looked for."""
SPANS: Final = {
    **{"occupation": 6, "heads": 3, "opened_on": 3, "public_welfare": 12, "duties": 12},
    **{"district": 4, "workplace": 8, "shift": 4, "working_hours": 8, "strains": 12},
    **{"wage_from": 4, "wage_to": 4, "pay_unit": 4, "insured": 6, "board": 6},
    **{"education": 6, "skill_grade": 6, "age_from": 3, "age_to": 3, "sex": 6},
    **{"limit_ground": 12, "form": 4, "contract_months": 4, "probation_months": 4},
    **{"conditions": 12, "valid_until": 4, "note": 12},
}


class VacancyActs:
    """The acts on vacancies."""

    def __init__(self, page: "VacanciesPage") -> None:
        self._page, self._desk = page, page.desk

    def more(self, view: VacancyView) -> list[Act]:
        """Return what is done now and then with the vacancy in sight."""
        row, reason = view.row, self._desk.reason
        acts: list[Act] = []
        if row.state is VacancyState.OPEN:
            says = _("Confirm with a day and a name…")
            ask = partial(self.ask_confirming, [row])
            acts.append(Act(says, ask, reason(confirm_vacancies), "circle-check"))
        if row.state is not VacancyState.WITHDRAWN:
            says = _("Withdraw the vacancy…")
            acts.append(Act(says, partial(self._withdraw, view), reason(withdraw_vacancy), "ban"))
        says = _("Another vacancy of this employer")
        another = partial(self.ask_of, row.employer_id, row.employer)
        acts.append(Act(says, another, reason(open_vacancy), "plus"))
        printing = partial(self._print, row)
        acts.append(
            Act(_("Print the vacancy form"), printing, reason(issue_vacancy_form), "printer")
        )
        see = partial(self._page.see_employer, row.employer_id)
        acts.append(Act(_("Open the employer"), see, icon="building-2"))
        return acts

    # Reporting

    def ask_new(self, draft: DraftView | None = None) -> None:
        """Ask for a new vacancy, and which employer reports it; what is typed is kept as a
        draft."""
        picker = EmployerPicker(self._desk)
        form = self._form({"employer_id": 0})
        self._page.draft.begin(form, VACANCY, "occupation", draft, {BY: picker.line.text})
        if draft is not None:
            picker.line.setText(str(draft.content.get(BY, "")))
            picker.look()
        picker.line.textEdited.connect(self._page.draft.touch)

        def send(record: VacancyForm) -> None:
            if (employer := picker.chosen()) is not None:
                self._report(replace(record, employer_id=employer.id))

        self._page.ask_for(
            _("Report a vacancy"),
            form,
            _("Take the vacancy in"),
            send,
            says=_("An employer on the blacklist, or without its papers, reports none."),
            above=picker,
        )

    def ask_of(self, employer_id: int, employer: str) -> None:
        """Ask for a new vacancy of an employer that is known."""
        form = self._form({"employer_id": employer_id})
        self._page.draft.begin(form, VACANCY, "occupation", more={BY: lambda: employer})
        title = _("Vacancy of {employer}").format(employer=employer)
        self._page.ask_for(title, form, _("Take the vacancy in"), self._report)

    def _report(self, record: VacancyForm) -> None:
        whole = replace(record, draft_id=self._page.draft.hand_in())
        says = _("Vacancy taken in: {occupation}").format(occupation=record.occupation)
        self._page.do(open_vacancy, whole, says, self._page.see_vacancy)

    def ask_change(self, view: VacancyView) -> None:
        """Ask what a vacancy should say."""
        row = view.row
        form = self._form({}, but=FIXED_LATER)
        form.set_record(view.vacancy)
        form.edited.emit()

        def send(record: VacancyForm) -> None:
            change = VacancyChangeForm(id=row.id, version=row.version, vacancy=record)
            self._page.do(change_vacancy, change, _("Vacancy changed"))

        title = _("Change {number}: {occupation}")
        words = title.format(number=row.number, occupation=row.occupation)
        self._page.ask_for(words, form, _("Change the vacancy"), send)

    def _form(self, fixed: dict[str, Any], but: Sequence[str] = ()) -> FormView[VacancyForm]:
        today = self._desk.today
        sections = (
            (
                _("The post"),
                ("occupation", "heads", "opened_on", "public_welfare", "duties"),
            ),
            (_("Where and when"), ("district", "workplace", "shift", "working_hours", "strains")),
            (_("Pay"), ("wage_from", "wage_to", "pay_unit", "insured", "board")),
            (
                _("What is asked for"),
                ("education", "skill_grade", "age_from", "age_to", "sex", "limit_ground"),
            ),
            (
                _("Contract"),
                ("form", "contract_months", "probation_months", "conditions", "valid_until"),
            ),
            ("", ("note",)),
        )
        form = FormView(
            VacancyForm,
            sections=[
                (title, [name for name in names if name not in but]) for title, names in sections
            ],
            spans=SPANS,
            hints={"valid_until": _("Left empty: as long as the rules propose")},
            fixed=fixed,
            context=Context(codes=lambda name: choices(name, today()), today=today),
            name="vacancy_form",
        )
        if "opened_on" not in but:
            form.set_value("opened_on", today())
            form.set_value("heads", 1)

        def show_ground() -> None:
            limited = any(form.value(name) is not None for name in ("age_from", "age_to", "sex"))
            form.boxes["limit_ground"].setVisible(limited)

        form.edited.connect(show_ground)
        show_ground()
        self._show_floor(form)
        return form

    def _show_floor(self, form: FormView[VacancyForm]) -> None:
        """Tell the minimum wage below the pay, whenever place, unit or pay have changed."""

        def show(floor: WageFloor) -> None:
            if self._page.pane.form is not form:
                return
            box, wage = form.boxes["wage_from"], form.value("wage_from")
            if form.value("pay_unit") is not PayUnit.MONTH or floor.amount is None:
                box.set_found("")
            elif wage is not None and floor.below(wage):
                says = _("less than the minimum wage of {amount} yuan")
                box.set_found(says.format(amount=yuan(floor.amount)), "wait", "triangle-alert")
            else:
                says = _("minimum wage {amount} yuan").format(amount=yuan(floor.amount))
                box.set_found(says, "", "info")

        def look() -> None:
            asked = WageAsked(district=form.value("district"), day=self._desk.today())
            self._desk.ask(minimum_wage, asked, then=show, latest=form)

        form.edited.connect(look)
        for name in ("district", "wage_from"):
            form.boxes[name].editor.left.connect(look)

    # Confirming

    def confirm(self, rows: Sequence[VacancyRow]) -> None:
        """Keep that vacancies still stand, as of today; those that ran out need a new last day."""
        if any(row.expired for row in rows):
            self.ask_confirming(rows)
            return
        form = ConfirmForm(ids=tuple(row.id for row in rows), day=self._desk.today())
        says = _("{count} vacancies confirmed, offered again")
        self._page.do(confirm_vacancies, form, says.format(count=len(rows)))

    def ask_confirming(self, rows: Sequence[VacancyRow]) -> None:
        """Ask with whom it was spoken, and until when they stand."""
        form = FormView(
            ConfirmForm,
            ("day", "spoken_with", "valid_until"),
            spans={"day": 4, "spoken_with": 4, "valid_until": 4},
            fixed={"ids": tuple(row.id for row in rows)},
            context=Context(today=self._desk.today),
            name="confirm_form",
        )
        form.set_value("day", self._desk.today())

        def send(record: ConfirmForm) -> None:
            says = _("{count} vacancies confirmed, offered again")
            self._page.do(confirm_vacancies, record, says.format(count=len(rows)))

        out = [row.number for row in rows if row.expired]
        says = _("Run out, so a new last day is needed: {numbers}")
        self._page.ask_for(
            _("Confirm {count} vacancies").format(count=len(rows)),
            form,
            _("They still stand"),
            send,
            says=says.format(numbers="、".join(out)) if out else "",
        )

    # Withdrawing and opening again

    def _withdraw(self, view: VacancyView) -> None:
        row = view.row

        def send(reason: str) -> None:
            form = VacancyEndForm(id=row.id, version=row.version, reason=reason)
            self._page.do(
                withdraw_vacancy, form, _("{number} is withdrawn").format(number=row.number)
            )

        self._desk.asking.reason(
            self._page,
            _("Withdraw {number}, {occupation}?").format(
                number=row.number, occupation=row.occupation
            ),
            _("Nobody is sent there any more. It can be opened again."),
            _("Withdraw"),
            send,
            danger=True,
        )

    def ask_reopening(self, view: VacancyView) -> None:
        """Ask when the employer said that a withdrawn vacancy stands again."""
        row = view.row
        form = FormView(
            VacancyReopenForm,
            ("day", "valid_until"),
            spans={"day": 6, "valid_until": 6},
            hints={"valid_until": _("Left empty: as long as the rules propose")},
            fixed={"id": row.id, "version": row.version},
            context=Context(today=self._desk.today),
            name="reopen_form",
        )
        form.set_value("day", self._desk.today())

        def send(record: VacancyReopenForm) -> None:
            self._page.do(reopen_vacancy, record, _("Opened again"))

        title = _("Open {number} again").format(number=row.number)
        self._page.ask_for(title, form, _("Open it again"), send)

    def _print(self, row: VacancyRow) -> None:
        kind, asked = PaperKind.VACANCY_FORM, VacancyById(id=row.id)
        show_paper(self._page, kind, f"vacancy/{row.id}", issue_vacancy_form, asked)
