"""One list: what it gives, its rows, and what became of each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words.disbursements import ListKind, ListState, PayWay
from app.disbursements.list_records import ListEntry, ListView
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.labels import Chip, Label, Rule
from ui.kit.notices import BudgetBar
from ui.kit.table import RecordTable
from ui.pages.lists.amounts import AmountLine
from ui.pages.lists.cells import STATES, amount_cell, entry_cell, given, progress, result_cell


class Detail(Card):
    """The list that is chosen."""

    amounts_typed = Signal(object, object)
    """What rows get: the entries, and the amount or `None` for what the list gives each."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.setObjectName("list_detail")
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(4)
        line = QHBoxLayout()
        self._title = Label(role="section")
        self._chip = Chip("")
        line.addWidget(self._title, 1)
        line.addWidget(self._chip)
        column.addLayout(line)
        self._facts = Label(role="small", wrap=True)
        self._facts.setObjectName("list_facts")
        self._bar = BudgetBar()
        self._progress = Label(role="small")
        self._progress.setObjectName("list_progress")
        for item in (self._facts, self._bar, self._progress):
            column.addWidget(item)
        self.add(top)
        self.add(Rule())
        self.rows: RecordTable[ListEntry] = RecordTable(
            ListEntry,
            [
                Column("id", width=52, cell=lambda row: Cell(str(row.id)), right=True),
                Column("name", width=120, cell=entry_cell),
                Column("district", width=84),
                Column("file_number", width=184),
                Column("amount", width=96, cell=amount_cell, right=True),
                Column("state", _("Result"), stretch=True, cell=result_cell),
            ],
            name="table_entries",
            two_lines=True,
            checkable=True,
            flat=True,
            empty=EmptyState(_("Nobody is on this list yet")),
        )
        self.body.addWidget(self.rows, 1)
        self.body.setSpacing(0)
        self.amount = AmountLine("row_amount")
        self.add(self.amount)
        self.rows.picked.connect(self._show_amount)
        self.rows.checks_changed.connect(self._show_marked)
        self.amount.taken.connect(self._take_amount)
        self.amount.taken_for_marked.connect(self._take_amounts)
        self.amount.stepped.connect(self.rows.step)

    def show_list(self, view: ListView | None) -> None:
        """Show another list, or none."""
        for item in (self._chip, self._facts, self._bar, self._progress):
            item.setVisible(view is not None)
        self.amount.setVisible(may_differ(view))
        if view is None:
            self._title.setText(_("No list chosen"))
            self.rows.show_rows([])
            return
        row = view.row
        self._title.setText(row.title)
        self._chip.show_state(row.state.label, *STATES[row.state])
        self._facts.setText(_facts(view))
        handed_in = row.state is ListState.PROPOSED
        self._bar.setVisible(handed_in and row.rows > 0)
        self._bar.show_budget(row.rows, row.paid, row.approved - row.paid)
        self._progress.setVisible(handed_in)
        self._progress.setText(progress(row))
        agency = row.kind is ListKind.AGENCY
        self.rows.set_empty(
            _("Nobody is on this list yet"),
            _("Read the roster of the agency, or paste it with Ctrl+V.")
            if agency
            else _("Look for people by the policy with Alt+F."),
        )
        self.rows.show_rows(view.entries)
        left = sum(bool(entry.why) for entry in view.entries)
        says = _("{count} rows").format(count=f"{row.rows:,}")
        if left:
            says += _(", {count} of them without an award").format(count=left)
        self.rows.set_foot(says, [("Enter", _("Open"))], _sum(view))

    def _show_amount(self, entry: ListEntry | None) -> None:
        if entry is None:
            self.amount.show_row(None, "", None)
        else:
            whose = entry.person or entry.name
            self.amount.show_row((entry.id, whose), whose, entry.amount)

    def _take_amount(self, amount: Fen | None) -> None:
        if (entry := self.rows.current()) is not None:
            self.amounts_typed.emit([entry], amount)

    def _take_amounts(self, amount: Fen | None) -> None:
        self.amounts_typed.emit(self.rows.checked(), amount)

    def _show_marked(self) -> None:
        self.amount.show_marked(len(self.rows.checked()))


def may_differ(view: ListView | None) -> bool:
    """Tell whether the rows of a list can get amounts of their own: money, before it is handed
    in, that is not entrusted row by row."""
    if view is None or not view.entries:
        return False
    row = view.row
    by_row = row.way is not PayWay.GOODS and row.kind is not ListKind.AGENCY
    return by_row and row.state is ListState.OPEN


def _facts(view: ListView) -> str:
    row = view.row
    parts = [row.number, row.measure_title, given(view), row.fund]
    parts += [view.document] if view.document else []
    if view.confirmed_by:
        parts.append(_("confirmed by {name}").format(name=view.confirmed_by))
    return "　".join(parts)


def _sum(view: ListView) -> str:
    """Return the sum of the rows; with what the fund has left when that is less."""
    total = _("{amount} yuan").format(amount=yuan_text(view.row.total))
    if view.row.state in (ListState.OPEN, ListState.CONFIRMED) and view.fund_left < view.row.total:
        left = _("the fund has {left} yuan left").format(left=yuan_text(view.fund_left))
        return f"{total}　{left}"
    return total
