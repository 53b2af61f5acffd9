"""Two things side by side: what is compared at the left, one column each, a mark at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui import theme
from ui.kit.labels import Chip, Elided, Label, Rule
from ui.kit.layout import row

NAMES = 104
"""Width of what is compared."""


class SideBySide(QGridLayout):
    """Lines of two values each; the two columns are equally wide."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(12)
        self.setVerticalSpacing(2)
        self.setColumnMinimumWidth(0, theme.px(NAMES))
        for column in (1, 2):
            self.setColumnStretch(column, 1)

    def add_heads(self, one: QWidget, other: QWidget) -> None:
        """Say whose the two columns are."""
        at = self.rowCount()
        self.addWidget(one, at, 1)
        self.addWidget(other, at, 2)
        self.add_across(Rule())

    def add_across(self, widget: QWidget) -> None:
        """Put something over the whole width."""
        self.addWidget(widget, self.rowCount(), 0, 1, 4)

    def add_line(
        self, label: QWidget, one: QWidget, other: QWidget, mark: QWidget | None = None
    ) -> None:
        """Add one thing that is compared; ``mark`` says whether it is the same."""
        at, top = self.rowCount(), Qt.AlignmentFlag.AlignTop
        for place, widget in enumerate((label, one, other, mark)):
            if widget is not None:
                self.addWidget(widget, at, place, top)


def side_head(word: str, title: str, state: str, more: str) -> QWidget:
    """Return the head of one side: whose file it is, where it stands, and its number."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 4)
    column.setSpacing(2)
    column.addWidget(Label(word, "small"))
    column.addWidget(row(Label(title, "section"), Chip(state), None))
    column.addWidget(Elided(more, "small"))
    return holder
