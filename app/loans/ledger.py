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
from typing import NamedTuple

from app.core.money import ZERO, Fen
from app.core.words.loans import LoanEventKind, OwedPart, Prepayment
from app.loans.course import Course
from app.loans.due_line import INTEREST, PENALTY, PRINCIPAL, Due
from app.loans.events import REPAID, ClosedAtBank, Event, TermOver, too_much
from app.loans.interest import half_up
from app.loans.standing import Instalment
from app.loans.terms import Terms
from app.reference.workdays import Calendar


class Uncovered(NamedTuple):
    """What the bank bears itself after the guarantee fund has paid."""

    fen: Fen
    principal: Fen


class Ledger(Course):
    """The account of one loan, from its lending on."""

    def __init__(self, terms: Terms, calendar: Calendar, *, tells: bool = False) -> None:
        super().__init__(terms, calendar, tells=tells)
        self.overdue_rate = self.rate * terms.overdue_percent
        self.overdue_below = self.below * 100
        self.purse: list[list[int]] = []
        """Payments not used yet: number of the event, what is left of it."""
        self.ahead = 0
        """The sum of the purse."""
        self.moves: list[tuple[int, int, OwedPart, int]] = []
        """The pieces of payments: event, line, part, sum."""
        self.paid: dict[OwedPart, int] = {PENALTY: 0, INTEREST: 0, PRINCIPAL: 0}
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
        return line.left[PRINCIPAL] + line.left[INTEREST] + self.penalty(line, day)

    def penalty(self, line: Due, day: date) -> int:
        """Count the overdue interest of a line up to a day; return what of it is not paid."""
        if day <= line.pay_by:
            return 0
        place = self.place(day)
        since = line.late_from or self.place(line.pay_by)
        if place > since:
            late = line.left[PRINCIPAL]
            if self.terms.penalty_on_interest:
                late += line.left[INTEREST]
            line.late_sum += late * (place - since)
            line.penalty = half_up(line.late_sum * self.overdue_rate, self.overdue_below)
        line.late_from = place
        return line.penalty - line.penalty_paid

    def pay(self, day: date, payments: Sequence[Event]) -> None:
        """Take the payments of one day.

        Raises `MoreThanOwed`, `ClosedAtBank`.
        """
        self.fall_due(day)
        self.still_owed(day, REPAID)
        came = 0
        for payment in payments:
            self.purse.append([payment.number, payment.fen])
            came += payment.fen
        self.ahead += came
        if self.arrears:
            self.subsidy.up_to(
                day, self.place(day), self.arrears[0].pay_by, self.balance, self.number + 1
            )
            for line in self.arrears:
                self.settle_due(line, day)
                if not self.ahead:
                    break
            self.arrears = [line for line in self.arrears if line.settled_on is None]
        if self.ahead:
            self.settle_coming(day, came)
        self.close_if_settled(day)

    def pay_as_planned(self, events: Sequence[Event], place: int) -> int:
        """Take payments that are just what falls due and are not late, as most are.

        Return the place of the first event that is anything else.
        """
        subsidy, coming, moves = self.subsidy, self.coming, self.moves
        if self.arrears or self.ahead or subsidy.since > self.since:
            return place
        first, count, line = place, len(events), None
        paid_interest = paid_principal = 0
        while coming and place < count:
            event, kind, day, fen, _months, _payer, _reverses = events[place]
            number, due, last_day, provisional, principal, interest, borne, balance = coming[-1]
            after = place + 1
            if (
                kind is not REPAID
                or fen != principal + interest
                or not due <= day <= last_day
                or (len(coming) > 1 and coming[-2][1] <= day)
                or (after < count and events[after].day == day and events[after].kind is REPAID)
            ):
                break
            place = after
            coming.pop()
            if self.tells:
                subsidy.to(due, self.place(due), None, balance + principal, number)
            line = Instalment(
                number,
                due,
                last_day,
                provisional,
                principal,
                interest,
                borne,
                balance,
                principal,
                interest,
                ZERO,
                ZERO,
                day,
            )
            self.lines.append(line)
            if interest:
                moves.append((event, number, INTEREST, interest))
                paid_interest += interest
            if principal:
                moves.append((event, number, PRINCIPAL, principal))
                paid_principal += principal
        if line is not None:
            self.paid[INTEREST] += paid_interest
            self.paid[PRINCIPAL] += paid_principal
            self.number, self.balance = line.number, line.balance
            self.index += place - first
            self.since = subsidy.since = self.places[self.index - 1]
            subsidy.day = line.due
            if not coming:
                self.closed_on = line.settled_on
        return place

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
        purse, left = self.purse, line.left
        left[PENALTY] = penalty = self.penalty(line, day)
        for part in self.terms.order:
            wanted = left[part]
            while wanted and purse:
                payment = purse[0]
                number, used = payment
                if used > wanted:
                    used = wanted
                    payment[1] -= wanted
                else:
                    del purse[0]
                self.moves.append((number, line.number, part, used))
                self.paid[part] += used
                self.ahead -= used
                wanted -= used
            left[part] = wanted
        line.penalty_paid += penalty - left[PENALTY]
        if not (left[PENALTY] or left[INTEREST] or left[PRINCIPAL]):
            line.settled_on = day

    def settle_coming(self, day: date, came: int) -> None:
        """Use the purse for what is not due yet, of which so much came in that day.

        Raises `MoreThanOwed`.
        """
        principal, planned = self.coming[-1][4:6] if self.coming else (ZERO, ZERO)
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
        self.plan()

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
        lacking = sum(line.left[PRINCIPAL] for line in self.arrears)
        self.arrears.clear()
        self.closed_on = day
        return Uncovered(Fen(owed - fen), Fen(lacking))

    # The plan that is left

    def forecast(self, day: date) -> list[Instalment]:
        """Return the lines that are not due yet, as they will be when all is paid in time from
        ``day`` on. The account is played to its end by it and of no further use.
        """
        late = self.late
        if late is not None or self.tells:
            self.subsidy.up_to(day, self.place(day), late, self.balance, self.number + 1)
            self.arrears.clear()
        lines: list[Instalment] = []
        if self.ahead and self.balance:
            first = self.close()
            self.settle_due(first, day)
            first.settled_on = None
            lines.append(first.told())
        while self.coming and (self.tells or self.subsidy.since > self.since):
            lines.append(Instalment(*self.month()))
        lines += [Instalment(*sums) for sums in reversed(self.coming)]
        return lines
