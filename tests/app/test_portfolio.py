"""All loans together: ageing today and on past days, portfolio at risk, pace, jobs."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import Fen
from app.core.words.loans import CheckResult, LoanEventKind
from app.loans.portfolio import RANGES, Aged, aged_of, ageing, pace, portfolio, view_of
from app.loans.portfolio_records import AgeingAsked, AgeingView, PaceAsked
from app.loans.replay import replay
from app.reference.workdays import calendar
from db.models.loans import Loan, LoanCheck
from tests.guarantees import funded, happened, lent, repaid, working
from tests.loans import life_of, many, seeds
from tests.world import World

TODAY = date(2026, 11, 20)
MONTH = 76_250
SHARE = 10_000_000


def aged(world: World, day: date | None = None) -> AgeingView:
    return world.ask("sun", ageing, AgeingAsked(as_of=day))


def late_loans(view: AgeingView) -> dict[int, tuple[int, int, int]]:
    """Return loans, what is late and what is at risk, by the first day of each range."""
    return {row.first: (row.loans, row.late, row.outstanding) for row in view.rows if row.loans}


@pytest.fixture
def three(world: World) -> list[int]:
    """Return a loan in time, one that is late since 10 October, one since 10 May."""
    fund = funded(world, 100_000_000)
    numbers = ("239001198503072916", "239001197902141339", "239001198809094122")
    loans: list[int] = []
    for number, last in zip(numbers, (11, 9, 4), strict=True):
        loans.append(lent(world, fund, id_number=number))
        repaid(world, loans[-1], *(date(2026, month, 10) for month in range(3, last + 1)))
    return loans


def test_loans_stand_by_how_late_their_oldest_instalment_is(world: World, three: list[int]) -> None:
    view = aged(world)
    assert (view.loans, view.outstanding) == (3, 3 * SHARE)
    assert late_loans(view) == {
        0: (1, 0, SHARE),
        31: (1, 2 * MONTH, SHARE),
        181: (1, 7 * MONTH, SHARE),
    }
    assert [(row.days, row.loans, row.fen, row.hundredths) for row in view.risk] == [
        (30, 2, 2 * SHARE, 6667),
        (60, 1, SHARE, 3334),
        (90, 1, SHARE, 3334),
    ]


def test_a_past_day_is_told_as_it_is_known_now(world: World, three: list[int]) -> None:
    assert late_loans(aged(world, date(2026, 4, 10))) == {0: (3, 0, 3 * SHARE)}
    assert late_loans(aged(world, date(2026, 5, 11))) == {
        0: (2, 0, 2 * SHARE),
        1: (1, MONTH, SHARE),
    }
    repaid(world, three[2], date(2026, 5, 10))
    assert late_loans(aged(world, date(2026, 5, 11))) == {0: (3, 0, 3 * SHARE)}
    assert aged(world, date(2026, 1, 1)).loans == 0


def test_the_plans_and_the_replay_tell_the_same(world: World, three: list[int]) -> None:
    told = aged(world)
    world.clock.instant += timedelta(days=1)
    again = aged(world, TODAY)
    assert again.rows == told.rows
    assert again.risk == told.risk


def test_a_loan_that_was_paid_off_is_no_longer_at_risk(world: World, three: list[int]) -> None:
    happened(world, three[0], LoanEventKind.REPAID, date(2026, 11, 18), 10_020_333)
    view = world.ask("zhou", portfolio).ageing
    assert (view.loans, view.outstanding) == (2, 2 * SHARE)


def test_due_and_paid_are_told_month_by_month(world: World, three: list[int]) -> None:
    asked = PaceAsked(first=date(2026, 6, 1), last=date(2026, 8, 31))
    rows = world.ask("sun", pace, asked).rows
    assert [row.month for row in rows] == ["2026-06", "2026-07", "2026-08"]
    assert [row.due for row in rows] == [MONTH * (1 + 3 * n) for n in (1, 2, 3)], "one was late"
    assert [row.paid for row in rows] == [2 * MONTH * n for n in (1, 2, 3)]
    whole = world.ask("sun", pace, PaceAsked(first=date(2025, 12, 1), last=TODAY)).rows
    assert (whole[0].due, whole[-1].due) == (0, 27 * MONTH)
    assert whole[-1].paid == (9 + 7 + 2) * MONTH


def test_jobs_are_told_by_the_year_of_the_loan(world: World, three: list[int]) -> None:
    with working(world) as work:
        for loan_id, jobs in zip(three, (3, 5, None), strict=True):
            work.load(Loan, loan_id).jobs = jobs
        for due, found in ((date(2026, 5, 10), 1), (date(2026, 8, 10), 2)):
            work.add(
                LoanCheck(
                    loan_id=three[0],
                    due_on=due,
                    done_on=due,
                    result=CheckResult.IN_ORDER,
                    findings="",
                    jobs=found,
                    done_by=work.actor.id,
                )
            )
    [row] = world.ask("sun", portfolio).jobs
    assert (row.year, row.loans, row.principal) == (2026, 3, 3 * SHARE)
    assert (row.jobs, row.unknown, row.seen, row.checked) == (8, 1, 2, 1)


def test_a_loan_only_on_record_is_counted_as_such(world: World, three: list[int]) -> None:
    assert world.ask("sun", portfolio).ageing.recorded == 0


@many
@given(seeds)
def test_what_is_late_is_a_part_of_what_is_owed(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, no secret
    contract, events = life_of(chance)
    day = contract.lent_on + timedelta(days=chance.randint(0, 1500))
    standing = replay(contract, events, day, calendar())
    told = aged_of(standing)
    assert 0 <= told.outstanding <= contract.principal
    assert (told.days > 0) == (told.late > 0 or standing.penalty > 0)
    assert told.late <= standing.due_principal + standing.due_interest


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 10**6), st.integers(0, 10**7))))
def test_the_ranges_hold_every_loan_once(loans: list[tuple[int, int, int]]) -> None:
    view = view_of(TODAY, [Aged(days, 1, late, left) for days, late, left in loans], Fen(0), 0)
    assert view.loans == sum(row.loans for row in view.rows) == len(loans)
    assert view.outstanding == sum(left for _days, _late, left in loans)
    assert sum(row.late for row in view.rows) == sum(late for _days, late, _left in loans)
    for row in view.risk:
        behind = [left for days, _late, left in loans if days > row.days]
        assert (row.loans, row.fen) == (len(behind), sum(behind))
        assert 0 <= row.hundredths <= 10_000
    assert [first for first, _last in RANGES[1:]] == [(last or 0) + 1 for _f, last in RANGES[:-1]]
