"""The key sheet: every key of this page at a glance, closed ones with their reason."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from ui import theme
from ui.kit.buttons import Button
from ui.kit.labels import KeyCap, Label

Group = tuple[str, Sequence[tuple[str, str, str]]]
"""A heading and its keys: key, verb, reason why it is closed."""

FRAME_KEYS: Final = (
    ("Ctrl+1…9", N_("Areas")),
    ("Ctrl+K", N_("Find")),
    ("Ctrl+Enter", N_("The main act of the page")),
    ("Enter  Shift+Enter", N_("Next field, field before")),
    ("Alt+←  Alt+→", N_("Page before, page after")),
    ("Ctrl+=  Ctrl+-  Ctrl+0", N_("Larger, smaller, usual text")),
    ("Ctrl+L", N_("Lock")),
    ("Alt", N_("Hold: letters for everything on the page")),
)
"""The keys that do the same on every page."""


class KeySheet(QDialog):
    """Shown by F1, closed by Escape or F1."""

    def __init__(self, window: QWidget, groups: Sequence[Group]) -> None:
        super().__init__(window)
        self.setObjectName("key_sheet")
        self.setWindowTitle(_("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(Label(_("Keys"), "title"))
        columns = QHBoxLayout()
        columns.setSpacing(32)
        for heading, keys in groups:
            if keys:
                columns.addLayout(self._group(heading, keys))
        outer.addLayout(columns)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Button(_("Close"), self.close, key="Esc", name="close_sheet"))
        outer.addLayout(foot)

    @staticmethod
    def _group(heading: str, keys: Sequence[tuple[str, str, str]]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(Label(heading, "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for row, (key, verb, reason) in enumerate(keys):
            caps = QHBoxLayout()
            caps.setSpacing(4)
            for each in key.split("  "):
                caps.addWidget(KeyCap(each, dashed=bool(reason)))
            caps.addStretch(1)
            grid.addLayout(caps, row, 0)
            grid.addWidget(Label(verb, tone="faint" if reason else ""), row, 1)
            if reason:
                why = Label(reason, "hint", wrap=True)
                why.setFixedWidth(theme.px(180))
                grid.addWidget(why, row, 2)
        column.addLayout(grid)
        column.addStretch(1)
        return column
