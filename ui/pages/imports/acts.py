"""What is done with an import: confirmed and written, undone; the bad rows saved."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.core.i18n import _
from app.core.record import Nothing
from app.exchange.archive_bad_rows import bad_rows
from app.exchange.importing import import_archive, undo_import
from app.exchange.importing_columns import ColumnsForm, chosen_columns, keep_columns
from app.exchange.importing_records import Imported, ImportForm, Prepared, UndoForm
from app.exchange.saving import save_file
from ui.kit.buttons import Button
from ui.kit.page import Page
from ui.pages.imports.columns import Chosen, ColumnsDialog
from ui.pages.imports.job import Job


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
        says = _(
            "{coming} households come in as one import, {staying} stay out. A backup is made "
            "first; the import can be undone until somebody works on one of its files."
        )
        self._desk.asking.confirm(
            self._page,
            _("Import {file}?").format(file=job.opened.name),
            says.format(coming=f"{job.coming():,}", staying=f"{job.staying():,}"),
            _("Import"),
            partial(self._prepare, job, written),
        )

    def _prepare(self, job: Job, written: Callable[[], object]) -> None:
        self._running = True
        self._desk.prepare_import(
            job.decided(), then=partial(self._write, job, written), failed=self._failed
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

    def _written(self, written: Callable[[], object], done: Imported) -> None:
        self._running = False
        written()
        words = _(
            "{households} households with {members} people came in, {merged} files were "
            "completed, {left} households stayed out."
        )
        self._page.say(
            "ok",
            _("Import {number} is done").format(number=done.number),
            words.format(
                households=f"{done.households:,}",
                members=f"{done.members:,}",
                merged=f"{done.merged:,}",
                left=f"{done.left_out:,}",
            ),
            [Button(_("Undo"), partial(self.undo, done.number), name="act_undo_done")],
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

    def undo(self, number: str) -> None:
        """Ask for the reason and undo an import."""
        says = _(
            "All its files are withdrawn and their numbers void. It is refused once somebody "
            "worked on one of them."
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
    return save_file(place, bad_rows(job.opened.book, job.archive, job.mends))
