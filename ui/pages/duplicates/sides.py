"""One field of two files: what each of them says, and which of the two is kept."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from app.core.i18n import _
from app.households.merging_records import Difference
from ui import theme
from ui.kit.labels import Label


class Side(QWidget):
    """A radio button whose words may take several lines."""

    def __init__(self, words: str, name: str) -> None:
        super().__init__()
        self.radio = QRadioButton()
        self.radio.setObjectName(name)
        self.radio.setAccessibleName(words or _("Not filled in"))
        self.radio.setFixedHeight(QFontMetrics(theme.font("body")).height())  # its line's middle
        label = Label(words or _("Not filled in"), tone="" if words else "faint", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(2)
        row.addWidget(self.radio, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this side wherever it is clicked."""
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        self.radio.setChecked(True)


class Choice:
    """The two sides of one difference; the arrows change over, Tab goes on."""

    def __init__(self, difference: Difference) -> None:
        self.difference = difference
        place = difference.kept_id or "household"
        name = f"{place}.{difference.field}"
        self.label = Label(difference.label, tone="soft", wrap=True)
        self.kept = Side(difference.kept, f"kept_{name}")
        self.other = Side(difference.other, f"other_{name}")
        self._group = QButtonGroup(self.kept)
        for side in (self.kept, self.other):
            self._group.addButton(side.radio)
        (self.other if difference.suggested else self.kept).radio.setChecked(True)

    def taken(self) -> bool:
        """Tell whether the value of the file that is given up is taken over."""
        return self.other.radio.isChecked()

    def show(self, *, shown: bool) -> None:
        """Show or hide all of it."""
        for widget in (self.label, self.kept, self.other):
            widget.setVisible(shown)
