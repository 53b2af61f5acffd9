"""Looking at a paper: its pages on a desk, whole at first; paper keeps its own colours."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from ui import theme
from ui.kit.buttons import IconButton
from ui.kit.labels import Label
from ui.kit.layout import scrolling
from ui.kit.notices import shadow
from ui.kit.segments import Part, Segments
from ui.printing import pages

SIGHT_DPI: Final = 144
"""How fine pages are drawn for the screen."""
FITS: Final = (("whole", N_("Whole page")), ("width", N_("Page width")), ("full", N_("100%")))


class _Sheet(QWidget):
    """One page with its shadow."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        shadow(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page into its place."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        ratio = self.devicePixelRatioF()
        fine = self.image.scaled(
            self.size() * ratio,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fine.setDevicePixelRatio(ratio)
        painter.drawImage(0, 0, fine)


class PaperView(QWidget):
    """A paper, page by page: whole, fitted to the width, or at its own size."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setObjectName("paper_view")
        self._pages: list[QImage] = []
        self._at = 0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._row = self._tools(title)
        outer.addLayout(self._row)
        self._sheet = _Sheet()
        self._desk = QWidget()
        inner = QHBoxLayout(self._desk)
        inner.setContentsMargins(16, 12, 16, 16)
        inner.addWidget(self._sheet, alignment=Qt.AlignmentFlag.AlignCenter)
        self._scroll: QScrollArea = scrolling(self._desk)
        self._scroll.setProperty("ground", "sunken")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.viewport().installEventFilter(self)
        outer.addWidget(self._scroll, 1)
        self.show_pages([])

    def _tools(self, title: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(6)
        if title:
            row.addWidget(Label(title, "strong"))
        self._where = Label(role="small")
        self._where.setObjectName("paper_where")
        self._before = IconButton("chevron-left", _("Previous page"), lambda: self.turn(-1))
        self._after = IconButton("chevron-right", _("Next page"), lambda: self.turn(1))
        self._fit = Segments([Part(key, _(words)) for key, words in FITS], name="paper_fit")
        self._fit.chosen.connect(self._place)
        row.addWidget(self._where)
        row.addStretch(1)
        row.addWidget(self._before)
        row.addWidget(self._after)
        row.addWidget(self._fit)
        return row

    def add_act(self, act: QWidget) -> None:
        """Put an act (print) at the right end of the tools."""
        self._row.addSpacing(6)
        self._row.addWidget(act)

    def show_pdf(self, pdf: bytes) -> None:
        """Show a paper from its PDF; for long ones make the pages aside with `pages`."""
        self.show_pages(pages(pdf, SIGHT_DPI))

    def show_pages(self, images: list[QImage]) -> None:
        """Show pages drawn at 144 dpi, the first one first; none leaves the desk empty."""
        self._pages = images
        self._at = 0
        self._show()

    def turn(self, by: int) -> None:
        """Go to the next page or back."""
        self._at = max(0, min(self._at + by, len(self._pages) - 1))
        self._show()

    def where(self) -> str:
        """Return the words that say which page it is."""
        return self._where.text()

    def count(self) -> int:
        """Return the number of pages."""
        return len(self._pages)

    def _show(self) -> None:
        some = bool(self._pages)
        self._sheet.setVisible(some)
        for button in (self._before, self._after):
            button.setVisible(len(self._pages) > 1)
        self._fit.setVisible(some)
        says = _("Page {at} of {of}").format(at=self._at + 1, of=len(self._pages))
        self._where.setText(says if some else _("Nothing to show yet"))
        if some:
            self._sheet.image = self._pages[self._at]
            self._sheet.setAccessibleName(says)
            self._place()
            self._sheet.update()

    def _place(self) -> None:
        """Size the sheet as chosen."""
        if not self._pages:
            return
        own = self._pages[self._at].size() * (96 / SIGHT_DPI)
        room = self._scroll.viewport().size() - QSize(32, 28)
        fit = self._fit.value()
        wanted = own
        if fit == "width":
            wanted = own.scaled(room.width(), 100_000, Qt.AspectRatioMode.KeepAspectRatio)
        elif fit == "whole":
            wanted = own.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        self._sheet.setFixedSize(wanted.expandedTo(QSize(1, 1)))
        sideways = Qt.ScrollBarPolicy
        self._scroll.setHorizontalScrollBarPolicy(
            sideways.ScrollBarAsNeeded if fit == "full" else sideways.ScrollBarAlwaysOff
        )

    def zoom(self, by: int) -> None:
        """Show the page larger (1) or smaller (-1): whole, page width, 100 %."""
        keys = [key for key, _words in FITS]
        self._fit.press(max(0, min(keys.index(self._fit.value()) + by, len(keys) - 1)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Zoom with Ctrl and the wheel."""
        if isinstance(event, QWheelEvent) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the sheet again."""
        super().resizeEvent(event)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Return the room in which a page can still be told."""
        return QSize(theme.px(260), theme.px(200))
