"""Looks through an `.xlsx` package before it is read.

A package is a zip of XML parts. Each part is unpacked piece by piece, never as a whole, to see that
it is as large as it says and that no cell stands so far out that the reader, which keeps a place
for every cell of the rectangle, would take all memory. On the way the hidden rows are noted.
"""

import html
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from app.exchange.workbook_cells import Irregular, Reach, reach_of_any, reach_of_regular
from app.exchange.workbook_limits import (
    Facts,
    Limits,
    NotAWorkbook,
    WorkbookLocked,
    WorkbookTooLarge,
)

PACKAGE: Final = b"PK\x03\x04"
"""How a package begins."""

_PIECE: Final = 1 << 20
_FED: Final = 1 << 15
"""Packed bytes taken at once: some hundred kB unpacked, which stay in the processor's cache."""
_LOCAL: Final = 30
_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x07"
_LONG: Final = 2_000
"""Bytes of a shared text from which the cells that show it are counted."""
_SMALL_PART: Final = 4 << 20
_ROW: Final = re.compile(rb"<(?:[^\s<>/:]*:)?row\s([^<>]*)>")
_HIDDEN: Final = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true|on)["']""")
_NUMBER: Final = re.compile(rb"""(?:^|\s)r\s*=\s*["'](\d{1,7})["']""")
_TEXT: Final = re.compile(rb"<(?:[^\s<>/:]*:)?si[\s/>]")
_TAG: Final = re.compile(r"<(?:[^\s<>/:]*:)?(sheet|Relationship|workbookPr)\s([^<>]*)>")
_PAIR: Final = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass
class Part:
    """What is seen of one part on the way."""

    reach: Reach
    hidden: set[int] = field(default_factory=set[int])
    longest: int = 0
    """Bytes of the longest shared text."""
    _open: int = -1
    """Bytes since the last shared text began; less than 0 before the first."""

    def see(self, piece: bytes) -> None:
        """Note hidden rows and shared texts in a piece of whole tags."""
        if b"h" in piece and b"hidden" in piece:  # most sheets have no h at all: quickly told
            for row in _ROW.finditer(piece):
                if _HIDDEN.search(row[1]) and (number := _NUMBER.search(row[1])):
                    self.hidden.add(int(number[1]))
        if not self.reach.cells:
            self._measure(piece)

    def _measure(self, piece: bytes) -> None:
        before, *texts = map(len, _TEXT.split(piece))
        if self._open >= 0:
            self._open += before
            self.longest = max(self.longest, self._open)
        if texts:
            self.longest = max(self.longest, *texts)
            self._open = texts[-1]


def look_through_package(data: bytes, limits: Limits) -> Facts:
    """Return the facts of a package that is sound.

    Raises `NotAWorkbook`, `WorkbookLocked` or `WorkbookTooLarge`.
    """
    entries = _entries(data, limits)
    parts = {entry.filename: _part(data, entry, limits) for entry in entries}
    names = {entry.filename: entry for entry in entries}
    longest = max((part.longest for part in parts.values()), default=0)
    if longest > _PIECE:
        raise WorkbookTooLarge(problem="text")
    book = next((name for name in names if name.lower().endswith("xl/workbook.xml")), None)
    if book is None:
        raise NotAWorkbook(problem="xl/workbook.xml")
    rels = posixpath.join(posixpath.dirname(book), "_rels", posixpath.basename(book) + ".rels")
    targets: dict[str, str] = {}
    if rels in names:
        for _tag, pairs in _tags(data, names[rels]):
            targets[pairs.get("Id", "")] = pairs.get("Target", "")
    hidden: dict[str, frozenset[int]] = {}
    starts_1904 = False
    for tag, pairs in _tags(data, names[book]):
        if tag == "workbookPr":
            starts_1904 = pairs.get("date1904", "").lower() in ("1", "true", "on")
        elif tag == "sheet":
            key = next((value for name, value in pairs.items() if name.endswith(":id")), "")
            place = posixpath.join(posixpath.dirname(book), targets.get(key, ""))
            part = parts.get(posixpath.normpath(place).lstrip("/"))
            if part is not None:
                hidden[pairs.get("name", "")] = frozenset(part.hidden)
    return Facts(hidden, starts_1904, longest > _LONG)


def _entries(data: bytes, limits: Limits) -> list[zipfile.ZipInfo]:
    """Return the parts, none of which means one thing here and another to the reader."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = [entry for entry in package.infolist() if not entry.filename.endswith("/")]
            directory = package.start_dir
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise NotAWorkbook(problem=str(error)[:100]) from None
    end = data.rfind(_END)
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if (
        data[end - 20 : end - 16] == _END_64
        or int.from_bytes(data[end + 16 : end + 20], "little") != directory
        or directory + size != end
        or end + 22 + int.from_bytes(data[end + 20 : end + 22], "little") != len(data)
    ):
        raise NotAWorkbook(problem="zip")
    if any(entry.flag_bits & 1 for entry in entries):
        raise WorkbookLocked
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.parts or unpacked > limits.unpacked:
        raise WorkbookTooLarge(problem=f"{len(entries)} / {unpacked >> 20} MB")
    if unpacked > limits.small and unpacked > limits.ratio * len(data):
        raise WorkbookTooLarge(problem=f"{len(data) >> 10} kB → {unpacked >> 20} MB")
    names = {entry.filename.replace("\\", "/").lower() for entry in entries}
    if len(names) != len(entries) or "" in names:
        raise NotAWorkbook(problem="zip")
    ends = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < ends or entry.compress_type not in (0, zipfile.ZIP_DEFLATED):
            raise NotAWorkbook(problem="zip")
        ends = _begins(data, entry) + entry.compress_size
        if ends > directory:
            raise NotAWorkbook(problem="zip")
    return entries


def _begins(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Return where the bytes of a part begin."""
    at = entry.header_offset
    name, extra = data[at + 26 : at + 28], data[at + 28 : at + 30]
    if data[at : at + 4] != PACKAGE:
        raise NotAWorkbook(problem="zip")
    return at + _LOCAL + int.from_bytes(name, "little") + int.from_bytes(extra, "little")


def _pieces(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part piece by piece; raise `NotAWorkbook` when it is not as large as it says."""
    at = _begins(data, entry)
    packed = memoryview(data)[at : at + entry.compress_size]
    done = 0
    if entry.compress_type == 0:
        for start in range(0, len(packed), _PIECE):
            yield bytes(packed[start : start + _PIECE])
        done = len(packed)
    else:
        unpack, rest, at = zlib.decompressobj(-15), b"", 0
        while not unpack.eof:
            fed: bytes | memoryview = rest or packed[at : at + _FED]
            at += 0 if rest else len(fed)
            try:
                piece = unpack.decompress(fed, _PIECE)
            except zlib.error as error:
                raise NotAWorkbook(problem=str(error)[:100]) from None
            rest = unpack.unconsumed_tail
            done += len(piece)
            if done > entry.file_size or not (fed or piece or unpack.eof):
                raise NotAWorkbook(problem="zip")
            yield piece
    if done != entry.file_size:
        raise NotAWorkbook(problem="zip")


def _ahead(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the pieces, the next of which is unpacked while one is looked through."""
    with ThreadPoolExecutor(1) as helper:
        coming = helper.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = helper.submit(next, pieces, None)
            yield piece


def _whole_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the pieces so that no tag is divided."""
    rest = b""
    for piece in pieces:
        joined = rest + piece
        cut = joined.rfind(b"<")
        if cut > 0:
            yield joined[:cut]
            joined = joined[cut:]
        if len(joined) > _SMALL_PART:
            raise WorkbookTooLarge(problem="text")
        rest = joined
    yield rest


def _part(data: bytes, entry: zipfile.ZipInfo, limits: Limits) -> Part:
    """Look through one part; nearly all writers are regular, the others take longer."""
    for looking in (reach_of_regular, reach_of_any):
        part = Part(Reach(limits))
        pieces = _pieces(data, entry)
        if entry.file_size > _SMALL_PART:
            pieces = _ahead(pieces)
        try:
            for piece in _whole_tags(pieces):
                looking(part.reach, piece)
                part.see(piece)
        except Irregular:
            continue
        return part
    raise NotAWorkbook(problem=entry.filename[:100])


def _tags(data: bytes, entry: zipfile.ZipInfo) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the tags that name the sheets, each with its attributes."""
    if entry.file_size > _SMALL_PART:
        raise WorkbookTooLarge(problem=entry.filename[:100])
    text = b"".join(_pieces(data, entry)).decode("utf-8", "replace")
    for tag, pairs in _TAG.findall(text):
        yield tag, {name: html.unescape(one or other) for name, one, other in _PAIR.findall(pairs)}
