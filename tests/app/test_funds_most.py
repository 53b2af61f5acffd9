"""What a source gives a household or a person at most: on both sides of every edge."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace as changed_in

from app.core.money import Fen
from app.core.words.funds import FundSource
from app.core.words.relief import ReliefItem
from app.disbursements import source_most
from app.disbursements.source_most import check_source_most
from app.disbursements.store import assessed
from app.facts.assessing import assess_stored
from app.funds.queries import fund_row
from app.funds.rules import OverSourceMost
from app.reference.dated import Confidence
from app.reference.earmarks import Earmarks, Most, Per, earmarks_on
from db.models.funds import Fund
from db.models.households import Household
from tests.filled import pay
from tests.funds import granted, opened
from tests.guarantees import working
from tests.regrouping import split, view
from tests.world import World

BOTH = (FundSource.CITY, FundSource.UNION_FEES)


def with_most(monkeypatch: pytest.MonkeyPatch, per: Per, **most: int) -> None:
    """Let city money and union fees give living relief up to a most."""
    only = Most(
        of=BOTH,
        says="生活救助的上限",
        source=("assumed",),
        confidence=Confidence.GENERAL,
        items=(ReliefItem.LIVING,),
        per=per,
        **most,
    )
    document = changed_in(earmarks_on(date(2026, 11, 20)), most=(only,))

    def on(_day: date) -> Earmarks:
        return document

    monkeypatch.setattr(source_most, "earmarks_on", on)


def test_a_household_gets_no_more_in_a_year_from_the_sources_together(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_most(monkeypatch, Per.HOUSEHOLD_YEAR, fen=100_000)
    home = world.file()
    union = opened(world, name="工会经费", source=FundSource.UNION_FEES)
    granted(world, union, 100_000)
    first = world.propose(home, fen=60_000)
    world.decide(first)
    pay(world, world.frozen(first))
    second = world.propose(home, fund_id=union, fen=30_000)
    with pytest.raises(OverSourceMost, match=r"900\.00 元.*100\.00 元"):
        world.propose(home, fund_id=union, fen=10_001)
    world.propose(home, fund_id=union, fen=10_000)
    world.decide(second)
    world.propose(home, fund_id=opened(world), fen=50_000)


def test_a_time_gets_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with_most(monkeypatch, Per.PERSON_TIME, fen=30_000)
    home = world.file()
    with pytest.raises(OverSourceMost):
        world.propose(home, fen=30_001)
    for _time in range(3):
        world.propose(home, fen=30_000)


def test_a_most_in_months_goes_by_the_line_of_the_district(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line of the demonstration is 900 yuan in the districts and 750 in the counties."""
    with_most(monkeypatch, Per.PERSON_YEAR, months=1)
    home = world.file()
    with pytest.raises(OverSourceMost):
        world.propose(home, fen=90_001)
    world.propose(home, fen=75_000)


def test_what_is_decided_again_does_not_count_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    award_id = world.propose(fen=60_000)
    with_most(monkeypatch, Per.HOUSEHOLD_YEAR, fen=60_000)
    world.decide(award_id)
    pay(world, world.frozen(award_id))


def test_who_split_off_was_given_what_was_given_to_all_before(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_most(monkeypatch, Per.HOUSEHOLD_YEAR, fen=100_000)
    home = world.file()
    award_id = world.propose(home, fen=60_000)
    world.decide(award_id)
    pay(world, world.frozen(award_id))
    son = next(each for each in view(world, home.household_id).members[1:] if each.id_number)
    world.clock.instant += timedelta(days=1)
    made = split(world, home.household_id, son.id).household_id
    with working(world) as work:
        household = work.load(Household, made)
        answer = assessed(assess_stored(work, household), household, "living_relief", None)
        fund = fund_row(work, work.load(Fund, world.fund_id()))
        check_source_most(work, household, answer, fund, Fen(40_000))
        with pytest.raises(OverSourceMost, match=r"600\.00 元.*400\.00 元"):
            check_source_most(work, household, answer, fund, Fen(40_001))
