"""Random loans for the tests of their money: each number is one loan, always the same one."""

import os
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from app.core.money import Fen
from app.core.words.loans import (
    DayCount,
    DueDays,
    LoanEventKind,
    OwedPart,
    Payer,
    Prepayment,
    RepaymentMethod,
    SubsidyBasis,
)
from app.loans.events import Event, ImpossibleEvent
from app.loans.replay import payoff, replay
from app.loans.subsidy_rules import SubsidyRule
from app.loans.terms import Rate, Terms
from app.reference.workdays import calendar

K = LoanEventKind
FIRST = date(2002, 12, 24)
DAYS = 8_650
"""From the first guaranteed loans (银发〔2002〕394号) to 2026."""

FAR = date(2050, 1, 1)
RATES = (0, 43_500, 46_000, 53_500, 91_500)
ORDERS: Sequence[tuple[OwedPart, ...]] = (
    (OwedPart.PENALTY, OwedPart.INTEREST, OwedPart.PRINCIPAL),
    (OwedPart.INTEREST, OwedPart.PENALTY, OwedPart.PRINCIPAL),
    (OwedPart.PRINCIPAL, OwedPart.INTEREST, OwedPart.PENALTY),
)
KINDS = (K.REPAID,) * 9 + (
    K.EXTENDED,
    K.MISUSED,
    K.COMPENSATED,
    K.RECOVERED,
    K.RECOVERED,
    K.WRITTEN_OFF,
    K.REVERSED,
)
LOANS = int(os.environ.get("LOANS", "1000"))
"""How many random loans the properties are tried on; `make loan-properties` takes 5,000."""

seeds = st.integers(0, 2**32 - 1)
many = settings(max_examples=LOANS, deadline=None)


def terms_of(random: Random) -> Terms:
    """Return the terms of a random loan, from one fen to half a million yuan."""
    months = random.randint(1, 40)
    return Terms(
        principal=Fen(random.randint(1, random.choice((500, 5_000_000, 50_000_000)))),
        rate=Rate(random.choice((*RATES, random.randint(0, 240_000)))),
        months=months,
        method=random.choice(list(RepaymentMethod)),
        lent_on=FIRST + timedelta(random.randrange(DAYS)),
        day_count=random.choice(list(DayCount)),
        due_day=random.choice((0, random.randint(1, 31))),
        grace=random.choice((0, 0, random.randrange(months))),
        due_days=random.choice(list(DueDays)),
        prepayment=random.choice(list(Prepayment)),
        order=random.choice(ORDERS),
        overdue_percent=random.choice((150, 150, 130, 100, 0)),
        penalty_on_interest=random.random() < 0.3,
        subsidy=random.choice((None, _subsidy(random), _subsidy(random))),
    )


def _subsidy(random: Random) -> SubsidyRule:
    shares: list[tuple[int, int]] = []
    for _year in range(random.randint(1, 3)):
        below = random.randint(1, 6)
        shares.append((random.randint(0, below), below))
    return SubsidyRule(
        basis=random.choice(list(SubsidyBasis)),
        shares=tuple(shares),
        years=random.choice((None, None, 1, 2, 3)),
        rate=random.randint(0, 120_000),
        most=random.choice((None, Fen(random.randint(0, 30_000_000)))),
    )


def life_of(random: Random) -> tuple[Terms, list[Event]]:
    """Return a random loan and what happened to it, in the order in which it became known.

    What cannot have happened was refused with an `ImpossibleEvent` and left out. Many events are
    of days before those of earlier ones.
    """
    terms = terms_of(random)
    events = [Event(1, K.LENT, terms.lent_on, terms.principal)]
    for number in range(2, random.randint(2, 14)):
        event = _event_of(random, terms, events, number)
        try:
            replay(terms, [*events, event], FAR, calendar())
        except ImpossibleEvent:
            continue
        events.append(event)
    return terms, events


def _event_of(random: Random, terms: Terms, events: list[Event], number: int) -> Event:
    """Return something that may happen next, or may not."""
    kind = random.choice(KINDS)
    if random.random() < 0.5:
        due = random.choice(replay(terms, events, FAR, calendar()).instalments).due
        day = due + timedelta(random.choice((0, 0, 0, -1, -3, 1, 5, 40)))
    else:
        day = terms.lent_on + timedelta(random.randint(0, terms.months * 31 + 200))
    day = max(day, terms.lent_on)
    if kind is K.EXTENDED:
        return Event(number, kind, day, months=random.randint(1, 12))
    if kind is K.MISUSED:
        return Event(number, kind, day)
    if kind is K.REVERSED:
        return Event(number, kind, FAR, reverses=random.randint(2, number))
    payer = random.choice(list(Payer))
    return Event(number, kind, day, _sum_on(random, terms, events, day), payer=payer)


def _sum_on(random: Random, terms: Terms, events: list[Event], day: date) -> int:
    """Return a sum that means something on a day: an instalment, a part, all of it, or any."""
    before = replay(terms, events, day, calendar())
    owed = int(payoff(terms, events, day, calendar()).total)
    due = before.due_principal + before.due_interest + before.penalty
    coming = next((each.total for each in before.left if each.due > day), 0) - before.ahead
    sums = (
        *(due, coming, due + coming, owed, before.owed_to_fund),
        *(owed // 3, due // 2, coming * 2, due + coming + 1, owed - 1, coming // 3),
        random.randint(1, max(owed, 1)),
    )
    return max(1, random.choice(sums))
