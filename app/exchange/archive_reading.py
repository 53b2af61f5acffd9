"""Reads an archive workbook into households, and finds all that is wrong with it.

Pure: nothing is written, the store is asked through `OnFile` only. The rows come in batches and are
read column by column, so that a large archive takes seconds and little memory: what is kept is the
households, not the cells.
"""

import itertools
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from app.core.errors import AppError
from app.core.i18n import N_
from app.exchange import archive_checks as checks
from app.exchange.archive_cells import ColumnReader
from app.exchange.archive_document import Column, bare_title, shape
from app.exchange.archive_linking import link
from app.exchange.archive_mending import Mends
from app.exchange.archive_people import NOBODY, OnFile, check_people
from app.exchange.archive_records import (
    Archive,
    ArchiveHousehold,
    ArchiveMember,
    ArchiveProblem,
    Severity,
)
from app.exchange.archive_report import Report
from app.exchange.archive_rows import Batch, Rows, column_letter
from app.exchange.workbook import Cell, Workbook

_Row = TypeVar("_Row", ArchiveHousehold, ArchiveMember)


class NoArchive(AppError):
    """The workbook has no sheet of households."""

    says = N_("The workbook has no sheet of households, such as “{sheet}”. Nothing was read.")


def sheets_of(book: Workbook) -> tuple[str, str | None]:
    """Return the names of the sheets of households and of members. Raises `NoArchive`."""
    names = shape().sheets
    households, members = (
        [bare_title(name) for name in each] for each in (names.households, names.members)
    )
    of_members = next((name for name in book.names if bare_title(name) in members), None)
    others = [name for name in book.names if name != of_members]
    if not others:
        raise NoArchive(sheet=names.households[0])
    return next((name for name in others if bare_title(name) in households), others[0]), of_members


def read_archive(
    book: Workbook,
    *,
    today: date,
    on_file: OnFile = NOBODY,
    mends: Mends | None = None,
    tick: Callable[[int], None] | None = None,
) -> Archive:
    """Read and check a workbook. ``tick`` is told now and then how many rows were read; it may
    raise to stop.

    Raises `NoArchive`, `NoTitles`, `NotAWorkbook` or `WorkbookTooLarge`.
    """
    look = shape()
    mends = mends or Mends()
    of_households, of_members = sheets_of(book)
    progress = _Progress(tick)
    sheet = Rows(book.sheet(of_households), look.households, look, mends)
    reading = _Reading(sheet, look.households, book, today, progress)
    households = reading.read(ArchiveHousehold)
    reports = [sheet.report]
    columns = [*sheet.columns()]
    blocked = reading.incomplete
    members: list[ArchiveMember] = []
    if of_members is not None and book.sheet(of_members).height:
        sheet = Rows(book.sheet(of_members), look.members, look, mends)
        reading = _Reading(sheet, look.members, book, today, progress)
        members = reading.read(ArchiveMember)
        blocked = blocked or reading.incomplete
        reports.append(sheet.report)
        columns += sheet.columns()
    lone = link(households, members, reports)
    if left_out := mends.rows_left_out(of_households):
        households = [each for each in households if each.row not in left_out]
        for report in reports:
            report.problems = [each for each in report.problems if each.household not in left_out]
    check_people(households, reports, on_file)
    households_out = {
        problem.household
        for report in reports
        for problem in report.problems
        if problem.household and problem.severity is Severity.ERROR
    }
    if blocked:
        households_out = {household.row for household in households}
    read = {of_households, of_members}
    return Archive(
        households=households,
        problems=[problem for report in reports for problem in _sorted(report)],
        kept_out=frozenset(households_out),
        lone_members=lone,
        columns=tuple(columns),
        unread=tuple(name for name in book.names if name not in read),
    )


def _sorted(report: Report) -> Iterable[ArchiveProblem]:
    return sorted(report.problems, key=lambda problem: problem.row)


class _Progress:
    """Counts the rows of all sheets."""

    def __init__(self, tick: Callable[[int], None] | None) -> None:
        self._tick, self._rows = tick, 0

    def add(self, rows: int) -> None:
        self._rows += rows
        if self._tick is not None:
            self._tick(self._rows)


class _Reading:
    """Reads the rows of one sheet, column by column."""

    def __init__(
        self,
        rows: Rows,
        columns: tuple[Column, ...],
        book: Workbook,
        today: date,
        progress: _Progress,
    ) -> None:
        self._rows, self._columns, self._progress = rows, columns, progress
        self._report, places = rows.report, rows.header.places
        self._untitled = list(rows.header.untitled)
        self._readers = {
            column.field: ColumnReader(
                column,
                today=today,
                starts_1904=book.starts_1904,
                scale=places[column.field].scale,
            )
            for column in columns
            if column.field in places
        }
        for (sheet, field, wrong), right in rows.mends.words.items():
            if sheet == rows.sheet.name and field in self._readers:
                self._readers[field].replaced[wrong] = right
        for place in rows.header.unknown:
            self._report.add("unknown_column", rows.header.bottom, column=place.title)
        self.incomplete = checks.check_columns(columns, places, rows.header.bottom, self._report)
        """True when a column that must be there is not: no row is sound."""

    def read(self, record: type[_Row]) -> list[_Row]:
        """Return the rows as records."""
        found: list[_Row] = []
        for batch in self._rows.batches():
            table = self._table(batch)
            if record is ArchiveHousehold:
                checks.check_sex(table, self._report)
                checks.check_birth(table, self._report)
            else:
                checks.check_key(table, self._report)
                checks.settle_relation(table)
                checks.settle_ailment(table)
            fields = (table.get(name) for name in record.__struct_fields__[1:])
            blanks = record.__struct_defaults__
            columns = [
                itertools.repeat(blank) if column is None else column
                for column, blank in zip(fields, blanks, strict=True)
            ]
            found.extend(map(record, batch.numbers, *columns))
            self._progress.add(len(batch.numbers))
        return found

    def _note_untitled(self, cells: Sequence[Sequence[Cell]]) -> None:
        """Note the columns without a title that hold something, each once."""
        for at in [at for at in self._untitled if cells[at].count("") < len(cells[at])]:
            self._untitled.remove(at)
            letter = column_letter(at + self._rows.sheet.first_column)
            self._report.add("unknown_column", self._rows.header.bottom, column=letter)

    def _table(self, batch: Batch) -> checks.Table:
        """Read the cells of some rows, and note what is wrong with them."""
        table = checks.Table(batch.numbers)
        cells = list(zip(*batch.rows, strict=True))
        self._note_untitled(cells)
        places = self._rows.header.places
        for field, reader in self._readers.items():
            table[field] = reader.read(cells[places[field].at])
        checks.check_filled(table, self._columns, self._report)
        for field, reader in self._readers.items():
            if reader.may_be_odd(table[field]):
                checks.check_cells(table, reader.column, cells[places[field].at], self._report)
        return table
