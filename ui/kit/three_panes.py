"""A list, what is chosen in it, and what goes with that: two of them in sight at a time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

SHALLOW, DEEP = (450, 720), (390, 780)
"""The widths in proportion: list and thing, thing and what goes with it."""


class ThreePanes(QWidget):
    """The list with the thing, or the thing with what goes with it; a form takes the right place.

    Narrow, only one is in sight: Enter goes on to the right, Escape returns.
    """

    turned = Signal()
    """Another pair is in sight."""

    def __init__(self, listed: QWidget, thing: QWidget, beside: QWidget, form: QWidget) -> None:
        super().__init__()
        self.listed, self.thing, self.beside, self.form = listed, thing, beside, form
        self.narrow = self.deep = self.asking = self._entered = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        for widget in (listed, thing, beside, form):
            self._row.addWidget(widget)
        self._show()

    def set_narrow(self, narrow: bool) -> None:
        """Show one at a time, or two."""
        if narrow != self.narrow:
            self.narrow = narrow
            self._show()

    def enter(self) -> None:
        """Bring the thing into sight, where there is room for one only."""
        self._entered = True
        self._show()

    def dive(self) -> None:
        """Bring what goes with the thing into sight; the list gives way."""
        self.deep = self._entered = True
        self._show()

    def begin(self) -> None:
        """Return to the list: another one is shown."""
        self.deep = self._entered = False
        self._show()

    def ask(self) -> None:
        """Show the form in the right place."""
        self.asking = True
        self._show()

    def answered(self) -> None:
        """Show what stood where the form is."""
        self.asking = False
        self._show()

    def back(self) -> bool:
        """Go one to the left; tell whether there was anything to return from."""
        if self.deep:
            self.deep = False
        elif self.narrow and self._entered:
            self._entered = False
        else:
            return False
        self._show()
        return True

    def in_sight(self) -> tuple[QWidget, ...]:
        """Return which of them have a place now, from left to right."""
        right = self.form if self.asking else self.beside if self.deep else self.thing
        left = self.thing if self.deep else self.listed
        if not self.narrow:
            return left, right
        return (right if self.asking or self.deep or self._entered else left,)

    def _show(self) -> None:
        shown = self.in_sight()
        for place, widget in enumerate((self.listed, self.thing, self.beside, self.form)):
            shares = DEEP if self.deep else SHALLOW
            at = shown.index(widget) if widget in shown else 0
            self._row.setStretch(place, shares[at] if widget in shown else 0)
            if widget not in shown:
                widget.hide()
        for widget in shown:
            widget.show()
        self.turned.emit()
