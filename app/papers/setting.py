"""Sets Chinese text: breaks it into lines, with the rules for punctuation at their ends."""

import functools
import re
from typing import Final

from app.papers.fonts import Face, typeface
from app.papers.subset import ASCENT, DESCENT

_NOT_FIRST: Final = "，。、；：？！）》〉」』】〕”’％%…·"
_NOT_LAST: Final = "（《〈「『【〔“‘¥￥"
_HALF_EMPTY: Final = "，。、；：）》〉」』】〕"
"""Full-width signs whose right half is empty: it may stand beyond the edge."""

_WORDS = re.compile(r"[0-9A-Za-z*.,:/+\-]+|.")


def width(text: str, face: Face, size: float) -> float:
    """Return the width of ``text`` in points."""
    return typeface(face).width(text) * size


@functools.lru_cache(maxsize=4096)
def lines(text: str, face: Face, size: float, room: float, indent: float = 0) -> tuple[str, ...]:
    """Break ``text`` into lines that fit in ``room`` points; ``indent`` is for first lines."""
    broken: list[str] = []
    for paragraph in text.split("\n"):
        if indent + width(paragraph, face, size) <= room:
            broken.append(paragraph)
        else:
            broken += _break(paragraph, face, size, room, indent)
    return tuple(broken)


def evened(line: str, face: Face, size: float, room: float) -> float:
    """Return the room to add after each character so that ``line`` reaches the right edge."""
    hang = size / 2 if line[-1] in _HALF_EMPTY else 0
    spare = room - width(line, face, size) + hang
    return max(0.0, min(spare / (len(line) - 1), size / 4)) if len(line) > 1 else 0.0


def baseline(top: float, height: float, size: float) -> float:
    """Return the baseline that centres a line of ``size`` between ``top`` and ``height`` below."""
    return top + (height - size * (ASCENT + DESCENT)) / 2 + size * ASCENT


def _break(text: str, face: Face, size: float, room: float, indent: float) -> list[str]:
    broken: list[str] = []
    line, used = "", indent
    for piece in _pieces(text, face, size, room):
        wide = width(piece, face, size)
        hang = size / 2 if piece[-1] in _HALF_EMPTY else 0
        if line and used + wide - hang > room:
            broken.append(line.rstrip(" "))
            line, used = "", 0.0
            piece = piece.lstrip(" ")  # no space begins a line
            wide = width(piece, face, size)
        line += piece
        used += wide
    return [*broken, line] if line else broken


def _pieces(text: str, face: Face, size: float, room: float) -> list[str]:
    """Split ``text`` where a line may end."""
    pieces: list[str] = []
    for word in _WORDS.findall(text):
        if pieces and (word[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST):
            pieces[-1] += word
        elif width(word, face, size) > room:
            pieces += list(word)
        else:
            pieces.append(word)
    return pieces
