"""What is done with an import: confirmed and written, undone; the bad rows saved."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.core.i18n import _
from app.core.money import yuan_text
from app.core.record import Nothing
from app.core.words.imports import ImportKind
from app.exchange.importing import import_archive, undo_import
from app.exchange.importing_columns import ColumnsForm, chosen_columns, keep_columns
from app.exchange.importing_records import Imported, ImportForm, Prepared, UndoForm
from app.exchange.loans_importing import import_loans
from app.exchange.loans_records import LoanRegister, LoanRegisterForm, LoansImported
from app.exchange.placements_importing import import_placements
from app.exchange.placements_records import (
    PlacementRegister,
    PlacementRegisterForm,
    PlacementsImported,
)
from app.exchange.relief_importing import import_relief
from app.exchange.relief_records import PreparedRelief, ReliefForm, ReliefImported
from app.exchange.saving import save_file
from ui.kit.buttons import Button
from ui.kit.page import Page
from ui.pages.imports.archive_job import ArchiveJob
from ui.pages.imports.columns import Chosen, ColumnsDialog
from ui.pages.imports.job import Job
from ui.pages.imports.loans_job import LoansJob
from ui.pages.imports.placements_job import PlacementsJob
from ui.pages.imports.relief_job import ReliefJob


class ImportActs:
    """The acts of the page of imports, one at a time."""

    def __init__(self, page: Page, failed: Callable[[Exception], object]) -> None:
        self._page, self._desk = page, page.desk
        self._tell = failed
        self._running = False

    def confirm(self, job: Job, written: Callable[[], object]) -> None:
        """Ask before anything is written; then back up and import."""
        if self._running:
            return
        self._desk.asking.confirm(
            self._page,
            _("Import {file}?").format(file=job.opened.name),
            job.warning(),
            _("Import"),
            partial(self._prepare, job, written),
        )

    def _prepare(self, job: Job, written: Callable[[], object]) -> None:
        self._running = True
        if isinstance(job, ArchiveJob):
            write = partial(self._write, job, written)
            self._desk.prepare_import(job.decided(), then=write, failed=self._failed)
        elif isinstance(job, ReliefJob):
            write_relief = partial(self._write_relief, job, written)
            self._desk.prepare_relief_import(job.read, then=write_relief, failed=self._failed)
        elif isinstance(job, LoansJob):
            write_loans = partial(self._write_loans, job, written)
            self._desk.prepare_loans_import(job.read, then=write_loans, failed=self._failed)
        elif isinstance(job, PlacementsJob):
            write_placements = partial(self._write_placements, job, written)
            self._desk.prepare_placements_import(
                job.read, then=write_placements, failed=self._failed
            )

    def _write(self, job: Job, written: Callable[[], object], prepared: Prepared) -> None:
        form = ImportForm(
            file_name=job.opened.name,
            digest=job.opened.digest,
            prepared=prepared,
            skip_bad=True,  # the question said how many stay out
        )
        self._desk.perform(
            import_archive, form, then=partial(self._written, written), failed=self._failed
        )

    def _write_relief(
        self, job: Job, written: Callable[[], object], prepared: PreparedRelief
    ) -> None:
        form = ReliefForm(
            file_name=job.opened.name,
            digest=job.opened.digest,
            prepared=prepared,
            skip_bad=True,  # the question said how many stay out
        )
        self._desk.perform(
            import_relief, form, then=partial(self._relief_written, written), failed=self._failed
        )

    def _write_loans(self, job: Job, written: Callable[[], object], register: LoanRegister) -> None:
        form = LoanRegisterForm(
            file_name=job.opened.name,
            digest=job.opened.digest,
            register=register,
            skip_bad=True,  # the question said how many stay out
        )
        self._desk.perform(
            import_loans, form, then=partial(self._loans_written, written), failed=self._failed
        )

    def _write_placements(
        self, job: Job, written: Callable[[], object], register: PlacementRegister
    ) -> None:
        form = PlacementRegisterForm(
            file_name=job.opened.name,
            digest=job.opened.digest,
            register=register,
            skip_bad=True,  # the question said how many stay out
        )
        done = partial(self._placements_written, written)
        self._desk.perform(import_placements, form, then=done, failed=self._failed)

    def _placements_written(self, written: Callable[[], object], done: PlacementsImported) -> None:
        words = _(
            "{count} placements of {people} people came in, {on_file} of them with a file; {left} "
            "placements stayed out."
        )
        said = words.format(
            count=f"{done.placements:,}",
            people=f"{done.people:,}",
            on_file=f"{done.on_file:,}",
            left=f"{done.left_out:,}",
        )
        self._say_done(written, done.number, ImportKind.PLACEMENTS, said)

    def _loans_written(self, written: Callable[[], object], done: LoansImported) -> None:
        words = _(
            "{count} loans of {amount} yuan of {people} people came in, {on_file} of them with a "
            "file; {left} loans stayed out."
        )
        said = words.format(
            count=f"{done.loans:,}",
            amount=yuan_text(done.fen),
            people=f"{done.people:,}",
            on_file=f"{done.on_file:,}",
            left=f"{done.left_out:,}",
        )
        self._say_done(written, done.number, ImportKind.LOANS, said)

    def _relief_written(self, written: Callable[[], object], done: ReliefImported) -> None:
        words = _(
            "{count} payments of {amount} yuan to {people} people came in, {without} of them "
            "without a file; {left} payments stayed out."
        )
        said = words.format(
            count=f"{done.payments:,}",
            amount=yuan_text(done.fen),
            people=f"{done.people:,}",
            without=f"{done.without_file:,}",
            left=f"{done.left_out:,}",
        )
        self._say_done(written, done.number, ImportKind.RELIEF, said)

    def _written(self, written: Callable[[], object], done: Imported) -> None:
        words = _(
            "{households} households with {members} people came in, {merged} files were "
            "completed, {left} households stayed out."
        )
        said = words.format(
            households=f"{done.households:,}",
            members=f"{done.members:,}",
            merged=f"{done.merged:,}",
            left=f"{done.left_out:,}",
        )
        self._say_done(written, done.number, ImportKind.ARCHIVE, said)

    def _say_done(
        self, written: Callable[[], object], number: str, kind: ImportKind, said: str
    ) -> None:
        self._running = False
        written()
        self._page.say(
            "ok",
            _("Import {number} is done").format(number=number),
            said,
            [Button(_("Undo"), partial(self.undo, number, kind), name="act_undo_done")],
        )

    def _failed(self, error: Exception) -> None:
        self._running = False
        self._tell(error)

    def put_away(self, job: Job, away: Callable[[], object]) -> None:
        """Ask before a workbook that was read is left with nothing of it written."""
        says = _(
            "Nothing of it is written. What you mended and decided is lost; it would have to be "
            "read and mended once more."
        )
        self._desk.asking.confirm(
            self._page,
            _("Leave {file}?").format(file=job.opened.name),
            says,
            _("Leave, write nothing"),
            away,
            danger=True,
        )

    def undo(self, number: str, kind: ImportKind) -> None:
        """Ask for the reason and undo an import."""
        says = _(
            "All its files are withdrawn and their numbers void. It is refused once somebody "
            "worked on one of them."
        )
        if kind is ImportKind.RELIEF:
            says = _("Its payments count in no report any more. They stay in the trail.")
        elif kind is ImportKind.LOANS:
            says = _(
                "Its loans are withdrawn and count in no report any more. It is refused once "
                "somebody worked on one of them."
            )
        elif kind is ImportKind.PLACEMENTS:
            says = _(
                "Its placements are taken back and count in no report any more. It is refused "
                "once somebody worked on one of them."
            )
        self._desk.asking.reason(
            self._page,
            _("Undo the import {number}?").format(number=number),
            says,
            _("Undo the import"),
            partial(self._undo, number),
            danger=True,
        )

    def _undo(self, number: str, reason: str) -> None:
        def undone(_nothing: None) -> None:
            self._page.banners.clear()
            says = _("The import {number} was undone")
            self._page.toast.emit(says.format(number=number), None)

        self._desk.perform(undo_import, UndoForm(number=number, reason=reason), then=undone)

    def choose_columns(self, job: Job, title: str, kept: Callable[[], object]) -> None:
        """Ask what the columns are, the one of this title in focus, and keep what was chosen."""

        def keep(chosen: Chosen) -> None:
            form = ColumnsForm(chosen=chosen)
            self._desk.perform(keep_columns, form, then=lambda _nothing: kept())

        def ask(before: ColumnsForm) -> None:
            ColumnsDialog(self._page, job, before.chosen, keep, title).open()

        self._desk.ask(chosen_columns, Nothing(), then=ask)

    def save_bad_rows(self, job: Job) -> None:
        """Save what stays out as a workbook, each row with what is wrong."""
        name = _("{file} bad rows.xlsx").format(file=Path(job.opened.name).stem)

        def saved(place: Path) -> None:
            self._page.toast.emit(_("Saved: {path}").format(path=place), None)

        def save(place: Path) -> None:
            self._desk.produce(_save_bad_rows, job, place, then=saved)

        self._desk.asking.save_file(self._page, _("Where to?"), name, _("Workbooks (*.xlsx)"), save)


def _save_bad_rows(job: Job, place: Path) -> Path:
    return save_file(place, job.bad_rows())
