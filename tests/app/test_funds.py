"""Funds: budgets by two people, and a ledger that balances to the fen whatever happens."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.core.errors import NotNow
from app.core.words.disbursements import AwardState, Decision
from app.core.words.funds import Account
from app.disbursements.proposing import withdraw_award
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById, AwardStepForm, AwardView
from app.funds.actions import change_fund, close_fund, confirm_budget, withdraw_budget
from app.funds.queries import budget_rows, every_fund, fund_rows, fund_view, ledger_rows
from app.funds.records import (
    BudgetStep,
    FundById,
    FundChange,
    FundStep,
    FundView,
    LedgerQuery,
)
from app.funds.rules import (
    DaysTurned,
    Earmarked,
    FundClosed,
    FundHolds,
    FundInUse,
    FundTaken,
    NotEnough,
    NotItsDay,
)
from app.work import SecondPersonNeeded
from tests.filled import pay
from tests.funds import entered, fund, granted, opened
from tests.world import World


def award(world: World, award_id: int) -> AwardView:
    return world.ask("zhao", award_view, AwardById(id=award_id))


def test_a_fund_holds_what_a_second_person_confirmed(world: World) -> None:
    fund_id = opened(world)
    step = entered(world, fund_id)
    assert fund(world, fund_id).granted == 0
    world.do("zhao", confirm_budget, step)
    assert (fund(world, fund_id).granted, fund(world, fund_id).available) == (100_000, 100_000)


def test_whoever_entered_a_budget_does_not_confirm_it(world: World) -> None:
    step = entered(world, opened(world))
    zhao, qian = world.people["zhao"], world.people["qian"]
    world.people["zhao"] = type(zhao)(qian.id, qian.user, qian.name, zhao.roles, zhao.permissions)
    with pytest.raises(SecondPersonNeeded):
        world.do("zhao", confirm_budget, step)


def test_a_withdrawn_budget_moves_nothing_and_is_confirmed_no_more(world: World) -> None:
    fund_id = opened(world)
    step = entered(world, fund_id)
    world.do("qian", withdraw_budget, step)
    assert step.id not in {row.id for row in world.ask("qian", budget_rows)}
    with pytest.raises(NotNow):
        world.do("zhao", confirm_budget, BudgetStep(id=step.id, version=2))
    assert fund(world, fund_id).granted == 0


def test_a_name_is_given_once(world: World) -> None:
    opened(world)
    with pytest.raises(FundTaken, match="社会捐助"):
        opened(world)


def test_an_earmarked_fund_pays_nothing_else(world: World) -> None:
    fund_id = opened(world, measures=("festival_relief",))
    with pytest.raises(Earmarked):
        world.propose(fund_id=fund_id)


def test_approving_needs_the_money_in_the_fund(world: World) -> None:
    award_id = world.propose(fund_id=opened(world), fen=30_000)
    with pytest.raises(NotEnough, match=r"300\.00"):
        world.decide(award_id)
    assert award(world, award_id).row.state is AwardState.PROPOSED


def test_the_ledger_says_what_the_accounts_hold(world: World) -> None:
    fund_id = world.fund_id()
    world.frozen(world.approved(80_050), world.approved(19_999))
    held = dict.fromkeys(Account, 0)
    for row in world.ask("qian", ledger_rows, LedgerQuery(fund_id=fund_id)):
        held[row.from_account] -= row.amount
        held[row.to_account] += row.amount
    now = fund(world, fund_id)
    assert sum(held.values()) == 0
    assert held[Account.AVAILABLE] == now.available
    assert held[Account.RESERVED] == now.reserved == 100_049
    assert held[Account.PAID] == now.paid == 0
    assert -held[Account.GRANTED] == now.granted


def test_a_proposal_taken_back_counts_against_the_cap_no_more(world: World) -> None:
    award_id = world.propose(fen=80_000)
    version = award(world, award_id).row.version
    world.do("wang", withdraw_award, AwardStepForm(award_id=award_id, version=version))
    view = award(world, award_id)
    assert (view.row.state, view.cap.reserved) == (AwardState.WITHDRAWN, 0)
    with pytest.raises(NotNow):
        world.decide(award_id, Decision.REFUSED, opinion="迟了")


# Changing and closing


def change(world: World, fund_id: int, **changed: Any) -> None:
    row = fund(world, fund_id)
    kept = {name: getattr(row, name) for name in ("id", "version", "name")}
    world.do("qian", change_fund, FundChange(**kept | changed))


def test_a_wish_noted_wrongly_is_put_right_until_money_is_reserved(world: World) -> None:
    fund_id = opened(world, condition="只给老人")
    granted(world, fund_id, 50_000)
    change(world, fund_id, condition="只给学生", donor="某厂", measures=("living_relief",))
    row = fund(world, fund_id)
    assert (row.condition, row.donor, row.measures) == ("只给学生", "某厂", ("living_relief",))
    world.decide(world.propose(fund_id=fund_id, fen=1))
    with pytest.raises(FundInUse):
        change(world, fund_id, condition="随便")


def test_a_fund_does_not_end_before_it_begins(world: World) -> None:
    with pytest.raises(DaysTurned):
        opened(world, pays_until=date(2025, 12, 31))
    opened(world, pays_until=date(2026, 1, 1))


def test_a_name_is_not_taken_from_another_fund(world: World) -> None:
    fund_id = opened(world)
    opened(world, name="另一个")
    with pytest.raises(FundTaken):
        change(world, fund_id, name="另一个")
    change(world, fund_id, name="改了名")


def test_a_fund_is_closed_when_nothing_of_it_is_under_way(world: World) -> None:
    fund_id = opened(world)
    granted(world, fund_id, 50_000)
    award_id = world.propose(fund_id=fund_id, fen=20_000)
    world.decide(award_id)
    with pytest.raises(FundHolds, match=r"200\.00"):
        world.do("qian", close_fund, FundStep(id=fund_id, version=1))
    pay(world, world.frozen(award_id))
    step = entered(world, fund_id)
    with pytest.raises(FundHolds):
        world.do("qian", close_fund, FundStep(id=fund_id, version=1))
    world.do("qian", withdraw_budget, step)
    world.do("qian", close_fund, FundStep(id=fund_id, version=1))
    assert fund_id not in {row.id for row in world.ask("qian", fund_rows)}
    with pytest.raises(FundClosed):
        entered(world, fund_id)
    with pytest.raises(FundClosed):
        world.propose(fund_id=fund_id)
    (row,) = [row for row in world.ask("qian", every_fund) if row.id == fund_id]
    assert (row.open, row.available) == (False, 30_000)


# Days


def test_what_was_approved_in_time_is_paid_until_the_fund_ends(world: World) -> None:
    fund_id = opened(world, pays_until=date(2027, 1, 15))
    granted(world, fund_id, 50_000)
    award_id, late = (world.propose(fund_id=fund_id, fen=10_000) for _time in range(2))
    world.decide(award_id)
    world.clock.instant = datetime(2027, 1, 15, 2, 0, tzinfo=UTC)
    pay(world, world.frozen(award_id))
    assert fund(world, fund_id).paid == 10_000
    world.clock.instant = datetime(2027, 1, 16, 2, 0, tzinfo=UTC)
    with pytest.raises(NotItsDay, match="2027-01-15"):
        world.decide(late)


def test_a_fund_says_its_earmarks_and_how_sure_they_are(world: World) -> None:
    fund_id = opened(
        world,
        donor="某厂",
        condition="只给学生",
        districts=("南岗区",),
        categories=("深度困难",),
        measures=("living_relief",),
    )
    view: FundView = world.ask("qian", fund_view, FundById(id=fund_id))
    assert view.terms == (
        "2026-01-01 至 2026-12-31 可付",
        "捐赠人：某厂",
        "捐赠人的意愿：只给学生",
        "只用于生活救助",
        "只用于南岗区",
        "只给深度困难的户",
        "仅限在档户",
        "捐赠资金：按捐赠人的意愿，限定写在各笔资金上",
        "送温暖每人每次一般不超过 3,000 元",
        "送温暖每人每年一般不超过 6,000 元",
    )
    assert view.provisional
    assert "平顶山" in view.source_note
    assert not view.touched
