"""Many rows at once, column by column, and their packed form."""

import zlib
from collections.abc import Iterator
from typing import Any

import msgspec


class Columns(msgspec.Struct):
    """Rows of one table, column by column; what is the same in all rows stands once."""

    count: int
    each: dict[str, list[Any]] = {}
    same: dict[str, Any] = {}

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows, one after the other."""
        return (self.row(place) for place in range(self.count))

    def row(self, place: int) -> dict[str, Any]:
        """Return one row; the first is 0."""
        return {**self.same, **{name: column[place] for name, column in self.each.items()}}

    def settled(self) -> "Columns":
        """Return the same rows with every column that is the same in all of them said once."""
        same, each = dict(self.same), dict[str, list[Any]]()
        for name, column in self.each.items():
            if column and column.count(column[0]) == len(column):
                same[name] = column[0]
            else:
                each[name] = column
        return Columns(self.count, each, same)


def pack(columns: Columns) -> bytes:
    """Return the rows as compressed JSON."""
    return zlib.compress(msgspec.json.encode(columns), 1)


def unpack(content: bytes) -> Columns:
    """Return packed rows as plain data. Raises `ValueError` when they are damaged."""
    try:
        return msgspec.json.decode(zlib.decompress(content), type=Columns)
    except zlib.error as error:
        raise ValueError(str(error)) from error
