"""What households were given: read of many at once it is what is read of each, and quickly."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.core.words.disbursements import PayWay
from app.disbursements.batch_records import BatchForm
from app.disbursements.batches import open_batch
from app.facts.payments import coming_to, forget, paid_to, read_at_once
from db.models.households import Household
from tests.app.test_needs import pupil
from tests.filled import pay
from tests.payments import approved_by_hand, confirm, refund, view
from tests.world import World

YEAR = 2026


@pytest.fixture
def given(world: World) -> World:
    """Return a center that paid, was given back, and has more on the way."""
    first, second = world.approved(), world.approved()
    pay(world, world.frozen(first, second), {2: "账号已销户"})
    confirm(world, refund(world, first, 10_000))
    home, child = pupil(world, world.accepted[0])
    world.propose(home, 100_000, measure="schooling_relief", member_id=child)
    world.propose(home, 20_000)
    return world


def test_many_read_at_once_are_what_each_is_alone(given: World) -> None:
    with Session(given.office.engines.reader) as session:
        homes = list(session.scalars(select(Household.id)))
        alone = {home: (paid_to(session, home, YEAR), coming_to(session, home)) for home in homes}
        assert [payment.amount for payment in alone[homes[0]][0]] == [70_000]
        assert [len(coming) for _paid, coming in alone.values()] == [2, 1]
        with read_at_once(session, homes, YEAR):
            for home in homes:
                known = (paid_to(session, home, YEAR), coming_to(session, home))
                assert tuple(map(sorted, known)) == tuple(map(sorted, alone[home]))
            assert paid_to(session, homes[0], YEAR - 1) == []
            forget(session, homes[0])
            assert coming_to(session, homes[0]) == alone[homes[0]][1]


@contextmanager
def counted(world: World) -> Generator[list[str]]:
    """Count the statements that queries ask."""
    asked: list[str] = []

    def ask(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(world.office.engines.reader, "before_cursor_execute", ask)
    try:
        yield asked
    finally:
        event.remove(world.office.engines.reader, "before_cursor_execute", ask)


def test_the_pre_flight_asks_little_for_each_payment(world: World) -> None:
    def asked(count: int) -> int:
        awards = tuple(approved_by_hand(world, PayWay.CASH, 1_000) for _ in range(count))
        batch_id = world.do("qian", open_batch, BatchForm(award_ids=awards, way=PayWay.CASH))
        with counted(world) as statements:
            assert {row.level for row in view(world, batch_id).checks} == {"ok"}
        return len(statements)

    few = asked(2)
    world.form()  # the third household cannot be filed
    assert asked(5) - few <= 3 * 2
