"""The editor of several words of one list."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.errors import Problem
from app.core.i18n import N_, _
from app.core.kinds import ManyCodes
from app.core.record import Field
from ui.kit.choice_editors import ComboBox
from ui.kit.editors import Editor
from ui.kit.keys import ENTER, next_field
from ui.kit.labels import mark

APART = "、"
"""Between the words in a draft; no list has a word with it."""
IN_A_ROW = 3


class CodesEditor(Editor):
    """As many boxes as there may be words; each chooses by letters, Enter goes through them."""

    def __init__(self, field: Field, words: Sequence[str]) -> None:
        super().__init__(field)
        most = field.kind.at_most if isinstance(field.kind, ManyCodes) else len(words)
        self.boxes = [self._box(words) for _number in range(most)]
        self.boxes[0].setObjectName(field.name)
        grid = QGridLayout()
        grid.setSpacing(6)
        self.row.addLayout(grid)
        for number, box in enumerate(self.boxes):
            box.setAccessibleName(f"{_(field.kind.label)} {number + 1}")
            box.activated.connect(self._chosen)
            box.installEventFilter(self)
            grid.addWidget(box, *divmod(number, IN_A_ROW))

    def _box(self, words: Sequence[str]) -> ComboBox:
        box = ComboBox()
        box.addItem(_("Not chosen"), None)
        for word in words:
            box.addItem(word, word)
        return box

    def _chosen(self) -> None:
        self.edited.emit()

    def target(self) -> QWidget:
        """Return the first box."""
        return self.boxes[0]

    def set_state(self, state: str) -> None:
        """Show a state on every box."""
        for box in self.boxes:
            mark(box, state=state)

    def value(self) -> Any:
        """Return the words in their order."""
        return tuple(box.currentData() for box in self.boxes if box.currentData() is not None)

    def set_value(self, value: Any) -> None:
        """Show words; one that is in the list no longer is shown all the same."""
        words = list(value or ())
        for place, box in enumerate(self.boxes):
            word = words[place] if place < len(words) else None
            if word is not None and box.findData(word) < 0:
                box.addItem(word, word)
            box.setCurrentIndex(max(box.findData(word), 0) if word is not None else 0)

    def text(self) -> str:
        """Return the words as a draft keeps them."""
        return APART.join(self.value())

    def set_text(self, text: str) -> None:
        """Show the words that `text` gave."""
        self.set_value([word for word in text.split(APART) if word])

    def trouble(self) -> Problem | None:
        """Return that a word was chosen twice."""
        words = self.value()
        if len(set(words)) == len(words):
            return None
        return self._problem("word_twice", N_("Each word stands there once."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter go from box to box; for the first the form does that."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in ENTER
            and isinstance(watched, ComboBox)
            and watched is not self.boxes[0]
        ):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            next_field(watched, back=back)
            return True
        return super().eventFilter(watched, event)
