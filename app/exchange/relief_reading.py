"""Reads a workbook of past relief into payments, and finds all that is wrong with it.

Pure, as the reader of archives is, and made of the same parts: nothing is written, the store is
asked through `Center` only.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from app.core.i18n import N_
from app.exchange.archive_checks import Table
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import ArchiveProblem, Severity, SheetColumn
from app.exchange.archive_report import Report
from app.exchange.archive_rows import Rows
from app.exchange.archive_tables import Progress, Tables, records_of
from app.exchange.relief_document import KEYS, names, relief_shape, sheets_of_relief
from app.exchange.relief_problems import RELIEF_CODES
from app.exchange.relief_records import ReliefHistory, ReliefRow
from app.exchange.relief_who import NO_CENTER, Center, settle
from app.exchange.workbook import Workbook


def relief_rows(book: Workbook, sheet: str, mends: Mends) -> Rows:
    """Return the rows of one sheet of relief. Raises `NoTitles`."""
    look = relief_shape()
    return Rows(book.sheet(sheet), look.columns, look, mends, codes=RELIEF_CODES)


def read_relief(
    book: Workbook,
    *,
    today: date,
    center: Center = NO_CENTER,
    mends: Mends | None = None,
    tick: Callable[[int], None] | None = None,
) -> ReliefHistory:
    """Read and check a workbook. ``tick`` is told now and then how many rows were read; it may
    raise to stop.

    Raises `NoTitles`, `NotAWorkbook` or `WorkbookTooLarge`.
    """
    mends = mends or Mends()
    progress = Progress(tick)
    payments: list[ReliefRow] = []
    reports: dict[str, Report] = {}
    columns: list[SheetColumn] = []
    incomplete: set[str] = set()
    for sheet in sheets_of_relief(book, mends):
        rows = relief_rows(book, sheet, mends)
        tables = Tables(
            rows,
            relief_shape().columns,
            today=today,
            starts_1904=book.starts_1904,
            progress=progress,
            names=names(),
            keys=KEYS,
        )
        for table in tables:
            _check_amounts(table, rows.report)
            for payment in records_of(table, ReliefRow):
                payment.sheet = sheet
                payments.append(payment)
        reports[sheet] = rows.report
        columns += rows.columns()
        if tables.incomplete:
            incomplete.add(sheet)
    settle(payments, reports, center)
    problems = [
        problem
        for report in reports.values()
        for problem in sorted(report.problems, key=lambda problem: problem.row)
    ]
    wrong = {(each.sheet, each.row) for each in problems if each.severity is Severity.ERROR}
    places = {each.place for each in payments if each.sheet in incomplete or each.place in wrong}
    unread = tuple(name for name in book.names if name not in reports)
    return ReliefHistory(
        payments=payments,
        problems=[*problems, *_unread(book, unread)],
        kept_out=frozenset(places),
        columns=tuple(columns),
        unread=unread,
    )


def _check_amounts(table: Table, report: Report) -> None:
    """Find payments of nothing."""
    for place, fen in enumerate(table.get("fen", ())):
        if fen == 0:
            says = N_("A payment of nothing is no relief.")
            report.add("bad_amount", table.numbers[place], "fen", says=says, value="0")


def _unread(book: Workbook, names: Sequence[str]) -> Iterator[ArchiveProblem]:
    """Yield the sheets that hold something and were not read."""
    code = RELIEF_CODES["unread_sheet"]
    for name in names:
        if book.sheet(name).height:
            yield ArchiveProblem(
                sheet=name,
                row=1,
                column="",
                field="",
                code="unread_sheet",
                severity=code.severity,
                says=code.says,
                mend_says=code.mend,
            )
