"""Who is counted in the relief book: one person once, whatever became of the ID number."""

from pathlib import Path

import pytest

from app.cases.records import Accepted
from db.models.relief import ReliefPerson
from tests.filled import pay, raw
from tests.guarantees import working
from tests.people import id_number
from tests.world import World

HEAD = "household_id = ? AND position = 1"


def paid(world: World, accepted: Accepted) -> None:
    award_id = world.propose(accepted, 10_000)
    world.decide(award_id)
    pay(world, world.frozen(award_id))


def people(store: Path) -> int:
    with raw(store) as sql:
        return sql.one("SELECT count(DISTINCT person_id) FROM relief")


def call(store: Path, accepted: Accepted, column: str, value: str) -> None:
    """Write something else of the head of a household."""
    with raw(store) as sql:
        sql.run(f"UPDATE member SET {column} = ? WHERE {HEAD}", value, accepted.household_id)
        sql.connection.commit()


@pytest.mark.parametrize(
    ("before", "after"),
    [(id_number(500), id_number(502)), ("", id_number(502)), (id_number(500), "")],
)
def test_whose_number_was_put_right_is_one_person(
    world: World, store: Path, before: str, after: str
) -> None:
    filed = world.file()
    call(store, filed, "id_number", before)
    paid(world, filed)
    call(store, filed, "id_number", after)
    paid(world, filed)
    assert people(store) == 1


def test_a_number_put_right_is_one_person_though_an_old_register_bears_it(
    world: World, store: Path
) -> None:
    filed = world.file()
    call(store, filed, "id_number", id_number(500))
    paid(world, filed)
    with working(world) as work:
        home = filed.household_id
        work.add(ReliefPerson(id_number=id_number(502), name="李示例", household_id=home))
    call(store, filed, "id_number", id_number(502))
    paid(world, filed)
    assert people(store) == 1


def test_another_name_or_another_household_is_another_person(world: World, store: Path) -> None:
    filed, other = world.file(), world.file()
    call(store, other, "name", "李示例")
    call(store, filed, "name", "李示例")
    call(store, filed, "id_number", "")
    paid(world, filed)
    paid(world, other)
    assert people(store) == 2
    call(store, filed, "name", "王示例")
    call(store, filed, "id_number", id_number(502))
    paid(world, filed)
    assert people(store) == 3
