"""A new batch: which approved awards go into it, and how the bank wants its file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words.disbursements import PayWay
from app.disbursements.records import AwardRow
from app.exchange.records import LayoutRow
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import Column
from ui.kit.labels import Label
from ui.kit.ribbon import StageRibbon
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.pages.batches.cells import stages


class Choosing(QWidget):
    """The approved awards with check marks; all are marked at first."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known: set[int] = set()
        self._ribbon = ribbon = StageRibbon()
        ribbon.show_stages(stages(None))
        self._awards: list[AwardRow] = []
        self.ways = Segments(name="segments_way")
        self.ways.chosen.connect(self._turn)
        way = Card()
        way.body.setContentsMargins(12, 4, 12, 4)
        way.add(ribbon)
        self.layouts = Segments(name="segments_layout")
        self._encoding = Label(role="small")
        self._rows: dict[str, LayoutRow] = {}
        self.layouts.chosen.connect(self._tell_layout)
        bank = Card()
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.ways)
        line.addSpacing(12)
        self._bank = Label(_("Bank layout"), "strong")
        line.addWidget(self._bank)
        line.addWidget(self.layouts)
        line.addWidget(self._encoding)
        line.addStretch(1)
        bank.add(line)
        self.table = RecordTable(
            AwardRow,
            [
                Column("name", _("Payee"), width=130),
                Column("case_number", width=100),
                Column("title", width=120),
                Column("amount", width=110),
                Column("number", width=120),
                Column("proposed_by", width=90),
                Column("fund", stretch=True),
            ],
            name="table_awards",
            checkable=True,
            empty=EmptyState(
                _("No award is approved and waiting to be paid"),
                _("Approved awards appear here by themselves."),
            ),
        )
        self.table.checks_changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(way)
        column.addWidget(bank)
        column.addWidget(self.table, 1)

    def show_layouts(self, rows: list[LayoutRow]) -> None:
        """Offer the layouts there are."""
        self._rows = {row.name: row for row in rows}
        self.layouts.show_parts([Part(row.name, row.title) for row in rows])
        self._tell_layout()

    def _tell_layout(self) -> None:
        row = self._rows.get(self.layouts.value())
        self._encoding.setText(row.encoding if row else "")

    def layout_name(self) -> str:
        """Return the bank layout; none of cash and goods."""
        return self.layouts.value() if self.way() is PayWay.CARD else ""

    def way(self) -> PayWay:
        """Return how the batch pays."""
        return PayWay(self.ways.value() or PayWay.CARD)

    def _turn(self) -> None:
        self._known = set()
        self._show()

    def show_awards(self, rows: list[AwardRow]) -> None:
        """Show what is approved in the chosen way; marks that were taken away stay away."""
        self._awards = rows
        counts = {way: sum(row.way is way for row in rows) for way in PayWay}
        self.ways.show_parts([Part(way, way.label, count) for way, count in counts.items()])
        if not counts[self.way()] and rows:
            self.ways.choose(rows[0].way)
        self._show()

    def _show(self) -> None:
        card = self.way() is PayWay.CARD
        self._ribbon.show_stages(stages(None, self.way()))
        for part in (self._bank, self.layouts, self._encoding):
            part.setVisible(card)
        rows = [row for row in self._awards if row.way is self.way()]
        off = self._known - {row.id for row in self.table.checked()}
        self._known = {row.id for row in rows}
        self.table.show_rows(rows)
        self.table.check(lambda row: row.id not in off)
        self.table.set_foot(
            _("{count} approved, not paid").format(count=len(rows)), [("Space", _("mark"))]
        )
        self.changed.emit()

    def forget(self) -> None:
        """Mark everything again: a new batch begins."""
        self._known = set()

    def chosen(self) -> list[AwardRow]:
        """Return the marked awards."""
        return self.table.checked()

    def total(self) -> Fen:
        """Return what the marked awards come to."""
        return Fen(sum(row.amount for row in self.chosen()))

    def says(self) -> tuple[str, str]:
        """Return count and sum, and the sums by fund."""
        chosen = self.chosen()
        if not chosen:
            return _("Nothing is marked yet"), _("Mark with Space what goes into the batch")
        sums: dict[str, int] = {}
        for row in chosen:
            sums[row.fund] = sums.get(row.fund, 0) + row.amount
        first = _("{count} marked, {total} yuan").format(
            count=len(chosen), total=yuan_text(self.total())
        )
        by_fund = (
            _("{what} {amount} yuan").format(what=fund, amount=yuan_text(fen))
            for fund, fen in sums.items()
        )
        return first, "　".join(by_fund)
