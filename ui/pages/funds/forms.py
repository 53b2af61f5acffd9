"""The pane at the right: a new fund, or a budget for one."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.record import Field
from app.funds.records import BudgetForm, FundForm, FundRow
from ui import theme
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card, clear_layout
from ui.kit.day_editor import local_today
from ui.kit.form import FormView
from ui.kit.labels import Label, Rule
from ui.kit.layout import scrolling
from ui.kit.number_editors import AmountEditor

WIDTH = 352


class FormPane(Card):
    """Holds one form at a time with its own primary button."""

    def __init__(self, close: Callable[[], object]) -> None:
        super().__init__(" ", flush=True)
        self.setObjectName("fund_form_pane")
        self.add_to_head(IconButton("x", _("Close"), close, key="Esc", size=26, name="close_form"))
        holder = QWidget()
        self._holder = QVBoxLayout(holder)
        self._holder.setContentsMargins(12, 8, 12, 12)
        self._holder.setSpacing(8)
        self.add(Rule())
        self.add(scrolling(holder))
        acts = QHBoxLayout()
        acts.setContentsMargins(12, 10, 12, 12)
        acts.setSpacing(8)
        acts.addStretch(1)
        acts.addWidget(Button(_("Go back"), close, kind="quiet", name="act_close_form"))
        self.finish = Button("", self._send, kind="primary", key="Ctrl+Enter", name="act_send_form")
        acts.addWidget(self.finish)
        self.add(Rule())
        self.add(acts)
        self._send_form: Callable[[], object] = close
        self.form: FormView[FundForm] | FormView[BudgetForm] | None = None
        self._boxes: dict[str, QCheckBox] = {}
        theme.changes.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))

    def _send(self) -> None:
        self._send_form()

    def ask_fund(
        self, measures: Mapping[str, str], send: Callable[[FundForm], object]
    ) -> FormView[FundForm]:
        """Ask for a new fund; ``measures`` are those an earmark can name."""
        spans = {"name": 12, "source": 7, "year": 5, "file_required": 12}
        form = FormView(FundForm, list(spans), spans=spans, name="fund_form")
        self._boxes = {each: QCheckBox(title) for each, title in measures.items()}

        def finish() -> None:
            if (record := form.record()) is not None:
                chosen = tuple(each for each, box in self._boxes.items() if box.isChecked())
                send(replace(record, measures=chosen))  # pyright: ignore[reportArgumentType] - a Record is a dataclass

        self._show(_("New fund"), form, _("Open the fund"), finish)
        form.set_value("year", local_today().year)
        form.set_value("file_required", True)
        form.settle()
        self._holder.addWidget(Label(_("May pay only (none checked: every measure)"), "small"))
        for each, box in self._boxes.items():
            box.setObjectName(f"measure_{each}")
            self._holder.addWidget(box)
        self._holder.addStretch(1)
        return form

    def ask_budget(
        self, fund: FundRow, send: Callable[[BudgetForm], object]
    ) -> FormView[BudgetForm]:
        """Ask for a budget of ``fund``."""
        form = FormView(
            BudgetForm,
            ["amount", "granted_on", "document"],
            spans={"amount": 12, "granted_on": 12, "document": 12},
            hints={"document": _("Number and title of the notice")},
            editors={"amount": _capitals},
            fixed={"fund_id": fund.id},
            name="budget_form",
        )

        def finish() -> None:
            if (record := form.record()) is not None:
                send(record)

        self._show(_("Budget for {fund}").format(fund=fund.name), form, _("Enter"), finish)
        says = _("Another person confirms it; only then the fund holds the money.")
        self._holder.addWidget(Label(says, "small", wrap=True))
        self._holder.addStretch(1)
        return form

    def _show(
        self,
        title: str,
        form: FormView[FundForm] | FormView[BudgetForm],
        verb: str,
        finish: Callable[[], object],
    ) -> None:
        clear_layout(self._holder)
        self.title.setText(title)
        self.title.setWordWrap(True)
        self.finish.setText(verb)
        self.form = form
        self._send_form = finish
        self._holder.addWidget(form)


def _capitals(field: Field) -> AmountEditor:
    return AmountEditor(field, with_capitals=True)
