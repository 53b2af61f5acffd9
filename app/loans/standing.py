"""What is known of a loan's money: the instalments, where payments went, how it stands."""

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import msgspec

from app.core.money import ZERO, Fen
from app.core.words.loans import AgeBucket, OwedPart, Payer

_BUCKETS: Final = ((0, AgeBucket.CURRENT), (30, AgeBucket.UP_TO_30), (90, AgeBucket.UP_TO_90))


class Instalment(msgspec.Struct, frozen=True, gc=False):
    """One line of a plan, with what came in for it."""

    number: int
    due: date
    pay_by: date
    """The last day in time: ``due``, moved to a working day where the contract says so."""
    provisional: bool
    """Whether ``pay_by`` rests on a year whose holidays are not announced (暂定)."""
    principal: Fen
    interest: Fen
    subsidy: Fen
    """The part of the interest that the treasury bears; the bank is owed the whole interest."""
    balance: Fen
    """Principal not yet due after this line."""
    principal_paid: Fen = ZERO
    interest_paid: Fen = ZERO
    penalty: Fen = ZERO
    """Overdue interest up to the day of the standing."""
    penalty_paid: Fen = ZERO
    settled_on: date | None = None
    """The day it was paid in full; `None` while something is open."""

    @property
    def total(self) -> Fen:
        """Principal and interest."""
        return Fen(self.principal + self.interest)

    @property
    def own(self) -> Fen:
        """What the borrower bears in the end: the total without the subsidy."""
        return Fen(self.principal + self.interest - self.subsidy)

    @property
    def paid(self) -> Fen:
        """What came in for it, overdue interest apart."""
        return Fen(self.principal_paid + self.interest_paid)

    @property
    def open(self) -> Fen:
        """What is left to pay of it, overdue interest included."""
        if self.settled_on is not None:
            return ZERO
        return Fen(self.total + self.penalty - self.paid - self.penalty_paid)


class Allocation(NamedTuple):
    """Where a piece of a payment went."""

    event: int
    """The number of the payment."""
    instalment: int
    part: OwedPart
    fen: Fen


class Stretch(NamedTuple):
    """Days of subsidised interest, as the treasury is asked for them."""

    instalment: int
    from_on: date
    to_on: date
    """The first day that is not counted."""
    days: int
    base: Fen
    """The principal that bore the interest, as far as it is subsidised."""
    rate: int
    """The treasury's rate in millionths, as ``rate / rate_of``."""
    rate_of: int


class Payoff(NamedTuple):
    """What settles the loan on a day (提前结清试算)."""

    day: date
    principal: Fen
    interest: Fen
    """Interest due and interest to the day."""
    penalty: Fen
    ahead: Fen
    """Paid ahead or on that day already, taken off the total."""
    total: Fen
    saved: Fen
    """Interest of the plan that is not paid any more."""


@dataclass
class Standing:
    """How a loan stands on a day. Sums in fen.

    Nothing changes one; it is not frozen because building it would then take three times as long.
    """

    as_of: date
    lent: Fen
    lent_on: date | None
    """`None` while nothing was lent; the instalments are then those of the contract."""
    ends_on: date
    """The last due day of the plan, extensions included."""
    instalments: tuple[Instalment, ...]
    """All lines, the past ones as they were and those that are left as they will be."""
    moves: tuple[tuple[int, int, OwedPart, int], ...]
    """What `allocations` are made of when asked for."""

    outstanding: Fen
    """Principal owed to the bank, due or not."""
    repaid: Fen
    """Principal repaid to the bank by the borrower's side."""
    interest_paid: Fen
    penalty_paid: Fen
    ahead: Fen
    """Paid before it is due and not yet an instalment; counts as paid on the due day."""

    interest_accrued: Fen
    """Interest of the days since the last due day, not due yet."""
    due_principal: Fen
    """Principal that has fallen due and is not paid, late or not yet late."""
    due_interest: Fen
    """The same of interest."""
    penalty: Fen
    """Overdue interest not paid yet."""
    overdue_since: date | None
    """Last day in time of the oldest part that is late; `None` when nothing is late."""
    overdue_days: int

    compensated: Fen = ZERO
    """What the guarantee fund paid the bank."""
    compensated_on: date | None = None
    compensated_principal: Fen = ZERO
    uncovered: Fen = ZERO
    """What the bank bears itself because the fund paid less than was owed."""
    uncovered_principal: Fen = ZERO
    recovered: tuple[tuple[Payer, Fen], ...] = ()
    """What came back to the fund, by who paid."""
    written_off: Fen = ZERO

    extended: int = 0
    """Months by which the term was extended."""
    misused_on: date | None = None
    settled_on: date | None = None
    """The day on which nothing was owed any more, to the bank or to the fund."""

    @property
    def allocations(self) -> tuple[Allocation, ...]:
        """Where the payments went, piece by piece."""
        return tuple(
            Allocation(event, line, part, Fen(fen)) for event, line, part, fen in self.moves
        )

    @property
    def left(self) -> tuple[Instalment, ...]:
        """The plan that is left: what is open, oldest first."""
        return tuple(each for each in self.instalments if each.settled_on is None)

    @property
    def next_due(self) -> Instalment | None:
        """The next instalment that is not overdue; `None` when none is left."""
        return next(
            (
                each
                for each in self.instalments
                if each.settled_on is None and each.pay_by >= self.as_of
            ),
            None,
        )

    @property
    def bucket(self) -> AgeBucket:
        """The class of ageing; loans that are settled or compensated are not overdue."""
        days = self.overdue_days
        return next((bucket for most, bucket in _BUCKETS if days <= most), AgeBucket.OVER_90)

    @property
    def recovered_fen(self) -> Fen:
        """What came back to the fund in all."""
        return Fen(sum(fen for _payer, fen in self.recovered))

    @property
    def owed_to_fund(self) -> Fen:
        """What the fund paid, has not got back and has not written off."""
        return Fen(max(0, self.compensated - self.recovered_fen - self.written_off))

    @property
    def subsidy(self) -> Fen:
        """The subsidy of all instalments."""
        return Fen(sum(each.subsidy for each in self.instalments))
