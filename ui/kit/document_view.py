"""Looking at a scan: fitted to the width or larger, turned, page by page; it asks for its pages.

A page is drawn elsewhere, as fine as it is looked at: the view tells how fine, and keeps what it
has until the finer one comes.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QScrollBar,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import _
from ui import theme
from ui.kit.buttons import IconButton
from ui.kit.labels import Elided, Label

STEP: Final = 1.25
MOST_ZOOM: Final = 8.0
ROUGH: Final = 1200
FINEST: Final = 4800
"""How many points a page has on its longer side: at first, and at most."""
MARGIN: Final = 8


class _Sheet(QWidget):
    """One page, turned as wanted; dragging moves it about in its scroll area."""

    moved = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self._fine = QImage()
        self._held: QPoint | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page into its place, on white paper with a hairline around it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._sharp())
        painter.setPen(theme.color("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def show_image(self, image: QImage) -> None:
        """Draw another page, or the same one finer or turned."""
        self.image, self._fine = image, QImage()
        self.update()

    def _sharp(self) -> QImage:
        """Return the page as fine as the screen: made small point by point, print would fray."""
        wanted = self.size() * self.devicePixelRatioF()
        if wanted.width() >= self.image.width():
            return self.image
        if self._fine.size() != wanted:
            exact, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode
            self._fine = self.image.scaled(wanted, exact, smooth.SmoothTransformation)
        return self._fine

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the page."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.globalPosition().toPoint()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the page with the pointer."""
        if self._held is not None:
            now = event.globalPosition().toPoint()
            self.moved.emit(self._held - now)
            self._held = now

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the page."""
        self._held = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)


class _Nothing(QWidget):
    """What stands where no page is: a small picture of one, a strong line, a soft one."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QLabel()
        self._title = Label(role="strong", wrap=True)
        self._title.setObjectName("document_nothing")
        self._text = Label(tone="soft", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        column.addStretch(1)
        for label in (self._picture, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(2)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "sunken")

    def say(self, title: str, text: str = "", small: QImage | None = None) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._picture.setVisible(small is not None and not small.isNull())
        if small is not None:
            self._picture.setPixmap(QPixmap.fromImage(small))


class DocumentView(QWidget):
    """One document at a time. Zoom 1 fits the width; turning is how one looks, nothing more."""

    page_wanted = Signal(int, int)
    """A page (from 0) is wanted, with so many points on its longer side."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("document_view")
        self._key: object = None
        self._count = self._at = 0
        self._zoom = 1.0
        self._page = QImage()
        self._asked = 0
        self._turns: dict[object, int] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._bar = QWidget()
        self._bar.setLayout(self._tools())
        outer.addWidget(self._bar)
        self._sheet = _Sheet()
        self._sheet.moved.connect(self._drag)
        holder = QWidget()
        inner = QHBoxLayout(holder)
        inner.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inner.addWidget(self._sheet, alignment=Qt.AlignmentFlag.AlignCenter)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setProperty("ground", "sunken")
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setWidget(holder)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.installEventFilter(self)
        self._scroll.viewport().installEventFilter(self)
        self._nothing = _Nothing()
        room = QWidget()
        self._stack = QStackedLayout(room)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._scroll)
        outer.addWidget(room, 1)
        theme.changes.changed.connect(self._place)
        self.clear("")

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 3, 6, 3)
        row.setSpacing(2)
        self._title = Elided(role="small")
        self._title.setObjectName("document_title")
        self._where = Label(role="small")
        self._where.setObjectName("document_where")
        acts: list[tuple[str, str, Callable[[], object], str, str]] = [
            ("chevron-left", _("Previous page"), lambda: self.turn(-1), "PgUp", "page_before"),
            ("chevron-right", _("Next page"), lambda: self.turn(1), "PgDn", "page_after"),
            ("zoom-out", _("Smaller"), lambda: self.zoom(-1), "-", "zoom_out"),
            ("zoom-in", _("Larger"), lambda: self.zoom(1), "+", "zoom_in"),
            ("rotate-cw", _("Turn to the right"), self.rotate, "R", "rotate"),
        ]
        self._acts = [
            IconButton(icon, says, run, key=key, size=28, name=name)
            for icon, says, run, key, name in acts
        ]
        row.addWidget(self._title, 1)
        row.addWidget(self._where)
        for act in self._acts:
            row.addWidget(act)
        return row

    # What is shown

    def show_document(self, key: object, title: str, pages: int) -> None:
        """Begin another document (``key`` tells it from others) and ask for its first page."""
        self._key, self._count, self._at, self._zoom = key, pages, 0, 1.0
        self._title.setText(title)
        self._begin_page()

    def set_title(self, title: str) -> None:
        """Call the document that is shown something else."""
        self._title.setText(title)

    def show_page(self, key: object, at: int, image: QImage) -> None:
        """Show a page that was asked for, unless another is looked at by now."""
        if key == self._key and at == self._at:
            first, self._page = self._page.isNull(), image
            self._stack.setCurrentWidget(self._scroll)
            self._place()
            if first:
                for each in self._bars():
                    each.setValue(0)

    def clear(self, title: str, text: str = "", small: QImage | None = None) -> None:
        """Show no document and say why not; ``small`` is a first idea of the one to open."""
        self._key, self._count, self._at = None, 0, 0
        self._page = QImage()
        self._title.setText("")
        self._nothing.say(title, text, small)
        self._stack.setCurrentWidget(self._nothing)
        self._tell()

    def fail(self, key: object, at: int, words: str) -> None:
        """Say why a page cannot be shown; the others can be turned to."""
        if key == self._key and at == self._at:
            self._page = QImage()
            self._nothing.say(words)
            self._stack.setCurrentWidget(self._nothing)
            self._tell()

    def key(self) -> object:
        """Return which document is shown, as `show_document` was told."""
        return self._key

    def where(self) -> str:
        """Return the words that say which page it is."""
        return self._where.text()

    def shown_size(self) -> QSize:
        """Return the size of the page on the screen; empty while there is none."""
        return QSize() if self._page.isNull() else self._sheet.size()

    def focus_target(self) -> QScrollArea:
        """Return what takes the focus and the keys."""
        return self._scroll

    def _begin_page(self) -> None:
        self._page = QImage()
        self._asked = ROUGH
        self._nothing.say(_("Opening …"))
        self._stack.setCurrentWidget(self._nothing)
        self._tell()
        self.page_wanted.emit(self._at, self._asked)

    def _tell(self) -> None:
        several, some = self._count > 1, not self._page.isNull()
        self._bar.setVisible(self._count > 0)
        for act in self._acts[:2]:
            act.setVisible(several)
        self._acts[0].setEnabled(self._at > 0)
        self._acts[1].setEnabled(self._at + 1 < self._count)
        for act in self._acts[2:]:
            act.setEnabled(some)
        says = _("Page {at} of {of}").format(at=self._at + 1, of=self._count)
        self._where.setText(says if several else "")
        self._sheet.setAccessibleName(f"{self._title.text()} {says}".strip())

    # Looking

    def turn(self, by: int) -> None:
        """Go to the next page or back."""
        at = max(0, min(self._at + by, self._count - 1))
        if self._count and at != self._at:
            self._at = at
            self._begin_page()

    def zoom(self, by: int) -> None:
        """Look from nearer (1) or farther (-1); the middle stays in the middle."""
        self._zoom = max(1.0, min(self._zoom * STEP**by, MOST_ZOOM))
        self._place()

    def fit_width(self) -> None:
        """Show the whole width again."""
        self._zoom = 1.0
        self._place()

    def rotate(self) -> None:
        """Turn the page to the right by a quarter; so it stays while the program runs."""
        self._turns[self._key] = (self._turns.get(self._key, 0) + 90) % 360
        self._place()

    def _place(self) -> None:
        """Size the sheet, and ask for a finer page where this one would be coarse."""
        self._tell()
        if self._page.isNull():
            return
        turned = self._page.transformed(QTransform().rotate(self._turns.get(self._key, 0)))
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        room = self._scroll.width() - 2 * MARGIN - bar
        width = max(40, round(room * self._zoom))
        height = max(1, round(width * turned.height() / turned.width()))
        middles = [_middle(each) for each in self._bars()]
        self._sheet.setFixedSize(width, height)
        self._sheet.show_image(turned)
        holder = self._scroll.widget()
        if layout := holder.layout():
            layout.activate()
        holder.adjustSize()
        for each, middle in zip(self._bars(), middles, strict=True):
            _put_middle(each, middle)
        needed = round(max(width, height) * self.devicePixelRatioF())
        if needed > max(self._page.width(), self._page.height()) and self._asked < FINEST:
            finer = min(FINEST, max(needed, 2 * self._asked))
            self._asked = finer
            self.page_wanted.emit(self._at, finer)

    def _bars(self) -> tuple[QScrollBar, QScrollBar]:
        return self._scroll.horizontalScrollBar(), self._scroll.verticalScrollBar()

    def _drag(self, by: QPoint) -> None:
        for each, step in zip(self._bars(), (by.x(), by.y()), strict=True):
            each.setValue(each.value() + step)

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Zoom with Ctrl and the wheel; zoom, turn and page by key where the focus is here."""
        if isinstance(event, QWheelEvent) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key_pressed(event)
        return super().eventFilter(watched, event)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        match Qt.Key(event.key()):
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(1)
            case Qt.Key.Key_Minus:
                self.zoom(-1)
            case Qt.Key.Key_0:
                self.fit_width()
            case Qt.Key.Key_R:
                self.rotate()
            case Qt.Key.Key_PageDown if self._count > 1:
                self.turn(1)
            case Qt.Key.Key_PageUp if self._count > 1:
                self.turn(-1)
            case _:
                return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page again."""
        super().resizeEvent(event)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Return the room in which a page can still be told."""
        return QSize(theme.px(200), theme.px(80))


def _middle(bar: QScrollBar) -> float:
    """Return which part of the page stands in the middle of the view, along one side."""
    whole = bar.maximum() + bar.pageStep()
    return (bar.value() + bar.pageStep() / 2) / whole if bar.maximum() else 0.5


def _put_middle(bar: QScrollBar, middle: float) -> None:
    bar.setValue(round(middle * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))
