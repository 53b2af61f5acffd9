"""What stands at the left of the first start: the mark, the steps, and that one may stop."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.core.i18n import _
from ui.kit.labels import Icon, Label, Seal
from ui.kit.layout import row
from ui.kit.steps import StepList


class Side(QFrame):
    """The seal, the list of steps, and the promise that nothing half-made stays."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 30, 0, 20)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 0, 12, 20)
        head.setSpacing(12)
        head.addWidget(Seal(36))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(_("First use"), "title"))
        words.addWidget(Label(_("About 10 minutes"), "small"))
        head.addLayout(words)
        head.addStretch(1)
        column.addLayout(head)
        self.list = StepList()
        column.addWidget(self.list)
        column.addStretch(1)
        says = Label(_("Stopping before the end leaves nothing behind"), "small")
        note = row(Icon("info", "text_soft", 14), says, None, spacing=6)
        note.setContentsMargins(20, 0, 12, 0)
        column.addWidget(note)
