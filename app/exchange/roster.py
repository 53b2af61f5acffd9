"""Reads the roster of an agency: a workbook, or rows that were copied from one.

Columns are known by their titles (``resources/exchange/roster.toml``). A row that cannot be read
is told with its number and taken in by nobody.
"""

import csv
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from app.core.assets import resource
from app.core.checks import check
from app.core.errors import AppError
from app.core.i18n import N_, _
from app.core.money import NotAnAmount, parse_yuan
from app.disbursements.list_records import RosterLine
from app.exchange.archive_cells import plain_text
from app.exchange.archive_document import bare_title
from app.exchange.workbook import Cell, open_workbook
from app.exchange.workbook_limits import NotAWorkbook
from app.reference.documents import read

LOOKED_AT = 10
"""The titles stand in one of the first rows."""
MUST = ("name", "id_number", "amount")


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    sums: list[str]
    """What the first cell of a row of sums says."""
    columns: dict[str, list[str]]


class NoRoster(AppError):
    """There are no titles to read the columns by."""

    says = N_("The titles name, ID number and amount were not found. Nothing was read.")


class RosterRead(msgspec.Struct, frozen=True):
    """What was read, and the rows that could not be."""

    rows: tuple[RosterLine, ...]
    problems: tuple[str, ...]


def read_roster(data: bytes, today: date) -> RosterRead:
    """Read a workbook (its first sheet) or a text with tabs or commas.

    Raises `NoRoster`, and what `open_workbook` raises for a damaged one.
    """
    try:
        book = open_workbook(data)
    except NotAWorkbook:
        return read_copied(_text_of(data), today)
    return _read(book.sheet(book.names[0]), today)


def read_copied(text: str, today: date) -> RosterRead:
    """Read rows as they are copied from a spreadsheet. Raises `NoRoster`.

    A row with more in it than there are titles is told: an amount of 1,234.00 yuan that nobody put
    into quotes would be read as 1 yuan.
    """
    mark = "\t" if "\t" in text else ","
    lines = csv.reader(text.splitlines(), delimiter=mark)
    try:
        return _read(lines, today, whole=True)
    except csv.Error as error:  # a cell without an end
        raise NoRoster() from error


def _text_of(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NoRoster()


def _read(lines: Iterable[Sequence[Cell]], today: date, *, whole: bool = False) -> RosterRead:
    rows: list[RosterLine] = []
    problems: list[str] = []
    places: Mapping[str, int] = {}
    width = 0
    for number, cells in enumerate(lines, 1):
        if not places:
            places, width = _places(cells), len(cells)
            if not places and number >= LOOKED_AT:
                break
            continue
        texts = {
            name: plain_text(cells[at]) if at < len(cells) else "" for name, at in places.items()
        }
        if _empty(texts, cells):
            continue
        if whole and any(cells[width:]):
            says = _("Row {row}: it holds more than the titles; write amounts without commas")
            problems.append(says.format(row=number))
            continue
        try:
            row = _row(texts)
        except NotAnAmount:
            problems.append(_("Row {row}: the amount cannot be read").format(row=number))
            continue
        found = check(row, today=today)
        if found:
            problems.append(_("Row {row}: {problem}").format(row=number, problem=found[0].tell()))
        else:
            rows.append(row)
    if not places:
        raise NoRoster()
    return RosterRead(tuple(rows), tuple(problems))


def _empty(texts: Mapping[str, str], cells: Sequence[Cell]) -> bool:
    """Tell whether nobody stands in a row: it is empty, or holds the sums."""
    first = next((plain_text(cell) for cell in cells if cell != ""), "").replace(" ", "")
    return not any(texts.values()) or (not texts["id_number"] and first in _document().sums)


def _row(texts: Mapping[str, str]) -> RosterLine:
    return RosterLine(
        name=texts["name"],
        id_number=texts["id_number"],
        amount=parse_yuan(texts["amount"]),
        account_number=texts.get("account_number", "").replace(" ", ""),
        account_bank=texts.get("account_bank", ""),
    )


def _places(cells: Sequence[Cell]) -> Mapping[str, int]:
    """Return where each column stands; nothing where this is no row of titles."""
    titles = [bare_title(cell) for cell in cells]
    found = dict(_found(titles))
    return found if all(name in found for name in MUST) else {}


def _found(titles: Sequence[str]) -> Iterator[tuple[str, int]]:
    for name, words in _columns().items():
        at = next((at for at, title in enumerate(titles) if title in words), None)
        if at is not None:
            yield name, at


@functools.cache
def _document() -> _Document:
    return read(resource("exchange", "roster.toml"), _Document)


@functools.cache
def _columns() -> Mapping[str, frozenset[str]]:
    return {
        name: frozenset(bare_title(word) for word in words)
        for name, words in _document().columns.items()
    }
