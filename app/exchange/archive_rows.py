"""Takes the rows of a sheet that hold somebody: not totals, notes, blanks and repeated titles."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from app.exchange.archive_cells import plain_text
from app.exchange.archive_document import Column, Shape, bare_title
from app.exchange.archive_header import LOOKED_AT, Header, find_header
from app.exchange.archive_mending import Mends
from app.exchange.archive_report import Report
from app.exchange.workbook import Row, Sheet
from app.exchange.workbook_limits import LIMITS, WorkbookTooLarge

BATCH: Final = 4096


class Batch(NamedTuple):
    """Some rows one after the other, with their numbers as the spreadsheet shows them."""

    numbers: list[int]
    rows: list[Row]


class _Fill(NamedTuple):
    """A merged cell: each row it covers gets the value of its first."""

    at: int
    top: int
    bottom: int


class Rows:
    """The rows of one sheet below its titles."""

    def __init__(
        self, sheet: Sheet, columns: tuple[Column, ...], shape: Shape, mends: Mends
    ) -> None:
        self.sheet = sheet
        first = list(islice(sheet, LOOKED_AT))
        self.header = find_header(first, columns, sheet=sheet.name, ignored=shape.ignored)
        self._of_households = columns is shape.households
        self.report = Report(sheet.name, self.header, of_households=self._of_households)
        self.mends = mends
        self._fills = _fills(sheet, self.header)
        self._nobody = {title for title in self.header_cells(first) if title}
        self._starts = tuple(map(bare_title, (*shape.totals, *shape.notes)))

    def header_cells(self, first: Sequence[Row]) -> Iterator[str]:
        """Yield the titles over the column of ID numbers, to know them when they come again."""
        place = self.header.places.get("id_number")
        if place is not None:
            for row in first[self.header.top - 1 : self.header.bottom]:
                yield plain_text(row[place.at])

    def batches(self) -> Iterator[Batch]:
        """Yield the rows that hold somebody, mended as told, and note the others."""
        place = self.header.places.get("id_number")
        id_index = place.at if place else None
        patches = self._patches()
        # A household that is left out is read all the same: its members go with it.
        left_out = set(() if self._of_households else self.mends.rows_left_out(self.sheet.name))
        values: dict[_Fill, object] = {}
        untitled = set(self.header.untitled)
        batch = Batch([], [])
        for number, row in enumerate(self.sheet, start=1):
            if number <= self.header.bottom or number in left_out:
                continue
            for index, text in patches.get(number, ()):
                row[index] = text
            fills = self._fills.get(number)
            if fills and any(cell != "" for cell in row):
                self._fill(number, row, fills, values)
            key = row[id_index] if id_index is not None else ""
            if (key in self._nobody or not str(key).strip()) and self._is_nobody(number, row):
                continue
            if number in self.sheet.hidden:
                self.report.add("hidden_row", number)
            if untitled:
                untitled -= self._note_untitled(row, untitled)
            batch.numbers.append(number)
            batch.rows.append(row)
            if len(batch.rows) == BATCH:
                yield batch
                batch = Batch([], [])
        if batch.rows:
            yield batch

    def _patches(self) -> Mapping[int, list[tuple[int, str]]]:
        patches: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for (sheet, row, field), text in self.mends.cells.items():
            place = self.header.places.get(field)
            if sheet == self.sheet.name and place is not None:
                patches[row].append((place.at, text))
        return patches

    def _fill(
        self, number: int, row: Row, fills: Sequence[_Fill], values: dict[_Fill, object]
    ) -> None:
        """Give a row the values of the merged cells that it lies in."""
        titles = {place.at: field for field, place in self.header.places.items()}
        for fill in fills:
            if number == fill.top:
                values[fill] = row[fill.at]
            elif row[fill.at] == "":
                row[fill.at] = values.get(fill, "")  # pyright: ignore[reportArgumentType, reportCallIssue] - it was a cell
            data = {"top": fill.top, "bottom": fill.bottom}
            if fill.at in titles:
                self.report.add("merged_cell", number, titles[fill.at], data=data)

    def _is_nobody(self, number: int, row: Row) -> bool:
        """Tell whether a row without an ID number is no person at all, and note what it is."""
        filled = [cell for cell in row if plain_text(cell)]
        if not filled:
            return True
        place = self.header.places.get("id_number")
        if place is not None and plain_text(row[place.at]):
            return True  # the titles once more, as on a printed page
        person = (self.header.places.get(name) for name in ("name", "file_number"))
        named = any(plain_text(row[place.at]) for place in person if place is not None)
        start = bare_title(plain_text(filled[0]))
        total = start.startswith(self._starts) or (
            not named and all(isinstance(cell, float) for cell in filled)
        )
        if total:
            self.report.add("total_row", number)
        return total

    def _note_untitled(self, row: Row, untitled: set[int]) -> set[int]:
        """Note columns that hold something and have no title; return them."""
        found = {index for index in untitled if row[index] != ""}
        for index in found:
            letter = column_letter(index + self.sheet.first_column)
            self.report.add("unknown_column", self.header.bottom, column=letter)
        return found


def _fills(sheet: Sheet, header: Header) -> Mapping[int, list[_Fill]]:
    """Return the merged cells below the titles by row. Raises `WorkbookTooLarge`."""
    fills: dict[int, list[_Fill]] = defaultdict(list)
    many = 0
    for merge in sheet.merges():
        top, bottom = max(merge.top + 1, header.bottom + 1), min(merge.bottom + 1, sheet.height)
        many += max(0, bottom - top + 1) + 1
        if many > LIMITS.merges:
            raise WorkbookTooLarge(problem="merges")
        fill = _Fill(merge.left, merge.top + 1, merge.bottom + 1)
        for number in range(top, bottom + 1):
            fills[number].append(fill)
    return fills


def column_letter(index: int) -> str:
    """Return how a spreadsheet names a column: A for 0, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
