"""Draws on the pages of one PDF document.

A page has two layers: what every paper of the kind has (lines, labels, titles) and what this
paper says. The first becomes a form XObject named by its content, so that five hundred receipts
carry it once. Measures are in points; x runs right, y runs down from the top edge.
"""

import hashlib
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import SimpleNamespace
from typing import Any, Final

from app.papers.fonts import Face, FontFile, GlyphMissing, Subset, typeface

MM: Final = 72 / 25.4


class Ink(StrEnum):
    """The colours of papers, as PDF writes them. All but the seal print well in grey."""

    BLACK = "0"
    SOFT = "0.3"
    FAINT = "0.55"
    TINT = "0.96"
    WATERMARK = "0.9"
    SEAL = "0.66 0.21 0.16"
    """The seal red of the screens, for frames and sample seals."""

    @property
    def fill(self) -> str:
        """Return the operator that fills with this colour."""
        return f"{self.value} {'rg' if ' ' in self.value else 'g'}"

    @property
    def stroke(self) -> str:
        """Return the operator that draws lines in this colour."""
        return f"{self.value} {'RG' if ' ' in self.value else 'G'}"


@dataclass(frozen=True)
class Matrix:
    """A picture of black and white squares, such as a QR code: rows of bits, packed."""

    side: int
    rows: bytes


class Layer:
    """Drawing operators in order, for one page of the given height."""

    def __init__(self, letters: "Letters", height: float) -> None:
        self._letters = letters
        self._height = height
        self._operators: list[str] = []
        self._text_at: tuple[float, float] | None = None
        self._state: dict[str, str] = {}

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        size: float,
        *,
        spacing: float = 0,
        ink: Ink = Ink.BLACK,
    ) -> None:
        """Write one line with its baseline at ``y``; ``spacing`` is added after each character."""
        operators = self._operators
        at = self._text_at
        if at is None:
            operators.append("BT")
            at = (0, 0)
        here = (round(x, 2), round(self._height - y, 2))
        operators.append(f"{here[0] - at[0]:.6g} {here[1] - at[1]:.6g} Td")
        self._text_at = here
        self._set("fill", ink.fill)
        self._set("spacing", f"{spacing:.4g} Tc")
        for font, codes in self._letters.runs(face, text):
            self._set("font", f"/{font} {size:g} Tf")
            operators.append(f"<{codes}> Tj")

    def line(
        self,
        x: float,
        y: float,
        to_x: float,
        to_y: float,
        width: float = 0.5,
        ink: Ink = Ink.BLACK,
        *,
        dashed: bool = False,
    ) -> None:
        """Draw a straight line."""
        self._stroke(width, ink, dashed=dashed)
        self._add(f"{x:.2f} {self._height - y:.2f} m {to_x:.2f} {self._height - to_y:.2f} l S")

    def frame(
        self, x: float, y: float, width: float, height: float, line: float, ink: Ink = Ink.BLACK
    ) -> None:
        """Draw a rectangle with its upper left corner at ``x``, ``y``."""
        self._stroke(line, ink)
        self._add(f"{x:.2f} {self._height - y - height:.2f} {width:.2f} {height:.2f} re S")

    def tint(self, x: float, y: float, width: float, height: float, ink: Ink = Ink.TINT) -> None:
        """Fill a rectangle."""
        self._leave_text()
        self._set("fill", ink.fill)
        self._add(f"{x:.2f} {self._height - y - height:.2f} {width:.2f} {height:.2f} re f")

    def matrix(self, x: float, y: float, side: float, matrix: Matrix) -> None:
        """Draw black and white squares with the upper left corner at ``x``, ``y``."""
        self._leave_text()
        self._set("fill", Ink.BLACK.fill)
        self._add(
            f"q {side:.2f} 0 0 {side:.2f} {x:.2f} {self._height - y - side:.2f} cm"
            f" BI /W {matrix.side} /H {matrix.side} /IM true /BPC 1 /D [1 0] /F /AHx"
            f" ID {matrix.rows.hex()}> EI Q"
        )

    def turned_text(
        self, x: float, y: float, text: str, face: Face, size: float, angle: float, ink: Ink
    ) -> None:
        """Write a line centred on ``x``, ``y``, turned counter-clockwise by ``angle`` degrees."""
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        half, drop = typeface(face).width(text) * size / 2, 0.38 * size
        left = x - half * cos + drop * sin
        base = self._height - y - half * sin - drop * cos
        self._leave_text()
        self._set("fill", ink.fill)
        runs = " ".join(
            f"/{font} {size:g} Tf <{codes}> Tj" for font, codes in self._letters.runs(face, text)
        )
        turn = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {left:.2f} {base:.2f}"
        self._add(f"q BT {turn} Tm 0 Tc {runs} ET Q")

    def arc_text(
        self, x: float, y: float, radius: float, text: str, face: Face, size: float, ink: Ink
    ) -> None:
        """Write along the upper arc of a circle around ``x``, ``y``, as on a round seal."""
        step = min(24.0, 250 / len(text))
        for place, character in enumerate(text):
            turn = (place - (len(text) - 1) / 2) * step
            dx, dy = math.sin(math.radians(turn)), math.cos(math.radians(turn))
            self.turned_text(x + radius * dx, y - radius * dy, character, face, size, -turn, ink)

    def ring(self, x: float, y: float, radius: float, width: float, ink: Ink) -> None:
        """Draw a circle around ``x``, ``y``."""
        self._stroke(width, ink)
        top = self._height - y
        bend = 0.5523 * radius
        path = [f"{x + radius:.2f} {top:.2f} m"]
        for cos, sin in ((1, 0), (0, 1), (-1, 0), (0, -1)):
            points = (
                (radius * cos - bend * sin, radius * sin + bend * cos),
                (bend * cos - radius * sin, bend * sin + radius * cos),
                (-radius * sin, radius * cos),
            )
            path.append(" ".join(f"{x + dx:.2f} {top + dy:.2f}" for dx, dy in points) + " c")
        self._add(" ".join([*path, "S"]))

    def star(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """Fill a five-pointed star around ``x``, ``y``."""
        self._leave_text()
        self._set("fill", ink.fill)
        corners = [
            (x + radius * math.sin(turn), self._height - y + radius * math.cos(turn))
            for turn in (math.radians(144 * corner) for corner in range(5))
        ]
        path = " l ".join(f"{cx:.2f} {cy:.2f}" for cx, cy in corners).replace(" l ", " m ", 1)
        self._add(f"{path} l h f")

    def operators(self) -> str:
        """Return the whole layer as PDF writes it."""
        self._leave_text()
        return "\n".join(self._operators)

    def _stroke(self, width: float, ink: Ink, *, dashed: bool = False) -> None:
        self._leave_text()
        self._set("stroke", ink.stroke)
        self._set("width", f"{width:g} w")
        self._set("dash", "[3 2] 0 d" if dashed else "[] 0 d")

    def _set(self, what: str, operator: str) -> None:
        """Write an operator that sets a state, unless it is set so already."""
        if self._state.get(what, _AT_FIRST.get(what)) != operator:
            self._state[what] = operator
            self._operators.append(operator)

    def _add(self, operator: str) -> None:
        self._leave_text()
        self._operators.append(operator)

    def _leave_text(self) -> None:
        if self._text_at is not None:
            self._operators.append("ET")
            self._text_at = None


_AT_FIRST: Final[Mapping[str, str]] = {
    "fill": Ink.BLACK.fill,
    "stroke": Ink.BLACK.stroke,
    "spacing": "0 Tc",
    "dash": "[] 0 d",
}
"""The state at the beginning of a page."""


class Letters:
    """The fonts of one document and the codes its characters have in them."""

    def __init__(self) -> None:
        self.subsets: dict[FontFile, Subset] = {}
        self._codes: dict[tuple[FontFile, str], tuple[str, str]] = {}
        self._faces: dict[Face, dict[str, tuple[str, str]]] = {}
        self._runs: dict[tuple[Face, str], Sequence[tuple[str, str]]] = {}

    def runs(self, face: Face, text: str) -> Sequence[tuple[str, str]]:
        """Split ``text`` into runs of one font: the font's name in the document, and the codes."""
        known = self._runs.get((face, text))
        if known is None:
            known = self._runs[face, text] = self._split(face, text)
        return known

    def _split(self, face: Face, text: str) -> Sequence[tuple[str, str]]:
        codes = self._faces.setdefault(face, {})
        runs: list[tuple[str, str]] = []
        run: list[str] = []
        current = ""
        for character in text:
            coded = codes.get(character)
            if coded is None:
                coded = codes[character] = self._code(face, character, text)
            font, code = coded
            if font != current and run:
                runs.append((current, "".join(run)))
                run = []
            current = font
            run.append(code)
        if run:
            runs.append((current, "".join(run)))
        return runs

    def _code(self, face: Face, character: str, text: str) -> tuple[str, str]:
        try:
            file, glyph, _ = typeface(face).glyphs[character]
        except KeyError:
            raise GlyphMissing(character, text) from None
        coded = self._codes.get((file, character))
        if coded is None:
            subset = self.subsets.get(file)
            if subset is None:
                subset = self.subsets[file] = Subset(file, len(self.subsets))
            coded = self._codes[file, character] = subset.name, subset.add(character, glyph)
        return coded


_NO_FONT: Any = SimpleNamespace(
    fontName="bangfu",
    face=SimpleNamespace(name="bangfu"),
    _dynamicFont=True,
    _multiByte=False,
)
"""Keeps ReportLab from putting Helvetica, which it does not embed, into every document."""


class Press:
    """One PDF document in the making."""

    def __init__(self, *, title: str, author: str, subject: str) -> None:
        from reportlab import rl_config  # noqa: PLC0415 - heavy, on first use
        from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - heavy, on first use
        from reportlab.pdfgen import canvas  # noqa: PLC0415 - heavy, on first use

        reportlab: Any = SimpleNamespace(metrics=pdfmetrics, canvas=canvas)  # has few types
        rl_config.useA85 = 0  # streams stay binary: a fifth smaller
        reportlab.metrics.registerFont(_NO_FONT)
        self.letters = Letters()
        self._forms: set[str] = set()
        self._canvas: Any = reportlab.canvas.Canvas(
            io.BytesIO(),
            invariant=True,
            pageCompression=1,
            initialFontName=_NO_FONT.fontName,
            lang="zh-CN",
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("Bangfu")
        self._canvas.setProducer("Bangfu, ReportLab")

    def layer(self, height: float) -> Layer:
        """Return an empty layer for a page of ``height``."""
        return Layer(self.letters, height)

    def page(self, width: float, height: float, fixed: Layer, said: Layer) -> None:
        """Add a page: ``fixed`` is shared by all pages that have the same."""
        canvas = self._canvas
        canvas.setPageSize((width, height))
        drawing = fixed.operators()
        name = "fixed" + hashlib.sha256(drawing.encode()).hexdigest()[:16]
        if name not in self._forms:
            self._forms.add(name)
            canvas.beginForm(name)
            canvas.addLiteral(drawing)
            canvas.endForm()
        canvas.doForm(name)
        canvas.addLiteral(said.operators())
        canvas.showPage()

    def attach(self, name: str, content: bytes) -> None:
        """Put a file inside the document, such as the facts it was made from."""
        from reportlab.pdfbase.pdfdoc import (  # noqa: PLC0415 - heavy, on first use
            PDFArray,
            PDFDictionary,
            PDFStream,
            PDFString,
            PDFZCompress,
        )

        document = self._canvas._doc
        file = PDFStream(PDFDictionary({"Type": "/EmbeddedFile"}), content, filters=[PDFZCompress])
        holder = PDFDictionary(
            {
                "Type": "/Filespec",
                "F": PDFString(name),
                "UF": PDFString(name),
                "EF": PDFDictionary({"F": document.Reference(file)}),
            }
        )
        names = PDFArray([PDFString(name), document.Reference(holder)])
        document.Catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": names})})

    def finish(self) -> bytes:
        """Return the document."""
        self._canvas._doc.delayedFonts.extend(self.letters.subsets.values())
        return self._canvas.getpdfdata()
