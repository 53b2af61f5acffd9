"""The editor of several words of a closed list: a check box each."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.core.kinds import ManyChoice
from app.core.record import Field
from app.core.words import Word
from ui.kit.editors import Editor
from ui.kit.keys import ENTER, next_field

IN_A_ROW: Final = 5
STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -IN_A_ROW,
    Qt.Key.Key_Down: IN_A_ROW,
}


class WordsEditor(Editor):
    """Tab and Enter pass the boxes as one field; the arrow keys go through them."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._words = tuple(field.kind.words) if isinstance(field.kind, ManyChoice) else ()
        self.boxes = [self._box(word) for word in self._words]
        self.boxes[0].setObjectName(field.name)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for place, box in enumerate(self.boxes):
            grid.addWidget(box, *divmod(place, IN_A_ROW))
        self.row.addLayout(grid)
        self.row.addStretch(1)
        self._aim(0)

    def _box(self, word: Word) -> QCheckBox:
        box = QCheckBox(word.label)
        box.clicked.connect(self.edited)
        box.installEventFilter(self)
        return box

    def _aim(self, at: int) -> None:
        """Let Tab stop once, at the box that had the focus last."""
        for place, box in enumerate(self.boxes):
            tab = Qt.FocusPolicy.StrongFocus if place == at else Qt.FocusPolicy.ClickFocus
            box.setFocusPolicy(tab)

    def target(self) -> QWidget:
        """Return the first box."""
        return self.boxes[0]

    def set_state(self, state: str) -> None:
        """The boxes themselves say what is chosen."""

    def set_read_only(self) -> None:
        """Let it be read only."""
        super().set_read_only()
        for box in self.boxes:
            box.setEnabled(False)

    def value(self) -> Any:
        """Return the chosen words in the order of the list."""
        pairs = zip(self._words, self.boxes, strict=True)
        return tuple(word for word, box in pairs if box.isChecked())

    def set_value(self, value: Any) -> None:
        """Check the boxes of these words."""
        for word, box in zip(self._words, self.boxes, strict=True):
            box.setChecked(word in (value or ()))

    def text(self) -> str:
        """Return the stored words as a draft keeps them."""
        return " ".join(word.value for word in self.value())

    def set_text(self, text: str) -> None:
        """Check the words that `text` gave."""
        self.set_value(text.split())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move among the boxes with the arrow keys, and away with Enter."""
        if isinstance(watched, QCheckBox) and watched in self.boxes:
            if event.type() == QEvent.Type.FocusIn:
                self._aim(self.boxes.index(watched))
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, box: QCheckBox, event: QKeyEvent) -> bool:
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None:
            at = self.boxes.index(box) + step
            if 0 <= at < len(self.boxes):
                self.boxes[at].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            next_field(box, back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        return False
