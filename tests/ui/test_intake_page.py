"""The intake page: typed by keys, kept at every moment, accepted with its receipt printed."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.cases.queries import case_rows
from app.cases.records import CaseQuery, IntakeForm
from app.core.errors import StoreBusy
from app.core.record import Nothing
from app.core.words import Answer
from app.demo.half import half_typed
from app.drafts.actions import save_draft
from app.drafts.queries import draft_view, my_drafts
from app.drafts.records import DraftById, DraftForm
from app.households.actions import change_household, open_form
from app.households.records import ChangeForm, HouseholdForm, Reveal
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery
from tests.ui.conftest import PATIENCE_MS, click_key, type_text
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.drafting import AT_MOST_MS, PAUSE_MS
from ui.kit.buttons import Button, IconButton
from ui.kit.labels import Status
from ui.pages.intake import IntakePage
from ui.pages.intake.application import MeasureCard
from ui.pages.intake.merging import merge

HALF = "1380000"
"""A mobile number that is not typed to its end."""


def intake(sit: Seats, what: object = "new") -> Seat[IntakePage]:
    return sit("wang", "intake", what)


def went(seat: Seat[Any]) -> list[tuple[str, object]]:
    """Catch where the page wants to go instead of going there."""
    caught: list[tuple[str, object]] = []

    def catch(name: str, what: object) -> None:
        caught.append((name, what))

    seat.page.go.disconnect()
    seat.page.go.connect(catch)
    return caught


def toasts_of(seat: Seat[Any]) -> list[str]:
    """Catch what the page says was done."""
    said: list[str] = []

    def say(words: str, _undo: object) -> None:
        said.append(words)

    seat.page.toast.connect(say)
    return said


def banners_of(seat: Seat[Any]) -> list[str]:
    """Catch what the frame says of errors."""
    said: list[str] = []

    def say(_tone: str, title: str, text: str) -> None:
        said.append(title + text)

    seat.desk.feedback.banner.connect(say)
    return said


def line(seat: Seat[IntakePage], name: str) -> QLineEdit:
    found = seat.page.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def button(seat: Seat[IntakePage], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None, name
    return found


def typed(seat: Seat[IntakePage], name: str, text: str) -> QLineEdit:
    field = line(seat, name)
    field.setFocus()
    field.selectAll()
    click_key(field, Qt.Key.Key_Backspace)
    type_text(field, text)
    return field


def fill(seat: Seat[IntakePage], form: IntakeForm) -> None:
    """Fill the page as if the household had been typed."""
    seat.page.form.show_household(form.household)
    seat.page.form.application.set_record(form.application)
    seat.page.form.edited.emit()
    seat.page.advice.look()
    seat.rest()


def states(seat: Seat[IntakePage]) -> dict[str, str]:
    return {entry.key: entry.state for entry in seat.page.form.entries()}


def focused() -> str:
    widget = theme.application().focusWidget()
    return widget.objectName() if widget else ""


def banner(seat: Seat[IntakePage]) -> str:
    return seat.page.banners.says()


# Typing and handing in


def test_the_id_field_has_the_focus_and_enter_goes_on(sit: Seats) -> None:
    seat = intake(sit)
    assert focused() == "head.id_number"
    passed: list[str] = []
    for _field in range(9):
        widget = theme.application().focusWidget()
        assert widget is not None
        click_key(widget, Qt.Key.Key_Return)
        passed.append(focused())
    assert passed[:3] == ["head.name", "head.ethnicity", "head.phone"]
    assert passed[-4:] == [
        "head.person_type",
        "head.district",
        "head.address",
        "income.members_living_together",
    ]
    assert set(states(seat).values()) == {"empty"}


def test_a_household_typed_by_keys_is_accepted_and_its_receipt_printed(
    world: World, sit: Seats
) -> None:
    seat = intake(sit)
    caught = went(seat)
    toasts = toasts_of(seat)
    head = world.form().household.head
    typed(seat, "head.id_number", head.id_number)
    typed(seat, "head.name", head.name)
    typed(seat, "head.phone", head.phone)
    typed(seat, "income.income_12_months", "36000")
    typed(seat, "income.members_living_together", "3")
    card = seat.page.findChild(MeasureCard, "application.items.living_relief")
    assert card is not None
    click_key(card, Qt.Key.Key_Space)
    click_key(seat.window, Qt.Key.Key_F9)
    seat.rest()
    seat.rest()
    case = world.ask("wang", case_rows, CaseQuery())[0]
    assert (case.name, case.items) == (head.name, ("生活救助",))
    assert caught == [("household", case.household_id)]
    assert len(seat.sheets.sheets) == 1
    assert world.ask("wang", paper_rows, PaperQuery())[0].prints == 1
    assert toasts == [f"已受理 {case.number}，回执已打印 1 份"]
    assert seat.page.form.head.blank()
    assert world.ask("wang", my_drafts, Nothing()) == []


def test_without_a_printer_the_receipt_stays_under_to_print(world: World, sit: Seats) -> None:
    seat = intake(sit)
    seat.desk.printer = None
    went(seat)
    toasts = toasts_of(seat)
    fill(seat, world.form())
    seat.page.hand_in()
    seat.rest()
    seat.rest()
    assert toasts[0].endswith("回执留在“待打印”")
    assert world.ask("wang", paper_rows, PaperQuery(unprinted=True))


def test_what_is_wrong_is_listed_and_the_first_gets_the_focus(world: World, sit: Seats) -> None:
    seat = intake(sit)
    head = world.form().household.head
    typed(seat, "head.id_number", head.id_number)
    typed(seat, "head.phone", HALF)
    button(seat, "act_accept").click()
    seat.rest()
    assert focused() == "head.name"
    assert "有 2 项需要改正" in banner(seat)
    assert "姓名：此项必填" in banner(seat)
    assert "手机应为 11 位，现为 7 位" in banner(seat)
    assert states(seat)["head"] == "wrong"
    assert world.ask("wang", case_rows, CaseQuery()) == []


def test_the_same_person_twice_is_marked_in_its_row(world: World, sit: Seats) -> None:
    seat = intake(sit)
    form = world.form()
    head = form.household.head
    twin = replace(form.household.members[0], id_number=head.id_number)  # pyright: ignore[reportArgumentType] - a Record is a dataclass
    household = replace(form.household, members=(twin,))  # pyright: ignore[reportArgumentType] - a Record is a dataclass
    fill(seat, replace(form, household=household))  # pyright: ignore[reportArgumentType] - a Record is a dataclass
    seat.page.hand_in()
    seat.rest()
    assert "第 1 位成员" in banner(seat)
    assert states(seat)["members"] == "wrong"
    assert focused() == "id_number_0"


def test_somebody_of_another_open_file_is_not_taken_in_twice(world: World, sit: Seats) -> None:
    form = world.form()
    world.accept(form)
    seat = intake(sit)
    told = banners_of(seat)
    fill(seat, form)
    seat.page.hand_in()
    seat.rest()
    assert "已在另一份档案中" in told[0]
    assert seat.page.form.name() == form.household.head.name


# The rail


def test_the_rail_tells_what_is_missing_and_alt_n_goes_there(world: World, sit: Seats) -> None:
    seat = intake(sit)
    form = world.form()
    fill(seat, form)
    assert states(seat)["head"] == states(seat)["declaration"] == "done"
    typed(seat, "income.income_12_months", "")
    seat.page.form.head.first().setFocus()
    assert states(seat)["income"] == "short"
    for _member in seat.page.form.members.gaps():
        seat.page.next_gap()
        assert focused() == "members_more"
    seat.page.next_gap()
    assert focused() == "income.income_12_months"
    assert seat.page.rail.current() == "income"
    click_key(seat.window, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    assert seat.page.rail.current() == "account"


def test_people_who_live_there_and_have_no_row_are_missing(sit: Seats) -> None:
    seat = intake(sit)
    typed(seat, "income.members_living_together", "3")
    click_key(seat.page.rail, Qt.Key.Key_Insert)
    type_text(line(seat, "name_0"), "张示例")
    entry = next(entry for entry in seat.page.form.entries() if entry.key == "members")
    assert entry.words == "缺 6 项"  # five cells of one row, and one more person


def test_the_declaration_settles_every_exclusion_in_one_act(sit: Seats) -> None:
    seat = intake(sit)
    assert states(seat)["declaration"] == "empty"
    box = seat.page.findChild(QCheckBox, "declaration.declared")
    assert box is not None
    box.click()
    assert states(seat)["declaration"] == "done"
    record = seat.page.form.household().declaration
    assert record.declared
    assert record.has_motor_vehicle is Answer.NOT_ASKED


# What is looked up meanwhile


def test_the_bar_says_what_the_form_comes_to_and_what_is_missing(world: World, sit: Seats) -> None:
    seat = intake(sit)
    fill(seat, world.form())
    assert "预判　深度困难　月人均净收入" in seat.page.bar().text()
    typed(seat, "income.income_12_months", "")
    seat.page.advice.look()
    seat.rest()
    assert "暂不能认定" in seat.page.bar().text()
    assert "还缺 家庭近 12 个月总收入" in seat.page.bar().text()
    click_key(seat.window, Qt.Key.Key_F7)
    assert seat.page.pane.isVisible()


def test_the_pane_says_what_there_is_to_get_and_what_waits(world: World, sit: Seats) -> None:
    seat = intake(sit)
    fill(seat, world.form())
    click_key(seat.window, Qt.Key.Key_F7)
    words = [label.text() for label in seat.page.pane.findChildren(QLabel)]
    groups = [each.text for each in seat.page.pane.findChildren(Status)]
    assert groups == ["可享受", "待补材料", "暂不符合"]
    assert words[words.index("生活救助") + 1] == "最高 10,800.00 元"
    assert words[words.index("劳动争议调解、仲裁帮助") + 1].startswith("缺 1 项：")


def test_likenesses_say_what_agrees_and_never_block(world: World, sit: Seats) -> None:
    known = world.accept()
    other = world.form()
    seat = intake(sit)
    head = world.do("wang", open_form, Reveal(household_id=known.household_id)).household.head
    alike = replace(other.household.head, phone=head.phone)
    household = replace(other.household, head=alike)  # pyright: ignore[reportArgumentType] - a Record is a dataclass
    fill(seat, replace(other, household=household))  # pyright: ignore[reportArgumentType] - a Record is a dataclass
    assert f"可能重复：{head.name}" in seat.page.likenesses.says()
    assert "依据：手机相同，可继续登记" in seat.page.likenesses.says()
    caught = went(seat)
    click_key(seat.window, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    assert caught == [("household", known.household_id)]
    button(seat, "another_person").click()
    assert seat.page.likenesses.says() == ""
    seat.page.hand_in()
    seat.rest()
    assert len(world.ask("wang", case_rows, CaseQuery())) == 2


def test_the_panel_says_who_cannot_be_taken_in_a_second_time(world: World, sit: Seats) -> None:
    known = world.accept()
    seat = intake(sit)
    head = world.do("wang", open_form, Reveal(household_id=known.household_id)).household.head
    typed(seat, "head.id_number", head.id_number)
    seat.page.advice.look()
    seat.rest()
    says = "依据：公民身份号码相同。一个人只能在一份档案里，请打开已有户"
    assert says in seat.page.likenesses.says()
    assert not seat.page.likenesses.findChildren(Button, "another_person")


# Drafts


def test_a_draft_comes_back_exactly_as_it_was_typed(world: World, sit: Seats) -> None:
    seat = intake(sit)
    head = world.form().household.head
    typed(seat, "head.id_number", head.id_number)
    typed(seat, "head.name", head.name)
    typed(seat, "head.phone", HALF)
    typed(seat, "income.income_12_months", "12..5")
    seat.page.form.members.rows.add_row()
    type_text(line(seat, "name_0"), "张")
    type_text(line(seat, "id_number_0"), "2390")
    seat.page.before_leaving()
    seat.rest()
    before, draft = seat.page.form.typed(), seat.page.keeper.draft_id
    seat.page.open("new")
    assert seat.page.form.head.blank()
    assert seat.page.keeper.draft_id != draft
    seat.page.open(draft)
    seat.rest()
    assert seat.page.form.typed() == before
    assert seat.page.keeper.draft_id == draft
    assert states(seat)["head"] == "wrong"


def test_the_draft_of_the_demonstration_goes_on_here(world: World, sit: Seats) -> None:
    content = half_typed(world.form())
    draft = DraftForm(id="d1", form="intake", title="某户", content=content)
    world.do("wang", save_draft, draft)
    seat = intake(sit, "d1")
    seat.rest()
    typed_now = seat.page.form.typed()
    (member,) = content.pop("members")
    assert content.items() <= typed_now.items()
    assert member.items() <= typed_now["members"][0].items()
    assert states(seat)["head"] == "wrong"  # the telephone ends in the middle


def test_a_draft_is_saved_by_itself_within_its_time(world: World, sit: Seats, qtbot: QtBot) -> None:
    assert (PAUSE_MS, AT_MOST_MS) == (1_000, 2_000)
    seat = intake(sit)
    said: list[str] = []
    seat.page.saved.connect(said.append)
    type_text(line(seat, "head.id_number"), "23")
    with qtbot.waitSignal(seat.page.keeper.kept, timeout=PATIENCE_MS):
        timers = seat.page.keeper.findChildren(QTimer)
        running = {timer.interval() for timer in timers if timer.isActive()}
        assert running == {PAUSE_MS, AT_MOST_MS}
    draft = world.ask("wang", draft_view, DraftById(id=seat.page.keeper.draft_id))
    assert draft.content["head.id_number"] == "23"
    assert said[-1].startswith("草稿已存 ")


def test_leaving_a_field_saves_at_once(world: World, sit: Seats) -> None:
    seat = intake(sit)
    typed(seat, "head.name", "李示例")
    line(seat, "head.phone").setFocus()
    seat.rest()
    assert world.ask("wang", my_drafts, Nothing())[0].title == "李示例"


def test_locking_saves_what_was_typed_and_asks_nothing(world: World, sit: Seats) -> None:
    seat = intake(sit)
    typed(seat, "head.name", "李示例")
    seat.window.save_drafts()
    seat.rest()
    assert world.ask("wang", my_drafts, Nothing())
    assert seat.asking.asked == []


def test_a_draft_that_cannot_be_saved_is_a_red_banner_and_typing_stays(
    world: World, sit: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = intake(sit)

    def busy(*_args: object) -> None:
        raise StoreBusy

    with monkeypatch.context() as patch:
        patch.setattr(world.office, "perform", busy)
        typed(seat, "head.name", "李示例")
        seat.page.before_leaving()
        seat.rest()
    assert banner(seat).startswith("草稿没有保存")
    assert seat.page.form.name() == "李示例"
    click_key(seat.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    seat.rest()
    assert banner(seat) == ""
    assert world.ask("wang", my_drafts, Nothing())[0].title == "李示例"


# Changing a file


def test_a_file_is_changed_and_its_opening_logged(world: World, sit: Seats) -> None:
    known = world.accept()
    seat = intake(sit, ("change", known.household_id))
    caught = went(seat)
    assert not seat.page.form.application.isVisible()
    number = line(seat, "id_number_0")
    eye = number.findChild(IconButton)
    assert eye is not None
    assert "*" in number.text()
    eye.click()
    assert "*" not in number.text()
    typed(seat, "head.address", "示例街 9 号")
    button(seat, "act_accept").click()
    seat.rest()
    seat.rest()
    assert caught == [("household", known.household_id)]
    form = world.do("wang", open_form, Reveal(household_id=known.household_id))
    assert form.household.head.address == "示例街 9 号"
    verbs = [row.verb for row in world.ask("zhou", audit_rows, AuditQuery())]
    assert verbs.count("households.open_form") == 2


def test_two_people_change_one_file_and_nobody_loses_anything(world: World, sit: Seats) -> None:
    known = world.accept()
    seat = intake(sit, ("change", known.household_id))
    caught = went(seat)
    typed(seat, "head.address", "示例街 9 号")
    theirs: ChangeForm = world.do("wang", open_form, Reveal(household_id=known.household_id))
    head = replace(theirs.household.head, phone="13900001111")
    household = replace(theirs.household, head=head)  # pyright: ignore[reportArgumentType] - a Record is a dataclass
    form = ChangeForm(id=theirs.id, version=theirs.version, household=household)
    world.do("wang", change_household, form)
    seat.page.hand_in()
    seat.rest()
    seat.rest()
    assert "王芳刚才也改了：手机" in banner(seat)
    assert seat.page.form.head.value("phone") == "13900001111"
    assert seat.page.form.head.value("address") == "示例街 9 号"
    seat.page.hand_in()
    seat.rest()
    seat.rest()
    assert caught == [("household", known.household_id)]


def test_of_two_changes_of_one_field_the_one_typed_here_stays(world: World) -> None:
    base: HouseholdForm = world.form().household

    def with_phone(phone: str) -> HouseholdForm:
        return replace(base, head=replace(base.head, phone=phone))  # pyright: ignore[reportArgumentType] - a Record is a dataclass

    both = merge(base, with_phone("13900001111"), with_phone("13900002222"))
    assert both.form.head.phone == "13900001111"
    assert both.theirs == ("手机",)
    assert merge(None, with_phone("13900001111"), base).form == with_phone("13900001111")


# Room


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_cut_on_the_smallest_screen(world: World, sit: Seats, percent: int) -> None:
    theme.use(theme.application(), theme.Scheme.LIGHT, percent)
    seat = intake(sit)
    fill(seat, world.form())
    least: QWidget = seat.window
    assert least.minimumSizeHint().width() <= 1366
    assert least.minimumSizeHint().height() <= 690
    assert seat.page.form.minimumSizeHint().width() <= seat.page.form.width()
    seat.page.sides.turn_pane()
    seat.rest()
    if seat.page.form.isVisible():
        assert seat.page.form.minimumSizeHint().width() <= seat.page.form.width()
