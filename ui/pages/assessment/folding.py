"""The head of a group that can be folded: icon, word, count and a chevron."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from ui import theme
from ui.kit.keys import EnterPresses
from ui.kit.labels import Icon, Label, Status


class FoldHead(EnterPresses):
    """Folds its group when pressed, by Space, Enter or Left, and opens it again by Right."""

    turned = Signal(bool)
    """Folded, or open again."""

    def __init__(self, icon: str, text: str, count: str, tone: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(f"{text} {count}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(2, 4, 10, 2)
        row.setSpacing(8)
        row.addWidget(Status(text, icon, tone, role="strong"))
        row.addWidget(Label(count, "small"))
        row.addStretch(1)
        self._chevron = Icon("chevron-down")
        row.addWidget(self._chevron)
        for child in self.children():
            if isinstance(child, Status | Label | Icon):
                child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.toggled.connect(self._turned)

    def turn(self, *, folded: bool) -> None:
        """Fold the group or open it."""
        self.setChecked(folded)

    def _turned(self, folded: bool) -> None:
        self._chevron.show_icon("chevron-right" if folded else "chevron-down", "text_soft")
        self.turned.emit(folded)

    def sizeHint(self) -> QSize:
        """Return the room of the words."""
        return self._row.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold by Left, open by Right."""
        folded = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}.get(Qt.Key(event.key()))
        if folded is None:
            super().keyPressEvent(event)
        else:
            self.setChecked(folded)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the focus ring; the words draw themselves."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
