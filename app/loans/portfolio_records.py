"""What is asked and shown about all loans together: ageing, risk, due and paid, jobs."""

from datetime import date
from typing import Annotated

from app.core.i18n import N_, _
from app.core.kinds import Amount, Count, Day, Many, Part, Text
from app.core.money import Fen, yuan_text
from app.core.record import Record
from app.loans.terms import percent_text

Outstanding = Annotated[Fen, Amount(label=N_("Outstanding"))]
Loans = Annotated[int, Count(label=N_("Loans"))]


class AgeingAsked(Record):
    """Asks how overdue the loans are on a day; of none, today."""

    as_of: Annotated[date | None, Day(label=N_("As of"), may_be_future=False)] = None


class AgeingRow(Record):
    """The loans whose oldest late instalment is so many days late."""

    first: Annotated[int, Count(label=N_("From days"))]
    """0 for loans of which nothing is late."""
    last: Annotated[int | None, Count(label=N_("To days"))]
    """`None` when there is no end."""
    loans: Loans
    late: Annotated[Fen, Amount(label=N_("Overdue"))]
    """Principal and interest that are late, overdue interest apart."""
    outstanding: Outstanding
    """All principal of these loans that is not repaid: what is at risk."""


class RiskRow(Record):
    """Portfolio at risk: principal of the loans that are late for more than so many days."""

    days: Annotated[int, Count(label=N_("Days"))]
    loans: Loans
    fen: Annotated[Fen, Amount(label=N_("At risk"))]
    hundredths: Annotated[int, Count(label=N_("Hundredths of a percent"))]
    """Of all that is outstanding, rounded up: it never looks better."""

    @property
    def percent(self) -> str:
        """Return the part of all that is outstanding, as ``12.34%``."""
        return f"{percent_text(self.hundredths * 100)}%"


class AgeingView(Record):
    """How overdue the loans are on a day."""

    as_of: Annotated[date, Day(label=N_("As of"))]
    loans: Loans
    outstanding: Outstanding
    rows: Annotated[tuple[AgeingRow, ...], Many(label=N_("Ageing"))]
    risk: Annotated[tuple[RiskRow, ...], Many(label=N_("Portfolio at risk"))]
    owed_to_fund: Annotated[Fen, Amount(label=N_("Paid for borrowers, not recovered"))]
    recorded: Annotated[int, Count(label=N_("On record only"))]
    """Loans of an old register that nobody took into the books: they are not counted."""

    def tell(self) -> str:
        """Return what the parts at risk are parts of, in words."""
        says = _(
            "On {day}, {loans} loans owe {fen} yuan of principal; {recorded} that are on record "
            "only do not count."
        )
        fen = yuan_text(self.outstanding)
        return says.format(day=self.as_of, loans=self.loans, fen=fen, recorded=self.recorded)


class PaceAsked(Record):
    """Asks for what fell due and what was paid, month by month, from one month to another."""

    first: Annotated[date, Day(label=N_("From day"))]
    last: Annotated[date, Day(label=N_("To day"))]


class PaceRow(Record):
    """What had fallen due and what had been paid at the end of a month, since the beginning."""

    month: Annotated[str, Text(label=N_("Month"))]
    """As 2026-03."""
    due: Annotated[Fen, Amount(label=N_("Due so far"))]
    """With what was late when the time began."""
    paid: Annotated[Fen, Amount(label=N_("Paid so far"))]
    """With what was paid ahead when the time began."""


class PaceView(Record):
    """Whether repayments keep pace with what falls due."""

    rows: Annotated[tuple[PaceRow, ...], Many(label=N_("By month"))]


class JobsRow(Record):
    """The loans of a year and the people they give work."""

    year: Annotated[int, Count(label=N_("Year"))]
    loans: Loans
    principal: Annotated[Fen, Amount(label=N_("Principal"))]
    jobs: Annotated[int, Count(label=N_("People given work"))]
    """As the borrowers said when they asked for the loan."""
    unknown: Annotated[int, Count(label=N_("Loans without a number of jobs"))]
    seen: Annotated[int, Count(label=N_("At work at the last check"))]
    """Counted by post-loan checks, of the loans that were checked."""
    checked: Annotated[int, Count(label=N_("Loans checked"))]


class PortfolioView(Record):
    """All loans together today."""

    ageing: Annotated[AgeingView, Part()]
    jobs: Annotated[tuple[JobsRow, ...], Many(label=N_("Jobs by year"))]
