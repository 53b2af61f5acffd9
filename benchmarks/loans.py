"""Fifty thousand loans: their plans from what happened, and how overdue they are.

The loans are invented: lent on every day of the last two years and repaid in 24 instalments, most
of them in time, some late, some early. The store is made once and kept in the user's cache folder.
"""

import gc
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.core.clock import FixedClock
from app.core.money import Fen
from app.core.words.loans import DayCount, DueDays, LoanEventKind, LoanState, RepaymentMethod
from app.loans.events import Event
from app.loans.plan import plan
from app.loans.portfolio import ageing
from app.loans.portfolio_records import AgeingAsked
from app.loans.replay import replay
from app.loans.standing import Standing
from app.loans.subsidy_rules import full, half, thirds
from app.loans.terms import Rate, Terms
from app.office import enter_store
from app.reference.workdays import calendar
from benchmarks.measure import Goal, Row, Timing, in_turn, stopwatch, times, timing
from benchmarks.stores import (
    PASSWORD,
    TODAY,
    USER,
    data_key,
    filling,
    insert_rows,
    kept_store,
    new_center,
)
from db.engine import connect

LOANS: Final = 50_000
MONTHS: Final = 24
TOGETHER: Final = 5
"""Loans that are timed together."""

ROUNDS: Final = 15
SEED: Final = 2012
WHOLE_YEAR: Final = 12_000_000
"""Twelve months in millionths: what the floor divides by."""


class Life(NamedTuple):
    """A loan and what happened to it until today."""

    terms: Terms
    events: list[Event]


def loan_rows() -> list[Row]:
    """Return the rows of the table."""
    lives = list(_lives())
    gc.freeze()  # the collections between the parts need not look at the loans
    return [_plans(lives), _contracts(lives), *_ageing(lives)]


# Plans


def _plans(lives: Sequence[Life]) -> Row:
    ours, floor = _a_loan(lives, _replayed)
    return Row(
        f"{LOANS:,} loans of {MONTHS} instalments with all their events, mean "
        f"{sum(len(life.events) for life in lives) / len(lives):.1f}, a loan: instalments, what is "
        "paid, late, subsidised",
        "exact integers: the instalments alone",
        ours,
        floor,
        (Goal("p50", 60, ours.median * 1e6, "µs a loan"),),
        why=(
            "More than half of the time goes into the payments, of which the floor knows nothing; "
            "the row below has none."
        ),
    )


def _contracts(lives: Sequence[Life]) -> Row:
    ours, floor = _a_loan(lives, _planned)
    return Row(
        f"{LOANS:,} loan plans from their contracts, a loan: due days, days in time, subsidy",
        "exact integers: the instalments alone",
        ours,
        floor,
        (Goal("p50", 60, ours.median * 1e6, "µs a loan"),),
    )


def _a_loan(lives: Sequence[Life], work: Any) -> tuple[Timing, Timing]:
    """Time some loans together, and tell it of one."""
    parts = [lives[start : start + TOGETHER] for start in range(0, len(lives), TOGETHER)]
    ours, floor = in_turn(work, _floor, parts)
    return tuple(  # pyright: ignore[reportReturnType] - two, as they came
        timing([seconds / TOGETHER for seconds in each.seconds]) for each in (ours, floor)
    )


def _replayed(lives: Sequence[Life]) -> None:
    days = calendar()
    for life in lives:
        replay(life.terms, life.events, TODAY, days)


def _planned(lives: Sequence[Life]) -> None:
    days = calendar()
    for life in lives:
        plan(life.terms, days)


def _floor(lives: Sequence[Life]) -> None:
    for life in lives:
        _instalments(life.terms.principal, life.terms.rate, life.terms.months)


def _instalments(principal: int, rate: int, months: int) -> list[tuple[int, int, int, int]]:
    """Work out equal instalments by nothing but whole numbers."""
    year = WHOLE_YEAR
    grown = (year + rate) ** months
    below = year * (grown - year**months)
    equal = (2 * principal * rate * grown + below) // (2 * below)
    balance, lines = principal, list[tuple[int, int, int, int]]()
    for number in range(1, months + 1):
        interest = (2 * balance * rate + year) // (2 * year)
        repaid = equal - interest if number < months else balance
        balance -= repaid
        lines.append((number, repaid, interest, balance))
    return lines


def _lives() -> Iterator[Life]:
    """Yield loans of the last two years with what happened to them."""
    rng = random.Random(SEED)  # noqa: S311 - invents loans, keeps no secret
    rules = (full(), half(), thirds(), None)
    for _number in range(LOANS):
        terms = Terms(
            principal=Fen(rng.randrange(3_000_000, 30_000_000, 100_000)),
            rate=Rate(rng.choice((46_000, 53_500, 91_500))),
            months=MONTHS,
            method=rng.choice((RepaymentMethod.EQUAL_INSTALMENTS, RepaymentMethod.EQUAL_PRINCIPAL)),
            lent_on=TODAY - timedelta(rng.randrange(MONTHS * 30)),
            day_count=rng.choice(tuple(DayCount)),
            due_days=rng.choice(tuple(DueDays)),
            subsidy=rng.choice(rules),
        )
        yield Life(terms, list(_events(rng, terms)))


def _events(rng: random.Random, terms: Terms) -> Iterator[Event]:
    """Yield what happened until today: nine loans of ten are paid, one stopped some months ago."""
    yield Event(1, LoanEventKind.LENT, terms.lent_on, terms.principal)
    lines = plan(terms, calendar()).instalments
    due = [line for line in lines if line.due <= TODAY]
    if rng.random() < 0.1:
        due = due[: -rng.randrange(1, 6)]
    late = rng.random() < 0.2
    for number, line in enumerate(due, start=2):
        day = min(TODAY, line.due + timedelta(rng.randrange(4) if late else 0))
        yield Event(number, LoanEventKind.REPAID, day, line.total)


# Ageing


def _ageing(lives: Sequence[Life]) -> list[Row]:
    """Measure how overdue all loans are, today and as of a past day."""
    store = _store(lives)
    clock = FixedClock(datetime.combine(TODAY, time(10)).astimezone())
    office, actor = enter_store(store, USER, PASSWORD, clock)
    with closing(office), closing(connect(store, data_key(store), read_only=True)) as raw:
        view = office.ask(actor, ageing, AgeingAsked())
        late = raw.execute(OPEN, (TODAY.isoformat(),)).fetchall()
        told = Counter({row.first: row.late for row in view.rows if row.first})
        if (view.loans, told.total()) != (LOANS - _settled(lives), _late(late)):
            raise AssertionError("the ageing differs from the index")
        ours: list[float] = []
        floor: list[float] = []
        for turn in range(ROUNDS):
            gc.collect()
            taken = stopwatch(lambda: office.ask(actor, ageing, AgeingAsked()))
            read = stopwatch(lambda: raw.execute(OPEN, (TODAY.isoformat(),)).fetchall())
            if turn:
                ours.append(taken)
                floor.append(read)
    above, below = timing(ours), timing(floor)
    return [
        Row(
            f"ageing of {LOANS:,} loans × {MONTHS}: classes, portfolio at risk",
            "raw SQL: the partial index of open instalments that are due, loan by loan",
            above,
            below,
            (times("p50", above, below, 1.5),),
        )
    ]


OPEN: Final = (
    "SELECT loan_id, min(pay_by), sum(principal + interest - paid) FROM loan_instalment "
    "WHERE open AND due_on < ? GROUP BY loan_id"
)
"""What the partial index of open instalments gives."""


def _late(rows: Sequence[tuple[int, str, int]]) -> int:
    """Return what is late of the loans whose oldest open line is."""
    return sum(fen for _loan, last_day, fen in rows if last_day < TODAY.isoformat())


def _settled(lives: Sequence[Life]) -> int:
    days = calendar()
    return sum(
        replay(life.terms, life.events, TODAY, days).settled_on is not None for life in lives
    )


def _store(lives: Sequence[Life]) -> Path:
    """Return the store, made when there is none of this schema."""
    return kept_store("loans", f"{LOANS:,} loans", __file__, lambda store: _make(store, lives))


def _make(store: Path, lives: Sequence[Life]) -> None:
    new_center(store)
    days = calendar()
    with filling(store, "loan", "loan_instalment") as connection:
        rows = enumerate(lives, start=1)
        while part := list(islice(rows, 1000)):
            standings = [
                (number, replay(life.terms, life.events, TODAY, days)) for number, life in part
            ]
            insert_rows(connection, "loan", [_loan(number, each) for number, each in standings])
            lines = [line for number, each in standings for line in _lines(number, each)]
            insert_rows(connection, "loan_instalment", lines)


def _loan(number: int, standing: Standing) -> dict[str, Any]:
    state = LoanState.SETTLED if standing.settled_on else LoanState.REPAYING
    return {
        "id": number,
        "number": f"贷{number}",
        "state": state.value,
        "borrower_kind": "individual",
        "asked": standing.lent,
        "months_asked": MONTHS,
        "principal": standing.lent,
        "terms": "{}",
        "lent_on": standing.lent_on,
        "outstanding": standing.outstanding,
        "overdue_since": standing.overdue_since,
        "ends_on": standing.ends_on,
    }


def _lines(number: int, standing: Standing) -> Iterator[dict[str, Any]]:
    for line in standing.instalments:
        yield {
            "loan_id": number,
            "number": line.number,
            "due_on": line.due,
            "pay_by": line.pay_by,
            "principal": line.principal,
            "interest": line.interest,
            "subsidy": line.subsidy,
            "paid": line.paid,
            "open": line.settled_on is None,
        }
