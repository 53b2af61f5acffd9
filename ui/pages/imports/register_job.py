"""A register on its way in: payments, loans or placements, which the reports will count."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from app.core.i18n import N_, _
from app.core.words.imports import ImportKind
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import ArchiveProblem
from app.exchange.importing_records import WorkbookForm
from app.exchange.register_records import Register, RegisterWritten, in_words
from app.office import Office
from app.register_imports import REGISTERS, RegisterImport
from app.work import Action
from ui.pages.imports.job import Job, Read


class _Words(NamedTuple):
    """What is said of one kind, with the counts as `in_words` names them."""

    says: str
    """What comes in and what stays out."""
    details: str
    """How much comes in; ``count`` are the people."""
    warning: str
    """What is to be known before it is confirmed."""
    end: str
    """What it has become once it is in."""
    came_in: str
    undo: str
    """What is to be known before it is undone."""


WORDS: Final[Mapping[ImportKind, _Words]] = {
    ImportKind.RELIEF: _Words(
        says=N_("{coming} payments come in, {staying} stay out"),
        details=N_("{amount} yuan"),
        warning=N_(
            "{coming} payments of {amount} yuan to {people} people come in as one import, "
            "{without} of them without a file; {staying} payments stay out. Reports count them; "
            "no fund and no cap changes. A backup is made first, and the import can be undone."
        ),
        end=N_("In the relief book"),
        came_in=N_(
            "{count} payments of {amount} yuan to {people} people came in, {without} of them "
            "without a file; {left} payments stayed out."
        ),
        undo=N_("Its payments count in no report any more. They stay in the trail."),
    ),
    ImportKind.LOANS: _Words(
        says=N_("{coming} loans come in, {staying} stay out"),
        details=N_("{amount} yuan"),
        warning=N_(
            "{coming} loans of {amount} yuan come in as one import; {staying} stay out. They are "
            "on record only: reports count them, no guarantee fund stands for them. A backup is "
            "made first, and the import can be undone."
        ),
        end=N_("In the register of loans"),
        came_in=N_(
            "{count} loans of {amount} yuan of {people} people came in, {on_file} of them with a "
            "file; {left} loans stayed out."
        ),
        undo=N_(
            "Its loans are withdrawn and count in no report any more. It is refused once "
            "somebody worked on one of them."
        ),
    ),
    ImportKind.PLACEMENTS: _Words(
        says=N_("{coming} placements come in, {staying} stay out"),
        details=N_("{count} people"),
        warning=N_(
            "{coming} placements come in as one import; {staying} stay out. Reports count them as "
            "placed and not proved; no follow-up falls due. A backup is made first, and the "
            "import can be undone."
        ),
        end=N_("In the register of placements"),
        came_in=N_(
            "{count} placements of {people} people came in, {on_file} of them with a file; {left} "
            "placements stayed out."
        ),
        undo=N_(
            "Its placements are taken back and count in no report any more. It is refused "
            "once somebody worked on one of them."
        ),
    ),
}


@dataclass(frozen=True)
class RegisterJob(Job):
    """A workbook of payments, loans or placements."""

    read: Register[Any]

    @property
    def _how(self) -> RegisterImport[Any, Any, Any]:
        return REGISTERS[self.opened.kind]

    @property
    def _words(self) -> _Words:
        return WORDS[self.opened.kind]

    @cached_property
    def _coming(self) -> int:
        return self.read.sound_rows

    @cached_property
    def _counts(self) -> dict[str, str]:
        counts = {"coming": self.coming(), "staying": self.staying(), **self.read.counts()}
        return in_words(counts)

    def coming(self) -> int:
        """Return how many cases an import would take in."""
        return self._coming

    def staying(self) -> int:
        """Return how many cases stay out."""
        return self.read.rows - self.coming()

    def says(self) -> str:
        """Return in words what comes in and what stays out."""
        return _(self._words.says).format(**self._counts)

    def details(self) -> str:
        """Return how much would come in, and how much was read."""
        more = _(self._words.details).format(**self._counts, count=self._counts["people"])
        return f"{more} · {super().details()}"

    def warning(self) -> str:
        """Return what is to be known before it is confirmed."""
        return _(self._words.warning).format(**self._counts)

    def end(self) -> str:
        """Return what it has become once it is in."""
        return _(self._words.end)

    def prepare(self, office: Office) -> WorkbookForm:
        """Make a backup, and return what is written then."""
        return self._how.prepare(office, self.opened, self.read)

    @property
    def write(self) -> Action[Any, RegisterWritten]:
        """Return what writes it."""
        return self._how.write

    def came_in(self, done: RegisterWritten) -> str:
        """Return in words what came in."""
        return _(self._words.came_in).format(**in_words(done.counts()))

    def part(self, sheet: str) -> str:
        """Return of which part a sheet is."""
        del sheet
        return self.opened.kind.value

    def words(self, problem: ArchiveProblem) -> tuple[str, ...]:
        """Return the words of the list that the column of a problem has; nothing without one."""
        return self._how.look.usual_words(problem.field)

    def shared(self) -> frozenset[str]:
        """Return the fields of which one value can hold for every row."""
        return self._how.look.shared()

    def bad_rows(self) -> bytes:
        """Return what stays out as a workbook, each row with what is wrong."""
        return self._how.bad_rows(self.opened.book, self.read, self.mends)

    def read_again(self, read: Read, mends: Mends) -> Job:
        """Return the same workbook read once more."""
        if not isinstance(read, Register):
            raise TypeError(read)
        return RegisterJob(self.opened, read, mends)
