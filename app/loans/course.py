"""The months of one loan: what each will hold, and what it held when it ended.

This is the plan while it runs; what comes in for it is counted in `app.loans.ledger`.
"""

from collections.abc import Callable
from datetime import date
from typing import Final, cast

from app.core.money import Fen
from app.core.words.loans import DayCount, RepaymentMethod
from app.loans.days import BASIS, due_days, extended, last_days, pay_by, position, positions
from app.loans.due_line import Due, Sums
from app.loans.interest import annuity, half_up
from app.loans.standing import Instalment
from app.loans.subsidised import Subsidised
from app.loans.terms import WHOLE, Terms
from app.reference.workdays import Calendar

_SPREAD: Final = (RepaymentMethod.EQUAL_INSTALMENTS, RepaymentMethod.EQUAL_PRINCIPAL)
"""The methods that repay principal before the end."""

_THIRTY_360: Final = DayCount.THIRTY_360

_Line = tuple[int, date, date, bool, int, int, int, int]
"""`Sums` while they are worked out."""


def _counting(day_count: DayCount, due_day: int) -> Callable[[date], int]:
    """Return the function that tells where a day stands in the count of a loan's days."""
    if day_count is _THIRTY_360:
        return lambda day: position(day, day_count, due_day)
    return date.toordinal


class Course:
    """The months of one loan, from its lending on."""

    def __init__(self, terms: Terms, calendar: Calendar, *, tells: bool = False) -> None:
        """Begin the plan; ``tells`` asks that its `subsidy` can tell its stretches."""
        self.terms = terms
        self.calendar = calendar
        self.due_day = terms.due_day or terms.lent_on.day
        self.place = _counting(terms.day_count, self.due_day)
        """Where a day stands in the count of the loan's days."""
        self.months = terms.months
        self.dues = due_days(terms.lent_on, self.due_day, terms.months, terms.method)
        self.places = positions(self.dues, terms.day_count, self.due_day)
        self.last_days = last_days(self.dues, terms.due_days, calendar)
        self.last = len(self.dues) - 1
        self.below = BASIS[terms.day_count] * WHOLE
        self.rate: int = terms.rate
        self.grace = terms.grace
        self.equal_totals = terms.method is RepaymentMethod.EQUAL_INSTALMENTS
        self.index = 0
        """Which of the due days comes next."""
        self.number = 0
        """Of the last line of the plan that has fallen due."""
        self.balance = terms.principal
        """Principal that is not due yet."""
        self.since = self.place(terms.lent_on)
        """Position up to which the interest of that principal is charged."""
        self.subsidy = Subsidised(terms, self.dues[-1], self.place, self.since)
        self.tells = tells
        self.amount: int = 0
        """The equal instalment, or the equal principal; 0 while all is due at the end."""
        self.coming: list[Sums] = []
        """The instalments that come, the next one last, as they are when nothing is late."""
        self.lines: list[Due | Instalment] = []
        self.arrears: list[Due] = []
        """Those of the lines that are not paid."""
        self.spread()
        self.plan()

    @property
    def late(self) -> date | None:
        """The last day in time of the oldest line that is due; `None` when nothing is."""
        return self.arrears[0].pay_by if self.arrears else None

    def spread(self) -> None:
        """Set what the coming instalments are made of: the equal instalment or principal."""
        if self.terms.method in _SPREAD:
            count = len(self.dues) - max(self.index, self.grace)
            if self.equal_totals:
                self.amount = annuity(self.balance, self.rate, count)
            else:
                self.amount = half_up(self.balance, count)

    def plan(self) -> None:
        """Work out the coming instalments, as they are when nothing happens before.

        Both roundings are those of `half_up`, written out because nothing here runs as often.
        """
        balance: int = self.balance
        since, amount, twice_rate = self.since, self.amount, 2 * self.rate
        below, twice_below = self.below, 2 * self.below
        places, last, grace, totals = self.places, self.last, self.grace, self.equal_totals
        dues, last_days, subsidy = self.dues, self.last_days, self.subsidy
        until, treasury = subsidy.rate_after(since)
        twice_base = 2 * subsidy.base
        borne_below, twice_borne_below = subsidy.below, 2 * subsidy.below
        index, number, coming = self.index, self.number, list[_Line]()
        while balance:
            place = places[index]
            interest = (balance * twice_rate * (place - since) + below) // twice_below
            principal = amount - interest if totals else amount
            if index == last:
                principal = balance
            elif index < grace or principal < 0:
                principal = 0
            elif principal > balance:
                principal = balance
            if place <= until:
                total = (place - since) * treasury
            else:  # another year of the loan begins
                total = subsidy.between(since, place)
                until, treasury = subsidy.rate_after(place)
            if total:
                borne = (total * balance * twice_base + borne_below) // twice_borne_below
                if borne > interest:
                    borne = interest
            else:
                borne = 0
            balance -= principal
            number += 1
            last_day, provisional = last_days[index]
            line = number, dues[index], last_day, provisional, principal, interest, borne, balance
            coming.append(line)
            since, index = place, index + 1
        coming.reverse()
        self.coming = cast("list[Sums]", coming)

    def interest_to(self, day: date) -> Fen:
        """Return the interest since the last charge, of what is not due yet."""
        days = max(0, self.place(day) - self.since)
        return half_up(self.balance * self.rate * days, self.below)

    def close(self) -> Due:
        """End the month of the coming instalment as planned; return its line."""
        line = Due(self.month())
        self.lines.append(line)
        return line

    def month(self) -> Sums:
        """End the month of the coming instalment as planned, and begin the next.

        Its subsidy is counted anew when something was late in it, or when its days are told.
        """
        sums = self.coming.pop()
        number, due, balance = sums[0], sums[1], sums[7]
        place, subsidy = self.places[self.index], self.subsidy
        if subsidy.since > self.since or self.arrears or self.tells:
            borne = subsidy.to(due, place, self.late, self.balance, number)
            if borne != sums[6]:
                sums = (*sums[:6], min(borne, sums[5]), balance)
        else:
            subsidy.day, subsidy.since = due, place
        self.number, self.balance, self.since = number, balance, place
        self.index += 1
        return sums

    def close_on(self, day: date, principal: int, *, skip: bool) -> Due:
        """End the month early: interest to the day and so much principal."""
        place = self.place(day)
        interest = self.interest_to(day)
        self.number += 1
        subsidy = self.subsidy.to(day, place, self.late, self.balance, self.number)
        self.balance = Fen(self.balance - principal)
        due = self.dues[self.index] if skip else day
        last_day, provisional = pay_by(due, self.terms.due_days, self.calendar)
        self.since = max(self.since, place)
        self.index += skip
        self.plan()
        sums = (Fen(principal), interest, min(subsidy, interest), self.balance)
        line = Due((self.number, due, last_day, provisional, *sums))
        self.lines.append(line)
        return line

    def lengthen(self, months: int) -> None:
        """Move the end by so many months, and spread what is not due yet over all of them."""
        self.months += months
        terms = self.terms
        longer = due_days(terms.lent_on, self.due_day, self.months, terms.method)
        self.dues = extended(self.dues, longer)
        self.last = len(self.dues) - 1
        self.places = positions(self.dues, terms.day_count, self.due_day)
        self.last_days = last_days(self.dues, terms.due_days, self.calendar)
        self.spread()
        self.plan()
