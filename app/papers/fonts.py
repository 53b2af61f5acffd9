"""The faces of papers and what helps them out, glyph by glyph."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, cast

from app.core.assets import resource
from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.papers.sheet import Sheet
from app.papers.truetype import FontFile


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

SQUEEZE: Final = 0.5
"""By how many ems two full-width signs move together, as in ``），``: one half is empty anyway."""

_PAIR = re.compile(
    "(?<=[，。、；：）》〉」』】〕”’])(?=[，。、；：）》〉」』】〕”’（《〈「『【〔“‘])"
)


def squeezed(text: str) -> list[str]:
    """Split ``text`` where two signs of punctuation move together."""
    return _PAIR.split(text) if _PAIR.search(text) else [text]


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
