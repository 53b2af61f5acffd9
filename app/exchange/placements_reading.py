"""Reads a register of placements, and finds all that is wrong with it.

Pure, as the readers of archives, of relief and of loans are, and made of the same parts: nothing
is written, the store is asked through ``known`` only.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from app.exchange.archive_mending import Mends
from app.exchange.archive_records import Severity, SheetColumn
from app.exchange.archive_report import Report
from app.exchange.archive_rows import Rows
from app.exchange.archive_tables import Progress, Tables, records_of
from app.exchange.placements_document import names, placements_shape, sheets_of_placements
from app.exchange.placements_problems import KEPT_HERE, NO_WAGE, PLACEMENTS_CODES
from app.exchange.placements_records import Placed, PlacementLine, PlacementRegister
from app.exchange.registers import unread_sheets
from app.exchange.workbook import Workbook

Known = Callable[[Collection[str]], Mapping[Placed, str]]
"""Takes ID numbers; gives the placements of these people that are kept here, with their number."""


def _nothing_known(_numbers: Collection[str]) -> Mapping[Placed, str]:
    return {}


def placement_rows(book: Workbook, sheet: str, mends: Mends) -> Rows:
    """Return the rows of one sheet of placements. Raises `NoTitles`."""
    look = placements_shape()
    return Rows(book.sheet(sheet), look.columns, look, mends, codes=PLACEMENTS_CODES)


def read_placements(
    book: Workbook,
    *,
    today: date,
    known: Known = _nothing_known,
    mends: Mends | None = None,
    tick: Callable[[int], None] | None = None,
) -> PlacementRegister:
    """Read and check a register. ``tick`` is told now and then how many rows were read; it may
    raise to stop.

    Raises `NoTitles`, `NotAWorkbook` or `WorkbookTooLarge`.
    """
    mends = mends or Mends()
    progress = Progress(tick)
    lines: list[PlacementLine] = []
    reports: dict[str, Report] = {}
    columns: list[SheetColumn] = []
    incomplete: set[str] = set()
    for sheet in sheets_of_placements(book, mends):
        rows = placement_rows(book, sheet, mends)
        tables = Tables(
            rows,
            placements_shape().columns,
            today=today,
            starts_1904=book.starts_1904,
            progress=progress,
            names=names(),
            keys=(),
        )
        for table in tables:
            for line in records_of(table, PlacementLine):
                line.sheet = sheet
                lines.append(line)
        reports[sheet] = rows.report
        columns += rows.columns()
        if tables.incomplete:
            incomplete.add(sheet)
    _check_wages(lines, reports)
    _find_twice(lines, reports, known)
    problems = [
        problem
        for report in reports.values()
        for problem in sorted(report.problems, key=lambda problem: problem.row)
    ]
    wrong = {(each.sheet, each.row) for each in problems if each.severity is Severity.ERROR}
    unread = tuple(name for name in book.names if name not in reports)
    left_aside = unread_sheets(book, unread, "unread_sheet", PLACEMENTS_CODES["unread_sheet"])
    return PlacementRegister(
        lines=lines,
        problems=[*problems, *left_aside],
        kept_out=frozenset(
            each.place for each in lines if each.sheet in incomplete or each.place in wrong
        ),
        columns=tuple(columns),
        unread=unread,
    )


def _check_wages(lines: Iterable[PlacementLine], reports: Mapping[str, Report]) -> None:
    """Find wages of nothing: the cell is empty when a wage is not known."""
    for line in lines:
        if line.wage == 0:
            reports[line.sheet].add("bad_amount", line.row, "wage", says=NO_WAGE, value="0")


def _find_twice(
    lines: Sequence[PlacementLine], reports: Mapping[str, Report], known: Known
) -> None:
    """Find placements that stand there twice, at every place after the first, and those kept
    here."""
    kept = known({line.id_number for line in lines} - {""})
    first: dict[Placed, PlacementLine] = {}
    for line in lines:
        key = line.placed
        if key is None:
            continue
        report = reports[line.sheet]
        if key in kept:
            data = {"number": kept[key]}
            report.add("placement_twice", line.row, says=KEPT_HERE, data=data)
        elif (before := first.setdefault(key, line)) is not line:
            data = {"sheet": before.sheet, "row": before.row}
            report.add("placement_twice", line.row, data=data)
