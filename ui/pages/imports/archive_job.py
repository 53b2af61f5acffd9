"""An archive on its way in: households; about those on file already somebody decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.core.i18n import _
from app.core.words.imports import Decision
from app.entrance import prepare_import
from app.exchange.archive_bad_rows import bad_rows
from app.exchange.archive_document import shared_fields
from app.exchange.archive_mending import Mends
from app.exchange.archive_reading import sheets_of
from app.exchange.archive_records import Archive, ArchiveProblem
from app.exchange.archive_words import words_of
from app.exchange.importing import import_archive
from app.exchange.importing_columns import HOUSEHOLDS, MEMBERS, columns_of
from app.exchange.importing_records import Decided, Imported, ImportForm
from app.exchange.importing_rows import can_be, in_center, on_file
from app.office import Office
from app.work import Action
from ui.pages.imports.job import Job, Read


@dataclass(frozen=True)
class ArchiveJob(Job):
    """A workbook of households."""

    read: Archive
    decisions: Mapping[int, Decision] = field(default_factory=dict[int, Decision])
    """By the row of the household."""

    @cached_property
    def on_file(self) -> dict[int, list[ArchiveProblem]]:
        """Return the households that can be decided upon: they are on file already."""
        return on_file(self.read)

    def ways(self, problem: ArchiveProblem) -> list[Decision]:
        """Return what can become of the household of a problem; nothing where it is no question."""
        found = self.on_file.get(problem.household)
        if found is None or not in_center(problem):
            return []
        home = next(each for each in self.read.households if each.row == problem.household)
        return can_be(found, home.id_number)

    def decision(self, problem: ArchiveProblem) -> Decision | None:
        """Return what was decided about the household of a problem."""
        return self.decisions.get(problem.household) if in_center(problem) else None

    def kind(self, problem: ArchiveProblem) -> str:
        """Return of which kind a problem is."""
        if problem.household in self.on_file and in_center(problem):
            return "on_file"
        return super().kind(problem)

    def coming(self) -> int:
        """Return how many households an import would take in or complete."""
        took = sum(each in (Decision.NEW, Decision.MERGE) for each in self.decisions.values())
        return len(self.read.households) - len(self.read.kept_out) + took

    def staying(self) -> int:
        """Return how many households stay out."""
        return len(self.read.households) - self.coming()

    def says(self) -> str:
        """Return in words what comes in and what stays out."""
        words = _("{coming} households come in, {staying} stay out")
        return words.format(coming=f"{self.coming():,}", staying=f"{self.staying():,}")

    def warning(self) -> str:
        """Return what is to be known before it is confirmed."""
        says = _(
            "{coming} households come in as one import, {staying} stay out. A backup is made "
            "first; the import can be undone until somebody works on one of its files."
        )
        return says.format(coming=f"{self.coming():,}", staying=f"{self.staying():,}")

    def end(self) -> str:
        """Return what it has become once it is in."""
        return _("On file")

    def prepare(self, office: Office) -> ImportForm:
        """Make a backup, and return what is written then."""
        return ImportForm(
            file_name=self.opened.name,
            digest=self.opened.digest,
            prepared=prepare_import(office, Decided(self.read, self.decisions)),
            skip_bad=True,
        )

    @property
    def write(self) -> Action[ImportForm, Imported]:
        """Return what writes it."""
        return import_archive

    def came_in(self, done: Imported) -> str:
        """Return in words what came in."""
        words = _(
            "{households} households with {members} people came in, {merged} files were "
            "completed, {left} households stayed out."
        )
        return words.format(
            households=f"{done.households:,}",
            members=f"{done.members:,}",
            merged=f"{done.merged:,}",
            left=f"{done.left_out:,}",
        )

    def part(self, sheet: str) -> str:
        """Return of which part a sheet is."""
        return MEMBERS if sheet == self._sheets[1] else HOUSEHOLDS

    def bad_rows(self) -> bytes:
        """Return what stays out as a workbook, each row with what is wrong."""
        return bad_rows(self.opened.book, self.read, self.mends)

    def read_again(self, read: Read, mends: Mends) -> Job:
        """Return the same workbook read once more; what was decided stays."""
        if not isinstance(read, Archive):
            raise TypeError(read)
        job = ArchiveJob(self.opened, read, mends)
        kept = {row: way for row, way in self.decisions.items() if row in job.on_file}
        return replace(job, decisions=kept)

    def words(self, problem: ArchiveProblem) -> tuple[str, ...]:
        """Return the words of the list that the column of a problem has; nothing without one."""
        for column in columns_of(self.part(problem.sheet)):
            if column.field == problem.field:
                return words_of(column)
        return ()

    def shared(self) -> frozenset[str]:
        """Return the fields of which one value can hold for every row."""
        return shared_fields()

    def without(self, problem: ArchiveProblem) -> Mends:
        """Return the mends with the household of a problem, or its row alone, left out."""
        of_households, of_members = self._sheets
        rows = {(problem.sheet, problem.row)}
        for home in self.read.households:
            if home.row == problem.household:
                rows = {(of_households, home.row)}
                if of_members:
                    rows |= {(of_members, each.row) for each in home.members}
        return self._without(rows)

    @property
    def _sheets(self) -> tuple[str, str | None]:
        """Return the names of the sheets of households and of members."""
        return sheets_of(self.opened.book)

    def decide(self, problem: ArchiveProblem, decision: Decision) -> Job:
        """Return the job with the household of a problem decided upon."""
        return replace(self, decisions={**self.decisions, problem.household: decision})

    def decide_all(self, decision: Decision) -> Job:
        """Return the job with every household on file decided upon alike, where that can be."""
        decisions = {
            row: decision for row, found in self.on_file.items() if decision in self.ways(found[0])
        }
        return replace(self, decisions={**self.decisions, **decisions})
