"""The universal box: one line for every kind of key, and the list of what was found below it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import _
from ui import icons, theme
from ui.kit.keys import ENTER
from ui.kit.labels import Icon, KeyCap, Label
from ui.kit.notices import shadow

MOST = 8
DEBOUNCE_MS = 80
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Hit:
    """One thing found: shown under its group, opened at ``page`` with ``what``."""

    group: str
    icon: str
    before: str
    """The words before the matched part."""
    match: str
    after: str = ""
    second: str = ""
    """Second facts, small."""
    place: str = ""
    """Place and state, at the right."""
    page: str = ""
    what: object = None
    run: Callable[[], object] | None = None
    """What it does instead of opening a page: a command."""

    def sentence(self) -> str:
        """Return all its words, for the screen reader."""
        whole = self.before + self.match + self.after
        parts = (self.group, whole, self.second, self.place)
        return "，".join(part for part in parts if part)


Search = Callable[[str, Callable[[Sequence[Hit]], None]], None]
"""Looks for a text and hands the hits to the second argument, later, on the screen's thread."""


def commands(text: str, acts: Mapping[str, Callable[[], object]]) -> list[Hit]:
    """Return the acts whose words hold ``text``: what the box finds after ``>``."""
    wanted = text.strip()
    return [
        Hit(_("Commands"), "arrow-right", *_parted(words, wanted), run=run)
        for words, run in acts.items()
        if wanted.lower() in words.lower()
    ]


def _parted(words: str, wanted: str) -> tuple[str, str, str]:
    at = words.lower().index(wanted.lower())
    return words[:at], words[at : at + len(wanted)], words[at + len(wanted) :]


class _Hits(QAbstractListModel):
    """Group headings and hits, in their order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[str | Hit] = []

    def show_hits(self, hits: Sequence[Hit]) -> None:
        counts: dict[str, int] = {}
        for hit in hits:
            counts[hit.group] = counts.get(hit.group, 0) + 1
        self.beginResetModel()
        self.entries = []
        for group, count in counts.items():
            self.entries.append(_("{group}  {count} found").format(group=group, count=count))
            self.entries += [hit for hit in hits if hit.group == group]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        hit = isinstance(self.entries[index.row()], Hit)
        both = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return both if hit else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry.sentence() if isinstance(entry, Hit) else entry
        return None


class _HitDelegate(QStyledItemDelegate):
    """Draws a heading or a hit: the matched part bold, accent and underlined."""

    def sizeHint(self, option: Any, index: Index) -> QSize:
        entry = index.data(Qt.ItemDataRole.UserRole)
        return QSize(100, theme.px(34 if isinstance(entry, Hit) else 26))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        entry = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect)
        painter.save()
        if isinstance(entry, Hit):
            self._draw_hit(
                painter, entry, box, bool(option.state & QStyle.StateFlag.State_Selected)
            )
        else:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text_soft"))
            at = box.adjusted(17, theme.px(4), 0, 0)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, entry)
        painter.restore()

    def _draw_hit(self, painter: QPainter, hit: Hit, box: QRectF, selected: bool) -> None:
        if selected:
            painter.fillRect(box, theme.color("select"))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme.color("accent"))
        side = theme.px(16)
        at = QRectF(box.left() + 17, box.center().y() - side / 2, side, side)
        icons.draw(painter, hit.icon, "accent" if selected else "text_soft", at)
        right = box.right() - 16
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text_soft"))
        width = QFontMetrics(theme.font("small")).horizontalAdvance(hit.place)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            QRectF(right - width, box.top(), width + 1, box.height()), middle, hit.place
        )
        x = at.right() + 10
        for text, matched in ((hit.before, False), (hit.match, True), (hit.after, False)):
            x = self._draw_part(painter, text, matched, x, box)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text_soft"))
        room = right - width - 16 - x - 12
        words = QFontMetrics(theme.font("small")).elidedText(
            hit.second, Qt.TextElideMode.ElideRight, int(room)
        )
        painter.drawText(QRectF(x + 12, box.top(), max(room, 0), box.height()), middle, words)

    @staticmethod
    def _draw_part(painter: QPainter, text: str, matched: bool, x: float, box: QRectF) -> float:
        font = theme.font("strong" if matched else "body")
        font.setUnderline(matched)
        painter.setFont(font)
        painter.setPen(theme.color("accent" if matched else "text"))
        width = QFontMetrics(font).horizontalAdvance(text)
        at = QRectF(x, box.top(), width + 1, box.height())
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, text)
        return x + width


class HitList(QFrame):
    """The list below the box; a child of the window, so that typing goes on."""

    chosen = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("search_list")
        self.setProperty("kind", "popup")
        shadow(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 5, 1, 1)
        column.setSpacing(0)
        self.model = _Hits(self)
        self.view = QListView()
        self.view.setObjectName("search_hits")
        self.view.setModel(self.model)
        self.view.setItemDelegate(_HitDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.clicked.connect(self._clicked)
        column.addWidget(self.view)
        self._nothing = Label(role="soft", wrap=True)
        self._nothing.setObjectName("search_nothing")
        self._nothing.setContentsMargins(16, 6, 16, 10)
        column.addWidget(self._nothing)
        column.addWidget(self._foot())
        self.hide()

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("kind", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(15, 6, 15, 6)
        row.setSpacing(6)
        for key, verb in (("Enter", _("Open")), ("Esc", _("Close"))):
            row.addWidget(KeyCap(key))
            row.addWidget(Label(verb, "small"))
            row.addSpacing(6)
        row.addStretch(1)
        row.addWidget(KeyCap(">"))
        row.addWidget(Label(_("type a command"), "small"))
        return foot

    def show_hits(self, text: str, hits: Sequence[Hit]) -> None:
        """Show what was found for ``text``, eight at most."""
        self.model.show_hits(hits[:MOST])
        self.view.setVisible(bool(hits))
        says = _("Nothing found for “{text}”. Try the first letters of the pinyin, or press F2.")
        self._nothing.setText(says.format(text=text))
        self._nothing.setVisible(not hits)
        rows = range(self.model.rowCount())
        height = sum(self.view.sizeHintForIndex(self.model.index(row)).height() for row in rows)
        self.view.setFixedHeight(height)
        self.move_by(1, start=-1)
        self.setFixedWidth(min(theme.px(660), self.window().width() - self.x() - 16))
        self.adjustSize()
        self.show()
        self.raise_()

    def move_by(self, step: int, start: int | None = None) -> None:
        """Move to the next hit in a direction, past headings."""
        at = self.view.currentIndex().row() if start is None else start
        at += step
        while 0 <= at < self.model.rowCount():
            if isinstance(self.model.entries[at], Hit):
                self.view.setCurrentIndex(self.model.index(at))
                return
            at += step

    def current(self) -> Hit | None:
        """Return the hit that Enter opens."""
        at = self.view.currentIndex().row()
        entry = self.model.entries[at] if 0 <= at < self.model.rowCount() else None
        return entry if isinstance(entry, Hit) else None

    def _clicked(self, index: QModelIndex) -> None:
        entry = self.model.entries[index.row()]
        if isinstance(entry, Hit):
            self.chosen.emit(entry)


class SearchBox(QLineEdit):
    """The line itself. Typing asks after 80 ms of pause; an overtaken answer is dropped."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, search: Search) -> None:
        super().__init__()
        self._window, self._search = window, search
        self.setObjectName("universal_box")
        self.setProperty("kind", "universal")
        self._hint = _("Name, pinyin initials, ID, phone, number, or scan")
        self.setAccessibleName(self._hint)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icon = Icon("search")
        self._icon.setParent(self)
        self._cap = KeyCap("F3")
        self._cap.setParent(self)
        self.hits = HitList(window)
        self.hits.chosen.connect(self._choose)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._ask)
        self.textEdited.connect(self._edited)
        theme.changes.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.setMaximumWidth(theme.px(440))

    def _edited(self, text: str) -> None:
        if text.strip():
            self._timer.start()
        else:
            self.close_list()

    def _ask(self) -> None:
        text = self.text().strip()

        def show(hits: Sequence[Hit]) -> None:
            if text == self.text().strip() and self.hasFocus():
                self.hits.move(self.mapTo(self._window, QPoint(0, self.height() + 4)))
                self.hits.show_hits(text, hits)

        if text:
            self._search(text, show)

    def close_list(self) -> None:
        """Take the list away."""
        self._timer.stop()
        self.hits.hide()

    def _choose(self, hit: Hit) -> None:
        self.close_list()
        self.clear()
        self.chosen.emit(hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list with the arrows, open with Enter, close with Escape."""
        key = Qt.Key(event.key())
        if key in ENTER:
            hit = self.hits.current() if self.hits.isVisible() else None
            if hit is not None:
                self._choose(hit)
            return
        if key == Qt.Key.Key_Escape:
            if self.hits.isVisible():
                self.close_list()
            else:
                self.clear()
                self.clearFocus()
            return
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.hits.move_by(1 if key == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: Any) -> None:
        """Close the list when the person goes on elsewhere."""
        super().focusOutEvent(event)
        self.close_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep icon and key cap at the ends; elide the hint."""
        super().resizeEvent(event)
        for widget in (self._icon, self._cap):
            widget.resize(widget.sizeHint())
        middle = self.height() // 2
        self._icon.move(theme.px(11), middle - self._icon.height() // 2)
        self._cap.move(self.width() - self._cap.width() - 10, middle - self._cap.height() // 2)
        room = self.width() - theme.px(90)
        metrics = QFontMetrics(theme.font("body"))
        self.setPlaceholderText(metrics.elidedText(self._hint, Qt.TextElideMode.ElideRight, room))

    def sizeHint(self) -> QSize:
        """Return a wish for 440 pixels; it gives way."""
        return QSize(theme.px(440), theme.px(34))

    def minimumSizeHint(self) -> QSize:
        """Return the width below which it would be of no use."""
        return QSize(theme.px(160), theme.px(34))
