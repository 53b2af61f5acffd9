"""The nine sections, one below the other: the whole form of intake."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.errors import Invalid, Problem
from app.core.i18n import _
from app.core.resident_id import ResidentIdFacts
from app.households.records import (
    AccountForm,
    EmploymentForm,
    ExpenditureForm,
    HeadForm,
    HouseholdForm,
    IncomeForm,
)
from app.reference.choices import choices
from ui import theme
from ui.kit.day_editor import Today
from ui.kit.editing import Context
from ui.kit.number_editors import ResidentIdEditor
from ui.kit.rail import Section as RailEntry
from ui.pages.intake.application import ApplicationSection
from ui.pages.intake.archive import ArchiveSection
from ui.pages.intake.sections import DeclarationSection, FormSection, MembersSection, Section

WIDEST = 1040


class SectionColumn(QWidget):
    """All sections of the form; of a change of a file all but the application."""

    edited = Signal()
    left = Signal()
    marked = Signal()

    def __init__(self, below_id: QWidget, today: Today) -> None:
        super().__init__()
        self.changing = False
        context = Context(codes=lambda name: choices(name, today()), today=today)
        self._compose(context, below_id, today())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(10)
        for section in self.sections:
            column.addWidget(section)
            section.edited.connect(self.edited)
            section.left.connect(self.left)
            section.marked.connect(self.marked)
        column.addStretch(1)
        theme.changes.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.setMaximumWidth(theme.px(WIDEST))

    def _compose(self, context: Context, below_id: QWidget, today: date) -> None:
        self.head = FormSection(
            "head",
            1,
            _("The applicant"),
            HeadForm,
            [
                {"id_number": 6, "name": 3, "ethnicity": 3},
                below_id,
                {"phone": 3, "union_member": 3, "work_unit": 6}
                | {"person_type": 3, "district": 3, "address": 6},
            ],
            context,
            optional={"work_unit", "ethnicity"},
        )
        self.members = MembersSection(2, _("Family members"), context)
        self.income = FormSection(
            "income",
            3,
            _("Income"),
            IncomeForm,
            [
                {"members_living_together": 3, "income_12_months": 3, "financial_assets": 3}
                | {"receives_dibao": 3}
            ],
            context,
            optional={"financial_assets"},
        )
        expenditure = FormSection(
            "expenditure",
            4,
            _("Expenditure and illness"),
            ExpenditureForm,
            [
                {"main_cause": 4, "cause_note": 8, "rigid_expenditure_12_months": 4}
                | {"necessary_employment_cost_12_months": 4, "accident_loss_12_months": 4}
                | {"medical_self_paid_12_months": 4, "in_mutual_aid": 4}
            ],
            context,
            optional={"cause_note", "medical_self_paid_12_months", "in_mutual_aid"},
        )
        employment = FormSection(
            "employment",
            5,
            _("Work"),
            EmploymentForm,
            [
                {"work_status": 4, "monthly_income": 4, "health": 4}
                | {"unemployed_registered": 4, "unemployed_since": 4, "disability": 4}
                | {"zero_employment": 4, "wage_arrears": 4, "labour_dispute": 4}
            ],
            context,
            optional={"unemployed_since", "disability", "wage_arrears", "labour_dispute"},
        )
        self.account = FormSection(
            "account",
            6,
            _("Bank account"),
            AccountForm,
            [{"account_holder": 3, "account_bank": 4, "account_number": 5}],
            context,
        )
        self.application = ApplicationSection(7, _("Applied for"), context, today)
        declaration = DeclarationSection(8, _("Declaration and signature"), context)
        self.archive = ArchiveSection(9, _("Further items of the archive"), context)
        self.archive.turned.connect(self.members.offer_items)
        self._of_household: list[Section] = [
            self.head,
            self.members,
            self.income,
            expenditure,
            employment,
            self.account,
            declaration,
            self.archive,
        ]
        self.sections = [*self._of_household[:-2], self.application, declaration, self.archive]

    def set_changing(self, changing: bool) -> None:
        """Show the sections of a change, which has no application, or all."""
        self.changing = changing
        self.application.setVisible(not changing)

    def in_use(self) -> list[Section]:
        """Return the sections of the form as it is now."""
        return self._of_household if self.changing else self.sections

    def section(self, key: str) -> Section:
        """Return a section by its key."""
        return next(each for each in self.sections if each.key == key)

    # What stands in it

    def household(self) -> HouseholdForm:
        """Return the household as far as what was typed makes sense."""
        return HouseholdForm(**{each.key: each.record() for each in self._of_household})

    def show_household(self, form: HouseholdForm) -> None:
        """Show a household as the store knows it."""
        for section in self._of_household:
            section.set_record(getattr(form, section.key))

    def typed(self) -> dict[str, Any]:
        """Return what was typed by field path."""
        return {path: text for section in self.in_use() for path, text in section.typed().items()}

    def set_typed(self, typed: Mapping[str, Any]) -> None:
        """Put back what `typed` gave."""
        for section in self.in_use():
            section.set_typed(typed)

    def clear(self) -> None:
        """Empty every section."""
        for section in self.sections:
            section.clear()

    def blank(self) -> bool:
        """Tell whether too little was typed to say anything of the household."""
        return self.head.blank() and self.income.blank()

    def name(self) -> str:
        """Return the name of the applicant."""
        return str(self.head.value("name") or "")

    def id_facts(self) -> ResidentIdFacts | None:
        """Return what the ID number of the applicant tells, once it is sound."""
        editor = self.head.boxes["id_number"].editor
        return editor.facts() if isinstance(editor, ResidentIdEditor) else None

    # What is missing and wrong

    def entries(self) -> list[RailEntry]:
        """Return how the sections stand, for the rail."""
        people = self.income.value("members_living_together")
        self.members.show_people(people if isinstance(people, int) else None)
        self.archive.show_person_type(self.head.value("person_type"))
        return [section.entry() for section in self.in_use()]

    def check(self) -> None:
        """Mark everything that is wrong."""
        for section in self.in_use():
            section.check()

    def show_problems(self, invalid: Invalid) -> None:
        """Mark what the office found wrong with the whole request."""
        here = [
            Problem(each.field.removeprefix("household."), each.code, each.says, each.data)
            for each in invalid.problems
        ]
        for section in self.in_use():
            section.show_problems(Invalid(here))

    def wrong(self) -> list[tuple[QWidget, str]]:
        """Return what is marked as wrong, in order."""
        return [each for section in self.in_use() for each in section.wrong()]

    def gaps(self) -> list[QWidget]:
        """Return what is empty or to be mended, in order."""
        found: dict[QWidget, None] = {}
        for section in self.in_use():
            found |= dict.fromkeys(widget for widget, _says in section.wrong())
            found |= dict.fromkeys(section.gaps())
        return list(found)
