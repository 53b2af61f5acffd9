"""Picks a household: those that look alike first, then whatever is searched for."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.core.i18n import _
from app.households.duplicates import doubles_of
from app.households.records import ById, Likeness
from app.search.queries import search
from app.search.records import Hit, HitKind, Hits, SearchQuery
from ui.desk import Desk
from ui.kit.cards import EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.labels import Label
from ui.kit.table import RecordTable

PAUSE_MS = 200
MOST = 20


class HouseholdPicker(QWidget):
    """A line to search with and the households found; Enter goes to them.

    An ``eager`` one lists those that look alike before anything is typed, and picks the first
    found at once; another one picks what was gone to.
    """

    picked = Signal(int)
    """This household is chosen."""

    def __init__(self, desk: Desk, *, eager: bool = True) -> None:
        super().__init__()
        self._desk = desk
        self._eager = eager
        self._going = False
        self._own: int | None = None
        self.line = QLineEdit()
        self.line.setObjectName("pick_household")
        self.line.setPlaceholderText(_("Name, ID number, mobile or file number"))
        caption = Label(_("Find the other household"), "small")
        caption.setBuddy(self.line)
        self.line.setAccessibleName(caption.text())
        self.table: RecordTable[Hit] = RecordTable(
            Hit,
            [
                Column("title", title=_("Name"), width=150, cell=_name),
                Column("state", title=_("File"), stretch=True, cell=_file),
            ],
            name="table_found",
            two_lines=True,
            sortable=False,
            empty=EmptyState(_("No other household found"), _("Search for it above.")),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(caption)
        column.addWidget(self.line)
        column.addSpacing(8)
        column.addWidget(self.table, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._look)
        self.line.textChanged.connect(lambda: self._soon.start())
        self.line.returnPressed.connect(self._look_and_go)
        self.table.picked.connect(self._tell)

    def begin(self, own: int) -> None:
        """Look for another household than ``own``: first for those that look like it."""
        self._own = own
        self.line.clear()
        self._soon.stop()
        self._look()

    def _look(self) -> None:
        text = self.line.text().strip()
        if text:
            asked = SearchQuery(text=text, limit=MOST)
            self._desk.ask(search, asked, then=self._take_hits, latest=self)
        elif not self._eager:
            self._show([])
        elif self._own is not None:
            asked_of = ById(id=self._own)
            self._desk.ask(doubles_of, asked_of, then=self._take_alike, latest=self)

    def _take_hits(self, hits: Hits) -> None:
        people = [hit for hit in hits.hits if hit.kind is HitKind.PERSON and hit.id != self._own]
        self._show(people)

    def _take_alike(self, found: list[Likeness]) -> None:
        self._show([_as_hit(like) for like in found])

    def _show(self, rows: Sequence[Hit]) -> None:
        self.table.show_rows(rows)
        keys = [("↑ ↓", _("choose")), ("Enter", _("Take"))]
        self.table.set_foot(_("{count} households").format(count=len(rows)), keys)
        if self._going and rows:
            self.table.view.setFocus()
            self._tell(self.table.current())
        self._going = False

    def _look_and_go(self) -> None:
        """Look at once, and go to what is found."""
        self._soon.stop()
        self._going = True
        self._look()

    def _tell(self, hit: Hit | None) -> None:
        if hit is not None and (self._eager or self.table.view.hasFocus()):
            self.picked.emit(hit.id)


def _as_hit(like: Likeness) -> Hit:
    state = like.file_state.label
    return Hit(
        kind=HitKind.PERSON,
        id=like.household_id,
        title=like.head or like.name,
        matched=_("The same: {fields}").format(fields=_(", ").join(map(_, like.same))),
        detail="",
        state=f"{like.file_number}　{state}" if like.file_number else state,
    )


def _name(hit: Hit) -> Cell:
    return Cell(hit.title, second=hit.detail)


def _file(hit: Hit) -> Cell:
    return Cell(hit.state, second=hit.matched)
