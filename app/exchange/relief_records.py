"""What a workbook of past relief holds: payments, each to somebody, and what is wrong with it."""

from datetime import date
from typing import Annotated, NamedTuple

import msgspec

from app.core.columns import Columns
from app.core.i18n import N_
from app.core.kinds import Amount, Choice, Count, Kind, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words.disbursements import PayWay
from app.core.words.funds import FundSource
from app.core.words.relief import ReliefItem
from app.exchange.importing_records import WorkbookForm
from app.exchange.register_records import Line, Register, RegisterWritten


class File(NamedTuple):
    """A household that has a file, as its payments count."""

    household_id: int
    number: str
    district: str | None
    category: str | None
    cause: str | None
    people: tuple[tuple[str, str], ...]
    """Names with ID numbers, the head first."""


class Who(NamedTuple):
    """By what somebody is known who was helped: two payments of one `Who` went to one person."""

    id_number: str
    name: str = ""
    """Empty for one with an ID number, which says it all."""
    household_id: int | None = None
    """Of one without an ID number, the household."""


class Paid(NamedTuple):
    """One payment, as it is told from others."""

    who: Who
    day: date
    item: ReliefItem
    source: FundSource
    fen: Fen


class ReliefRow(Line, gc=False):
    """One payment of the past. What a cell does not say is `None`, or ``""`` for a text."""

    day: date | None = None
    file_number: str = ""
    id_number: str = ""
    name: str = ""
    item: ReliefItem | None = None
    fen: Fen | None = None
    source: FundSource | None = None
    way: PayWay | None = None
    handler: str = ""
    note: str = ""
    file: File | None = None
    """The file it was given to; `None` for somebody without one (未建档)."""
    who: Who = Who("")
    """Nobody while the numbers cannot be read."""

    @property
    def paid(self) -> Paid | None:
        """Return the payment; `None` while something of it is not known."""
        known = self.who.id_number or self.who.name
        if known and self.day and self.item and self.source and self.fen:
            return Paid(self.who, self.day, self.item, self.source, self.fen)
        return None

    @property
    def keys(self) -> list[Paid]:
        """Return the payment, once it is known."""
        return [key] if (key := self.paid) else []


class Sums(msgspec.Struct, frozen=True):
    """What some payments are together."""

    rows: int
    fen: Fen
    people: int
    households: int
    """Those with a file."""
    without_file: int
    """People without one."""


class ReliefHistory(Register[ReliefRow], frozen=True, kw_only=True):
    """A workbook of past relief read and checked; nothing of it is written yet."""

    payments: list[ReliefRow]

    @property
    def cases(self) -> list[ReliefRow]:
        """Return all of them."""
        return self.payments

    def sums(self) -> Sums:
        """Return what an import would take in."""
        taken = list(self.sound())
        return Sums(
            rows=len(taken),
            fen=Fen(sum(each.fen or 0 for each in taken)),
            people=len({each.who for each in taken}),
            households=len({each.file.household_id for each in taken if each.file}),
            without_file=len({each.who for each in taken if not each.file}),
        )

    def counts(self) -> dict[str, int]:
        """Return what an import would take in, beside how many payments."""
        sums = msgspec.structs.asdict(self.sums())
        del sums["rows"]
        return sums


class PreparedRelief(NamedTuple):
    """The rows of an import of past relief, ready to be written."""

    payments: Columns
    """``person_id`` is the place of the person among ``people``, from 0."""
    people: list[tuple[Who, str, int | None]]
    """Each with the name and the household of the first payment."""
    sums: Sums
    rows: int
    errors: int


class ReliefForm(WorkbookForm):
    """Imports prepared past relief as one batch."""

    prepared: Annotated[PreparedRelief, Kind(label=N_("Content"), private=True)]


class ReliefImported(RegisterWritten):
    """What an import of past relief wrote."""

    payments: Annotated[int, Count(label=N_("Payments"))]
    fen: Annotated[Fen, Amount(label=N_("Amount"))]
    households: Annotated[int, Count(label=N_("Households"))]
    without_file: Annotated[int, Count(label=N_("Without a file"))]

    def counts(self) -> dict[str, int]:
        """Return what was written as other programs read it."""
        return {
            "rows": self.payments,
            "fen": self.fen,
            "people": self.people,
            "households": self.households,
            "without_file": self.without_file,
            "left_out": self.left_out,
        }


class HistoryBook(Record):
    """What was imported of one source and year: a book of its own beside the ledger."""

    source: Annotated[FundSource, Choice(label=N_("Source"), words=FundSource)]
    year: Annotated[int, Count(label=N_("Year"))]
    payments: Annotated[int, Count(label=N_("Payments"))]
    people: Annotated[int, Count(label=N_("People"))]
    fen: Annotated[Fen, Amount(label=N_("Amount"))]
    batches: Annotated[str, Text(label=N_("Imports"))]
    """The numbers of the imports it came with."""
