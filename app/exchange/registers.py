"""Reads registers of one row a case, finds what is wrong with them, writes what stays out.

Pure, as the reader of archives is, and made of the same parts: nothing is written, the store is
asked by the check of a kind only.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final, Generic, TypedDict

from app.core.i18n import N_
from app.exchange.archive_bad_rows import BadSheet, as_read, explain, written
from app.exchange.archive_document import Column, Marks, bare_title
from app.exchange.archive_header import LOOKED_AT, NoTitles, find_header
from app.exchange.archive_mending import Mends
from app.exchange.archive_problems import CODES, Code
from app.exchange.archive_records import ArchiveProblem, Severity, SheetColumn
from app.exchange.archive_report import Report
from app.exchange.archive_rows import Rows
from app.exchange.archive_tables import Progress, Tables, records_of
from app.exchange.archive_words import Meaning
from app.exchange.register_records import Case, Place, Register
from app.exchange.workbook import Workbook

FEWEST: Final = 2
"""Titles by which a register is known."""

REGISTER_CODES: Final[Mapping[str, Code]] = {
    **CODES,
    "missing": CODES["missing"]._replace(mend=N_("Fill it in, or leave the row out.")),
    "hidden_row": CODES["hidden_row"]._replace(
        mend=N_("Leave the row out if it was hidden on purpose.")
    ),
}
"""The problems of archives, put for registers."""


class RegisterShape(Marks, frozen=True, forbid_unknown_fields=True):
    """The document of a register."""

    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Look(Generic[Case]):
    """How registers of one kind look, and how they are read."""

    case: type[Case]
    shape: Callable[[], RegisterShape]
    """Raises `ArchiveDocumentDamaged`."""
    telling: Set[str]
    """The columns by which a sheet is known."""
    names: Callable[[], Mapping[str, Meaning]]
    """The readers of the columns whose cells are words or numbers of this kind alone."""
    usual_words: Callable[[str], tuple[str, ...]]
    """Gives the words that the cells of a column can have; nothing where it is no list."""
    shared: Callable[[], frozenset[str]]
    """Gives the fields of which one value can hold for every row."""
    codes: Mapping[str, Code]
    keys: tuple[str, ...] = ()
    """The columns of which one at least has to be there."""

    def rows(self, book: Workbook, sheet: str, mends: Mends) -> Rows:
        """Return the rows of one sheet. Raises `NoTitles`."""
        shape = self.shape()
        return Rows(book.sheet(sheet), shape.columns, shape, mends, codes=self.codes)

    def sheets(self, book: Workbook, mends: Mends) -> list[str]:
        """Return the sheets with the titles of this kind: a year may stand in a sheet a month.

        Raises `NoTitles` when there is none.
        """
        shape = self.shape()
        found: list[str] = []
        refused: NoTitles | None = None
        for name in book.names:
            rows = list(islice(book.sheet(name), LOOKED_AT))
            try:
                header = find_header(
                    rows,
                    shape.columns,
                    sheet=name,
                    ignored=shape.ignored,
                    assigned=mends.columns_of(name),
                )
            except NoTitles as error:
                refused = refused or error
                continue
            if len(self.telling & header.places.keys()) >= FEWEST:
                found.append(name)
        if not found:
            wanted = "、".join(column.title for column in shape.columns if column.required)
            raise refused or NoTitles(sheet=book.names[0], titles=wanted)
        return found


def has_titles(book: Workbook, titles: Set[str]) -> bool:
    """Tell whether a row near the top of a sheet has enough of the titles, compared bare."""
    for name in book.names:
        for row in islice(book.sheet(name), LOOKED_AT):
            said = {bare_title(cell) for cell in row if isinstance(cell, str)}
            if len(said & titles) >= FEWEST:
                return True
    return False


class Findings(TypedDict):
    """What was found beside the cases, as `Register` takes it."""

    problems: list[ArchiveProblem]
    kept_out: frozenset[Place]
    columns: tuple[SheetColumn, ...]
    unread: tuple[str, ...]


def read_register(
    book: Workbook,
    look: Look[Case],
    check: Callable[[Sequence[Case], Mapping[str, Report]], object],
    *,
    today: date,
    mends: Mends | None,
    tick: Callable[[int], None] | None,
) -> tuple[list[Case], Findings]:
    """Read a register. ``check`` notes in the reports of the sheets what is wrong with cases;
    ``tick`` is told now and then how many rows were read, it may raise to stop.

    Raises `NoTitles`, `NotAWorkbook` or `WorkbookTooLarge`.
    """
    mends = mends or Mends()
    progress = Progress(tick)
    cases: list[Case] = []
    reports: dict[str, Report] = {}
    columns: list[SheetColumn] = []
    incomplete: set[str] = set()
    for sheet in look.sheets(book, mends):
        rows = look.rows(book, sheet, mends)
        tables = Tables(
            rows,
            look.shape().columns,
            today=today,
            starts_1904=book.starts_1904,
            progress=progress,
            names=look.names(),
            keys=look.keys,
        )
        for table in tables:
            for case in records_of(table, look.case):
                case.sheet = sheet
                cases.append(case)
        reports[sheet] = rows.report
        columns += rows.columns()
        if tables.incomplete:
            incomplete.add(sheet)
    check(cases, reports)
    problems = [
        problem
        for report in reports.values()
        for problem in sorted(report.problems, key=lambda problem: problem.row)
    ]
    wrong = {(each.sheet, each.row) for each in problems if each.severity is Severity.ERROR}
    unread = tuple(name for name in book.names if name not in reports)
    return cases, Findings(
        problems=[*problems, *_unread_sheets(book, unread, look.codes)],
        kept_out=frozenset(
            each.place for each in cases if each.sheet in incomplete or each.place in wrong
        ),
        columns=tuple(columns),
        unread=unread,
    )


def _unread_sheets(
    book: Workbook, unread: Iterable[str], codes: Mapping[str, Code]
) -> Iterator[ArchiveProblem]:
    """Yield the sheets that hold something and were not read."""
    known = codes["unread_sheet"]
    for name in unread:
        if book.sheet(name).height:
            yield ArchiveProblem(
                sheet=name,
                row=1,
                column="",
                field="",
                code="unread_sheet",
                severity=known.severity,
                says=known.says,
                mend_says=known.mend,
            )


def find_twice(
    cases: Iterable[Case],
    reports: Mapping[str, Report],
    kept: Mapping[Any, str],
    *,
    code: str = "row_twice",
    kept_code: str = "row_known",
    kept_says: str = "",
    named: str = "number",
) -> None:
    """Find cases that stand there twice, at every place after the first, and those in ``kept``:
    the cases that are kept here by their keys, each with how it is ``named``."""
    first: dict[Hashable, Case] = {}
    for case in cases:
        keys, report = case.keys, reports[case.sheet]
        if here := next((kept[key] for key in keys if key in kept), ""):
            report.add(kept_code, case.row, says=kept_says, data={named: here})
        elif before := next((first[key] for key in keys if key in first), None):
            report.add(code, case.row, data={"sheet": before.sheet, "row": before.row})
        else:
            first.update(dict.fromkeys(keys, case))


def bad_register_rows(
    look: Look[Case], book: Workbook, register: Register[Case], mends: Mends | None = None
) -> bytes:
    """Return a workbook with the cases that were kept out, each with what is wrong; it can be
    mended and read again."""
    shape = look.shape()
    mends = as_read(register.columns, mends)
    places = {case.place for case in register.cases}
    of_row: dict[Place, list[ArchiveProblem]] = defaultdict(list)
    of_titles: dict[str, list[ArchiveProblem]] = defaultdict(list)
    for problem in register.problems:
        place = problem.sheet, problem.row
        of_row[place].append(problem)
        if problem.severity is Severity.ERROR and place not in places:
            of_titles[problem.sheet].append(problem)
    lines: dict[str, dict[int, str]] = {
        sheet: {} for sheet in book.names if sheet not in register.unread
    }
    for sheet, row in sorted(register.kept_out):
        lines[sheet][row] = explain(of_row[sheet, row] or of_titles[sheet])
    return written(
        (
            BadSheet(look.rows(book, sheet, mends), shape.columns, rows)
            for sheet, rows in lines.items()
            if rows or len(lines) == 1
        ),
        shape.ignored[0],
    )
