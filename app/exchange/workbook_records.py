"""Looks through an `.xls` workbook (BIFF records in a compound file) before it is read.

The stream of records is taken out, looked through and put into a compound file of our own that
holds nothing else: what the reader then sees is what was seen here. Hidden rows are noted on the
way, and figures that would make the reader take memory in advance are set to what is there.
"""

import io
import struct
from collections.abc import Iterator
from typing import Any, Final

import olefile

from app.exchange.workbook_limits import (
    Facts,
    Limits,
    NotAWorkbook,
    WorkbookLocked,
    WorkbookTooLarge,
)

COMPOUND: Final = olefile.MAGIC
"""How a compound file begins."""

_open: Final[Any] = olefile.OleFileIO  # its types are partly unknown
_STREAMS: Final = ("workbook", "book")
_BOF: Final = {0x0009, 0x0209, 0x0409, 0x0809}
_EOF, _LOCKED, _SHEET, _ROW, _SIZE, _1904, _TEXTS = 0x0A, 0x2F, 0x85, 0x208, 0x200, 0x22, 0xFC
_MANY: Final = 0xBD
"""Several numbers in one row."""
_CELLS: Final = {0x02, 0x03, 0x04, 0x05, 0x06, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406, 0xD6, 0xFD}
"""Records of one cell: row and column stand first."""
_HIDDEN: Final = 0x20
_SHEET_NAMES: Final = 255
_SECTOR: Final = 4096
_FATS: Final = 109
"""Sectors of the table of sectors that the header can name: 450 MB."""
_FAT, _END, _FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
_CUTOFF: Final = 4096
"""Shorter streams lie elsewhere in a compound file: ours is never shorter."""


def look_through_records(data: bytes, limits: Limits) -> tuple[bytes, Facts]:
    """Return a clean compound file with the records alone, and the facts.

    Raises `NotAWorkbook`, `WorkbookLocked` or `WorkbookTooLarge`.
    """
    name, stream = _stream(data)
    records = bytearray(stream)
    hidden, starts_1904 = _look_through(records, limits)
    facts = Facts(hidden, starts_1904, long_texts=True)
    return compound(name, bytes(records)), facts


def _stream(data: bytes) -> tuple[str, bytes]:
    """Return the one stream of records, and its name."""
    try:
        with _open(io.BytesIO(data)) as file:
            places: list[list[str]] = file.listdir(streams=True, storages=False)
            if ["EncryptedPackage"] in places:
                raise WorkbookLocked
            for wanted in _STREAMS:
                for place in places:
                    if [part.lower() for part in place] == [wanted]:
                        return wanted.capitalize(), file.openstream(place).read()
    except (OSError, ValueError, LookupError, struct.error, RecursionError, TypeError) as error:
        raise NotAWorkbook(problem=str(error)[:100]) from None
    raise NotAWorkbook(problem="Workbook")


def _records(stream: bytearray) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place and length of the body of each record."""
    at, end = 0, len(stream) - 4
    take = struct.Struct("<HH").unpack_from
    while at <= end:
        kind, length = take(stream, at)
        at += 4
        if at + length > len(stream):
            raise NotAWorkbook(problem="BIFF")
        yield kind, at, length
        at += length


def _look_through(stream: bytearray, limits: Limits) -> tuple[dict[str, frozenset[int]], bool]:
    """Return the hidden rows by sheet and whether days count from 1904; mend the sizes."""
    names: dict[int, str] = {}
    hidden: dict[int, set[int]] = {}
    starts_1904 = False
    begins = rows = columns = depth = 0
    sizes: list[tuple[int, int]] = []
    wide = False
    for kind, at, length in _records(stream):
        if kind in _CELLS and length >= 4:
            row, column = struct.unpack_from("<HH", stream, at)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif kind == _MANY and length >= 6:
            row, column = struct.unpack_from("<HH", stream, at)
            last = column + (length - 6) // 6
            rows, columns = max(rows, row + 1), max(columns, last + 1)
        elif kind == _ROW and length >= 14:
            row, flags = struct.unpack_from("<H10xH", stream, at)
            if flags & _HIDDEN:
                hidden.setdefault(begins, set()).add(row + 1)
        elif kind in _BOF:
            begins, rows, columns, depth = at - 4, 0, 0, depth + 1
            wide = kind == 0x0809 and length >= 2 and stream[at + 1] == 6
        elif kind == _SIZE:
            sizes.append((at, length))
        elif kind == _EOF:
            depth -= 1
            _mend_sizes(stream, sizes, rows, columns, limits)
            sizes.clear()
        elif kind == _LOCKED:
            raise WorkbookLocked
        elif kind == _1904 and length >= 2:
            starts_1904 = stream[at] == 1
        elif kind == _SHEET and length >= 8:
            (place,) = struct.unpack_from("<I", stream, at)
            names[place] = _sheet_name(bytes(stream[at + 6 : at + length]), wide=wide)
        elif kind == _TEXTS and length >= 8:
            (count,) = struct.unpack_from("<i", stream, at + 4)
            if not 0 <= count <= len(stream):
                raise NotAWorkbook(problem="SST")
    if depth > 0:
        raise NotAWorkbook(problem="BIFF")  # it was cut off
    _mend_sizes(stream, sizes, rows, columns, limits)
    found = {names[place]: frozenset(lines) for place, lines in hidden.items() if place in names}
    return found, starts_1904


def _mend_sizes(
    stream: bytearray, sizes: list[tuple[int, int]], rows: int, columns: int, limits: Limits
) -> None:
    """Write into the records of a sheet's size how far its cells really reach."""
    if columns > limits.columns or rows * columns > limits.cells:
        raise WorkbookTooLarge(problem=f"{rows:,} × {columns:,}")
    for at, length in sizes:
        if length == 14:
            struct.pack_into("<IIHH", stream, at, 0, rows, 0, columns)
        elif length == 10:
            struct.pack_into("<HHHH", stream, at, 0, min(rows, 0xFFFF), 0, columns)
        else:
            raise NotAWorkbook(problem="BIFF")


def _sheet_name(raw: bytes, *, wide: bool) -> str:
    """Return the name of a sheet; of programs before 1997 it is taken for GBK."""
    count = raw[0]
    if not wide:
        return raw[1 : 1 + count].decode("gb18030", "replace")
    if raw[1] & 1:
        return raw[2 : 2 + 2 * count].decode("utf-16-le", "replace")
    return raw[2 : 2 + count].decode("latin-1")


def compound(name: str, stream: bytes) -> bytes:
    """Return a compound file of version 4 ([MS-CFB]) with one stream in its root."""
    stream = stream.ljust(_CUTOFF, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    fats = -(-(sectors + 3) // (_SECTOR // 4 - 1))
    if fats > _FATS:
        raise WorkbookTooLarge(problem=f"{len(stream) >> 20} MB")
    directory, short, first_fat = sectors, sectors + 1, sectors + 2
    fat = [*range(1, sectors), _END, _END, _END, *[_FAT] * fats]
    fat += [_FREE] * (fats * _SECTOR // 4 - len(fat))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        COMPOUND, 0x3E, 4, 0xFFFE, 12, 6, 1, fats, directory, 0, _CUTOFF, _END, 0, _END, 0,
    )  # fmt: skip
    places = [*range(first_fat, first_fat + fats), *[_FREE] * (_FATS - fats)]
    root = _directory_entry("Root Entry", 5, child=1, start=short, size=64)
    only = _directory_entry(name, 2, child=_FREE, start=0, size=len(stream))
    parts = (
        header + struct.pack(f"<{_FATS}I", *places),
        stream.ljust(sectors * _SECTOR, b"\0"),
        root + only,
        b"",  # the sector of short streams: the reader insists on one
        struct.pack(f"<{len(fat)}I", *fat),
    )
    return b"".join(part.ljust(_SECTOR, b"\0") for part in parts)


def _directory_entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIQ",
        written, len(written) + 2, kind, 1, _FREE, _FREE, child, 0, start, size,
    )  # fmt: skip
