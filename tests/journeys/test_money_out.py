"""From the counter to the bank, verb by verb."""

import pytest

from app.core.words.disbursements import AwardState
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById
from app.funds.queries import fund_rows
from app.work import SecondPersonNeeded
from tests.world import World


def test_relief_needs_two_people_and_reserves_the_money(world: World) -> None:
    award = world.propose(fen=80_000)
    before = world.ask("qian", fund_rows)[0].available
    world.people["wang"] = world.people["zhao"]
    world.decide(award)
    after = world.ask("qian", fund_rows)[0]
    assert (after.available, after.reserved) == (before - 80_000, 80_000)
    assert world.ask("zhao", award_view, AwardById(id=award)).row.state is AwardState.APPROVED


def test_whoever_holds_both_roles_still_needs_a_second_person(world: World) -> None:
    award = world.propose()
    both = world.people["wang"]
    world.people["wang"] = type(both)(
        both.id,
        both.user,
        both.name,
        both.roles | world.people["zhao"].roles,
        both.permissions | world.people["zhao"].permissions,
    )
    with pytest.raises(SecondPersonNeeded):
        world.decide(award, user="wang")
