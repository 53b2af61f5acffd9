"""The line that narrows the list of the workbench."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.core.i18n import _


class FilterLine(QLineEdit):
    """The line that narrows the list; Esc clears and leaves it, Enter and Down go to the list."""

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("filter_work")
        self.setPlaceholderText(_("Name or number"))
        self.setAccessibleName(_("Filter"))
        self._leave = leave
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc, go on to the list by Enter and Down."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
