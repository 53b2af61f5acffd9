"""What happened (toast), what is going on (job card, thin line): beside the page, not over it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QWidget

from app.core.i18n import _
from ui import theme
from ui.kit.buttons import Button
from ui.kit.cards import Card
from ui.kit.labels import Icon, Label

TOAST_MS = 10_000
ACTS = ("page_bar", "acts_bar")
"""What stands at the foot of pages with the acts: the toast does not cover them."""


def shadow(widget: QWidget) -> None:
    """Give a popup its shadow, the only depth there is."""
    effect = QGraphicsDropShadowEffect(widget)
    effect.setBlurRadius(24)
    effect.setOffset(0, 6)
    effect.setColor(theme.shade())
    widget.setGraphicsEffect(effect)


class _UndoButton(Button):
    """The undo of a toast: bold, in the colours of the toast."""

    def _role(self) -> str:
        return "strong"

    def _colours(self) -> tuple[str, str, str, str]:
        return ("", "", "surface", "surface")


class Toast(QFrame):
    """One line that says what was done, with undo where it is reversible. Never for errors."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("toast")
        self.setProperty("kind", "toast")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 4, 8, 4)
        self._row.setSpacing(8)
        self._row.addWidget(Icon("circle-check", "surface"))
        self._words = Label()
        self._words.setObjectName("toast_text")
        self._row.addWidget(self._words)
        self._undo: Button | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        shadow(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show ``text`` for ten seconds; ``undo`` is offered with Ctrl+Z meanwhile."""
        self._words.setText(text)
        if self._undo is not None:
            self._undo.hide()
            self._undo.deleteLater()
            self._undo = None
        if undo is not None:
            self._undo = _UndoButton(_("Undo"), undo, kind="quiet", key="Ctrl+Z", name="undo")
            self._undo.clicked.connect(self.hide)
            self._row.addWidget(self._undo)
        self.setFixedHeight(theme.px(40))
        self._timer.start(TOAST_MS)
        self.show()
        self.raise_()
        self.place()

    def text(self) -> str:
        """Return what it says now, or nothing."""
        return self._words.text() if not self.isHidden() else ""

    def place(self) -> None:
        """Stand at the bottom centre of the parent, above the F-key bar and the acts."""
        self.adjustSize()
        left = (self._over.width() - self.width()) // 2
        foot = self._over.height() - theme.px(50)
        for acts in (each for name in ACTS for each in self._over.findChildren(QWidget, name)):
            if acts.isVisible():
                foot = min(foot, acts.mapTo(self._over, QPoint(0, 0)).y() - theme.px(8))
        self.move(left, foot - self.height())

    def event(self, event: QEvent) -> bool:
        """Stay while the pointer is on it."""
        if event.type() == QEvent.Type.Enter:
            self._timer.stop()
        elif event.type() == QEvent.Type.Leave and not self.isHidden():
            self._timer.start(TOAST_MS)
        return super().event(event)


class ProgressBar(QWidget):
    """A bar of progress; the share is 0 to 1."""

    def __init__(self, height: int = 6) -> None:
        super().__init__()
        self._height = height
        self._share = 0.0

    def set_share(self, share: float) -> None:
        """Show another share."""
        self._share = max(0.0, min(1.0, share))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the bar."""
        return QSize(120, self._height)

    def minimumSizeHint(self) -> QSize:
        """Return the height of the bar."""
        return QSize(40, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and share."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self._height / 2
        box = QRectF(0, (self.height() - self._height) / 2, self.width(), self._height)
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(box, radius, radius)
        box.setWidth(box.width() * self._share)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(box, radius, radius)


class BudgetBar(ProgressBar):
    """A budget: used (accent), this act (hatched), the rest (sunken)."""

    def __init__(self) -> None:
        super().__init__(8)
        self._act = 0.0

    def show_budget(self, budget: int, used: int, act: int) -> None:
        """Show what is used and what this act takes; all in fen."""
        self._act = act / budget if budget else 0.0
        self.set_share(used / budget if budget else 0.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar and the hatched part of this act behind the used one."""
        super().paintEvent(event)
        painter = QPainter(self)
        top = (self.height() - self._height) / 2
        box = QRectF(
            self.width() * self._share, top, self.width() * self._act, self._height
        ) & QRectF(self.rect())
        painter.fillRect(box, theme.color("accent"))
        painter.fillRect(box, QBrush(theme.color("on_accent"), Qt.BrushStyle.BDiagPattern))


class ThinLine(QWidget):
    """The accent line under the top bar that says: at work, for 300 ms and more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("thin_line")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(60)
        self._timer.timeout.connect(self._advance)
        self.hide()

    def set_busy(self, busy: bool) -> None:
        """Show or hide the line."""
        self.setVisible(busy)
        if busy:
            self._at = 0.0
            self._timer.start()
            self.raise_()
        else:
            self._timer.stop()

    @Slot()
    def _advance(self) -> None:
        self._at += (0.95 - self._at) * 0.03
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line so far."""
        box = QRectF(0, 0, self.width() * self._at, self.height())
        QPainter(self).fillRect(box, theme.color("accent"))


class JobCard(Card):
    """Work that takes longer than two seconds: how far, how long still, and cancel."""

    def __init__(self, title: str, cancel: Callable[[], object] | None = None) -> None:
        super().__init__(title)
        self.setObjectName("job_card")
        self.head.insertWidget(0, Icon("folder-input"))
        if cancel is not None:
            self.add_to_head(Button(_("Cancel"), cancel, kind="quiet", name="cancel_job"))
        self._bar = ProgressBar()
        self.add(self._bar)
        row = QHBoxLayout()
        self._words = Label(role="small")
        row.addWidget(self._words)
        row.addStretch(1)
        row.addWidget(Label(_("You can go on working"), "small"))
        self.add(row)

    def show_progress(self, share: float, words: str) -> None:
        """Show how far the work is (0 to 1), in words too."""
        self._bar.set_share(share)
        self._words.setText(words)


class JobCorner:
    """The job cards at the bottom right of a window, above the F-key bar."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._cards: list[JobCard] = []

    def add(self, card: JobCard) -> None:
        """Show a card."""
        card.setParent(self._window)
        self._cards.append(card)
        card.show()
        card.raise_()
        self.place()

    def remove(self, card: JobCard) -> None:
        """Take a card away."""
        self._cards.remove(card)
        card.hide()
        card.deleteLater()
        self.place()

    def place(self) -> None:
        """Stack the cards upwards from the bottom right."""
        bottom = self._window.height() - theme.px(34) - 12
        for card in self._cards:
            card.setFixedWidth(theme.px(380))
            card.adjustSize()
            bottom -= card.height()
            card.move(self._window.width() - card.width() - 16, bottom)
            bottom -= 8
