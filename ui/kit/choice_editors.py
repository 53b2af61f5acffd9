"""Editors of choices: a list of words, yes or no or unknown, a switch."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)

from app.core.i18n import _
from app.core.kinds import Choice
from app.core.pinyin import name_keys
from app.core.record import Field
from app.core.words import Answer, Word
from ui.kit.editors import Editor
from ui.kit.segments import Part, Segments

PAUSE_MS: Final = 1_000
"""Letters typed without such a pause belong to one word."""


class ChoiceEditor(Editor):
    """One word of a closed list; unknown stands first where it is allowed."""

    def __init__(self, field: Field, words: Sequence[tuple[Any, str]]) -> None:
        super().__init__(field)
        self.box = ComboBox()
        self.box.setObjectName(field.name)
        self._open = field.optional or (field.required and bool(words))
        self.offer(words)
        self.box.activated.connect(self._chosen)
        self.box.installEventFilter(self)
        self.row.addWidget(self.box)

    def offer(self, words: Sequence[tuple[Any, str]]) -> None:
        """Offer other words; the chosen one stays chosen if it is still among them."""
        before = self.text()
        self.box.clear()
        if self._open:
            self.box.addItem(_("Not filled in"), None)
        for value, label in words:
            self.box.addItem(label, value)
        self.box.setCurrentIndex(max(0, self._place(before)))
        self._show_unknown()

    def _place(self, text: str) -> int:
        return next((i for i in range(self.box.count()) if self._stored(i) == text), -1)

    def _chosen(self) -> None:
        self._show_unknown()
        self.edited.emit()

    def rest_state(self) -> str:
        """Return ``unknown`` while nothing was chosen."""
        return "unknown" if self.blank() else ""

    def _show_unknown(self) -> None:
        self.set_state(self.rest_state())

    def target(self) -> QWidget:
        """Return the box."""
        return self.box

    def blank(self) -> bool:
        """Tell whether nothing was chosen."""
        return self.box.currentData() is None

    def text(self) -> str:
        """Return the stored word."""
        value = self.box.currentData()
        return "" if value is None else str(value)

    def set_text(self, text: str) -> None:
        """Choose the word that is stored as ``text``; one that is gone is shown all the same."""
        at = self._place(text)
        if at < 0 and text:
            self.box.addItem(text, text)
            at = self.box.count() - 1
        self.box.setCurrentIndex(max(at, 0))
        self._show_unknown()

    def _stored(self, at: int) -> str:
        value = self.box.itemData(at)
        return "" if value is None else str(value)

    def value(self) -> Any:
        """Return the chosen word; Qt gives back its bare text."""
        stored, kind = self.box.currentData(), self.field.kind
        words = kind.words if isinstance(kind, Choice) else ()
        return next((word for word in words if word.value == stored), stored)


class ComboBox(QComboBox):
    """A combo box whose list follows the style sheet and whose wheel scrolls the page.

    Letters choose by pinyin, 汉族 by ``h``, ``hz`` or ``han``: no input method reaches a list.
    A letter after a pause goes on to the next word that begins so.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(3)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._spelled = ""
        self._since = QElapsedTimer()

    def wheelEvent(self, event: Any) -> None:
        """Leave the wheel to the page: values never change by scrolling past them."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by letters; leave every other key to Qt."""
        letter, shift = event.text().lower(), Qt.KeyboardModifier.ShiftModifier
        if not (letter.isascii() and letter.isalpha()) or event.modifiers() & ~shift:
            super().keyPressEvent(event)
        elif (at := self._spell(letter)) is not None:
            self.setCurrentIndex(at)
            self.activated.emit(at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Begin a new word next time."""
        super().focusOutEvent(event)
        self._since.invalidate()

    def _spell(self, letter: str) -> int | None:
        """Return which word the letters so far mean, those before a pause forgotten."""
        again = not self._since.isValid() or self._since.hasExpired(PAUSE_MS)
        self._spelled = letter if again else self._spelled + letter
        self._since.start()
        here, count = self.currentIndex(), self.count()
        order = ((here + again + step) % count for step in range(count))
        return next((at for at in order if self._begins(at)), None)

    def _begins(self, at: int) -> bool:
        label = self.itemText(at)
        keys = name_keys(label)
        ways = (*keys.initials, *keys.full, label.lower())
        return self.itemData(at) is not None and any(way.startswith(self._spelled) for way in ways)


class YesNoEditor(Editor):
    """是｜否｜未知. Unknown is not asked yet, or asked and not known; pressing again changes it."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._unknown = Answer.NOT_ASKED
        self.parts = Segments(
            [
                Part("yes", Answer.YES.label),
                Part("no", Answer.NO.label),
                Part("unknown", _("Unknown")),
            ],
            name=field.name,
        )
        self.parts.choose("unknown")
        self.parts.chosen.connect(self._chosen)
        self.row.addWidget(self.parts)
        self.row.addStretch(1)
        self.setFocusProxy(self.parts)

    def _chosen(self, key: str) -> None:
        if key == "unknown":
            asked = self._unknown is Answer.NOT_KNOWN
            self._unknown = Answer.NOT_ASKED if asked else Answer.NOT_KNOWN
        self._tell()
        self.edited.emit()
        self.left.emit()

    def _tell(self) -> None:
        unknown = self.parts.value() == "unknown"
        self.found.emit(self._unknown.label if unknown else "", "", "")

    def target(self) -> QWidget:
        """Return the segment."""
        return self.parts

    def text(self) -> str:
        """Return the stored word of the answer."""
        return str(self.value())

    def set_text(self, text: str) -> None:
        """Show the answer stored as ``text``."""
        self.set_value(Answer(text) if text else Answer.NOT_ASKED)

    def value(self) -> Any:
        """Return the `Answer`."""
        return {"yes": Answer.YES, "no": Answer.NO}.get(self.parts.value(), self._unknown)

    def set_value(self, value: Any) -> None:
        """Show an `Answer`."""
        answer = Answer.NOT_ASKED if value is None else Answer(value)
        if answer in (Answer.YES, Answer.NO):
            self.parts.choose(answer.value)
        else:
            self._unknown = answer
            self.parts.choose("unknown")
        self._tell()

    def blank(self) -> bool:
        """Tell whether it was not asked yet."""
        return self.value() is Answer.NOT_ASKED

    def set_state(self, state: str) -> None:
        """The parts themselves say what is known."""


class FlagEditor(Editor):
    """A switch of the program, with its label beside the box."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.check = QCheckBox(_(field.kind.label))
        self.check.setObjectName(field.name)
        self.check.clicked.connect(self.edited)
        self.check.installEventFilter(self)
        self.row.addWidget(self.check)
        self.row.addStretch(1)

    def target(self) -> QWidget:
        """Return the check box."""
        return self.check

    def text(self) -> str:
        """Return ``1`` or nothing."""
        return "1" if self.check.isChecked() else ""

    def set_text(self, text: str) -> None:
        """Set the switch."""
        self.check.setChecked(bool(text))

    def value(self) -> Any:
        """Return whether it is on."""
        return self.check.isChecked()

    def set_value(self, value: Any) -> None:
        """Set the switch."""
        self.check.setChecked(bool(value))

    def blank(self) -> bool:
        """A switch is always set."""
        return False


def word_choices(kind_words: type[Word]) -> list[tuple[Any, str]]:
    """Return the words of a class with their labels."""
    return [(word, word.label) for word in kind_words]
