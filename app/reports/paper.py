"""Prints a report: A4 upright, a table for each part with its sum, who made it on every page.

What a chart draws stands below its table; the charts of the dashboard follow at the end.
"""

from collections.abc import Sequence
from typing import Final

from app.core.i18n import _
from app.papers import setting
from app.papers.fonts import Face
from app.papers.pages import aligned
from app.papers.pen import MM, SOFT, WATERMARK, Layer, Press
from app.reports.charts import Chart, Shape, report_charts
from app.reports.inking import ink, printable
from app.reports.records import Report
from app.reports.shapes import draw
from app.reports.telling import Column, Table, made, tables, title
from app.reports.telling import Shape as Cells

_WIDTH: Final = 210 * MM
_HEIGHT: Final = 297 * MM
_LEFT: Final = 18 * MM
_RIGHT: Final = _WIDTH - _LEFT
_TOP: Final = 16 * MM
_BOTTOM: Final = _HEIGHT - 20 * MM
_ALONE: Final = (_BOTTOM - _TOP) / 2
"""A table up to this height is not broken."""
_ROW: Final = 6.4 * MM
_PAD: Final = 1.4 * MM
_LEADING: Final = 1.35
_WEIGHTS: Final = {Cells.TEXT: 46, Cells.NUMBER: 20, Cells.YUAN: 28}
"""How wide columns are beside each other."""
_SIZES: Final = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
"""Of the text of a table: the largest with which every number fits its column."""
_CHART: Final = 62 * MM
"""How high most charts are."""
_LINE: Final = 5.2 * MM
"""How high a line of a chart is that has one for each name, such as a bar."""
_AROUND: Final = 12 * MM
"""What stands above and below the lines of such a chart."""


def report_paper(report: Report, charts: Sequence[Chart] = ()) -> bytes:
    """Return a report as a PDF, with ``charts`` of the dashboard at its end."""
    paper = _Paper(report)
    drawn = {chart.name: chart for chart in report_charts(report)}
    for table in tables(report):
        paper.table(table)
        if table.chart in drawn:
            paper.chart(drawn[table.chart])
    if charts:
        paper.section(_("Charts"))
    for chart in charts:
        paper.chart(chart)
    return paper.finish()


class _Paper:
    """The pages of a report in the making."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._title = title(report)
        self._press = Press(
            title=f"{report.center} {self._title}", author=report.center, subject=self._title
        )
        self._pages: list[Layer] = []
        self._charts = 0
        self._turn()
        self._y += 3 * MM
        self._middle(report.center, Face.SERIF_BOLD, 13)
        self._middle(self._title, Face.SERIF_BOLD, 20)
        self._middle(made(report), Face.SANS, 9)

    def table(self, table: Table) -> None:
        """Draw a table; on a further page its head stands again."""
        edges = _edges(table.columns)
        cells = [table.shown(row) for row in table.rows]
        total = table.shown(table.total) if table.total else None
        size = _size(edges, table.columns, [*cells, *([total] if total else [])])
        broken = [_broken(row, edges, size) for row in cells]
        heights = [_height(row, size) for row in broken]
        last = (_ROW if total else 0) + (6 * MM if table.note else 0)
        whole = 22 * MM + sum(heights) + last
        least = whole if whole < _ALONE else 22 * MM + sum(heights[:3])
        if self._y + least > _BOTTOM:
            self._turn()
        self._heading(table.title)
        self._head(table, edges, size)
        for left, (row, height) in enumerate(zip(broken, heights, strict=True), 1 - len(broken)):
            if self._y + height + (0 if left else last) > _BOTTOM:
                self._turn()
                self._heading(_("{title} (continued)").format(title=table.title))
                self._head(table, edges, size)
            self._row(row, table.columns, edges, size, Face.SERIF)
        if total:
            self._row(_broken(total, edges, size), table.columns, edges, size, Face.SERIF_BOLD)
        self._line(0.8)
        if table.note:
            for line in setting.lines(table.note, Face.SANS, 8, _RIGHT - _LEFT):
                self._y += 8 * _LEADING
                self._layer.text(_LEFT, self._y, line, Face.SANS, 8, ink=SOFT)

    def section(self, words: str) -> None:
        """Begin a part of the report, on a new page where little room is left."""
        if self._y + _ALONE > _BOTTOM:
            self._turn()
        self._y += 6 * MM
        self._middle(words, Face.SERIF_BOLD, 15)

    def chart(self, chart: Chart) -> None:
        """Draw a chart: number, title and question above it, its answer below."""
        high, wide = _chart_height(chart), _RIGHT - _LEFT
        says = setting.lines(printable(chart.says), Face.SANS, 9, wide)
        if self._y + high + 18 * MM + 9 * _LEADING * len(says) > _BOTTOM:
            self._turn()
        self._charts += 1
        self._heading(_("Figure {number}: {title}").format(number=self._charts, title=chart.title))
        x = aligned("right", _LEFT, _RIGHT, setting.width(chart.question, Face.SANS, 9))
        self._layer.text(x, self._y - 2 * MM, chart.question, Face.SANS, 9, ink=SOFT)
        self._line(0.8)
        self._y += 2 * MM
        ink(self._layer, draw(chart, width=wide, height=high, size=8.5).drawing, _LEFT, self._y)
        self._y += high + 2 * MM
        self._line(0.3)
        for line in says:
            self._y += 9 * _LEADING
            self._layer.text(_LEFT, self._y + 1 * MM, line, Face.SANS, 9)
        self._y += 2 * MM

    def finish(self) -> bytes:
        """Close the pages with their feet and return the document."""
        foot = f"{self._report.center}　{self._title}　{made(self._report)}"
        y = _HEIGHT - 11 * MM
        for number, page in enumerate(self._pages, start=1):
            page.line(_LEFT, y - 4 * MM, _RIGHT, y - 4 * MM, 0.4, SOFT)
            page.text(_LEFT, y, printable(foot), Face.SANS, 8, ink=SOFT)
            says = _("Page {at} of {of}").format(at=number, of=len(self._pages))
            x = aligned("right", _LEFT, _RIGHT, setting.width(says, Face.SANS, 8))
            page.text(x, y, says, Face.SANS, 8, ink=SOFT)
            self._press.page(_WIDTH, _HEIGHT, self._fixed(), page)
        return self._press.finish()

    def _fixed(self) -> Layer:
        """Return what every page has beneath: the mark of a demonstration."""
        layer = Layer()
        if self._report.demonstration:
            middle = _WIDTH / 2, _HEIGHT / 2
            layer.turned_text(*middle, _("Specimen"), Face.SANS_BOLD, 150, 40, WATERMARK)
        return layer

    def _turn(self) -> None:
        self._layer = Layer()
        self._pages.append(self._layer)
        self._y = _TOP

    def _middle(self, text: str, face: Face, size: float) -> None:
        for line in setting.lines(printable(text), face, size, _RIGHT - _LEFT):
            self._y += size * 1.5
            x = aligned("center", 0, _WIDTH, setting.width(line, face, size))
            self._layer.text(x, self._y, line, face, size)

    def _heading(self, text: str) -> None:
        self._y += 9 * MM
        self._layer.text(_LEFT, self._y, text, Face.SANS_BOLD, 11)
        self._y += 2 * MM

    def _head(self, table: Table, edges: Sequence[float], size: float) -> None:
        heads = _broken([column.head for column in table.columns], edges, size)
        self._layer.tint(_LEFT, self._y, _RIGHT - _LEFT, _height(heads, size))
        self._line(0.8)
        self._row(heads, table.columns, edges, size, Face.SANS)

    def _row(
        self,
        lines: Sequence[Sequence[str]],
        columns: Sequence[Column],
        edges: Sequence[float],
        size: float,
        face: Face,
    ) -> None:
        height = _height(lines, size)
        step = _LEADING * size
        for at, (cell, column) in enumerate(zip(lines, columns, strict=True)):
            left, right = edges[at] + _PAD, edges[at + 1] - _PAD
            align = "left" if column.shape is Cells.TEXT else "right"
            top = self._y + (height - step * len(cell)) / 2
            for place, line in enumerate(cell):
                x = aligned(align, left, right, setting.width(line, face, size))
                y = setting.baseline(top + place * step, step, size)
                self._layer.text(x, y, line, face, size)
        self._y += height
        self._line(0.3)

    def _line(self, wide: float) -> None:
        self._layer.line(_LEFT, self._y, _RIGHT, self._y, wide)


def _edges(columns: Sequence[Column]) -> list[float]:
    """Return the edges of columns that together fill the page."""
    weights = [_WEIGHTS[column.shape] for column in columns]
    scale = (_RIGHT - _LEFT) / sum(weights)
    edges = [_LEFT]
    for weight in weights:
        edges.append(edges[-1] + weight * scale)
    return edges


def _size(
    edges: Sequence[float], columns: Sequence[Column], rows: Sequence[Sequence[str]]
) -> float:
    """Return the largest size with which no number has to be broken."""
    for size in _SIZES:
        if all(
            setting.width(row[at], Face.SERIF_BOLD, size) <= edges[at + 1] - edges[at] - 2 * _PAD
            for at, column in enumerate(columns)
            if column.shape is not Cells.TEXT
            for row in rows
        ):
            return size
    return _SIZES[-1]


def _broken(row: Sequence[str], edges: Sequence[float], size: float) -> list[Sequence[str]]:
    return [
        setting.lines(printable(text), Face.SERIF_BOLD, size, edges[at + 1] - edges[at] - 2 * _PAD)
        for at, text in enumerate(row)
    ]


def _height(lines: Sequence[Sequence[str]], size: float) -> float:
    return max(_ROW, _LEADING * size * max(map(len, lines)) + _PAD)


def _chart_height(chart: Chart) -> float:
    """Return how high a chart is drawn: by its lines when it has one for each name."""
    if chart.shape in (Shape.RANKED, Shape.PACED, Shape.RANGES, Shape.HEAT):
        return _AROUND + _LINE * len(chart.lines)
    return _CHART
