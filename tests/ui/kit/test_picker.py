"""Picking one of many by what is typed, and forms whose fields have a value of their own."""

from typing import Annotated

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.core.kinds import Count, Key, Text
from app.core.record import Record
from tests.ui.conftest import Shown, click_key, type_text
from ui.kit.form import FormView
from ui.kit.picker import Picker
from ui.kit.table import RecordTable


class Thing(Record):
    """Something to be picked."""

    id: Annotated[int, Key()]
    name: Annotated[str, Text(label="Name")]


class Post(Record):
    """Something with a number of its own."""

    name: Annotated[str, Text(label="Name")] = ""
    heads: Annotated[int, Count(label="Posts", at_least=1)] = 1


THINGS = [Thing(id=1, name="苹果"), Thing(id=2, name="苹果树"), Thing(id=3, name="梨")]


class Things(Picker[Thing]):
    """Picks one of three."""

    def __init__(self) -> None:
        table = RecordTable(Thing, ["name"], name="things")
        super().__init__(table, label="东西", hint="名称", name="pick_thing")
        self.asked: list[str] = []

    def seek(self, text: str) -> None:
        self.asked.append(text)
        self.show_found([each for each in THINGS if text in each.name])


def test_nobody_is_picked_before_something_is_typed(shown: Shown) -> None:
    picker = Things()
    shown(picker)
    picker.look()
    assert picker.asked == []
    assert picker.chosen() is None
    assert picker.line.property("state") == "bad"
    assert "此项必填" in [label.text() for label in picker.findChildren(QLabel)]


def test_enter_goes_to_what_is_found_and_the_arrows_choose(shown: Shown) -> None:
    picker = Things()
    shown(picker)
    picker.setFocus()
    type_text(picker.line, "苹果")
    click_key(picker.line, Qt.Key.Key_Return)
    assert picker.table.view.hasFocus()
    click_key(picker.table.view, Qt.Key.Key_Down)
    chosen = picker.chosen()
    assert chosen is not None
    assert chosen.id == 2
    assert picker.line.property("state") == ""


def test_a_field_left_empty_keeps_its_own_value(shown: Shown) -> None:
    form = FormView(Post)
    shown(form)
    assert form.record() == Post(name="", heads=1)
    form.set_record(Post(name="厨师", heads=4))
    form.set_value("heads", None)
    assert form.record() == Post(name="厨师", heads=4)
