"""Editors of the forms of filing steps: several of a list, checked one by one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.core.record import Field
from ui.kit.editors import Editor

COLUMNS = 3


class ManyEditor(Editor):
    """Several of a closed list, each with its box; Space checks, Tab goes on."""

    def __init__(self, field: Field, choices: Sequence[tuple[Any, str]], columns: int = COLUMNS):
        super().__init__(field)
        self.boxes: dict[Any, QCheckBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for at, (value, label) in enumerate(choices):
            box = QCheckBox(label)
            box.setObjectName(f"{field.name}.{at}")
            box.clicked.connect(self.edited)
            box.installEventFilter(self)
            grid.addWidget(box, at // columns, at % columns)
            self.boxes[value] = box
        self.row.addLayout(grid)

    def target(self) -> QWidget:
        """Return the first box."""
        return next(iter(self.boxes.values()), self)

    def text(self) -> str:
        """Return the checked values as text, parted by bars."""
        return "|".join(map(str, self.value()))

    def set_text(self, text: str) -> None:
        """Check what a text of this kind names."""
        wanted = text.split("|")
        for value, box in self.boxes.items():
            box.setChecked(str(value) in wanted)

    def value(self) -> tuple[Any, ...]:
        """Return the checked values in the order of the list."""
        return tuple(value for value, box in self.boxes.items() if box.isChecked())

    def set_value(self, value: Any) -> None:
        """Check these values."""
        for each, box in self.boxes.items():
            box.setChecked(each in (value or ()))

    def set_state(self, state: str) -> None:
        """The boxes say themselves what is checked."""
