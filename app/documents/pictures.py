"""Draws a page of a document as points, and has a first look at one that is offered.

Everything here expects hostile files: what a reader of pictures raises, whatever it is, becomes a
sentence.
"""

import io
import logging
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.errors import RuleBroken
from app.core.words.documents import MediaType
from app.documents.pdf import PageBroken, draw_page, page_count
from app.documents.rules import (
    MOST_PAGES,
    MOST_PIXELS,
    MOST_THUMBNAIL_BYTES,
    FileBroken,
    FileRefused,
    PictureTooLarge,
    TooManyPages,
)

if TYPE_CHECKING:
    from PIL.Image import Image

logging.getLogger("PIL").setLevel(logging.CRITICAL)
"""What is wrong with a picture is said to whoever adds it; the log is for what is wrong with us."""

THUMBNAIL: Final = 72
"""The longer side, in points: the kind of paper can be told, what stands on it cannot be read."""

_FORMATS: Final = {
    MediaType.JPEG: "JPEG",
    MediaType.PNG: "PNG",
    MediaType.BMP: "BMP",
    MediaType.TIFF: "TIFF",
}


@dataclass(frozen=True)
class Pixels:
    """A drawn page: four bytes a point (blue, green, red, unused), rows without gaps."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class FirstLook:
    """What can be told of a file at once."""

    pages: int
    thumbnail: bytes


def look_at(name: str, content: bytes, media_type: MediaType) -> FirstLook:
    """Return the number of pages and a thumbnail; raise a `FileRefused` for what cannot be shown.

    A picture is read to its end; of a PDF and of further pages that is left to `draw`.
    """
    if media_type is MediaType.PDF:
        pages = page_count(name, content)
        try:
            first = Pixels(*draw_page(name, content, 0, 4 * THUMBNAIL, seconds=1))
            thumbnail = _thumbnail(_from_pixels(first))
        except RuleBroken:
            thumbnail = b""
        return FirstLook(pages, thumbnail)
    with _opened(name, content, media_type) as picture:
        pages = _frames(name, picture) if media_type is MediaType.TIFF else 1
        picture.seek(0)
        picture.load()
        return FirstLook(pages, _thumbnail(_upright(picture)))


def draw(content: bytes, media_type: MediaType, at: int, longest: int) -> Pixels:
    """Return one page, upright and at most ``longest`` points long; pages count from 0.

    A picture is never made larger than it is. Raises a `RuleBroken` that says why it cannot.
    """
    if media_type is MediaType.PDF:
        return Pixels(*draw_page("", content, at, longest))
    try:
        with _opened("", content, media_type) as picture:
            if at:
                picture.seek(at)
            if media_type is MediaType.JPEG:
                picture.draft("RGB", (longest, longest))
            drawn = _upright(picture)
            drawn.thumbnail((longest, longest))
            return Pixels(drawn.width, drawn.height, drawn.tobytes("raw", "BGRX"))
    except FileRefused:
        raise PageBroken(page=at + 1) from None


@contextmanager
def _opened(name: str, content: bytes, media_type: MediaType) -> Generator["Image"]:
    """Open a picture as what it was found to be, and answer for whatever comes of reading it."""
    from PIL import Image  # noqa: PLC0415 - heavy, on first use

    large = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(content), formats=[_FORMATS[media_type]]) as picture:
            _check_points(name, picture)
            yield picture
    except FileRefused:
        raise
    except large:
        raise _too_large(name) from None
    except Exception:  # noqa: BLE001 - readers of pictures raise anything over hostile bytes
        raise FileBroken(name=name) from None


def _check_points(name: str, picture: "Image") -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_large(name)


def _too_large(name: str) -> PictureTooLarge:
    return PictureTooLarge(name=name, most=MOST_PIXELS // 1_000_000)


def _frames(name: str, picture: "Image") -> int:
    """Return how many pages a picture has, looking at the size of each."""
    for at in range(1, MOST_PAGES + 1):
        try:
            picture.seek(at)
        except EOFError:
            return at
        _check_points(name, picture)
    raise TooManyPages(name=name, most=MOST_PAGES)


def _upright(picture: "Image") -> "Image":
    """Return a picture in plain colours on white, turned as the camera says it was held."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - heavy, on first use

    if picture.mode.startswith("I"):  # sixteen bits of grey
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        whole = picture.convert("RGBA")
        paper = Image.new("RGB", whole.size, "white")
        paper.paste(whole, mask=whole.getchannel("A"))
        picture = paper
    return ImageOps.exif_transpose(picture).convert("RGB")


def _from_pixels(pixels: Pixels) -> "Image":
    from PIL import Image  # noqa: PLC0415 - heavy, on first use

    size = (pixels.width, pixels.height)
    return Image.frombuffer("RGB", size, pixels.data, "raw", "BGRX", 0, 1)


def _thumbnail(picture: "Image") -> bytes:
    small, kept = picture.copy(), io.BytesIO()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    small.save(kept, "JPEG", quality=70)
    return kept.getvalue() if kept.tell() <= MOST_THUMBNAIL_BYTES else b""
