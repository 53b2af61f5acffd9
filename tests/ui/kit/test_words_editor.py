"""Several words of a closed list: chosen by keys, kept in drafts, checked."""

from typing import Annotated

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from app.core.kinds import ManyChoice, Text
from app.core.record import Record, specs
from app.core.words.placements import Shift
from tests.ui.conftest import Shown, click_key
from ui.kit.cells import shown as text_of
from ui.kit.form import FormView
from ui.kit.words_editor import WordsEditor


class Wish(Record):
    shifts: Annotated[tuple[Shift, ...], ManyChoice(label="班次", words=Shift, at_least=1)]
    note: Annotated[str, Text(label="说明")] = ""


def test_words_are_chosen_by_keys_and_passed_as_one_field(shown: Shown) -> None:
    form = FormView(Wish)
    shown(form)
    editor = form.boxes["shifts"].editor
    assert isinstance(editor, WordsEditor)
    form.focus("shifts")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Space):
        at = QApplication.focusWidget()
        assert at is not None
        click_key(at, key)
    assert form.value("shifts") == (Shift.DAY, Shift.NIGHT), "in the order of the list"
    at = QApplication.focusWidget()
    assert at is not None
    click_key(at, Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_a_draft_gives_the_words_back(shown: Shown) -> None:
    form = FormView(Wish)
    shown(form)
    form.set_value("shifts", (Shift.HOURS, Shift.DAY))
    typed = form.typed()
    form.clear()
    assert form.value("shifts") == ()
    form.set_typed(typed)
    assert form.value("shifts") == (Shift.DAY, Shift.HOURS)


def test_too_few_words_are_marked(shown: Shown) -> None:
    form = FormView(Wish)
    shown(form)
    assert form.record() is None
    assert form.boxes["shifts"].red()
    form.set_value("shifts", (Shift.DAY,))
    assert form.record() == Wish(shifts=(Shift.DAY,))


def test_lists_show_the_labels_of_words() -> None:
    kind = next(field.kind for field in specs(Wish) if field.name == "shifts")
    assert text_of(kind, (Shift.DAY, Shift.NIGHT)) == "白班、夜班"
