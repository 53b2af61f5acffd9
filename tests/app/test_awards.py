"""How awards are given, and the caps they stay under: by card, in cash, in kind; by area."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cases.records import Accepted
from app.core.errors import Invalid
from app.core.money import Fen
from app.core.words.disbursements import AwardState, Decision, NeedKind, PayWay
from app.core.words.funds import FundSource, RefundKind
from app.disbursements.offering import open_offer
from app.disbursements.proposing import amend_award, withdraw_award
from app.disbursements.queries import award_rows, award_view
from app.disbursements.records import (
    AwardById,
    AwardChange,
    AwardQuery,
    AwardStepForm,
    AwardView,
    Offer,
    OfferQuery,
)
from app.disbursements.refund_records import RefundForm, RefundStep
from app.disbursements.refunds import confirm_refund, enter_refund
from app.disbursements.rules import OverCap
from app.funds.actions import confirm_budget, enter_budget, open_fund
from app.funds.records import BudgetForm, BudgetStep, FundForm
from app.policy.pack import Area
from tests.filled import copy_center, pay
from tests.world import World, open_world

GOODS: dict[str, Any] = {
    "way": PayWay.GOODS, "goods": "大米（袋）", "quantity": 3, "unit_value": Fen(6_550),
}  # fmt: skip


Copies = Callable[[], AbstractContextManager[World]]


@pytest.fixture
def copies(template: Path, tmp_path: Path) -> Copies:
    """Open fresh copies of the store, one for each example."""

    @contextmanager
    def copy() -> Generator[World]:
        store = tmp_path / f"{uuid4().hex}.db"
        copy_center(template, store)
        world = open_world(store)
        yield world
        world.office.close()

    return copy


def view(world: World, award_id: int) -> AwardView:
    return world.ask("zhao", award_view, AwardById(id=award_id))


def offer(world: World, accepted: Accepted, measure: str = "living_relief") -> Offer:
    return world.do("wang", open_offer, OfferQuery(case_id=accepted.case_id, measure=measure))


# Ways


def test_goods_are_a_quantity_times_a_value_and_need_no_account(world: World) -> None:
    shown = view(world, world.propose(fen=19_650, **GOODS))
    assert (shown.given, shown.goods, shown.quantity, shown.unit_value) == (
        PayWay.GOODS, "大米（袋）", 3, 6_550,
    )  # fmt: skip
    assert (shown.account_holder, shown.account_number) == ("", "")
    assert shown.row.amount == 19_650


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"fen": 19_651, **GOODS}, "amount"),
        ({"fen": 19_650, **GOODS, "goods": ""}, "goods"),
        ({"fen": 19_650, **GOODS, "quantity": None}, "quantity"),
        ({"fen": 19_650, "account_number": ""}, "account_number"),
        ({"fen": 19_650, "account_holder": ""}, "account_holder"),
    ],
)
def test_what_a_way_needs_is_asked_for_under_its_field(
    world: World, wrong: dict[str, Any], field: str
) -> None:
    accepted = world.file()
    with pytest.raises(Invalid) as caught:
        world.propose(accepted, **wrong)
    assert [problem.field for problem in caught.value.problems] == [field]
    assert not world.ask("wang", award_rows, AwardQuery(case_id=accepted.case_id))


def test_cash_keeps_no_account_that_was_typed(world: World) -> None:
    shown = view(world, world.propose(way=PayWay.CASH))
    assert (shown.given, shown.account_number, shown.quantity) == (PayWay.CASH, "", None)


def test_an_award_may_be_given_another_way_when_it_is_proposed_anew(world: World) -> None:
    award_id = world.propose(fen=19_650, **GOODS)
    world.decide(award_id, Decision.SENT_BACK, opinion="改发到卡")
    change = AwardChange(
        award_id=award_id,
        version=view(world, award_id).row.version,
        amount=Fen(20_000),
        fund_id=world.fund_id(),
        account_holder="李示例",
        account_number="6222021234567890128",
    )
    world.do("wang", amend_award, change)
    shown = view(world, award_id)
    assert (shown.given, shown.goods, shown.quantity) == (PayWay.CARD, "", None)
    assert shown.row.state is AwardState.PROPOSED


# Caps


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["propose", "withdraw", "pay"]), st.integers(1, 700_000)),
        min_size=1,
        max_size=7,
    )
)
def test_no_cap_is_broken_whatever_is_proposed_paid_and_taken_back(
    copies: Copies, steps: list[tuple[str, int]]
) -> None:
    """The year's 10,800.00 yuan: what the page shows is what the verbs let pass."""
    with copies() as world:
        accepted, most = world.file(), 1_080_000
        live: dict[int, int] = {}
        paid = 0
        for step, fen in steps:
            before = offer(world, accepted).cap
            on_the_way = sum(live.values())
            assert (before.used, before.reserved) == (paid, on_the_way)
            assert before.left == most - paid - on_the_way
            if step == "propose":
                if fen > (before.left or 0):
                    with pytest.raises(OverCap):
                        world.propose(accepted, fen)
                else:
                    live[world.propose(accepted, fen)] = fen
            elif live:
                award_id = next(iter(live))
                if step == "withdraw":
                    version = view(world, award_id).row.version
                    form = AwardStepForm(award_id=award_id, version=version)
                    world.do("wang", withdraw_award, form)
                else:
                    world.decide(award_id)
                    pay(world, world.frozen(award_id))
                    paid += live[award_id]
                del live[award_id]
        assert paid + sum(live.values()) <= most


def test_money_that_came_back_frees_the_cap_once_its_award_is_taken_back(world: World) -> None:
    accepted = world.file()
    award_id = world.propose(accepted, 1_080_000)
    world.decide(award_id)
    pay(world, world.frozen(award_id), {1: "账号已销户"})
    assert view(world, award_id).row.state is AwardState.RETURNED
    cap = offer(world, accepted).cap
    assert (cap.used, cap.reserved, cap.left) == (0, 1_080_000, 0)  # it may be proposed anew
    form = AwardStepForm(award_id=award_id, version=view(world, award_id).row.version)
    world.do("wang", withdraw_award, form)
    assert offer(world, accepted).cap.left == 1_080_000
    assert world.propose(accepted, 1_080_000)


def test_a_part_that_was_recovered_counts_no_more(world: World) -> None:
    accepted = world.file()
    award_id = world.propose(accepted, 500_000)
    world.decide(award_id)
    pay(world, world.frozen(award_id))
    form = RefundForm(
        award_id=award_id,
        kind=RefundKind.GIVEN_BACK,
        amount=Fen(123_456),
        reason="多领的部分退回",
        came_on=world.clock.today(),
    )
    assert offer(world, accepted).cap.used == 500_000
    refund_id = world.do("qian", enter_refund, form)
    world.do("zhao", confirm_refund, RefundStep(id=refund_id, version=1))
    cap = offer(world, accepted).cap
    assert (cap.used, cap.left) == (376_544, 703_456)
    with pytest.raises(OverCap):
        world.propose(accepted, 703_457)
    assert world.propose(accepted, 703_456)


def test_the_cap_counts_from_new_in_the_next_year(world: World) -> None:
    accepted = world.file()
    award_id = world.propose(accepted, 1_080_000)
    world.decide(award_id)
    pay(world, world.frozen(award_id))
    assert offer(world, accepted).cap.left == 0
    world.clock.instant = datetime(2027, 1, 4, 2, 30, tzinfo=UTC)
    cap = offer(world, accepted).cap
    assert (cap.year, cap.used) == (2027, 0)


# By area


def area_fund(world: World) -> int:
    """Open a fund with 500.00 for schooling alone and 1,000.00 for any area."""
    form = FundForm(name="市财政分领域资金", source=FundSource.CITY, year=2026)
    fund_id = world.do("qian", open_fund, form)
    for area, fen in ((Area.SCHOOLING.value, 50_000), (None, 100_000)):
        budget = BudgetForm(
            fund_id=fund_id,
            amount=Fen(fen),
            document="预算批复",
            granted_on=world.clock.today(),
            area=area,
        )
        step = BudgetStep(id=world.do("qian", enter_budget, budget), version=1)
        world.do("zhao", confirm_budget, step)
    return fund_id


def test_what_is_left_for_the_area_stands_there_before_an_amount(world: World) -> None:
    fund_id, accepted = area_fund(world), world.file()
    (left,) = offer(world, accepted).area_left
    assert (left.fund_id, left.left) == (fund_id, 100_000)
    assert left.area == Area.SOCIAL_SECURITY.label
    world.decide(world.propose(accepted, 40_000, fund_id=fund_id))
    assert offer(world, accepted).area_left[0].left == 60_000


def test_the_numbers_asked_for_fit_the_measure(world: World) -> None:
    accepted = world.file()
    assert offer(world, accepted).asks == ()
    numbers = (NeedKind.HOSPITAL_STAY, NeedKind.INVOICE)
    assert offer(world, accepted, "medical_relief").asks == numbers
    assert offer(world, accepted).goods[0] == "大米（袋）"
