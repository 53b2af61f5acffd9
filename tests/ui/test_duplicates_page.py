"""Duplicates side by side, and the acts on the members of one household, by keyboard."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QRadioButton, QWidget

from app.cases.queries import case_rows
from app.cases.records import CaseQuery
from app.core.words.households import FileState
from app.households.queries import household_view
from app.households.records import ById, HouseholdView
from tests.filled import raw
from tests.people import household, intake, member
from tests.ui.conftest import click_key, type_text
from tests.ui.conftest import settle as settled
from tests.ui.desks import Seat, Seats
from tests.ui.test_household_page import button, press, texts, went
from tests.world import World, changed
from ui import theme

A, B, C = member("张小明", 4, "儿子"), member("张小红", 6), member("李秀英", 8, "母亲")
CTRL = Qt.KeyboardModifier.ControlModifier


def register(world: World, form: Any) -> int:
    return world.accept(intake(form)).household_id


def doubles(world: World) -> tuple[int, int]:
    """Return a household that was filed in other years as well: some people twice, some once."""
    form = household("李秀梅", members=(changed(A, health="良好"), C))
    head = changed(form.head, address="南岗区示例街 12 号 3 单元 501", work_unit="示例纺织厂")
    old = register(world, changed(form, head=head))
    with raw(world.office.path) as sql:
        sql.run(
            "UPDATE household SET file_state = 'closed', file_number = '哈工帮档〔2011〕第00311号'"
        )
        sql.run("UPDATE member SET active = 0")
    named = member("李秀英", None, "母亲")
    form = household("李秀梅", phone="15400009999", members=(A, B, named), card="")
    head = changed(form.head, address="道外区示例路 7 号", work_unit="示例针织厂")
    return register(world, changed(form, head=head)), old


def view(world: World, id_: int) -> HouseholdView:
    return world.ask("wang", household_view, ById(id=id_))


def find(seat: Seat[Any], kind: Any, name: str) -> Any:
    found = seat.page.findChild(kind, name)
    assert found is not None, name
    return found


def rest(seat: Seat[Any]) -> None:
    for _each in range(3):
        seat.rest()


def test_the_worklist_leads_by_keys_to_one_file(world: World, sit: Seats) -> None:
    kept, old = doubles(world)
    seat = sit("wang", "duplicates")
    rest(seat)
    assert seat.page.table.texts()[0][0].startswith("李秀梅")
    assert "哈工帮档〔2011〕第00311号" in texts(seat)
    assert "南岗区示例街 12 号 3 单元 501" in texts(seat)
    click_key(seat.page.table.view, Qt.Key.Key_Return)
    focus = theme.application().focusWidget()
    assert isinstance(focus, QRadioButton)
    assert focus.objectName().startswith("kept_household."), "the kept one wins at first"
    click_key(focus, Qt.Key.Key_Right)
    taken = theme.application().focusWidget()
    assert isinstance(taken, QRadioButton)
    assert taken.objectName().startswith("other_household.")
    seat.asking.reason_given = "同一户两次建档"
    click_key(seat.window, Qt.Key.Key_F9)
    rest(seat)
    after = view(world, kept)
    assert [each.file_number for each in after.merged] == ["哈工帮档〔2011〕第00311号"]
    assert [each.name for each in after.members] == ["李秀梅", "张小明", "张小红", "李秀英"]
    assert view(world, old).id == kept
    assert seat.page.table.rows() == []


def test_two_households_that_only_look_alike_are_noted(world: World, sit: Seats) -> None:
    doubles(world)
    seat = sit("wang", "duplicates")
    rest(seat)
    seat.asking.reason_given = "同名不同人"
    click_key(seat.window, Qt.Key.Key_D, CTRL)
    rest(seat)
    assert seat.page.table.rows() == []
    assert "没有这样的重复户" in texts(seat)


def test_who_may_only_look_sees_why_the_acts_are_closed(world: World, sit: Seats) -> None:
    doubles(world)
    seat = sit("zhao", "duplicates")
    rest(seat)
    assert not button(seat, "act_merge").isEnabled()


def test_the_other_file_is_kept_where_that_may_be(world: World, sit: Seats) -> None:
    doubles(world)
    seat = sit("wang", "duplicates")
    rest(seat)
    click_key(seat.window, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    rest(seat)
    assert "在用，请保留它" in texts(seat, seat.page.bar())
    assert not button(seat, "act_merge").isEnabled()


def test_the_double_of_one_household_is_found_and_merged(world: World, sit: Seats) -> None:
    kept, _old = doubles(world)
    other = register(world, household("赵示例", 40, phone="15400009999", card=""))
    seat = sit("wang", "duplicates", ("household", kept))
    rest(seat)
    names = [row[0] for row in seat.page.picker.table.texts()]
    assert any(name.startswith("李秀梅") for name in names)
    assert any(name.startswith("赵示例") for name in names), "the same mobile"
    line = seat.page.picker.line
    line.setFocus()
    type_text(line, "赵示例")
    settled()
    click_key(line, Qt.Key.Key_Return)
    rest(seat)
    assert seat.page.picker.table.texts()[0][0].startswith("赵示例")
    assert seat.page.picker.table.view.hasFocus()
    assert "赵示例" in texts(seat)
    went_to = went(seat)
    seat.asking.reason_given = "夫妻两次建档"
    click_key(seat.window, Qt.Key.Key_F9)
    rest(seat)
    assert went_to == [("household", kept)]
    assert view(world, other).id == kept


def test_a_pair_that_is_not_one_person_joins_with_a_relation(world: World, sit: Seats) -> None:
    kept, _old = doubles(world)
    seat = sit("wang", "duplicates")
    rest(seat)
    mother = next(each for each in view(world, kept).members if each.name == "李秀英")
    one = find(seat, QCheckBox, f"same_{mother.id}")
    assert one.isChecked()
    one.click()
    form = seat.page.view.form("理由")
    assert len(form.same) == 2
    assert [each.relation for each in form.relations] == ["母亲"], "the heads are one person"


# The acts on one household


def acts_menu(seat: Seat[Any]) -> dict[str, QAction]:
    return {each.text(): each for each in seat.page.regroup.menu().actions()}


def test_a_household_is_split_from_its_page_and_back(world: World, sit: Seats) -> None:
    id_ = register(world, household("李秀梅", members=(A, B, C)))
    seat = sit("wang", "household", id_)
    rest(seat)
    went_to = went(seat)
    acts_menu(seat)["分户…"].trigger()
    assert went_to == [("regroup", ("split", id_))]

    seat = sit("wang", "regroup", ("split", id_))
    rest(seat)
    assert not button(seat, "act_regroup").isEnabled()
    people = {each.name: each.id for each in view(world, id_).members}
    find(seat, QRadioButton, f"chosen_{people['李秀英']}").click()
    find(seat, QCheckBox, f"goes_{people['张小红']}").click()
    form = seat.page.forms["split"]
    form.set_value("phone", "15400007777")
    form.set_value("reason", "老人带孙女另过")
    went_to = went(seat)
    click_key(seat.window, Qt.Key.Key_F9)
    rest(seat)
    page, made = went_to[0]
    assert page == "household"
    assert isinstance(made, int)
    assert [each.name for each in view(world, made).members] == ["李秀英", "张小红"]

    seat = sit("wang", "household", id_)
    rest(seat)
    seat.page.tabs.setCurrentIndex(1)
    assert "曾在本户：李秀英（母亲）" in texts(seat)
    seat.page.regroup.changes.select(0)
    seat.asking.reason_given = "又一起生活"
    press(seat, "act_undo_change")
    rest(seat)
    assert len(view(world, id_).members) == 4


def test_who_split_off_applies_on_the_intake_page(world: World, sit: Seats) -> None:
    id_ = register(world, household("李秀梅", members=(A, C)))
    seat = sit("wang", "regroup", ("split", id_))
    rest(seat)
    people = {each.name: each.id for each in view(world, id_).members}
    find(seat, QRadioButton, f"chosen_{people['李秀英']}").click()
    seat.page.forms["split"].set_value("phone", "15400007777")
    seat.page.forms["split"].set_value("reason", "老人另过")
    made = went(seat)
    click_key(seat.window, Qt.Key.Key_F9)
    rest(seat)
    split_off = made[0][1]
    assert isinstance(split_off, int)
    seat = sit("wang", "household", split_off)
    rest(seat)
    went_to = went(seat)
    assert button(seat, "act_apply").words() == "登记申请"
    click_key(seat.window, Qt.Key.Key_F9)
    assert went_to == [("intake", ("apply", split_off))]
    seat = sit("wang", *went_to[0])
    rest(seat)
    assert seat.page.form.household().head.name == "李秀英"
    assert seat.page.form.application.isVisible()
    went_to = went(seat)
    click_key(seat.window, Qt.Key.Key_F9)
    rest(seat)
    assert went_to == [("household", split_off)]
    (case,) = world.ask("wang", case_rows, CaseQuery(household_id=split_off))
    assert case.name == "李秀英"


def test_a_member_moves_to_a_household_that_is_searched_for(world: World, sit: Seats) -> None:
    id_ = register(world, household("李秀梅", members=(A, B)))
    to = register(world, household("赵示例", 40, phone="15400008888", card=""))
    seat = sit("wang", "regroup", ("move", id_))
    rest(seat)
    people = {each.name: each.id for each in view(world, id_).members}
    find(seat, QRadioButton, f"chosen_{people['张小红']}").click()
    type_text(seat.page.picker.line, "赵示例")
    settled()
    assert not button(seat, "act_regroup").isEnabled(), "nothing was gone to yet"
    click_key(seat.page.picker.line, Qt.Key.Key_Return)
    rest(seat)
    assert "张小红转到赵示例户" in texts(seat, seat.page.bar())
    form = seat.page.forms["move"]
    form.set_value("relation", "女儿")
    form.set_value("reason", "随父亲生活")
    click_key(seat.window, Qt.Key.Key_F9)
    rest(seat)
    assert [each.name for each in view(world, to).members] == ["赵示例", "张小红"]


def test_another_member_becomes_the_head_on_the_page(world: World, sit: Seats) -> None:
    id_ = register(world, household("李秀梅", members=(A, member("无证者"))))
    seat = sit("wang", "regroup", ("head", id_))
    rest(seat)
    people = {each.name: each.id for each in view(world, id_).members}
    assert not find(seat, QRadioButton, f"chosen_{people['无证者']}").isEnabled()
    find(seat, QRadioButton, f"chosen_{people['张小明']}").click()
    seat.page.forms["head"].set_value("reason", "原户主长期住院")
    click_key(seat.window, Qt.Key.Key_F9)
    rest(seat)
    assert view(world, id_).name == "张小明"


def test_the_page_of_a_merged_household_is_that_of_the_file_kept(world: World, sit: Seats) -> None:
    kept, old = doubles(world)
    seat = sit("wang", "duplicates")
    rest(seat)
    seat.asking.reason_given = "同一户"
    click_key(seat.window, Qt.Key.Key_F9)
    rest(seat)
    seat = sit("wang", "household", old)
    rest(seat)
    assert seat.page.regroup.changes.rows()
    seat.page.tabs.setCurrentIndex(1)
    assert "并入本档案：哈工帮档〔2011〕第00311号" in texts(seat)
    assert view(world, kept).file_state is FileState.PENDING


def test_the_pages_fit_their_window_at_both_sizes(
    world: World, sit: Seats, picture: Callable[[QWidget, str], Path]
) -> None:
    kept, _old = doubles(world)
    for percent in (100, 150):
        theme.use(theme.application(), theme.Scheme.LIGHT, percent)
        for name, what in (
            ("duplicates", None),
            ("regroup", ("split", kept)),
            ("regroup", ("move", kept)),
            ("regroup", ("head", kept)),
        ):
            seat = sit("wang", name, what)
            rest(seat)
            if what is not None:
                seat.page.people.rows[1].chosen.click()
            assert seat.window.minimumSizeHint().width() <= 1366
            assert seat.window.minimumSizeHint().height() <= 690
            picture(seat.window, f"{name}-{what[0] if what else 'list'}-{percent}")
        seat = sit("wang", "duplicates")
        rest(seat)
        click_key(seat.page.table.view, Qt.Key.Key_Return)
        picture(seat.window, f"duplicates-entered-{percent}")
        seat.page.view.form("理由")
        seat = sit("wang", "duplicates", ("household", kept))
        rest(seat)
        picture(seat.window, f"duplicates-household-{percent}")


def test_the_worklist_is_one_key_from_the_cases(world: World, sit: Seats) -> None:
    seat = sit("wang", "cases")
    went_to = went(seat)
    press(seat, "act_duplicates")
    assert went_to == [("duplicates", None)]
