"""The lists beside that of batches: money that came back, and days of cash."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import yuan_text
from app.core.words.funds import BudgetState
from app.disbursements.batch_records import BatchRow
from app.disbursements.cash_records import CashDayRow
from app.disbursements.refund_records import RefundRow
from ui.kit.buttons import Button
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.pages.batches.cells import result_cell, state_cell
from ui.pages.batches.pane import FormPane

BATCHES, REFUNDS, CASH = "batches", "refunds", "cash"


class Books(QWidget):
    """The list face of the page: batches, refunds, days of cash."""

    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.segments = Segments(name="segments_books")
        self.segments.chosen.connect(self._turn)
        self.batches = RecordTable(
            BatchRow,
            [
                Column("number", width=140),
                Column("state", width=130, cell=state_cell),
                Column("way", width=100),
                Column("count", width=80),
                Column("amount", width=130),
                Column("paid", _("Result"), cell=result_cell, stretch=True, right=False),
                Column("prepared_by", width=100),
                Column("prepared_at", _("Made on"), width=150),
            ],
            name="table_batches",
            empty=EmptyState(
                _("No batch yet"),
                _("Approved awards are put together here, checked, frozen and sent to the bank."),
            ),
        )
        self.refunds = RecordTable(
            RefundRow,
            [
                Column("number", width=120),
                Column("state", width=110, cell=refund_cell),
                Column("kind", width=150),
                Column("name", width=90),
                Column("amount", width=110),
                Column("came_on", width=100),
                Column("reason", stretch=True),
                Column("document", width=150),
                Column("entered_by", width=80),
            ],
            name="table_refunds",
            empty=EmptyState(
                _("Nothing came back yet"),
                _("What comes back is entered at the payment, in its batch."),
            ),
        )
        self.cash = RecordTable(
            CashDayRow,
            [
                Column("day", width=110),
                Column("id", _("State"), width=130, cell=cash_cell, right=False),
                Column("payments", width=80),
                Column("paid", width=120),
                Column("drawn", width=120),
                Column("counted", width=120),
                Column("difference", width=110, cell=difference_cell),
                Column("note", stretch=True),
                Column("counted_by", width=80),
                Column("confirmed_by", width=80),
            ],
            name="table_cash",
            empty=EmptyState(
                _("No cash was handed out yet"),
                _("Days on which people signed for cash appear here to be counted."),
            ),
        )
        for table in (self.refunds, self.cash):
            table.picked.connect(self.turned)
        self.pane = FormPane()
        faces = QWidget()
        self._stack = QStackedLayout(faces)
        self._tables = {BATCHES: self.batches, REFUNDS: self.refunds, CASH: self.cash}
        for table in self._tables.values():
            self._stack.addWidget(table)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(8)
        self._acts.addWidget(self.segments)
        self._acts.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(faces, 1)
        row.addWidget(self.pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._acts)
        column.addLayout(row, 1)
        self._counts: dict[str, int] = {}
        self._show_parts()

    def add(self, book: str, text: str, run: Callable[[], object], **look: str) -> Button:
        """Add an act of one list, shown while that list is."""
        button = Button(text, run, small=True, **look)  # pyright: ignore[reportArgumentType] - words
        button.setProperty("book", book)
        self._acts.addWidget(button)
        return button

    def turn_to(self, book: str) -> None:
        """Show another list."""
        self.segments.choose(book)
        self._turn()

    def book(self) -> str:
        """Return which list is shown."""
        return self.segments.value() or BATCHES

    def table(self) -> QWidget:
        """Return the list that is shown."""
        return self._tables[self.book()].first()

    def _turn(self) -> None:
        self._stack.setCurrentWidget(self._tables[self.book()])
        self.pane.hide()
        for button in self.findChildren(Button):
            if button.property("book"):
                button.setVisible(button.property("book") == self.book())
        self.turned.emit()

    def show_batches(self, rows: Sequence[BatchRow]) -> None:
        """Show the batches, the newest first."""
        self.batches.show_rows(rows)
        says = _("{count} batches, the newest first").format(count=len(rows))
        self.batches.set_foot(says, [("Enter", _("open"))])

    def show_refunds(self, rows: Sequence[RefundRow]) -> None:
        """Show the refunds, those to be confirmed first."""
        self.refunds.show_rows(rows)
        self._counts[REFUNDS] = sum(row.state is BudgetState.ENTERED for row in rows)
        confirmed = [row.amount for row in rows if row.state is BudgetState.CONFIRMED]
        says = _("{count} refunds, {amount} yuan back in their funds")
        self.refunds.set_foot(says.format(count=len(rows), amount=yuan_text(sum(confirmed))))
        self._show_parts()

    def show_cash(self, rows: Sequence[CashDayRow]) -> None:
        """Show the days of cash, the newest first."""
        self.cash.show_rows(rows)
        self._counts[CASH] = sum(not row.confirmed_by for row in rows)
        self.cash.set_foot(_("{count} days").format(count=len(rows)))
        self._show_parts()

    def _show_parts(self) -> None:
        words = {BATCHES: _("Batches"), REFUNDS: _("Money back"), CASH: _("Cash days")}
        parts = [Part(key, text, self._counts.get(key) or None) for key, text in words.items()]
        self.segments.show_parts(parts)


def refund_cell(row: RefundRow) -> Cell:
    """Return whether a refund counts."""
    icon, tone = {
        BudgetState.ENTERED: ("clock", "wait"),
        BudgetState.CONFIRMED: ("circle-check", "ok"),
        BudgetState.WITHDRAWN: ("undo-2", "text_faint"),
    }[row.state]
    return Cell(row.state.label, icon=icon, tone=tone)


def cash_cell(row: CashDayRow) -> Cell:
    """Return whether a day is counted and confirmed."""
    if row.id is None:
        return Cell(_("To be counted"), icon="clock", tone="wait")
    if not row.confirmed_by:
        return Cell(_("To be confirmed"), icon="clock", tone="wait")
    return Cell(_("Closed"), icon="circle-check", tone="ok")


def difference_cell(row: CashDayRow) -> Cell:
    """Return what a count lacks or has too much."""
    if row.id is None:
        return Cell("")
    return Cell(yuan_text(row.difference), tone="bad" if row.difference else "ok")
