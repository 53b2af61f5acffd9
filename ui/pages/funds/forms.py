"""The pane at the right: a new fund or its terms put right, a budget, a carry-over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.record import Field
from app.funds.records import (
    BudgetForm,
    CarryOverForm,
    FundChange,
    FundForm,
    FundRow,
)
from app.policy.pack import Area
from ui import theme
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card, clear_layout
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.day_editor import local_today
from ui.kit.form import FormView
from ui.kit.labels import Label, Rule
from ui.kit.layout import scrolling
from ui.kit.number_editors import AmountEditor

WIDTH = 352
Form = FormView[Any]
Words = Sequence[tuple[Any, str]]


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
        self.form: Form | None = None
        theme.changes.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))

    def _send(self) -> None:
        self._send_form()

    def ask_fund(
        self, lists: Mapping[str, Mapping[str, str]], send: Callable[[FundForm], object]
    ) -> Form:
        """Ask for a new fund; ``lists`` are what its earmarks can name, by field."""
        spans = {"name": 12, "source": 7, "year": 5, **TERMS}
        form: Form = FormView(FundForm, list(spans), spans=spans, name="fund_form", hints=_hints())
        self._show(_("New fund"), form, _("Open the fund"), lists, send)
        form.set_value("year", local_today().year)
        form.set_value("file_required", True)
        form.settle()
        return form

    def ask_terms(
        self,
        fund: FundRow,
        lists: Mapping[str, Mapping[str, str]],
        send: Callable[[FundChange], object],
    ) -> Form:
        """Ask what the terms of ``fund`` should have been."""
        fixed = {"id": fund.id, "version": fund.version}
        spans = {"name": 12, **TERMS}
        form: Form = FormView(
            FundChange, list(spans), spans=spans, fixed=fixed, name="terms_form", hints=_hints()
        )
        title = _("Put {fund} right").format(fund=fund.name)
        self._show(title, form, _("Put it right"), lists, send, fund)
        for name in spans:
            form.set_value(name, getattr(fund, name))
        form.settle()
        return form

    def ask_budget(self, fund: FundRow, send: Callable[[BudgetForm], object]) -> Form:
        """Ask for a budget of ``fund``."""
        form: Form = FormView(
            BudgetForm,
            ["amount", "granted_on", "area", "document"],
            spans={"amount": 12, "granted_on": 12, "area": 12, "document": 12},
            hints={"document": _("Number and title of the notice")},
            editors={"amount": _capitals, "area": _areas},
            fixed={"fund_id": fund.id},
            name="budget_form",
        )
        self._show(_("Budget for {fund}").format(fund=fund.name), form, _("Enter"), {}, send)
        self._say(_("Another person confirms it; only then the fund holds the money."))
        return form

    def ask_carry_over(
        self, fund: FundRow, others: Words, send: Callable[[CarryOverForm], object]
    ) -> Form:
        """Ask what of ``fund`` goes to which of the ``others``."""

        def other(field: Field) -> ChoiceEditor:
            return ChoiceEditor(field, others)

        form: Form = FormView(
            CarryOverForm,
            ["to_fund_id", "amount", "area", "document"],
            spans={"to_fund_id": 12, "amount": 12, "area": 12, "document": 12},
            hints={"document": _("Number and title of the notice")},
            editors={"amount": _capitals, "area": _areas, "to_fund_id": other},
            fixed={"from_fund_id": fund.id},
            name="carry_over_form",
        )
        title = _("Carry over from {fund}").format(fund=fund.name)
        self._show(title, form, _("Enter"), {}, send)
        self._say(_("Another person confirms it; then it leaves this fund and enters the other."))
        return form

    def _say(self, words: str) -> None:
        self._holder.insertWidget(self._holder.count() - 1, Label(words, "small", wrap=True))

    def _show(
        self,
        title: str,
        form: Form,
        verb: str,
        lists: Mapping[str, Mapping[str, str]],
        send: Callable[[Any], object],
        now: FundRow | None = None,
    ) -> None:
        """Show a form, below it boxes for each of the ``lists``, checked as they stand ``now``."""
        clear_layout(self._holder)
        self.title.setText(title)
        self.title.setWordWrap(True)
        self.finish.setText(verb)
        self.form = form
        self._holder.addWidget(form)
        boxes = {name: self._boxes(name, words, now) for name, words in lists.items()}
        self._holder.addStretch(1)

        def finish() -> None:
            if (record := form.record()) is not None:
                chosen = {
                    name: tuple(each for each, box in found.items() if box.isChecked())
                    for name, found in boxes.items()
                }
                send(replace(record, **chosen))

        self._send_form = finish

    def _boxes(
        self, name: str, words: Mapping[str, str], now: FundRow | None
    ) -> dict[str, QCheckBox]:
        self._holder.addWidget(Label(_titles()[name], "small"))
        boxes = {each: QCheckBox(title) for each, title in words.items()}
        chosen: tuple[str, ...] = getattr(now, name) if now else ()
        for each, box in boxes.items():
            box.setObjectName(f"{name.removesuffix('s')}_{each}")
            box.setChecked(each in chosen)
            self._holder.addWidget(box)
        return boxes


TERMS = {"pays_until": 12, "donor": 12, "condition": 12, "file_required": 12}


def _titles() -> dict[str, str]:
    return {
        "measures": _("May pay only (none checked: every measure)"),
        "categories": _("Only these categories (none checked: every category)"),
        "districts": _("Only these districts (none checked: every district)"),
    }


def _hints() -> dict[str, str]:
    return {"pays_until": _("Empty: the last day of its year")}


def _capitals(field: Field) -> AmountEditor:
    return AmountEditor(field, with_capitals=True)


class _AreaEditor(ChoiceEditor):
    """The area that money is for; none chosen is any area, which is an answer."""

    def rest_state(self) -> str:
        """Return the usual state: nothing is left open."""
        return ""


def _areas(field: Field) -> ChoiceEditor:
    areas = [each for each in Area if each is not Area.CLASSIFICATION]
    editor = _AreaEditor(field, [(each.value, each.label) for each in areas])
    editor.box.setItemText(0, _("Any area"))
    return editor
