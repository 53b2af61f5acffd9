"""The staff list and the key file beside the store: who is taken in, who leaves, who comes back."""

import pytest

from app.core.errors import Conflict, Invalid, NotFound
from app.core.words.staff import Role
from app.demo.center import PASSWORD
from app.entrance import accounts, open_store
from app.staff.actions import change_staff, note_new_password
from app.staff.queries import staff_rows
from app.staff.records import ByUser, PasswordForm, StaffChange, StaffForm, StaffRow
from app.staff.rules import LastAdministrator, UserTaken
from db.trouble import WrongPassword
from tests.world import World, changed

CHEN = StaffForm(user="chen", name="陈红", roles=(Role.CASEWORKER,), password="kept-nowhere-1")


def row_of(world: World, user: str) -> StaffRow:
    return next(row for row in world.ask("admin", staff_rows) if row.user == user)


def change_of(row: StaffRow, **other: object) -> StaffChange:
    change = StaffChange(
        id=row.id, version=row.version, name=row.name, roles=row.roles, active=row.active
    )
    return changed(change, **other)


def users(world: World) -> list[str]:
    return [account.user for account in accounts(world.office.path)]


def test_who_is_taken_in_can_sign_in(world: World) -> None:
    done = world.office.add_staff(world.people["admin"], CHEN)
    actor = world.office.sign_in("chen", "kept-nowhere-1")
    assert (actor.id, actor.name, actor.roles) == (done.result, "陈红", {Role.CASEWORKER})
    assert users(world)[-1] == "chen"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"user": "wang"}, UserTaken),
        ({"user": "陈"}, Invalid),
        ({"user": "Chen!"}, Invalid),
        ({"name": ""}, Invalid),
        ({"roles": ()}, Invalid),
        ({"password": "short"}, Invalid),
        ({"password": "12345678"}, Invalid),
        ({"password": "aaaaaaaaaa"}, Invalid),
    ],
)
def test_who_cannot_be_taken_in_leaves_no_key_behind(
    world: World, wrong: dict[str, object], error: type[Exception]
) -> None:
    before = users(world), len(world.ask("admin", staff_rows))
    with pytest.raises(error):
        world.office.add_staff(world.people["admin"], changed(CHEN, **wrong))
    assert (users(world), len(world.ask("admin", staff_rows))) == before
    assert world.office.sign_in("wang", PASSWORD)


def test_who_leaves_has_no_key_any_more(world: World) -> None:
    world.do("admin", change_staff, change_of(row_of(world, "sun"), active=False))
    assert "sun" not in users(world)
    with pytest.raises(WrongPassword):
        world.office.sign_in("sun", PASSWORD)
    with pytest.raises(WrongPassword):
        world.office.enter("sun")
    with pytest.raises(WrongPassword):
        open_store(world.office.path, "sun", PASSWORD)


def test_who_comes_back_gets_a_new_password(world: World) -> None:
    world.do("admin", change_staff, change_of(row_of(world, "sun"), active=False))
    anew = PasswordForm(user="sun", password="back-again-12")
    with pytest.raises(NotFound):
        world.office.change_password(world.people["admin"], anew)
    world.do("admin", change_staff, change_of(row_of(world, "sun"), active=True))
    world.office.change_password(world.people["admin"], anew)
    assert world.office.sign_in("sun", "back-again-12").name == "孙明"


def test_a_new_password_replaces_the_old_one(world: World) -> None:
    world.office.change_password(
        world.people["zhao"], PasswordForm(user="zhao", password="mine-alone-12")
    )
    assert world.office.sign_in("zhao", "mine-alone-12")
    with pytest.raises(WrongPassword):
        world.office.sign_in("zhao", PASSWORD)
    assert sorted(users(world)) == sorted(set(users(world))), "one slot a person"


def test_nobody_gets_a_password_who_is_not_in_the_list(world: World) -> None:
    with pytest.raises(NotFound):
        world.do("admin", note_new_password, ByUser(user="nobody"))
    with pytest.raises(NotFound):
        world.office.change_password(
            world.people["admin"], PasswordForm(user="nobody", password="whoever-12")
        )
    assert "nobody" not in users(world)


@pytest.mark.parametrize("other", [{"active": False}, {"roles": (Role.AUDITOR,)}])
def test_one_administrator_stays(world: World, other: dict[str, object]) -> None:
    with pytest.raises(LastAdministrator):
        world.do("admin", change_staff, change_of(row_of(world, "admin"), **other))
    second = change_of(row_of(world, "li"), roles=(Role.JOB_OFFICER, Role.ADMINISTRATOR))
    world.do("admin", change_staff, second)
    world.do("admin", change_staff, change_of(row_of(world, "admin"), **other))


def test_other_roles_hold_from_the_next_sign_in(world: World) -> None:
    world.do("admin", change_staff, change_of(row_of(world, "li"), roles=(Role.AUDITOR,)))
    assert world.office.sign_in("li", PASSWORD).roles == {Role.AUDITOR}


def test_a_stale_page_does_not_overwrite_a_colleague(world: World) -> None:
    stale = change_of(row_of(world, "li"), name="李强强")
    world.do("admin", change_staff, change_of(row_of(world, "li"), name="李大强"))
    with pytest.raises(Conflict):
        world.do("admin", change_staff, stale)


def test_those_who_left_stand_at_the_end_of_the_list(world: World) -> None:
    world.do("admin", change_staff, change_of(row_of(world, "li"), active=False))
    rows = world.ask("zhou", staff_rows)
    assert [row.user for row in rows][-1] == "li"
    assert [row.user for row in rows][:-1] == sorted(row.user for row in rows[:-1])
