"""What a report tells of guaranteed loans: those lent in the period, and their money."""

from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, Choice, Count, Many, Part, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Word
from app.loans.portfolio_records import AgeingView

Money = Annotated[Fen, Amount(label=N_("Amount"))]


class LoanCut(Word):
    """What loans are told by. Each cut shares out the same loans."""

    KIND = "kind", N_("By borrower kind")
    DISTRICT = "district", N_("By district")
    BANK = "bank", N_("By bank")
    MONTH = "month", N_("By month")


class Lent(Record):
    """Loans that the bank disbursed."""

    count: Annotated[int, Count(label=N_("Loans"))] = 0
    fen: Money = Fen(0)
    """Their principal."""
    jobs: Annotated[int, Count(label=N_("People given work"))] = 0
    """As the borrowers said when they asked for the loan."""


class LentRow(Lent):
    """The loans of one kind of borrower, one district and so on."""

    key: Annotated[str, Text(label=N_("Key"))]
    label: Annotated[str, Text(label=N_("Name"))]


class LoanCutTable(Record):
    """One cut: its rows sum to all loans that were lent."""

    cut: Annotated[LoanCut, Choice(label=N_("Cut"), words=LoanCut)]
    rows: Annotated[tuple[LentRow, ...], Many(label=N_("Rows"))]


class Entries(Record):
    """Entries of one kind in the money of loans, without those that were reversed."""

    count: Annotated[int, Count(label=N_("Entries"))] = 0
    fen: Money = Fen(0)


class Loans(Record):
    """Guaranteed loans of a period: lent in it, and what happened in it to the money of all."""

    lent: Annotated[Lent, Part()] = Lent()
    cuts: Annotated[tuple[LoanCutTable, ...], Many(label=N_("Guaranteed loans"))] = ()
    """One table for each `LoanCut`, in its order."""
    repaid: Annotated[Entries, Part()] = Entries()
    """With interest."""
    compensated: Annotated[Entries, Part()] = Entries()
    recovered: Annotated[Entries, Part()] = Entries()
    written_off: Annotated[Entries, Part()] = Entries()
    ageing: Annotated[AgeingView | None, Part()] = None
    """How late all loans were on the last day; only of a whole year and of all districts."""

    def rows(self, cut: LoanCut) -> tuple[LentRow, ...]:
        """Return the rows of one cut."""
        return next((table.rows for table in self.cuts if table.cut is cut), ())
