"""The pages of a PDF as points, drawn within a time limit."""

import math
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.core.pdfium import PDFIUM
from app.documents.rules import MOST_PAGES, FileBroken, PasswordNeeded, TooManyPages

MOST_SECONDS: Final = 4.0
"""A page that takes longer to draw is not shown."""


class PageTooComplex(RuleBroken):
    """A page cannot be drawn in `MOST_SECONDS`."""

    says = N_("Page {page} is too complex to be shown. Print it on paper and scan it.")


class PageBroken(RuleBroken):
    """A page cannot be drawn; the others may."""

    says = N_("Page {page} is damaged and cannot be shown.")


def page_count(name: str, content: bytes) -> int:
    """Return how many pages a PDF has; raise `FileBroken`, `PasswordNeeded` or `TooManyPages`."""
    with _opened(name, content) as document:
        count = len(document)
        if count > MOST_PAGES:
            raise TooManyPages(name=name, most=MOST_PAGES)
        if not count:
            raise FileBroken(name=name)
        return count


def draw_page(
    name: str, content: bytes, at: int, longest: int, seconds: float = MOST_SECONDS
) -> tuple[int, int, bytes]:
    """Return a page as width, height and points of blue, green, red and a byte unused.

    ``at`` counts from 0, ``longest`` is the longer side. Raises `PageBroken`, `PageTooComplex`
    and what `page_count` raises.
    """
    with _opened(name, content) as document:
        return _draw(document, at, longest, seconds)


@contextmanager
def _opened(name: str, content: bytes) -> Generator[Any]:
    import pypdfium2  # noqa: PLC0415 - heavy, on first use # pyright: ignore[reportMissingTypeStubs] - it has none

    with PDFIUM:
        try:
            document: Any = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            locked = "assword" in str(error)
            raise (PasswordNeeded if locked else FileBroken)(name=name) from None
        try:
            yield document
        finally:
            document.close()


def _draw(document: Any, at: int, longest: int, seconds: float) -> tuple[int, int, bytes]:
    import pypdfium2  # noqa: PLC0415 - heavy, on first use # pyright: ignore[reportMissingTypeStubs] - it has none
    from pypdfium2 import raw as library  # noqa: PLC0415 - heavy, on first use # pyright: ignore[reportMissingTypeStubs] - it has none

    raw: Any = library
    try:
        page: Any = document[at]
        own = page.get_size()
    except (pypdfium2.PdfiumError, IndexError):
        raise PageBroken(page=at + 1) from None
    if not all(math.isfinite(side) and side > 0 for side in own):
        raise PageBroken(page=at + 1)
    width, height = (max(1, round(side * longest / max(own))) for side in own)
    bitmap: Any = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGRx)  # pyright: ignore[reportUnknownMemberType] - it has no types
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    end = time.monotonic() + seconds

    def too_long(_pause: Any) -> bool:
        return time.monotonic() > end

    asks = dict(raw.IFSDK_PAUSE._fields_)["NeedToPauseNow"](too_long)
    pause: Any = raw.IFSDK_PAUSE(1, asks, None)
    state = raw.FPDF_RenderPageBitmap_Start(
        bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT, pause
    )
    raw.FPDF_RenderPage_Close(page)
    if state == raw.FPDF_RENDER_TOBECONTINUED:
        raise PageTooComplex(page=at + 1)
    if state != raw.FPDF_RENDER_DONE:
        raise PageBroken(page=at + 1)
    return width, height, bytes(bitmap.buffer)
