"""Staff on the screen: new people, other roles, leaving, new passwords, and who may not."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.words.staff import Role
from app.staff.queries import staff_rows
from app.staff.records import StaffRow
from db.trouble import WrongPassword
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui.kit.form import FormView
from ui.pages.staff import StaffPage


def person(world: World, user: str) -> StaffRow:
    rows: list[StaffRow] = world.ask("admin", staff_rows)
    return next(row for row in rows if row.user == user)


def message(form: FormView[Any], field: str) -> str:
    return form.boxes[field].message.text()


def type_in(page: StaffPage, again: str = "lin-2026") -> None:
    page.begin_adding()
    for name, value in {
        "name": "林晓",
        "user": "lin",
        "password": "lin-2026",
        "again": again,
        "roles": (Role.CASEWORKER, Role.JOB_OFFICER),
    }.items():
        page.newcomer.set_value(name, value)


def test_everybody_stands_in_the_list(sit: Seats) -> None:
    seat: Seat[StaffPage] = sit("admin", "staff")
    assert len(seat.page.table.rows()) == 7
    assert seat.page.table.texts()[0][:3] == ("何平", "管理员", "在岗")


def test_a_new_person_signs_in_with_the_first_password(world: World, sit: Seats) -> None:
    seat: Seat[StaffPage] = sit("admin", "staff")
    QTest.keyClick(seat.page, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    type_in(seat.page)
    seat.window.press("F9")
    seat.rest()
    assert set(person(world, "lin").roles) == {Role.CASEWORKER, Role.JOB_OFFICER}
    assert world.office.sign_in("lin", "lin-2026").name == "林晓"
    assert (current := seat.page.table.current()) is not None
    assert current.user == "lin"


def test_a_password_is_typed_the_same_twice(world: World, sit: Seats) -> None:
    seat: Seat[StaffPage] = sit("admin", "staff")
    type_in(seat.page, again="lin-2027")
    seat.window.press("F9")
    seat.rest()
    assert message(seat.page.newcomer, "again") == "两次输入的密码不一样"
    assert len(world.ask("admin", staff_rows)) == 7


def test_what_the_office_finds_wrong_stands_at_its_field(sit: Seats) -> None:
    seat: Seat[StaffPage] = sit("admin", "staff")
    type_in(seat.page)
    for name in ("password", "again"):
        seat.page.newcomer.set_value(name, "11111111")
    seat.window.press("F9")
    seat.rest()
    assert message(seat.page.newcomer, "password") == "这个密码太容易猜到，请换一个"
    type_in(seat.page)
    seat.page.newcomer.set_value("roles", ())
    seat.window.press("F9")
    assert message(seat.page.newcomer, "roles") == "请至少选一个角色"
    type_in(seat.page)
    seat.page.newcomer.set_value("user", "wang")
    seat.window.press("F9")
    seat.rest()
    assert "wang 已有人用" in seat.page.banners.says()


def test_roles_change_and_people_leave(world: World, sit: Seats) -> None:
    seat: Seat[StaffPage] = sit("admin", "staff")
    page = seat.page
    assert page.table.select_where(lambda row: row.user == "li")
    page.change.set_value("roles", (Role.CASEWORKER,))
    page.change.set_value("active", False)
    seat.window.press("F9")
    seat.rest()
    assert person(world, "li").roles == (Role.CASEWORKER,)
    assert not person(world, "li").active


def test_the_last_administrator_stays(world: World, sit: Seats) -> None:
    seat: Seat[StaffPage] = sit("admin", "staff")
    seat.page.change.set_value("active", False)
    seat.window.press("F9")
    seat.rest()
    assert "唯一的管理员" in seat.page.banners.says()
    assert person(world, "admin").active


def test_a_new_password_replaces_the_old_one(world: World, sit: Seats) -> None:
    seat: Seat[StaffPage] = sit("admin", "staff")
    page = seat.page
    assert page.table.select_where(lambda row: row.user == "wang")
    page.password.click()
    page.secret.set_value("password", "neu-2026!")
    page.secret.set_value("again", "neu-2026!")
    seat.window.press("F9")
    seat.rest()
    assert world.office.sign_in("wang", "neu-2026!").user == "wang"
    with pytest.raises(WrongPassword):
        world.office.sign_in("wang", "demo-2012")
    assert page.secret.value("password") == ""


def test_the_auditor_reads_and_changes_nothing(sit: Seats) -> None:
    seat: Seat[StaffPage] = sit("zhou", "staff")
    assert seat.page.new.reason == "需要权限：维护人员"
    assert seat.page.save.reason == "需要权限：维护人员"
    assert seat.page.password.reason == "需要权限：维护人员"
