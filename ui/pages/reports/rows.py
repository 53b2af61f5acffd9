"""The pane at the right: the payments behind a figure."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.masking import mask_name
from app.core.money import yuan_text
from app.reports.queries import relief_rows
from app.reports.records import ReliefQuery, ReliefRow, ReliefRows
from app.reports.relief import PAGE
from ui.desk import Desk
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.labels import Elided, Rule
from ui.kit.table import RecordTable


class RowsPane(Card):
    """Who got what: masked names, day, item, fund, yuan; Enter opens the household."""

    opened = Signal(object)
    """A payment (`ReliefRow`) whose household is to be opened."""

    def __init__(self, desk: Desk, close: Callable[[], object]) -> None:
        super().__init__(" ", flush=True)
        self.setObjectName("rows_pane")
        self._desk = desk
        self._asked: ReliefQuery | None = None
        self.title.hide()
        self._title = Elided(role="strong")
        self._title.setObjectName("rows_title")
        self.head.insertWidget(0, self._title, 1)
        self.add_to_head(IconButton("x", _("Close"), close, key="Esc", size=26, name="close_rows"))
        self.table = RecordTable(
            ReliefRow,
            [
                Column("day", width=92),
                Column("name", width=172, cell=_name_cell),
                Column("item", _("Item and fund"), stretch=True, cell=_item_cell),
                Column("fen", _("Amount (yuan)"), width=104),
            ],
            name="table_relief",
            two_lines=True,
            flat=True,
            empty=EmptyState(_("No payment stands behind this figure")),
        )
        self.table.opened.connect(self.opened)
        self.add(Rule())
        self.add(self.table)
        foot = self.add_foot()
        self._count = Elided(role="small")
        self._count.setObjectName("rows_count")
        self._sum = Elided(role="small")
        self._sum.setObjectName("rows_sum")
        self.more = Button(_("More"), self._ask_more, small=True, name="act_more_rows")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._sum)
        words.addWidget(self._count)
        foot.addLayout(words, 1)
        foot.addWidget(self.more)

    def ask(self, asked: ReliefQuery, title: str) -> None:
        """Show the payments behind a figure."""
        self._asked = asked
        self._title.setText(title)
        self._desk.ask(relief_rows, asked, then=self._show, latest=self)

    def _show(self, found: ReliefRows) -> None:
        self.table.show_rows(found.rows)
        self._tell(found)
        self.table.first().setFocus()

    def _ask_more(self) -> None:
        if self._asked is not None:
            page = -(-len(self.table.rows()) // PAGE)
            asked = replace(self._asked, page=page)
            self._desk.ask(relief_rows, asked, then=self._show_more, latest=self)

    def _show_more(self, found: ReliefRows) -> None:
        self.table.show_rows([*self.table.rows(), *found.rows])
        self._tell(found)

    def _tell(self, found: ReliefRows) -> None:
        shown = len(self.table.rows())
        says = _("{shown} of {count} payments")
        self._count.setText(says.format(shown=f"{shown:,}", count=f"{found.count:,}"))
        says = _("{times} person-times, {people} people, {households} households, {fen} yuan")
        self._sum.setText(
            says.format(
                times=f"{found.person_times:,}",
                people=f"{found.people:,}",
                households=f"{found.households:,}",
                fen=yuan_text(found.fen),
            )
        )
        self.more.setVisible(shown < found.count)

    def first(self) -> QWidget:
        """Return the list."""
        return self.table.first()


def _name_cell(row: ReliefRow) -> Cell:
    return Cell(mask_name(row.name), second=row.file_number)


def _item_cell(row: ReliefRow) -> Cell:
    return Cell(row.item.label, second=row.fund or row.source.label)
