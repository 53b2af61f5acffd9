"""What a text in the search box may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.pinyin import name_keys
from app.core.text import backwards, bare_name
from app.papers.seal import MARK, check_code
from app.search.text import (
    Typed,
    classify,
    pinyin_column,
)


@pytest.mark.parametrize(
    ("text", "guesses"),
    [
        ("王芳", {Typed.NAME: "王芳", Typed.GIVEN_NAME: "芳王", Typed.UNIT: "王芳"}),
        ("买买提·艾力", {Typed.NAME: "买买提艾力", Typed.GIVEN_NAME: None, Typed.UNIT: None}),
        ("𬭎䶮", {Typed.NAME: "𬭎䶮", Typed.GIVEN_NAME: "䶮𬭎", Typed.UNIT: None}),
        ("王", {Typed.NAME: "王"}),
        (
            "王秀梅",
            {Typed.NAME: None, Typed.GIVEN_NAME: None, Typed.UNIT: None, Typed.MISSPELT: "王秀梅"},
        ),
        ("lxm", {Typed.NAME: "lxm", Typed.PINYIN: "lxm", Typed.INITIALS: "lxm"}),
        ("l", {Typed.NAME: "l", Typed.INITIALS: "l"}),
        ("li xiu mei", {Typed.NAME: "lixiumei", Typed.PINYIN: "lixiumei"}),
        ("Lǜ'ān", {Typed.PINYIN: "lvan"}),
        (
            "4417",
            {
                Typed.NUMBER_TAIL: "4417",
                Typed.ID_TAIL: "7144",
                Typed.PHONE_TAIL: "7144",
                Typed.CARD_TAIL: "7144",
                Typed.OLD_NUMBER: "#7144",
            },
        ),
        ("００２ｘ", {Typed.ID_TAIL: "X200"}),
        ("9", {Typed.NUMBER_TAIL: "9"}),
        ("239081199003070013", {Typed.ID_NUMBER: "239081199003070013", Typed.CARD: None}),
        ("239081 19900307 001x", {Typed.ID_NUMBER: "23908119900307001X"}),
        ("239081900307001", {Typed.ID_NUMBER: "239081199003070013", Typed.CARD: None}),
        ("154 0000 4417", {Typed.PHONE: "15400004417", Typed.OLD_NUMBER: None}),
        (
            "0451-82345678",
            {Typed.PHONE: "0451-82345678", Typed.CARD: None, Typed.OLD_NUMBER: None},
        ),
        ("哈困 ０００００１", {Typed.OLD_NUMBER: "#100000困哈"}),
        ("hk-2009-001", {Typed.OLD_NUMBER: "#1009002KH"}),
        ("6299 9900 0000 0000 123", {Typed.CARD: "6299990000000000123"}),
        (
            "2026-0440",
            {
                Typed.NUMBER: "2026-0440",
                Typed.PHONE_TAIL: None,
                Typed.CARD_TAIL: None,
                Typed.OLD_NUMBER: None,
            },
        ),
        ("2026年440号", {Typed.NUMBER: "2026-0440"}),
        ("贷2026-17", {Typed.BOARD_NUMBER: "贷2026-0017", Typed.OLD_NUMBER: None}),
        ("〔2026〕第00118号", {Typed.PAPER_NUMBER: "〔2026〕第00118号"}),
        ("哈工帮证〔2026〕118", {Typed.PAPER_NUMBER: "哈工帮证〔2026〕第00118号"}),
        ("[2026]118", {Typed.PAPER_NUMBER: "〔2026〕第00118号"}),
        ("7k2mqx4d", {Typed.CHECK_CODE: "7K2M-QX4D"}),
        ("7K2M-QX4D", {Typed.CHECK_CODE: "7K2M-QX4D"}),
        ("bf1:abc2 34", {Typed.SCAN: "BF1:ABC234"}),
        ("> 打印", {Typed.COMMAND: "打印"}),
        ("》打印", {Typed.COMMAND: "打印"}),
        ("＞", {Typed.COMMAND: ""}),
        ("", {}),
        ("·", {}),
    ],
)
def test_names_all_that_a_text_may_be(text: str, guesses: dict[Typed, str | None]) -> None:
    """`None` stands for a key that follows from the text and is not of interest here."""
    found = {guess.typed: guess.key for guess in classify(text).guesses}
    assert found.keys() == guesses.keys()
    assert {
        typed: key for typed, key in guesses.items() if key is not None
    }.items() <= found.items()


def test_tells_what_papers_of_ours_carry() -> None:
    code = check_code("a paper")
    assert classify(code).key(Typed.CHECK_CODE) == code
    assert classify(MARK.lower() + "abc").key(Typed.SCAN) == MARK + "ABC"


@given(st.text())
def test_no_text_is_too_odd_to_be_classified(text: str) -> None:
    classified = classify(text)
    kinds = [guess.typed for guess in classified.guesses]
    assert len(kinds) == len(set(kinds))
    assert classify(classified.text) == classified


@given(st.text("0123456789X-〔〕 第号年 >BF", max_size=24))
def test_no_number_is_too_odd_to_be_classified(text: str) -> None:
    keys = classify(text).guesses
    assert all(guess.key or guess.typed is Typed.COMMAND for guess in keys)


@given(st.text("0123456789", min_size=4, max_size=6), st.text("0123456789", max_size=12))
def test_a_tail_is_the_beginning_of_the_reversed_column(tail: str, head: str) -> None:
    key = classify(tail).key(Typed.ID_TAIL)
    assert key is not None
    assert backwards(head + tail).startswith(key)


@pytest.mark.parametrize("name", ["李秀梅", "吕绿", "尉迟恭", "Anna Li"])
def test_typed_pinyin_meets_the_stored_keys(name: str) -> None:
    keys = name_keys(name)
    assert classify(keys.sort.removesuffix(name)).key(Typed.PINYIN) == keys.full[0]
    assert pinyin_column(keys.full[0]) == keys.full[0]


def test_a_name_is_kept_and_sought_in_one_form() -> None:
    assert bare_name("买买提 · 艾力") == bare_name("买买提•艾力") == "买买提艾力"
    assert bare_name("王　芳") == "王芳"
