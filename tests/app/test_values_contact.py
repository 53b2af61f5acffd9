"""Telephone, card and organisation numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.contact import (
    check_card,
    check_phone,
    doubt_card,
    doubt_uscc,
    normalise_card,
    normalise_phone,
)
from app.core.errors import Problem


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("154 0000 4417", "15400004417"),
        ("１５４００００４４１７", "15400004417"),
        ("+86 15400004417", "15400004417"),
        ("0086-154-0000-4417", "15400004417"),
        ("\u202d15400004417\u202c", "15400004417"),
        ("0451-82345678", "0451-82345678"),
        ("045182345678", "0451-82345678"),
        ("（0451）82345678转801", "0451-82345678-801"),
        ("+86 451 82345678", "0451-82345678"),
        ("010—62345678", "010-62345678"),
        ("82345678", "82345678"),
        ("400-123-4567", "4001234567"),
    ],
)
def test_a_phone_number_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert normalise_phone(typed) == kept
    assert normalise_phone(kept) == kept
    assert check_phone(typed) is None


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        ("154000044", "phone_length", "手机应为 11 位，现为 9 位"),
        ("154000044170", "phone_length", "手机应为 11 位，现为 12 位"),
        ("12345678901", "phone_prefix", "现为 12"),
        ("0451-8234", "phone_length", "现共 8 位"),
        ("8234", "phone_length", "现共 4 位"),
        ("无", "phone_characters", "只能有数字"),
        ("1540000441a", "phone_characters", "只能有数字"),
        ("²³", "phone_length", "现共 2 位"),
    ],
)
def test_says_what_is_wrong_with_a_phone_number(typed: str, code: str, says: str) -> None:
    problem = check_phone(typed, field="members[1].phone")
    assert problem is not None
    assert (problem.field, problem.code) == ("members[1].phone", code)
    assert says in problem.tell()


@pytest.mark.parametrize("typed", ["6299 9900 0000 0000 125", "６２９９-990000000000125"])
def test_a_card_number_is_kept_as_digits(typed: str) -> None:
    assert normalise_card(typed) == "6299990000000000125"
    assert check_card(typed) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("62999900000", "card_length"),
        ("62999900000000000000", "card_length"),
        ("6299990000000000x", "card_characters"),
        ("6.29999E+18", "card_characters"),
    ],
)
def test_says_what_is_wrong_with_a_card_number(typed: str, code: str) -> None:
    problem = check_card(typed)
    assert problem is not None
    assert problem.code == code


def test_a_wrong_luhn_digit_is_doubted_never_refused() -> None:
    sound = [n for n in (f"629999000000000012{d}" for d in range(10)) if doubt_card(n) is None]
    assert len(sound) == 1
    wrong = sound[0][:-1] + str((int(sound[0][-1]) + 1) % 10)
    doubt = doubt_card(wrong)
    assert doubt is not None
    assert doubt.code == "card_luhn"
    assert check_card(wrong) is None


def test_a_number_that_is_refused_is_not_doubted_too() -> None:
    assert doubt_card("1234") is None


@pytest.mark.parametrize(
    ("code", "doubtful"),
    [
        ("91110000600037341L", False),  # the example of the library
        ("91110000600037341M", True),
        ("9111 0000 6000 3734 1l", False),
        ("123456789", True),
        ("生产队生产队生产队生产队生产队生产队", True),
    ],
)
def test_an_organisation_code_is_doubted_never_refused(code: str, doubtful: bool) -> None:
    assert isinstance(doubt_uscc(code), Problem) is doubtful


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    for problem in (check_phone(text), check_card(text), doubt_card(text), doubt_uscc(text)):
        assert problem is None or problem.tell()
