"""Embeds a font in a document as one subset.

ReportLab's own TrueType support splits a text over fonts of 256 characters and writes a wrong
ToUnicode map above U+FFFF, so that rare characters of names copy wrongly. Here a font goes into
the document once, as a composite font with two-byte codes, and its map is written in UTF-16:
`_to_unicode` is the one place where that is done right.
"""

from collections.abc import Iterator
from typing import Any, Final

from app.papers.truetype import FontFile

ASCENT: Final = 0.88
DESCENT: Final = 0.12
"""Of all our fonts, in ems."""


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
