"""Key-tips: while Alt is held, a dark square with a letter on everything one can press."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ui import theme
from ui.kit.fkeybar import FKeyButton
from ui.kit.keys import FocusFollower

HOLD_MS = 400
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class KeyTips(QWidget):
    """The layer of squares over a window; it also watches the Alt key."""

    def __init__(self, window: QWidget, app: QApplication) -> None:
        super().__init__(window)
        self.setObjectName("key_tips")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._window = window
        self.targets: dict[str, QWidget] = {}
        self._typed = ""
        self._held = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HOLD_MS)
        self._timer.timeout.connect(self.show_tips)
        self.hide()
        window.installEventFilter(self)  # where keys come to while nothing has the focus
        FocusFollower(self, app)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show after Alt was held, take letters while shown, hide when Alt is let go."""
        if not isinstance(event, QKeyEvent):
            if self._held and event.type() == QEvent.Type.WindowDeactivate:
                self.hide_tips()
            return False
        kind = event.type()
        if event.key() == Qt.Key.Key_Alt:
            if kind == QEvent.Type.KeyPress and not event.isAutoRepeat():
                self._held = True
                self._timer.start()
            elif kind == QEvent.Type.KeyRelease:
                self.hide_tips()
            return False
        if kind == QEvent.Type.KeyPress:
            self._timer.stop()
            if self.isVisible() and watched is not self:
                return self._letter(event)
        return False

    def show_tips(self) -> None:
        """Put a square on everything in sight that can be pressed or typed into."""
        self._held = True
        self._typed = ""
        found = [
            widget
            for widget in self._window.findChildren(QWidget)
            if isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit)
            and widget.isVisible()
            and widget.isEnabled()
            and not widget.visibleRegion().isEmpty()
            and not isinstance(widget, FKeyButton)
            and not (isinstance(widget, QLineEdit) and widget.isReadOnly())
        ]
        found.sort(key=lambda widget: (self._at(widget).y() // theme.px(16), self._at(widget).x()))
        self.targets = dict(zip(_letters(len(found)), found, strict=True))
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()

    def hide_tips(self) -> None:
        """Take all squares away."""
        self._timer.stop()
        self._held = False
        self.targets = {}
        self.hide()

    def _at(self, widget: QWidget) -> QPoint:
        return widget.mapTo(self._window, QPoint(0, 0))

    def _letter(self, event: QKeyEvent) -> bool:
        letter = chr(event.key()) if 65 <= event.key() <= 90 else ""
        if not letter:
            self.hide_tips()
            return False
        self._typed += letter
        target = self.targets.get(self._typed)
        if target is not None:
            self.hide_tips()
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if isinstance(target, QAbstractButton):
                target.click()
        elif not any(keys.startswith(self._typed) for keys in self.targets):
            self.hide_tips()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the squares at the right end of their targets."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small_strong"))
        for keys, target in self.targets.items():
            width = theme.px(20 if len(keys) == 1 else 28)
            at = self._at(target)
            x = at.x() + target.width() - width - 2
            y = at.y() + max(0, target.height() - theme.px(20)) // 2
            box = QRectF(x, y, width, theme.px(20))
            painter.setPen(theme.color("surface"))
            painter.setBrush(theme.color("text"))
            painter.drawRoundedRect(box, 4, 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, keys)


def _letters(count: int) -> list[str]:
    """Return key-tips for ``count`` targets: single letters, or pairs when there are many."""
    if count <= len(LETTERS):
        return list(LETTERS[:count])
    return [first + second for first in LETTERS for second in LETTERS][:count]
