"""Money of an area: used first, kept from other areas, carried over as such."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.funds.carrying import confirm_carry_over
from app.funds.queries import fund_view
from app.funds.records import CarryOverStep, FundById, FundView
from app.funds.rules import NotEnough, NotEnoughForArea, area_free
from tests.funds import carried, granted, opened, two_years
from tests.world import World


def test_money_of_an_area_comes_first_and_then_what_is_for_any(world: World) -> None:
    fund_id = opened(world)
    granted(world, fund_id, 50_000, "social_security")
    granted(world, fund_id, 30_000, "schooling")
    granted(world, fund_id, 10_000)
    home = world.file()
    with pytest.raises(NotEnoughForArea, match=r"600\.00 元可用于社会保障，需要 600\.01"):
        world.decide(world.propose(home, fund_id=fund_id, fen=60_001))
    world.decide(world.propose(home, fund_id=fund_id, fen=60_000))
    with pytest.raises(NotEnoughForArea):
        world.decide(world.propose(home, fund_id=fund_id, fen=1))
    view: FundView = world.ask("qian", fund_view, FundById(id=fund_id))
    told = [(row.area, row.granted, row.reserved, row.beyond, row.left) for row in view.areas]
    assert told == [
        ("schooling", 30_000, 0, 0, 30_000),
        ("social_security", 50_000, 60_000, 10_000, 0),
        (None, 10_000, 0, 0, 0),
    ]


def test_a_fund_that_is_not_divided_has_no_areas(world: World) -> None:
    fund_id = opened(world)
    granted(world, fund_id, 50_000)
    assert world.ask("qian", fund_view, FundById(id=fund_id)).areas == ()
    world.decide(world.propose(fund_id=fund_id, fen=50_000))


def test_money_of_an_area_is_carried_over_as_such(world: World) -> None:
    leaving, entering = two_years(world, 10_000)
    granted(world, leaving, 30_000, "schooling")
    with pytest.raises(NotEnoughForArea):
        carried(world, leaving, entering, 10_001)
    with pytest.raises(NotEnoughForArea):
        carried(world, leaving, entering, 1, "medical")
    key = carried(world, leaving, entering, 30_000, "schooling")
    world.do("zhao", confirm_carry_over, CarryOverStep(id=key, version=1))
    (row, rest) = world.ask("qian", fund_view, FundById(id=entering)).areas
    assert (row.area, row.granted, row.left, rest.granted) == ("schooling", 30_000, 30_000, 0)
    with pytest.raises(NotEnough):
        carried(world, leaving, entering, 10_001)


AREAS = st.sampled_from(["medical", "schooling", "income"])


@given(
    st.dictionaries(AREAS | st.none(), st.integers(0, 50)),
    st.lists(st.tuples(AREAS | st.none(), st.integers(1, 30))),
)
def test_areas_never_take_more_than_there_is_for_them(
    granted: dict[str | None, int], wishes: list[tuple[str | None, int]]
) -> None:
    """Beside it, coins: each has the area it is for, and each wish takes its own coins first."""
    coins = [area for area, fen in granted.items() for _coin in range(fen)]
    taken: dict[str | None, int] = {}
    for area, fen in wishes:
        fitting = [coin for coin in coins if coin == area and area is not None]
        common = [coin for coin in coins if coin is None]
        assert area_free(granted, taken, area) == len(fitting) + len(common)
        if fen <= len(fitting) + len(common):
            for coin in (fitting + common)[:fen]:
                coins.remove(coin)
            taken[area] = taken.get(area, 0) + fen
