"""Funds: budgets by two people, and a ledger that balances to the fen whatever happens."""

from datetime import date

import pytest

from app.core.errors import NotNow
from app.core.money import Fen
from app.core.words.disbursements import AwardState, Decision
from app.core.words.funds import Account, FundSource
from app.disbursements.proposing import withdraw_award
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById, AwardStepForm, AwardView
from app.funds.actions import confirm_budget, enter_budget, open_fund, withdraw_budget
from app.funds.queries import budget_rows, fund_rows, ledger_rows
from app.funds.records import BudgetForm, BudgetStep, FundForm, FundRow, LedgerQuery
from app.funds.rules import Earmarked, FundTaken, NotEnough
from app.work import SecondPersonNeeded
from tests.world import World


def opened(world: World, **changed: object) -> int:
    form = {"name": "社会捐助帮扶资金", "source": FundSource.DONATION, "year": 2026} | changed
    return world.do("qian", open_fund, FundForm(**form))  # pyright: ignore[reportArgumentType] - fields by name


def entered(world: World, fund_id: int, fen: int = 100_000) -> BudgetStep:
    form = BudgetForm(
        fund_id=fund_id,
        amount=Fen(fen),
        document="演示文件〔2026〕9 号",
        granted_on=date(2026, 11, 18),
    )
    return BudgetStep(id=world.do("qian", enter_budget, form), version=1)


def fund(world: World, fund_id: int) -> FundRow:
    return next(row for row in world.ask("qian", fund_rows) if row.id == fund_id)


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
