"""The F-key bar: key cap and verb of what the page offers, and the saving state at the right."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy

from app.core.i18n import N_
from ui import theme
from ui.kit.labels import Chip, Status, draw_key_cap, text_width
from ui.kit.page import FKey

USUAL: Final[dict[str, str]] = {
    "F7": N_("Assess"),
    "F8": N_("Documents"),
    "F9": N_("Submit"),
    "F12": N_("Print"),
}
"""Keys that stand on the bar on every page, closed where the page has no use for them."""
F_KEYS: Final = tuple(
    f"{modifier}F{number}"
    for number in range(1, 13)
    for modifier in ("", "Shift+", "Ctrl+")
    if number != 4 or modifier == ""
)


def key_order(key: str) -> tuple[int, str]:
    """Return what sorts keys by their number."""
    return int(key.rpartition("F")[2]), key


class FKeyButton(QAbstractButton):
    """One function key: pressed by pointer or by the key itself."""

    def __init__(self, key: str, offer: FKey) -> None:
        super().__init__()
        self.key, self.offer = key, offer
        self.setObjectName(f"key_{key.lower()}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(f"{key} {offer.label}")
        self.setToolTip(offer.reason)
        self.setEnabled(not offer.reason)

    def sizeHint(self) -> QSize:
        """Return the room of cap and verb."""
        cap = text_width("key", self.key) + 12
        return QSize(cap + 5 + text_width("small", self.offer.label) + 14, theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """Return the same as `sizeHint`."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw cap and verb; what is closed has a dashed cap and a faint verb."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cap, high = text_width("key", self.key) + 12, theme.px(17)
        box = QRectF(0, round((self.height() - high) / 2), cap, high)
        draw_key_cap(painter, box, self.key, dashed=not self.isEnabled())
        painter.setFont(theme.font("small"))
        tone = "text" if self.isEnabled() else "text_faint"
        painter.setPen(QPen(theme.color("accent" if self.isDown() else tone)))
        at = QRectF(cap + 5, 0, self.width(), self.height())
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, self.offer.label)


class FKeyBar(QFrame):
    """The bottom of the frame."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("fkey_bar")
        self.setProperty("kind", "keybar")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 1, 12, 0)
        self._row.setSpacing(0)
        self._buttons: list[FKeyButton] = []
        self._row.addStretch(1)
        self.demo = Chip("", "flask-conical", "wait")
        self.demo.setObjectName("demo_chip")
        self.demo.hide()
        self._saving = Status(role="small")
        self._saving.setObjectName("saving_state")
        self._row.addWidget(self.demo)
        self._row.addSpacing(12)
        self._row.addWidget(self._saving)
        theme.changes.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.setFixedHeight(theme.px(34))

    def show_keys(self, keys: Mapping[str, FKey]) -> None:
        """Show what the keys do, in the order of their numbers."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        plain = {key: offer for key, offer in keys.items() if key[1:].isdigit()}
        self._buttons = []
        for at, key in enumerate(sorted(plain, key=key_order)):
            button = FKeyButton(key, plain[key])
            button.clicked.connect(partial(self._run, plain[key]))
            self._row.insertWidget(at, button)
            self._buttons.append(button)

    @staticmethod
    def _run(offer: FKey) -> None:
        offer.run()

    def say_saving(self, text: str, icon: str = "check") -> None:
        """Say when the draft was kept, or that it is being kept."""
        self._saving.show_state(text, icon if text else "", "")

    def saving(self) -> str:
        """Return what stands at the right end."""
        return self._saving.text
