"""The list of services and referrals: what is in hand first, narrowed by each part, counted."""

from datetime import date

import pytest

from app.core.words.services import ServiceState
from app.services.actions import close_service, withdraw_service
from app.services.queries import service_rows, services_waiting
from app.services.records import (
    CloseForm,
    Requested,
    ServiceQuery,
    ServicesWaiting,
    WithdrawForm,
)
from tests.world import World


@pytest.fixture
def four(world: World) -> list[Requested]:
    """Ask for four things for two households; close the first, take the second back."""
    first, second = world.accept(), world.accept()
    requested = [
        world.request(first),
        world.request(first, "culture_card"),
        world.request(first, "dibao_application", due_on=date(2026, 11, 19)),
        world.request(second, due_on=date(2026, 11, 20)),
    ]
    done, withdrawn, *_open = requested
    world.do("wang", close_service, CloseForm(id=done.id, version=1, result="已谈"))
    world.do("wang", withdraw_service, WithdrawForm(id=withdrawn.id, version=1, reason="撤回"))
    return requested


def ids(world: World, asked: ServiceQuery) -> list[int]:
    return [row.id for row in world.ask("wang", service_rows, asked)]


def test_what_is_in_hand_stands_first(world: World, four: list[Requested]) -> None:
    done, withdrawn, *in_hand = (each.id for each in four)
    found = ids(world, ServiceQuery())
    assert found[:2] == in_hand
    assert set(found[2:]) == {done, withdrawn}


def test_every_part_of_the_question_narrows_the_list(world: World, four: list[Requested]) -> None:
    done, withdrawn, referral, other = (each.id for each in four)
    assert ids(world, ServiceQuery(state=ServiceState.OPEN)) == [referral, other]
    assert ids(world, ServiceQuery(state=ServiceState.DONE)) == [done]
    assert ids(world, ServiceQuery(state=ServiceState.WITHDRAWN)) == [withdrawn]
    assert ids(world, ServiceQuery(household_id=four[3].household_id)) == [other]
    assert ids(world, ServiceQuery(text="F2026-00003")) == [referral]
    name = world.ask("wang", service_rows, ServiceQuery(text="F2026-00004"))[0].name
    assert other in ids(world, ServiceQuery(text=name[:2]))
    assert ids(world, ServiceQuery(text="%")) == []
    assert len(ids(world, ServiceQuery(limit=1))) == 1


def test_what_is_past_its_day_is_told(world: World, four: list[Requested]) -> None:
    rows = world.ask("wang", service_rows, ServiceQuery(state=ServiceState.OPEN))
    assert [row.overdue for row in rows] == [True, False]


@pytest.mark.usefixtures("four")
def test_the_requests_are_counted(world: World) -> None:
    counts = world.ask("wang", services_waiting)
    assert counts == ServicesWaiting(open=2, overdue=1, done=1, withdrawn=1)


def test_the_auditor_reads_the_list_and_the_administrator_does_not(world: World) -> None:
    assert world.ask("zhou", service_rows, ServiceQuery()) == []
    assert "cases" not in {permission.value for permission in world.actor("admin").permissions}
