"""Puts the drawing of a chart on the page of a PDF, with the fonts that the page has anyway."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from app.papers.fonts import Face, missing_glyphs
from app.papers.pen import BLACK, Ink, Layer
from app.reports.drawing import BOLD

NOT_THERE: Final = "〓"
"""Stands for a character that no font has."""

_CORNERS: Final = 24
"""Of a round point, which is small."""


def printable(text: str) -> str:
    """Return a text with a mark for each character that no font has."""
    for character in missing_glyphs(text):
        text = text.replace(character, NOT_THERE)
    return text


def ink(layer: Layer, drawing: Any, left: float, top: float) -> None:
    """Put a drawing on a layer, its upper left corner at ``left``, ``top``."""
    bottom = top + drawing.height
    for shape in drawing.contents:
        _SHAPES[type(shape).__name__](layer, shape, left, bottom)


def _text(layer: Layer, shape: Any, left: float, bottom: float) -> None:
    face = Face.SANS_BOLD if shape.fontName == BOLD else Face.SANS
    at = left + shape.x, bottom - shape.y
    layer.text(*at, printable(shape.text), face, shape.fontSize, ink=_ink(shape.fillColor) or BLACK)


def _box(layer: Layer, shape: Any, left: float, bottom: float) -> None:
    x, y = shape.x, shape.y
    right, top = x + shape.width, y + shape.height
    corners = [(x, y), (right, y), (right, top), (x, top), (x, y)]
    _outline(layer, shape, left, bottom, corners, closed=True)


def _line(layer: Layer, shape: Any, left: float, bottom: float) -> None:
    _outline(layer, shape, left, bottom, [(shape.x1, shape.y1), (shape.x2, shape.y2)])


def _path(layer: Layer, shape: Any, left: float, bottom: float) -> None:
    _outline(layer, shape, left, bottom, _pairs(shape.points))


def _area(layer: Layer, shape: Any, left: float, bottom: float) -> None:
    _outline(layer, shape, left, bottom, _pairs(shape.points), closed=True)


def _dot(layer: Layer, shape: Any, left: float, bottom: float) -> None:
    turns = [math.tau * corner / _CORNERS for corner in range(_CORNERS)]
    points = [
        (shape.cx + shape.r * math.cos(turn), shape.cy + shape.r * math.sin(turn)) for turn in turns
    ]
    _outline(layer, shape, left, bottom, points, closed=True)


def _pairs(flat: list[float]) -> list[tuple[float, float]]:
    return list(zip(flat[::2], flat[1::2], strict=True))


def _outline(
    layer: Layer,
    shape: Any,
    left: float,
    bottom: float,
    points: list[tuple[float, float]],
    *,
    closed: bool = False,
) -> None:
    layer.outline(
        [(left + x, bottom - y) for x, y in points],
        fill=_ink(shape.fillColor) if closed else None,
        line=_ink(shape.strokeColor),
        width=shape.strokeWidth,
        dashes=shape.strokeDashArray or (),
    )


def _ink(color: Any) -> Ink | None:
    if color is None:
        return None
    parts = f"{color.red:.3g} {color.green:.3g} {color.blue:.3g}"
    return Ink(f"{parts} rg", f"{parts} RG")


_SHAPES: Final[Mapping[str, Callable[[Layer, Any, float, float], None]]] = {
    "String": _text,
    "Rect": _box,
    "Line": _line,
    "Path": _path,
    "Polygon": _area,
    "Circle": _dot,
}
"""By the names of ReportLab, which is heavy to load."""
