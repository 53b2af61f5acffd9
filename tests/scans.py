"""Sample files as a scanner, a camera and a screen shot make them; nobody real is on them."""

import io
import zlib
from typing import Any

from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from app.documents.files import examine
from app.documents.records import ExaminedFile


def picture(
    ending: str = "JPEG", size: tuple[int, int] = (320, 200), text: str = "1", **options: Any
) -> bytes:
    """Return a picture with a frame and a word on it; another word is another file."""
    drawn = Image.new("RGB", size, "ivory")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((8, 8, size[0] - 9, size[1] - 9), outline="navy", width=3)
    pen.text((24, 24), text, fill="black")
    kept = io.BytesIO()
    drawn.save(kept, ending, **options)
    return kept.getvalue()


def sized(width: int, height: int) -> bytes:
    """Return a small PNG that says it is as large as this."""
    kept = picture("PNG", (40, 40))
    head = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + kept[24:29]
    return kept[:12] + head + zlib.crc32(head).to_bytes(4) + kept[33:]


def pdf(pages: int = 2, text: str = "1", **options: Any) -> bytes:
    """Return a PDF with a word on each page."""
    kept = io.BytesIO()
    canvas = Canvas(kept, invariant=True, **options)
    for page in range(pages):
        canvas.drawString(72, 720, f"{text} {page + 1}")
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


def scan(name: str = "扫描.jpg", text: str = "1") -> ExaminedFile:
    """Return a picture that was looked into."""
    return examine(name, picture(text=text))
