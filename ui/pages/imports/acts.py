"""What is done with an import: confirmed and written, undone; the bad rows saved."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.core.i18n import _
from app.core.record import Nothing
from app.core.words.imports import ImportKind
from app.exchange.importing import undo_import
from app.exchange.importing_columns import ColumnsForm, chosen_columns, keep_columns
from app.exchange.importing_records import Imported, UndoForm, WorkbookForm
from app.exchange.register_records import RegisterWritten
from app.exchange.saving import save_file
from ui.kit.buttons import Button
from ui.kit.page import Page
from ui.pages.imports.columns import Chosen, ColumnsDialog
from ui.pages.imports.job import Job
from ui.pages.imports.register_job import WORDS


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
        write = partial(self._write, job, written)
        self._desk.prepare_import(job.prepare, then=write, failed=self._failed)

    def _write(self, job: Job, written: Callable[[], object], form: WorkbookForm) -> None:
        done = partial(self._written, job, written)
        self._desk.perform(job.write, form, then=done, failed=self._failed)

    def _written(
        self, job: Job, written: Callable[[], object], done: Imported | RegisterWritten
    ) -> None:
        self._running = False
        written()
        undo = partial(self.undo, done.number, job.opened.kind)
        self._page.say(
            "ok",
            _("Import {number} is done").format(number=done.number),
            job.came_in(done),
            [Button(_("Undo"), undo, name="act_undo_done")],
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
        if kind in WORDS:
            says = _(WORDS[kind].undo)
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
