"""How far the cells of a sheet reach, told from its XML without reading a value.

The reader keeps a place for every cell between the first and the last that has a value, in a
rectangle: two cells far apart take all memory. So the rectangle is bounded here first, in a way
that may say too much and never too little.
"""

import re
from typing import Final

from app.exchange.workbook_limits import Limits, WorkbookTooLarge

_MANY: Final = 10_000
_NAME: Final = rb"[^\s<>/!?\"'=:]*"
_REGULAR: Final = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"')
_PREFIXED: Final = re.compile(rb":c(?=[\s/>])")
_BEGINS: Final = re.compile(rb"[<:](?:c|row)(?=[\s/>])")
_ENDS: Final = re.compile(rb"</" + _NAME + rb":(?:c|row)\s*>")
_ANY: Final = re.compile(
    rb"<(?:" + _NAME + rb":)?(c|row)((?:\s(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)?)(/?)>"
)
_REFERENCE: Final = re.compile(rb"""(?:^|\s)r\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PLACE: Final = re.compile(rb"([A-Za-z]{0,3})([0-9]{1,7})")


class Irregular(Exception):
    """A cell is not written in the usual way: the part has to be looked at tag by tag."""


class Reach:
    """The rectangle that the cells of a sheet lie in, from the first row and column on."""

    def __init__(self, limits: Limits) -> None:
        self.rows = self.columns = 0
        self.cells = False
        """True once a cell was seen."""
        self.row = self.column = 0
        """Where the next cell without a place of its own stands."""
        self._limits = limits
        self._outside = re.compile(rb"<c(?=[\s/>])")

    @property
    def outside(self) -> re.Pattern[bytes]:
        """Find a cell that is not written as usual or lies outside."""
        return self._outside

    def grow(self, rows: int, columns: int) -> None:
        """Take in a place; raise `WorkbookTooLarge`."""
        self.cells = True
        if rows <= self.rows and columns <= self.columns:
            return
        rows_in, self.rows = _rows_up_to(max(rows, self.rows))
        self.columns = max(columns, self.columns)
        if self.columns > self._limits.columns or self.rows * self.columns > self._limits.cells:
            raise WorkbookTooLarge(problem=f"{rows:,} × {columns:,}")
        place = _columns_up_to(self.columns) + rows_in
        self._outside = re.compile(rb'<c(?=[\s/>])(?! r="' + place + rb'")')


def reach_of_regular(reach: Reach, piece: bytes) -> None:
    """Take in the cells of a piece that are all written ``<c r="B7"``; else raise `Irregular`."""
    if _has_prefixed(piece):
        raise Irregular
    last = piece.rfind(b'<c r="')
    if last >= 0 and (place := _REGULAR.match(piece, last)):
        _take(reach, place[1], place[2])
    found = reach.outside.search(piece)
    if found is None:
        return
    for column, row in set(_REGULAR.findall(piece, found.start())):
        _take(reach, column, row)
    if reach.outside.search(piece, found.start()):
        raise Irregular


def _has_prefixed(piece: bytes) -> bool:
    """Tell whether a tag of a cell may have a prefix: colons are rare, so each is looked at."""
    if piece.count(b":") > _MANY:
        return bool(_PREFIXED.search(piece))
    at = piece.find(b":")
    while at >= 0:
        if piece[at + 1 : at + 2] == b"c":
            return bool(_PREFIXED.search(piece, at))
        at = piece.find(b":", at + 1)
    return False


def reach_of_any(reach: Reach, piece: bytes) -> None:
    """Take in the cells of a piece, written in any way; empty ones are no cells."""
    seen = 0
    for tag, pairs, closed in _ANY.findall(piece):
        seen += 1
        found = _REFERENCE.search(pairs)
        place = _PLACE.fullmatch(found[1] or found[2] or b"") if found else None
        if found and not place:
            raise Irregular
        if tag == b"row":
            reach.row = int(place[2]) if place else reach.row + 1
            reach.column = 0
            continue
        row, column = reach.row, reach.column + 1
        if place and place[1]:
            row, column = int(place[2]), _column(place[1])
        reach.column = column
        if not (closed or pairs.endswith(b"/")):
            reach.grow(max(row, 1), column)
    if seen + len(_ENDS.findall(piece)) != len(_BEGINS.findall(piece)):
        raise Irregular


def _take(reach: Reach, column: bytes, row: bytes) -> None:
    """Take in a place; one that is too far out may be empty, which only the other way sees."""
    try:
        reach.grow(int(row), _column(column))
    except WorkbookTooLarge:
        raise Irregular from None


def _column(letters: bytes) -> int:
    """Return the number of a column from its letters: 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _columns_up_to(last: int) -> bytes:
    """Return a pattern for the columns from A to number ``last``."""
    if last <= 26:
        return b"[A-%c]" % (64 + last)
    first, second = divmod(last - 27, 26)
    before = b"[A-%c][A-Z]|" % (64 + first) if first else b""
    return b"(?:[A-Z]|" + before + b"%c[A-%c])" % (65 + first, 65 + second)


def _rows_up_to(last: int) -> tuple[bytes, int]:
    """Return a pattern for the rows from 1 to ``last``, rounded up to two digits, and its end."""
    digits = str(last)
    if len(digits) == 1:
        return b"[1-%d]" % last, last
    zeros = len(digits) - 2
    one, two = int(digits[0]), int(digits[1])
    before = b"[1-%d][0-9]|" % (one - 1) if one > 1 else b""
    pattern = b"(?:[1-9][0-9]{0,%d}|(?:%s%d[0-%d])[0-9]{%d})" % (zeros, before, one, two, zeros)
    return pattern, (int(digits[:2]) + 1) * 10**zeros - 1
