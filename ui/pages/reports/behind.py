"""The pane at the right: the files, applications, people or movements behind a figure."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal

from app.core.i18n import _
from app.core.masking import mask_name
from app.core.money import yuan_text
from app.reports.behind import PAGE
from app.reports.queries import behind
from app.reports.records import BehindQuery, BehindRow, BehindRows, Figure, ReliefRow
from ui.desk import Desk
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import UNKNOWN, Cell, Column
from ui.kit.choice_editors import ComboBox
from ui.kit.labels import Elided, Rule
from ui.kit.table import RecordTable


class BehindPane(Card):
    """Day, masked name and number, what it is, yuan; Enter opens the household or the loan."""

    opened = Signal(object)
    """A row (`BehindRow`) whose household or loan is to be opened."""

    def __init__(self, desk: Desk, close: Callable[[], object]) -> None:
        super().__init__(" ", flush=True)
        self.setObjectName("behind_pane")
        self._desk = desk
        self._asked: BehindQuery | None = None
        self.title.hide()
        self._title = Elided(role="strong")
        self._title.setObjectName("behind_title")
        self.head.insertWidget(0, self._title, 1)
        self.figure = ComboBox()
        self.figure.setObjectName("filter_figure")
        self.figure.setAccessibleName(_("Figure"))
        self.figure.setMinimumContentsLength(6)
        self.figure.activated.connect(self._turn)
        self.add_to_head(self.figure)
        self.add_to_head(
            IconButton("x", _("Close"), close, key="Esc", size=26, name="close_behind")
        )
        self.table = RecordTable(
            BehindRow,
            [
                Column("day", width=92),
                Column("name", width=172, cell=_name_cell),
                Column("says", stretch=True, cell=_says_cell),
                Column("fen", _("Amount (yuan)"), width=112),
            ],
            name="table_behind",
            two_lines=True,
            flat=True,
            empty=EmptyState(_("Nothing stands behind this figure")),
        )
        self.table.opened.connect(self.opened)
        self.add(Rule())
        self.add(self.table)
        foot = self.add_foot()
        self._count = Elided(role="small")
        self._count.setObjectName("behind_count")
        self.more = Button(_("More"), self._ask_more, small=True, name="act_more_behind")
        foot.addWidget(self._count, 1)
        foot.addWidget(self.more)

    def ask(self, asked: BehindQuery, title: str, figures: Sequence[Figure] = ()) -> None:
        """Show what stands behind a figure; ``figures`` of the same row can be turned to."""
        self._title.setText(title)
        self.figure.clear()
        for figure in figures:
            self.figure.addItem(figure.label, figure)
        self.figure.setCurrentIndex(max(0, self.figure.findData(asked.figure)))
        self.figure.setVisible(bool(figures))
        self._ask(asked)

    def _ask(self, asked: BehindQuery) -> None:
        self._asked = asked
        self._desk.ask(behind, asked, then=self._show, latest=self)

    def _turn(self) -> None:
        if self._asked is not None:
            self._ask(replace(self._asked, figure=Figure(self.figure.currentData())))

    def _show(self, found: BehindRows) -> None:
        self.table.hide_columns({"fen"} if found.fen is None else set())
        self.table.show_rows(found.rows)
        self._tell(found)
        self.table.first().setFocus()

    def _ask_more(self) -> None:
        if self._asked is not None:
            page = -(-len(self.table.rows()) // PAGE)
            asked = replace(self._asked, page=page)
            self._desk.ask(behind, asked, then=self._show_more, latest=self)

    def _show_more(self, found: BehindRows) -> None:
        self.table.show_rows([*self.table.rows(), *found.rows])
        self._tell(found)

    def _tell(self, found: BehindRows) -> None:
        shown = len(self.table.rows())
        says = _("{shown} of {count} rows")
        if found.fen is not None:
            says = _("{shown} of {count} movements, {fen} yuan")
            if found.rows and found.rows[0].loan_id is not None:
                says = _("{shown} of {count} rows, {fen} yuan")
        fen = yuan_text(found.fen) if found.fen is not None else ""
        self._count.setText(says.format(shown=f"{shown:,}", count=f"{found.count:,}", fen=fen))
        self.more.setVisible(shown < found.count)


def _name_cell(row: BehindRow) -> Cell:
    if row.name:
        return Cell(mask_name(row.name), second=row.number)
    return Cell(row.number) if row.number else UNKNOWN


def _says_cell(row: BehindRow) -> Cell:
    return Cell(row.says, second=row.note)


def place_of(row: ReliefRow | BehindRow) -> tuple[str, int | None]:
    """Return the page that shows a row, and what it opens there; `None` when there is nothing."""
    if isinstance(row, BehindRow):
        boards = (
            ("loans", row.loan_id),
            ("jobs", row.job_seeker_id),
            ("vacancies", row.vacancy_id),
        )
        for page, what in boards:
            if what is not None:
                return page, what
    return "household", row.household_id
