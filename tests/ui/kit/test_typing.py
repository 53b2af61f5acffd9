"""Typing into forms: Enter, input methods, inline checks, what is found, masks."""

from datetime import date
from typing import Annotated

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.days import read_day
from app.core.errors import Invalid, Problem
from app.core.kinds import (
    Amount,
    BankCard,
    Choice,
    Count,
    Day,
    Lines,
    Many,
    Name,
    Phone,
    ResidentId,
    Text,
    YesNo,
)
from app.core.record import Field, Record
from app.core.words import Answer
from app.core.words.households import Sex
from tests.ui.conftest import Shown, click_key, type_text
from ui.kit.buttons import Button
from ui.kit.choice_editors import ChoiceEditor, YesNoEditor
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.number_editors import AmountEditor, MaskedEditor
from ui.kit.records_editor import RecordsEditor

TODAY = date(2026, 11, 22)
AN_ID = "239001196803120028"


class Person(Record):
    name: Annotated[str, Name(label="姓名")]
    id_number: Annotated[str, ResidentId(label="身份证号")]
    phone: Annotated[str, Phone(label="手机")] = ""
    union: Annotated[Answer, YesNo(label="工会会员")] = Answer.NOT_ASKED
    sex: Annotated[Sex | None, Choice(label="性别", words=Sex)] = None
    income: Annotated[int | None, Amount(label="月收入")] = None
    members: Annotated[int | None, Count(label="人数")] = None
    since: Annotated[date | None, Day(label="自")] = None
    card: Annotated[str, BankCard(label="卡号")] = ""
    notes: Annotated[str, Lines(label="说明")] = ""


class Child(Record):
    name: Annotated[str, Name(label="姓名")]
    school: Annotated[str, Text(label="学校")] = ""


class Family(Record):
    head: Annotated[str, Name(label="户主")]
    children: Annotated[tuple[Child, ...], Many(label="子女")] = ()


@pytest.fixture
def form(shown: Shown) -> FormView[Person]:
    made = FormView(Person, context=Context(today=lambda: TODAY))
    shown(made)
    return made


def line(form: QWidget, name: str) -> QLineEdit:
    found = form.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def compose(line: QLineEdit, preedit: str, commit: str = "") -> None:
    """Send what an input method sends."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(line, event)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key without letting the event loop turn."""
    keys = modifier or Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, keys))


def test_enter_goes_to_the_next_field_and_shift_enter_back(form: FormView[Person]) -> None:
    form.focus("name")
    press(line(form, "name"), Qt.Key.Key_Return)
    assert line(form, "id_number").hasFocus()
    press(line(form, "id_number"), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert line(form, "name").hasFocus()


def test_enter_belongs_to_the_input_method_while_it_composes(form: FormView[Person]) -> None:
    form.focus("name")
    name = line(form, "name")
    compose(name, "lixiumei")
    press(name, Qt.Key.Key_Return)
    assert name.hasFocus()
    compose(name, "", "李秀梅")
    press(name, Qt.Key.Key_Return)
    assert name.hasFocus(), "the Enter that confirmed the word moved on"
    assert name.text() == "李秀梅"


def test_enter_moves_again_once_the_word_is_confirmed(form: FormView[Person], qtbot: QtBot) -> None:
    form.focus("name")
    name = line(form, "name")
    compose(name, "li")
    compose(name, "", "李")
    qtbot.waitUntil(lambda: (press(name, Qt.Key.Key_Return), not name.hasFocus())[1])
    assert line(form, "id_number").hasFocus()


def test_composing_never_submits(shown: Shown) -> None:
    done: list[str] = []
    holder = QWidget()
    column = QVBoxLayout(holder)
    field = QLineEdit()
    field.returnPressed.connect(lambda: done.append("returned"))
    column.addWidget(field)
    column.addWidget(Button("提交", lambda: done.append("submitted"), key="Ctrl+Enter"))
    shown(holder)
    field.setFocus()
    compose(field, "zhang")
    press(field, Qt.Key.Key_Return)
    press(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not done


def test_a_field_is_checked_when_left_and_then_at_each_key(form: FormView[Person]) -> None:
    phone = line(form, "phone")
    form.focus("phone")
    type_text(phone, "138000044")
    assert form.red() == 0
    form.focus("card")
    assert form.boxes["phone"].message.text() == "手机应为 11 位，现为 9 位"
    assert phone.property("state") == "bad"
    form.focus("phone")
    phone.end(False)
    type_text(phone, "17")
    assert form.red() == 0


def test_an_untouched_field_stays_in_peace(form: FormView[Person]) -> None:
    form.focus("name")
    form.focus("id_number")
    assert form.red() == 0


def test_a_form_with_problems_gives_no_record_and_shows_the_first(form: FormView[Person]) -> None:
    assert form.record() is None
    assert line(form, "name").hasFocus()
    assert form.missing() == ["姓名", "身份证号"]
    assert [problem.field for problem in form.problems] == ["name", "id_number"]


def test_a_record_comes_out_as_it_went_in(form: FormView[Person]) -> None:
    person = Person(
        name="李秀梅",
        id_number=AN_ID,
        phone="13800004417",
        union=Answer.YES,
        sex=Sex.FEMALE,
        income=41_000,
        members=4,
        since=date(2026, 3, 1),
        card="6222000000004417",
        notes="下岗\n在家",
    )
    form.set_record(person)
    assert form.record() == person
    assert not form.dirty()


def test_unknown_stays_unknown(form: FormView[Person]) -> None:
    form.set_record(Person(name="李秀梅", id_number=AN_ID))
    record = form.record()
    assert record is not None
    assert (record.union, record.sex, record.income) == (Answer.NOT_ASKED, None, None)


def test_unknown_is_not_asked_or_asked_and_not_known(form: FormView[Person]) -> None:
    editor = form.boxes["union"].editor
    assert isinstance(editor, YesNoEditor)
    form.focus("union")
    part = form.window().focusWidget()
    assert isinstance(part, QAbstractButton)
    click_key(part, Qt.Key.Key_3)
    assert form.value("union") is Answer.NOT_KNOWN
    assert form.boxes["union"].message.text() == Answer.NOT_KNOWN.label
    click_key(part, Qt.Key.Key_Left)
    assert form.value("union") is Answer.NO
    click_key(part, Qt.Key.Key_1)
    assert form.value("union") is Answer.YES
    click_key(part, Qt.Key.Key_Return)
    assert not part.hasFocus()


def test_a_word_is_chosen_by_the_letters_of_its_pinyin(shown: Shown) -> None:
    words = [("01", "汉族"), ("03", "回族"), ("10", "朝鲜族"), ("11", "满族"), ("15", "土家族")]
    field = Field("ethnicity", Text(label="民族"), str, required=False, optional=True)
    editor = ChoiceEditor(field, words)
    shown(editor)

    def spelled(letters: str) -> str:
        editor.box.clearFocus()
        editor.box.setFocus()
        type_text(editor.box, letters)
        return editor.box.currentText()

    assert spelled("cxz") == "朝鲜族"
    assert spelled("q") == "朝鲜族", "what begins no word changes nothing"
    assert [spelled("h"), spelled("h"), spelled("h")] == ["汉族", "回族", "汉族"]
    assert spelled("manzu") == "满族"
    assert editor.text() == "11"


def test_a_private_number_is_masked_when_left_and_tells_what_it_says(
    form: FormView[Person],
) -> None:
    form.focus("id_number")
    field = line(form, "id_number")
    type_text(field, AN_ID)
    assert field.text() == AN_ID
    assert form.boxes["id_number"].message.text() == "校验位正确，1968-03-12，女，58 岁"
    form.focus("name")
    assert field.text() == "2390**********0028"
    assert form.value("id_number") == AN_ID


def test_a_number_of_the_store_is_shown_only_after_the_page_has_logged_it(
    form: FormView[Person], qtbot: QtBot
) -> None:
    form.set_record(Person(name="李秀梅", id_number=AN_ID))
    field = line(form, "id_number")
    form.focus("id_number")
    assert field.text() == "2390**********0028"
    editor = form.boxes["id_number"].editor
    assert isinstance(editor, MaskedEditor)
    asked: list[str] = []
    form.reveal_wanted.connect(asked.append)
    editor.ask_to_reveal()
    assert asked == ["id_number"]
    form.reveal("id_number")
    assert field.text() == AN_ID


def test_stars_are_never_edited(form: FormView[Person]) -> None:
    form.set_record(Person(name="李秀梅", id_number=AN_ID))
    form.focus("id_number")
    type_text(line(form, "id_number"), "2")
    assert form.value("id_number") == "2"


class Office(Record):
    telephone: Annotated[str, Phone(label="电话", private=False)] = ""


def test_a_number_that_is_not_private_is_never_masked(shown: Shown) -> None:
    form = FormView(Office)
    shown(form)
    form.set_record(Office(telephone="0451-82345678"))
    field = line(form, "telephone")
    assert field.text() == "0451-82345678"
    form.focus("telephone")
    type_text(field, "-801")
    assert form.value("telephone") == "0451-82345678-801"
    assert not [each for each in form.findChildren(QAbstractButton) if each.isVisible()]


def test_an_amount_is_whole_fen_and_written_in_capitals(form: FormView[Person]) -> None:
    editor = form.boxes["income"].editor
    assert isinstance(editor, AmountEditor)
    editor.show_capitals()
    form.focus("income")
    type_text(line(form, "income"), "2397.56")
    assert form.value("income") == 239_756
    assert form.boxes["income"].message.text() == "贰仟叁佰玖拾柒元伍角陆分"
    form.focus("name")
    assert line(form, "income").text() == "2,397.56"


def test_an_amount_is_never_rounded(form: FormView[Person]) -> None:
    type_text(line(form, "income"), "1.005")
    assert [problem.code for problem in form.problems if problem.field == "income"] == [
        "too_many_decimals"
    ]


def test_problems_of_the_office_stand_under_their_fields(form: FormView[Person]) -> None:
    form.show_problems(Invalid([Problem("card", "wrong", "此项必填")]))
    assert form.boxes["card"].message.text() == "此项必填"
    assert line(form, "card").hasFocus()


def test_a_draft_keeps_what_makes_no_sense_yet(form: FormView[Person]) -> None:
    type_text(line(form, "since"), "明天吧")
    type_text(line(form, "id_number"), "2390")
    draft = form.typed()
    form.clear()
    assert form.typed() != draft
    form.set_typed(draft)
    assert form.typed() == draft
    assert form.value("since") is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20261122", TODAY),
        ("1122", TODAY),
        ("11-22", TODAY),
        ("2026年11月22日", TODAY),
        ("２０２６－１１－２２", TODAY),
        ("t", TODAY),
        ("今天", TODAY),
        ("+3", date(2026, 11, 25)),
        ("-22", date(2026, 10, 31)),
        ("680312", date(1968, 3, 12)),
        ("2026.2.30", None),
        ("明天", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.fixture
def rows(shown: Shown) -> RecordsEditor[Child]:
    made = RecordsEditor(Child, context=Context(today=lambda: TODAY), name="children")
    shown(made)
    return made


def test_rows_are_typed_without_the_mouse(rows: RecordsEditor[Child]) -> None:
    rows.add.click()
    type_text(line(rows, "name_0"), "张明")
    press(line(rows, "name_0"), Qt.Key.Key_Return)
    assert line(rows, "school_0").hasFocus()
    press(line(rows, "school_0"), Qt.Key.Key_Return)
    assert line(rows, "name_1").hasFocus()
    type_text(line(rows, "name_1"), "张亮")
    assert rows.records() == (Child(name="张明"), Child(name="张亮"))


def test_enter_passes_by_what_takes_a_row_away(rows: RecordsEditor[Child]) -> None:
    rows.set_records([Child(name="张明", school="第十四中学"), Child(name="张亮")])
    press(line(rows, "school_0"), Qt.Key.Key_Return)
    assert line(rows, "name_1").hasFocus()


def test_an_empty_row_does_not_count(rows: RecordsEditor[Child]) -> None:
    rows.set_records([Child(name="张明", school="第十四中学")])
    rows.add_row()
    assert rows.count() == 1
    assert rows.records() == (Child(name="张明", school="第十四中学"),)


def test_a_wrong_row_says_why(rows: RecordsEditor[Child]) -> None:
    rows.add_row()
    type_text(line(rows, "school_0"), "第十四中学")
    assert rows.records() is None
    assert rows.red() == 1
    assert line(rows, "name_0").hasFocus()
    assert [problem.field for problem in rows.problems] == ["[0].name"]


def test_problems_of_the_office_stand_in_their_rows(rows: RecordsEditor[Child]) -> None:
    rows.set_records([Child(name="张明"), Child(name="张亮")])
    rows.show_problems(Invalid([Problem("children[1].name", "wrong", "此项必填")]), "children")
    assert line(rows, "name_1").property("state") == "bad"
    assert line(rows, "name_0").property("state") != "bad"


def test_a_row_can_be_taken_away(rows: RecordsEditor[Child]) -> None:
    rows.set_records([Child(name="张明"), Child(name="张亮")])
    line(rows, "name_0").setFocus()
    click_key(line(rows, "name_0"), Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert rows.records() == (Child(name="张亮"),)


def test_lists_have_no_editor_of_their_own_in_a_form() -> None:
    assert list(FormView(Family).boxes) == ["head"]
