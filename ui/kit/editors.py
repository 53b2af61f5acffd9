"""Editors: what each kind of field is typed into.

An editor keeps what was typed even when it makes no sense yet: `text` and `set_text` carry it
into drafts and back. `value` is what it means, `trouble` why it means nothing.
"""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from app.core.errors import Problem
from app.core.i18n import _
from app.core.record import Field
from app.core.text import normalise
from ui import theme
from ui.kit.buttons import IconButton
from ui.kit.labels import mark


class Editor(QWidget):
    """The base of all editors.

    ``edited`` tells each change a person makes, ``left`` that they have gone on, ``found`` what
    can be read from the value meanwhile: words, tone and icon for the line below the field.
    """

    edited = Signal()
    left = Signal()
    found = Signal(str, str, str)

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.read_only = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)
        self.setObjectName(f"edit_{field.name}")

    def target(self) -> QWidget:
        """Return the widget that takes the focus."""
        raise NotImplementedError

    def text(self) -> str:
        """Return what stands there, as typed."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Put back what was typed."""
        raise NotImplementedError

    def value(self) -> Any:
        """Return what the text means; `None` when nothing was entered or it means nothing."""
        return self.text()

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self.set_text("" if value is None else str(value))

    def blank(self) -> bool:
        """Tell whether nothing was entered."""
        return not self.text().strip()

    def trouble(self) -> Problem | None:
        """Return why the text means nothing, if so."""
        return None

    def set_state(self, state: str) -> None:
        """Show a state: ``bad``, ``unknown``, ``readonly`` or empty (at rest)."""
        mark(self.target(), state=state)

    def rest_state(self) -> str:
        """Return the state it has when nothing is wrong: ``unknown`` where unknown is shown."""
        return ""

    def set_read_only(self) -> None:
        """Let it be read and copied only."""
        self.read_only = True
        self.target().setEnabled(False)
        self.set_state("readonly")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the focus leaves."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._focus_left(event)
        elif event.type() == QEvent.Type.FocusIn:
            self._focus_came()
        return super().eventFilter(watched, event)

    def _focus_left(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _focus_came(self) -> None:
        """What an editor does when it gets the focus."""

    def _problem(self, code: str, says: str, **data: object) -> Problem:
        return Problem(self.field.name, code, says, data)


def focus_of(editor: Editor) -> QWidget:
    """Return the widget of an editor that the focus goes to: of parts, the chosen one."""
    target = editor.target()
    if target.focusPolicy() is not Qt.FocusPolicy.NoFocus:
        return target
    parts = target.findChildren(QAbstractButton)
    return next((part for part in parts if part.isChecked()), target)


class TextEditor(Editor):
    """One line of text."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.line = QLineEdit()
        self.line.setObjectName(field.name)
        self.line.textEdited.connect(self._typed)
        self.line.installEventFilter(self)
        self.row.addWidget(self.line)
        self._tool: QWidget | None = None

    def _typed(self) -> None:
        self.edited.emit()

    def target(self) -> QWidget:
        """Return the line."""
        return self.line

    def text(self) -> str:
        """Return the line as typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put a text into the line."""
        self.line.setText(text)

    def value(self) -> Any:
        """Return the text as it is kept."""
        text = normalise(self.text())
        return None if not text and self.field.optional else text

    def set_read_only(self) -> None:
        """Let the line be read and copied only."""
        self.read_only = True
        self.line.setReadOnly(True)
        self.set_state("readonly")

    def add_tool(self, tool: QWidget) -> None:
        """Put a small button into the line, at its right end."""
        tool.setParent(self.line)
        self.line.setTextMargins(0, 0, theme.px(28), 0)
        self._tool = tool

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the right end."""
        super().resizeEvent(event)
        if (tool := self._tool) is not None:
            size = tool.sizeHint()
            tool.resize(size)
            tool.move(self.line.width() - size.width() - 4, (self.height() - size.height()) // 2)
            self.line.setTextMargins(0, 0, size.width(), 0)


class LinesEditor(Editor):
    """Several lines; Tab goes on, Enter makes a new line."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.area = QPlainTextEdit()
        self.area.setObjectName(field.name)
        self.area.setTabChangesFocus(True)
        self.area.textChanged.connect(self.edited)
        self.area.installEventFilter(self)
        self.row.addWidget(self.area)
        theme.changes.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.area.setFixedHeight(theme.px(52))

    def target(self) -> QWidget:
        """Return the text area."""
        return self.area

    def text(self) -> str:
        """Return the text as typed."""
        return self.area.toPlainText()

    def set_text(self, text: str) -> None:
        """Put a text there without telling."""
        self.area.blockSignals(True)
        self.area.setPlainText(text)
        self.area.blockSignals(False)

    def value(self) -> Any:
        """Return the text without outer white space."""
        text = self.text().strip()
        return None if not text and self.field.optional else text

    def set_read_only(self) -> None:
        """Let the text be read and copied only."""
        self.read_only = True
        self.area.setReadOnly(True)
        self.set_state("readonly")


class SecretEditor(TextEditor):
    """A password: dots with an eye, and a warning while caps lock is on."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText)
        self._eye = IconButton("eye", _("Show"), self._turn, tone="text_soft", size=26)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add_tool(self._eye)

    def _turn(self) -> None:
        hidden = self.line.echoMode() == QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self._eye.show_icon("eye-off" if hidden else "eye", _("Hide") if hidden else _("Show"))

    def value(self) -> Any:
        """Return the password exactly as typed."""
        return self.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch for caps lock while typing."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            on = caps_lock(event)
            if on is not None:
                words = _("Caps lock is on") if on else ""
                self.found.emit(words, "wait", "arrow-big-up-dash")
        return super().eventFilter(watched, event)


def caps_lock(event: QKeyEvent) -> bool | None:
    """Tell from a typed letter whether caps lock is on; `None` for other keys."""
    text = event.text()
    if len(text) != 1 or not text.isascii() or not text.isalpha():
        return None
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return text.isupper() != shift
