"""The fonts of papers: what they have, what stops a paper, and what is embedded."""

import io

import pypdf
import pytest

from app.papers.fonts import (
    FILES,
    Face,
    GlyphMissing,
    font_file,
    missing_glyphs,
    require_glyphs,
    typeface,
)
from app.papers.render import render
from tests.papers import NOWHERE, RARE, approval, certificate, pages_by_pdfium, pages_of


@pytest.mark.parametrize("face", Face)
def test_every_face_has_the_rare_characters_of_names(face: Face) -> None:
    assert typeface(face).missing(RARE + "赵ABC123，。〔〕¥") == []


def test_a_fallback_helps_glyph_by_glyph() -> None:
    glyphs = typeface(Face.SERIF).glyphs
    assert glyphs["王"][0].name == "NotoSerifSC-Regular"
    assert glyphs["𠮷"][0].name == "LXGWWenKai-Regular"


def test_what_no_font_has_is_named_once() -> None:
    assert missing_glyphs(f"王{NOWHERE}和{NOWHERE}\n李") == [NOWHERE]


def test_a_character_in_no_font_stops_the_paper_and_names_where_it_stands() -> None:
    sheet = certificate(name=f"王{NOWHERE}")
    for stop in (require_glyphs, render):
        with pytest.raises(GlyphMissing) as stopped:
            stop(sheet)
        words = stopped.value.tell()
        assert NOWHERE in words
        assert "U+3134A" in words
        assert f"王{NOWHERE}" in words
        assert words.startswith("字体缺字")


def test_the_check_before_issuing_looks_into_rows() -> None:
    facts = approval().facts
    assert [member["name"] for member in facts["members"]] == ["陈𬭎"] * 3
    require_glyphs(approval())
    facts["members"][1]["name"] = f"陈{NOWHERE}"
    with pytest.raises(GlyphMissing):
        require_glyphs(approval(facts=facts))


@pytest.mark.parametrize("character", RARE)
def test_rare_characters_copy_rightly(character: str) -> None:
    pdf = render(certificate(name=f"王{character}明"))
    for read in (pages_of, pages_by_pdfium):
        assert f"王{character}明（公民身份号码" in read(pdf)[0]


def test_all_fonts_are_embedded_as_subsets() -> None:
    pdf = render(certificate(name="王𠮷"))
    resources = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]  # pyright: ignore[reportIndexIssue, reportUnknownVariableType, reportUnknownMemberType] - pypdf's objects are untyped
    assert len(fonts) == 4  # pyright: ignore[reportUnknownArgumentType] - as above
    for font in fonts:  # pyright: ignore[reportUnknownVariableType] - as above
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType] - as above
        assert "+" in font["/BaseFont"]
        assert 0 < len(descriptor["/FontFile2"].get_data()) < 100_000  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType] - as above


def test_a_subset_keeps_the_parts_of_a_composite_glyph() -> None:
    font = font_file(FILES[Face.SERIF][0])
    whole = font.subset([0, font.glyph("中")])
    composite = font.subset([0, font.glyph("é")])
    assert whole[:4] == composite[:4] == b"\x00\x01\x00\x00"
    glyphs = int.from_bytes(_table(composite, b"maxp")[4:6], "big")
    assert glyphs == 2 or glyphs > 2  # one glyph, or one with its parts
    assert len(_table(composite, b"loca")) == 4 * (glyphs + 1)
    assert len(_table(composite, b"hmtx")) == 4 * glyphs


def _table(font: bytes, tag: bytes) -> bytes:
    place = font.index(tag)
    offset, length = (int.from_bytes(font[place + at : place + at + 4], "big") for at in (8, 12))
    return font[offset : offset + length]
