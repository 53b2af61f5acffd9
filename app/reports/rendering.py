"""Puts charts on the screen and on paper: the same drawing as SVG, and as pages of a PDF."""

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

from app.core.assets import resource
from app.reports.charts import Chart, report_charts
from app.reports.drawing import BOLD, FONT, fitted
from app.reports.records import Report
from app.reports.shapes import draw


def svg(drawing: Any) -> bytes:
    """Return a drawing as SVG; its fonts are those the screen has."""
    from reportlab.graphics import renderSVG  # noqa: PLC0415 - heavy, on first use

    library: Any = renderSVG  # it has no types
    bold = {BOLD: {"family": FONT, "weight": "bold"}}
    return library.drawToString(drawing, fontHacks=bold, useClip=True).encode()


def drawings_for(report: Report, width: float = 480, height: float = 160) -> list[Any]:
    """Return the drawings of a report, for its PDF; call `register_fonts` before drawing them."""
    return [draw(chart, width=width, height=height).drawing for chart in report_charts(report)]


@cache
def register_fonts() -> None:
    """Make the fonts of drawings known to ReportLab's canvas, once a process."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - heavy, on first use
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - heavy, on first use

    metrics: Any = pdfmetrics  # it has no types
    for name, weight in ((FONT, "Regular"), (BOLD, "Bold")):
        metrics.registerFont(TTFont(name, str(resource("fonts", f"NotoSansSC-{weight}.ttf"))))


def charts_pdf(charts: Sequence[Chart], title: str) -> bytes:
    """Return the charts as a PDF: title, drawing and answer of each, three on a page of A4."""
    from reportlab.graphics import renderPDF  # noqa: PLC0415 - heavy, on first use
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - heavy, on first use

    register_fonts()
    library: Any = renderPDF  # it has no types
    kept = io.BytesIO()
    canvas: Any = Canvas(kept, pagesize=(595, 842), invariant=True)
    canvas.setTitle(title)
    for number, chart in enumerate(charts):
        if number and number % 3 == 0:
            canvas.showPage()
        top = 790 - 255 * (number % 3)
        if number % 3 == 0:
            canvas.setFont(BOLD, 9)
            canvas.drawString(57, 812, title)
        canvas.setFont(BOLD, 11)
        canvas.drawString(57, top - 12, chart.title)
        canvas.setFont(FONT, 9)
        canvas.drawRightString(537, top - 12, chart.question)
        library.draw(draw(chart, width=480, height=195).drawing, canvas, 57, top - 215)
        canvas.setFont(FONT, 9)
        canvas.drawString(57, top - 232, fitted(chart.says, 480, 9))
    canvas.save()
    return kept.getvalue()
