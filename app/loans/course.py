"""The months of one loan: what each will hold, and what it held when it ended.

This is the plan while it runs; what comes in for it is counted in `app.loans.ledger`.
"""

from datetime import date
from typing import Final, cast

from app.core.money import ZERO, Fen
from app.core.words.loans import RepaymentMethod
from app.loans.days import BASIS, due_days, extended, last_days, pay_by, position, positions
from app.loans.due_line import Due, Sums
from app.loans.interest import annuity, half_up
from app.loans.standing import Instalment
from app.loans.subsidised import Subsidised
from app.loans.terms import WHOLE, Terms
from app.reference.workdays import Calendar

_SPREAD: Final = (RepaymentMethod.EQUAL_INSTALMENTS, RepaymentMethod.EQUAL_PRINCIPAL)
"""The methods that repay principal before the end."""


_NOTHING: Final = (ZERO, ZERO, ZERO)


class Course:
    """The months of one loan, from its lending on."""

    def __init__(self, terms: Terms, calendar: Calendar) -> None:
        self.terms = terms
        self.calendar = calendar
        self.due_day = terms.due_day or terms.lent_on.day
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
        self.subsidised = terms.subsidy is not None
        self.amount: int = 0
        """The equal instalment, or the equal principal; 0 while all is due at the end."""
        self.coming: list[tuple[Fen, Fen, Fen]] = []
        """The instalments that come, the next one last: interest, principal, balance after it."""
        self.lines: list[Due | Instalment] = []
        self.arrears: list[Due] = []
        """Those of the lines that are not paid."""
        self.spread()
        self.plan()

    def place(self, day: date) -> int:
        """Return where a day stands in the count of the loan's days."""
        return position(day, self.terms.day_count, self.due_day)

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
        """Work out the coming instalments, as they are when nothing happens before."""
        balance: int = self.balance
        since, rate, below, amount = self.since, self.rate, self.below, self.amount
        places, last, grace, totals = self.places, self.last, self.grace, self.equal_totals
        index, coming = self.index, list[tuple[int, int, int]]()
        while balance:
            place = places[index]
            interest = (2 * balance * rate * (place - since) + below) // (2 * below)
            principal = amount - interest if totals else amount
            if index == last:
                principal = balance
            elif index < grace or principal < 0:
                principal = 0
            elif principal > balance:
                principal = balance
            balance -= principal
            coming.append((interest, principal, balance))
            since, index = place, index + 1
        coming.reverse()
        self.coming = cast("list[tuple[Fen, Fen, Fen]]", coming)

    @property
    def next(self) -> tuple[Fen, Fen, Fen]:
        """Interest and principal of the coming instalment and the balance after it."""
        return self.coming[-1] if self.coming else _NOTHING

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
        """End the month of the coming instalment as planned, and begin the next."""
        index = self.index
        interest, principal, balance = self.coming.pop()
        due, place = self.dues[index], self.places[index]
        last_day, provisional = self.last_days[index]
        number = self.number = self.number + 1
        if self.subsidised:
            late = self.arrears[0].pay_by if self.arrears else None
            subsidy = self.subsidy.to(due, place, late, self.balance, number)
            if subsidy > interest:
                subsidy = interest
        else:
            subsidy = ZERO
        self.balance, self.since, self.index = balance, place, index + 1
        return number, due, last_day, provisional, principal, interest, subsidy, balance

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
