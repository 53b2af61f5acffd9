"""Draws the blocks of a template: lines, running text, forms, tables, the closing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.papers import setting
from app.papers.fonts import Face
from app.papers.pages import LABEL, LEADING, VALUE, Pages, aligned
from app.papers.pen import BLACK, MM, SOFT, Ink, Layer
from app.papers.templates import (
    Cell,
    Closing,
    Each,
    Form,
    Line,
    Paragraph,
    Row,
    Spread,
    Table,
    Tear,
    Turn,
    fill,
)

_PAD: Final = 1.8 * MM
"""Beside the text of a tear line and of a sum, and around what a table breaks."""
_GAP: Final = 1.2 * MM
"""The same in a table."""
_THICK: Final = 0.9
_THIN: Final = 0.4
_DASH: Final = 2 * MM

Anything = Line | Spread | Paragraph | Form | Table | Closing | Tear | Turn | Each


def draw(pages: Pages, block: Anything) -> None:
    """Draw one block where the pen stands and move the pen below it."""
    if block.when and not pages.fill(block.when):
        return
    pages.y += block.above * MM
    match block:
        case Line():
            _line(pages, block)
        case Spread():
            _spread(pages, block)
        case Paragraph():
            _paragraph(pages, block)
        case Form():
            _form(pages, block)
        case Table():
            _Ruled(pages, block).draw()
        case Closing():
            _closing(pages, block)
        case Tear():
            _tear(pages, block)
        case Turn():
            if not pages.fresh:
                pages.turn()
        case Each():
            _each(pages, block)


def _line(pages: Pages, block: Line) -> None:
    text, size = pages.fill(block.text), block.size
    if not text:
        return
    height, spacing = LEADING * size, block.spacing * size
    pages.need(height + block.keep * MM, text)
    width = setting.width(text, block.face, size) + spacing * (len(text) - 1)
    x = aligned(block.align, pages.left, pages.right, width)
    y = setting.baseline(pages.y, height, size)
    pages.layer_of(block.text).text(x, y, text, block.face, size, spacing=spacing)
    pages.y += height


def _spread(pages: Pages, block: Spread) -> None:
    height = LEADING * block.size
    pages.need(height)
    y = setting.baseline(pages.y, height, block.size)
    texts = [pages.fill(text) for text in block.texts]
    widths = [setting.width(text, block.face, block.size) for text in texts]
    gap = (pages.right - pages.left - sum(widths)) / max(1, len(texts) - 1)
    x = pages.left
    for text, width in zip(texts, widths, strict=True):
        pages.said.text(x, y, text, block.face, block.size)
        x += width + gap
    pages.y += height


def _paragraph(pages: Pages, block: Paragraph) -> None:
    size, height = block.size, block.leading * block.size
    indent, room = block.indent * size, pages.right - pages.left
    for text in pages.fill(block.text).split("\n"):
        lines = setting.lines(text, block.face, size, room, indent) if text else ()
        for place, line in enumerate(lines):
            pages.need(height, line)
            start = 0 if place else indent
            ends = place == len(lines) - 1
            spacing = 0 if ends else setting.evened(line, block.face, size, room - start)
            y = setting.baseline(pages.y, height, size)
            layer = pages.layer_of(block.text)
            layer.text(pages.left + start, y, line, block.face, size, spacing=spacing)
            pages.y += height


def _closing(pages: Pages, block: Closing) -> None:
    lines = [pages.fill(line) for line in block.lines]
    step, seal = 1.7 * block.size, block.seal * MM
    room = max(seal, step * len(lines), block.qr * MM)
    pages.need(room, lines[0])
    widest = max(setting.width(line, block.face, block.size) for line in lines)
    centre = pages.right - max(seal, widest) / 2
    pages.sample_seal(centre, pages.y + room / 2, seal)
    if block.qr:
        pages.code(pages.left, pages.y + (room - block.qr * MM) / 2, block.qr * MM)
    top = pages.y + (room - step * len(lines)) / 2
    for place, line in enumerate(lines):
        x = centre - setting.width(line, block.face, block.size) / 2
        y = setting.baseline(top + place * step, step, block.size)
        pages.said.text(x, y, line, block.face, block.size)
    pages.y += room


def _tear(pages: Pages, block: Tear) -> None:
    """Dash from edge to edge of the paper, leaving out the text in the middle."""
    text, height = pages.fill(block.text), 2 * block.size
    pages.need(height, text)
    y, wide = pages.y + height / 2, setting.width(text, LABEL, block.size)
    x = aligned("center", 0, pages.width, wide)
    for place in range(int(pages.width / _DASH)):
        start, end = place * _DASH, (place + 0.6) * _DASH
        if end < x - _PAD or start > x + wide + _PAD:
            pages.fixed.line(start, y, end, y, _THIN, SOFT)
    line = setting.baseline(pages.y, height, block.size)
    pages.layer_of(block.text).text(x, line, text, LABEL, block.size, ink=SOFT)
    pages.y += height


def _each(pages: Pages, block: Each) -> None:
    whole = pages.facts
    for group in whole[block.rows]:
        pages.facts = {**whole, **group}
        for part in block.blocks:
            draw(pages, part)
    pages.facts = whole


# --- forms


@dataclass(slots=True)
class _Filled:
    """A cell with its text broken into lines."""

    cell: Cell
    x: float
    width: float
    face: Face
    lines: Sequence[str]
    foot: Sequence[str]
    """The lines at the lower right, where one signs."""
    step: float
    """The height of a line."""
    pad: float
    """Between rule and text."""
    height: float
    """The least height of the cell."""


def _form(pages: Pages, block: Form) -> None:
    edges = _edges(pages, block.columns)
    rows = [row for row in block.rows if not row.when or pages.fill(row.when)]
    for row in rows:
        cells = list(_filled(pages, row, edges, block.pad * MM))
        height = max([row.height * MM, *(cell.height for cell in cells)])
        if pages.need(height, cells[-1].lines[0]) or row is rows[0]:
            _across(pages, _THICK)
        for cell in cells:
            _cell(pages, cell, height)
        pages.fixed.line(pages.right, pages.y, pages.right, pages.y + height, _THICK)
        pages.y += height
        _across(pages, _THICK if row is rows[-1] else _THIN)


def _filled(pages: Pages, row: Row, edges: Sequence[float], pad: float) -> Iterator[_Filled]:
    at = 0
    for cell in row.cells:
        x, width = edges[at], edges[at + cell.span] - edges[at]
        at += cell.span
        face = LABEL if cell.label else VALUE
        text = pages.fill(cell.label or cell.text)
        lines = setting.lines(text, face, cell.size, width - 2 * pad)
        foot = pages.fill(cell.foot).split("\n") if cell.foot else ()
        step = LEADING * cell.size
        signed = max(step * len(foot), cell.seal * MM)
        height = step * len(lines) + 2 * pad + signed
        yield _Filled(cell, x, width, face, lines, foot, step, pad, height)


def _cell(pages: Pages, filled: _Filled, height: float) -> None:
    cell, x, y, step, pad = filled.cell, filled.x, pages.y, filled.step, filled.pad
    if cell.label:
        pages.fixed.tint(x, y, filled.width, height)
    pages.fixed.line(x, y, x, y + height, _THICK if x == pages.left else _THIN)
    room = height - (filled.height - step * len(filled.lines) - 2 * pad)
    top = y + pad if cell.foot else y + (room - step * len(filled.lines)) / 2
    layer = pages.layer_of(cell.label or cell.text)
    align, ink = ("center", SOFT) if cell.label else (cell.align, BLACK)
    left, right = x + pad, x + filled.width - pad
    _lines(layer, filled.lines, align, left, right, top, filled.face, cell.size, ink)
    if cell.foot:
        _signed(pages, filled, y + height - pad)


def _signed(pages: Pages, filled: _Filled, bottom: float) -> None:
    """Write the lines at the lower right of a cell, in the middle of the room for the seal."""
    cell, seal = filled.cell, filled.cell.seal * MM
    height = filled.step * len(filled.foot)
    widest = max(setting.width(line, VALUE, cell.size) for line in filled.foot)
    width, room = max(seal, widest), max(seal, height)
    right = filled.x + filled.width - filled.pad
    if seal:
        pages.sample_seal(right - width / 2, bottom - room / 2, seal)
    top = bottom - (room + height) / 2
    layer, align = pages.layer_of(cell.foot), "center" if seal else "right"
    _lines(layer, filled.foot, align, right - width, right, top, VALUE, cell.size, BLACK)


# --- tables


class _Ruled:
    """A table in the making: rows, and at the end of each page the sum of its rows."""

    def __init__(self, pages: Pages, block: Table) -> None:
        self._pages = pages
        self._block = block
        self._edges = _edges(pages, [column.width for column in block.columns])
        self._step = LEADING * block.size
        self._total_height = block.row_height * MM if block.sum or block.forward else 0.0

    def draw(self) -> None:
        """Draw all rows and the sums."""
        pages, block = self._pages, self._block
        rows: Sequence[Mapping[str, Any]] = pages.facts[block.rows]
        if not rows and not block.sum:
            return
        keep = block.keep * MM
        texts = [self._texts(place, row) for place, row in enumerate(rows, start=1)]
        heights = [self._height(lines) for lines in texts]
        first = heights[0] if heights else 0.0
        least = 2 * block.row_height * MM
        pages.need(2 * self._total_height + max(least, block.row_height * MM + first) + keep)
        self._head()
        of_page: list[int] = []
        for place, (row, lines, height) in enumerate(zip(rows, texts, heights, strict=True), 1):
            after = self._total_height
            if place == len(rows):
                after = 2 * self._total_height + keep
            if pages.y + height + after > pages.bottom and of_page:
                if block.sum:
                    self._page_total(of_page)
                self._carry(block.forward, rows[place - 2])
                _across(pages, _THICK)
                pages.turn()
                self._head()
                self._carry(block.brought, rows[place - 2])
                lines = self._continued(rows[:place], lines)
                height = self._height(lines)
                of_page = []
            pages.need(height, lines[0][0] if lines[0] else "")
            self._row(lines, height)
            of_page.append(row[block.sum] if block.sum else 0)
        if block.sum:
            self._page_total(of_page)
            amounts = [row[block.sum] for row in rows]
            facts = {"total_count": len(amounts), "total_amount": sum(amounts)}
            self._total(block.total, facts, sum(amounts))
        _across(pages, _THICK)

    def _head(self) -> None:
        pages, block = self._pages, self._block
        height = block.row_height * MM
        pages.fixed.tint(pages.left, pages.y, pages.right - pages.left, height)
        _across(pages, _THICK)
        for at, column in enumerate(block.columns):
            left, right = self._edges[at : at + 2]
            top = pages.y + (height - self._step) / 2
            _lines(pages.fixed, [column.head], "center", left, right, top, LABEL, block.size, SOFT)
        self._posts(self._edges, height)

    def _row(self, lines: Sequence[Sequence[str]], height: float) -> None:
        pages, block = self._pages, self._block
        for at, column in enumerate(block.columns):
            left, right = self._edges[at] + _GAP, self._edges[at + 1] - _GAP
            top = pages.y + (height - self._step * len(lines[at])) / 2
            layer = pages.layer_of(column.text)
            _lines(layer, lines[at], column.align, left, right, top, VALUE, block.size, BLACK)
        self._posts(self._edges, height)

    def _carry(self, words: str, row: Mapping[str, Any]) -> None:
        """Draw what the columns carry over a break, called ``words``."""
        if not words:
            return
        facts = {**row, "words": words}
        texts = [fill(column.carried, facts) for column in self._block.columns]
        self._row([(text,) if text else () for text in texts], self._block.row_height * MM)

    def _continued(
        self, rows: Sequence[Mapping[str, Any]], lines: Sequence[Sequence[str]]
    ) -> list[Sequence[str]]:
        """Return the texts of the last of ``rows``, which begins a page; what it shares with the
        rows before is said again."""
        said = list(lines)
        for at, column in enumerate(self._block.columns):
            if column.continued and not any(lines[at]):
                before = next((row for row in reversed(rows) if fill(column.text, row)), None)
                said[at] = self._broken(fill(column.continued, before), at) if before else ()
        return said

    def _page_total(self, amounts: Sequence[int]) -> None:
        facts = {"page_count": len(amounts), "page_amount": sum(amounts)}
        self._total(self._block.page_total, facts, sum(amounts))

    def _total(self, text: str, facts: Mapping[str, Any], amount: int) -> None:
        """Draw a row with ``text`` from the left edge to the column of the sum."""
        pages, block = self._pages, self._block
        height = block.row_height * MM
        at = next(i for i, column in enumerate(block.columns) if f"{{{block.sum}:" in column.text)
        top = pages.y + (height - self._step) / 2
        left, right = self._edges[0] + _PAD, self._edges[at] - _PAD
        words = fill(text, {**pages.facts, **facts})
        figures = fill(block.columns[at].text, {block.sum: amount})
        said, size, face = pages.said, block.size, Face.SERIF_BOLD
        _lines(said, [words], "left", left, right, top, face, size, BLACK)
        left, right = self._edges[at] + _GAP, self._edges[at + 1] - _GAP
        _lines(said, [figures], "right", left, right, top, face, size, BLACK)
        self._posts([self._edges[0], *self._edges[at:]], height)

    def _texts(self, place: int, row: Mapping[str, Any]) -> list[Sequence[str]]:
        facts = {**row, "place": place}
        columns = enumerate(self._block.columns)
        return [self._broken(fill(column.text, facts), at) for at, column in columns]

    def _height(self, lines: Sequence[Sequence[str]]) -> float:
        return max(self._block.row_height * MM, self._step * max(map(len, lines)) + _PAD)

    def _broken(self, text: str, at: int) -> Sequence[str]:
        block, room = self._block, self._edges[at + 1] - self._edges[at] - 2 * _GAP
        return setting.lines(text, VALUE, block.size, room)

    def _posts(self, edges: Sequence[float], height: float) -> None:
        """Rule a row and move below it."""
        pages = self._pages
        for edge in edges:
            outer = edge in (self._edges[0], self._edges[-1])
            pages.fixed.line(edge, pages.y, edge, pages.y + height, _THICK if outer else _THIN)
        pages.y += height
        _across(pages, _THIN)


def _edges(pages: Pages, widths: Sequence[float]) -> list[float]:
    """Return the edges of columns whose widths are scaled to fill the page."""
    scale = (pages.right - pages.left) / sum(widths)
    edges = [pages.left]
    for width in widths[:-1]:
        edges.append(edges[-1] + width * scale)
    return [*edges, pages.right]


def _across(pages: Pages, line: float) -> None:
    pages.fixed.line(pages.left, pages.y, pages.right, pages.y, line)


def _lines(
    layer: Layer,
    lines: Sequence[str],
    align: Any,
    left: float,
    right: float,
    top: float,
    face: Face,
    size: float,
    ink: Ink,
) -> None:
    step = LEADING * size
    for place, line in enumerate(lines):
        if line:
            width = 0 if align == "left" else setting.width(line, face, size)
            x = aligned(align, left, right, width)
            y = setting.baseline(top + place * step, step, size)
            layer.text(x, y, line, face, size, ink=ink)
