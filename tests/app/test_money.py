"""Amounts: read as typed, shown, divided to the fen, written in capitals."""

from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal, localcontext

import cn2an  # pyright: ignore[reportMissingTypeStubs] - it has none
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import LARGEST, NotAnAmount, capitals, divide, parse_yuan, yuan_text

AMOUNTS = st.integers(min_value=1, max_value=LARGEST)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,200.00", 120000),
        ("1200", 120000),
        ("1200元", 120000),
        ("1200 元", 120000),
        ("¥1 200", 120000),
        ("￥1，200.5", 120050),
        ("１２００．５０", 120050),
        ("12。50", 1250),
        ("1200.", 120000),
        ("1200.500", 120050),
        ("0", 0),
        ("-0.00", 0),
        ("007", 700),
        (" 0.01 ", 1),
        ("10000000000000", LARGEST),
    ],
)
def test_reads_yuan_as_people_type_them(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad_amount"),
        ("元", "bad_amount"),
        (".5", "bad_amount"),
        ("约1200", "bad_amount"),
        ("12,50", "bad_amount"),
        ("1,2", "bad_amount"),
        ("1_200", "bad_amount"),
        ("1.2e3", "bad_amount"),
        ("nan", "bad_amount"),
        ("Infinity", "bad_amount"),
        ("١٢", "bad_amount"),
        ("1.2万", "bad_amount"),
        ("10000000000000.01", "bad_amount"),
        ("9" * 5000, "bad_amount"),
        ("-1", "negative_amount"),
        ("-0.001", "negative_amount"),
        ("1.005", "too_many_decimals"),
        ("0." + "0" * 60 + "1", "too_many_decimals"),
    ],
)
def test_says_why_a_text_is_no_amount(text: str, code: str) -> None:
    with pytest.raises(NotAnAmount) as caught:
        parse_yuan(text)
    assert caught.value.code == code


@given(st.text())
def test_any_text_is_an_amount_or_is_refused(text: str) -> None:
    with suppress(NotAnAmount):
        assert 0 <= parse_yuan(text) <= LARGEST


@given(st.integers(min_value=0, max_value=LARGEST))
def test_what_is_shown_is_read_back(fen: int) -> None:
    assert parse_yuan(yuan_text(fen)) == fen
    assert parse_yuan(yuan_text(fen).replace(",", "") + "元") == fen


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (-5, "-0.05"),
        (239756, "2,397.56"),
        (59800000000, "598,000,000.00"),
    ],
)
def test_shows_two_decimals_and_thousands(fen: int, text: str) -> None:
    assert yuan_text(fen) == text


def test_the_worked_example_of_the_income_test() -> None:
    assert divide(4800000 - 2000000, 12 * 3) == 77778


@given(st.integers(min_value=-LARGEST, max_value=LARGEST), st.integers(1, 10**9))
def test_divides_as_decimals_do(fen: int, by: int) -> None:
    with localcontext(prec=80):
        exact = (Decimal(fen) / Decimal(by)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert divide(fen, by) == int(exact)


@pytest.mark.parametrize("by", [0, -1])
def test_does_not_divide_among_none(by: int) -> None:
    with pytest.raises(ValueError, match="cannot share"):
        divide(100, by)


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        # 《支付结算办法》 附件一, its own examples, then the edges of each rule
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("10.00", "壹拾元整"),
        ("100000.00", "壹拾万元整"),
        ("100005.00", "壹拾万零伍元整"),
        ("20000000.00", "贰仟万元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("5980000.00", "伍佰玖拾捌万元整"),
        ("258600.00", "贰拾伍万捌仟陆佰元整"),
        ("2397.56", "贰仟叁佰玖拾柒元伍角陆分"),
        ("1000000000000", "壹万亿元整"),
        ("1234500000000", "壹万贰仟叁佰肆拾伍亿元整"),
        ("100000010.10", "壹亿零壹拾元零壹角整"),
    ],
)
def test_capitals_of_the_rule_book(yuan: str, text: str) -> None:
    assert capitals(parse_yuan(yuan)) == text


@given(st.integers(1, 10**12 - 1))
def test_capitals_of_whole_yuan_agree_with_cn2an(yuan: int) -> None:
    assert capitals(yuan * 100) == cn2an.an2cn(str(yuan), "up") + "元整"


@given(AMOUNTS)
def test_capitals_say_the_amount_and_nothing_else(fen: int) -> None:
    text = capitals(fen)
    assert _spoken(text) == fen
    assert "零零" not in text
    assert text.endswith("整") is (fen % 10 == 0)


@pytest.mark.parametrize("fen", [0, -1])
def test_nothing_is_not_written_in_capitals(fen: int) -> None:
    with pytest.raises(ValueError, match="capitals"):
        capitals(fen)


def _spoken(text: str) -> int:
    """Read capitals back: add up the digits times their units, group by group."""
    units = {"分": 1, "角": 10, "元": 100, "拾": 10, "佰": 100, "仟": 1000}
    fen = yuan = group = digit = 0
    for sign in text:
        if sign in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in "拾佰仟":
            group, digit = group + digit * units[sign], 0
        elif sign == "万":
            yuan, group, digit = yuan + (group + digit) * 10**4, 0, 0
        elif sign == "亿":
            yuan, group, digit = (yuan + group + digit) * 10**8, 0, 0
        elif sign == "元":
            fen, digit = (yuan + group + digit) * 100, 0
        elif sign in "角分":
            fen, digit = fen + digit * units[sign], 0
    return fen
