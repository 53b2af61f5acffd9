"""A choice of several: a card with a check box, a name and one line about it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout

from ui.kit.cards import Pressable
from ui.kit.labels import Label


class CheckCard(Pressable):
    """One of several things that can be chosen together; press, Space or Enter checks it."""

    def __init__(self, title: str, text: str, name: str = "") -> None:
        super().__init__()
        self.setCheckable(True)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self.frame)
        row.setContentsMargins(10, 7, 10, 7)
        row.setSpacing(8)
        self._box = QCheckBox()
        self._box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(self._box, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(title, "strong"))
        words.addWidget(Label(text, "small", wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)
        self.toggled.connect(self._box.setChecked)

    def heightForWidth(self, width: int) -> int:
        """Return the room that the line needs when it wraps."""
        return self.frame.heightForWidth(width)
