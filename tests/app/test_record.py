"""Records: frozen, described once, compared field by field."""

import dataclasses
from typing import Annotated

import pytest

from app.core.kinds import Amount, Many, Name, Phone, Text
from app.core.money import Fen
from app.core.record import Nothing, Record, changed, only, spec, specs, values

FullName = Annotated[str, Name(label="Name")]


class Guest(Record):
    name: FullName
    phone: Annotated[str, Phone(label="Mobile")] = ""
    income: Annotated[Fen, Amount(label="Income")] | None = None
    spending: Annotated[Fen | None, Amount(label="Spending")] = None
    remark: str = ""


class Party(Guest):
    others: Annotated[tuple[Guest, ...], Many(label="Others")] = ()


def test_a_record_is_frozen_equal_by_value_and_made_by_keyword() -> None:
    guest = Guest(name="王芳")
    assert guest == Guest(name="王芳", phone="")
    assert hash(guest) == hash(Guest(name="王芳"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(guest, "name", "王一")  # noqa: B010 - the type checker refuses the plain form
    with pytest.raises(TypeError):
        Guest("王芳")  # type: ignore[misc] # pyright: ignore[reportCallIssue] - what is tested


def test_the_fields_of_a_record_in_order() -> None:
    assert [field.name for field in specs(Guest)] == [
        "name",
        "phone",
        "income",
        "spending",
        "remark",
    ]
    assert specs(Nothing) == ()


def test_a_field_knows_its_kind_and_what_may_be_missing() -> None:
    assert spec(Guest, "name").required
    assert spec(Guest, "name").kind == Name(label="Name")
    assert not spec(Guest, "phone").required
    assert spec(Guest, "phone").private


@pytest.mark.parametrize("name", ["income", "spending"])
def test_the_kind_is_found_on_either_side_of_none(name: str) -> None:
    field = spec(Guest, name)
    assert field.optional
    assert isinstance(field.kind, Amount)


def test_a_field_without_description_is_text_under_its_name() -> None:
    assert spec(Guest, "remark").kind == Text(label="remark")


def test_a_record_that_grows_keeps_the_fields_it_stands_on() -> None:
    assert specs(Party)[:5] == specs(Guest)
    assert isinstance(spec(Party, "others").kind, Many)


def test_what_a_record_holds_and_what_changed() -> None:
    before = Guest(name="王芳", phone="15400001234")
    after = dataclasses.replace(before, phone="15400004321", income=Fen(0))
    assert values(before)["phone"] == "15400001234"
    assert only(before, {"name", "absent"}) == {"name": "王芳"}
    assert changed(before, after) == {
        "phone": ("15400001234", "15400004321"),
        "income": (None, 0),
    }
