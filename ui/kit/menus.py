"""Menus in the hand of the kit: icon, words, key."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.core.i18n import N_, _
from ui import icons, theme

SCHEMES = {"light": N_("Light"), "dark": N_("Dark"), "contrast": N_("High contrast")}


class Menu(QMenu):
    """A menu that goes away for good once it was used."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def put(
        self, words: str, run: Callable[[], object], *, icon: str = "", key: str = ""
    ) -> QAction:
        """Add an act and return its entry."""
        entry = self.addAction(f"{words}\t{key}" if key else words)
        if icon:
            entry.setIcon(icons.icon(icon))
        entry.triggered.connect(lambda: run())
        return entry

    def put_look(self, wanted: Callable[[str, int], object]) -> None:
        """Add the text sizes and the schemes; those in use carry a check."""
        scheme, percent = theme.scheme().value, theme.percent()
        for size in theme.SCALES:
            words = _("Text size {percent}%").format(percent=size)
            self.put(words, partial(wanted, scheme, size), icon="check" if size == percent else "")
        self.addSeparator()
        for value, message in SCHEMES.items():
            icon = "check" if value == scheme else ""
            self.put(_(message), partial(wanted, value, percent), icon=icon)
