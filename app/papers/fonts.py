"""The fonts of papers: read from the file on demand, embedded as one subset a document.

ReportLab's own TrueType support splits a text over fonts of 256 characters and writes a wrong
ToUnicode map above U+FFFF, so that rare characters of names copy wrongly. Here a font goes into
the document once, as a composite font with two-byte codes, and its map is written in UTF-16:
`_to_unicode` is the one place where that is done right.
"""

import bisect
import functools
import mmap
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, cast

from app.core.assets import resource
from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.papers.sheet import Sheet


class GlyphMissing(RuleBroken):
    """A character that no font of ours has. It stops the issuing of a paper, not intake."""

    says = N_(
        "The fonts lack the character “{character}” ({code}) in “{place}”. The paper cannot be"
        " issued and no number was used; write the character as on the ID card or tell the"
        " administrator."
    )

    def __init__(self, character: str, place: str) -> None:
        super().__init__(character=character, code=f"U+{ord(character):04X}", place=place)


class Face(StrEnum):
    """The typefaces of papers."""

    SERIF = "serif"
    SERIF_BOLD = "serif_bold"
    SANS = "sans"
    SANS_BOLD = "sans_bold"


FILES: Final[Mapping[Face, tuple[str, ...]]] = {
    Face.SERIF: ("NotoSerifSC-Regular", "NotoSansSC-Regular", "LXGWWenKai-Regular"),
    Face.SERIF_BOLD: ("NotoSerifSC-Bold", "NotoSansSC-Bold", "LXGWWenKai-Regular"),
    Face.SANS: ("NotoSansSC-Regular", "NotoSerifSC-Regular", "LXGWWenKai-Regular"),
    Face.SANS_BOLD: ("NotoSansSC-Bold", "NotoSerifSC-Bold", "LXGWWenKai-Regular"),
}
"""For each face the font it is set in and those that help out, glyph by glyph."""

ASCENT: Final = 0.88
DESCENT: Final = 0.12
"""Of all our fonts, in ems."""


SQUEEZE: Final = 0.5
"""By how many ems two full-width signs move together, as in ``），``: one half is empty anyway."""

_PAIR = re.compile(
    "(?<=[，。、；：）》〉」』】〕”’])(?=[，。、；：）》〉」』】〕”’（《〈「『【〔“‘])"
)


def squeezed(text: str) -> list[str]:
    """Split ``text`` where two signs of punctuation move together."""
    return _PAIR.split(text) if _PAIR.search(text) else [text]


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


class Typeface:
    """A face with the fonts that help it out. One a process, see `typeface`."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.files = tuple(font_file(name) for name in FILES[face])
        self.glyphs = _Glyphs(self.files)

    def width(self, text: str) -> float:
        """Return the width of ``text`` in ems; raise `GlyphMissing` when it cannot be set."""
        glyphs = self.glyphs
        try:
            loose = sum([glyphs[character][2] for character in text])
        except KeyError as lacking:
            raise GlyphMissing(str(lacking.args[0]), text) from None
        return loose - SQUEEZE * (len(squeezed(text)) - 1)

    def missing(self, text: str) -> list[str]:
        """Return the characters of ``text`` that no font of this face has."""
        return [character for character in dict.fromkeys(text) if not self.glyphs.has(character)]


class _Glyphs(dict[str, tuple[FontFile, int, float]]):
    """For each character its font, its glyph there, and its width in ems; found on first use."""

    def __init__(self, files: tuple[FontFile, ...]) -> None:
        super().__init__()
        self._files = files

    def has(self, character: str) -> bool:
        return any(file.glyph(character) for file in self._files)

    def __missing__(self, character: str) -> tuple[FontFile, int, float]:
        for file in self._files:
            if glyph := file.glyph(character):
                found = file, glyph, file.advance(glyph) / file.units
                self[character] = found
                return found
        raise KeyError(character)


@functools.cache
def font_file(name: str) -> FontFile:
    """Return a font of ``resources/fonts``, opened once a process."""
    return FontFile(resource("fonts", f"{name}.ttf"))


@functools.cache
def typeface(face: Face) -> Typeface:
    """Return the typeface of ``face``, made once a process."""
    return Typeface(face)


def missing_glyphs(text: str) -> list[str]:
    """Return the characters of ``text`` that no paper can print, each once, in order."""
    return typeface(Face.SANS).missing("".join(text.split("\n")))


def require_glyphs(sheet: Sheet) -> None:
    """Raise `GlyphMissing` for the first character of ``sheet`` that cannot be printed."""
    for text in _texts(sheet.frozen()):
        for character in missing_glyphs(text):
            raise GlyphMissing(character, text)


def _texts(value: Any) -> Iterator[str]:
    """Walk the texts of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in cast("Mapping[str, Any]", value).values():
            yield from _texts(part)
    elif isinstance(value, (list, tuple)):
        for part in cast("Sequence[Any]", value):
            yield from _texts(part)


class Subset:
    """The characters of one font that one document uses, as a composite font of that document."""

    def __init__(self, file: FontFile, place: int) -> None:
        self.file = file
        self.name = f"P{place}"
        """The name of the font in the content streams of the document."""
        self._tag = "PAPER" + "ABCDEFGH"[place]
        self._characters: list[str] = []
        self._glyphs = [0]

    def add(self, character: str, glyph: int) -> str:
        """Take a character in; return its code as four hexadecimal digits."""
        self._characters.append(character)
        self._glyphs.append(glyph)
        return f"{len(self._characters):04X}"

    # ReportLab calls this when it finishes the document.
    def addObjects(self, document: Any) -> None:  # noqa: N802 - the name it asks for
        """Add the font and what belongs to it to the document."""
        from reportlab.pdfbase.pdfdoc import (  # noqa: PLC0415 - heavy, on first use
            PDFArray,
            PDFDictionary,
            PDFString,
        )

        scale = 1000 / self.file.units
        base = f"/{self._tag}+{self.file.name}"
        program = self.file.subset(self._glyphs)
        descriptor = PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": base,
                "Flags": 4,
                "FontBBox": PDFArray([round(side * scale) for side in self.file.box]),
                "ItalicAngle": 0,
                "Ascent": round(1000 * ASCENT),
                "Descent": -round(1000 * DESCENT),
                "CapHeight": 733,
                "StemV": 80,
                "FontFile2": self._stream(document, program, {"Length1": len(program)}),
            }
        )
        widths = [round(self.file.advance(glyph) * scale) for glyph in self._glyphs]
        descendant = PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": base,
                "CIDSystemInfo": PDFDictionary(
                    {
                        "Registry": PDFString("Adobe"),
                        "Ordering": PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "CIDToGIDMap": "/Identity",
                "DW": 1000,
                "W": PDFArray(_uncommon(widths)),
                "FontDescriptor": document.Reference(descriptor),
            }
        )
        font = PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": base,
                "Encoding": "/Identity-H",
                "DescendantFonts": PDFArray([document.Reference(descendant)]),
                "ToUnicode": self._stream(document, _to_unicode(self._characters), {}),
            }
        )
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(font)

    def _stream(self, document: Any, content: bytes, entries: dict[str, int]) -> Any:
        from reportlab.pdfbase.pdfdoc import (  # noqa: PLC0415 - heavy, on first use
            PDFDictionary,
            PDFStream,
            PDFZCompress,
        )

        return document.Reference(
            PDFStream(PDFDictionary(entries), content, filters=[PDFZCompress])
        )


def _uncommon(widths: list[int]) -> Iterator[Any]:
    """Write the widths that are not a full em as PDF wants them: ``3 [500 233] 9 [250]``."""
    from reportlab.pdfbase.pdfdoc import PDFArray  # noqa: PLC0415 - heavy, on first use

    run: list[int] = []
    for code, width in enumerate([*widths, 1000]):
        if width != 1000:
            run.append(width)
        elif run:
            yield code - len(run)
            yield PDFArray(run)
            run = []


def _to_unicode(characters: list[str]) -> bytes:
    """Say which character each code stands for, in UTF-16 with surrogate pairs.

    Code 0 is the missing glyph; the first character has code 1.
    """
    lines = [
        f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>"
        for code, character in enumerate(characters, start=1)
    ]
    blocks = [
        "\n".join([f"{len(part)} beginbfchar", *part, "endbfchar"])
        for part in (lines[start : start + 100] for start in range(0, len(lines), 100))
    ]
    return _CHARACTER_MAP.format(blocks="\n".join(blocks)).encode()


_CHARACTER_MAP = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


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
