"""The pane in which finance writes down what a year is meant to bring under one item."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import Invalid
from app.core.i18n import _
from app.reports.actions import keep_plan
from app.reports.records import PlanForm, PlanRow
from ui.desk import Desk
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card, clear_layout
from ui.kit.form import FormView
from ui.kit.labels import Rule
from ui.kit.layout import scrolling


class PlanPane(Card):
    """One form: item, households, amount, the document it rests on."""

    def __init__(self, desk: Desk, close: Callable[[], object], kept: Callable[[], object]) -> None:
        super().__init__(_("Plan of the year"), flush=True)
        self.setObjectName("plan_pane")
        self._desk, self._kept = desk, kept
        self.add_to_head(IconButton("x", _("Close"), close, key="Esc", size=26, name="close_plan"))
        holder = QWidget()
        self._holder = QVBoxLayout(holder)
        self._holder.setContentsMargins(12, 8, 12, 12)
        self.add(Rule())
        self.add(scrolling(holder))
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 10, 12, 12)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(Button(_("Go back"), close, kind="quiet", name="act_close_plan"))
        self.finish = Button(
            _("Keep the plan"), self._send, kind="primary", key="Ctrl+Enter", name="act_keep_plan"
        )
        foot.addWidget(self.finish)
        self.add(Rule())
        self.add(foot)
        self.form: FormView[PlanForm] | None = None

    def ask(self, year: int, row: PlanRow | None) -> None:
        """Ask for the plan of an item of a year; ``row`` is how it stands."""
        self.title.setText(_("Plan of {year}").format(year=year))
        known = row is not None and row.id is not None
        self.form = form = FormView(
            PlanForm,
            ["item", "households", "fen", "document"],
            spans={"item": 12, "households": 6, "fen": 6, "document": 12},
            hints={"document": _("Number and title of the plan")},
            fixed={"year": year, "version": row.version if row and known else None},
            name="plan_form",
        )
        clear_layout(self._holder)
        self._holder.addWidget(form)
        self._holder.addStretch(1)
        if row is not None:
            form.set_value("item", row.item)
            if known:
                form.set_value("households", row.planned_households)
                form.set_value("fen", row.planned_fen)
                form.set_value("document", row.document)
        form.settle()
        form.first().setFocus()

    def _send(self) -> None:
        if self.form is not None and (record := self.form.record()) is not None:
            self._desk.perform(
                keep_plan, record, then=lambda _id: self._kept(), invalid=self._invalid
            )

    def _invalid(self, error: Invalid) -> None:
        if self.form is not None:
            self.form.show_problems(error)
