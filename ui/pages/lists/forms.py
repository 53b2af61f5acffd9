"""The pane that asks for a new list."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.cases.measures import AGENCY, measures_on
from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.record import spec
from app.core.words.disbursements import ListKind, PayWay
from app.disbursements.list_records import ListForm
from app.funds.records import FundRow
from app.policy.pack import MeasureKind
from app.reference.codes import code_lists
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.day_editor import Today
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.giving_editors import GoodsEditor, WayEditor
from ui.kit.labels import Label, Rule
from ui.kit.layout import scrolling

KINDS = (ListKind.FESTIVAL, ListKind.SEASON, ListKind.AGENCY)
"""A series is proposed on the page of the award."""
USUAL = {ListKind.FESTIVAL: "festival_relief", ListKind.SEASON: "golden_autumn"}


class ListPane(Card):
    """The form of a new list with its own primary button."""

    def __init__(
        self, today: Today, send: Callable[[ListForm], object], close: Callable[[], object]
    ) -> None:
        super().__init__(_("New list"), flush=True)
        self.setObjectName("list_form_pane")
        self._today, self._send = today, send
        self._measure = ""
        self.add_to_head(IconButton("x", _("Close"), close, key="Esc", size=26, name="close_form"))
        self.fund = ChoiceEditor(spec(ListForm, "fund_id"), ())
        self.measure = ChoiceEditor(spec(ListForm, "measure"), ())
        self.form = self._make_form()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(12, 8, 12, 12)
        column.addWidget(self.form)
        self._hint = Label(role="small", wrap=True)
        column.addWidget(self._hint)
        column.addStretch(1)
        self.add(Rule())
        self.body.addWidget(scrolling(holder), 1)
        acts = QHBoxLayout()
        acts.setContentsMargins(12, 10, 12, 12)
        acts.setSpacing(8)
        acts.addStretch(1)
        acts.addWidget(Button(_("Go back"), close, kind="quiet", name="act_close_form"))
        self.finish = Button(
            _("Open the list"), self._finish, kind="primary", key="Ctrl+Enter", name="act_send_list"
        )
        acts.addWidget(self.finish)
        self.add(Rule())
        self.add(acts)

    def _make_form(self) -> FormView[ListForm]:
        form = FormView(
            ListForm,
            sections=[
                ("", ["kind", "title"]),
                ("", ["measure", "fund_id"]),
                ("", ["way", "amount"]),
                ("", ["goods", "quantity", "unit_value"]),
                ("", ["document"]),
            ],
            spans={
                **{"kind": 4, "title": 8, "measure": 5, "fund_id": 7, "way": 8, "amount": 4},
                **{"goods": 6, "quantity": 2, "unit_value": 4, "document": 12},
            },
            hints={"amount": _("Empty: amounts by row")},
            editors={
                "kind": lambda field: ChoiceEditor(field, [(each, each.label) for each in KINDS]),
                "measure": lambda _field: self.measure,
                "fund_id": lambda _field: self.fund,
                "way": WayEditor,
                "goods": GoodsEditor,
            },
            context=Context(today=self._today),
            name="list_form",
        )
        goods = form.boxes["goods"].editor
        if isinstance(goods, GoodsEditor):
            goods.offer(code_lists()["goods"].on(self._today()))
        form.edited.connect(self._changed)
        return form

    def ask(self, funds: Sequence[FundRow]) -> None:
        """Begin a new list."""
        grants = [each for each in measures_on(self._today()) if each.kind is MeasureKind.GRANT]
        self.measure.offer([(each.id, each.title) for each in grants])
        self.fund.offer(
            [
                (
                    fund.id,
                    _("{fund}, {amount} yuan left").format(
                        fund=fund.name, amount=yuan_text(fund.available)
                    ),
                )
                for fund in funds
            ]
        )
        self.form.clear()
        self.form.set_value("kind", ListKind.FESTIVAL)
        self._measure = ""
        self._changed()
        self.form.focus("title")

    def _changed(self) -> None:
        """Show what the kind and the way need, and what the goods come to."""
        form = self.form
        kind, goods = form.value("kind"), form.value("way") is PayWay.GOODS
        agency = kind is ListKind.AGENCY
        usual = USUAL.get(kind, "")
        if usual != self._measure:
            self._measure = usual
            self.measure.set_text(usual)
        form.boxes["measure"].setVisible(not agency)
        form.boxes["amount"].setVisible(not agency and not goods)
        for name in ("goods", "quantity", "unit_value"):
            form.boxes[name].setVisible(goods)
        quantity, value = form.value("quantity"), form.value("unit_value")
        if agency:
            says = _("The roster is read afterwards; a second person confirms it.")
        elif goods and quantity and value:
            says = _("{amount} yuan a household").format(amount=yuan_text(quantity * value))
        else:
            says = ""
        self._hint.setText(says)

    def _finish(self) -> None:
        record = self.form.record()
        if record is None:
            return
        if record.kind is ListKind.AGENCY:
            record = replace(record, measure=AGENCY, amount=None)  # pyright: ignore[reportArgumentType] - a Record is a dataclass
        elif record.way is PayWay.GOODS:
            record = replace(record, amount=Fen((record.quantity or 0) * (record.unit_value or 0)))  # pyright: ignore[reportArgumentType] - a Record is a dataclass
        self._send(record)
