"""Private values as they may be seen by anybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.kinds import BankCard, Kind, Name, Phone, ResidentId, Secret, Text
from app.core.masking import HIDDEN, mask, mask_name

ID = ResidentId(label="")
PHONE = Phone(label="")
CARD = BankCard(label="")


@pytest.mark.parametrize(
    ("kind", "value", "seen"),
    [
        (ID, "239081196803120023", "2390**********0023"),
        (ID, "239081680312002", "2390*******2002"),
        (ID, "12345678", "********"),
        (PHONE, "15400004417", "154****4417"),
        (PHONE, "0451-82345678", "0451-****5678"),
        (PHONE, "0451-82345678-801", "0451-****5678-801"),
        (PHONE, "82345678", "****5678"),
        (PHONE, "1234", "****"),
        (CARD, "6299990000000004417", "6299 **** 4417"),
        (CARD, "12345", "*****"),
        (Secret(label=""), "demo-2012", HIDDEN),
        (Text(label="", private=True), "示例街 1 号", HIDDEN),
        (Name(label=""), "王芳", "王芳"),
        (ID, "", ""),
        (PHONE, None, ""),
        (Text(label=""), 12, "12"),
    ],
)
def test_a_private_value_keeps_only_what_tells_it_apart(
    kind: Kind, value: object, seen: str
) -> None:
    assert mask(kind, value) == seen


@given(st.sampled_from([ID, PHONE, CARD]), st.text("0123456789", min_size=5, max_size=30))
def test_digits_are_always_hidden(kind: Kind, value: str) -> None:
    assert "*" in mask(kind, value)
    assert value not in mask(kind, value)


@pytest.mark.parametrize(
    ("name", "seen"),
    [("王芳", "王*"), ("王小明", "王*明"), ("欧阳小明", "欧**明"), ("王", "*"), ("", "")],
)
def test_a_name_for_a_public_list(name: str, seen: str) -> None:
    assert mask_name(name) == seen
