"""What a register of loans holds, and what is wrong with it."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, NamedTuple

import msgspec

from app.core.i18n import N_
from app.core.kinds import Amount, Count, Flag, Key, Kind, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words.loans import RepaymentMethod
from app.exchange.archive_records import ArchiveProblem, Severity, SheetColumn
from app.exchange.importing_records import BatchNumber, FileName


class Lent(NamedTuple):
    """One loan, as it is told from others."""

    id_number: str
    day: date
    fen: Fen


class LoanLine(msgspec.Struct, gc=False):
    """One loan of the register. What a cell does not say is `None`, or ``""`` for a text."""

    row: int
    lent_on: date | None = None
    name: str = ""
    id_number: str = ""
    principal: Fen | None = None
    months: int | None = None
    rate: int | None = None
    """Millionths a year."""
    method: RepaymentMethod | None = None
    share: int | None = None
    """Percent of the interest that was subsidised; `None` when the register does not say."""
    bank: str = ""
    guarantor: str = ""
    guarantor_id: str = ""
    purpose: str = ""
    contract_number: str = ""
    note: str = ""
    sheet: str = ""

    @property
    def place(self) -> tuple[str, int]:
        """Return where it stands."""
        return self.sheet, self.row

    @property
    def lent(self) -> Lent | None:
        """Return the loan; `None` while something of it is not known."""
        if self.id_number and self.lent_on and self.principal:
            return Lent(self.id_number, self.lent_on, self.principal)
        return None


class LoanRegister(msgspec.Struct, frozen=True, kw_only=True):
    """A register of loans read and checked; nothing of it is written yet."""

    loans: list[LoanLine]
    """All of them, those with errors too, in the order of the sheets."""
    problems: list[ArchiveProblem]
    kept_out: frozenset[tuple[str, int]]
    """The sheets and rows of the loans with an error."""
    columns: tuple[SheetColumn, ...]
    unread: tuple[str, ...]
    """The sheets that were not read."""

    def sound(self) -> Iterator[LoanLine]:
        """Yield the loans without an error, in order."""
        return (each for each in self.loans if each.place not in self.kept_out)

    @property
    def rows(self) -> int:
        """Return how many loans there are."""
        return len(self.loans)

    @property
    def errors(self) -> int:
        """Return how many problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def sum(self) -> Fen:
        """Return what an import would take in."""
        return Fen(sum(each.principal or 0 for each in self.sound()))

    def as_json(self) -> dict[str, Any]:
        """Return the result of a dry run as other programs read it."""
        taken = list(self.sound())
        return {
            "rows": self.rows,
            "sound": len(taken),
            "fen": self.sum,
            "people": len({each.id_number for each in taken}),
            "problems": [problem.as_json() for problem in self.problems],
        }


class LoanRegisterForm(Record):
    """Imports a register of loans that was read, as one batch."""

    file_name: FileName
    digest: Annotated[str, Text(label=N_("Digest"))]
    register: Annotated[LoanRegister, Kind(label=N_("Content"), private=True)]
    skip_bad: Annotated[bool, Flag(label=N_("Leave out what is wrong"))] = False


class LoansImported(Record):
    """What an import of loans wrote."""

    id: Annotated[int, Key()]
    number: BatchNumber
    loans: Annotated[int, Count(label=N_("Loans"))]
    fen: Annotated[Fen, Amount(label=N_("Amount"))]
    people: Annotated[int, Count(label=N_("People"))]
    on_file: Annotated[int, Count(label=N_("With a file"))]
    left_out: Annotated[int, Count(label=N_("Left out"))]
