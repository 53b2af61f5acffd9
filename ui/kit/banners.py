"""Banners: what needs attention, in the page, next to what it speaks of; never floating."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.i18n import _
from ui.kit.buttons import Button, IconButton
from ui.kit.labels import Icon, Label

ICONS = {"ok": "circle-check", "wait": "triangle-alert", "bad": "circle-x", "accent": "info"}


class Banner(QFrame):
    """One thing to notice: amber asks to look, red blocks or failed, green is a result.

    ``tone`` is ``wait``, ``bad``, ``ok`` or ``accent``; at most one secondary and one quiet
    button stand at its right.
    """

    def __init__(
        self,
        tone: str,
        title: str,
        text: str = "",
        acts: Sequence[Button] = (),
        *,
        icon: str = "",
        closable: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        self.setProperty("tone", tone)
        self.setObjectName(f"banner_{tone}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.tone, self.title, self.text = tone, title, text
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 8, 8, 8)
        row.setSpacing(10)
        row.addLayout(self._words(icon or ICONS[tone]), 1)
        for act in acts:
            row.addWidget(act)
        if closable:
            close = IconButton("x", _("Close"), self.deleteLater, size=26)
            row.addWidget(close, alignment=Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{title} {text}".strip())

    def _words(self, icon: str) -> QGridLayout:
        words = QGridLayout()
        words.setHorizontalSpacing(10)
        words.setVerticalSpacing(2)
        words.setRowStretch(0, 1)
        words.addWidget(Icon(icon, self.tone, 18), 1, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(Label(self.title, "strong", tone=self.tone, wrap=True), 1, 1)
        if self.text:
            words.addWidget(Label(self.text, wrap=True), 2, 1)
        words.setRowStretch(3, 1)
        words.setColumnStretch(1, 1)
        return words

    def hasHeightForWidth(self) -> bool:
        """Tell that wrapped words make it taller."""
        return True


class BannerArea(QWidget):
    """The place of a page for its banners; takes no room while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._banner: Banner | None = None
        self.hide()

    def show_banner(self, banner: Banner) -> None:
        """Show ``banner`` instead of the one before, and read it out."""
        self.clear()
        self._banner = banner
        self._column.addWidget(banner)
        self.show()
        banner.destroyed.connect(self.hide)
        QAccessible.updateAccessibility(QAccessibleEvent(banner, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Take the banner away."""
        if self._banner is not None:
            self._banner.destroyed.disconnect(self.hide)
            self._column.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        self.hide()

    def says(self) -> str:
        """Return the words of the banner shown, or nothing."""
        return f"{self._banner.title} {self._banner.text}".strip() if self._banner else ""
