"""Draws on the pages of one PDF document.

A page has two layers: what every paper of the kind has (rules, labels, titles) and what this
paper says. The first becomes a form XObject, found again by its content, so that five hundred
receipts carry and compute it once. Measures are in points; x runs right, y runs down from the
top edge.

The document is made of ReportLab's own objects (`reportlab.pdfbase.pdfdoc`). Its canvas is left
out: it knows no composite fonts, and puts Helvetica, not embedded, into every document.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from app.papers.fonts import SQUEEZE, Face, GlyphMissing, squeezed, typeface
from app.papers.subset import Subset
from app.papers.truetype import FontFile

MM: Final = 72 / 25.4


class Ink(NamedTuple):
    """A colour, as the PDF operators that fill and draw lines with it."""

    fill: str
    stroke: str


BLACK: Final = Ink("0 g", "0 G")
SOFT: Final = Ink("0.3 g", "0.3 G")
TINT: Final = Ink("0.96 g", "0.96 G")
WATERMARK: Final = Ink("0.92 g", "0.92 G")
SEAL: Final = Ink("0.66 0.21 0.16 rg", "0.66 0.21 0.16 RG")
"""The seal red of the screens, for frames and sample seals; the others print well in grey."""


@dataclass(frozen=True)
class Matrix:
    """A picture of black and white squares, such as a QR code: rows of bits, packed."""

    side: int
    rows: bytes


class Layer:
    """What is to be drawn, in order. It is drawn when the page goes to the press."""

    def __init__(self) -> None:
        self._drawings: list[tuple[Callable[..., None], tuple[Any, ...]]] = []

    @property
    def content(self) -> tuple[tuple[Callable[..., None], tuple[Any, ...]], ...]:
        """Return what was drawn; equal layers have equal contents."""
        return tuple(self._drawings)

    def operators(self, letters: "Letters", height: float) -> str:
        """Return the layer as PDF writes it, for a page of ``height``."""
        writer = _Writer(letters, height)
        for draw, parts in self._drawings:
            draw(writer, *parts)
        return writer.finish()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        size: float,
        *,
        spacing: float = 0,
        ink: Ink = BLACK,
    ) -> None:
        """Write one line with its baseline at ``y``; ``spacing`` is added after each character."""
        self._drawings.append((_Writer.text, (x, y, text, face, size, spacing, ink)))

    def turned_text(
        self, x: float, y: float, text: str, face: Face, size: float, angle: float, ink: Ink
    ) -> None:
        """Write a line centred on ``x``, ``y``, turned counter-clockwise by ``angle`` degrees."""
        self._drawings.append((_Writer.turned_text, (x, y, text, face, size, angle, ink)))

    def arc_text(
        self, x: float, y: float, radius: float, text: str, face: Face, size: float, ink: Ink
    ) -> None:
        """Write along the upper arc of a circle around ``x``, ``y``, as on a round seal."""
        step = min(24.0, 250 / len(text))
        for place, character in enumerate(text):
            turn = (place - (len(text) - 1) / 2) * step
            dx, dy = math.sin(math.radians(turn)), math.cos(math.radians(turn))
            self.turned_text(x + radius * dx, y - radius * dy, character, face, size, -turn, ink)

    def line(
        self, x: float, y: float, to_x: float, to_y: float, width: float, ink: Ink = BLACK
    ) -> None:
        """Draw a straight line."""
        self._drawings.append((_Writer.line, (x, y, to_x, to_y, width, ink)))

    def frame(
        self, x: float, y: float, width: float, height: float, line: float, ink: Ink = BLACK
    ) -> None:
        """Draw a rectangle with its upper left corner at ``x``, ``y``."""
        self._drawings.append((_Writer.frame, (x, y, width, height, line, ink)))

    def outline(
        self,
        points: Sequence[tuple[float, float]],
        *,
        fill: Ink | None,
        line: Ink | None,
        width: float = 0,
        dashes: Sequence[float] = (),
    ) -> None:
        """Draw a line through points; ``fill`` closes it and fills what lies within."""
        parts = (tuple(points), fill, line, width, tuple(dashes))
        self._drawings.append((_Writer.outline, parts))

    def tint(self, x: float, y: float, width: float, height: float) -> None:
        """Fill a rectangle beneath everything else of the layer."""
        self._drawings.append((_Writer.tint, (x, y, width, height)))

    def ring(self, x: float, y: float, radius: float, width: float, ink: Ink) -> None:
        """Draw a circle around ``x``, ``y``."""
        self._drawings.append((_Writer.ring, (x, y, radius, width, ink)))

    def star(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """Fill a five-pointed star around ``x``, ``y``."""
        self._drawings.append((_Writer.star, (x, y, radius, ink)))

    def matrix(self, x: float, y: float, side: float, matrix: Matrix) -> None:
        """Draw black and white squares with the upper left corner at ``x``, ``y``."""
        self._drawings.append((_Writer.matrix, (x, y, side, matrix)))


class _Writer:
    """Writes one layer as PDF operators; y runs upwards there."""

    def __init__(self, letters: "Letters", height: float) -> None:
        self._letters = letters
        self._height = height
        self._beneath: list[str] = []
        self._operators: list[str] = []
        self._text_at: tuple[float, float] | None = None
        self._state = dict(_AT_FIRST)

    def text(
        self, x: float, y: float, text: str, face: Face, size: float, spacing: float, ink: Ink
    ) -> None:
        if self._text_at is None:
            self._operators.append("BT")
            self._text_at = (0, 0)
        self._set("fill", ink.fill)
        self._set("spacing", f"{spacing:.4g} Tc")
        for part in squeezed(text):
            here = (round(x, 2), round(self._height - y, 2))
            dx, dy = here[0] - self._text_at[0], here[1] - self._text_at[1]
            self._operators.append(f"{dx:.6g} {dy:.6g} Td")
            self._text_at = here
            for font, codes in self._letters.runs(face, part):
                self._set("font", f"/{font} {size:g} Tf")
                self._operators.append(f"<{codes}> Tj")
            if part is not text:
                x += (typeface(face).width(part) - SQUEEZE) * size + spacing * len(part)

    def turned_text(
        self, x: float, y: float, text: str, face: Face, size: float, angle: float, ink: Ink
    ) -> None:
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        half, drop = typeface(face).width(text) * size / 2, 0.38 * size
        left = x - half * cos + drop * sin
        base = self._height - y - half * sin - drop * cos
        runs = " ".join(
            f"/{font} {size:g} Tf <{codes}> Tj" for font, codes in self._letters.runs(face, text)
        )
        self._leave_text()
        self._set("fill", ink.fill)
        turn = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {left:.2f} {base:.2f}"
        self._operators.append(f"q BT {turn} Tm 0 Tc {runs} ET Q")

    def line(self, x: float, y: float, to_x: float, to_y: float, width: float, ink: Ink) -> None:
        self._stroke(width, ink)
        top, to_top = self._height - y, self._height - to_y
        self._operators.append(f"{x:.2f} {top:.2f} m {to_x:.2f} {to_top:.2f} l S")

    def frame(self, x: float, y: float, width: float, height: float, line: float, ink: Ink) -> None:
        self._stroke(line, ink)
        bottom = self._height - y - height
        self._operators.append(f"{x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re S")

    def outline(
        self,
        points: Sequence[tuple[float, float]],
        fill: Ink | None,
        line: Ink | None,
        width: float,
        dashes: Sequence[float],
    ) -> None:
        self._leave_text()
        way = " l ".join(f"{x:.2f} {self._height - y:.2f}" for x, y in points)
        way = way.replace(" l", " m", 1) + " l"
        dash = " ".join(f"{each:g}" for each in dashes)
        pen = f"{line.stroke} {width:.3g} w [{dash}] 0 d " if line else ""
        ink = f"{fill.fill} " if fill else ""
        end = ("b" if line else "f") if fill else "S"
        self._operators.append(f"q {ink}{pen}{way} {end} Q")

    def tint(self, x: float, y: float, width: float, height: float) -> None:
        bottom = self._height - y - height
        self._beneath.append(f"{TINT.fill} {x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re f")

    def ring(self, x: float, y: float, radius: float, width: float, ink: Ink) -> None:
        self._stroke(width, ink)
        middle = self._height - y
        bend = 0.5523 * radius  # of four Bézier curves that look like a circle
        path = [f"{x + radius:.2f} {middle:.2f} m"]
        for cos, sin in ((1, 0), (0, 1), (-1, 0), (0, -1)):
            points = (
                (radius * cos - bend * sin, radius * sin + bend * cos),
                (bend * cos - radius * sin, bend * sin + radius * cos),
                (-radius * sin, radius * cos),
            )
            path.append(" ".join(f"{x + dx:.2f} {middle + dy:.2f}" for dx, dy in points) + " c")
        self._operators.append(" ".join([*path, "S"]))

    def star(self, x: float, y: float, radius: float, ink: Ink) -> None:
        self._leave_text()
        self._set("fill", ink.fill)
        turns = (math.radians(144 * corner) for corner in range(5))
        corners = [
            f"{x + radius * math.sin(turn):.2f} {self._height - y + radius * math.cos(turn):.2f}"
            for turn in turns
        ]
        self._operators.append(f"{corners[0]} m {' l '.join(corners[1:])} l h f")

    def matrix(self, x: float, y: float, side: float, matrix: Matrix) -> None:
        self._leave_text()
        self._set("fill", BLACK.fill)
        self._operators.append(
            f"q {side:.2f} 0 0 {side:.2f} {x:.2f} {self._height - y - side:.2f} cm"
            f" BI /W {matrix.side} /H {matrix.side} /IM true /BPC 1 /D [1 0] /F /AHx"
            f" ID {matrix.rows.hex()}> EI Q"
        )

    def finish(self) -> str:
        self._leave_text()
        beneath = ["q", *self._beneath, "Q"] if self._beneath else []
        return "\n".join(beneath + self._operators)

    def _stroke(self, width: float, ink: Ink) -> None:
        self._leave_text()
        self._set("stroke", ink.stroke)
        self._set("width", f"{width:g} w")

    def _set(self, what: str, operator: str) -> None:
        """Write an operator that sets a state, unless it is set so already."""
        if self._state.get(what) != operator:
            self._state[what] = operator
            self._operators.append(operator)

    def _leave_text(self) -> None:
        if self._text_at is not None:
            self._operators.append("ET")
            self._text_at = None


_AT_FIRST: Final[Mapping[str, str]] = {
    "fill": BLACK.fill,
    "stroke": BLACK.stroke,
    "spacing": "0 Tc",
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
        """Split ``text`` into runs of one font: the font's name in the document, and the codes.

        Raises `GlyphMissing` for a character that no font has.
        """
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


class Press:
    """One PDF document in the making."""

    def __init__(self, *, title: str, author: str, subject: str) -> None:
        from reportlab.pdfbase import pdfdoc  # noqa: PLC0415 - heavy, on first use

        self.letters = Letters()
        self._forms: dict[tuple[Any, ...], str] = {}
        self._pdf: Any = pdfdoc  # its types are not declared
        self._document: Any = self._pdf.PDFDocument(invariant=True, lang="zh-CN")
        info = self._document.info
        info.title, info.author, info.subject = title, author, subject
        info.creator = info.producer = "Bangfu"
        self._form_names: Any = self._pdf.PDFDictionary({})
        fonts = self._document.Reference(self._document.idToObject["BasicFonts"])
        resources = {"Font": fonts, "XObject": self._form_names}
        self._resources: Any = self._document.Reference(self._pdf.PDFDictionary(resources))

    def page(self, width: float, height: float, fixed: Layer, said: Layer) -> None:
        """Add a page: ``fixed`` is shared by all pages that have the same."""
        content = (width, height, fixed.content)
        form = self._forms.get(content)
        if form is None:
            form = self._forms[content] = f"X{len(self._forms)}"
            self._add_form(form, width, height, fixed)
        page = self._pdf.PDFPage()
        page.pagewidth, page.pageheight = round(width, 2), round(height, 2)
        page.Resources = self._resources
        drawing = f"/{form} Do\n" + said.operators(self.letters, height)
        page.Contents = self._stream(drawing.encode())
        self._document.addPage(page)

    def attach(self, name: str, content: bytes) -> None:
        """Put a file inside the document, such as the facts it was made from."""
        pdf = self._pdf
        holder = pdf.PDFDictionary(
            {
                "Type": "/Filespec",
                "F": pdf.PDFString(name),
                "UF": pdf.PDFString(name),
                "EF": pdf.PDFDictionary({"F": self._stream(content, Type="/EmbeddedFile")}),
            }
        )
        names = pdf.PDFArray([pdf.PDFString(name), self._document.Reference(holder)])
        files = pdf.PDFDictionary({"Names": names})
        self._document.Catalog.Names = pdf.PDFDictionary({"EmbeddedFiles": files})

    def finish(self) -> bytes:
        """Return the document."""
        self._document.delayedFonts.extend(self.letters.subsets.values())
        return self._document.GetPDFData(None)

    def _add_form(self, name: str, width: float, height: float, layer: Layer) -> None:
        drawing = layer.operators(self.letters, height).encode()
        self._form_names.dict[name] = self._stream(
            drawing,
            Type="/XObject",
            Subtype="/Form",
            BBox=self._pdf.PDFArray([0, 0, round(width, 2), round(height, 2)]),
            Resources=self._resources,
        )

    def _stream(self, content: bytes, **entries: Any) -> Any:
        pdf = self._pdf
        stream = pdf.PDFStream(pdf.PDFDictionary(entries), content, filters=[pdf.PDFZCompress])
        return self._document.Reference(stream)
