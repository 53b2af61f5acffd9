"""Chinese text is broken into lines by its rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.words.papers import PaperKind
from app.papers.fonts import Face
from app.papers.setting import lines, width
from app.papers.templates import fill, is_fixed, template, template_in_force
from tests.papers import TODAY

TEXT = st.text("困难职工，。（）“”12.5 ab", min_size=1, max_size=80).filter(str.strip)


@given(TEXT, st.integers(60, 300))
def test_no_character_is_lost_and_no_line_too_long(text: str, room: int) -> None:
    broken = lines(text, Face.SERIF, 12, room)
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")
    for line in broken:
        closing = len(line) - len(line.rstrip("，。）”“（"))
        assert width(line, Face.SERIF, 12) <= room + 12 * max(0.5, closing)


def test_punctuation_begins_no_line_and_a_bracket_ends_none() -> None:
    text = "经核实，该户（含农民工）符合条件。" * 6
    for room in range(72, 200, 7):
        for line in lines(text, Face.SERIF, 12, room):
            assert line[0] not in "，。）"
            assert line[-1] != "（"


def test_numbers_stay_whole() -> None:
    broken = lines("档案号 2026-0440 金额 12,397.56 元，公民身份号码", Face.SERIF, 12, 80)
    assert any("2026-0440" in line for line in broken)
    assert any("12,397.56" in line for line in broken)


def test_neighbouring_signs_share_their_empty_halves() -> None:
    assert width("），", Face.SERIF, 10) == 15
    assert width("）中，", Face.SERIF, 10) == 30


def test_texts_are_filled_from_facts() -> None:
    facts = {
        "day": "2026-12-06",
        "fen": 5,
        "none": None,
        "zero": 0,
        "off": False,
        "some": ["a", "b"],
    }
    assert fill("{day:day}", facts) == "2026年12月6日"
    assert fill("{fen:yuan}/{fen:capitals}", facts) == "0.05/伍分"
    assert fill("a[，{none}]b[ {zero:yuan}][{off:if}!]", facts) == "ab 0.00"
    assert fill("{some:list}|{some:numbered}", facts) == "a、b|1. a\n2. b"
    assert fill("{none}", facts) == ""
    with pytest.raises(KeyError):
        fill("{unheard_of}", facts)


def test_only_texts_that_all_papers_share_are_fixed() -> None:
    assert is_fixed("困难职工证明")
    assert is_fixed("{center}　{center_phone}")
    assert not is_fixed("{center}　{name}")


@pytest.mark.parametrize("kind", PaperKind)
def test_every_kind_has_a_template_with_its_source(kind: PaperKind) -> None:
    name = template_in_force(kind, TODAY)
    assert template(name).source
    assert name.startswith(kind)


def test_before_the_first_template_there_is_none() -> None:
    with pytest.raises(LookupError):
        template_in_force(PaperKind.PAYMENT_LIST, TODAY.replace(year=2019))
