"""Words, chips, counts, key caps: everything that is read and not operated."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui import icons, theme

Mode = QSizePolicy.Policy
TONES = {"ok": "ok_weak", "wait": "wait_weak", "bad": "bad_weak", "accent": "accent_weak"}
"""Each tone (a text token) and the ground it stands on; every other tone stands on sunken."""


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at the changed properties of a widget."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def mark(widget: QWidget, **properties: str) -> None:
    """Set dynamic properties that the style sheet selects by, and show their effect."""
    if any(widget.property(name) != value for name, value in properties.items()):
        for name, value in properties.items():
            widget.setProperty(name, value)
        repolish(widget)


class Label(QLabel):
    """A piece of plain text in a role of the type scale and, where it is a status, a tone."""

    def __init__(
        self, text: str = "", role: str = "body", *, tone: str = "", wrap: bool = False
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)

    def set_tone(self, tone: str) -> None:
        """Show the text in the colour of a tone (``ok``, ``wait``, ``bad``, ``accent``, empty)."""
        mark(self, tone=tone)


class Elided(Label):
    """A label that gives way when room is short: an ellipsis, the full text as tooltip."""

    def __init__(self, text: str = "", role: str = "body", *, tone: str = "") -> None:
        super().__init__(text, role, tone=tone)
        self.setSizePolicy(Mode.Ignored, Mode.Preferred)
        self.setToolTip(text)

    def setText(self, text: str) -> None:
        """Show ``text``; the tooltip always has the whole."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Return room for three characters; for nothing while it says nothing."""
        return QSize(theme.px(42) if self.text() else 0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, elided where it does not fit."""
        painter = QPainter(self)
        box = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(box, int(self.alignment() | Qt.TextFlag.TextSingleLine), text)


class Shrinking(Elided):
    """An elided label that asks for the room of its whole text and takes no more."""

    def __init__(self, text: str = "", role: str = "body", *, tone: str = "") -> None:
        super().__init__(text, role, tone=tone)
        self.setSizePolicy(Mode.Maximum, Mode.Preferred)


class Rule(QFrame):
    """A hairline, drawn as a filled rectangle of one pixel."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "rule")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Painted(QWidget):
    """A widget the kit draws itself, sized by its content."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(Mode.Fixed, Mode.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return the same as `sizeHint`: nothing here is ever cut."""
        return self.sizeHint()


def text_width(role: str, text: str) -> int:
    """Return the width of ``text`` in a role of the type scale, in pixels."""
    return QFontMetrics(theme.font(role)).horizontalAdvance(text)


class Chip(Painted):
    """A state in two to five characters, with its icon, on a pale ground; in heads and cards."""

    def __init__(self, text: str, icon: str = "", tone: str = "") -> None:
        super().__init__()
        self.show_state(text, icon, tone)

    def show_state(self, text: str, icon: str = "", tone: str = "") -> None:
        """Show another state."""
        self.text, self._icon, self._tone = text, icon, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _role(self) -> str:
        return "small_strong" if self._tone in TONES else "small"

    def sizeHint(self) -> QSize:
        """Return the room of icon, text and paddings."""
        lead = theme.px(14) + 5 if self._icon else 0
        return QSize(text_width(self._role(), self.text) + lead + 16, theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon and word; in high contrast a coloured border instead of a ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = self._tone if self._tone in TONES else "text_soft"
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        bordered = theme.contrast() and self._tone in ("ok", "wait", "bad")
        painter.setPen(theme.color(tone) if bordered else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(TONES.get(self._tone, "sunken")))
        painter.drawRoundedRect(box, 4, 4)
        x = 8
        if self._icon:
            side = theme.px(14)
            icons.draw(painter, self._icon, tone, QRectF(x, (self.height() - side) / 2, side, side))
            x += side + 5
        painter.setFont(theme.font(self._role()))
        painter.setPen(theme.color(tone))
        at = QRectF(x, 0, self.width() - x, self.height())
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, self.text)


def draw_pill(painter: QPainter, box: QRectF, text: str, ground: QColor, fore: QColor) -> None:
    """Draw a short bold text in a round badge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setFont(theme.font("small_strong"))
    painter.setPen(fore)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class KeyCap(Painted):
    """A key as it stands on the keyboard; a dashed cap says that it does nothing now."""

    def __init__(self, key: str, *, dashed: bool = False) -> None:
        super().__init__()
        self.key, self.dashed = key, dashed

    def sizeHint(self) -> QSize:
        """Return the room of the letters in their cap."""
        return QSize(text_width("key", self.key) + 12, theme.px(17))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cap and its letters."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_key_cap(painter, QRectF(self.rect()), self.key, dashed=self.dashed)


def draw_key_cap(painter: QPainter, box: QRectF, key: str, *, dashed: bool = False) -> None:
    """Draw a key cap into ``box``."""
    pen = QPen(theme.color("edge" if theme.contrast() else "line"), 1)
    if dashed:
        pen.setColor(theme.color("edge"))
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(theme.font("key"))
    painter.setPen(theme.color("text_faint" if dashed else "text_soft"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)


class Status(Painted):
    """Icon and word in the colour of a tone: a status without a ground; bold only for red."""

    def __init__(self, text: str = "", icon: str = "", tone: str = "", role: str = "body") -> None:
        super().__init__()
        self._kind = role
        self.show_state(text, icon, tone)

    def show_state(self, text: str, icon: str = "", tone: str = "") -> None:
        """Show another state."""
        self.text, self._icon, self._tone = text, icon, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _role(self) -> str:
        if self._tone == "bad":
            return {"body": "strong", "small": "small_strong"}.get(self._kind, self._kind)
        return self._kind

    def _side(self) -> int:
        return theme.px(16 if self._kind in ("body", "strong", "section") else 14)

    def sizeHint(self) -> QSize:
        """Return the room of icon and word."""
        lead = self._side() + 6 if self._icon else 0
        height = QFontMetrics(theme.font(self._role())).height()
        return QSize(text_width(self._role(), self.text) + lead + 1, max(height, self._side()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and word."""
        painter = QPainter(self)
        tone = self._tone or ("text_soft" if self._kind in ("small", "hint") else "text")
        x, side = 0, self._side()
        if self._icon:
            box = QRectF(0, (self.height() - side) / 2, side, side)
            icons.draw(painter, self._icon, self._tone or "text_soft", box)
            x = side + 6
        painter.setFont(theme.font(self._role()))
        painter.setPen(theme.color(tone))
        at = QRectF(x, 0, self.width() - x, self.height())
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, self.text)


class Icon(Painted):
    """An icon that stands beside words; alone it says nothing."""

    def __init__(self, name: str, tone: str = "text_soft", size: int = 16) -> None:
        super().__init__()
        self.name, self.tone, self.size_px = name, tone, size

    def show_icon(self, name: str, tone: str) -> None:
        """Show another icon."""
        self.name, self.tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        """Return the square of the icon."""
        return QSize(theme.px(self.size_px), theme.px(self.size_px))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        icons.draw(QPainter(self), self.name, self.tone, QRectF(self.rect()))


class Avatar(Painted):
    """The first character of a name in a circle."""

    def __init__(self, name: str = "", size: int = 28) -> None:
        super().__init__()
        self._size = size
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show another person."""
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        """Return the square of the circle."""
        return QSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circle and character."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "strong" if self._size < 40 else "title"
        draw_avatar(painter, QRectF(self.rect()), self._name, role)


def draw_avatar(painter: QPainter, box: QRectF, name: str, role: str) -> None:
    """Draw the first character of a name in a circle."""
    painter.setPen(QPen(theme.color("accent"), 1))
    painter.setBrush(theme.color("accent_weak"))
    painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
    font = theme.font(role)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(theme.color("accent"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name[:1])


class Seal(Painted):
    """The mark of the program: 帮 in a cinnabar seal. It is never a status."""

    def __init__(self, size: int = 28) -> None:
        super().__init__()
        self._size = size

    def sizeHint(self) -> QSize:
        """Return the square of the seal."""
        return QSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the seal with its inner frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.color("on_seal"), 1) if theme.contrast() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("seal"))
        painter.drawRoundedRect(box, box.width() / 8, box.width() / 8)
        inset = box.width() * 0.09
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("on_seal"), max(1.0, box.width() / 28)))
        inner = box.adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(inner, box.width() / 16, box.width() / 16)
        side = round(box.width() * 0.68)
        at = QRectF(0, 0, side, side)
        at.moveCenter(box.center())
        icons.draw(painter, "seal", "on_seal", at)
