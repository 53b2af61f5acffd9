"""Picks one of many things by what is typed; the marked one is the one picked."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.record import Record
from ui import theme
from ui.kit.labels import Label, mark
from ui.kit.table import RecordTable

R = TypeVar("R", bound=Record)
PAUSE_MS = 200
HIGH = 124
"""Headings and two rows."""


class Picker(QWidget, Generic[R]):
    """A line to search with and what was found. Nothing stands there before something is typed,
    so that nothing is picked that nobody looked for."""

    picked = Signal()
    """Another row is marked, or none."""

    def __init__(self, table: RecordTable[R], *, label: str, hint: str, name: str) -> None:
        super().__init__()
        self.table = table
        self.line = QLineEdit()
        self.line.setObjectName(name)
        self.line.setPlaceholderText(hint)
        caption = Label(label, "small")
        caption.setBuddy(self.line)
        self.line.setAccessibleName(label)
        self._says = Label(role="small", tone="bad")
        self._says.setMinimumHeight(theme.px(17))
        table.setFixedHeight(theme.px(HIGH))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for each in (caption, self.line, self._says, table):
            column.addWidget(each)
        self.setFocusProxy(self.line)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self.look)
        self.line.textChanged.connect(lambda: self._soon.start())
        self.line.returnPressed.connect(self._go)
        table.picked.connect(self._tell)

    def seek(self, text: str) -> None:
        """Ask for the rows that fit what is typed, and `show_found` them."""
        raise NotImplementedError

    def look(self) -> None:
        """Ask at once for what fits what is typed."""
        self._soon.stop()
        if text := self.line.text().strip():
            self.seek(text)
        else:
            self.show_found(())

    def show_found(self, rows: Sequence[R]) -> None:
        """Show what was found; the first is marked."""
        self.table.show_rows(rows)

    def chosen(self) -> R | None:
        """Return the row that is marked, or `None` after saying that one is needed."""
        row = self.table.current()
        if row is None:
            self._says.setText(_("This has to be filled in."))
            mark(self.line, state="bad")
            self.line.setFocus()
        return row

    def _go(self) -> None:
        """Go from the line to those found."""
        self.look()
        self.table.first().setFocus()

    def _tell(self, _row: object) -> None:
        self._says.setText("")
        mark(self.line, state="")
        self.picked.emit()
