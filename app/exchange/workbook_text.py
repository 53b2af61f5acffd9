"""A table kept as text (`.csv`, or cells parted by tabs), read as a workbook of one sheet.

Every cell is a text, so nothing is lost of long numbers, and nothing is computed.
"""

import csv
from collections.abc import Iterator
from typing import Final

from app.exchange.workbook import Merge, Row, Sheet, Workbook
from app.exchange.workbook_limits import LIMITS, Limits, NotAWorkbook, WorkbookTooLarge

NAME: Final = "CSV"
"""What the one sheet is called."""
_MARKS: Final = ("\t", ",", ";", "，")
_SEEN: Final = 4096
"""Characters from the start by which the mark between cells is told."""


class TextSheet(Sheet):
    """The rows of a text, all as wide as the widest."""

    def __init__(self, rows: list[list[str]]) -> None:
        self.name = NAME
        self.hidden = frozenset[int]()
        self.first_column = 0
        self.height = len(rows)
        width = max(map(len, rows), default=0)
        self._rows = [row + [""] * (width - len(row)) for row in rows]

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows, each as a list of its own."""
        return (list(row) for row in self._rows)

    def merges(self) -> list[Merge]:
        """Return nothing: a text merges no cells."""
        return []


class TextBook(Workbook):
    """A text as a workbook of one sheet."""

    def __init__(self, rows: list[list[str]]) -> None:
        self.names = (NAME,)
        self.starts_1904 = False
        self._sheet = TextSheet(rows)

    def sheet(self, name: str) -> Sheet:
        """Return the one sheet. Raises `KeyError` for another."""
        if name != NAME:
            raise KeyError(name)
        return self._sheet


def open_text(data: bytes, limits: Limits = LIMITS) -> Workbook:
    """Open a table in UTF-8 or GB18030. Raises `NotAWorkbook`, `WorkbookTooLarge`."""
    if len(data) > limits.file:
        raise WorkbookTooLarge(problem=f"{len(data) >> 20} MB")
    text = _text_of(data)
    start = text[:_SEEN]
    mark = max(_MARKS, key=start.count)
    if mark not in start:
        raise NotAWorkbook(problem=NAME)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(text.splitlines(keepends=True), delimiter=mark):
            cells = max(cells, len(row))
            if cells > limits.columns or cells * len(rows) > limits.cells:
                raise WorkbookTooLarge(problem=NAME)
            rows.append(row)
    except csv.Error as error:  # a cell without an end, or one that is very long
        raise NotAWorkbook(problem=f"{NAME}: {error}") from None
    return TextBook(rows)


def _text_of(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotAWorkbook(problem=NAME)
