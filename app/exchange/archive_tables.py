"""Reads the rows of a sheet column by column, some hundreds at a time, and checks single cells."""

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from app.exchange import archive_checks as checks
from app.exchange.archive_cells import ColumnReader, Reader, reader_of
from app.exchange.archive_document import Column
from app.exchange.archive_problems import Odd
from app.exchange.archive_rows import Batch, Rows, column_letter
from app.exchange.archive_words import Meaning
from app.exchange.workbook import Cell

NO_NAMES: Final[Mapping[str, Meaning]] = {}

_Record = TypeVar("_Record")


def records_of(table: checks.Table, record: type[_Record]) -> Iterator[_Record]:
    """Yield the rows of a table as records, structs of which ``row`` is the first field.

    A field that the sheet has no column for keeps its default.
    """
    known: Any = record
    fields = (table.get(name) for name in known.__struct_fields__[1:])
    columns = [
        itertools.repeat(blank) if column is None else column
        for column, blank in zip(fields, known.__struct_defaults__, strict=True)
    ]
    return map(record, table.numbers, *columns)


class Progress:
    """Counts the rows of all sheets, and tells them now and then; being told may stop the work."""

    def __init__(self, tick: Callable[[int], None] | None) -> None:
        self._tick, self._rows = tick, 0

    def add(self, rows: int) -> None:
        """Count some more rows."""
        self._rows += rows
        if self._tick is not None:
            self._tick(self._rows)


class Tables:
    """The rows of one sheet as tables of values; what is wrong with a cell goes to the report.

    ``names`` read the words of the columns of the kind ``named``, by their lists; ``keys`` are the
    columns of which one at least has to be there.
    """

    def __init__(
        self,
        rows: Rows,
        columns: tuple[Column, ...],
        *,
        today: date,
        starts_1904: bool,
        progress: Progress,
        names: Mapping[str, Meaning] = NO_NAMES,
        keys: tuple[str, ...] = checks.KEYS,
    ) -> None:
        self._rows, self._columns, self._progress = rows, columns, progress
        self._report, places = rows.report, rows.header.places
        self._untitled = list(rows.header.untitled)
        self._readers = {
            column.field: ColumnReader(
                column,
                today=today,
                starts_1904=starts_1904,
                scale=places[column.field].scale,
                names=names,
            )
            for column in columns
            if column.field in places
        }
        for (sheet, field, wrong), right in rows.mends.words.items():
            if sheet == rows.sheet.name and field in self._readers:
                self._readers[field].replaced[wrong] = right
        reader = functools.partial(reader_of, today=today, starts_1904=starts_1904, names=names)
        absent = [column for column in columns if column.field not in places]
        self._given, wrong = self._said(absent, reader)
        for place in rows.header.unknown:
            self._report.add("unknown_column", rows.header.bottom, column=place.title)
        known = {*places, *self._given, *wrong}
        lacks = checks.check_columns(columns, known, self._report, keys)
        self.incomplete = lacks or bool(wrong)
        """True when a column that must be there is not: no row is sound."""

    def _said(
        self, absent: Iterable[Column], reader: Callable[[Column], Reader]
    ) -> tuple[dict[str, object], set[str]]:
        """Return what a person said for all rows of columns that the sheet does not have, by
        field, and the fields for which it cannot be read.
        """
        given: dict[str, object] = {}
        wrong: set[str] = set()
        for column in absent:
            said = self._rows.mends.words.get((self._rows.sheet.name, column.field, ""), "")
            value = reader(column)(said) if said else None
            if isinstance(value, Odd) and value.code:
                self._report.add_absent(column, value)
                wrong.add(column.field)
            elif value is not None:
                given[column.field] = value.value if isinstance(value, Odd) else value
        return given, wrong

    def __iter__(self) -> Iterator[checks.Table]:
        """Yield the tables, one after the other."""
        for batch in self._rows.batches():
            yield self._table(batch)
            self._progress.add(len(batch.numbers))

    def _note_untitled(self, cells: Sequence[Sequence[Cell]]) -> None:
        """Note the columns without a title that hold something, each once."""
        for at in [at for at in self._untitled if cells[at].count("") < len(cells[at])]:
            self._untitled.remove(at)
            letter = column_letter(at + self._rows.sheet.first_column)
            self._report.add("unknown_column", self._rows.header.bottom, column=letter)

    def _table(self, batch: Batch) -> checks.Table:
        """Read the cells of some rows, and note what is wrong with them."""
        table = checks.Table(batch.numbers)
        cells = list(zip(*batch.rows, strict=True))
        self._note_untitled(cells)
        places = self._rows.header.places
        for field, reader in self._readers.items():
            table[field] = reader.read(cells[places[field].at])
        for field, value in self._given.items():
            table[field] = [value] * len(batch.numbers)
        checks.check_filled(table, self._columns, self._report)
        for field, reader in self._readers.items():
            if reader.may_be_odd(table[field]):
                checks.check_cells(table, reader.column, cells[places[field].at], self._report)
        return table
