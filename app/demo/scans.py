"""Sample documents of the demonstration: drawn here, with nobody real on them.

They are the same for every household, so that each file is in the store once.
"""

import functools
import io
from typing import Any, Final

import msgspec

from app.core.assets import resource
from app.demo.desk import Desk
from app.documents.actions import add_document
from app.documents.files import examine
from app.documents.records import AddForm, ExaminedFile

FONT: Final = "NotoSansSC-Regular.ttf"
CARD: Final = (856, 540)
"""An ID card at 10 points a millimetre."""


class _Scan(msgspec.Struct, forbid_unknown_fields=True):
    kind: str
    name: str
    card: list[str] = []
    pages: list[list[str]] = []


class _Scans(msgspec.Struct, forbid_unknown_fields=True):
    stamp: str
    scan: list[_Scan]


@functools.cache
def samples() -> dict[str, ExaminedFile]:
    """Return the sample documents by their kind."""
    found = msgspec.toml.decode(resource("demo", "scans.toml").read_bytes(), type=_Scans)
    return {
        scan.kind: examine(
            scan.name,
            _card(scan.card, found.stamp) if scan.card else _sheets(scan.pages, found.stamp),
        )
        for scan in found.scan
    }


def hand_in(desk: Desk, household_id: int, case_id: int) -> None:
    """Let a household hand in the samples with its application."""
    for kind, file in samples().items():
        form = AddForm(file=file, household_id=household_id, case_id=case_id, kind=kind)
        desk.do("wang", add_document, form)


def _card(lines: list[str], stamp: str) -> bytes:
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - heavy, on first use

    font = ImageFont.truetype(str(resource("fonts", FONT)), 30)
    card = Image.new("RGB", CARD, "aliceblue")
    pen = ImageDraw.Draw(card)
    pen.rounded_rectangle((2, 2, CARD[0] - 3, CARD[1] - 3), 24, outline="steelblue", width=3)
    pen.rectangle((620, 70, 800, 310), fill="lightsteelblue")
    for at, line in enumerate(lines):
        pen.text((48, 56 + 90 * at), line, font=font, fill="black")
    pen.text((640, 440), stamp, font=font, fill="firebrick")
    kept = io.BytesIO()
    card.save(kept, "JPEG", quality=85)
    return kept.getvalue()


def _sheets(pages: list[list[str]], stamp: str) -> bytes:
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - heavy, on first use
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - heavy, on first use
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - heavy, on first use

    metrics: Any = pdfmetrics  # it has no types
    metrics.registerFont(TTFont("Sample", str(resource("fonts", FONT))))
    kept = io.BytesIO()
    canvas = Canvas(kept, invariant=True)
    for title, *lines in pages:
        canvas.setFont("Sample", 20)
        canvas.drawCentredString(297, 740, title)
        canvas.setFont("Sample", 13)
        for at, line in enumerate(lines):
            canvas.drawString(90, 680 - 40 * at, line)
            canvas.line(90, 670 - 40 * at, 505, 670 - 40 * at)
        canvas.drawRightString(505, 90, stamp)
        canvas.showPage()
    canvas.save()
    return kept.getvalue()
