"""Workbooks from outside (`.xlsx`, `.xls`), read as plain values.

A file is looked through before the reader gets it (`workbook_package`, `workbook_records`): it may
be damaged, locked, a zip bomb, or say that one cell stands at the far end of the sheet, for which
the reader would take all the memory there is. No formula is computed, no link is followed, nothing
is unpacked to the disk: the value that a spreadsheet last showed is what counts.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from app.core.errors import AppError
from app.core.i18n import N_
from app.exchange.workbook_limits import (
    LIMITS,
    Facts,
    Limits,
    NotAWorkbook,
    WorkbookLocked,
    WorkbookTooLarge,
)
from app.exchange.workbook_package import PACKAGE, look_through_package
from app.exchange.workbook_records import COMPOUND, look_through_records

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Cell = str | float | bool | date | datetime | time | timedelta
"""What a cell can hold; an empty one holds ``""``."""

Row = list[Cell]

_EMPTY: Final = ""


class SheetMissing(AppError):
    """The workbook has no sheet to read."""

    says = N_("There is no sheet in the workbook. Nothing was read.")


@dataclass(frozen=True)
class Merge:
    """Cells shown as one; rows and columns count from 0, both ends are in it."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet:
    """One sheet. Rows count from 1, as the spreadsheet shows them."""

    def __init__(self, name: str, sheet: "CalamineSheet", facts: Facts, limits: Limits) -> None:
        self.name = name
        self.hidden = facts.hidden.get(name, frozenset())
        """The rows that the spreadsheet does not show."""
        self.first_column = sheet.start[1] if sheet.start else 0
        """Where the cells of each row begin; columns count from 0."""
        self.height = sheet.end[0] + 1 if sheet.end else 0
        self._sheet = sheet
        self._budget = limits.text if facts.long_texts else 0

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows from the first of the sheet on, empty ones too, as lists of their own.

        Raises `WorkbookTooLarge` when the same long text stands in very many cells.
        """
        rows = self._sheet.iter_rows()
        return self._counted(rows) if self._budget else rows

    def _counted(self, rows: Iterator[Row]) -> Iterator[Row]:
        left = self._budget
        for row in rows:
            if row.count("") < len(row):
                left -= sum(len(cell) for cell in row if isinstance(cell, str))
            if left < 0:
                raise WorkbookTooLarge(problem="text")
            yield row

    def merges(self) -> list[Merge]:
        """Return the merged cells, with columns as in the rows (from `first_column` on)."""
        off = self.first_column
        return [
            Merge(top, left - off, bottom, right - off)
            for (top, left), (bottom, right) in self._sheet.merged_cell_ranges or ()
        ]


class Workbook:
    """An open workbook."""

    def __init__(self, book: "CalamineWorkbook", facts: Facts, limits: Limits) -> None:
        self.names = tuple(book.sheet_names)
        self.starts_1904 = facts.starts_1904
        """True when days count from 1904, as old Macintosh programs did."""
        self._book, self._facts, self._limits = book, facts, limits
        self._sheets: dict[str, Sheet] = {}

    def sheet(self, name: str) -> Sheet:
        """Return a sheet by its name; it is read once. Raises `NotAWorkbook`."""
        if name not in self._sheets:
            with _reading():
                found = self._book.get_sheet_by_name(name)
            self._sheets[name] = Sheet(name, found, self._facts, self._limits)
        return self._sheets[name]


def open_workbook(data: bytes, limits: Limits = LIMITS) -> Workbook:
    """Open a workbook, looked through first.

    Raises `NotAWorkbook`, `WorkbookLocked`, `WorkbookTooLarge` or `SheetMissing`.
    """
    if len(data) > limits.file:
        raise WorkbookTooLarge(problem=f"{len(data) >> 20} MB")
    if data.startswith(PACKAGE):
        facts = look_through_package(data, limits)
    elif data.startswith(COMPOUND):
        data, facts = look_through_records(data, limits)
    else:
        raise NotAWorkbook(problem=_what(data))
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - heavy, on first use

    with _reading():
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    if not book.sheet_names:
        raise SheetMissing
    return Workbook(book, facts, limits)


class _reading:  # noqa: N801 - read as a statement: with _reading()
    """Turns what the reader raises, its panics too, into `NotAWorkbook`."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: object, _where: object) -> None:
        if kind is None:
            return
        if kind.__name__ == "PasswordError":
            raise WorkbookLocked from None
        if issubclass(kind, Exception) or kind.__name__ == "PanicException":
            raise NotAWorkbook(problem=str(error).partition("\n")[0][:100]) from None


def _what(data: bytes) -> str:
    """Return what a file is that bears the name of a workbook and is none."""
    start = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not data:
        return "0 bytes"
    if start.startswith((b"<html", b"<table", b"<!doctype html", b"<meta")):
        return "HTML"
    return "XML" if start.startswith(b"<?xml") else "CSV / ?"
