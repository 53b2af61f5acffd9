"""Cards: white sheets with a title row, a body and sometimes a foot."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.kit.buttons import Button
from ui.kit.keys import EnterPresses
from ui.kit.labels import Chip, Elided, Icon, Label, Rule, Shrinking, Status, mark


class Card(QFrame):
    """A white sheet: title (strong), quiet acts at its right, then the body.

    Add to ``body``; ``flush`` leaves out the padding, for tables that reach the border.
    """

    def __init__(self, title: str = "", *, flush: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._outer = outer = QVBoxLayout(self)
        edge = theme.border()
        outer.setContentsMargins(edge, edge, edge, edge)
        outer.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(12, 9, 12, 5)
        self.head.setSpacing(8)
        self.title = Label(title, "strong")
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        if title:
            outer.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        if not flush:
            self.body.setContentsMargins(12, 2 if title else 12, 12, 12)
        outer.addLayout(self.body, 1)

    def add(self, item: QWidget | QLayout) -> None:
        """Add a widget or a layout to the body."""
        if isinstance(item, QWidget):
            self.body.addWidget(item)
        else:
            self.body.addLayout(item)

    def add_to_head(self, widget: QWidget) -> None:
        """Put a widget (hint, chip, quiet button) at the right end of the title row."""
        self.head.addWidget(widget)

    def add_foot(self) -> QHBoxLayout:
        """Add a foot below a hairline and return its row."""
        foot = QFrame()
        foot.setProperty("kind", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        self._outer.addWidget(foot)
        return row


class Figures(Card):
    """A row of figures with their names: what one decides on or the counts of the day."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout()
        self._row.setSpacing(20)
        self.add(self._row)

    def add_figure(self, name: str, figure: str, unit: str = "", more: str = "") -> Label:
        """Add a figure: its name above, its unit beside and a small line below; return it."""
        if self._row.count():
            self._row.addWidget(Rule(upright=True))
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Label(name, "small"))
        line = QHBoxLayout()
        line.setSpacing(6)
        shown = Label(figure, "title")
        line.addWidget(shown)
        line.addWidget(Label(unit, "small"), alignment=Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(Label(more, "small"))
        self._row.addLayout(column, 1)
        return shown


class Pressable(EnterPresses):
    """A whole card as one button: press, Space or Enter picks it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.frame = QFrame()
        self.frame.setProperty("kind", "card")
        self.frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.frame)
        self.toggled.connect(self._show_picked)

    def sizeHint(self) -> QSize:
        """Return the room of the content."""
        return self.frame.sizeHint()

    def _show_picked(self) -> None:
        mark(self.frame, picked="true" if self.isChecked() or self.hasFocus() else "false")

    def paintEvent(self, event: object) -> None:
        """Leave all drawing to the frame inside."""

    def event(self, event: QEvent) -> bool:
        """Show the focus as the border of the card."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_picked()
        return super().event(event)


class RadioMark(Icon):
    """The round mark of a choice card."""

    def __init__(self) -> None:
        super().__init__("circle", "edge", 20)

    def set_picked(self, picked: bool) -> None:
        """Fill or empty the mark."""
        self.show_icon("circle-dot" if picked else "circle", "accent" if picked else "edge")


class ChoiceCard(Pressable):
    """One of a few large choices; picked it has an accent border and a filled radio mark."""

    def __init__(
        self, icon: str, title: str, text: str = "", points: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(6)
        head = QHBoxLayout()
        self._icon = Icon(icon, "text_soft", 24)
        self._mark = RadioMark()
        head.addWidget(self._icon)
        head.addStretch(1)
        head.addWidget(self._mark)
        column.addLayout(head)
        column.addWidget(Label(title, "section"))
        column.addWidget(Label(text, tone="soft", wrap=True))
        for name, point in points:
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(Icon(name, "ok" if name == "check" else "text_soft"))
            line.addWidget(Label(point, wrap=True), 1)
            column.addLayout(line)
        column.addStretch(1)
        self.toggled.connect(self._show_mark)

    def _show_mark(self) -> None:
        self._mark.set_picked(self.isChecked())
        self._icon.show_icon(self._icon.name, "accent" if self.isChecked() else "text_soft")


class AreaCard(Pressable):
    """One answer of an assessment: icon, measure and area, amount, one line of reason.

    ``dense`` puts all on one line; ``change`` says what a trial makes of it.
    """

    def __init__(
        self,
        icon: str,
        area: str,
        measure: str,
        amount: str,
        reason: str,
        tone: str,
        *,
        dense: bool = False,
        change: str = "",
    ) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        said = (measure, area, amount, change, reason)
        self.setAccessibleName("，".join(part for part in said if part))
        row = QHBoxLayout(self.frame)
        row.setContentsMargins(12, 4 if dense else 6, 10, 4 if dense else 6)
        row.setSpacing(10)
        row.addWidget(Icon(icon, "text_soft", 16 if dense else 20))
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(Shrinking(measure, "body" if dense else "strong"))
        reads = Elided(reason, "small", tone=tone)
        if dense:
            first.addWidget(reads, 1)
            row.addLayout(first, 1)
        else:
            first.addWidget(Elided(area, "small"), 1)
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addLayout(first)
            words.addWidget(reads)
            row.addLayout(words, 1)
        if change:
            row.addWidget(Chip(change, "calculator", "wait"))
        if amount:
            first.addWidget(Label(amount, "strong"))
        row.addWidget(Icon("chevron-right", "text_soft"))


class GroupHead(QWidget):
    """The head of a group of cards: icon, word and count in the colour of the status."""

    def __init__(self, icon: str, text: str, count: str, tone: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 4, 2, 2)
        row.setSpacing(8)
        row.addWidget(Status(text, icon, tone, role="strong"))
        row.addWidget(Label(count, "small"))
        row.addStretch(1)


class EmptyState(QWidget):
    """What stands where nothing is yet: what belongs here and the key that begins it."""

    def __init__(self, title: str, text: str = "", act: Button | None = None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Icon("inbox", "text_faint", 32), alignment=middle)
        self.title = Label(title, "strong")
        self.text = Label(text, tone="soft")
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        self.text.setVisible(bool(text))
        if act is not None:
            column.addWidget(act, alignment=middle)
        column.addStretch(2)

    def say(self, title: str, text: str = "") -> None:
        """Show other words."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))


class Facts(QWidget):
    """Names and values in two columns, as on a paper: the name soft, the value ink."""

    def __init__(self, name_width: int = 92) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(7)
        self._name_width = name_width

    def add_fact(self, name: str, value: str | QWidget, more: str = "", *, tone: str = "") -> None:
        """Add a line: the value may be a widget such as a `Status`; ``more`` follows it small."""
        row = QHBoxLayout()
        row.setSpacing(8)
        label = Label(name, tone="soft")
        label.setFixedWidth(theme.px(self._name_width))
        row.addWidget(label, alignment=Qt.AlignmentFlag.AlignTop)
        shown = value if isinstance(value, QWidget) else Label(value, tone=tone, wrap=not more)
        row.addWidget(shown, 0 if more or not isinstance(value, str) else 1)
        if more:
            row.addWidget(Label(more, "small"))
        if more or not isinstance(value, str):
            row.addStretch(1)
        self._column.addLayout(row)

    def clear(self) -> None:
        """Take all lines away."""
        clear_layout(self._column)


def clear_layout(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while layout.count():
        item = layout.takeAt(0)
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear_layout(inner)


class Reminder(QWidget):
    """A reminder: icon, words, second line and one quiet act at the right."""

    def __init__(
        self,
        icon: str,
        tone: str,
        title: str,
        text: str = "",
        act: str = "",
        run: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(Icon(icon, tone or "text_soft"), alignment=top)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(title, wrap=True))
        if text:
            words.addWidget(Label(text, "small", wrap=True))
        row.addLayout(words, 1)
        if act:
            row.addWidget(Button(act, run, kind="quiet"))
