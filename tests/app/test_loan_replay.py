"""Loans played from random events: nothing is lost, no order matters, and every day is counted.

Every property is asked of the same random loans: 5,000 by `make loan-properties`, fewer in the
suite.
"""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import example, given

from app.core.words.loans import DayCount, LoanEventKind, OwedPart
from app.loans.events import Event, in_order
from app.loans.replay import payoff, replay, subsidised
from app.loans.standing import Standing
from app.loans.terms import Terms
from app.reference.workdays import calendar
from tests.loan_model import Model
from tests.loans import FAR, life_of, many, seeds

K = LoanEventKind
Life = tuple[Terms, list[Event]]


@many
@given(seeds)
@example(1401)  # paid off on a day on which an instalment was paid before its own
@example(5214)  # extended twice on one day
def test_random_loans(seed: int) -> None:
    properties_of(seed)


def properties_of(seed: int) -> None:
    """Ask everything of one random loan on a random day of its life."""
    chance = random.Random(seed)  # noqa: S311 - chance, no secret
    life, days = life_of(chance), chance.randint(0, 2000)
    no_fen_is_lost(life, days)
    every_fen_of_a_payment_is_somewhere(life, days)
    the_order_of_arrival_does_not_matter(life, days, seed)
    what_is_reversed_has_never_been(life, days)
    a_loan_counted_day_by_day_stands_the_same(life, days)
    paying_it_off_settles_it(life, days)
    the_subsidised_days_tell_the_subsidy(life, days)


def days_after(terms: Terms, days: int) -> date:
    return terms.lent_on + timedelta(days=days)


def no_fen_is_lost(life: Life, days: int) -> None:
    terms, events = life
    standing = replay(terms, events, days_after(terms, days), calendar())
    assert standing.lent == terms.principal
    assert standing.lent == (
        standing.outstanding
        + standing.repaid
        + standing.compensated_principal
        + standing.uncovered_principal
    )
    lines = standing.instalments
    assert sum(line.principal for line in lines) == terms.principal
    assert all(0 <= line.subsidy <= line.interest for line in lines)
    assert all(line.principal >= 0 and line.penalty >= line.penalty_paid >= 0 for line in lines)
    assert all(0 <= line.principal_paid <= line.principal for line in lines)
    assert all(0 <= line.interest_paid <= line.interest for line in lines)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert standing.interest_accrued >= 0
    assert standing.penalty >= 0
    assert standing.ahead >= 0
    assert standing.owed_to_fund >= 0


def every_fen_of_a_payment_is_somewhere(life: Life, days: int) -> None:
    terms, events = life
    as_of = days_after(terms, days)
    standing = replay(terms, events, as_of, calendar())
    acting = in_order(events, as_of)
    came = sum(each.fen for each in acting if each.kind is K.REPAID)
    went = standing.repaid + standing.interest_paid + standing.penalty_paid
    compensated = [each.number for each in acting if each.kind is K.COMPENSATED]
    of_fund = sum(each.fen for each in standing.allocations if each.event in compensated)
    assert of_fund == standing.compensated
    by_borrower = sum(each.fen for each in standing.allocations) - of_fund
    assert by_borrower + standing.ahead == came
    assert went + standing.ahead == came
    for event in acting:
        used = sum(each.fen for each in standing.allocations if each.event == event.number)
        assert used <= event.fen
    for line in standing.instalments:
        paid = dict.fromkeys(OwedPart, 0)
        for each in standing.allocations:
            if each.instalment == line.number:
                paid[each.part] += each.fen
        assert paid[OwedPart.PENALTY] == line.penalty_paid
        if line.due <= as_of:
            assert paid[OwedPart.PRINCIPAL] == line.principal_paid
            assert paid[OwedPart.INTEREST] == line.interest_paid


def renumbered(events: Sequence[Event], seed: int) -> list[Event]:
    """Return the events as if they had become known in another order."""
    others = list(events)
    random.Random(seed).shuffle(others)  # noqa: S311 - an order, no secret
    number = {event.number: place for place, event in enumerate(others, start=1)}
    return [
        event._replace(
            number=number[event.number],
            reverses=None if event.reverses is None else number[event.reverses],
        )
        for event in others
    ]


def told(standing: Standing) -> dict[str, object]:
    """Return everything but which payment's fen went where."""
    return {
        name: sorted(value) if name == "recovered" else value
        for name, value in vars(standing).items()
        if name != "moves"
    }


def the_order_of_arrival_does_not_matter(life: Life, days: int, seed: int) -> None:
    terms, events = life
    as_of = days_after(terms, days)
    there = replay(terms, events, as_of, calendar())
    again = replay(terms, renumbered(events, seed), as_of, calendar())
    assert told(again) == told(there)


def what_is_reversed_has_never_been(life: Life, days: int) -> None:
    terms, events = life
    as_of = days_after(terms, days)
    undone = {event.reverses for event in events} | {
        event.number for event in events if event.kind is K.REVERSED
    }
    kept = [event for event in events if event.number not in undone]
    assert replay(terms, kept, as_of, calendar()) == replay(terms, events, as_of, calendar())


def a_loan_counted_day_by_day_stands_the_same(life: Life, days: int) -> None:
    terms, events = life
    as_of = days_after(terms, days)
    standing = replay(terms, events, as_of, calendar())
    model = Model(terms)
    acting = in_order(events, as_of)
    model.play(acting, as_of)
    assert standing.outstanding == model.balance + sum(line.principal for line in model.arrears)
    assert standing.due_interest == sum(line.interest for line in model.arrears)
    assert standing.ahead == model.ahead
    assert standing.compensated_principal == model.compensated_principal
    past = standing.instalments[: len(model.lines)]
    assert [(line.due, line.principal, line.interest, line.subsidy) for line in past] == [
        (line.due, line.all_principal, line.all_interest, line.subsidy) for line in model.lines
    ]
    if standing.compensated_on is None:
        assert standing.interest_accrued == model.accrued()
        assert standing.penalty == sum(line.penalty() for line in model.arrears)


def paying_it_off_settles_it(life: Life, days: int) -> None:
    terms, events = life
    day = days_after(terms, days)
    events = in_order(events, day)
    owed = payoff(terms, events, day, calendar())
    assert owed.total == max(0, owed.principal + owed.interest + owed.penalty - owed.ahead)
    before = replay(terms, events, day, calendar())
    if owed.total and before.compensated_on is None:
        payment = Event(1000, K.REPAID, day, owed.total)
        after = replay(terms, [*events, payment], FAR, calendar())
        assert after.settled_on == day
        assert (after.outstanding, after.left, after.next_due) == (0, (), None)


def the_subsidised_days_tell_the_subsidy(life: Life, days: int) -> None:
    terms, events = life
    as_of = days_after(terms, days)
    year = 365 if terms.day_count is DayCount.ACTUAL_365 else 360
    told: Counter[int] = Counter()
    of = 1
    for each in subsidised(terms, events, as_of, calendar()):
        assert each.from_on < each.to_on
        told[each.instalment] += each.days * each.base * each.rate
        of = each.rate_of * year * 1_000_000
    for line in replay(terms, events, as_of, calendar()).instalments:
        if terms.subsidy is None or terms.subsidy.most is None:
            assert line.subsidy == min(line.interest, (2 * told[line.number] + of) // (2 * of))
