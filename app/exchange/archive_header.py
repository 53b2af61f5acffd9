"""Finds the titles of a sheet: below lines of heading, in one row or in two, merged or not."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from app.core.errors import AppError
from app.core.i18n import N_
from app.exchange.archive_document import Column, bare_title, titles
from app.exchange.workbook import Cell, Row

LOOKED_AT: Final = 40
"""Rows from the top of a sheet among which the titles are sought."""
_FEWEST: Final = 3
"""Titles that a row has at least."""


class NoTitles(AppError):
    """A sheet has no row of titles that is understood."""

    says = N_(
        "No row of titles was found in the sheet “{sheet}”: {titles} and the like. Nothing was "
        "read; name the columns and try again."
    )


class Place(NamedTuple):
    """Where a column stands in the rows of the sheet, and under which title."""

    at: int
    title: str
    scale: int
    """How many yuan one in the column means: 10,000 under a title with 万元."""


class Header(msgspec.Struct, frozen=True):
    """The titles of a sheet."""

    top: int
    bottom: int
    """The first and last row of the titles, as the spreadsheet shows them."""
    shown: tuple[str, ...]
    """The title of each column as it stands in the sheet; empty where there is none."""
    places: Mapping[str, Place]
    """By field."""
    unknown: tuple[Place, ...]
    """Columns whose title is not known, or stands in the sheet twice."""
    untitled: tuple[int, ...]
    """Columns without a title."""


def find_header(
    rows: Sequence[Row],
    columns: tuple[Column, ...],
    *,
    sheet: str,
    ignored: tuple[str, ...] = (),
    assigned: Mapping[str, str] | None = None,
) -> Header:
    """Return the titles among the first rows of a sheet. Raises `NoTitles`.

    ``assigned`` are the fields of titles that a person said what they are; they come first.
    """
    known = _known(columns, assigned or {})
    best: tuple[int, int, int] = (0, 0, 0)
    for at in range(len(rows)):
        one = _score(rows[at], known)
        two = _pair_score(rows, at, known)
        # Of equal ones the earlier and shorter is taken.
        for score, last in ((one, at), (two, at + 1)):
            if score > best[0]:
                best = (score, at, last)
    score, first, last = best
    if score < min(_FEWEST, len(columns)):
        wanted = "、".join(column.title for column in columns if column.required)
        raise NoTitles(sheet=sheet, titles=wanted)
    while last + 1 < len(rows) and _is_numbering(rows[last + 1]):
        last += 1
    return _header(rows, first, last, known, {bare_title(title) for title in ignored})


def _known(columns: tuple[Column, ...], assigned: Mapping[str, str]) -> dict[str, Column]:
    """Return the columns by their titles, those first that a person assigned."""
    by_field = {column.field: column for column in columns}
    chosen = {bare_title(title): by_field.get(field) for title, field in assigned.items()}
    usual = {title: column for title, column in titles(columns) if title not in chosen}
    return {title: column for title, column in chosen.items() if column} | usual


def _score(row: Row, known: Mapping[str, Column]) -> int:
    """Return how many different columns a row names."""
    return len({known[title].field for title in map(bare_title, row) if title in known})


def _pair_score(rows: Sequence[Row], at: int, known: Mapping[str, Column]) -> int:
    """Return how many different columns two rows name together, or 0 when they are no titles.

    The lower row has titles only: half of its cells at least are known ones, and two of them.
    """
    if at + 1 >= len(rows):
        return 0
    lower = [title for title in map(bare_title, rows[at + 1]) if title]
    own = sum(title in known for title in lower)
    filled = sum(cell != "" for cell in rows[at + 1])
    if own < 2 or own * 2 < filled:
        return 0
    return len({known[t].field for t in _joined(rows[at], rows[at + 1], known) if t in known})


def _joined(upper: Row, lower: Row, known: Mapping[str, Column]) -> Iterator[str]:
    """Yield the title of each column of two rows: the lower one, unless only the upper is known."""
    for above, below in zip(map(bare_title, upper), map(bare_title, lower), strict=False):
        yield above if above in known and below not in known else below or above


def _is_numbering(row: Row) -> bool:
    """Tell whether a row below the titles only numbers the columns: 1 2 3 or 甲 乙 1 2."""
    cells = [cell for cell in row if cell != ""]
    counted = [cell for cell in cells if not (isinstance(cell, str) and cell in set("甲乙丙丁"))]
    numbers: list[int] = []
    for cell in counted:
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        if not (text.isascii() and text.strip("()").isdigit()):
            return False
        numbers.append(int(text.strip("()")))
    first = numbers[0] if numbers else 0
    return len(numbers) >= _FEWEST and numbers == list(range(first, first + len(numbers)))


def _header(
    rows: Sequence[Row], first: int, last: int, known: Mapping[str, Column], ignored: set[str]
) -> Header:
    titled = rows[first : min(last, first + 1) + 1]
    if _is_numbering(titled[-1]):
        titled = titled[:1]
    shown = _shown(titled, known)
    order = {title: rank for rank, title in enumerate(known)}
    ranked = sorted(
        (order.get(bare_title(title), len(order)), index, title)
        for index, title in enumerate(shown)
        if title and bare_title(title) not in ignored
    )
    places: dict[str, Place] = {}
    unknown: list[Place] = []
    for _rank, index, title in ranked:
        column = known.get(bare_title(title))
        place = Place(index, title, 10_000 if "万元" in title else 1)
        if column is None or column.field in places:
            unknown.append(place)
        else:
            places[column.field] = place
    untitled = tuple(index for index, title in enumerate(shown) if not title)
    return Header(first + 1, last + 1, tuple(shown), places, tuple(sorted(unknown)), untitled)


def _shown(titled: Sequence[Row], known: Mapping[str, Column]) -> list[str]:
    """Return the title of each column as it stands in the sheet, in one line."""
    *above, lowest = ([_line(cell) for cell in row] for row in titled)
    if not above:
        return lowest
    upper = above[0]
    return [
        over if bare_title(over) in known and bare_title(under) not in known else under or over
        for over, under in zip(upper, lowest, strict=True)
    ]


def _line(cell: Cell) -> str:
    return "".join(cell.split()) if isinstance(cell, str) else "" if cell == "" else str(cell)
