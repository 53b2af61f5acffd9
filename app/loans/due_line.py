"""An instalment that has fallen due, while what comes in for it is counted."""

from datetime import date

from app.core.money import ZERO, Fen
from app.loans.standing import Instalment

Sums = tuple[int, date, date, bool, Fen, Fen, Fen, Fen]
"""The first eight fields of an `Instalment`: what is due, before anything is paid."""


class Due:
    """An instalment that has fallen due."""

    principal_paid: Fen = ZERO
    interest_paid: Fen = ZERO
    penalty_paid: Fen = ZERO
    late_from: int = 0
    """Position up to which overdue interest is in `late_sum`; 0 before there is any."""
    late_sum: int = 0
    """Fen that were late times days."""
    settled_on: date | None = None

    def __init__(self, sums: Sums) -> None:
        self.sums = sums
        self.number, _due, self.pay_by, _provisional, self.principal, self.interest, _, _ = sums

    @property
    def due(self) -> date:
        """The day on which it fell due."""
        return self.sums[1]

    def told(self, penalty: Fen) -> Instalment:
        """Return the line as others see it, with its overdue interest so far."""
        return Instalment(
            *self.sums,
            self.principal_paid,
            self.interest_paid,
            penalty,
            self.penalty_paid,
            self.settled_on,
        )
