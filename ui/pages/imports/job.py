"""One workbook on its way in: what it holds, what was mended and decided so far."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated

import msgspec

from app.core.i18n import N_
from app.core.kinds import Choice, Count, Key, Kind, Text
from app.core.record import Record
from app.core.words.imports import Decision
from app.exchange.archive_mending import BulkFix, Mends, bulk_fixes, with_offers
from app.exchange.archive_reading import sheets_of
from app.exchange.archive_records import Archive, ArchiveProblem, Severity
from app.exchange.archive_words import words_of
from app.exchange.importing_columns import HOUSEHOLDS, MEMBERS, columns_of
from app.exchange.importing_files import Opened
from app.exchange.importing_records import Decided
from app.exchange.importing_rows import can_be, in_center, on_file
from app.exchange.importing_rules import Stopped


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
class Job:
    """A workbook as read, with the mends it was read with; every step makes a new one."""

    opened: Opened
    archive: Archive
    mends: Mends = field(default_factory=Mends)
    decisions: Mapping[int, Decision] = field(default_factory=dict[int, Decision])

    @cached_property
    def on_file(self) -> dict[int, list[ArchiveProblem]]:
        """Return the households that can be decided upon: they are on file already."""
        return on_file(self.archive)

    def ways(self, problem: ArchiveProblem) -> list[Decision]:
        """Return what can become of the household of a problem; nothing where it is no question."""
        found = self.on_file.get(problem.household)
        if found is None or not in_center(problem):
            return []
        home = next(each for each in self.archive.households if each.row == problem.household)
        return can_be(found, home.id_number)

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
                decision=self.decisions.get(problem.household) if in_center(problem) else None,
                problem=problem,
            )
            for place, problem in enumerate(self.archive.problems)
            if kind in ("all", self.kind(problem))
        ]

    def kind(self, problem: ArchiveProblem) -> str:
        """Return of which kind a problem is."""
        if problem.household in self.on_file and in_center(problem):
            return "on_file"
        return problem.severity.value

    @property
    def one_sheet(self) -> bool:
        """Tell whether all problems are in one sheet."""
        return len({problem.sheet for problem in self.archive.problems}) < 2

    def counts(self) -> dict[str, int]:
        """Return how many problems of each kind there are."""
        counts: dict[str, int] = defaultdict(int)
        for problem in self.archive.problems:
            counts[self.kind(problem)] += 1
        return {"all": len(self.archive.problems), **counts}

    def decided(self) -> Decided:
        """Return what is to be imported."""
        return Decided(self.archive, self.decisions)

    def coming(self) -> int:
        """Return how many households an import would take in or complete."""
        took = sum(each in (Decision.NEW, Decision.MERGE) for each in self.decisions.values())
        return len(self.archive.households) - len(self.archive.kept_out) + took

    def staying(self) -> int:
        """Return how many households stay out."""
        return len(self.archive.households) - self.coming()

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

    def words(self, problem: ArchiveProblem) -> tuple[str, ...]:
        """Return the words of the list that the column of a problem has; nothing without one."""
        part = MEMBERS if problem.sheet == self.sheet_of_members else HOUSEHOLDS
        for column in columns_of(part):
            if column.field == problem.field:
                return words_of(column)
        return ()

    def without(self, problem: ArchiveProblem) -> Mends:
        """Return the mends with the household of a problem, or its row alone, left out."""
        rows = {(problem.sheet, problem.row)}
        for home in self.archive.households:
            if home.row == problem.household:
                head = self.sheet_of_households
                rows = {(head, home.row)}
                if self.sheet_of_members:
                    rows |= {(self.sheet_of_members, each.row) for each in home.members}
        return msgspec.structs.replace(self.mends, left_out=self.mends.left_out | rows)

    @property
    def sheet_of_households(self) -> str:
        """Return the name of the sheet of households."""
        return sheets_of(self.opened.book)[0]

    @property
    def sheet_of_members(self) -> str | None:
        """Return the name of the sheet of members."""
        return sheets_of(self.opened.book)[1]

    def with_proposals(self) -> Mends:
        """Return the mends that take every proposal."""
        return with_offers(self.archive.problems, self.mends)

    def proposals(self) -> int:
        """Return how many proposals there are."""
        return sum(
            bool(each.offer) and each.severity is Severity.ERROR for each in self.archive.problems
        )

    @cached_property
    def fixes(self) -> list[BulkFix]:
        """Return the wrong values that stand in a column more than once."""
        return bulk_fixes(self.archive.problems)

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

    def decide(self, problem: ArchiveProblem, decision: Decision) -> "Job":
        """Return the job with the household of a problem decided upon."""
        decisions = {**self.decisions, problem.household: decision}
        return Job(self.opened, self.archive, self.mends, decisions)

    def decide_all(self, decision: Decision) -> "Job":
        """Return the job with every household on file decided upon alike, where that can be."""
        decisions = {
            row: decision for row, found in self.on_file.items() if decision in self.ways(found[0])
        }
        return Job(self.opened, self.archive, self.mends, {**self.decisions, **decisions})
