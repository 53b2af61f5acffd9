"""What is left of one fund goes to another: by two people, never more, within its source."""

from typing import Any

import pytest

from app.core.errors import NotNow
from app.core.words.funds import FundSource, MoveKind
from app.funds.actions import change_fund
from app.funds.carrying import confirm_carry_over, withdraw_carry_over
from app.funds.queries import carry_over_rows, ledger_rows, year_end_rows
from app.funds.records import CarryOverStep, FundChange, LedgerQuery, YearEndQuery
from app.funds.rules import NotEnough, NotToCarry
from app.work import SecondPersonNeeded
from tests.filled import pay
from tests.funds import carried, carry, fund, granted, opened, two_years
from tests.world import World, changed


def test_what_is_left_goes_to_another_fund_by_two_people(world: World) -> None:
    leaving, entering = two_years(world)
    key = carried(world, leaving, entering, 40_000)
    assert fund(world, leaving).available == 100_000
    waiting = world.ask("qian", year_end_rows, YearEndQuery(year=2026))
    assert [(row.waiting, row.carried) for row in waiting if row.id == leaving] == [(40_000, 0)]
    world.do("zhao", confirm_carry_over, CarryOverStep(id=key, version=1))
    old, new = fund(world, leaving), fund(world, entering)
    assert (old.granted, old.available) == (60_000, 60_000)
    assert (new.granted, new.available) == (40_000, 40_000)
    (out, _budget) = world.ask("qian", ledger_rows, LedgerQuery(fund_id=leaving))
    (into,) = world.ask("qian", ledger_rows, LedgerQuery(fund_id=entering))
    assert (out.kind, into.kind) == (MoveKind.CARRIED_OUT, MoveKind.CARRIED_IN)
    assert out.carry_over_id == into.carry_over_id == key


def test_all_of_it_can_be_carried_over_and_not_a_fen_more(world: World) -> None:
    leaving, entering = two_years(world, 100_000)
    with pytest.raises(NotEnough, match=r"1,000\.00 元，需要 1,000\.01"):
        carried(world, leaving, entering, 100_001)
    key = carried(world, leaving, entering, 100_000)
    world.do("zhao", confirm_carry_over, CarryOverStep(id=key, version=1))
    assert fund(world, leaving).available == 0


def test_what_was_reserved_meanwhile_is_carried_over_no_more(world: World) -> None:
    leaving, entering = two_years(world, 100_000)
    key = carried(world, leaving, entering, 100_000)
    award_id = world.propose(fund_id=leaving, fen=1)
    world.decide(award_id)
    with pytest.raises(NotEnough):
        world.do("zhao", confirm_carry_over, CarryOverStep(id=key, version=1))
    assert fund(world, entering).available == 0


def test_what_is_reserved_stays_and_is_paid_after_the_carry_over(world: World) -> None:
    leaving, entering = two_years(world, 100_000)
    award_id = world.propose(fund_id=leaving, fen=30_000)
    world.decide(award_id)
    key = carried(world, leaving, entering, 70_000)
    world.do("zhao", confirm_carry_over, CarryOverStep(id=key, version=1))
    pay(world, world.frozen(award_id))
    row = fund(world, leaving)
    assert (row.granted, row.available, row.reserved, row.paid) == (30_000, 0, 0, 30_000)


def test_whoever_entered_a_carry_over_does_not_confirm_it(world: World) -> None:
    key = carried(world, *two_years(world), 1)
    zhao, qian = world.people["zhao"], world.people["qian"]
    world.people["zhao"] = type(zhao)(qian.id, qian.user, qian.name, zhao.roles, zhao.permissions)
    with pytest.raises(SecondPersonNeeded):
        world.do("zhao", confirm_carry_over, CarryOverStep(id=key, version=1))


def test_a_withdrawn_carry_over_moves_nothing(world: World) -> None:
    leaving, entering = two_years(world)
    step = CarryOverStep(id=carried(world, leaving, entering, 1), version=1)
    world.do("qian", withdraw_carry_over, step)
    assert world.ask("qian", carry_over_rows) == []
    with pytest.raises(NotNow):
        world.do("zhao", confirm_carry_over, CarryOverStep(id=step.id, version=2))


@pytest.mark.parametrize(
    ("leaving", "entering", "why"),
    [
        ({"source": FundSource.CITY}, {"source": FundSource.UNION_FEES}, "另一种来源"),
        ({"source": FundSource.CITY}, {"source": FundSource.CITY, "year": 2025}, "更早"),
        ({"donor": "甲厂"}, {"donor": "乙厂"}, "捐赠人"),
        ({"donor": "甲厂", "measures": ("golden_autumn",)}, {"donor": "甲厂"}, "捐赠人"),
        ({"donor": "甲厂"}, {"donor": "甲厂", "year": 2027}, ""),
        ({"condition": "只给癌症患者"}, {"condition": "只给癌症患者"}, ""),
        ({"condition": "只给癌症患者"}, {"condition": ""}, "捐赠人"),
        ({"condition": ""}, {"condition": "只给癌症患者"}, "捐赠人"),
        ({"districts": ("南岗区",)}, {"districts": ("道里区",)}, "捐赠人"),
        ({"source": FundSource.CITY}, {"source": FundSource.CITY, "measures": ("a",)}, ""),
        *(
            ({"source": FundSource.CITY, **mine}, {"source": FundSource.CITY, **theirs}, why)
            for mine, theirs, why in (
                ({"measures": ("a", "b")}, {"measures": ("b",)}, ""),
                ({"measures": ("a",)}, {"measures": ("a", "b")}, "用途宽"),
                ({"measures": ("a",)}, {}, "用途宽"),
                ({"districts": ("南岗区",)}, {"districts": ("南岗区",)}, ""),
                ({"districts": ("南岗区",)}, {}, "用途宽"),
                ({"categories": ("深度困难",)}, {"categories": ("相对困难",)}, "用途宽"),
                ({"file_required": False}, {"file_required": True}, ""),
                ({"file_required": True}, {"file_required": False}, "用途宽"),
            )
        ),
    ],
)
def test_money_keeps_its_source_and_a_donation_its_terms(
    world: World, leaving: dict[str, Any], entering: dict[str, Any], why: str
) -> None:
    old, new = opened(world, name="一号", **leaving), opened(world, name="二号", **entering)
    granted(world, old, 100)
    if not why:
        carried(world, old, new, 100)
        return
    with pytest.raises(NotToCarry, match=why):
        carried(world, old, new, 100)


def test_what_was_carried_in_is_not_let_loose_by_changing_the_terms(world: World) -> None:
    bound: dict[str, Any] = {"donor": "甲厂", "condition": "只给癌症患者"}
    old = opened(world, name="一号", **bound)
    new = opened(world, name="二号", year=2027, **bound)
    granted(world, old, 100)
    carry(world, old, new, 100)
    change = FundChange(id=new, version=fund(world, new).version, name="三号", donor="甲厂")
    with pytest.raises(NotToCarry, match="捐赠人"):
        world.do("qian", change_fund, change)
    world.do("qian", change_fund, changed(change, condition=bound["condition"]))
    assert fund(world, new).name == "三号"
