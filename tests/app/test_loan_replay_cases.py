"""What happens to a loan: late, early, too much, extended, misused, compensated, undone."""

from dataclasses import replace
from datetime import date

import pytest
from msgspec.structs import astuple

from app.core.money import Fen
from app.core.words.loans import (
    AgeBucket,
    DueDays,
    LoanEventKind,
    OwedPart,
    Payer,
    Prepayment,
    RepaymentMethod,
)
from app.loans.events import (
    ClosedAtBank,
    Event,
    ImpossibleEvent,
    LentMore,
    LentTwice,
    MoreThanOwed,
    NotCompensated,
    NothingEntered,
    NothingToReverse,
    NotYetLent,
    NumberTaken,
    ReversalReversed,
    ReversedBefore,
    ReversedTwice,
    TermOver,
)
from app.loans.plan import compare, plan
from app.loans.replay import payoff, replay, subsidised
from app.loans.standing import Standing
from app.loans.subsidy_rules import full, half, thirds
from app.loans.terms import Rate, Terms
from app.reference.workdays import calendar

K = LoanEventKind
DAY = date(2012, 8, 20)
BULLET = Terms(
    principal=Fen(10_000_000),
    rate=Rate(91_500),
    months=24,
    method=RepaymentMethod.MONTHLY_INTEREST,
    lent_on=DAY,
    subsidy=full(),
)
"""100,000.00 at 9.15 %: 762.50 a month, the principal after two years."""

EQUAL = replace(BULLET, method=RepaymentMethod.EQUAL_INSTALMENTS, subsidy=half())
"""The same in equal instalments of 4,575.36, half of the interest subsidised."""

TOTAL = 457_536
LENT = Event(1, K.LENT, DAY, 10_000_000)


def on(terms: Terms, as_of: date, *events: Event) -> Standing:
    return replay(terms, [LENT, *events], as_of, calendar())


def paid(number: int, day: date, fen: int) -> Event:
    return Event(number, K.REPAID, day, fen, payer=Payer.BORROWER)


def test_the_equal_instalment_of_these_tests() -> None:
    assert plan(EQUAL, calendar()).instalments[0].total == TOTAL


def test_before_the_lending_there_is_the_plan_and_no_debt() -> None:
    standing = replay(EQUAL, [], date(2013, 1, 1), calendar())
    assert (standing.lent, standing.outstanding, standing.overdue_days) == (0, 0, 0)
    assert standing.lent_on is None


def test_what_the_bank_really_lent_counts() -> None:
    later = Event(1, K.LENT, date(2012, 9, 3), 5_000_000)
    standing = replay(BULLET, [later], date(2012, 9, 3), calendar())
    assert standing.lent_on == date(2012, 9, 3)
    assert (standing.lent, standing.instalments[0].due) == (5_000_000, date(2012, 10, 3))


def test_a_late_instalment_bears_the_overdue_rate_on_its_principal() -> None:
    late = on(EQUAL, date(2012, 10, 5))
    assert (late.overdue_days, late.bucket) == (15, AgeBucket.UP_TO_30)
    assert late.overdue_since == date(2012, 9, 20)
    principal = late.instalments[0].principal
    assert late.due_principal == principal == TOTAL - 76_250
    assert late.penalty == round(principal * 0.0915 * 1.5 * 15 / 360)
    both = replace(EQUAL, penalty_on_interest=True)
    assert on(both, date(2012, 10, 5)).penalty == round(TOTAL * 0.0915 * 1.5 * 15 / 360)


def test_a_late_payment_settles_penalty_interest_principal_in_the_order_agreed() -> None:
    day = date(2012, 10, 5)
    owed = on(EQUAL, day).penalty
    standing = on(EQUAL, day, paid(2, day, owed + 76_250 + 1_000))
    assert [(each.part, each.fen) for each in standing.allocations] == [
        (OwedPart.PENALTY, owed),
        (OwedPart.INTEREST, 76_250),
        (OwedPart.PRINCIPAL, 1_000),
    ]
    other = replace(EQUAL, order=(OwedPart.PRINCIPAL, OwedPart.INTEREST, OwedPart.PENALTY))
    (only,) = on(other, day, paid(2, day, 1_000)).allocations
    assert (only.event, only.instalment, only.part, only.fen) == (2, 1, OwedPart.PRINCIPAL, 1_000)


def test_classes_of_ageing() -> None:
    for day, bucket in (
        (date(2012, 9, 20), AgeBucket.CURRENT),
        (date(2012, 9, 21), AgeBucket.UP_TO_30),
        (date(2012, 10, 20), AgeBucket.UP_TO_30),
        (date(2012, 10, 21), AgeBucket.UP_TO_90),
        (date(2012, 12, 19), AgeBucket.UP_TO_90),
        (date(2012, 12, 20), AgeBucket.OVER_90),
    ):
        assert on(EQUAL, day).bucket is bucket


def test_a_moved_due_day_is_not_late() -> None:
    terms = replace(EQUAL, due_days=DueDays.NEXT_WORKING_DAY)
    sunday = on(terms, date(2012, 10, 21), paid(2, date(2012, 9, 20), TOTAL))
    assert (sunday.due_principal > 0, sunday.overdue_days) == (True, 0)
    assert sunday.next_due is not None
    assert sunday.next_due.due == date(2012, 10, 20)
    monday = paid(3, date(2012, 10, 22), TOTAL)
    standing = on(terms, date(2012, 10, 22), paid(2, date(2012, 9, 20), TOTAL), monday)
    assert (standing.penalty_paid, standing.due_principal) == (0, 0)


def test_a_payment_that_becomes_known_late_takes_its_penalty_away() -> None:
    day = date(2012, 11, 30)
    before = on(EQUAL, day, paid(2, date(2012, 10, 20), TOTAL))
    after = on(EQUAL, day, paid(2, date(2012, 10, 20), TOTAL), paid(3, date(2012, 9, 20), TOTAL))
    assert before.penalty > 0
    assert after.overdue_since == date(2012, 11, 20)
    assert after.penalty < before.penalty
    planned = plan(EQUAL, calendar()).instalments
    assert [line.principal for line in after.instalments] == [line.principal for line in planned]


def test_an_instalment_paid_some_days_early_changes_no_plan() -> None:
    standing = on(EQUAL, date(2012, 9, 18), paid(2, date(2012, 9, 18), TOTAL))
    planned = plan(EQUAL, calendar()).instalments
    assert standing.instalments[0].settled_on == date(2012, 9, 18)
    due = [astuple(line)[:8] for line in standing.instalments]
    assert due == [astuple(line)[:8] for line in planned]


def test_two_halves_of_one_day_are_the_whole() -> None:
    day = date(2012, 9, 18)
    halves = (paid(2, day, TOTAL - 200_000), paid(3, day, 200_000))
    whole = on(EQUAL, day, paid(2, day, TOTAL))
    standing = on(EQUAL, day, *halves)
    assert standing.instalments == whole.instalments
    assert {each.event for each in standing.allocations} == {2, 3}


def test_a_little_more_is_ahead_of_the_next_instalment() -> None:
    standing = on(EQUAL, date(2012, 9, 20), paid(2, date(2012, 9, 20), TOTAL + 2_431))
    assert (standing.ahead, standing.instalments[1].paid) == (2_431, 2_431)
    assert standing.repaid == standing.instalments[0].principal
    due = on(EQUAL, date(2012, 10, 20), paid(2, date(2012, 9, 20), TOTAL + 2_431))
    assert due.instalments[1].open == TOTAL - 2_431


def test_a_prepayment_lowers_the_instalments_or_shortens_the_term() -> None:
    day = date(2012, 9, 20)
    lower = on(EQUAL, day, paid(2, day, TOTAL + 5_000_000))
    assert lower.ends_on == date(2014, 8, 20)
    assert lower.outstanding == 10_000_000 - lower.instalments[0].principal - 5_000_000
    assert {line.total for line in lower.left[:-1]} == {lower.left[0].total}
    assert lower.left[0].due == date(2012, 10, 20)
    terms = replace(EQUAL, prepayment=Prepayment.SHORTER_TERM)
    shorter = on(terms, day, paid(2, day, TOTAL + 5_000_000))
    assert {line.total for line in shorter.left[:-1]} == {TOTAL}
    assert len(shorter.left) < len(lower.left)
    assert sum(line.interest for line in shorter.left) < sum(line.interest for line in lower.left)


def test_a_prepayment_within_the_month_pays_interest_to_the_day() -> None:
    day = date(2012, 9, 5)  # 15 days of 30
    standing = on(BULLET, day, paid(2, day, 38_125 + 4_000_000))
    assert (standing.interest_paid, standing.outstanding) == (38_125, 6_000_000)
    assert (standing.left[0].due, standing.left[0].interest) == (date(2012, 9, 20), 22_875)
    equal = on(EQUAL, day, paid(2, day, 38_125 + 4_000_000))
    assert equal.left[0].due == date(2012, 10, 20)  # that of September counts as paid with it


def test_paying_off_early_owes_interest_to_the_day() -> None:
    day = date(2012, 9, 5)
    owed = payoff(BULLET, [LENT], day, calendar())
    assert (owed.principal, owed.interest, owed.total) == (10_000_000, 38_125, 10_038_125)
    assert owed.saved == 24 * 76_250 - 38_125
    standing = on(BULLET, date(2014, 1, 1), paid(2, day, owed.total))
    assert (standing.settled_on, standing.left, standing.next_due) == (day, (), None)
    with pytest.raises(ClosedAtBank):
        on(BULLET, date(2014, 1, 1), paid(2, day, owed.total), paid(3, date(2012, 9, 6), 1))


def test_an_extension_moves_the_end_and_is_not_subsidised() -> None:
    extension = Event(2, K.EXTENDED, date(2014, 8, 1), months=12)
    standing = on(BULLET, DAY, extension)
    assert standing.ends_on == date(2014, 8, 20)  # not known yet on that day
    months = plan(BULLET, calendar()).instalments[:23]
    interest = [paid(number, line.due, 76_250) for number, line in enumerate(months, start=3)]
    standing = on(BULLET, date(2014, 8, 1), *interest, extension)
    assert (standing.ends_on, standing.extended) == (date(2015, 8, 20), 12)
    assert [line.subsidy for line in standing.instalments] == [76_250] * 24 + [0] * 12
    assert standing.instalments[-1].principal == 10_000_000
    pairs = compare(plan(BULLET, calendar()).instalments, standing.instalments)
    assert sum(pair.more for pair in pairs) == 12 * 76_250
    on_the_last_day = on(BULLET, date(2014, 8, 20), extension._replace(day=date(2014, 8, 20)))
    assert on_the_last_day.due_principal == 0
    assert on_the_last_day.ends_on == date(2015, 8, 20)
    with pytest.raises(TermOver):
        on(BULLET, date(2015, 1, 1), extension._replace(day=date(2014, 8, 21)))


def test_two_extensions_of_one_day_are_one() -> None:
    terms = replace(BULLET, due_day=5)
    day = date(2014, 8, 1)
    both = (Event(2, K.EXTENDED, day, months=3), Event(3, K.EXTENDED, day, months=9))
    once = on(terms, day, Event(2, K.EXTENDED, day, months=12))
    assert on(terms, day, *both) == once
    assert on(terms, day, both[0]._replace(months=9), both[1]._replace(months=3)) == once


def test_nothing_is_subsidised_while_something_is_late() -> None:
    standing = on(BULLET, date(2012, 11, 20), paid(2, date(2012, 11, 5), 2 * 76_250))
    first, second, third = standing.instalments[:3]
    assert first.subsidy == 76_250
    assert second.subsidy == 0
    assert third.subsidy == round(76_250 / 2)  # from the 5th of November on


def test_misuse_ends_the_subsidy() -> None:
    first = paid(2, date(2012, 9, 20), 76_250)
    standing = on(BULLET, date(2013, 1, 1), first, Event(3, K.MISUSED, date(2012, 9, 30)))
    assert standing.misused_on == date(2012, 9, 30)
    assert [line.subsidy for line in standing.instalments[:3]] == [76_250, 25_417, 0]


def test_the_days_that_are_subsidised_are_told() -> None:
    terms = replace(BULLET, subsidy=thirds())
    lines = subsidised(terms, [LENT], DAY, calendar())
    assert [(each.from_on, each.to_on, each.days) for each in lines[:1]] == [
        (DAY, date(2012, 9, 20), 30)
    ]
    assert {(each.rate, each.rate_of) for each in lines} == {(274_500, 3), (183_000, 3)}
    assert sum(each.days for each in lines) == 720


def test_compensation_closes_the_bank_and_opens_the_debt_to_the_fund() -> None:
    day = date(2012, 12, 20)
    owed = payoff(EQUAL, [LENT], day, calendar()).total
    compensation = Event(2, K.COMPENSATED, day, owed)
    standing = on(EQUAL, day, compensation)
    assert (standing.outstanding, standing.overdue_days) == (0, 0)
    assert (standing.compensated, standing.owed_to_fund) == (owed, owed)
    assert standing.compensated_principal == 10_000_000
    assert standing.settled_on is None
    back = (
        Event(3, K.RECOVERED, date(2013, 2, 1), 300_000, payer=Payer.BORROWER),
        Event(4, K.RECOVERED, date(2013, 3, 1), 200_000, payer=Payer.GUARANTOR),
    )
    standing = on(EQUAL, date(2013, 4, 1), compensation, *back)
    assert dict(standing.recovered) == {Payer.BORROWER: 300_000, Payer.GUARANTOR: 200_000}
    assert standing.owed_to_fund == owed - 500_000
    off = Event(5, K.WRITTEN_OFF, date(2014, 1, 1), owed - 500_000)
    standing = on(EQUAL, date(2014, 4, 1), compensation, *back, off)
    assert (standing.owed_to_fund, standing.settled_on) == (0, date(2014, 1, 1))
    late = Event(6, K.RECOVERED, date(2014, 5, 1), 10_000, payer=Payer.COLLATERAL)
    standing = on(EQUAL, date(2014, 6, 1), compensation, *back, off, late)
    assert (standing.recovered_fen, standing.owed_to_fund) == (510_000, 0)


def test_the_fund_may_pay_less_than_all_and_the_bank_bears_the_rest() -> None:
    day = date(2012, 12, 20)
    owed = payoff(EQUAL, [LENT], day, calendar()).total
    standing = on(EQUAL, day, Event(2, K.COMPENSATED, day, 9_000_000))
    assert standing.uncovered == owed - 9_000_000
    assert standing.compensated_principal + standing.uncovered_principal == 10_000_000


@pytest.mark.parametrize(
    ("error", "events"),
    [
        (NumberTaken, (paid(1, date(2012, 9, 20), 1),)),
        (NothingEntered, (paid(2, date(2012, 9, 20), 0),)),
        (NothingEntered, (Event(2, K.EXTENDED, date(2012, 9, 20)),)),
        (NothingEntered, (Event(2, K.REVERSED, date(2012, 9, 20)),)),
        (NotYetLent, (paid(2, date(2012, 8, 19), 1),)),
        (NotYetLent, (Event(2, K.MISUSED, date(2012, 8, 19)),)),
        (LentTwice, (Event(2, K.LENT, date(2012, 9, 1), 1),)),
        (MoreThanOwed, (paid(2, date(2012, 9, 20), 10_076_251),)),
        (MoreThanOwed, (Event(2, K.COMPENSATED, date(2012, 9, 20), 10_076_251),)),
        (NothingToReverse, (Event(2, K.REVERSED, DAY, reverses=7),)),
        (
            ReversalReversed,
            (
                paid(2, date(2012, 9, 20), 1),
                Event(3, K.REVERSED, date(2012, 9, 21), reverses=2),
                Event(4, K.REVERSED, date(2012, 9, 22), reverses=3),
            ),
        ),
        (
            ReversedTwice,
            (
                paid(2, date(2012, 9, 20), 1),
                Event(3, K.REVERSED, date(2012, 9, 21), reverses=2),
                Event(4, K.REVERSED, date(2012, 9, 22), reverses=2),
            ),
        ),
        (
            ReversedBefore,
            (
                paid(2, date(2012, 9, 20), 1),
                Event(3, K.REVERSED, date(2012, 9, 19), reverses=2),
            ),
        ),
        (NotCompensated, (Event(2, K.RECOVERED, date(2012, 9, 20), 1),)),
        (NotCompensated, (Event(2, K.WRITTEN_OFF, date(2012, 9, 20), 1),)),
        (
            MoreThanOwed,
            (
                Event(2, K.COMPENSATED, date(2012, 9, 20), 100),
                Event(3, K.RECOVERED, date(2012, 9, 21), 101),
            ),
        ),
        (
            MoreThanOwed,
            (
                Event(2, K.COMPENSATED, date(2012, 9, 20), 100),
                Event(3, K.WRITTEN_OFF, date(2012, 9, 21), 101),
            ),
        ),
        (
            ClosedAtBank,
            (Event(2, K.COMPENSATED, date(2012, 9, 20), 100), paid(3, date(2012, 9, 21), 1)),
        ),
        (
            ClosedAtBank,
            (
                Event(2, K.COMPENSATED, date(2012, 9, 20), 100),
                Event(3, K.EXTENDED, date(2012, 9, 21), months=1),
            ),
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    error: type[ImpossibleEvent], events: tuple[Event, ...]
) -> None:
    with pytest.raises(error) as refusal:
        on(BULLET, date(2013, 1, 1), *events)
    assert refusal.type is error
    assert "{" not in refusal.value.tell()


def test_no_more_is_lent_than_agreed() -> None:
    with pytest.raises(LentMore):
        replay(BULLET, [Event(1, K.LENT, DAY, 10_000_001)], DAY, calendar())
    with pytest.raises(NotYetLent):
        payoff(BULLET, [], DAY, calendar())


def test_a_month_of_grace_without_interest_is_not_late() -> None:
    terms = replace(EQUAL, rate=Rate(0), grace=3)
    standing = on(terms, date(2012, 11, 1))
    assert (standing.overdue_days, standing.due_interest) == (0, 0)
    assert standing.instalments[0].settled_on == date(2012, 9, 20)
