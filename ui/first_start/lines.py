"""The dibao lines in force, from their document."""

from typing import Annotated

from PySide6.QtWidgets import QWidget

from app.center.records import (
    Document,
    EffectiveFrom,
    EffectiveTo,
    PublishedOn,
    ValueForm,
)
from app.core.errors import Invalid, Problem
from app.core.i18n import N_, _
from app.core.kinds import Amount
from app.core.money import Fen
from app.core.record import Record
from app.reference.dated import ValueArea, ValueKind
from ui.first_start.steps import Step
from ui.kit.cards import Card
from ui.kit.check_card import CheckCard
from ui.kit.day_editor import Today
from ui.kit.editing import Context
from ui.kit.form import FormView


class LinesForm(Record):
    """The dibao lines of one document."""

    districts: Annotated[Fen | None, Amount(label=ValueArea.DISTRICTS.message, at_least=1)] = None
    counties: Annotated[Fen | None, Amount(label=ValueArea.COUNTIES.message, at_least=1)] = None
    effective_from: EffectiveFrom
    effective_to: EffectiveTo
    published_on: PublishedOn = None
    document: Document


class LinesStep(Step):
    """The dibao line of today, from its document; it can wait."""

    name = N_("Policy and dibao line")
    question = N_("Which dibao line is in force?")
    about = N_(
        "Yuan a person and month, copied from the document. The administrator enters it here; "
        "the supervisor confirms it after signing in."
    )

    def __init__(self, today: Today) -> None:
        super().__init__()
        self.later = CheckCard(
            _("Enter it later"),
            _("Until then households can be taken in, but their income cannot be tested"),
            "skip_lines",
        )
        card = Card()
        self.form = FormView(
            LinesForm,
            spans={
                "districts": 4, "counties": 4, "effective_from": 4, "effective_to": 4,
                "published_on": 4, "document": 12,
            },
            context=Context(today=today),
            name="form_lines",
        )  # fmt: skip
        card.add(self.form)
        self.column.addWidget(card)
        self.column.addWidget(self.later)
        self.column.addStretch(1)
        self.later.toggled.connect(self._put_off)

    def _put_off(self, later: bool) -> None:
        """Ask for nothing now, and say nothing of what is missing."""
        self.form.setDisabled(later)
        for box in self.form.boxes.values():
            box.set_problem("")

    def ready(self) -> bool:
        """Check the form, unless it is left for later."""
        return self.values() is not None

    def values(self) -> tuple[ValueForm, ...] | None:
        """Return the values to be entered, or `None` after marking what is wrong."""
        if self.later.isChecked():
            return ()
        lines = self.form.record()
        if lines is None:
            return None
        if (problem := self._problem(lines)) is not None:
            self.form.show_problems(Invalid([problem]))
            return None
        amounts = {ValueArea.DISTRICTS: lines.districts, ValueArea.COUNTIES: lines.counties}
        return tuple(
            ValueForm(
                kind=ValueKind.DIBAO_LINE,
                area=area,
                amount=amount,
                effective_from=lines.effective_from,
                effective_to=lines.effective_to,
                published_on=lines.published_on,
                document=lines.document,
            )
            for area, amount in amounts.items()
            if amount is not None
        )

    @staticmethod
    def _problem(lines: LinesForm) -> Problem | None:
        if lines.districts is None and lines.counties is None:
            return Problem("districts", "missing", N_("This has to be filled in."))
        if lines.effective_to < lines.effective_from:
            says = N_("The last day in force lies before the first one")
            return Problem("effective_to", "days_in_order", says)
        return None

    def first(self) -> QWidget:
        """Return the first amount."""
        return self.form.first()
