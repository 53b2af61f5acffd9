"""Text as it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import has_private_use, mask_tail, normalise


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("　王芳 ", "王芳"),
        ("ＡＢＣ１２３", "ABC123"),
        ("２３９０８１－ｘ", "239081-x"),
        ("南岗区，示例街（一号）：甲", "南岗区，示例街（一号）：甲"),
        ("\u202d15400001234\u202c", "15400001234"),
        ("\ufeff王\u200b芳", "王芳"),
        ("示例\u3000纺织厂", "示例 纺织厂"),
        ("e\u200d\u0301", "é"),
        ("𬭎䶮", "𬭎䶮"),
        ("第一行\n第二行", "第一行\n第二行"),
    ],
)
def test_one_form_for_many_ways_of_typing(typed: str, kept: str) -> None:
    assert normalise(typed) == kept


@given(st.text())
def test_the_kept_form_stays_as_it_is(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@pytest.mark.parametrize("text", ["\ue000", "王\uf8ff", "\U000f0000", "\U0010fffd"])
def test_finds_characters_other_pcs_cannot_show(text: str) -> None:
    assert has_private_use(text)


@pytest.mark.parametrize("text", ["", "王芳", "𬭎", "䶮", "買買提·艾力"])
def test_rare_characters_are_not_private(text: str) -> None:
    assert not has_private_use(text)


@given(st.text(), st.integers(0, 6), st.integers(0, 6))
def test_a_mask_keeps_the_width_and_never_shows_all(text: str, head: int, tail: int) -> None:
    masked = mask_tail(text, head, tail)
    assert len(masked) == len(text)
    assert not text or "*" in masked
