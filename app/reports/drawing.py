"""What charts are drawn with: texts, lines, bars in patterns, on a drawing of reportlab.graphics.

Measures are in the units of the drawing, y runs up. Every text begins at a point we computed, so
that no font has to be loaded to draw; patterns tell series apart where colours do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple

from app.papers.fonts import Face, typeface

FONT: Final = "Noto Sans SC"
"""The family on the screen, and the name it has in a PDF."""
BOLD: Final = "Noto Sans SC Bold"
CAPS: Final = 0.36
"""Half the height of figures, in ems: what centres a text on a line."""


@dataclass(frozen=True)
class Look:
    """The colours of a drawing, named as on the screen."""

    text: str
    text_soft: str
    line: str
    edge: str
    surface: str
    sunken: str
    accent: str
    on_accent: str
    ok: str
    wait: str


PAPER: Final = Look(
    text="#000000",
    text_soft="#404040",
    line="#C8C8C8",
    edge="#707070",
    surface="#FFFFFF",
    sunken="#ECECEC",
    accent="#1B5C93",
    on_accent="#FFFFFF",
    ok="#1E6A45",
    wait="#875100",
)
"""Of paper: dark enough to be copied in grey."""


class Mark(NamedTuple):
    """Where a number of the table stands in the drawing, from its lower left corner."""

    line: int
    column: int
    x: float
    y: float
    width: float
    height: float


@cache
def _shapes() -> Any:
    from reportlab.graphics import shapes  # noqa: PLC0415 - heavy, on first use

    return shapes


@cache
def _color(written: str) -> Any:
    from reportlab.lib.colors import HexColor  # noqa: PLC0415 - heavy, on first use

    return HexColor(written)


def _light(color: Any) -> float:
    """Return how light a colour is, as the eye has it."""
    parts = (color.red, color.green, color.blue)
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is; a character that no font has counts as a full one."""
    face = typeface(Face.SANS_BOLD if bold else Face.SANS)
    known = "".join(each for each in words if not face.missing(each))
    return sum(face.width(each) for each in known) * size + (len(words) - len(known)) * size


def fitted(words: str, room: float, size: float) -> str:
    """Return a text, with its end left out where there is no room for it."""
    if text_width(words, size) <= room:
        return words
    while words and text_width(words + "…", size) > room:
        words = words[:-1]
    return words + "…"


@dataclass
class Sheet:
    """A drawing in the making."""

    width: float
    height: float
    size: float
    """Of the text."""
    look: Look
    marks: list[Mark] = field(default_factory=list[Mark])
    drawing: Any = None

    def __post_init__(self) -> None:
        """Begin with nothing on it."""
        self.drawing = _shapes().Drawing(self.width, self.height)

    @property
    def hair(self) -> float:
        """Return the width of a thin line: it goes with the size of the text."""
        return self.size / 12

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        at: str = "start",
        ink: str = "text_soft",
        bold: bool = False,
        size: float = 0,
    ) -> None:
        """Write a text that begins, ends or has its middle at ``x``; ``y`` is its middle."""
        size = size or self.size
        wide = text_width(words, size, bold=bold)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[at]
        self.drawing.add(
            _shapes().String(
                left,
                y - CAPS * size,
                words,
                fontName=BOLD if bold else FONT,
                fontSize=size,
                fillColor=self.color(ink),
            )
        )

    def color(self, ink: str) -> Any:
        """Return a colour of the look."""
        return _color(getattr(self.look, ink))

    def box(
        self, x: float, y: float, width: float, height: float, fill: str = "", edge: str = ""
    ) -> None:
        """Draw a rectangle."""
        self.drawing.add(
            _shapes().Rect(
                x,
                y,
                max(width, 0),
                max(height, 0),
                fillColor=self.color(fill) if fill else None,
                strokeColor=self.color(edge) if edge else None,
                strokeWidth=self.hair,
            )
        )

    def filled(self, x: float, y: float, width: float, height: float, series: int) -> None:
        """Draw a rectangle in the pattern of a series: solid, hatched, outlined."""
        if width <= 0 or height <= 0:
            return
        match series:
            case 0:
                self.box(x, y, width, height, fill="accent")
            case 1:
                self.box(x, y, width, height, fill="surface", edge="ok")
                self.hatch(x, y, width, height, "ok")
            case _:
                self.box(x, y, width, height, fill="surface", edge="text_soft")

    def hatch(self, x: float, y: float, width: float, height: float, ink: str) -> None:
        """Draw slanting lines within a rectangle."""
        step = self.size / 2.4
        for number in range(1, int((width + height) / step) + 1):
            along = number * step
            start, end = max(0.0, along - height), min(width, along)
            self.line(x + start, y + along - start, x + end, y + along - end, ink)

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        ink: str = "line",
        *,
        wide: float = 1,
        dashes: Sequence[float] = (),
    ) -> None:
        """Draw a line."""
        self.drawing.add(
            _shapes().Line(
                x1,
                y1,
                x2,
                y2,
                strokeColor=self.color(ink),
                strokeWidth=wide * self.hair,
                strokeDashArray=[each * self.hair for each in dashes] or None,
            )
        )

    def path(
        self, points: Sequence[tuple[float, float]], ink: str, *, dashes: Sequence[float] = ()
    ) -> None:
        """Draw a line through points."""
        line = _shapes().Path(
            fillColor=None,
            strokeColor=self.color(ink),
            strokeWidth=2 * self.hair,
            strokeDashArray=[each * self.hair for each in dashes] or None,
        )
        line.moveTo(*points[0])
        for point in points[1:]:
            line.lineTo(*point)
        self.drawing.add(line)

    def area(self, points: Sequence[tuple[float, float]], fill: str, edge: str) -> None:
        """Draw a filled area."""
        self.drawing.add(
            _shapes().Polygon(
                [each for point in points for each in point],
                fillColor=self.color(fill),
                strokeColor=self.color(edge),
                strokeWidth=self.hair,
            )
        )

    def dot(self, x: float, y: float, radius: float, fill: str, edge: str) -> None:
        """Draw a round point."""
        self.drawing.add(
            _shapes().Circle(
                x,
                y,
                radius,
                fillColor=self.color(fill),
                strokeColor=self.color(edge),
                strokeWidth=1.5 * self.hair,
            )
        )

    def mix(self, share: float) -> Any:
        """Return a shade between the ground and the accent."""
        from reportlab.lib.colors import Color  # noqa: PLC0415 - heavy, on first use

        low, high = self.color("surface"), self.color("accent")
        return Color(
            *(
                getattr(low, part) + (getattr(high, part) - getattr(low, part)) * share
                for part in ("red", "green", "blue")
            )
        )

    def ink_on(self, share: float) -> str:
        """Return the colour of a text that reads best on a shade."""
        ground = _light(self.mix(share))

        def contrast(ink: str) -> float:
            low, high = sorted((ground, _light(self.color(ink))))
            return (high + 0.05) / (low + 0.05)

        return max("text", "on_accent", key=contrast)

    def shade(self, x: float, y: float, width: float, height: float, share: float) -> None:
        """Draw a rectangle in a shade of the accent."""
        self.drawing.add(
            _shapes().Rect(x, y, width, height, fillColor=self.mix(share), strokeColor=None)
        )

    def mark(self, line: int, column: int, x: float, y: float, width: float, height: float) -> None:
        """Note where a number stands."""
        self.marks.append(Mark(line, column, x, y, width, height))

    def legend(self, heads: Sequence[tuple[str, int]], unit: str) -> float:
        """Write the names of the series with their patterns on top; return what is left below."""
        side, gap = self.size * 0.8, self.size / 2
        top = self.height - self.size
        x = 0.0
        for words, series in heads:
            self.filled(x, top - side / 2, side, side, series)
            self.text(x + side + gap, top, words)
            x += side + gap + text_width(words, self.size) + 1.6 * self.size
        if unit:
            self.text(self.width, top, unit, at="end")
        return self.height - 2.2 * self.size
