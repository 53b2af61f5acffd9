"""The top bar: seal and center at the left, the universal box, the person and the lock."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import _
from ui import icons, theme
from ui.kit.buttons import IconButton
from ui.kit.labels import Avatar, Label, Rule, Seal, text_width


class PersonButton(QAbstractButton):
    """Who is signed in: initial, name, role; pressed, it opens a menu."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role
        self.setObjectName("person")
        self.setAccessibleName(f"{name} {role}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._avatar = Avatar(name, 28)
        self._avatar.setParent(self)
        self._avatar.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Return the room of circle, words and arrow."""
        words = max(text_width("strong", self._name), text_width("small", self._role))
        return QSize(theme.px(28) + 8 + words + 8 + theme.px(16) + 12, theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, arrow and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._avatar.resize(self._avatar.sizeHint())
        self._avatar.move(4, (self.height() - self._avatar.height()) // 2)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        x = 4 + theme.px(28) + 8
        upper = QFontMetrics(theme.font("strong")).height()
        lower = QFontMetrics(theme.font("small")).height()
        top = (self.height() - upper - lower) / 2
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.color("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(x, top, self.width(), upper), middle, self._name)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text_soft"))
        painter.drawText(QRectF(x, top + upper, self.width(), lower), middle, self._role)
        side = theme.px(16)
        at = QRectF(self.width() - side - 4, (self.height() - side) / 2, side, side)
        icons.draw(painter, "chevron-down", "text_soft", at)


class TopBar(QFrame):
    """The top of the frame."""

    def __init__(self, center: str, union: str, person: str, role: str) -> None:
        super().__init__()
        self.setObjectName("top_bar")
        self.setProperty("kind", "topbar")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 0, 10, 1)
        self._row.setSpacing(10)
        self._center, self._union = Label(role="strong"), Label(role="small")
        self._brand = self._make_brand()
        self.set_center(center, union)
        self._row.addWidget(self._brand)
        self._row.addStretch(1)
        rule = Rule(upright=True)
        self._row.addWidget(rule)
        self.person = PersonButton(person, role)
        self.lock = IconButton("lock", _("Lock"), key="Ctrl+L", name="lock")
        self._row.addWidget(self.person)
        self._row.addWidget(self.lock)
        theme.changes.changed.connect(self._size)
        self._size()

    def _make_brand(self) -> QWidget:
        brand = QWidget()
        row = QHBoxLayout(brand)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Seal(28))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        self._center.setObjectName("center_name")
        words.addWidget(self._center)
        words.addWidget(self._union)
        words.addStretch(1)
        row.addLayout(words)
        row.addStretch(1)
        return brand

    def set_center(self, center: str, union: str) -> None:
        """Show the names of the center and of its union."""
        self._center.setText(center)
        self._union.setText(union)

    def add_box(self, box: QWidget) -> None:
        """Put the universal box in its place."""
        self._row.insertWidget(1, box, 100)

    def add_right(self, widget: QWidget) -> None:
        """Put a widget (the queue of a counter) before the person."""
        self._row.insertWidget(self._row.count() - 3, widget)

    def fit(self, width: int) -> None:
        """Let the box begin under the page in a wide window."""
        brand = self._brand
        least = brand.sizeHint().width()
        brand.setFixedWidth(max(least, theme.px(184)) if width >= 1100 else least)

    def _size(self) -> None:
        self.setFixedHeight(theme.px(52))
