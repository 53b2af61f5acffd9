"""Opens the file of an import."""

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from app.core.errors import AppError
from app.core.files import why
from app.core.i18n import N_
from app.core.words.imports import ImportKind
from app.exchange.archive_reading import sheets_of
from app.exchange.loans_document import looks_like_loans
from app.exchange.placements_document import looks_like_placements
from app.exchange.relief_document import looks_like_relief
from app.exchange.workbook import Workbook, open_workbook
from app.exchange.workbook_limits import LIMITS, NotAWorkbook, WorkbookTooLarge
from app.exchange.workbook_text import open_text


class NoFile(AppError):
    """The file cannot be read or written."""

    says = N_("{path} cannot be used: {problem}. Nothing was written.")


class HoldsRelief(AppError):
    """A workbook of past relief was to be read as an archive."""

    says = N_(
        "By its titles the workbook holds past relief, no archive. Nothing was read; take it in "
        "with “bangfu import relief”."
    )


class HoldsLoans(AppError):
    """A register of loans was to be read as an archive or as relief."""

    says = N_(
        "By its titles the workbook is a register of loans. Nothing was read; take it in with "
        "“bangfu import loans”."
    )


class HoldsPlacements(AppError):
    """A register of placements was to be read as something else."""

    says = N_(
        "By its titles the workbook is a register of placements. Nothing was read; take it in with "
        "“bangfu import placements”."
    )


class Opened(NamedTuple):
    """A workbook that was opened: nothing of it is checked yet."""

    kind: ImportKind
    """What its titles say it holds."""
    name: str
    digest: str
    """SHA-256 of the file."""
    book: Workbook
    height: int
    """Rows of its sheets, about."""


def open_import(place: Path, kind: ImportKind | None = None) -> Opened:
    """Open a workbook of a kind; without one its titles tell.

    Raises `NoFile`, `HoldsRelief`, `HoldsLoans`, `HoldsPlacements`, and what `open_workbook`
    raises.
    """
    try:
        if (size := place.stat().st_size) > LIMITS.file:
            raise WorkbookTooLarge(problem=f"{size >> 20} MB")
        data = place.read_bytes()
    except OSError as error:
        raise NoFile(path=place, problem=why(error)) from None
    book = _opened(data)
    seems = _seems(book)
    if kind is not None and kind is not seems:
        if seems is ImportKind.LOANS:
            raise HoldsLoans
        if seems is ImportKind.PLACEMENTS:
            raise HoldsPlacements
        if (kind, seems) == (ImportKind.ARCHIVE, ImportKind.RELIEF):
            raise HoldsRelief
    kind = kind or seems
    names = sheets_of(book) if kind is ImportKind.ARCHIVE else book.names
    heights = [book.sheet(name).height for name in names if name]
    return Opened(kind, place.name, sha256(data).hexdigest(), book, sum(heights))


def _opened(data: bytes) -> Workbook:
    """Open a workbook, or a register of placements that was kept as text."""
    try:
        return open_workbook(data)
    except NotAWorkbook as error:
        try:
            book = open_text(data)
        except NotAWorkbook:
            raise error from None
        if not looks_like_placements(book):
            raise
        return book


def _seems(book: Workbook) -> ImportKind:
    """Return what the titles of a workbook say it holds."""
    if looks_like_loans(book):
        return ImportKind.LOANS
    if looks_like_placements(book):
        return ImportKind.PLACEMENTS
    return ImportKind.RELIEF if looks_like_relief(book) else ImportKind.ARCHIVE
