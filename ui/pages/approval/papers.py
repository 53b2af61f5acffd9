"""What a step beyond the supervisor's rests on: the minutes of a meeting, a reply from above."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.words.disbursements import ApprovalStep
from app.disbursements.records import AwardView, DecisionForm, step_name
from ui.kit.day_editor import Today
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.ribbon import Stage


def stages(view: AwardView) -> list[Stage]:
    """Return who proposed and decided, and what comes next."""
    found = [Stage(_("Proposed by {name}").format(name=view.row.proposed_by), "done")]
    for each in view.way:
        words = step_name(each.step)
        if each.decided_by:
            found.append(Stage(f"{words} {each.decided_by}", "done"))
        else:
            found.append(Stage(words, "now" if each.step is view.row.waits_for else "next"))
    return found


def is_plain(view: AwardView) -> bool:
    """Tell whether one supervisor decides, as mostly: then there is no way to show."""
    return [each.step for each in view.way] == [ApprovalStep.SUPERVISOR]


class StepPapers(QWidget):
    """Number and day of the minutes or the reply and, of a meeting, who attended."""

    edited = Signal()

    def __init__(self, today: Today) -> None:
        super().__init__()
        self.form = FormView(
            DecisionForm,
            ["document", "document_day", "attended"],
            spans={"document": 4, "document_day": 3, "attended": 5},
            context=Context(today=today),
            name="form_step",
            narrow=0,
        )
        self.form.edited.connect(self.edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.hide()
        self._step: ApprovalStep | None = None

    def show_step(self, view: AwardView) -> None:
        """Ask for what the step that is due rests on."""
        self._step = view.row.waits_for
        collective = self._step is ApprovalStep.COLLECTIVE
        self.form.boxes["attended"].setVisible(collective)
        least = _("At least {count} people, by name").format(count=view.attended_least)
        self.form.boxes["attended"].set_hint(least)
        self.setVisible(self._step not in (None, ApprovalStep.SUPERVISOR))

    def set_low(self, low: bool) -> None:
        """Do without the lines below the fields where the window is low."""
        for box in self.form.boxes.values():
            box.message.setVisible(not low)

    def clear(self) -> None:
        """Empty the fields: another award came up."""
        for box in self.form.boxes.values():
            box.editor.set_value(None if box.field.name == "document_day" else "")
            box.set_problem("")

    def lacking(self) -> str:
        """Return the first field that approving still needs, or nothing."""
        if self.isHidden():
            return ""
        needed = ["document", "document_day"]
        if self._step is ApprovalStep.COLLECTIVE:
            needed.append("attended")
        return next((name for name in needed if self.form.boxes[name].editor.blank()), "")

    def values(self) -> dict[str, Any]:
        """Return what stands there, for the decision."""
        day = self.form.boxes["document_day"].editor.value()
        return {
            "document": self.form.boxes["document"].editor.text().strip(),
            "document_day": day if isinstance(day, date) else None,
            "attended": self.form.boxes["attended"].editor.text().strip(),
        }
