"""What the worklists of a page have in common: a list, what is chosen in it, and its acts."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final, Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.core.i18n import _
from app.reference.choices import choices
from ui.kit.asking_page import AskingPage, Offers
from ui.kit.editing import Context
from ui.kit.table import RecordTable

P = TypeVar("P", bound=AskingPage)
FILTER_MS: Final = 200
LIMIT: Final = 500


class Worklist(Generic[P]):
    """One segment of the page. ``left`` is its list, ``thing`` what is chosen in it."""

    key: ClassVar[str]
    left: QWidget
    thing: QWidget
    table: RecordTable[Any]

    def __init__(self, page: P) -> None:
        self.page, self.desk = page, page.desk
        self.wanted: int | None = None
        """What is to be chosen once the list is there."""

    def connect(self) -> None:
        """Follow the list: what is marked is shown, Enter goes on to it."""
        self.table.picked.connect(self.pick)
        self.table.opened.connect(self.open)

    def refresh(self) -> None:
        """Ask for the list, and so for what is chosen."""
        raise NotImplementedError

    def offers(self) -> Offers:
        """Return what can be done with what is chosen."""
        raise NotImplementedError

    def pick(self, row: Any) -> None:
        """Show what is chosen, or that nothing is."""
        raise NotImplementedError

    def first(self) -> QWidget:
        """Return what takes the focus: the list; while that is empty, the line above it."""
        view = self.table.first()
        line = self.left.findChild(FilterLine)
        return view if self.table.rows() or line is None else line

    def open(self, row: object, /) -> None:
        """Go on from a row to what is chosen."""
        self.page.enter(row)

    def identity(self, row: Any) -> int:
        """Return what a row is called from elsewhere."""
        return int(row.id)

    def elsewhere(self, rows: Sequence[Any]) -> bool:
        """Tell whether what is wanted is none of these rows."""
        return self.wanted is not None and all(self.identity(row) != self.wanted for row in rows)

    def show_list(self, rows: Sequence[Any], says: str) -> None:
        """Show the rows; the one that is wanted is chosen, else the one that was. Where the list
        is as long as it gets, it says so: there may be more."""
        self.table.show_rows(rows)
        if len(rows) >= LIMIT:
            says = _("{says} (no more than {count} are listed)").format(says=says, count=LIMIT)
        self.table.set_foot(says, self.keys())
        if self.wanted is not None:
            wanted, self.wanted = self.wanted, None
            self.table.select_where(lambda row: self.identity(row) == wanted)
        self.pick(self.table.current())

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the list with what they do."""
        return ()

    def context(self) -> Context:
        """Return what editors need to know beside their field."""
        today = self.desk.today
        return Context(codes=lambda name: choices(name, today()), today=today)


class FilterLine(QLineEdit):
    """Narrows a list a moment after the last key; Enter goes on to the list."""

    def __init__(self, name: str, words: str, ask: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(FILTER_MS)
        self._soon.timeout.connect(lambda: ask())
        self.textChanged.connect(self._typed)

    def _typed(self, _text: str) -> None:
        self._soon.start()

    def asked(self) -> str:
        """Return what is looked for."""
        return self.text().strip()


def listed(table: RecordTable[Any], *above: QWidget) -> QWidget:
    """Return a list with what narrows it; Enter in the line goes on to the list."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    if above:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(above[0], 1)
        for widget in above[1:]:
            line.addWidget(widget)
            if isinstance(widget, QLineEdit):
                widget.returnPressed.connect(table.view.setFocus)
        if isinstance(above[0], QLineEdit):
            above[0].returnPressed.connect(table.view.setFocus)
        column.addLayout(line)
    column.addWidget(table, 1)
    return holder
