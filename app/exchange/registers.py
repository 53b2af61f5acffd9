"""What registers of one row a case have in common: their sheets, and the rows that stay out."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from itertools import islice

from app.exchange.archive_bad_rows import BadSheet, explain, written
from app.exchange.archive_document import Column, Marks, bare_title
from app.exchange.archive_header import LOOKED_AT, NoTitles, find_header
from app.exchange.archive_mending import Mends
from app.exchange.archive_problems import Code
from app.exchange.archive_records import ArchiveProblem, Severity
from app.exchange.archive_rows import Rows
from app.exchange.workbook import Workbook

Place = tuple[str, int]
"""The sheet and the row of a case."""


def has_titles(book: Workbook, titles: Set[str], fewest: int) -> bool:
    """Tell whether a row near the top of a sheet has so many of the titles, compared bare."""
    for name in book.names:
        for row in islice(book.sheet(name), LOOKED_AT):
            said = {bare_title(cell) for cell in row if isinstance(cell, str)}
            if len(said & titles) >= fewest:
                return True
    return False


def sheets_with(
    book: Workbook,
    columns: tuple[Column, ...],
    marks: Marks,
    mends: Mends,
    telling: Set[str],
    fewest: int,
) -> list[str]:
    """Return the sheets with so many of the telling columns. Raises `NoTitles` without one."""
    found: list[str] = []
    refused: NoTitles | None = None
    for name in book.names:
        rows = list(islice(book.sheet(name), LOOKED_AT))
        try:
            header = find_header(
                rows,
                columns,
                sheet=name,
                ignored=marks.ignored,
                assigned=mends.columns_of(name),
            )
        except NoTitles as error:
            refused = refused or error
            continue
        if len(telling & header.places.keys()) >= fewest:
            found.append(name)
    if not found:
        wanted = "、".join(column.title for column in columns if column.required)
        raise refused or NoTitles(sheet=book.names[0], titles=wanted)
    return found


def unread_sheets(
    book: Workbook, unread: Iterable[str], code: str, known: Code
) -> Iterator[ArchiveProblem]:
    """Yield the sheets that hold something and were not read."""
    for name in unread:
        if book.sheet(name).height:
            yield ArchiveProblem(
                sheet=name,
                row=1,
                column="",
                field="",
                code=code,
                severity=known.severity,
                says=known.says,
                mend_says=known.mend,
            )


def bad_register_rows(
    rows_of: Callable[[str], Rows],
    columns: tuple[Column, ...],
    title: str,
    *,
    sheets: Collection[str],
    places: Collection[Place],
    kept_out: Iterable[Place],
    problems: Iterable[ArchiveProblem],
) -> bytes:
    """Return a workbook with the rows that were kept out, each with what is wrong below ``title``;
    it can be mended and read again.

    ``places`` are those of all cases: an error elsewhere is one of the titles, and of every row.
    """
    of_row: dict[Place, list[ArchiveProblem]] = defaultdict(list)
    of_titles: dict[str, list[ArchiveProblem]] = defaultdict(list)
    for problem in problems:
        of_row[problem.sheet, problem.row].append(problem)
        if problem.severity is Severity.ERROR and (problem.sheet, problem.row) not in places:
            of_titles[problem.sheet].append(problem)
    lines: dict[str, dict[int, str]] = {sheet: {} for sheet in sheets}
    for sheet, row in sorted(kept_out):
        lines[sheet][row] = explain(of_row[sheet, row] or of_titles[sheet])
    return written(
        (
            BadSheet(rows_of(sheet), columns, rows)
            for sheet, rows in lines.items()
            if rows or len(lines) == 1
        ),
        title,
    )
