"""Tells whether a PDF is a paper of ours and unchanged, without the store.

The file carries its sheet; the signature vouches for the sheet, and the sheet drawn anew shows
what the pages must look like. That the paper is void only the register knows.
"""

import json
import re
from enum import StrEnum
from typing import Any, Final

from app.core.errors import NotFound
from app.core.record import Record
from app.papers.render import ATTACHED, opened, render
from app.papers.seal import Claims, check, check_code, claims_of
from app.papers.sheet import Sheet, thaw

_CODE: Final = re.compile(r"\b[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}\b")


class Verdict(StrEnum):
    """What a PDF turned out to be. The words are those of ``bangfu verify --json``."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    """Not made by this program, or not signed by this center."""


class Examination(Record):
    """The verdict on a PDF and what it rests on."""

    verdict: Verdict
    claims: Claims | None = None
    """What the center signed; ``None`` when it signed nothing in the file."""
    expected: tuple[str, ...] = ()
    """Lines that the paper had when it was issued and that the file lacks."""
    found: tuple[str, ...] = ()
    """Lines of the file that the paper never had."""


def examine(pdf: bytes, public_key: bytes) -> Examination:
    """Compare a PDF with what the center signed.

    Raises `ValueError` for a file that is no PDF, and `NotFound` for a paper whose wording this
    (older) program does not have.
    """
    sheet = read_sheet(pdf)
    claims = check(public_key, sheet.payload) if sheet else None
    if sheet is None or claims is None:
        return Examination(verdict=Verdict.UNKNOWN)
    if claims != claims_of(sheet) or sheet.check_code != check_code(sheet.payload):
        return Examination(verdict=Verdict.ALTERED, claims=claims)
    try:
        fresh = render(sheet)
    except FileNotFoundError:
        raise NotFound(what=sheet.template) from None
    if fresh == pdf:
        return Examination(verdict=Verdict.GENUINE, claims=claims)
    expected, found = _lines(fresh), _lines(pdf)
    alike = expected == found and _looks(fresh) == _looks(pdf)
    return Examination(
        verdict=Verdict.GENUINE if alike else Verdict.ALTERED,
        claims=claims,
        expected=tuple(line for line in expected if line not in found),
        found=tuple(line for line in found if line not in expected),
    )


def read_sheet(pdf: bytes) -> Sheet | None:
    """Return the sheet inside a PDF, whoever made it; ``None`` when there is none."""
    with opened(pdf) as document:
        for place in range(document.count_attachments()):
            attachment = document.get_attachment(place)
            if attachment.get_name() == ATTACHED:
                try:
                    return thaw(json.loads(bytes(attachment.get_data())))
                except (ValueError, KeyError, TypeError):
                    return None
    return None


def read_payload(pdf: bytes) -> str | None:
    """Return the signed text inside a PDF of ours; check it with `app.papers.seal.check`."""
    sheet = read_sheet(pdf)
    return sheet.payload or None if sheet else None


def read_code(pdf: bytes) -> str | None:
    """Return the check code that a PDF shows, for looking it up in the register."""
    code = _CODE.search("\n".join(_lines(pdf)))
    return code.group() if code else None


def _lines(pdf: bytes) -> list[str]:
    """Return the visible text, page by page."""
    lines: list[str] = []
    with opened(pdf) as document:
        for page in document:
            lines += str(page.get_textpage().get_text_range()).split("\r\n")
    return [line.strip() for line in lines if line.strip()]


def _looks(pdf: bytes) -> list[bytes]:
    """Return a small grey picture of every page, so that nothing can be covered up."""
    with opened(pdf) as document:
        return [_grey(page) for page in document]


def _grey(page: Any) -> bytes:
    return bytes(page.render(scale=1, grayscale=True).buffer)
