"""The rail of areas at the left of the frame, and the rail of sections beside a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui import icons, theme
from ui.kit.labels import Label, draw_pill, text_width
from ui.kit.layout import scrolling

FULL, SLIM = 152, 56
SECTION_FULL = 188


class RailItem(QAbstractButton):
    """One area: icon, name, how many wait for this person, and its digit."""

    def __init__(self, name: str, text: str, icon: str, key: str) -> None:
        super().__init__()
        self.name, self.words, self.icon_name, self.key = name, text, icon, key
        self.count = 0
        self.slim = False
        self.setObjectName(f"area_{name}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_count(0)

    def nextCheckState(self) -> None:
        """Leave the mark to the page that comes into sight."""

    def set_count(self, count: int) -> None:
        """Show how many wait."""
        self.count = count
        self.setAccessibleName(f"{self.words} {count}" if count else self.words)
        shortcut = self.key if "+" in self.key else f"Ctrl+{self.key}"
        self.setToolTip(f"{self.words}　{shortcut}" if self.slim else "")
        self.update()

    def set_slim(self, slim: bool) -> None:
        """Show the icon only, or the words too."""
        self.slim = slim
        self.set_count(self.count)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the height of an item."""
        return QSize(theme.px(SLIM if self.slim else FULL), theme.px(32 if self.slim else 36))

    def minimumSizeHint(self) -> QSize:
        """Return the least height: at large text on a low screen the items stand closer."""
        return QSize(theme.px(24), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, bar, icon, name, badge and digit."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        on = self.isChecked()
        if on:
            painter.fillRect(box, theme.color("select"))
            painter.fillRect(QRectF(0, 0, 3, box.height()), theme.color("accent"))
        elif self.underMouse():
            painter.fillRect(box, theme.color("sunken"))
        side = theme.px(18)
        left = (box.width() - side) / 2 if self.slim else 12
        at = QRectF(left, (box.height() - side) / 2, side, side)
        icons.draw(painter, self.icon_name, "accent" if on else "text_soft", at)
        if self.slim:
            if self.count:
                dot = QRectF(at.right() - 1, at.top() - 3, 8, 8)
                draw_pill(painter, dot, "", theme.color("accent"), theme.color("accent"))
            return
        painter.setFont(theme.font("strong" if on else "body"))
        painter.setPen(theme.color("accent" if on else "text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box.adjusted(at.right() + 8, 0, 0, 0), middle, self.words)
        self._draw_right(painter, box, on)

    def _draw_right(self, painter: QPainter, box: QRectF, on: bool) -> None:
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text_soft"))
        end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(box.adjusted(0, 0, -10, 0), end, self.key)
        if self.count:
            text = f"{self.count:,}"
            width = max(text_width("small_strong", text) + 14, theme.px(18))
            high = theme.px(18)
            x = box.right() - 10 - text_width("small", self.key) - 6 - width
            pill = QRectF(x, (box.height() - high) / 2, width, high)
            ground = theme.color("accent" if on else "sunken")
            draw_pill(painter, pill, text, ground, theme.color("on_accent" if on else "text"))


class Rail(QFrame):
    """The areas; they scroll where there is no room for all. The last one stands at the bottom."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setProperty("kind", "side")
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 8, 1, 8)
        self._whole.setSpacing(2)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self._area = scrolling(holder)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._whole.addWidget(self._area, 1)
        self._items: dict[str, RailItem] = {}
        self._slim = False
        theme.changes.changed.connect(self._size)
        self._size()

    def add(self, name: str, text: str, icon: str, key: str, *, bottom: bool = False) -> None:
        """Add an area."""
        item = RailItem(name, text, icon, key)
        item.clicked.connect(partial(self._choose, name))
        self._items[name] = item
        if bottom:
            self._whole.addWidget(item)
        else:
            self._column.insertWidget(self._column.count() - 1, item)

    def _choose(self, name: str) -> None:
        self.chosen.emit(name)

    def set_current(self, name: str) -> None:
        """Mark the area in sight; a page of no area leaves the mark where it was."""
        if (item := self._items.get(name)) is not None:
            for other in self._items.values():
                other.setChecked(other is item)
            if self._area.isAncestorOf(item):
                self._area.ensureWidgetVisible(item, 0, item.height())

    def current(self) -> str:
        """Return the marked area."""
        return next((name for name, item in self._items.items() if item.isChecked()), "")

    def set_count(self, name: str, count: int) -> None:
        """Show how many wait in an area for this person."""
        if name in self._items:
            self._items[name].set_count(count)

    def set_slim(self, slim: bool) -> None:
        """Show icons only in a narrow window."""
        self._slim = slim
        self._column.setSpacing(0 if slim else 2)
        for item in self._items.values():
            item.set_slim(slim)
        self._size()

    def _size(self) -> None:
        self.setFixedWidth(SLIM if self._slim else theme.px(FULL))


@dataclass(frozen=True)
class Section:
    """A section of a form and its state: ``done``, ``short`` (count missing), ``wrong`` (count to
    mend) or ``empty``; ``words`` is said beside it."""

    key: str
    title: str
    state: str = "empty"
    words: str = ""


SECTION_LOOK = {
    "done": ("circle-check", "ok"),
    "short": ("circle-dot", "wait"),
    "wrong": ("circle-x", "bad"),
    "empty": ("circle-dashed", "text_soft"),
}


class SectionItem(QAbstractButton):
    """One section of a form in its rail."""

    def __init__(self, section: Section, number: int) -> None:
        super().__init__()
        self.section, self.number, self.slim = section, number, False
        self.setObjectName(f"section_{section.key}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.show_section(section)

    def show_section(self, section: Section) -> None:
        """Show another state."""
        self.section = section
        self.setAccessibleName(f"{self.number} {section.title} {section.words}".strip())
        self.setToolTip(f"{section.title} {section.words}".strip() if self.slim else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of an item."""
        return QSize(theme.px(SLIM), theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """Return the height it gives way to on a low screen."""
        return QSize(theme.px(SLIM), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, title and what is said of it; slim, number and icon."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        on = self.isChecked()
        if on:
            painter.fillRect(box, theme.color("select"))
            painter.fillRect(QRectF(0, 0, 3, box.height()), theme.color("accent"))
        icon, tone = SECTION_LOOK[self.section.state]
        middle = Qt.AlignmentFlag.AlignVCenter
        side = theme.px(16)
        painter.setFont(theme.font("strong" if on else "body"))
        painter.setPen(theme.color("accent" if on else "text"))
        if self.slim:
            painter.drawText(box.adjusted(theme.px(12), 0, 0, 0), middle, str(self.number))
            at = QRectF(theme.px(26), (box.height() - side) / 2, side, side)
            icons.draw(painter, icon, tone, at)
            return
        at = QRectF(12, (box.height() - side) / 2, side, side)
        icons.draw(painter, icon, tone, at)
        painter.drawText(box.adjusted(at.right() + 8, 0, 0, 0), middle, self.section.title)
        painter.setFont(theme.font("small"))
        painter.setPen(QPen(theme.color(tone)))
        end = middle | Qt.AlignmentFlag.AlignRight
        painter.drawText(box.adjusted(0, 0, -10, 0), end, self.section.words)


class SectionRail(QFrame):
    """The sections of a long form with what is still missing in each; Alt+1…9 jump."""

    chosen = Signal(str)

    def __init__(self, hints: Sequence[str] = ()) -> None:
        super().__init__()
        self.setObjectName("section_rail")
        self.setProperty("kind", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 8, 1, 1)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self._items: dict[str, SectionItem] = {}
        self._foot = QFrame()
        self._foot.setProperty("kind", "foot")
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(12, 6, 12, 6)
        foot.setSpacing(2)
        for hint in hints:
            foot.addWidget(Label(hint, "small"))
        self._hints = bool(hints)
        self._column.addWidget(self._foot)
        self._foot.setVisible(self._hints)
        self._slim = False
        theme.changes.changed.connect(self._size)
        self._size()

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show the sections with their states; one that is not named is hidden."""
        named = {section.key for section in sections}
        for key, item in self._items.items():
            item.setVisible(key in named)
        for section in sections:
            item = self._items.get(section.key)
            if item is not None:
                item.show_section(section)
                continue
            item = SectionItem(section, len(self._items) + 1)
            item.slim = self._slim
            item.clicked.connect(partial(self._choose, section.key))
            self._column.insertWidget(len(self._items), item)
            self._items[section.key] = item
        if not self.current() and self._items:
            next(iter(self._items.values())).setChecked(True)

    def _choose(self, key: str) -> None:
        self.chosen.emit(key)

    def current(self) -> str:
        """Return the key of the section in sight."""
        return next((key for key, item in self._items.items() if item.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Mark the section in sight."""
        self._items[key].setChecked(True)

    def press(self, index: int) -> None:
        """Go to the section at ``index`` (from 0): what Alt+1…9 do."""
        items = list(self._items.values())
        if index < len(items) and not items[index].isHidden():
            items[index].click()

    def set_slim(self, slim: bool) -> None:
        """Show number and icon only."""
        self._slim = slim
        for item in self._items.values():
            item.slim = slim
            item.show_section(item.section)
        self._foot.setVisible(self._hints and not slim)
        self._size()

    def _size(self) -> None:
        self.setFixedWidth(theme.px(52) if self._slim else theme.px(SECTION_FULL))
