"""Hostile documents: whatever is offered is shown or refused with a sentence, and soon.

``FUZZ`` says how many are made in all; `make fuzz` makes many more than the suite.
"""

import os
import time
import unicodedata
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import RuleBroken
from app.documents.files import examine
from app.documents.pictures import draw
from app.documents.rules import LONGEST_NAME, clean_name
from tests.scans import pdf, picture, sized

TESTS: Final = 4
EACH: Final = int(os.environ.get("FUZZ", "600")) // TESTS
SLOWEST: Final = 5.0
"""Seconds of work after which a file counts as one that hangs."""

hostile = settings(
    max_examples=EACH,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def look(content: bytes) -> None:
    """Examine a file and draw its pages as a person who adds it would."""
    begun, said = time.process_time(), ""
    try:
        file = examine("a", content)
        for at in range(min(file.pages, 3)):
            drawn = draw(content, file.media_type, at, 300)
            assert len(drawn.data) == drawn.width * drawn.height * 4
            assert 0 < max(drawn.width, drawn.height) <= 300
        said = "shown"
    except RuleBroken as refused:
        said = refused.tell()
    assert said
    assert time.process_time() - begun < SLOWEST


SOUND = [picture(ending) for ending in ("JPEG", "PNG", "BMP", "TIFF")] + [pdf(2), picture("GIF")]


@hostile
@given(st.sampled_from(SOUND), st.data())
def test_a_damaged_file_is_shown_or_refused(sound: bytes, data: st.DataObject) -> None:
    content = bytearray(sound)
    for _slip in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["byte", "long", "cut", "take", "twice"])):
            case "byte":
                content[at] = data.draw(st.integers(0, 255))
            case "long":
                content[at : at + 4] = data.draw(st.sampled_from([b"\xff" * 4, bytes(4)]))
            case "cut":
                content = content[: max(at, 1)]
            case "take":
                del content[at : at + 7]
                content = content or bytearray(b"x")
            case _:
                content[at:at] = content[at : at + 500]
    look(bytes(content))


@hostile
@given(
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM", b"II*\0", b"%PDF-1.4\n"]),
    st.binary(max_size=600),
)
def test_noise_behind_any_beginning_is_refused_or_shown(sign: bytes, noise: bytes) -> None:
    look(sign + noise)


@hostile
@given(
    st.integers(0, 2**32 - 1),
    st.integers(0, 2**32 - 1),
    st.sampled_from(["PNG", "BMP", "TIFF"]),
)
def test_a_picture_that_claims_any_size_is_refused_or_shown(
    width: int, height: int, ending: str
) -> None:
    match ending:
        case "PNG":
            content = sized(width, height)
        case "BMP":
            bmp = picture("BMP", (40, 40))
            content = (
                bmp[:18] + width.to_bytes(4, "little") + height.to_bytes(4, "little") + bmp[26:]
            )
        case _:
            content = tiff(width, height)
    look(content)


def tiff(width: int, height: int) -> bytes:
    """Return the head of a TIFF that says it is as large as this and points at itself."""
    tags = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (279, 2**32 - 1)]
    entries = b"".join(
        tag.to_bytes(2, "little") + b"\4\0\1\0\0\0" + value.to_bytes(4, "little")
        for tag, value in tags
    )
    return b"II*\0\x08\0\0\0" + len(tags).to_bytes(2, "little") + entries + b"\x08\0\0\0"


@hostile
@given(st.text(max_size=300), st.sampled_from(["", ".jpg", ".pdf", "/../x", "\\..\\", "\0.png"]))
def test_a_name_is_a_label_and_no_path(text: str, ending: str) -> None:
    name = clean_name(text + ending)
    assert len(name) <= LONGEST_NAME
    assert not {"/", "\\"} & set(name)
    assert name == name.strip()
    assert not name.startswith(".")
    assert all(unicodedata.category(sign)[0] != "C" for sign in name)
    assert clean_name(name) == name
