"""Records are checked field by field, in their place."""

from datetime import UTC, date, datetime
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.center.records import CenterForm
from app.core.checks import check, check_field, warnings
from app.core.kinds import (
    Amount,
    BankCard,
    Choice,
    Count,
    Day,
    Kind,
    Lines,
    Many,
    Moment,
    Name,
    Phone,
    ResidentId,
    Secret,
    Text,
    YesNo,
)
from app.core.money import Fen
from app.core.record import Field, Record
from app.core.resident_id import check_character
from app.core.words import Answer
from app.core.words.households import Sex

TODAY = date(2026, 11, 22)
SOUND_ID = "23908119680312002" + check_character("23908119680312002")


class Person(Record):
    name: Annotated[str, Name(label="Name")]
    id_number: Annotated[str, ResidentId(label="ID number")] = ""
    phone: Annotated[str, Phone(label="Mobile")] = ""
    sex: Annotated[Sex, Choice(label="Sex", words=Sex)] | None = None
    income: Annotated[Fen, Amount(label="Income")] | None = None


class Family(Record):
    head: Person
    address: Annotated[str, Text(label="Address")] = ""
    card: Annotated[str, BankCard(label="Card")] = ""
    members: Annotated[tuple[Person, ...], Many(label="Members")] = ()
    pets: tuple[str, ...] = ()


def code(kind: Kind, value: object, *, required: bool = True, optional: bool = False) -> str:
    field = Field("it", kind, object, required, optional)
    problem = check_field(field, value, today=TODAY)
    if problem is None:
        return ""
    assert problem.field == "it"
    assert problem.tell()
    return problem.code


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Text(label=""), "", "missing"),
        (Text(label=""), " ", "missing"),
        (Text(label="", max_length=3), "示例街", ""),
        (Text(label="", max_length=3), "示例大街", "too_long"),
        (Text(label="", min_length=2), "示", "too_short"),
        (Text(label=""), "示例\n街", "line_break"),
        (Lines(label=""), "示例\n街", ""),
        (Lines(label="", max_length=2), "示例街", "too_long"),
        (Name(label=""), "王𬭎䶮", ""),
        (Name(label=""), "买买提·艾力", ""),
        (Name(label=""), "王\ue000", "private_use"),
        (Name(label=""), "王2", "name_digits"),
        (Secret(label="", min_length=8), "short", "too_short"),
        (Secret(label="", min_length=8), "long enough", ""),
        (Amount(label=""), 0, ""),
        (Amount(label=""), -1, "too_small"),
        (Amount(label="", at_least=1), 0, "too_small"),
        (Amount(label="", at_most=15000), 15001, "too_large"),
        (Count(label="", at_least=1, at_most=30), 30, ""),
        (Count(label="", at_least=1, at_most=30), 31, "too_large"),
        (Day(label=""), date(2027, 1, 1), ""),
        (Day(label="", may_be_future=False), TODAY, ""),
        (Day(label="", may_be_future=False), date(2026, 11, 23), "future"),
        (Day(label=""), date(202, 11, 23), "too_early"),
        (Day(label=""), datetime(2026, 11, 23, tzinfo=UTC), ""),
        (Moment(label=""), datetime(2026, 11, 23, tzinfo=UTC), ""),
        (Choice(label="", words=Sex), Sex.MALE, ""),
        (Choice(label="", words=Sex), "男", ""),
        (Choice(label="", words=Sex), "其他", "unknown_word"),
        (YesNo(label=""), Answer.NOT_ASKED, ""),
        (ResidentId(label=""), SOUND_ID, ""),
        (ResidentId(label=""), SOUND_ID[:17], "id_length"),
        (Phone(label=""), "154000044", "phone_length"),
        (BankCard(label=""), "123", "card_length"),
    ],
)
def test_each_kind_has_its_limits(kind: Kind, value: object, expected: str) -> None:
    assert code(kind, value) == expected


@pytest.mark.parametrize("kind", [Text(label=""), ResidentId(label=""), Phone(label="")])
def test_what_need_not_be_given_may_be_empty(kind: Kind) -> None:
    assert code(kind, "", required=False) == ""
    assert code(kind, None, optional=True) == ""
    assert code(kind, None) == "missing"


def test_a_sum_is_shown_in_yuan() -> None:
    field = Field("it", Amount(label="", at_most=15000), int, True, False)
    problem = check_field(field, 15001, today=TODAY)
    assert problem is not None
    assert problem.tell() == "应不超过 150.00，现为 150.01"


def test_problems_carry_the_place_of_their_field() -> None:
    family = Family(
        head=Person(name="", phone="15400"),
        card="1",
        members=(Person(name="王芳"), Person(name="王一", id_number="1", income=Fen(-1))),
        pets=("猫",),
    )
    assert [(p.field, p.code) for p in check(family, today=TODAY)] == [
        ("head.name", "missing"),
        ("head.phone", "phone_length"),
        ("card", "card_length"),
        ("members[1].id_number", "id_length"),
        ("members[1].income", "too_small"),
    ]
    assert warnings(family, today=TODAY) == []


def test_warnings_do_not_keep_a_record_out() -> None:
    foreign = "91112419680312002" + check_character("91112419680312002")
    family = Family(
        head=Person(name="王芳", id_number=foreign),
        address="示例街\ue000号",
        card="6299990000000000120",
    )
    assert check(family, today=TODAY) == []
    assert [(p.field, p.code) for p in warnings(family, today=TODAY)] == [
        ("head.id_number", "id_region"),
        ("address", "private_use"),
        ("card", "card_luhn"),
    ]


def test_the_account_of_an_organisation_has_no_digit_that_checks_the_others() -> None:
    form = CenterForm(name="困难职工帮扶中心", payer_account="2390010000000000000")
    assert check(form, today=TODAY) == []
    assert warnings(form, today=TODAY) == []


def test_a_sound_record_has_neither() -> None:
    family = Family(
        head=Person(name="王芳", id_number=SOUND_ID, phone="15400004417", sex=Sex.FEMALE)
    )
    assert check(family, today=TODAY) == []
    assert warnings(family, today=TODAY) == []


@given(st.text(), st.text(), st.text())
def test_any_text_can_be_checked(name: str, number: str, phone: str) -> None:
    person = Person(name=name, id_number=number, phone=phone)
    for problem in check(person, today=TODAY) + warnings(person, today=TODAY):
        assert problem.tell()
