"""What a register of placements holds, and what is wrong with it."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, NamedTuple

import msgspec

from app.core.i18n import N_
from app.core.kinds import Count, Flag, Key, Kind, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Answer
from app.core.words.placements import PersonKind
from app.exchange.archive_records import ArchiveProblem, Severity, SheetColumn
from app.exchange.importing_records import BatchNumber, FileName


class Placed(NamedTuple):
    """One placement, as it is told from others: who, where, on which day."""

    id_number: str
    employer: str
    day: date


def placed(id_number: str, employer: str, day: date) -> Placed:
    """Return a placement as it is told from others; spaces in the name do not count."""
    return Placed(id_number, "".join(employer.split()), day)


class PlacementLine(msgspec.Struct, gc=False):
    """One placement of the register. What a cell does not say is `None`, or ``""`` for a text."""

    row: int
    started_on: date | None = None
    name: str = ""
    id_number: str = ""
    employer: str = ""
    occupation: str = ""
    wage: Fen | None = None
    """A month."""
    contract_months: int | None = None
    person_kind: PersonKind | None = None
    free: Answer | None = None
    note: str = ""
    sheet: str = ""

    @property
    def place(self) -> tuple[str, int]:
        """Return where it stands."""
        return self.sheet, self.row

    @property
    def placed(self) -> Placed | None:
        """Return the placement; `None` while something of it is not known."""
        if self.id_number and self.employer and self.started_on:
            return placed(self.id_number, self.employer, self.started_on)
        return None


class PlacementRegister(msgspec.Struct, frozen=True, kw_only=True):
    """A register of placements read and checked; nothing of it is written yet."""

    lines: list[PlacementLine]
    """All of them, those with errors too, in the order of the sheets."""
    problems: list[ArchiveProblem]
    kept_out: frozenset[tuple[str, int]]
    """The sheets and rows of the placements with an error."""
    columns: tuple[SheetColumn, ...]
    unread: tuple[str, ...]
    """The sheets that were not read."""

    def sound(self) -> Iterator[PlacementLine]:
        """Yield the placements without an error, in order."""
        return (each for each in self.lines if each.place not in self.kept_out)

    @property
    def rows(self) -> int:
        """Return how many placements there are."""
        return len(self.lines)

    @property
    def errors(self) -> int:
        """Return how many problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        """Return the result of a dry run as other programs read it."""
        taken = list(self.sound())
        return {
            "rows": self.rows,
            "sound": len(taken),
            "people": len({each.id_number for each in taken}),
            "problems": [problem.as_json() for problem in self.problems],
        }


class PlacementRegisterForm(Record):
    """Imports a register of placements that was read, as one batch."""

    file_name: FileName
    digest: Annotated[str, Text(label=N_("Digest"))]
    register: Annotated[PlacementRegister, Kind(label=N_("Content"), private=True)]
    skip_bad: Annotated[bool, Flag(label=N_("Leave out what is wrong"))] = False


class PlacementsImported(Record):
    """What an import of placements wrote."""

    id: Annotated[int, Key()]
    number: BatchNumber
    placements: Annotated[int, Count(label=N_("Placements"))]
    people: Annotated[int, Count(label=N_("People"))]
    on_file: Annotated[int, Count(label=N_("With a file"))]
    left_out: Annotated[int, Count(label=N_("Left out"))]
