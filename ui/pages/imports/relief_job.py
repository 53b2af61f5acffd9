"""Past relief on its way in: payments, which only the reports will count."""

from dataclasses import dataclass
from functools import cached_property

from app.core.i18n import _
from app.core.money import yuan_text
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import ArchiveProblem
from app.exchange.importing_columns import RELIEF
from app.exchange.relief_bad_rows import bad_relief_rows
from app.exchange.relief_document import shared_in_relief, usual_words
from app.exchange.relief_records import ReliefHistory, Sums
from ui.pages.imports.job import Job, Read


@dataclass(frozen=True)
class ReliefJob(Job):
    """A workbook of payments."""

    read: ReliefHistory

    @cached_property
    def sums(self) -> Sums:
        """Return what would come in."""
        return self.read.sums()

    def coming(self) -> int:
        """Return how many payments an import would take in."""
        return self.sums.rows

    def staying(self) -> int:
        """Return how many payments stay out."""
        return self.read.rows - self.coming()

    def says(self) -> str:
        """Return in words what comes in and what stays out."""
        words = _("{coming} payments come in, {staying} stay out")
        return words.format(coming=f"{self.coming():,}", staying=f"{self.staying():,}")

    def details(self) -> str:
        """Return how much would come in, and how much was read."""
        return f"{_('{amount} yuan').format(amount=yuan_text(self.sums.fen))} · {super().details()}"

    def warning(self) -> str:
        """Return what is to be known before it is confirmed."""
        says = _(
            "{coming} payments of {amount} yuan to {people} people come in as one import, "
            "{without} of them without a file; {staying} payments stay out. Reports count them; "
            "no fund and no cap changes. A backup is made first, and the import can be undone."
        )
        return says.format(
            coming=f"{self.coming():,}",
            amount=yuan_text(self.sums.fen),
            people=f"{self.sums.people:,}",
            without=f"{self.sums.without_file:,}",
            staying=f"{self.staying():,}",
        )

    def end(self) -> str:
        """Return what it has become once it is in."""
        return _("In the relief book")

    def part(self, sheet: str) -> str:
        """Return of which part a sheet is."""
        del sheet
        return RELIEF

    def words(self, problem: ArchiveProblem) -> tuple[str, ...]:
        """Return the words of the list that the column of a problem has; nothing without one."""
        return usual_words(problem.field)

    def shared(self) -> frozenset[str]:
        """Return the fields of which one value can hold for every row."""
        return shared_in_relief()

    def bad_rows(self) -> bytes:
        """Return what stays out as a workbook, each row with what is wrong."""
        return bad_relief_rows(self.opened.book, self.read, self.mends)

    def read_again(self, read: Read, mends: Mends) -> Job:
        """Return the same workbook read once more."""
        if not isinstance(read, ReliefHistory):
            raise TypeError(read)
        return ReliefJob(self.opened, read, mends)
