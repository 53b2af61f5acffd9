"""Segments: a few exclusive parts on one track, with their counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui import icons, theme
from ui.kit.labels import text_width


@dataclass(frozen=True)
class Part:
    """One part: its key, words, count and, where it is a status, icon and tone."""

    key: str
    text: str
    count: int | None = None
    icon: str = ""
    tone: str = ""


class _PartButton(QAbstractButton):
    """A part as a button, so that keyboard and screen readers have it."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self.part = part
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_part(part)

    def show_part(self, part: Part) -> None:
        self.part = part
        self.setObjectName(f"part_{part.key}")
        self.setAccessibleName(f"{part.text} {'' if part.count is None else part.count}".strip())
        self.updateGeometry()
        self.update()

    def _tone(self) -> str:
        """Return the colour of what needs attention; where nothing does, there is none."""
        return "" if self.part.count == 0 else self.part.tone

    def _count(self) -> str:
        return "" if self.part.count is None else f"{self.part.count:,}"

    def _content_width(self) -> int:
        width = text_width("strong", self.part.text)
        if self.part.icon:
            width += theme.px(14) + 5
        return width + (5 + text_width("strong", self._count()) if self._count() else 0)

    def sizeHint(self) -> QSize:
        return QSize(self._content_width() + 21, theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(QPen(theme.color("edge" if theme.contrast() else "line"), 1))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(box, 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        self._draw_words(painter)

    def _draw_words(self, painter: QPainter) -> None:
        picked = self.isChecked()
        tone = "accent" if picked else "text" if self.isEnabled() else "text_faint"
        x = (self.width() - self._content_width()) / 2
        if self.part.icon:
            side = theme.px(14)
            at = QRectF(x, (self.height() - side) / 2, side, side)
            icons.draw(painter, self.part.icon, self._tone() or "text_soft", at)
            x += side + 5
        painter.setPen(theme.color(tone))
        painter.setFont(theme.font("strong" if picked else "body"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(x, 0, self.width(), self.height()), middle, self.part.text)
        if self._count():
            x += text_width("strong" if picked else "body", self.part.text) + 5
            bold = picked or self._tone() in ("bad", "wait")
            painter.setFont(theme.font("strong" if bold else "body"))
            rest = self._tone() or "text_soft"
            painter.setPen(theme.color("accent" if picked else rest))
            painter.drawText(QRectF(x, 0, self.width(), self.height()), middle, self._count())


class Segments(QWidget):
    """A filter or a short choice: arrow keys move, ``chosen`` tells the key of the part."""

    chosen = Signal(str)

    def __init__(self, parts: Sequence[Part] = (), name: str = "segments") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 2, 2, 2)
        self._row.setSpacing(0)
        self._buttons: list[_PartButton] = []
        self.show_parts(parts)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show parts with their counts; the chosen one stays if it is still there."""
        if [part.key for part in parts] == [button.part.key for button in self._buttons]:
            for button, part in zip(self._buttons, parts, strict=True):
                button.show_part(part)
            return
        before = self.value()
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [_PartButton(part) for part in parts]
        for button in self._buttons:
            self._row.addWidget(button)
            button.clicked.connect(self._tell)
        self.choose(before or (parts[0].key if parts else ""))

    def words(self) -> list[str]:
        """Return the words of the parts, in order."""
        return [button.part.text for button in self._buttons]

    def value(self) -> str:
        """Return the key of the chosen part, or nothing."""
        return next((each.part.key for each in self._buttons if each.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose a part without telling."""
        for button in self._buttons:
            if button.part.key == key:
                button.setChecked(True)
        self._aim()

    def _aim(self) -> None:
        """Let Tab stop once, at the chosen part."""
        any_chosen = bool(self.value())
        for button in self._buttons:
            stops = button.isChecked() or not any_chosen
            policy = Qt.FocusPolicy.TabFocus if stops else Qt.FocusPolicy.NoFocus
            button.setFocusPolicy(policy)
            if stops:
                self.setFocusProxy(button)

    def press(self, index: int) -> None:
        """Choose the part at ``index`` (from 0) and tell: what the number keys do."""
        if 0 <= index < len(self._buttons):
            self._buttons[index].click()

    def _tell(self) -> None:
        self._aim()
        self.chosen.emit(self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrow keys, press with the digits."""
        digit = event.key() - int(Qt.Key.Key_1)
        if 0 <= digit < len(self._buttons) and not event.modifiers():
            self._buttons[digit].setFocus(Qt.FocusReason.TabFocusReason)
            self.press(digit)
            return
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        now = next((i for i, each in enumerate(self._buttons) if each.isChecked()), 0)
        after = max(0, min(len(self._buttons) - 1, now + step))
        self._buttons[after].setFocus(Qt.FocusReason.TabFocusReason)
        self.press(after)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("edge")) if theme.contrast() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
