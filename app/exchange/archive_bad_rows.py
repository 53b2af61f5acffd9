"""Writes the rows that were kept out as a workbook of their own, each with what is wrong with it.

It is mended in a spreadsheet program and read once more: the titles are those of the workbook it
came from, and the added column is known and passed over. ID and card numbers are text, so that no
spreadsheet spoils them again, and no text is a formula.
"""

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from app.core.i18n import N_, _
from app.exchange.archive_cells import plain_text
from app.exchange.archive_document import Column, bare_title, shape
from app.exchange.archive_mending import Mends
from app.exchange.archive_reading import sheets_of
from app.exchange.archive_records import Archive, ArchiveProblem, Severity, SheetColumn
from app.exchange.archive_rows import Rows, column_letter
from app.exchange.workbook import Cell, Row, Workbook

_NUMBERS: Final = frozenset({"yuan", "count", "area"})
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a text may begin with that a spreadsheet would take for a formula when typed again."""
_LONGEST: Final = 32_000
_SHOWN: Final = 1e15
"""Numbers below it are written with all their digits."""
_WIDTH: Final = 18
_EXPLANATION_WIDTH: Final = 60


class BadSheet(NamedTuple):
    """A sheet of which rows are written."""

    rows: Rows
    columns: tuple[Column, ...]
    lines: Mapping[int, str]
    """The rows by their numbers, each with what is wrong."""


def bad_rows(book: Workbook, archive: Archive, mends: Mends | None = None) -> bytes:
    """Return a workbook with all rows of the households that were kept out, and lone members."""
    look = shape()
    mends = as_read(archive.columns, mends)
    of_households, of_members = sheets_of(book)
    sheets: list[BadSheet] = []
    for name, columns in ((of_households, look.households), (of_members, look.members)):
        lines = {} if name is None else _lines(archive, name, of_members=name == of_members)
        if name is not None and (lines or name == of_households):
            is_first = name == of_households
            rows = Rows(book.sheet(name), columns, look, mends, of_households=is_first)
            sheets.append(BadSheet(rows, columns, lines))
    return written(sheets, look.ignored[0])


def as_read(columns: Iterable[SheetColumn], mends: Mends | None) -> Mends:
    """Return the mends with what every column was read as."""
    named = {(each.sheet, each.title): each.field for each in columns if each.field}
    return msgspec.structs.replace(mends or Mends(), columns=named)


def written(sheets: Iterable[BadSheet], added: str) -> bytes:
    """Return a workbook of some rows of some sheets, with the column ``added`` of what is wrong."""
    import xlsxwriter  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] - heavy, on first use; it has no stubs

    file = io.BytesIO()
    book: Any = xlsxwriter.Workbook(file, {"in_memory": True})
    for sheet in sheets:
        _write_sheet(book, *sheet, added)
    book.close()
    return file.getvalue()


def _lines(archive: Archive, sheet: str, *, of_members: bool) -> dict[int, str]:
    """Return the rows of a sheet that are written, each with what is wrong."""
    wrong: dict[int, list[ArchiveProblem]] = defaultdict(list)
    homes: dict[int, list[str]] = defaultdict(list)
    for problem in archive.problems:
        if problem.sheet == sheet:
            wrong[problem.row].append(problem)
        if problem.household and problem.severity is Severity.ERROR:
            homes[problem.household].append(f"{problem.sheet} {problem.row}")
    out = [each for each in archive.households if each.row in archive.kept_out]
    if of_members:
        rows = {member.row: each.row for each in out for member in each.members}
        lone = {row: 0 for row, found in wrong.items() if _has_error(found)}
        rows = {**lone, **rows}
    else:
        rows = {each.row: each.row for each in out}
    return {row: explain(wrong.get(row, []), homes.get(home, [])) for row, home in rows.items()}


def _has_error(problems: Iterable[ArchiveProblem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def explain(problems: Sequence[ArchiveProblem], others: Sequence[str] = ()) -> str:
    """Return what is wrong with a row, or in which others of its household something is."""
    says = N_("{column}: {problem} {mend}")
    said = [
        _(says).format(column=each.column, problem=each.tell(), mend=each.tell_mend())
        for each in problems
    ]
    if others and not _has_error(problems):
        says = N_("Another row of the household is wrong: {rows}.")
        said.append(_(says).format(rows="、".join(dict.fromkeys(others))))
    return "\n".join(text.lstrip("：: ") for text in said)


def _write_sheet(
    book: Any, rows: Rows, columns: tuple[Column, ...], lines: Mapping[int, str], added: str
) -> None:
    sheet = book.add_worksheet(rows.sheet.name[:31])
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    guarded = book.add_format({"num_format": "@", "quote_prefix": True})
    wrapped = book.add_format({"text_wrap": True, "font_color": "#B42318"})
    titles = list(_titles(rows, added))
    for left, (_at, title) in enumerate(titles):
        sheet.write_string(0, left, title, bold)
    sheet.write_string(0, len(titles), added, bold)
    sheet.set_column(0, len(titles) - 1, _WIDTH)
    sheet.set_column(len(titles), len(titles), _EXPLANATION_WIDTH)
    sheet.freeze_panes(1, 0)
    places = rows.header.places
    numbers = {places[c.field].at for c in columns if c.kind in _NUMBERS and c.field in places}
    down = 0
    for number, row in _rows(rows):
        if number not in lines:
            continue
        down += 1
        for left, (at, _title) in enumerate(titles):
            cell: Cell = row[at]
            if at in numbers and isinstance(cell, float) and abs(cell) < _SHOWN:
                sheet.write_number(down, left, cell)
            elif cell != "":
                shown = plain_text(cell)[:_LONGEST]
                sheet.write_string(
                    down, left, shown, guarded if shown.startswith(_FORMULA) else text
                )
        sheet.write_string(down, len(titles), lines[number][:_LONGEST], wrapped)


def _titles(rows: Rows, added: str) -> Iterator[tuple[int, str]]:
    """Yield the columns that are written, with their titles; a nameless one gets its letter."""
    for at, title in enumerate(rows.header.shown):
        if bare_title(title) != bare_title(added):
            yield at, title or column_letter(at + rows.sheet.first_column)


def _rows(rows: Rows) -> Iterator[tuple[int, Row]]:
    for batch in rows.batches():
        yield from zip(batch.numbers, batch.rows, strict=True)
