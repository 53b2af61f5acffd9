"""The card of the household page that says who of the staff is related to it."""

from typing import Any

from PySide6.QtWidgets import QLabel

from app.disbursements.deciding_records import TieForm
from app.disbursements.ties import colleagues, declare_tie, ties_of
from app.households.records import ById
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui.kit.buttons import Button
from ui.pages.household.ties import TiesCard


def card(seat: Seat[Any]) -> TiesCard:
    found = seat.page.findChild(TiesCard)
    assert found is not None
    return found


def words(seat: Seat[Any]) -> str:
    return " ".join(each.text() for each in card(seat).findChildren(QLabel) if each.isVisible())


def names(world: World, household_id: int) -> list[str]:
    return [tie.name for tie in world.ask("wang", ties_of, ById(id=household_id))]


def test_one_says_it_of_oneself_and_somebody_else_ends_it(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = sit("wang", "household", accepted.household_id)
    assert "没有登记" in words(seat)
    seat.asking.reason_given = "户主的外甥女"
    card(seat).declare.click()
    seat.rest()
    assert names(world, accepted.household_id) == ["王芳"]
    assert "王芳：户主的外甥女" in words(seat)
    end = next(each for each in card(seat).findChildren(Button) if each is not card(seat).declare)
    assert not end.isEnabled()
    other = sit("zhao", "household", accepted.household_id)
    other.asking.reason_given = "登记有误"
    buttons = card(other).findChildren(Button)
    next(each for each in buttons if each is not card(other).declare).click()
    other.rest()
    assert names(world, accepted.household_id) == []


def test_a_supervisor_chooses_of_whom(world: World, sit: Seats) -> None:
    accepted = world.file()
    seat = sit("zhao", "household", accepted.household_id)
    seat.asking.reason_given = "同乡同族"
    from_menu = card(seat)
    people = world.ask("zhao", colleagues)
    menu = from_menu.menu(people)
    assert [entry.text() for entry in menu.actions()] == [each.name for each in people]
    menu.actions()[0].trigger()
    seat.rest()
    assert names(world, accepted.household_id) == [people[0].name]


def test_who_only_reads_cannot_put_anything_on_record(world: World, sit: Seats) -> None:
    accepted = world.file()
    form = TieForm(household_id=accepted.household_id, note="户主的弟弟")
    world.do("zhao", declare_tie, form)
    seat = sit("zhou", "household", accepted.household_id)
    assert "赵建国：户主的弟弟" in words(seat)
    assert not any(each.isEnabled() for each in card(seat).findChildren(Button))
