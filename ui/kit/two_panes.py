"""A list and what is chosen in it: side by side, or one at a time where the window is small."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget


class TwoPanes(QWidget):
    """The list at the left, the thing at the right; narrow, Enter and Escape change over.

    ``shares`` are the widths of the two in proportion.
    """

    turned = Signal(bool)
    """Narrow only: the thing (or, with `False`, the list) has come into sight."""

    def __init__(self, left: QWidget, right: QWidget, shares: tuple[int, int] = (470, 700)) -> None:
        super().__init__()
        self.left, self.right = left, right
        self.narrow = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left, shares[0])
        row.addWidget(right, shares[1])

    def set_narrow(self, narrow: bool) -> None:
        """Show one pane at a time, or both; what is being typed in stays in sight."""
        if narrow == self.narrow:
            return
        self.narrow = narrow
        focus = self.window().focusWidget() or self
        typing = narrow and self.right.isAncestorOf(focus)
        self._show(thing=typing)
        if typing:
            self.turned.emit(True)

    def enter(self) -> None:
        """Bring the thing into sight, where there is room for one only."""
        if self.narrow and self.right.isHidden():
            self._show(thing=True)
            self.turned.emit(True)

    def back(self) -> bool:
        """Return to the list; tell whether there was anything to return from."""
        if not self.narrow or self.left.isVisible():
            return False
        self._show(thing=False)
        self.turned.emit(False)
        return True

    def _show(self, *, thing: bool) -> None:
        self.left.setVisible(not (self.narrow and thing))
        self.right.setVisible(not self.narrow or thing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape return to the list, when nothing inside had a use for it."""
        if event.key() != Qt.Key.Key_Escape or not self.back():
            super().keyPressEvent(event)
