"""Reads TrueType files with glyf outlines on demand and cuts subsets from them."""

import bisect
import mmap
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class FontFile:
    """A TrueType file with glyf outlines, mapped into memory and read where needed."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.name = path.stem
        self._tables: dict[str, tuple[int, int]] = {}
        for index in range(self._numbers(">H", 4)[0]):
            tag, _, offset, length = self._numbers(">4sLLL", 12 + 16 * index)
            self._tables[tag.decode()] = (offset, length)
        (self.units,) = self._numbers(">H", self._at("head") + 18)
        self.box: tuple[int, ...] = self._numbers(">4h", self._at("head") + 36)
        (self._long_loca,) = self._numbers(">h", self._at("head") + 50)
        (self._metrics,) = self._numbers(">H", self._at("hhea") + 34)
        self._starts, self._ends, self._glyphs = self._character_map()

    def glyph(self, character: str) -> int:
        """Return the glyph of ``character``, 0 when the font lacks it."""
        code = ord(character)
        group = bisect.bisect_right(self._starts, code) - 1
        if group < 0 or code > self._ends[group]:
            return 0
        return self._glyphs[group] + code - self._starts[group]

    def advance(self, glyph: int) -> int:
        """Return how far ``glyph`` moves the pen, in units of the font."""
        return self._metric(glyph)[0]

    def subset(self, glyphs: list[int]) -> bytes:
        """Return a font of just these glyphs, numbered in this order, and of their parts."""
        order = list(glyphs)
        place = {glyph: number for number, glyph in reversed(list(enumerate(order)))}
        outlines: list[bytes] = []
        number = 0
        while number < len(order):  # parts of composite glyphs are appended meanwhile
            outlines.append(self._renumbered(self._outline(order[number]), order, place))
            number += 1
        loca, position = [0], 0
        for outline in outlines:
            position += len(outline)
            loca.append(position)
        head = bytearray(self._table("head"))
        struct.pack_into(">h", head, 50, 1)
        hhea = bytearray(self._table("hhea"))
        struct.pack_into(">H", hhea, 34, len(order))
        maxp = bytearray(self._table("maxp"))
        struct.pack_into(">H", maxp, 4, len(order))
        tables = {
            "glyf": b"".join(outlines),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": b"".join(struct.pack(">Hh", *self._metric(glyph)) for glyph in order),
            "loca": struct.pack(f">{len(loca)}L", *loca),
            "maxp": bytes(maxp),
        }
        for tag in ("cvt ", "fpgm", "prep"):
            if tag in self._tables:
                tables[tag] = self._table(tag)
        return _font_of(tables)

    def _metric(self, glyph: int) -> tuple[int, int]:
        hmtx = self._at("hmtx")
        if glyph < self._metrics:
            return self._numbers(">Hh", hmtx + 4 * glyph)
        (advance,) = self._numbers(">H", hmtx + 4 * (self._metrics - 1))
        (bearing,) = self._numbers(">h", hmtx + 2 * (self._metrics + glyph))
        return advance, bearing

    def _outline(self, glyph: int) -> bytes:
        loca, glyf = self._at("loca"), self._at("glyf")
        if self._long_loca:
            start, end = self._numbers(">2L", loca + 4 * glyph)
        else:
            start, end = (2 * short for short in self._numbers(">2H", loca + 2 * glyph))
        outline = self._data[glyf + start : glyf + end]
        return outline + b"\0" * (-len(outline) % 4)

    def _renumbered(self, outline: bytes, order: list[int], place: dict[int, int]) -> bytes:
        """Let a composite glyph name its parts by their new numbers, adding them if need be."""
        if outline[:2] < b"\x80":  # not negative: a simple glyph, or an empty one
            return outline
        changed, at, more = bytearray(outline), 10, True
        while more:
            flags, part = struct.unpack_from(">HH", outline, at)
            if part not in place:
                place[part] = len(order)
                order.append(part)
            struct.pack_into(">H", changed, at + 2, place[part])
            at += 8 if flags & 0x0001 else 6
            at += 2 if flags & 0x0008 else 4 if flags & 0x0040 else 8 if flags & 0x0080 else 0
            more = bool(flags & 0x0020)
        return bytes(changed)

    def _character_map(self) -> tuple[tuple[int, ...], ...]:
        """Read the full Unicode map (format 12) as runs: first, last character, first glyph."""
        cmap = self._at("cmap")
        for index in range(self._numbers(">H", cmap + 2)[0]):
            offset = cmap + self._numbers(">HHL", cmap + 4 + 8 * index)[2]
            if self._numbers(">H", offset)[0] == 12:
                (count,) = self._numbers(">L", offset + 12)
                runs = self._numbers(f">{3 * count}L", offset + 16)
                return runs[0::3], runs[1::3], runs[2::3]
        raise ValueError(f"{self.name} has no full Unicode map")

    def _numbers(self, layout: str, offset: int) -> tuple[Any, ...]:
        return struct.unpack_from(layout, self._data, offset)

    def _at(self, tag: str) -> int:
        return self._tables[tag][0]

    def _table(self, tag: str) -> bytes:
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]


def _font_of(tables: Mapping[str, bytes]) -> bytes:
    """Put tables together as a TrueType file."""
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(
        ">LHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power)
    )
    directory, offset = [header], 12 + 16 * count
    body: list[bytes] = []
    for tag, table in sorted(tables.items()):
        padded = table + b"\0" * (-len(table) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory.append(struct.pack(">4sLLL", tag.encode(), checksum, offset, len(table)))
        body.append(padded)
        offset += len(padded)
    return b"".join(directory + body)
