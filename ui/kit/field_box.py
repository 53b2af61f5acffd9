"""A field of a form: its label above, its editor, and one message line that is always reserved."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.kinds import Flag
from ui import theme
from ui.kit.editors import Editor
from ui.kit.labels import Icon, Label, mark

TONE_ICONS = {"ok": "circle-check", "wait": "triangle-alert", "bad": "circle-x"}


class Message(QWidget):
    """The line below a field: a hint, what was found, or what is wrong and the limit."""

    def __init__(self, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._icon = Icon("circle-check", "ok", 14)
        self._icon.hide()
        self._words = Label(role="hint", wrap=True)
        self._words.setObjectName(f"message_{name}")
        row.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        theme.changes.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self._words.setMinimumHeight(theme.px(17))
        self._icon.setFixedHeight(theme.px(17))

    def say(self, text: str, tone: str = "", icon: str = "") -> None:
        """Show words in a tone, with the icon of the tone or another."""
        name = icon or TONE_ICONS.get(tone, "")
        if name and text:
            self._icon.show_icon(name, tone or "text_soft")
        self._icon.setVisible(bool(name and text))
        self._words.setText(text)
        mark(self._words, tone=tone or "faint")

    def text(self) -> str:
        """Return the words shown."""
        return self._words.text()


class FieldBox(QWidget):
    """Label, editor and message of one field."""

    def __init__(self, editor: Editor, *, hint: str = "", star: bool = False) -> None:
        super().__init__()
        self.editor = editor
        self.field = editor.field
        self._hint = hint or _(editor.field.kind.hint) if editor.field.kind.hint or hint else ""
        self._found: tuple[str, str, str] = ("", "", "")
        self._problem = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._label(star))
        column.addWidget(editor)
        self.message = Message(self.field.name)
        column.addWidget(self.message)
        column.addStretch(1)
        editor.found.connect(self.set_found)
        self._tell()

    def _label(self, star: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(3)
        words = "" if isinstance(self.field.kind, Flag) else _(self.field.kind.label)
        label = Label(words, "small")
        label.setBuddy(self.editor.target())
        self.editor.target().setAccessibleName(_(self.field.kind.label))
        row.addWidget(label)
        if star:
            row.addWidget(Label("*", "small", tone="bad"))
        row.addStretch(1)
        return row

    def set_hint(self, hint: str) -> None:
        """Show another hint while there is nothing more to say."""
        self._hint = hint
        self._tell()

    def set_found(self, text: str, tone: str = "ok", icon: str = "") -> None:
        """Show what was read from the value, such as the birth date in an ID number."""
        self._found = (text, tone, icon)
        self._tell()

    def set_problem(self, says: str) -> None:
        """Show what is wrong, or (empty) that nothing is."""
        self._problem = says
        self.editor.set_state(self._state())
        self._tell()

    def _state(self) -> str:
        if self.editor.read_only:
            return "readonly"
        return "bad" if self._problem else self.editor.rest_state()

    def red(self) -> bool:
        """Tell whether something is wrong here."""
        return bool(self._problem)

    def _tell(self) -> None:
        if self._problem:
            self.message.say(self._problem, "bad")
        elif self._found[0]:
            self.message.say(*self._found)
        else:
            self.message.say(self._hint)
        self.editor.target().setAccessibleDescription(self.message.text())
