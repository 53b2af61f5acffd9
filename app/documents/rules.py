"""What the center takes in as a document, and what it does not."""

import unicodedata
from typing import Final

from app.core.errors import RuleBroken
from app.core.flow import Flow
from app.core.i18n import N_
from app.core.words.documents import DocumentState, DocumentStep, MediaType

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000
"""A sheet of A4 scanned at 600 dots an inch has 35 million."""
MOST_PAGES: Final = 200
MOST_THUMBNAIL_BYTES: Final = 16 * 1024
LONGEST_NAME: Final = 120

FLOW: Flow[DocumentState, DocumentStep] = Flow(
    {
        (DocumentState.KEPT, DocumentStep.RETAG): DocumentState.KEPT,
        (DocumentState.KEPT, DocumentStep.WITHDRAW): DocumentState.WITHDRAWN,
    }
)

_SIGNS: Final = (
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"BM", MediaType.BMP),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
)
"""How the kinds of pictures begin."""


class FileRefused(RuleBroken):
    """A file that is not taken in. The others say why; what was offered stays where it is."""

    says = N_("“{name}” was not taken in.")


class FileGivenUp(RuleBroken):
    """The file of the household was merged into another one, or its import was undone."""

    says = N_(
        "The file of this household does not count any more ({state}). Nothing was added; open "
        "the file that counts and add it there."
    )


class FileEmpty(FileRefused):
    """There is nothing in the file."""

    says = N_("“{name}” is empty. Scan or copy it again.")


class FileTooLarge(FileRefused):
    """The file is larger than `MOST_BYTES`."""

    says = N_(
        "“{name}” has {size} MB, at most {most} MB are taken in. Scan it at 300 dots an inch, or "
        "in several files."
    )


class NotADocument(FileRefused):
    """The file is none of the kinds that are taken in, whatever its name says."""

    says = N_(
        "“{name}” is neither a picture (JPEG, PNG, BMP, TIFF) nor a PDF. Scan or save it anew."
    )


class FileBroken(FileRefused):
    """The file cannot be read to its end."""

    says = N_("“{name}” is damaged or incomplete and cannot be shown. Scan or copy it again.")


class PictureTooLarge(FileRefused):
    """The picture has more points than `MOST_PIXELS`."""

    says = N_(
        "“{name}” has more than {most} million points, too many to be shown. Scan it at 300 dots "
        "an inch."
    )


class TooManyPages(FileRefused):
    """The file has more pages than `MOST_PAGES`."""

    says = N_("“{name}” has more than {most} pages. Divide it into several files.")


class PasswordNeeded(FileRefused):
    """The PDF opens with a password only."""

    says = N_("“{name}” is locked with a password. Save it without one first.")


class BadFileName(FileRefused):
    """The name of the file holds what no name may hold."""

    says = N_("The file name “{name}” cannot be kept. Give the file a short, plain name.")


class AlreadyKept(RuleBroken):
    """The household has the very same file."""

    says = N_("“{name}” is among the documents of this household already, as “{kept}”.")


class NotOfThisHousehold(RuleBroken):
    """The person or the application is not of this household."""

    says = N_("This person or application does not belong to the household. Open it anew.")


def media_type_of(content: bytes) -> MediaType | None:
    """Return what a file is by how it begins; `None` for what is not taken in."""
    for sign, media_type in _SIGNS:
        if content.startswith(sign):
            return media_type
    return MediaType.PDF if b"%PDF-" in content[:1024] else None


def check_size(name: str, size: int) -> None:
    """Raise `FileEmpty` or `FileTooLarge`."""
    if not size:
        raise FileEmpty(name=name)
    if size > MOST_BYTES:
        megabytes = 1024 * 1024
        raise FileTooLarge(name=name, size=-(-size // megabytes), most=MOST_BYTES // megabytes)


def clean_name(name: str) -> str:
    """Return a file name as it is kept: its last part, without signs that are not seen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(
        " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", last)
        if sign.isspace() or unicodedata.category(sign)[0] not in "CZ"
    )
    plain = " ".join(seen.split()).lstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > LONGEST_NAME and dot and len(ending) <= _ENDING:
        return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip()}.{ending}"
    return plain[:LONGEST_NAME].rstrip()


_ENDING: Final = 8
"""What stands behind the last dot of a longer name is no ending."""
