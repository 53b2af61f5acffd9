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

from app.core.money import ZERO, Fen
from app.core.words.loans import LoanEventKind, OwedPart, Prepayment
from app.loans.course import Course
from app.loans.due_line import Due
from app.loans.events import REPAID, ClosedAtBank, Event, TermOver, too_much
from app.loans.interest import half_up
from app.loans.standing import Instalment
from app.loans.terms import Terms
from app.reference.workdays import Calendar

PENALTY: Final = OwedPart.PENALTY
INTEREST: Final = OwedPart.INTEREST
PRINCIPAL: Final = OwedPart.PRINCIPAL
"""Looked up once: on its class a member of an enumeration is found slowly by Python 3.11."""


class Uncovered(NamedTuple):
    """What the bank bears itself after the guarantee fund has paid."""

    fen: Fen
    principal: Fen


class Ledger(Course):
    """The account of one loan, from its lending on."""

    def __init__(self, terms: Terms, calendar: Calendar) -> None:
        super().__init__(terms, calendar)
        self.purse: list[list[int]] = []
        """Payments not used yet: number of the event, what is left of it."""
        self.ahead = 0
        """The sum of the purse."""
        self.moves: list[tuple[int, int, OwedPart, Fen]] = []
        """The pieces of payments: event, line, part, sum."""
        self.paid = dict.fromkeys(OwedPart, 0)
        self.of_borrower = self.paid
        """The same of the borrower's side alone, once the guarantee fund paid."""
        self.closed_on: date | None = None
        """The day from which nothing is owed to the bank."""

    def fall_due(self, until: date, *, last_too: bool = True) -> None:
        """Make everything due that is due by a day, that day included."""
        dues = self.dues
        while self.balance and dues[self.index] <= until:
            if not last_too and dues[self.index] == until and self.index == self.last:
                return
            line = self.close()
            if self.ahead or not line.principal + line.interest:
                self.settle_due(line, line.due)
            if line.settled_on is None:
                self.arrears.append(line)
            else:
                self.close_if_settled(line.due)

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
        if day <= line.pay_by:
            return 0
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
        if not line.late_sum:
            return ZERO
        rate = self.rate * self.terms.overdue_percent
        return half_up(line.late_sum * rate, self.below * 100)

    def pay(self, day: date, payments: Sequence[Event]) -> None:
        """Take the payments of one day.

        Raises `MoreThanOwed`, `ClosedAtBank`.
        """
        if len(payments) == 1 and self.paid_as_planned(payments[0]):
            return
        self.fall_due(day)
        self.still_owed(day, REPAID)
        came = 0
        for payment in payments:
            self.purse.append([payment.number, payment.fen])
            came += payment.fen
        self.ahead += came
        if self.arrears:
            self.subsidy.up_to(day, self.place(day), self.late, self.balance, self.number + 1)
            for line in self.arrears:
                self.settle_due(line, day)
                if not self.ahead:
                    break
            self.arrears = [line for line in self.arrears if line.settled_on is None]
        if self.ahead:
            self.settle_coming(day, came)
        self.close_if_settled(day)

    def paid_as_planned(self, payment: Event) -> bool:
        """Take a payment that is just what falls due and is not late, as most are."""
        if self.arrears or self.ahead or not self.coming:
            return False
        index = self.index
        interest, principal, _balance = self.coming[-1]
        number, day, fen = payment.number, payment.day, payment.fen
        if (
            fen != interest + principal
            or not self.dues[index] <= day <= self.last_days[index][0]
            or (index < self.last and self.dues[index + 1] <= day)
        ):
            return False
        line = Instalment(*self.month(), principal, interest, ZERO, ZERO, day)
        self.lines.append(line)
        paid = self.paid
        if interest:
            self.moves.append((number, line[0], INTEREST, interest))
            paid[INTEREST] += interest
        if principal:
            self.moves.append((number, line[0], PRINCIPAL, principal))
            paid[PRINCIPAL] += principal
        if not self.balance:
            self.closed_on = day
        return True

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
            if part is PENALTY:
                wanted = penalty
            elif part is INTEREST:
                wanted = line.interest - line.interest_paid
            else:
                wanted = line.principal - line.principal_paid
            if not wanted or not self.ahead:
                continue
            taken = self.draw(line.number, part, wanted)
            if part is PENALTY:
                line.penalty_paid = Fen(line.penalty_paid + taken)
                penalty -= taken
            elif part is INTEREST:
                line.interest_paid = Fen(line.interest_paid + taken)
            else:
                line.principal_paid = Fen(line.principal_paid + taken)
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
            self.moves.append((payment[0], number, part, Fen(used)))
            payment[1] -= used
            if not payment[1]:
                del self.purse[0]
            left -= used
        self.ahead -= taken
        self.paid[part] += taken
        return taken

    def settle_coming(self, day: date, came: int) -> None:
        """Use the purse for what is not due yet, of which so much came in that day.

        Raises `MoreThanOwed`.
        """
        planned, principal, _balance = self.next
        coming = planned + principal
        interest = self.interest_to(day)
        all_of_it = self.balance + interest
        last = self.index == self.last or principal == self.balance
        if self.ahead == all_of_it:
            line = self.close_on(day, self.balance, skip=not last)
        elif self.ahead == coming:
            line = self.close()
        elif self.ahead < coming and not last:
            return
        elif self.ahead > all_of_it:
            raise too_much(day, came, came - self.ahead + all_of_it)
        elif last and self.ahead <= interest:
            return
        else:
            skip = not last and principal > 0 and self.place(day) > self.since
            line = self.close_on(day, self.ahead - interest, skip=skip)
            if self.terms.prepayment is Prepayment.LOWER_INSTALMENTS:
                self.spread()
            self.plan()
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
        self.lengthen(months)
        if self.ahead:
            self.settle_coming(day, 0)

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
        lines: list[Instalment] = []
        if self.ahead and self.balance:
            first = self.close()
            self.settle_due(first, day)
            first.settled_on = None
            lines.append(first.told(ZERO))
        while self.balance:
            lines.append(Instalment(*self.month()))
        return lines
