"""Draws sheets: the same sheet gives the same bytes, today and in ten years."""

import io
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from app.core.pdfium import PDFIUM
from app.papers.blocks import draw
from app.papers.pages import Pages
from app.papers.pen import Press
from app.papers.sheet import Sheet, canonical
from app.papers.templates import template

ATTACHED: Final = "bangfu.json"
"""The file inside the PDF with the sheet it was made from, for `app.papers.examine`."""


def render(sheet: Sheet) -> bytes:
    """Return the PDF of one paper, with its facts and signature inside.

    Raises `GlyphMissing` for a character that cannot be set and `TooHighForAPage`.
    """
    press = _drawn([sheet])
    press.attach(ATTACHED, canonical(sheet.to_json()))
    return press.finish()


def render_many(sheets: Sequence[Sheet]) -> bytes:
    """Return a stack for the printer: fonts and fixed parts are in it once.

    What is handed over as a file is one paper a file, made by `render`.
    """
    return _drawn(sheets).finish()


def _drawn(sheets: Sequence[Sheet]) -> Press:
    first = sheets[0]
    title = template(first.template).title
    press = Press(title=f"{title} {first.number}", author=first.center, subject=title)
    for sheet in sheets:
        for keeper in template(sheet.template).copies:
            pages = Pages(press, sheet, keeper)
            for block in pages.template.blocks:
                draw(pages, block)
            pages.print()
    return press


def raster(pdf: bytes, page: int = 0, dpi: float = 96) -> bytes:
    """Return one page of a PDF as a PNG picture, for the preview."""
    picture = io.BytesIO()
    with opened(pdf) as document:
        document[page].render(scale=dpi / 72).to_pil().save(picture, "PNG")
    return picture.getvalue()


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with opened(pdf) as document:
        return len(document)


@contextmanager
def opened(pdf: bytes) -> Generator[Any]:
    """Open a PDF as a pypdfium2 document; raise `ValueError` for a file that is none."""
    import pypdfium2  # noqa: PLC0415 - heavy, on first use # pyright: ignore[reportMissingTypeStubs] - it has none

    with PDFIUM:
        try:
            document: Any = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            raise ValueError("not a PDF") from None
        try:
            yield document
        finally:
            document.close()
