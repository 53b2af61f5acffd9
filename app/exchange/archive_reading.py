"""Reads an archive workbook into households, and finds all that is wrong with it.

Pure: nothing is written, the store is asked through `OnFile` only. The rows come in batches and are
read column by column, so that a large archive takes seconds and little memory: what is kept is the
households, not the cells.
"""

import functools
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from app.core.errors import AppError
from app.core.i18n import N_
from app.exchange import archive_checks as checks
from app.exchange.archive_document import bare_title, shape
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
from app.exchange.archive_rows import Rows
from app.exchange.archive_tables import Progress, Tables, records_of
from app.exchange.workbook import Workbook

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
    read = functools.partial(
        Tables, today=today, starts_1904=book.starts_1904, progress=Progress(tick)
    )
    sheet = Rows(book.sheet(of_households), look.households, look, mends, of_households=True)
    tables = read(sheet, look.households)
    households = _records(tables, sheet.report, ArchiveHousehold)
    reports = [sheet.report]
    columns = [*sheet.columns()]
    blocked = tables.incomplete
    members: list[ArchiveMember] = []
    if of_members is not None and book.sheet(of_members).height:
        sheet = Rows(book.sheet(of_members), look.members, look, mends)
        tables = read(sheet, look.members)
        members = _records(tables, sheet.report, ArchiveMember)
        blocked = blocked or tables.incomplete
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
    taken = {of_households, of_members}
    return Archive(
        households=households,
        problems=[problem for report in reports for problem in _sorted(report)],
        kept_out=frozenset(households_out),
        lone_members=lone,
        columns=tuple(columns),
        unread=tuple(name for name in book.names if name not in taken),
    )


def _sorted(report: Report) -> Iterable[ArchiveProblem]:
    return sorted(report.problems, key=lambda problem: problem.row)


def _records(tables: Tables, report: Report, record: type[_Row]) -> list[_Row]:
    """Return the rows of a sheet as records, with the checks of their own."""
    found: list[_Row] = []
    for table in tables:
        if record is ArchiveHousehold:
            checks.check_sex(table, report)
            checks.check_birth(table, report)
        else:
            checks.check_key(table, report)
            checks.settle_relation(table)
            checks.settle_ailment(table)
        found.extend(records_of(table, record))
    return found
