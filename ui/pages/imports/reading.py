"""Reads a workbook beside the screen, with progress and a way to stop."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.i18n import _
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import Archive
from app.exchange.importing_files import Opened, open_import
from app.exchange.importing_queries import read_workbook
from app.exchange.importing_records import ReadForm
from app.register_imports import REGISTERS
from app.work import Query
from ui.desk import Desk
from ui.kit.notices import JobCard
from ui.pages.imports.archive_job import ArchiveJob
from ui.pages.imports.job import Job, Progress, Read
from ui.pages.imports.register_job import RegisterJob


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

        def read(found: Read) -> None:
            self._end()
            self._done(before.read_again(found, mends) if before else _job(opened, found, mends))

        known = REGISTERS.get(opened.kind)
        query: Query[ReadForm, Any] = known.read if known else read_workbook
        self._desk.ask(query, form, then=read, failed=self._broke)

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


def _job(opened: Opened, read: Read, mends: Mends) -> Job:
    if isinstance(read, Archive):
        return ArchiveJob(opened, read, mends)
    return RegisterJob(opened, read, mends)
