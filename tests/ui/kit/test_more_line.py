"""The second line of a typed row: opened by a key, it asks what fits the row."""

from collections.abc import Sequence
from typing import Annotated

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.core.kinds import Amount, Text, YesNo
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Answer
from tests.ui.conftest import Shown, click_key, type_text
from ui.kit.more_line import MoreLine
from ui.kit.record_row import More
from ui.kit.records_editor import RecordsEditor


class Pupil(Record):
    name: Annotated[str, Text(label="姓名")]
    school: Annotated[str, Text(label="学校")] = ""
    costs: Annotated[Fen | None, Amount(label="费用")] = None
    admitted: Annotated[Answer, YesNo(label="新录取")] = Answer.NOT_ASKED
    note: Annotated[str, Text(label="说明")] = ""


@pytest.fixture
def pupils(shown: Shown) -> RecordsEditor[Pupil]:
    def asked(pupil: Pupil) -> Sequence[str]:
        return ("school", "costs", "admitted") if pupil.school else ("school",)

    more = More(("school", "costs", "admitted", "note"), ("note",), asked)
    made = RecordsEditor(Pupil, ("name",), more=more, name="pupils")
    shown(made)
    made.set_records([Pupil(name="张明", school="第十四中学"), Pupil(name="张亮")])
    return made


def line(rows: RecordsEditor[Pupil], name: str) -> QLineEdit:
    found = rows.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def turn(rows: RecordsEditor[Pupil], name: str) -> None:
    line(rows, name).setFocus()
    click_key(line(rows, name), Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)


def more_lines(rows: RecordsEditor[Pupil]) -> list[MoreLine]:
    return rows.findChildren(MoreLine)


def test_the_second_line_opens_by_a_key_at_the_first_gap_and_shuts_again(
    pupils: RecordsEditor[Pupil],
) -> None:
    first, second = more_lines(pupils)
    assert not first.is_open()
    turn(pupils, "name_0")
    assert first.is_open()
    assert not second.is_open()
    assert line(pupils, "costs_0").hasFocus()
    turn(pupils, "costs_0")
    assert not first.is_open()
    assert line(pupils, "name_0").hasFocus()


def test_the_second_line_asks_what_fits_the_row(pupils: RecordsEditor[Pupil]) -> None:
    first, second = more_lines(pupils)
    assert first.shown() == ["school", "costs", "admitted", "note"]
    assert second.shown() == ["school", "note"]
    assert (first.gaps(), second.gaps()) == (["costs", "admitted"], ["school"])
    assert pupils.missing() == 3
    turn(pupils, "name_1")
    type_text(line(pupils, "school_1"), "第三中学")
    assert second.gaps() == ["costs", "admitted"]
    pupils.editor(1, "school").set_text("")
    pupils.editor(1, "costs").set_value(Fen(100))
    pupils.editor(1, "costs").edited.emit()
    assert second.shown() == ["school", "costs", "note"], "what holds something stays in sight"


def test_a_gap_in_a_shut_second_line_is_its_button(pupils: RecordsEditor[Pupil]) -> None:
    assert [gap.objectName() for gap in pupils.gaps()] == ["pupils_more", "pupils_more"]
    pupils.gaps()[0].setFocus()
    click_key(pupils.gaps()[0], Qt.Key.Key_Space)
    assert line(pupils, "costs_0").hasFocus()
    assert pupils.gaps()[0] is line(pupils, "costs_0")


def test_enter_goes_through_an_open_second_line_and_passes_a_shut_one(
    pupils: RecordsEditor[Pupil],
) -> None:
    click_key(line(pupils, "name_0"), Qt.Key.Key_Return)
    assert line(pupils, "name_1").hasFocus()
    turn(pupils, "name_0")
    click_key(line(pupils, "name_0"), Qt.Key.Key_Return)
    assert line(pupils, "school_0").hasFocus()
    turn(pupils, "name_1")
    click_key(line(pupils, "note_1"), Qt.Key.Key_Return)
    assert line(pupils, "name_2").hasFocus()


def test_what_stands_in_a_second_line_comes_back(pupils: RecordsEditor[Pupil]) -> None:
    kept = pupils.records()
    typed = pupils.typed()
    assert typed[0] == {
        "name": "张明", "school": "第十四中学", "costs": "", "admitted": "not_asked", "note": "",
    }  # fmt: skip
    pupils.set_typed(typed)
    assert pupils.records() == kept


def test_a_wrong_field_of_a_shut_second_line_is_shown(pupils: RecordsEditor[Pupil]) -> None:
    pupils.editor(0, "costs").set_text("许多")
    assert pupils.records() is None
    assert more_lines(pupils)[0].is_open()
    assert line(pupils, "costs_0").hasFocus()
