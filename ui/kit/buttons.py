"""Buttons that carry their key. Kinds: primary (one a page), secondary, quiet, danger."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons, theme
from ui.kit.keys import EnterPresses
from ui.kit.labels import text_width

PADDING = {"primary": 16, "secondary": 12, "quiet": 8, "danger": 12, "destroy": 16}
GAP, KEY_GAP = 6, 8


class Button(EnterPresses):
    """A verb one can press; ``key`` is bound and shown behind the words.

    F-keys and Enter are shown only: the frame and the page give them to the right button.
    ``kind`` is ``primary``, ``secondary``, ``quiet``, ``danger`` or ``destroy`` (filled red,
    inside a confirming dialog only).
    """

    def __init__(
        self,
        text: str,
        run: Callable[[], object] | None = None,
        *,
        kind: str = "secondary",
        key: str = "",
        icon: str = "",
        small: bool = False,
        name: str = "",
    ) -> None:
        super().__init__()
        self.kind, self.icon_name, self.small = kind, icon, small
        self.reason = ""
        self._shortcuts: list[QShortcut] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(text)
        self.set_key(key)
        if name:
            self.setObjectName(name)
        if run is not None:
            self.clicked.connect(_plain(run))

    def set_key(self, key: str) -> None:
        """Show ``key`` and, unless the frame or page deals with it, bind it."""
        self.key = key
        for old in self._shortcuts:
            old.deleteLater()
        self._shortcuts = []
        last = key.rpartition("+")[2]
        if key and last != "Enter" and not (last[0] == "F" and last[1:].isdigit()):
            self._bind(key)
        if key == "Ctrl+Enter":
            self._bind("Ctrl+Return")
            self._bind("Ctrl+Enter")
        self.updateGeometry()

    def _bind(self, key: str) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._pressed_by_key)
        self._shortcuts.append(shortcut)

    @Slot()
    def _pressed_by_key(self) -> None:
        self.click()

    def allow(self, reason: str = "") -> None:
        """Offer the act, or grey it with the reason why not (shown as tooltip and to readers)."""
        self.reason = reason
        self.setEnabled(not reason)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def setText(self, text: str) -> None:
        """Show other words; a bare ampersand is meant as one."""
        super().setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    def words(self) -> str:
        """Return the words on the button."""
        return self.text().replace("&&", "&")

    def _role(self) -> str:
        if self.small:
            return "small_strong" if self.kind in ("primary", "destroy") else "small"
        return "strong" if self.kind in ("primary", "destroy") else "body"

    def sizeHint(self) -> QSize:
        """Return the room of icon, words and key letters, never cut."""
        width = 2 * PADDING[self.kind] + text_width(self._role(), self.words())
        if self.icon_name:
            width += theme.px(16) + GAP
        if self.key:
            width += KEY_GAP + text_width("key", self.key)
        return QSize(width + 1, theme.px(26 if self.small else 32))

    def minimumSizeHint(self) -> QSize:
        """Return the same as `sizeHint`."""
        return self.sizeHint()

    def _colours(self) -> tuple[str, str, str, str]:
        """Return the tokens of ground, border, words and key letters in the present state."""
        down, over = self.isDown(), self.underMouse()
        if not self.isEnabled():
            return "sunken", "line", "text_faint", "text_faint"
        if self.kind in ("primary", "destroy"):
            base = "bad" if self.kind == "destroy" else "accent"
            ground = {(True, True): "accent_press", (False, True): "accent_hover"}.get(
                (down, over or down), base
            )
            ground = base if self.kind == "destroy" else ground
            fore = "surface" if self.kind == "destroy" else "on_accent"
            return ground, ground, fore, fore
        hover = "accent_weak" if self.kind == "quiet" else "raised"
        rest = "" if self.kind == "quiet" else "surface"
        ground = "select" if down else hover if over else rest
        fore = {"quiet": "accent", "danger": "bad"}.get(self.kind, "text")
        edge = {"quiet": "", "danger": "bad"}.get(self.kind, "edge")
        return ground, edge, fore, "text_soft"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, border or focus ring, icon, words and key letters."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, fore, key = self._colours()
        self._draw_ground(painter, ground, edge)
        self._draw_content(painter, fore, key)

    def _draw_ground(self, painter: QPainter, ground: str, edge: str) -> None:
        filled = self.kind in ("primary", "destroy")
        focused = self.hasFocus() and self.isEnabled()
        width = 2 if focused and not filled else theme.border() if not filled else 1
        pen = QPen(theme.color("focus" if focused and not filled else edge or "line"), width)
        pen.setStyle(Qt.PenStyle.SolidLine if self.isEnabled() else Qt.PenStyle.DashLine)
        painter.setPen(pen if edge or focused else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ground) if ground else Qt.BrushStyle.NoBrush)
        half = width / 2
        box = QRectF(self.rect())
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), 4, 4)
        if focused and filled:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("on_accent"), 1.5))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 3, 3)

    def _draw_content(self, painter: QPainter, fore: str, key: str) -> None:
        content = self.sizeHint().width() - 2 * PADDING[self.kind]
        x = (self.width() - content) / 2
        middle = Qt.AlignmentFlag.AlignVCenter
        if self.icon_name:
            side = theme.px(16)
            at = QRectF(x, (self.height() - side) / 2, side, side)
            icon_tone = "text_soft" if fore == "text" else fore
            icons.draw(painter, self.icon_name, icon_tone, at)
            x += side + GAP
        painter.setFont(theme.font(self._role()))
        painter.setPen(theme.color(fore))
        painter.drawText(QRectF(x, 0, self.width(), self.height()), middle, self.words())
        if self.key:
            x += text_width(self._role(), self.words()) + KEY_GAP
            painter.setFont(theme.font("key"))
            painter.setPen(theme.color(key))
            drop = QFontMetrics(theme.font("body")).descent() / 4
            painter.drawText(QRectF(x, drop, self.width(), self.height()), middle, self.key)


class IconButton(EnterPresses):
    """An icon without a word: only for close, zoom, turn, page, eye and lock.

    Its tooltip names act and key; a screen reader hears the same.
    """

    aside = True

    def __init__(
        self,
        icon: str,
        says: str,
        run: Callable[[], object] | None = None,
        *,
        key: str = "",
        tone: str = "accent",
        size: int = 32,
        name: str = "",
    ) -> None:
        super().__init__()
        self.icon_name, self.tone, self._size = icon, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(says)
        self.setToolTip(f"{says}　{key}" if key else says)
        if name:
            self.setObjectName(name)
        if run is not None:
            self.clicked.connect(_plain(run))

    def show_icon(self, icon: str, says: str) -> None:
        """Show another icon with another meaning."""
        self.icon_name = icon
        self.setAccessibleName(says)
        self.setToolTip(says)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the square of the button."""
        return QSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon, its hover ground and its focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "select" if self.isDown() else "accent_weak" if self.underMouse() else ""
        if ground and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        side = theme.px(16)
        tone = self.tone if self.isEnabled() else "text_faint"
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        icons.draw(painter, self.icon_name, tone, box)


def press(button: QWidget | None) -> bool:
    """Click a button if it can be clicked; tell whether it was."""
    if isinstance(button, QAbstractButton) and button.isEnabled() and button.isVisible():
        button.click()
        return True
    return False


def _plain(run: Callable[[], object]) -> Callable[[], None]:
    """Leave out the checked flag that Qt hands to the slot of a button."""

    def clicked() -> None:
        run()

    return clicked
