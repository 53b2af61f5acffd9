"""Puts charts on the screen, as SVG; `inking.py` puts the same drawings on paper."""

from typing import Any

from app.reports.drawing import BOLD, FONT


def svg(drawing: Any) -> bytes:
    """Return a drawing as SVG; its fonts are those the screen has."""
    from reportlab.graphics import renderSVG  # noqa: PLC0415 - heavy, on first use

    library: Any = renderSVG  # it has no types
    bold = {BOLD: {"family": FONT, "weight": "bold"}}
    return library.drawToString(drawing, fontHacks=bold, useClip=True).encode()
