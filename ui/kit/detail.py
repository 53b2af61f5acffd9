"""What is chosen in a list: its name and state, a few lines about it, its parts one at a time."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.kit.cards import Card, EmptyState, clear_layout
from ui.kit.labels import Chip, Label, Rule
from ui.kit.layout import remark, scrolling
from ui.kit.segments import Part, Segments

Line = str | tuple[str, str, str]
"""Words, or words that ask to look with their icon and tone."""
LINES_IF_LOW = 2


class DetailCard(Card):
    """The thing that is chosen; ``empty`` stands there while none is."""

    turned = Signal()
    """Another part, or another row in it, is in sight."""

    def __init__(self, name: str, empty: str, parts: Mapping[str, tuple[str, QWidget]]) -> None:
        super().__init__(flush=True)
        self.setObjectName(name)
        self._parts = dict(parts)
        self._head = QWidget()
        column = QVBoxLayout(self._head)
        column.setContentsMargins(16, 12, 16, 10)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        self._title = Label(role="section", wrap=True)
        self._title.setObjectName(f"{name}_title")
        self._chip = Chip("")
        line.addWidget(self._title, 1)
        line.addWidget(self._chip)
        column.addLayout(line)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column.addLayout(self._lines)
        self.segments = Segments(name=f"segments_{name}")
        self.segments.chosen.connect(self._turn)
        column.addWidget(self.segments)
        self.segments.setVisible(len(parts) > 1)
        self.body.setSpacing(0)
        self.body.addWidget(self._head)
        self._rule = Rule()
        self.body.addWidget(self._rule)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._empty = EmptyState(empty)
        self._stack.addWidget(self._empty)
        for _title, widget in self._parts.values():
            self._stack.addWidget(widget)
        self.body.addWidget(holder, 1)
        self._said: list[Line] = []
        self._low = False
        self._chosen = next(iter(self._parts))
        self.show_parts()
        self.show_none()

    def show_none(self) -> None:
        """Say that nothing is chosen."""
        self._head.hide()
        self._rule.hide()
        self._stack.setCurrentWidget(self._empty)

    def show_head(self, title: str, state: tuple[str, str, str], lines: Sequence[Line]) -> None:
        """Show the name of the thing, its state (word, icon, tone), and lines about it."""
        self._title.setText(title)
        self._chip.show_state(*state)
        self._said = [line for line in lines if line]
        self._show_lines()
        self._head.show()
        self._rule.show()
        self._stack.setCurrentWidget(self._parts[self._chosen][1])

    def set_low(self, *, low: bool) -> None:
        """Where there is no height, leave only what asks to look most; the rest is a tooltip."""
        if low != self._low:
            self._low = low
            self._show_lines()

    def _show_lines(self) -> None:
        shown = self._said
        if self._low:
            shown = sorted(shown, key=lambda line: isinstance(line, str))[:LINES_IF_LOW]
        clear_layout(self._lines)
        for line in shown:
            if isinstance(line, str):
                self._lines.addWidget(Label(line, "small", wrap=True))
            else:
                words, icon, tone = line
                self._lines.addLayout(remark(icon, tone, words))
        told = [line if isinstance(line, str) else line[0] for line in self._said]
        self._head.setToolTip("\n".join(told) if len(shown) < len(told) else "")

    def show_parts(self, counts: Mapping[str, int | None] | None = None) -> None:
        """Show how much is in each part."""
        known = counts or {}
        self.segments.show_parts(
            [Part(key, title, known.get(key)) for key, (title, _part) in self._parts.items()]
        )
        self.segments.choose(self._chosen)

    def part(self) -> str:
        """Return which part is in sight."""
        return self._chosen

    def choose(self, part: str) -> None:
        """Bring a part into sight."""
        self.segments.choose(part)
        self._turn(part)

    def _turn(self, part: str) -> None:
        self._chosen = part
        if not self._head.isHidden():
            self._stack.setCurrentWidget(self._parts[part][1])
        self.turned.emit()


def scrolled(widget: QWidget) -> QWidget:
    """Return facts as a part of a detail: with room around them, scrolling."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(16, 12, 16, 12)
    column.addWidget(widget)
    column.addStretch(1)
    return scrolling(holder)
