"""One workbook on its way in: what it holds, what was mended and decided so far."""

from abc import ABC, abstractmethod
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any

import msgspec

from app.core.i18n import N_, _
from app.core.kinds import Choice, Count, Key, Kind, Text
from app.core.record import Record
from app.core.words.imports import Decision
from app.exchange.archive_mending import BulkFix, Mends, bulk_fixes, with_offers
from app.exchange.archive_records import Archive, ArchiveProblem, Severity
from app.exchange.importing_files import Opened
from app.exchange.importing_records import WorkbookForm
from app.exchange.importing_rules import Stopped
from app.exchange.register_records import Register
from app.office import Office
from app.work import Action

Read = Archive | Register[Any]
"""What a workbook was read as."""


class ProblemRow(Record):
    """One problem as the table shows it."""

    id: Annotated[int, Key()]
    sheet: Annotated[str, Text(label=N_("Worksheet"))]
    row: Annotated[int, Count(label=N_("Row number"))]
    column: Annotated[str, Text(label=N_("Column"))]
    severity: Annotated[Severity, Choice(label=N_("Kind"), words=Severity)]
    says: Annotated[str, Text(label=N_("What is wrong"))]
    decision: Annotated[Decision | None, Choice(label=N_("Handling"), words=Decision)] = None
    problem: Annotated[ArchiveProblem, Kind(label=N_("Problem"), private=True)]


class Progress:
    """How far the reading is; the screen asks, the thread that reads tells."""

    def __init__(self) -> None:
        self.rows = 0
        self._stopped = False

    def stop(self) -> None:
        """Let the reading end at its next step."""
        self._stopped = True

    def tick(self, rows: int) -> None:
        """Take how many rows were read. Raises `Stopped`."""
        if self._stopped:
            raise Stopped
        self.rows = rows


@dataclass(frozen=True)
class Job(ABC):
    """A workbook as read, with the mends it was read with; every step makes a new one."""

    opened: Opened
    read: Read
    mends: Mends = field(default_factory=Mends)

    # What the kinds of workbook differ in

    @abstractmethod
    def coming(self) -> int:
        """Return how many households or payments an import would take in or complete."""

    @abstractmethod
    def staying(self) -> int:
        """Return how many stay out."""

    @abstractmethod
    def says(self) -> str:
        """Return in words what comes in and what stays out."""

    @abstractmethod
    def warning(self) -> str:
        """Return what is to be known before it is confirmed."""

    @abstractmethod
    def end(self) -> str:
        """Return what it has become once it is in."""

    @abstractmethod
    def prepare(self, office: Office) -> WorkbookForm:
        """Make a backup, and return what is written then: without what stays out, as was asked.

        Not on the store thread.
        """

    @property
    @abstractmethod
    def write(self) -> Action[Any, Any]:
        """Return what writes it."""

    @abstractmethod
    def came_in(self, done: Any) -> str:
        """Return in words what came in; ``done`` is what `write` gave."""

    @abstractmethod
    def part(self, sheet: str) -> str:
        """Return of which part a sheet is, as `ColumnsForm` names it."""

    @abstractmethod
    def bad_rows(self) -> bytes:
        """Return what stays out as a workbook, each row with what is wrong."""

    @abstractmethod
    def read_again(self, read: Read, mends: Mends) -> "Job":
        """Return the same workbook read once more, with what was decided before."""

    @cached_property
    def on_file(self) -> dict[int, list[ArchiveProblem]]:
        """Return the households that can be decided upon: they are on file already."""
        return {}

    def ways(self, _problem: ArchiveProblem) -> list[Decision]:
        """Return what can become of the household of a problem; nothing where it is no question."""
        return []

    def decision(self, _problem: ArchiveProblem) -> Decision | None:
        """Return what was decided about the household of a problem."""
        return None

    def decide(self, _problem: ArchiveProblem, _decision: Decision) -> "Job":
        """Return the job with the household of a problem decided upon."""
        return self

    def decide_all(self, _decision: Decision) -> "Job":
        """Return the job with every household on file decided upon alike, where that can be."""
        return self

    def kind(self, problem: ArchiveProblem) -> str:
        """Return of which kind a problem is."""
        return problem.severity.value

    def details(self) -> str:
        """Return how much was read."""
        says = _("{rows} rows read, {errors} errors")
        return says.format(rows=f"{self.read.rows:,}", errors=f"{self.read.errors:,}")

    # What is wrong

    def rows(self, kind: str) -> list[ProblemRow]:
        """Return the problems of one kind: ``all``, ``error``, ``warning`` or ``on_file``."""
        return [
            ProblemRow(
                id=place,
                sheet=problem.sheet,
                row=problem.row,
                column=problem.column,
                severity=problem.severity,
                says=problem.tell(),
                decision=self.decision(problem),
                problem=problem,
            )
            for place, problem in enumerate(self.read.problems)
            if kind in ("all", self.kind(problem))
        ]

    @property
    def one_sheet(self) -> bool:
        """Tell whether all problems are in one sheet."""
        return len({problem.sheet for problem in self.read.problems}) < 2

    def counts(self) -> dict[str, int]:
        """Return how many problems of each kind there are."""
        counts: dict[str, int] = defaultdict(int)
        for problem in self.read.problems:
            counts[self.kind(problem)] += 1
        return {"all": len(self.read.problems), **counts}

    # Mending

    def mended(self, problem: ArchiveProblem, text: str) -> Mends:
        """Return the mends with another value in the cell of a problem."""
        if problem.whole:
            word = (problem.sheet, problem.field, "")
            return msgspec.structs.replace(self.mends, words={**self.mends.words, word: text})
        cell = (problem.sheet, problem.row, problem.field)
        return msgspec.structs.replace(self.mends, cells={**self.mends.cells, cell: text})

    def mended_everywhere(self, problem: ArchiveProblem, text: str) -> Mends:
        """Return the mends with another value wherever the wrong one stands in the column."""
        word = (problem.sheet, problem.field, problem.value)
        return msgspec.structs.replace(self.mends, words={**self.mends.words, word: text})

    @abstractmethod
    def words(self, problem: ArchiveProblem) -> tuple[str, ...]:
        """Return the words of the list that the column of a problem has; nothing without one."""

    @abstractmethod
    def shared(self) -> frozenset[str]:
        """Return the fields of which one value can hold for every row."""

    def without(self, problem: ArchiveProblem) -> Mends:
        """Return the mends with the row of a problem left out."""
        return self._without({(problem.sheet, problem.row)})

    def _without(self, rows: set[tuple[str, int]]) -> Mends:
        return msgspec.structs.replace(self.mends, left_out=self.mends.left_out | rows)

    def with_proposals(self) -> Mends:
        """Return the mends that take every proposal."""
        return with_offers(self.read.problems, self.mends)

    def proposals(self) -> int:
        """Return how many proposals there are."""
        return sum(
            bool(each.offer) and each.severity is Severity.ERROR for each in self.read.problems
        )

    @cached_property
    def fixes(self) -> list[BulkFix]:
        """Return the wrong values that stand in a column more than once."""
        return bulk_fixes(self.read.problems, self.shared())

    def alike(self, problem: ArchiveProblem) -> int:
        """Return in how many cells of its column the same wrong value stands."""
        for fix in self.fixes:
            same = (fix.sheet, fix.field, fix.value) == (
                problem.sheet,
                problem.field,
                problem.value,
            )
            if same and not problem.whole:
                return len(fix.rows)
        return 1
