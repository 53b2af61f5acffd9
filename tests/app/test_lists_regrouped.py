"""Lists whose households were merged, or whose people moved, after they were put on it: the same
people get what a list gives once."""

import pytest

from app.cases.records import Accepted
from app.disbursements.lists import confirm_list
from tests.app.test_lists import awards, hand_in, on_list, roster, step, view
from tests.regrouping import merge
from tests.world import World


def merged(world: World, keep: Accepted, other: Accepted) -> None:
    """Merge two files in which nobody stands twice."""
    merge(world, keep.household_id, other.household_id)


@pytest.mark.parametrize("kept", [0, 1])
def test_two_rows_of_one_household_are_one_award(world: World, kept: int) -> None:
    list_id, filed = on_list(world, 2)
    merged(world, filed[kept], filed[1 - kept])
    done = hand_in(world, list_id)
    assert (done.proposed, done.amount) == (1, 50_000)
    assert [(left.line, left.why) for left in done.left] == [
        (2, "两份档案已合并，与第 1 行是同一户，只算一次")
    ]
    assert hand_in(world, list_id).proposed == 0
    assert len(awards(world, filed[kept])) == 1


@pytest.mark.parametrize("kept", [0, 1])
def test_a_row_shows_its_award_also_after_the_merge(world: World, kept: int) -> None:
    list_id, filed = on_list(world, 2)
    hand_in(world, list_id)
    merged(world, filed[kept], filed[1 - kept])
    assert all(entry.award_id is not None for entry in view(world, list_id).entries)


@pytest.mark.parametrize("kept", [0, 1])
def test_a_list_handed_in_again_after_a_merge_gives_nothing_twice(world: World, kept: int) -> None:
    list_id, filed = on_list(world, 2)
    assert hand_in(world, list_id).proposed == 2
    merged(world, filed[kept], filed[1 - kept])
    assert hand_in(world, list_id).proposed == 0
    assert len(awards(world, filed[kept])) == 2


@pytest.mark.parametrize("kept", [0, 1])
def test_the_people_of_a_roster_get_what_was_entrusted_once(world: World, kept: int) -> None:
    filed = [world.file(), world.file()]
    list_id, _told = roster(world, filed)
    world.do("zhao", confirm_list, step(world, list_id))
    assert hand_in(world, list_id).proposed == 2
    merged(world, filed[kept], filed[1 - kept])
    assert hand_in(world, list_id).proposed == 0
    assert [row.amount for row in awards(world, filed[kept])] == [12_345, 12_345]
