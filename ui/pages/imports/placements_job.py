"""A register of placements on its way in: who began work where, which the reports will count."""

from dataclasses import dataclass

from app.core.i18n import _
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import ArchiveProblem
from app.exchange.importing_columns import PLACEMENTS
from app.exchange.placements_bad_rows import bad_placement_rows
from app.exchange.placements_document import shared_in_placements, usual_words
from app.exchange.placements_records import PlacementRegister
from ui.pages.imports.job import Job, Read


@dataclass(frozen=True)
class PlacementsJob(Job):
    """A workbook of placements."""

    read: PlacementRegister

    def coming(self) -> int:
        """Return how many placements an import would take in."""
        return sum(1 for _line in self.read.sound())

    def staying(self) -> int:
        """Return how many placements stay out."""
        return self.read.rows - self.coming()

    def says(self) -> str:
        """Return in words what comes in and what stays out."""
        words = _("{coming} placements come in, {staying} stay out")
        return words.format(coming=f"{self.coming():,}", staying=f"{self.staying():,}")

    def details(self) -> str:
        """Return how many people would come in, and how much was read."""
        people = len({line.id_number for line in self.read.sound()})
        words = _("{count} people").format(count=f"{people:,}")
        return f"{words} · {super().details()}"

    def warning(self) -> str:
        """Return what is to be known before it is confirmed."""
        says = _(
            "{coming} placements come in as one import; {staying} stay out. Reports count them as "
            "placed and not proved; no follow-up falls due. A backup is made first, and the "
            "import can be undone."
        )
        return says.format(coming=f"{self.coming():,}", staying=f"{self.staying():,}")

    def end(self) -> str:
        """Return what it has become once it is in."""
        return _("In the register of placements")

    def part(self, sheet: str) -> str:
        """Return of which part a sheet is."""
        del sheet
        return PLACEMENTS

    def words(self, problem: ArchiveProblem) -> tuple[str, ...]:
        """Return the words of the list that the column of a problem has; nothing without one."""
        return usual_words(problem.field)

    def shared(self) -> frozenset[str]:
        """Return the fields of which one value can hold for every row."""
        return shared_in_placements()

    def bad_rows(self) -> bytes:
        """Return what stays out as a workbook, each row with what is wrong."""
        return bad_placement_rows(self.opened.book, self.read, self.mends)

    def read_again(self, read: Read, mends: Mends) -> Job:
        """Return the same workbook read once more."""
        if not isinstance(read, PlacementRegister):
            raise TypeError(read)
        return PlacementsJob(self.opened, read, mends)
