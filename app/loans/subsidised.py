"""Counts the subsidised days of one loan while its events are played.

A day of interest is subsidised when it lies in the term as agreed first (not in an extension), in
a year of the loan that the rule names, nothing is late on it and no misuse was found before it
(domain.md 4.5; by day [our rule]). An instalment's subsidy is rounded half up to the fen and is
never more than its interest; the borrower bears the rest.
"""

import functools
from collections.abc import Callable
from datetime import date
from typing import Final

from app.core.days import months_after
from app.core.money import ZERO, Fen
from app.loans.days import BASIS
from app.loans.interest import half_up
from app.loans.standing import Stretch
from app.loans.subsidy_rules import SubsidyRule
from app.loans.terms import WHOLE, Terms

FOREVER: Final = 2**62
"""A position after the end of every loan."""

Step = tuple[date, int, int]
"""Until which day (not counted), its position, the treasury's rate until then."""


class Subsidised:
    """The subsidised days since the last instalment, and the stretches they were in."""

    def __init__(self, terms: Terms, end: date, place: Callable[[date], int], since: int) -> None:
        self.place = place
        self.day = terms.lent_on
        self.since = since
        """The day, and its position, up to which days are counted."""
        self.sum = 0
        """Days times the treasury's rate since the last instalment."""
        self.counted: list[tuple[int, date, date, int, int, int]] = []
        """Number of the instalment, first day, first day not counted, days, principal, rate.

        Months that ended as planned are missing unless the course tells them.
        """
        self.steps: tuple[Step, ...] = ()
        self.base, self.of = 1, 1
        """Which part of the principal is subsidised."""
        self.below = BASIS[terms.day_count] * WHOLE
        self.rate_of = 1
        rule = terms.subsidy
        if rule is not None:
            rates, self.rate_of = _rates(rule, terms.rate)
            self.steps = _steps(terms.lent_on, end, rates, rule.years, place)
            if rule.most is not None and rule.most < terms.principal:
                self.base, self.of = rule.most, terms.principal
            self.below *= self.rate_of * self.of

    def stop(self) -> None:
        """Count no day from here on."""
        self.steps = ()

    def rate_after(self, place: int) -> tuple[int, int]:
        """Return until which position one rate holds from a position on, and that rate."""
        for _end, until, rate in self.steps:
            if until > place:
                return until, rate
        return FOREVER, 0

    def between(self, since: int, place: int) -> int:
        """Return days times the treasury's rate between two positions."""
        total = 0
        for _end, until, rate in self.steps:
            if until > since:
                total += (min(until, place) - since) * rate
                since = until
                if until >= place:
                    break
        return total

    def up_to(self, day: date, place: int, late: date | None, balance: int, number: int) -> None:
        """Count the days up to ``day``; from the day ``late`` on something was overdue."""
        if place <= self.since:
            return
        if self.steps:
            if late is None or late >= day:
                self._count(day, place, balance, number)
            elif late > self.day:
                self._count(late, self.place(late), balance, number)
        self.day, self.since = day, place

    def _count(self, day: date, place: int, balance: int, number: int) -> None:
        start, since = self.day, self.since
        for end, end_place, rate in self.steps:
            if end_place <= since:
                continue
            until, until_place = (day, place) if place <= end_place else (end, end_place)
            if rate:
                self.sum += (until_place - since) * rate
                days = until_place - since
                self.counted.append((number, start, until, days, balance, rate))
            if until_place == place:
                return
            start, since = until, until_place

    def to(self, day: date, place: int, late: date | None, balance: int, number: int) -> Fen:
        """Count the days up to ``day`` and return the subsidy of the instalment that ends there."""
        self.up_to(day, place, late, balance, number)
        total, self.sum = self.sum, 0
        if total <= 0:
            return ZERO
        return half_up(total * balance * self.base, self.below)

    def stretches(self) -> tuple[Stretch, ...]:
        """Return the stretches that were counted."""
        return tuple(
            Stretch(
                number, start, until, days, Fen(balance * self.base // self.of), rate, self.rate_of
            )
            for number, start, until, days, balance, rate in self.counted
        )


@functools.lru_cache(maxsize=256)
def _rates(rule: SubsidyRule, contract: int) -> tuple[tuple[int, ...], int]:
    """Return the rates of a rule: of many loans they are the same."""
    return rule.rates(contract)


def _steps(
    lent_on: date,
    end: date,
    rates: tuple[int, ...],
    years: int | None,
    place: Callable[[date], int],
) -> tuple[Step, ...]:
    """Return the treasury's rates with the days on which they end."""
    last = end if years is None else min(end, months_after(lent_on, 12 * years))
    steps: list[Step] = []
    for year, rate in enumerate(rates[:-1], start=1):
        until = min(months_after(lent_on, 12 * year), last)
        steps.append((until, place(until), rate))
    return *steps, (last, place(last), rates[-1])
