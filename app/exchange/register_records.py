"""What registers of one row a case hold once they are read, and what an import of one wrote."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, Generic, TypeVar

import msgspec

from app.core.i18n import N_
from app.core.kinds import Count, Key
from app.core.money import Fen, yuan_text
from app.core.record import Record
from app.exchange.archive_records import ArchiveProblem, Severity, SheetColumn
from app.exchange.importing_records import BatchNumber

Place = tuple[str, int]
"""The sheet and the row of a case."""


class Line(msgspec.Struct, gc=False):
    """One case of a register. What a cell does not say is `None`, or ``""`` for a text."""

    row: int
    sheet: str = ""

    @property
    def place(self) -> Place:
        """Return where it stands."""
        return self.sheet, self.row

    @property
    def keys(self) -> Sequence[Hashable]:
        """Return what it is told from others by; nothing while something of it is not known."""
        raise NotImplementedError


Case = TypeVar("Case", bound=Line)


class Register(msgspec.Struct, Generic[Case], frozen=True, kw_only=True):
    """A register read and checked; nothing of it is written yet."""

    problems: list[ArchiveProblem]
    kept_out: frozenset[Place]
    """The cases with an error."""
    columns: tuple[SheetColumn, ...]
    unread: tuple[str, ...]
    """The sheets that were not read."""

    @property
    def cases(self) -> list[Case]:
        """Return all of them, those with errors too, in the order of the sheets."""
        raise NotImplementedError

    def counts(self) -> dict[str, int]:
        """Return what an import would take in, beside how many cases."""
        raise NotImplementedError

    def sound(self) -> Iterator[Case]:
        """Yield the cases without an error, in order."""
        return (each for each in self.cases if each.place not in self.kept_out)

    @property
    def rows(self) -> int:
        """Return how many cases there are."""
        return len(self.cases)

    @property
    def sound_rows(self) -> int:
        """Return how many of them an import would write."""
        return sum(1 for _case in self.sound())

    @property
    def errors(self) -> int:
        """Return how many problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        """Return the result of a dry run as other programs read it."""
        return {
            "rows": self.rows,
            "sound": self.sound_rows,
            **self.counts(),
            "problems": [problem.as_json() for problem in self.problems],
        }


class RegisterWritten(Record):
    """What an import of a register wrote."""

    id: Annotated[int, Key()]
    number: BatchNumber
    people: Annotated[int, Count(label=N_("People"))]
    left_out: Annotated[int, Count(label=N_("Left out"))]

    def counts(self) -> dict[str, int]:
        """Return what was written as other programs read it."""
        raise NotImplementedError


_AS_SAID: Final = {"rows": "count", "left_out": "left", "without_file": "without"}


def in_words(counts: Mapping[str, int]) -> dict[str, str]:
    """Return counts as sentences name and show them."""
    said = {_AS_SAID.get(name, name): f"{count:,}" for name, count in counts.items()}
    return {**said, "amount": yuan_text(Fen(counts.get("fen", 0)))}
