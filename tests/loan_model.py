"""The rules of a loan's money played day by day, as slowly and plainly as they are written.

Nothing of the account in `app.loans` is used: every day adds its interest, its overdue interest
and its subsidy, as fractions; sums are rounded where the rules say so.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from app.core.words.loans import (
    DayCount,
    DueDays,
    LoanEventKind,
    OwedPart,
    Prepayment,
    RepaymentMethod,
    SubsidyBasis,
)
from app.loans.events import Event
from app.loans.terms import Terms
from app.reference.workdays import calendar
from tests.loan_oracle import days_between, dues, month_on

K = LoanEventKind
COUNTS = {
    DayCount.THIRTY_360: "30/360",
    DayCount.ACTUAL_360: "actual/360",
    DayCount.ACTUAL_365: "actual/365",
}
EVERY = {RepaymentMethod.QUARTERLY_INTEREST: 3, RepaymentMethod.AT_THE_END: 1000}
SPREAD = (RepaymentMethod.EQUAL_INSTALMENTS, RepaymentMethod.EQUAL_PRINCIPAL)
DAY = timedelta(days=1)


def rounded(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))


class Line:
    """A due line: what is left of it, and its overdue interest."""

    def __init__(self, due: date, pay_by: date, principal: int, interest: int) -> None:
        self.due, self.pay_by = due, pay_by
        self.all_principal, self.all_interest = principal, interest
        self.principal: int = principal
        self.interest: int = interest
        self.subsidy = 0
        self.late, self.late_paid = 0, 0
        """Fen that were late times days; what of the overdue interest is paid."""
        self.late_rate = Fraction(0)

    def penalty(self) -> int:
        return rounded(self.late * self.late_rate) - self.late_paid

    def open(self) -> int:
        return self.principal + self.interest + self.penalty()

    def take(self, order: Sequence[OwedPart], money: int) -> int:
        """Settle what one can; return what is left of the money."""
        for part in order:
            if part is OwedPart.PRINCIPAL:
                used = min(money, self.principal)
                self.principal -= used
            elif part is OwedPart.INTEREST:
                used = min(money, self.interest)
                self.interest -= used
            else:
                used = min(money, self.penalty())
                self.late_paid += used
            money -= used
        return money


class Model:
    """One loan, a day at a time."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.count = COUNTS[terms.day_count]
        self.wanted = terms.due_day or terms.lent_on.day
        self.year = 365 if terms.day_count is DayCount.ACTUAL_365 else 360
        self.rate = Fraction(terms.rate, 1_000_000)
        self.months = terms.months
        self.dues = dues(terms.lent_on, terms.months, self.wanted, EVERY.get(terms.method, 1))
        self.first_end = self.dues[-1]
        self.ends: list[date] = []
        self.passed = 0
        self.balance: int = terms.principal
        self.days_of_balance = 0
        """Fen times days since the last charge, which bear interest."""
        self.subsidised: dict[Fraction, int] = {}
        """The same by the treasury's rate on them."""
        self.from_day = terms.lent_on
        """Interest is charged up to here."""
        self.ahead = 0
        self.lines: list[Line] = []
        self.arrears: list[Line] = []
        self.misused = False
        self.compensated_principal = 0
        self.spread()

    def spread(self) -> None:
        left = len(self.dues) - max(self.passed, self.terms.grace)
        self.equal = 0
        if self.terms.method is RepaymentMethod.EQUAL_INSTALMENTS and self.rate:
            power = (1 + self.rate / 12) ** left
            self.equal = rounded(self.balance * self.rate / 12 * power / (power - 1))
        elif self.terms.method in SPREAD:
            self.equal = rounded(Fraction(self.balance, left))

    def days(self, first: date, last: date) -> int:
        return days_between(first, last, self.count, self.wanted)

    def coming(self, today: date) -> tuple[int, int]:
        """Return interest and principal of the next instalment, if nothing happens before."""
        due = self.dues[self.passed]
        start = max(today, self.from_day)
        rest = self.balance * self.days(start, due)
        interest = rounded((self.days_of_balance + rest) * self.rate / self.year)
        if due == self.dues[-1]:
            return interest, self.balance
        if self.passed < self.terms.grace or self.terms.method not in SPREAD:
            return interest, 0
        paid = self.equal
        if self.terms.method is RepaymentMethod.EQUAL_INSTALMENTS:
            paid = max(0, paid - interest)
        return interest, min(paid, self.balance)

    def share(self, day: date) -> Fraction:
        """Return the treasury's rate on a day, nothing being late."""
        rule = self.terms.subsidy
        if rule is None or self.misused or day >= self.first_end:
            return Fraction(0)
        year = 0
        while day >= month_on(self.terms.lent_on, 12 * (year + 1), self.terms.lent_on.day):
            year += 1
        if rule.years is not None and year >= rule.years:
            return Fraction(0)
        above, below = rule.shares[min(year, len(rule.shares) - 1)]
        own = Fraction(rule.rate, 1_000_000)
        base = {
            SubsidyBasis.INTEREST: self.rate,
            SubsidyBasis.ABOVE: max(Fraction(0), self.rate - own),
            SubsidyBasis.OF_RATE: own,
        }[rule.basis]
        part = Fraction(1)
        if rule.most is not None and rule.most < self.terms.principal:
            part = Fraction(rule.most, self.terms.principal)
        return min(base * above / below, self.rate) * part

    def night(self, day: date) -> None:
        """Let one day pass."""
        for line in self.arrears:
            if line.pay_by <= day:
                late = line.principal + line.interest * self.terms.penalty_on_interest
                line.late += late * self.days(day, day + DAY)
        if day >= self.from_day:
            bearing = self.balance * self.days(day, day + DAY)
            self.days_of_balance += bearing
            if not (self.arrears and self.arrears[0].pay_by <= day):
                self.subsidise(day, bearing)

    def subsidise(self, day: date, bearing: int) -> None:
        if self.terms.subsidy is not None:
            rate = self.share(day)
            self.subsidised[rate] = self.subsidised.get(rate, 0) + bearing

    def accrued(self) -> int:
        """Return the interest since the last charge."""
        return rounded(self.days_of_balance * self.rate / self.year)

    def cut(self, day: date, due: date, principal: int, interest: int) -> Line:
        """End the month."""
        pay_by = due
        while self.terms.due_days is DueDays.NEXT_WORKING_DAY and not calendar().expected(pay_by):
            pay_by += DAY
        line = Line(due, pay_by, principal, interest)
        line.late_rate = self.rate * self.terms.overdue_percent / 100 / self.year
        subsidised = sum((rate * days for rate, days in self.subsidised.items()), Fraction(0))
        line.subsidy = min(interest, rounded(subsidised / self.year))
        self.lines.append(line)
        self.balance -= principal
        self.days_of_balance = 0
        self.subsidised.clear()
        self.from_day = max(self.from_day, day)
        return line

    def fall_due(self, day: date, *, last: bool = True) -> None:
        while self.balance and self.dues[self.passed] <= day:
            due = self.dues[self.passed]
            if due == self.dues[-1] and not last:
                return
            interest, principal = self.coming(day)
            line = self.cut(due, due, principal, interest)
            self.passed += 1
            self.ahead = line.take(self.terms.order, self.ahead)
            if line.open():
                self.arrears.append(line)

    def money(self, day: date, fen: int) -> None:
        self.ahead += fen
        for line in self.arrears:
            self.ahead = line.take(self.terms.order, self.ahead)
        self.arrears = [line for line in self.arrears if line.open()]
        if self.ahead:
            self.beforehand(day)

    def beforehand(self, day: date) -> None:
        """Use money for what is not due."""
        interest, principal = self.coming(day)
        to_day = self.accrued()
        last = self.dues[self.passed] == self.dues[-1] or principal == self.balance
        if self.ahead == self.balance + to_day:
            line = self.cut(day, day if last else self.dues[self.passed], self.balance, to_day)
        elif self.ahead == interest + principal:
            due = self.dues[self.passed]
            start = max(day, self.from_day)
            while start < due:  # the subsidy of the days that are paid for beforehand
                self.subsidise(start, self.balance * self.days(start, start + DAY))
                start += DAY
            line = self.cut(due, due, principal, interest)
            self.passed += 1
        elif self.ahead < (to_day + 1 if last else interest + principal):
            return
        else:
            begun = self.days(self.from_day, day) <= 0
            counts = not last and principal > 0 and not begun
            due = self.dues[self.passed] if counts else day
            line = self.cut(day, due, self.ahead - to_day, to_day)
            self.passed += counts
            if self.terms.prepayment is Prepayment.LOWER_INSTALMENTS:
                self.spread()
        self.ahead = line.take(self.terms.order, self.ahead)

    def extend(self, months: int) -> None:
        terms = self.terms
        self.months += months
        self.ends.append(self.dues[-1])
        ends = {(end.year, end.month): end for end in self.ends}
        longer = dues(terms.lent_on, self.months, self.wanted, EVERY.get(terms.method, 1))
        self.dues = [ends.get((each.year, each.month), each) for each in longer]
        self.spread()

    def play(self, events: Sequence[Event], as_of: date) -> None:
        """Play sorted events without reversals; the first is the lending."""
        day = self.terms.lent_on
        while day <= as_of:
            today = [each for each in events if each.day == day]
            if extensions := [each for each in today if each.kind is K.EXTENDED]:
                self.fall_due(day, last=False)
            if any(each.kind is K.MISUSED for each in today):
                self.fall_due(day)
                self.misused = True
            if extensions:
                self.extend(sum(each.months for each in extensions))
                if self.ahead:
                    self.beforehand(day)
            self.fall_due(day)
            if paid := sum(each.fen for each in today if each.kind is K.REPAID):
                self.money(day, paid)
            for each in today:
                if each.kind is K.COMPENSATED:
                    self.compensate(day, each.fen)
            if day < as_of:
                self.night(day)
            day += DAY

    def compensate(self, day: date, fen: int) -> None:
        if self.balance:
            self.arrears.append(self.cut(day, day, self.balance, self.accrued()))
        for line in self.arrears:
            self.ahead = line.take(self.terms.order, self.ahead)
        before = sum(line.principal for line in self.arrears)
        for line in self.arrears:
            fen = line.take(self.terms.order, fen)
        self.compensated_principal = before - sum(line.principal for line in self.arrears)
        self.arrears = []
