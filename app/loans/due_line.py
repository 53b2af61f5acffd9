"""An instalment that has fallen due, while what comes in for it is counted."""

from datetime import date
from typing import Final

from app.core.money import ZERO, Fen
from app.core.words.loans import OwedPart
from app.loans.standing import Instalment

PENALTY: Final = OwedPart.PENALTY
INTEREST: Final = OwedPart.INTEREST
PRINCIPAL: Final = OwedPart.PRINCIPAL
"""Looked up once: on its class a member of an enumeration is found slowly by Python 3.11."""

Sums = tuple[int, date, date, bool, Fen, Fen, Fen, Fen]
"""The first eight fields of an `Instalment`: what is due, before anything is paid."""


class Due:
    """An instalment that has fallen due."""

    penalty: Fen = ZERO
    """Overdue interest counted so far, paid or not."""
    penalty_paid: int = 0
    late_from: int = 0
    """Position up to which overdue interest is in `late_sum`; 0 before there is any."""
    late_sum: int = 0
    """Fen that were late times days."""
    settled_on: date | None = None

    def __init__(self, sums: Sums) -> None:
        self.sums = sums
        self.number, _due, self.pay_by, _provisional, self.principal, self.interest, _, _ = sums
        self.left: dict[OwedPart, int] = {
            PENALTY: 0,
            INTEREST: self.interest,
            PRINCIPAL: self.principal,
        }
        """What is not paid of each part; of the overdue interest as of the last payment."""

    @property
    def due(self) -> date:
        """The day on which it fell due."""
        return self.sums[1]

    def told(self) -> Instalment:
        """Return the line as others see it, with its overdue interest so far."""
        return Instalment(
            *self.sums,
            Fen(self.principal - self.left[PRINCIPAL]),
            Fen(self.interest - self.left[INTEREST]),
            self.penalty,
            Fen(self.penalty_paid),
            self.settled_on,
        )
