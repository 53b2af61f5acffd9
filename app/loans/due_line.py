"""An instalment that has fallen due, while what comes in for it is counted."""

from datetime import date

from app.core.money import Fen
from app.loans.standing import Instalment


class Due:
    """An instalment that has fallen due."""

    __slots__ = (
        "balance", "due", "interest", "interest_paid", "late_from", "late_sum", "number", "pay_by",
        "penalty_paid", "principal", "principal_paid", "provisional", "settled_on", "subsidy",
    )  # fmt: skip

    def __init__(
        self,
        number: int,
        due: date,
        last_day: tuple[date, bool],
        sums: tuple[int, int, int, int],
    ) -> None:
        self.number = number
        self.due = due
        self.pay_by, self.provisional = last_day
        self.principal, self.interest, self.subsidy, self.balance = sums
        self.principal_paid = 0
        self.interest_paid = 0
        self.penalty_paid = 0
        self.late_from = 0
        """Position up to which overdue interest is in `late_sum`; 0 before there is any."""
        self.late_sum = 0
        """Fen that were late times days."""
        self.settled_on: date | None = None

    def told(self, penalty: Fen) -> Instalment:
        """Return the line as others see it, with its overdue interest so far."""
        return Instalment(
            self.number,
            self.due,
            self.pay_by,
            self.provisional,
            Fen(self.principal),
            Fen(self.interest),
            Fen(self.subsidy),
            Fen(self.balance),
            Fen(self.principal_paid),
            Fen(self.interest_paid),
            penalty,
            Fen(self.penalty_paid),
            self.settled_on,
        )
