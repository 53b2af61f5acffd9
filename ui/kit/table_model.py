"""The one model behind every list: rows are records, columns come from their fields."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from app.core.i18n import _
from app.core.kinds import Amount, Key, Kind, Text
from app.core.record import Record, specs
from ui.kit.cells import Cell, Column, cell, right_aligned

R = TypeVar("R", bound=Record)
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
CELL_ROLE = int(Qt.ItemDataRole.UserRole)
CLOSED_ROLE = CELL_ROLE + 1
"""Why a row cannot be checked; empty where it can."""


class RecordModel(QAbstractTableModel, Generic[R]):
    """Rows of one record type. The delegate draws what ``CELL_ROLE`` gives it."""

    def __init__(self, row_type: type[R], columns: Sequence[Column | str], parent: QObject) -> None:
        super().__init__(parent)
        self._kinds: dict[str, Kind] = {field.name: field.kind for field in specs(row_type)}
        wanted = columns or [
            name for name, kind in self._kinds.items() if not isinstance(kind, Key)
        ]
        self.columns = tuple(Column(each) if isinstance(each, str) else each for each in wanted)
        self.rows: list[R] = []
        self.checked: set[int] = set()
        self.checkable = False
        self.why_not: Callable[[R], str] | None = None

    def kind(self, column: int) -> Kind:
        """Return the kind of a column; a column made by a function is text."""
        return self._kinds.get(self.columns[column].name, Text(label=""))

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.checked = set()
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def at(self, row: int, column: int) -> Cell:
        """Return what one cell shows."""
        wanted, record = self.columns[column], self.rows[row]
        if wanted.cell is not None:
            return wanted.cell(record)
        return cell(self.kind(column), getattr(record, wanted.name))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell for the delegate, its words for everybody else."""
        row, column = index.row(), index.column()
        if not 0 <= row < len(self.rows):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.at(row, column).text
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.sentence(row) if column == 0 else self.at(row, column).sentence()
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag
                at = side.AlignRight if self.is_right(column) else side.AlignLeft
                return int(at | side.AlignVCenter)
            case Qt.ItemDataRole.CheckStateRole if self.checkable and column == 0:
                return Qt.CheckState.Checked if row in self.checked else Qt.CheckState.Unchecked
            case _ if role == CLOSED_ROLE:
                return self.closed(row)
            case _ if role == CELL_ROLE:
                return self.at(row, column)
            case _:
                return None

    def is_right(self, column: int) -> bool:
        """Tell whether a column stands at the right."""
        told = self.columns[column].right
        return right_aligned(self.kind(column)) if told is None else told

    def title(self, column: int) -> str:
        """Return the heading of a column; money says its unit once, here."""
        wanted = self.columns[column]
        words = _(self.kind(column).label) if wanted.title is None else wanted.title
        if wanted.title is None and isinstance(self.kind(column), Amount):
            return words + _(" (yuan)")
        return words

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return headings, aligned as their columns."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag
            at = side.AlignRight if self.is_right(section) else side.AlignLeft
            return int(at | side.AlignVCenter)
        return None

    def sentence(self, row: int) -> str:
        """Return a row as one sentence for a screen reader: heading and words of each cell."""
        parts = (
            f"{self.title(column)} {self.at(row, column).sentence()}".strip()
            for column in range(len(self.columns))
        )
        return "，".join(part for part in parts if part)

    def sort_by(self, column: int, *, descending: bool) -> None:
        """Sort the rows shown by the values of a column; unknown stands last, marks stay."""
        name = self.columns[column].name

        def key(record: R) -> tuple[bool, Any]:
            value = getattr(record, name, None)
            if value is None or name not in self._kinds:
                return value is None, self.columns[column].cell is None
            return False, value

        known = [row for row in self.rows if getattr(row, name, None) is not None]
        unknown = [row for row in self.rows if getattr(row, name, None) is None]
        marked = {id(self.rows[at]) for at in self.checked}
        self.beginResetModel()
        self.rows = sorted(known, key=key, reverse=descending) + unknown
        self.checked = {at for at, row in enumerate(self.rows) if id(row) in marked}
        self.endResetModel()

    def closed(self, row: int) -> str:
        """Return why a row cannot be checked, or nothing."""
        return self.why_not(self.rows[row]) if self.why_not is not None else ""

    def flip(self, row: int) -> None:
        """Check or uncheck a row; one that cannot be checked stays as it is."""
        if self.closed(row):
            return
        self.checked ^= {row}
        index = self.index(row, 0)
        self.dataChanged.emit(index, index)
