"""Resident ID numbers: read as typed, what is wrong named, nothing real refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from app.core.errors import Problem
from app.core.resident_id import (
    ResidentIdFacts,
    age,
    check_character,
    long_form,
    read_id,
)
from app.core.words.households import Sex

TODAY = date(2026, 11, 22)
SEVENTEEN = st.text("0123456789", min_size=17, max_size=17)


def number(area: str = "239081", birth: str = "19680312", order: str = "002") -> str:
    first = area + birth + order
    return first + check_character(first)


def facts(text: str) -> ResidentIdFacts:
    read = read_id(text, today=TODAY)
    assert isinstance(read, ResidentIdFacts), read
    return read


def problem(text: str) -> Problem:
    read = read_id(text, today=TODAY)
    assert isinstance(read, Problem)
    return read


def test_tells_birth_sex_and_province() -> None:
    read = facts(number())
    assert (read.birth, read.sex, read.region_hint) == (date(1968, 3, 12), Sex.FEMALE, "黑龙江")
    assert facts(number(order="001")).sex is Sex.MALE
    assert read.age(TODAY) == 58


@pytest.mark.parametrize(
    "typed",
    [
        "23908119680312002x",
        " 239081 19680312 002X ",
        "239081-19680312-002X",
        "２３９０８１１９６８０３１２００２Ｘ",
        "23908119680312002×",
        "23908119680312002Х",  # the Cyrillic letter
        "23908119680312002Ⅹ",  # the Roman numeral
        "\u202d23908119680312002X\u202c",
    ],
)
def test_reads_what_is_typed_or_pasted(typed: str) -> None:
    assert facts(typed).number == number() == "23908119680312002X"


@given(SEVENTEEN)
def test_the_check_digit_is_that_of_the_standard(first: str) -> None:
    assert check_character(first) == mod_11_2.calc_check_digit(first)


@given(SEVENTEEN, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_always_shows(first: str, place: int, shift: int) -> None:
    wrong = str((int(first[place]) + shift) % 10)
    assert check_character(first) != check_character(first[:place] + wrong + first[place + 1 :])


@pytest.mark.parametrize(
    "area",
    [
        "110111", "441900", "442000", "430181", "350583", "659001",  # in force
        "330103", "350402", "310119", "620201",  # before mergers, or not in a library's list
        "810000", "820000", "830000",  # permits of Hong Kong, Macao and Taiwan
        "239002",  # 阿城, as given 1987-1995
    ],
)  # fmt: skip
def test_no_area_keeps_anybody_out(area: str) -> None:
    assert facts(number(area=area)).region_hint


def test_a_foreigners_card_has_no_province() -> None:
    assert facts(number(area="911124")).region_hint == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "id_length"),
        ("239081", "id_length"),
        (number(order="001") + "0", "id_length"),
        ("23908119680312002", "id_length"),
        ("23908168031200X", "id_length"),
        ("2.39081E+17", "id_characters"),
        ("23908119680312O021", "id_characters"),
        ("23908119680312X021", "id_characters"),
        ("王芳", "id_characters"),
        (number(birth="19680230"), "id_birth"),
        (number(birth="19681301"), "id_birth"),
        (number(birth="00000101"), "id_birth"),
        (number(birth="20300101"), "id_birth"),
        (number(birth="18000101"), "id_birth"),
        ("239081681332002", "id_birth"),
    ],
)
def test_says_which_part_is_wrong(text: str, code: str) -> None:
    assert problem(text).code == code


def test_names_the_check_digit_that_should_be() -> None:
    wrong = problem("239081196803120020")
    assert (wrong.code, wrong.data) == ("id_check_digit", {"expected": "X"})
    assert wrong.tell() == "身份证号最后一位不对，按前 17 位应为 X，请看证件"


def test_offers_the_long_form_of_an_old_number() -> None:
    old = problem("239081680312002")
    assert old.code == "id_15"
    assert old.data["offer"] == long_form("239081680312002") == number()
    assert facts(str(old.data["offer"])).birth == date(1968, 3, 12)


@pytest.mark.parametrize(
    ("birth", "sound"),
    [
        (TODAY, True),
        (TODAY + timedelta(1), False),
        (date(1905, 11, 23), True),
        (date(1905, 11, 22), False),
    ],
)
def test_nobody_is_unborn_or_older_than_120(birth: date, sound: bool) -> None:
    read = read_id(number(birth=f"{birth:%Y%m%d}"), today=TODAY)
    assert isinstance(read, ResidentIdFacts) is sound


def test_a_leap_day_birthday_comes_on_the_first_of_march() -> None:
    assert age(date(2004, 2, 29), date(2022, 2, 28)) == 17
    assert age(date(2004, 2, 29), date(2022, 3, 1)) == 18


@given(st.dates(date(1907, 1, 1), TODAY), st.integers(0, 999))
def test_every_sound_number_is_read_back(birth: date, order: int) -> None:
    read = facts(number(birth=f"{birth:%Y%m%d}", order=f"{order:03d}"))
    assert read.birth == birth
    assert (read.sex is Sex.MALE) is (order % 2 == 1)


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    read = read_id(text, today=TODAY)
    assert isinstance(read, ResidentIdFacts) or read.tell()
