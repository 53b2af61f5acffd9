"""What a guarantee fund stands for follows the loans through their life, by the real verbs."""

import random
from datetime import date, timedelta

import pytest

from app.core.money import Fen, divide
from app.core.words.loans import GuaranteeMoveKind, LoanEventKind, LoanState, Payer
from app.loans.guarantee_records import GuaranteeFundRow
from app.loans.guarantee_rules import CapitalNeeded
from app.loans.lending import lend
from app.loans.records import EndForm
from app.loans.steps import send_back, withdraw_loan
from db.models.loans import Loan
from tests.borrowing import Desk
from tests.guarantees import fund_view, give_quota, working
from tests.people import id_number
from tests.world import World

SHARE = 80
"""Percent of a loan that the fund of `Desk` bears."""


def row(world: World, fund_id: int) -> GuaranteeFundRow:
    return fund_view(world, fund_id).row


def part_of(fen: int) -> int:
    return divide(fen * SHARE, 100)


def outstanding(world: World) -> list[int]:
    """Return what is left of each loan that is being repaid."""
    with working(world) as work:
        found = work.session.query(Loan.outstanding).filter(Loan.state == LoanState.REPAYING)
        return [fen for (fen,) in found]


def adds_up(world: World, fund_id: int) -> GuaranteeFundRow:
    """Look whether what the fund stands for is its part of each loan to the fen."""
    seen = row(world, fund_id)
    assert seen.lent == sum(map(part_of, outstanding(world)))
    assert seen.left == max(0, seen.limit - seen.lent - seen.reserved)
    assert seen.limit == seen.capital * seen.leverage
    return seen


def test_a_guarantee_is_reserved_taken_and_freed(world: World) -> None:
    desk = Desk(world, date(2026, 6, 10))
    fund_id = desk.fund()
    loan_id = desk.approved(fund_id)
    seen = adds_up(world, fund_id)
    assert (seen.reserved, seen.lent) == (10_000_000, 0)
    world.do("sun", lend, desk.lend_form(loan_id))
    seen = adds_up(world, fund_id)
    assert (seen.reserved, seen.lent) == (0, 8_000_000)
    desk.on = date(2026, 7, 10)
    line = desk.see(loan_id).plan[0]
    desk.pay(loan_id, line.due)
    [left] = outstanding(world)
    assert left == 10_000_000 - line.principal
    assert adds_up(world, fund_id).lent == part_of(left)


def test_what_is_withdrawn_or_sent_back_is_free_again(world: World) -> None:
    desk = Desk(world)
    fund_id = desk.fund()
    loan_id = desk.approved(fund_id)
    assert row(world, fund_id).reserved == 10_000_000
    world.do("sun", withdraw_loan, EndForm(**desk.at(loan_id), reason="借款人放弃"))
    assert row(world, fund_id).reserved == 0
    again = desk.approved(fund_id, id_number=id_number(51, "19850101"))
    for reserved in (10_000_000, 10_000_000, 0):
        world.do("sun", send_back, EndForm(**desk.at(again), reason="材料不全"))
        assert adds_up(world, fund_id).reserved == reserved


def test_compensation_and_recovery_move_the_fund_and_the_quota(world: World) -> None:
    desk = Desk(world, date(2026, 6, 10))
    fund_id = desk.fund(20_000_000)
    give_quota(world, fund_id, 10_000_000)
    loan_id = desk.lent(fund_id)
    desk.on = None
    desk.change(loan_id, LoanEventKind.COMPENSATED, fen=Fen(6_000_000), document="代偿通知书 1 号")
    seen = adds_up(world, fund_id)
    assert (seen.capital, seen.lent, seen.owed) == (14_000_000, 0, 6_000_000)
    assert (seen.bad, seen.bad_hundredths, seen.stopped) == (6_000_000, 10_000, True)
    [quota] = fund_view(world, fund_id).quotas
    assert (quota.lent, quota.left) == (6_000_000, 4_000_000), "taken until it is recovered"
    for fen, payer in ((2_500_000, Payer.BORROWER), (3_500_000, Payer.GUARANTOR)):
        desk.recover(loan_id, fen, payer)
    seen = adds_up(world, fund_id)
    assert (seen.capital, seen.owed, seen.stopped) == (20_000_000, 0, False)
    assert fund_view(world, fund_id).quotas[0].left == 10_000_000
    kinds = [move.kind for move in fund_view(world, fund_id).moves]
    assert kinds == [
        GuaranteeMoveKind.CAPITAL_IN,
        GuaranteeMoveKind.COMPENSATED,
        GuaranteeMoveKind.RECOVERED,
        GuaranteeMoveKind.RECOVERED,
    ]


def test_a_compensation_that_is_reversed_comes_back_to_the_fund(world: World) -> None:
    desk = Desk(world, date(2026, 6, 10))
    fund_id = desk.fund(20_000_000)
    loan_id = desk.lent(fund_id)
    before = adds_up(world, fund_id)
    desk.on = None
    desk.change(loan_id, LoanEventKind.COMPENSATED, fen=Fen(6_000_000), document="代偿通知书 1 号")
    paid = next(e for e in desk.see(loan_id).events if e.kind is LoanEventKind.COMPENSATED)
    desk.change(loan_id, LoanEventKind.REVERSED, reverses=paid.number)
    seen = adds_up(world, fund_id)
    assert (seen.capital, seen.lent, seen.owed) == (before.capital, before.lent, 0)
    last = fund_view(world, fund_id).moves[-1]
    assert (last.kind, last.amount, last.balance) == (
        GuaranteeMoveKind.COMPENSATED_REVERSED,
        6_000_000,
        before.capital,
    )


def test_a_fund_without_the_money_pays_for_nobody(world: World) -> None:
    desk = Desk(world, date(2026, 6, 10))
    fund_id = desk.fund(2_000_000)
    loan_id = desk.lent(fund_id)
    desk.on = None
    paid = {"fen": Fen(2_000_001), "document": "代偿通知书 1 号"}
    with pytest.raises(CapitalNeeded):
        desk.change(loan_id, LoanEventKind.COMPENSATED, **paid)
    assert adds_up(world, fund_id).capital == 2_000_000
    assert desk.see(loan_id).row.state is LoanState.REPAYING


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_repaid_and_reversed_the_fund_stands_for_its_part(
    world: World, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, no secret
    desk = Desk(world, date(2026, 10, 9))
    fund_id = desk.fund(100_000_000)
    loans = [
        desk.lent(fund_id, id_number=id_number(50 + number, "19850101"), asked=Fen(asked))
        for number, asked in enumerate((10_000_000, 7_777_700, 3_000_100), start=1)
    ]
    entries: list[tuple[int, int]] = []
    desk.on = None
    for _turn in range(12):
        if entries and chance.random() < 0.3:
            loan_id, entry = entries.pop(chance.randrange(len(entries)))
            desk.change(loan_id, LoanEventKind.REVERSED, reverses=entry)
        else:
            loan_id = chance.choice(loans)
            day = date(2026, 10, 10) + timedelta(chance.randint(0, 41))
            fen = chance.randint(1, 600_000)
            entries.append((loan_id, desk.pay(loan_id, fen, day, early=True)))
        adds_up(world, fund_id)
    for loan_id, entry in reversed(entries):
        desk.change(loan_id, LoanEventKind.REVERSED, reverses=entry)
    seen = adds_up(world, fund_id)
    assert seen.lent == sum(map(part_of, (10_000_000, 7_777_700, 3_000_100)))
