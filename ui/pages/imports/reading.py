"""Reads a workbook beside the screen, with progress and a way to stop."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.i18n import _
from app.core.words.imports import ImportKind
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import Archive
from app.exchange.importing_files import Opened, open_import
from app.exchange.importing_queries import read_workbook
from app.exchange.importing_records import ReadForm
from app.exchange.loans_importing import read_loan_register
from app.exchange.loans_records import LoanRegister
from app.exchange.placements_importing import read_placement_register
from app.exchange.placements_records import PlacementRegister
from app.exchange.relief_queries import read_relief_workbook
from app.exchange.relief_records import ReliefHistory
from ui.desk import Desk
from ui.kit.notices import JobCard
from ui.pages.imports.archive_job import ArchiveJob
from ui.pages.imports.job import Job, Progress, Read
from ui.pages.imports.loans_job import LoansJob
from ui.pages.imports.placements_job import PlacementsJob
from ui.pages.imports.relief_job import ReliefJob


class Reading(QObject):
    """One reading at a time: a workbook that is opened, or read once more with what was mended."""

    began = Signal()

    def __init__(
        self,
        desk: Desk,
        card: JobCard,
        done: Callable[[Job], object],
        failed: Callable[[Exception], object],
    ) -> None:
        super().__init__()
        self._desk, self._card = desk, card
        self._done, self._failed = done, failed
        self._progress: Progress | None = None
        self._height = 0
        self._watch = QTimer(self)
        self._watch.setInterval(100)
        self._watch.timeout.connect(self._show)

    def running(self) -> bool:
        """Tell whether a workbook is being read."""
        return self._progress is not None

    def open(self, place: Path) -> None:
        """Open a workbook and check it."""
        if not self.running():
            self._begin(0)
            self._desk.produce(open_import, place, then=self._opened, failed=self._broke)

    def check(self, job: Job, mends: Mends) -> None:
        """Read the workbook of a job once more, with what was mended; what was decided stays."""
        if not self.running():
            self._begin(job.opened.height)
            self._read(job.opened, mends, job)

    def stop(self) -> None:
        """Let the reading end at its next step."""
        if self._progress is not None:
            self._progress.stop()

    def _begin(self, height: int) -> None:
        self._progress = Progress()
        self._height = height
        self._show()
        self._watch.start()
        self.began.emit()

    def _opened(self, opened: Opened) -> None:
        self._height = opened.height
        self._read(opened, Mends(), None)

    def _read(self, opened: Opened, mends: Mends, before: Job | None) -> None:
        if self._progress is None:
            return
        form = ReadForm(book=opened.book, mends=mends, tick=self._progress.tick)

        def archive_read(archive: Archive) -> None:
            self._checked(before or ArchiveJob(opened, archive, mends), archive, mends)

        def relief_read(history: ReliefHistory) -> None:
            self._checked(before or ReliefJob(opened, history, mends), history, mends)

        def loans_read(register: LoanRegister) -> None:
            self._checked(before or LoansJob(opened, register, mends), register, mends)

        def placements_read(register: PlacementRegister) -> None:
            self._checked(before or PlacementsJob(opened, register, mends), register, mends)

        match opened.kind:
            case ImportKind.RELIEF:
                self._desk.ask(read_relief_workbook, form, then=relief_read, failed=self._broke)
            case ImportKind.LOANS:
                self._desk.ask(read_loan_register, form, then=loans_read, failed=self._broke)
            case ImportKind.PLACEMENTS:
                ask, read = read_placement_register, placements_read
                self._desk.ask(ask, form, then=read, failed=self._broke)
            case ImportKind.ARCHIVE:
                self._desk.ask(read_workbook, form, then=archive_read, failed=self._broke)

    def _checked(self, job: Job, read: Read, mends: Mends) -> None:
        self._end()
        self._done(job.read_again(read, mends))

    def _broke(self, error: Exception) -> None:
        self._end()
        self._failed(error)

    def _end(self) -> None:
        self._progress = None
        self._watch.stop()

    def _show(self) -> None:
        if self._progress is not None:
            rows = self._progress.rows
            words = _("{count} rows").format(count=f"{rows:,}")
            self._card.show_progress(rows / self._height if self._height else 0.0, words)
