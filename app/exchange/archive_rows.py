"""Takes the rows of a sheet that hold somebody: not totals, notes, blanks and repeated titles."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import islice
from typing import Final, NamedTuple

from app.exchange.archive_cells import plain_text
from app.exchange.archive_document import Column, Marks, bare_title
from app.exchange.archive_header import LOOKED_AT, Header, find_header
from app.exchange.archive_mending import Mends
from app.exchange.archive_problems import CODES, Code
from app.exchange.archive_records import SheetColumn
from app.exchange.archive_report import Report
from app.exchange.workbook import Cell, Row, Sheet
from app.exchange.workbook_limits import LIMITS, WorkbookTooLarge

BATCH: Final = 512
_SHORTEST: Final = 15
"""Characters of an ID number."""


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
    """The rows of one sheet below its titles. Raises `NoTitles`."""

    def __init__(
        self,
        sheet: Sheet,
        columns: tuple[Column, ...],
        marks: Marks,
        mends: Mends,
        *,
        of_households: bool = False,
        codes: Mapping[str, Code] = CODES,
    ) -> None:
        self.sheet = sheet
        first = list(islice(sheet, LOOKED_AT))
        assigned = mends.columns_of(sheet.name)
        self.header = find_header(
            first, columns, sheet=sheet.name, ignored=marks.ignored, assigned=assigned
        )
        self._of_households = of_households
        self.report = Report(sheet.name, self.header, codes, of_households=of_households)
        self.mends = mends
        self._fills = _fills(sheet, self.header)
        self._no_numbers = {"", *self._titles(first)}
        self._starts = tuple(map(bare_title, (*marks.totals, *marks.notes)))

    def _titles(self, first: Sequence[Row]) -> Iterator[str]:
        """Yield the titles over the column of ID numbers, to know them when they come again."""
        place = self.header.places.get("id_number")
        if place is not None:
            for row in first[self.header.top - 1 : self.header.bottom]:
                yield plain_text(row[place.at])

    def columns(self) -> Iterator[SheetColumn]:
        """Yield the titled columns in their order, with what each is read as."""
        fields = {place.at: field for field, place in self.header.places.items()}
        for at, title in enumerate(self.header.shown):
            if title:
                yield SheetColumn(self.sheet.name, title, fields.get(at, ""))

    def batches(self) -> Iterator[Batch]:
        """Yield the rows that hold somebody, mended as told, and note the others."""
        rows = iter(self.sheet)
        below = self.header.bottom + 1
        for _title in islice(rows, self.header.bottom):
            pass
        patches = self._patches()
        # A household that is left out is read all the same: its members go with it.
        left_out = set(() if self._of_households else self.mends.rows_left_out(self.sheet.name))
        special = {*patches, *left_out, *self._fills, *self.sheet.hidden}
        values: dict[_Fill, Cell] = {}
        while taken := list(islice(rows, BATCH)):
            numbers = range(below, below + len(taken))
            below += len(taken)
            if self._are_usual(taken, special.intersection(numbers)):
                yield Batch(list(numbers), taken)
                continue
            batch = Batch([], [])
            for number, row in zip(numbers, taken, strict=True):
                for at, text in patches.get(number, ()):
                    row[at] = text
                fills = self._fills.get(number, ())
                if fills and any(cell != "" for cell in row):
                    self._fill(number, row, fills, values)
                if number in left_out or (
                    self._is_unnumbered(row) and self._is_nobody(number, row)
                ):
                    continue
                if number in self.sheet.hidden:
                    self.report.add("hidden_row", number)
                for fill in fills:
                    self._note_merge(number, fill)
                batch.numbers.append(number)
                batch.rows.append(row)
            if batch.rows:
                yield batch

    def _are_usual(self, rows: list[Row], special: Set[int]) -> bool:
        """Tell whether each of these rows is somebody, with nothing to be done about it."""
        place = self.header.places.get("id_number")
        if special or place is None:
            return False
        numbers = [row[place.at] for row in rows]
        try:
            return min(map(len, numbers)) >= _SHORTEST  # pyright: ignore[reportArgumentType] - tried
        except TypeError:
            return False

    def _patches(self) -> Mapping[int, list[tuple[int, str]]]:
        patches: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for (sheet, row, field), text in self.mends.cells.items():
            place = self.header.places.get(field)
            if sheet == self.sheet.name and place is not None:
                patches[row].append((place.at, text))
        return patches

    def _fill(
        self, number: int, row: Row, fills: Sequence[_Fill], values: dict[_Fill, Cell]
    ) -> None:
        """Give a row the values of the merged cells that it lies in."""
        for fill in fills:
            if number == fill.top:
                values[fill] = row[fill.at]
            elif row[fill.at] == "":
                row[fill.at] = values.get(fill, "")

    def _note_merge(self, number: int, fill: _Fill) -> None:
        field = next((f for f, place in self.header.places.items() if place.at == fill.at), None)
        if field is not None:
            data = {"top": fill.top, "bottom": fill.bottom}
            self.report.add("merged_cell", number, field, data=data)

    def _is_unnumbered(self, row: Row) -> bool:
        """Tell whether no ID number stands in a row: the title once more, or a note below."""
        place = self.header.places.get("id_number")
        if place is None:
            return True
        text = plain_text(row[place.at])
        return text in self._no_numbers or bare_title(text).startswith(self._starts)

    def _is_nobody(self, number: int, row: Row) -> bool:
        """Tell whether a row without an ID number is no person at all, and note what it is."""
        if row.count("") == len(row):
            return True
        filled = [cell for cell in row if plain_text(cell)]
        if not filled:
            return True
        place = self.header.places.get("id_number")
        said = plain_text(row[place.at]) if place is not None else ""
        if said and said in self._no_numbers:
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


def _fills(sheet: Sheet, header: Header) -> Mapping[int, list[_Fill]]:
    """Return the merged cells below the titles by row. Raises `WorkbookTooLarge`."""
    fills: dict[int, list[_Fill]] = defaultdict(list)
    many = 0
    for merge in sheet.merges():
        if not 0 <= merge.left < len(header.shown):
            continue
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
