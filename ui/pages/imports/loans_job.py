"""A register of loans on its way in: who borrowed what, which the reports will count."""

from dataclasses import dataclass

from app.core.i18n import _
from app.core.money import yuan_text
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import ArchiveProblem
from app.exchange.importing_columns import LOANS
from app.exchange.loans_bad_rows import bad_loan_rows
from app.exchange.loans_document import shared_in_loans, usual_words
from app.exchange.loans_records import LoanRegister
from ui.pages.imports.job import Job, Read


@dataclass(frozen=True)
class LoansJob(Job):
    """A workbook of loans."""

    read: LoanRegister

    def coming(self) -> int:
        """Return how many loans an import would take in."""
        return sum(1 for _loan in self.read.sound())

    def staying(self) -> int:
        """Return how many loans stay out."""
        return self.read.rows - self.coming()

    def says(self) -> str:
        """Return in words what comes in and what stays out."""
        words = _("{coming} loans come in, {staying} stay out")
        return words.format(coming=f"{self.coming():,}", staying=f"{self.staying():,}")

    def details(self) -> str:
        """Return how much would come in, and how much was read."""
        return f"{_('{amount} yuan').format(amount=yuan_text(self.read.sum))} · {super().details()}"

    def warning(self) -> str:
        """Return what is to be known before it is confirmed."""
        says = _(
            "{coming} loans of {amount} yuan come in as one import; {staying} stay out. They are "
            "on record only: reports count them, no guarantee fund stands for them. A backup is "
            "made first, and the import can be undone."
        )
        return says.format(
            coming=f"{self.coming():,}",
            amount=yuan_text(self.read.sum),
            staying=f"{self.staying():,}",
        )

    def end(self) -> str:
        """Return what it has become once it is in."""
        return _("In the register of loans")

    def part(self, sheet: str) -> str:
        """Return of which part a sheet is."""
        del sheet
        return LOANS

    def words(self, problem: ArchiveProblem) -> tuple[str, ...]:
        """Return the words of the list that the column of a problem has; nothing without one."""
        return usual_words(problem.field)

    def shared(self) -> frozenset[str]:
        """Return the fields of which one value can hold for every row."""
        return shared_in_loans()

    def bad_rows(self) -> bytes:
        """Return what stays out as a workbook, each row with what is wrong."""
        return bad_loan_rows(self.opened.book, self.read, self.mends)

    def read_again(self, read: Read, mends: Mends) -> Job:
        """Return the same workbook read once more."""
        if not isinstance(read, LoanRegister):
            raise TypeError(read)
        return LoansJob(self.opened, read, mends)
