"""A new batch: which approved awards go into it, and how the bank wants its file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import Fen, yuan_text
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
        ribbon = StageRibbon()
        ribbon.show_stages(stages(None))
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
        line.addWidget(Label(_("Bank layout"), "strong"))
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

    def show_awards(self, rows: list[AwardRow]) -> None:
        """Show what is approved; marks that were taken away stay away."""
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
