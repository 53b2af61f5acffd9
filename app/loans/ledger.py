"""The account of one loan while its events are played, day after day.

How a payment is used [our rules, where no source is named]:

1. What is due comes first, the oldest instalment first, its parts in the order of the contract.
2. Up to the coming instalment, money is *paid ahead*: the interest stays that of the plan, as if
   it had come on the due day. When it makes the instalment full, that is paid.
3. What is more is a *prepayment*: interest is paid to that day (who repays early owes interest for
   the days the money was lent: Civil Code art. 677, before it Contract Law art. 208), the rest
   lowers the principal from that day on, and the plan that is left is made anew as the contract
   says. The instalment whose month it is counts as paid with it, unless only interest is due then
   or its month begins on that very day; then the next due day stays. Before the last due day
   nothing is paid ahead beyond the interest to the day.
4. More than all that is owed is refused.

Overdue principal no longer bears the contract rate but the overdue rate, from the last day in
time on; each instalment's overdue interest is rounded half up when it is paid or told.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from app.core.money import Fen
from app.core.words.loans import LoanEventKind, OwedPart, Prepayment, RepaymentMethod
from app.loans.days import BASIS, due_days, extended, pay_by, position, positions
from app.loans.due_line import Due
from app.loans.events import ClosedAtBank, TermOver, too_much
from app.loans.interest import annuity, half_up
from app.loans.standing import Allocation, Instalment
from app.loans.subsidised import Subsidised
from app.loans.terms import WHOLE, Terms
from app.reference.workdays import Calendar

_SPREAD: Final = (RepaymentMethod.EQUAL_INSTALMENTS, RepaymentMethod.EQUAL_PRINCIPAL)
"""The methods that repay principal before the end."""


class Uncovered(NamedTuple):
    """What the bank bears itself after the guarantee fund has paid."""

    fen: Fen
    principal: Fen


class Ledger:
    """The account of one loan, from its lending on."""

    def __init__(self, terms: Terms, calendar: Calendar) -> None:
        self.terms = terms
        self.calendar = calendar
        self.due_day = terms.due_day or terms.lent_on.day
        self.months = terms.months
        self.dues = due_days(terms.lent_on, self.due_day, terms.months, terms.method)
        self.places = positions(self.dues, terms.day_count, self.due_day)
        self.below = BASIS[terms.day_count] * WHOLE
        self.index = 0
        """Which of the due days comes next."""
        self.number = 0
        """Of the last line of the plan that has fallen due."""
        self.balance = int(terms.principal)
        """Principal that is not due yet."""
        self.since = self.place(terms.lent_on)
        """Position up to which the interest of that principal is charged."""
        self.subsidy = Subsidised(terms, self.dues[-1], self.place, self.since)
        self.amount = 0
        self.interest = 0
        self.principal = 0
        """What the coming instalment holds, as long as nothing happens before."""
        self.lines: list[Due] = []
        self.arrears: list[Due] = []
        self.purse: list[list[int]] = []
        """Payments not used yet: number of the event, what is left of it."""
        self.ahead = 0
        """The sum of the purse."""
        self.allocations: list[Allocation] = []
        self.paid = dict.fromkeys(OwedPart, 0)
        self.of_borrower = self.paid
        """The same of the borrower's side alone, once the guarantee fund paid."""
        self.closed_on: date | None = None
        """The day from which nothing is owed to the bank."""
        self.spread()
        self.begin()

    def place(self, day: date) -> int:
        """Return where a day stands in the count of the loan's days."""
        return position(day, self.terms.day_count, self.due_day)

    @property
    def late(self) -> date | None:
        """The last day in time of the oldest line that is due; `None` when nothing is."""
        return self.arrears[0].pay_by if self.arrears else None

    # The plan

    def spread(self) -> None:
        """Set what the coming instalments are made of: the equal instalment or principal."""
        terms = self.terms
        if terms.method in _SPREAD:
            count = len(self.dues) - max(self.index, terms.grace)
            if terms.method is RepaymentMethod.EQUAL_INSTALMENTS:
                self.amount = annuity(self.balance, terms.rate, count)
            else:
                self.amount = half_up(self.balance, count)

    def begin(self) -> None:
        """Work out the coming instalment."""
        index, balance, terms = self.index, self.balance, self.terms
        if not balance:
            self.interest = self.principal = 0
            return
        days = self.places[index] - self.since
        below = self.below
        interest = (2 * balance * terms.rate * days + below) // (2 * below)
        if index + 1 == len(self.dues):
            principal = balance
        elif index < terms.grace or not self.amount:
            principal = 0
        elif terms.method is RepaymentMethod.EQUAL_INSTALMENTS:
            principal = min(max(self.amount - interest, 0), balance)
        else:
            principal = min(self.amount, balance)
        self.interest, self.principal = interest, principal

    def interest_to(self, day: date) -> Fen:
        """Return the interest since the last charge, of what is not due yet."""
        days = max(0, self.place(day) - self.since)
        return half_up(self.balance * self.terms.rate * days, self.below)

    # Falling due

    def fall_due(self, until: date, *, last_too: bool = True) -> None:
        """Make everything due that is due by a day, that day included."""
        dues = self.dues
        while self.balance and dues[self.index] <= until:
            if not last_too and dues[self.index] == until and self.index + 1 == len(dues):
                return
            line = self.close()
            if self.ahead or not line.principal + line.interest:
                self.settle_due(line, line.due)
            if line.settled_on is None:
                self.arrears.append(line)
            else:
                self.close_if_settled(line.due)

    def close(self) -> Due:
        """End the month of the coming instalment as planned; return its line."""
        index = self.index
        due, place = self.dues[index], self.places[index]
        subsidy = self.subsidy.to(due, place, self.late, self.balance, self.number + 1)
        return self._line(due, place, self.interest, self.principal, subsidy, skip=True)

    def _line(
        self, due: date, place: int, interest: int, principal: int, subsidy: int, *, skip: bool
    ) -> Due:
        """Write the line that ends a month, and begin the next."""
        self.number += 1
        self.balance -= principal
        line = Due(
            self.number,
            due,
            pay_by(due, self.terms.due_days, self.calendar),
            (principal, interest, min(subsidy, interest), self.balance),
        )
        self.lines.append(line)
        self.since = max(self.since, place)
        if skip:
            self.index += 1
        self.begin()
        return line

    def close_on(self, day: date, principal: int, *, skip: bool) -> Due:
        """End the month early: interest to the day and so much principal."""
        place = self.place(day)
        interest = self.interest_to(day)
        subsidy = self.subsidy.to(day, place, self.late, self.balance, self.number + 1)
        due = self.dues[self.index] if skip else day
        return self._line(due, place, interest, principal, subsidy, skip=skip)

    # Money

    def owed(self, day: date) -> int:
        """Return all that is owed to the bank on a day, what was paid ahead taken off."""
        due = sum(self.open_of(each, day) for each in self.arrears)
        return due + self.balance + self.interest_to(day) - self.ahead

    def open_of(self, line: Due, day: date) -> int:
        """Return what is left to pay of a line, overdue interest to the day included."""
        left = line.principal + line.interest - line.principal_paid - line.interest_paid
        return left + self.penalty(line, day)

    def penalty(self, line: Due, day: date) -> int:
        """Count the overdue interest of a line up to a day; return what of it is not paid."""
        place = self.place(day)
        if not line.late_from:
            line.late_from = self.place(line.pay_by)
        if place > line.late_from:
            late = line.principal - line.principal_paid
            if self.terms.penalty_on_interest:
                late += line.interest - line.interest_paid
            line.late_sum += late * (place - line.late_from)
            line.late_from = place
        return self.penalty_of(line) - line.penalty_paid

    def penalty_of(self, line: Due) -> Fen:
        """Return the overdue interest counted so far."""
        rate = self.terms.rate * self.terms.overdue_percent
        return half_up(line.late_sum * rate, self.below * 100)

    def pay(self, day: date, payments: Sequence[tuple[int, int]]) -> None:
        """Take the payments of one day, each the number of its event and its sum.

        Raises `MoreThanOwed`, `ClosedAtBank`.
        """
        self.fall_due(day)
        self.still_owed(day, LoanEventKind.REPAID)
        self.purse += [[number, fen] for number, fen in payments]
        self.ahead += sum(fen for _number, fen in payments)
        if self.arrears:
            self.subsidy.up_to(day, self.place(day), self.late, self.balance, self.number + 1)
            for line in self.arrears:
                self.settle_due(line, day)
                if not self.purse:
                    break
            self.arrears = [line for line in self.arrears if line.settled_on is None]
        if self.purse:
            self.settle_coming(day)
        self.close_if_settled(day)

    def still_owed(self, day: date, kind: LoanEventKind) -> None:
        """Raise `ClosedAtBank` when nothing is owed to the bank any more."""
        if self.closed_on is not None:
            raise ClosedAtBank(day=self.closed_on, later=day, kind=kind.label)

    def close_if_settled(self, day: date) -> None:
        """Note the day on which nothing is owed any more."""
        if not self.balance and not self.arrears:
            self.closed_on = day

    def settle_due(self, line: Due, day: date) -> None:
        """Use the purse for what is open of a line that is due."""
        penalty = self.penalty(line, day)
        for part in self.terms.order:
            if part is OwedPart.PRINCIPAL:
                line.principal_paid += self.draw(
                    line.number, part, line.principal - line.principal_paid
                )
            elif part is OwedPart.INTEREST:
                line.interest_paid += self.draw(
                    line.number, part, line.interest - line.interest_paid
                )
            elif penalty:
                taken = self.draw(line.number, part, penalty)
                line.penalty_paid += taken
                penalty -= taken
        if (
            not penalty
            and line.principal == line.principal_paid
            and line.interest == line.interest_paid
        ):
            line.settled_on = day

    def draw(self, number: int, part: OwedPart, wanted: int) -> int:
        """Take up to so much out of the purse for a part of a line; return what was there."""
        taken = min(wanted, self.ahead)
        left = taken
        while left:
            payment = self.purse[0]
            used = min(left, payment[1])
            self.allocations.append(Allocation(payment[0], number, part, Fen(used)))
            payment[1] -= used
            if not payment[1]:
                del self.purse[0]
            left -= used
        self.ahead -= taken
        self.paid[part] += taken
        return taken

    def settle_coming(self, day: date) -> None:
        """Use the purse for what is not due yet. Raises `MoreThanOwed`."""
        coming = self.interest + self.principal
        interest = self.interest_to(day)
        all_of_it = self.balance + interest
        last = self.index + 1 == len(self.dues) or self.principal == self.balance
        if self.ahead == all_of_it:
            line = self.close_on(day, self.balance, skip=not last)
        elif self.ahead == coming:
            line = self.close()
        elif self.ahead < coming and not last:
            return
        elif self.ahead > all_of_it:
            raise too_much(day, self.ahead, all_of_it)
        elif last and self.ahead <= interest:
            return
        else:
            skip = not last and self.principal > 0 and self.place(day) > self.since
            line = self.close_on(day, self.ahead - interest, skip=skip)
            if self.terms.prepayment is Prepayment.LOWER_INSTALMENTS:
                self.spread()
            self.begin()
        self.settle_due(line, day)

    # Other events

    def extend(self, day: date, months: int) -> None:
        """Move the end: what is not due yet is spread over the longer term, as the contract says.

        What is due already stays due, the rate stays, and the time of the extension is not
        subsidised (domain.md 4.1, 4.5). Raises `TermOver`, `ClosedAtBank`.
        """
        self.fall_due(day, last_too=False)
        self.still_owed(day, LoanEventKind.EXTENDED)
        if not self.balance or day > self.dues[-1]:
            raise TermOver(day=self.dues[-1])
        terms = self.terms
        self.months += months
        longer = due_days(terms.lent_on, self.due_day, self.months, terms.method)
        self.dues = extended(self.dues, longer)
        self.places = positions(self.dues, terms.day_count, self.due_day)
        self.spread()
        self.begin()
        if self.purse:
            self.settle_coming(day)

    def misuse(self, day: date) -> None:
        """End the subsidy: misused money is not subsidised from the day it was found."""
        self.fall_due(day)
        self.subsidy.up_to(day, self.place(day), self.late, self.balance, self.number + 1)
        self.subsidy.stop()

    def compensate(self, day: date, number: int, fen: int) -> Uncovered:
        """Let the guarantee fund pay; the bank's side is closed. Return what stays uncovered.

        Raises `MoreThanOwed`, `ClosedAtBank`.
        """
        self.fall_due(day)
        self.still_owed(day, LoanEventKind.COMPENSATED)
        owed = self.owed(day)
        if fen > owed:
            raise too_much(day, fen, owed)
        if self.balance:
            self.arrears.append(self.close_on(day, self.balance, skip=False))
        for line in self.arrears:
            self.settle_due(line, day)
        self.of_borrower = dict(self.paid)
        self.purse = [[number, fen]]
        self.ahead = fen
        for line in self.arrears:
            self.settle_due(line, day)
            line.settled_on = day
        lacking = sum(line.principal - line.principal_paid for line in self.arrears)
        self.arrears.clear()
        self.closed_on = day
        return Uncovered(Fen(owed - fen), Fen(lacking))

    # The plan that is left

    def forecast(self, day: date) -> list[Instalment]:
        """Return the lines that are not due yet, as they will be when all is paid in time from
        ``day`` on. The account is played to its end by it and of no further use.
        """
        late = self.late
        self.subsidy.up_to(day, self.place(day), late, self.balance, self.number + 1)
        self.arrears.clear()
        ahead = self.ahead
        lines: list[Instalment] = []
        while self.balance:
            line = self.close()
            if ahead:
                self.settle_due(line, day)
                line.settled_on = None
                ahead = 0
            lines.append(line.told(self.penalty_of(line)))
        return lines
