"""Opens the file of an import."""

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from app.core.errors import AppError
from app.core.i18n import N_
from app.exchange.archive_reading import sheets_of
from app.exchange.workbook import Workbook, open_workbook
from app.exchange.workbook_limits import LIMITS, WorkbookTooLarge


class NoFile(AppError):
    """The file cannot be read or written."""

    says = N_("{path} cannot be used: {problem}. Nothing was written.")


class Opened(NamedTuple):
    """A workbook that was opened: nothing of it is checked yet."""

    name: str
    digest: str
    """SHA-256 of the file."""
    book: Workbook
    height: int
    """Rows of its sheets, about."""


def open_archive(place: Path) -> Opened:
    """Open an archive workbook. Raises `NoFile`, and what `open_workbook` raises."""
    try:
        if (size := place.stat().st_size) > LIMITS.file:
            raise WorkbookTooLarge(problem=f"{size >> 20} MB")
        data = place.read_bytes()
    except OSError as error:
        raise NoFile(path=place, problem=error.strerror or "?") from None
    book = open_workbook(data)
    heights = [book.sheet(name).height for name in sheets_of(book) if name]
    return Opened(place.name, sha256(data).hexdigest(), book, sum(heights))
