"""Lists of records: a card with headings, rows, and a foot that counts and names the keys."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import _
from app.core.record import Record
from ui import theme
from ui.kit.cards import EmptyState, clear_layout
from ui.kit.cells import Column, usual_width
from ui.kit.delegate import CellDelegate
from ui.kit.labels import KeyCap, Label
from ui.kit.table_model import RecordModel

R = TypeVar("R", bound=Record)


class _View(QTableView):
    """The rows: whole rows are selected, J and K move as well as the arrows."""

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(24)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)


class RecordTable(QFrame, Generic[R]):
    """A list of one record type.

    ``columns`` names fields or gives `Column`s; without it every field is a column. Enter or a
    double click tells ``opened``; a move of the selection tells ``picked`` (the record or
    `None`); Space flips the check mark when ``checkable``, of rows ``why_not`` says nothing of.
    """

    opened = Signal(object)
    picked = Signal(object)
    checks_changed = Signal()
    refused = Signal(str)
    """Somebody wanted to check a row that cannot be checked: why."""

    def __init__(
        self,
        row_type: type[R],
        columns: Sequence[Column | str] = (),
        *,
        name: str = "table",
        two_lines: bool = False,
        checkable: bool = False,
        why_not: Callable[[R], str] | None = None,
        sortable: bool = True,
        empty: EmptyState | None = None,
        flat: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        if not flat:
            self.setProperty("kind", "card")
        self.model: RecordModel[R] = RecordModel(row_type, columns, self)
        self.model.checkable, self.model.why_not = checkable, why_not
        self.view = _View()
        self.view.setObjectName(f"{name}_view")
        self.view.setModel(self.model)
        self.delegate = CellDelegate(self.view, two_lines=two_lines)
        self.view.setItemDelegate(self.delegate)
        self._empty = empty or EmptyState(_("Nothing here yet"))
        self._sorted_by = ""
        self._focus_due = False
        self._compose(flat)
        self.view.installEventFilter(self)
        self.view.viewport().installEventFilter(self)
        self.view.doubleClicked.connect(self._open)
        self.view.selectionModel().currentRowChanged.connect(self._pick)
        if sortable:
            self.view.horizontalHeader().sectionClicked.connect(self.sort_by)
        theme.changes.changed.connect(self._size)
        self._size()
        self._show_empty()

    def _compose(self, flat: bool) -> None:
        column = QVBoxLayout(self)
        edge = 0 if flat else theme.border()
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(0)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        column.addWidget(holder, 1)
        self._foot = QFrame()
        self._foot.setProperty("kind", "foot")
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        self._count = Label(role="small")
        self._count.setObjectName("table_count")
        self._total = Label(role="strong")
        self._keys = QHBoxLayout()
        self._keys.setSpacing(6)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addLayout(self._keys)
        row.addWidget(self._total)
        self._total.hide()
        self._foot.hide()
        column.addWidget(self._foot)

    def _size(self) -> None:
        """Set heights and widths for the text size in use."""
        view = self.view
        # The minimum first: a default below it would be lifted to it when the text gets smaller.
        view.verticalHeader().setMinimumSectionSize(self.delegate.row_height())
        view.verticalHeader().setDefaultSectionSize(self.delegate.row_height())
        head = view.horizontalHeader()
        head.setFixedHeight(theme.px(30))
        columns = self.model.columns
        stretch = next((i for i, each in enumerate(columns) if each.stretch), len(columns) - 1)
        for at, each in enumerate(columns):
            view.setColumnWidth(at, theme.px(each.width or usual_width(self.model.kind(at))))
            if at == stretch:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self._foot.setFixedHeight(theme.px(32))

    # What is shown

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these rows; the selection stays on the same record where it is still there."""
        before, had = self.current(), self.view.currentIndex().row()
        self.model.show_rows(rows)
        self._sorted_by = ""
        self._show_empty()
        if rows:
            keys = [self._identity(row) for row in self.model.rows]
            same = self._identity(before) if before is not None else None
            at = keys.index(same) if same in keys else max(0, min(had, len(rows) - 1))
            self.select(at)
        self._tell_count()
        self.checks_changed.emit()
        if rows and self._focus_due:
            self._focus_due = False
            self.view.setFocus()

    def first(self) -> QWidget:
        """Return the rows, for the focus; while there are none, they take it when they come."""
        self._focus_due = not self.model.rows
        return self.view

    @staticmethod
    def _identity(row: Record) -> object:
        key = getattr(row, "id", None)
        return row if key is None else key

    def rows(self) -> list[R]:
        """Return the rows shown, in their order."""
        return list(self.model.rows)

    def texts(self) -> list[tuple[str, ...]]:
        """Return the words of every row as shown; for tests and copying."""
        return [
            tuple(self.model.at(row, column).text for column in range(len(self.model.columns)))
            for row in range(len(self.model.rows))
        ]

    def set_empty(self, title: str, text: str = "") -> None:
        """Say something else while nothing is there."""
        self._empty.say(title, text)

    def _show_empty(self) -> None:
        self._stack.setCurrentWidget(self.view if self.model.rows else self._empty)

    def set_two_lines(self, two_lines: bool) -> None:
        """Give rows one line or two; for narrow windows."""
        self.delegate.two_lines = two_lines
        self._size()

    def hide_columns(self, names: set[str]) -> None:
        """Hide these columns and show all others; for narrow windows."""
        for at, column in enumerate(self.model.columns):
            self.view.setColumnHidden(at, column.name in names)

    # Selection

    def current(self) -> R | None:
        """Return the selected record."""
        at = self.view.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def select(self, at: int) -> None:
        """Select the row at ``at`` (from 0)."""
        index = self.model.index(at, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(
            index, flags.ClearAndSelect | flags.Rows | flags.Current
        )
        self.view.scrollTo(index)

    def select_where(self, fits: Callable[[R], bool]) -> bool:
        """Select the first row that fits; tell whether there was one."""
        for at, row in enumerate(self.model.rows):
            if fits(row):
                self.select(at)
                return True
        return False

    def step(self, by: int) -> None:
        """Move the selection down (or up, with a negative number)."""
        at = self.view.currentIndex().row() + by
        if 0 <= at < len(self.model.rows):
            self.select(at)

    def flip_current(self) -> None:
        """Check or uncheck the selected row: what Space does."""
        if self.current() is not None:
            self._flip(self.view.currentIndex().row())

    def checked(self) -> list[R]:
        """Return the rows with a check mark."""
        return [self.model.rows[at] for at in sorted(self.model.checked)]

    def check(self, fits: Callable[[R], bool]) -> None:
        """Set the check marks of exactly the rows that fit."""
        wanted = {at for at, row in enumerate(self.model.rows) if fits(row)}
        for at in wanted ^ self.model.checked:
            self.model.flip(at)
        self.checks_changed.emit()

    # Foot

    def set_foot(self, text: str, keys: Sequence[tuple[str, str]] = (), total: str = "") -> None:
        """Say counts and order at the left, keys (key, verb) and a bold total at the right."""
        self._count.setText(text)
        clear_layout(self._keys)
        for key, verb in keys:
            for cap in key.split(" "):
                self._keys.addWidget(KeyCap(cap))
            self._keys.addWidget(Label(verb, "small"))
        self._total.setText(total)
        self._total.setVisible(bool(total))
        self._foot.show()

    def foot_text(self) -> str:
        """Return what stands at the left of the foot."""
        return self._count.text()

    def _tell_count(self) -> None:
        if self._sorted_by:
            self._count.setText(
                _("{count} in all, sorted by {column}").format(
                    count=f"{len(self.model.rows):,}", column=self._sorted_by
                )
            )

    def sort_by(self, column: int) -> None:
        """Sort by a column; again, the other way round."""
        title = self.model.title(column)
        descending = self._sorted_by == title
        before = self.current()
        self.model.sort_by(column, descending=descending)
        self._sorted_by = "" if descending else title
        if before is not None:
            self.select_where(lambda row: row is before)
        self._tell_count()

    # Events

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.rows[index.row()])

    def _pick(self) -> None:
        self.picked.emit(self.current())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give Enter, J, K and Space their meaning, and follow the pointer."""
        if watched is self.view and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._key(event)
        if watched is self.view.viewport():
            if event.type() == QEvent.Type.Leave:
                self._hover(-1)
            elif isinstance(event, QMouseEvent):
                self._pointer(event)
        return super().eventFilter(watched, event)

    def _hover(self, row: int) -> None:
        if row != self.delegate.hovered:
            self.delegate.hovered = row
            self.view.viewport().update()

    def _key(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        current = self.current()
        if not plain or current is None:
            return False
        match Qt.Key(event.key()):
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.opened.emit(current)
            case Qt.Key.Key_J:
                self.step(1)
            case Qt.Key.Key_K:
                self.step(-1)
            case Qt.Key.Key_Space if self.model.checkable:
                self.flip_current()
            case _:
                return False
        return True

    def _pointer(self, event: QMouseEvent) -> None:
        index = self.view.indexAt(event.position().toPoint())
        self._hover(index.row())
        pressed = event.type() == QEvent.Type.MouseButtonRelease and self.model.checkable
        if pressed and index.isValid() and index.column() == 0:
            left = self.view.visualRect(index).left()
            if event.position().x() - left < theme.px(16) + 20:
                self._flip(index.row())

    def _flip(self, row: int) -> None:
        """Check or uncheck a row, or tell why it cannot be."""
        if why := self.model.closed(row):
            self.refused.emit(why)
        else:
            self.model.flip(row)
            self.checks_changed.emit()
