"""The signature: what it covers, that it notices changes, and that it fits a QR code."""

import dataclasses
import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.papers.qr import qr
from app.papers.seal import (
    KINDS,
    Claims,
    check,
    check_code,
    claims_of,
    digest,
    name_hash,
    new_key,
    read_claims,
    sign,
)
from app.papers.sheet import thaw
from tests.papers import PRIVATE_KEY, PUBLIC_KEY, approval, certificate

CLAIMS = st.builds(
    Claims,
    kind=st.sampled_from(KINDS),
    number=st.text("哈工帮证〔〕第号-0123456789ABC", min_size=1, max_size=24),
    issued_on=st.dates(),
    amount=st.integers(0, 2**40 - 1),
    name_hash=st.binary(min_size=6, max_size=6).map(bytes.hex),
    digest=st.binary(min_size=12, max_size=12).map(bytes.hex),
)


@given(CLAIMS)
def test_what_is_signed_comes_back(claims: Claims) -> None:
    payload = sign(PRIVATE_KEY, claims)
    assert check(PUBLIC_KEY, payload) == claims
    assert read_claims(payload) == claims
    assert check(PUBLIC_KEY, payload.lower()) == claims  # a hand scanner with caps lock


@given(CLAIMS, st.data())
def test_one_character_changed_is_noticed(claims: Claims, data: st.DataObject) -> None:
    payload = sign(PRIVATE_KEY, claims)
    place = data.draw(st.integers(0, len(payload) - 2))  # the last may hold unused bits
    other = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
    changed = payload[:place] + other + payload[place + 1 :]
    assert changed == payload or check(PUBLIC_KEY, changed) is None


@given(st.text())
def test_other_texts_are_not_ours(text: str) -> None:
    assert check(PUBLIC_KEY, text) is None
    assert check(PUBLIC_KEY, "BF1:" + text) is None


def test_another_center_is_not_ours() -> None:
    private, public = new_key()
    payload = sign(private, claims_of(certificate()))
    assert check(public, payload) == claims_of(certificate())
    assert check(PUBLIC_KEY, payload) is None


def test_the_digest_covers_all_that_is_issued_and_no_copy() -> None:
    sheet = certificate()
    assert digest(thaw(sheet.frozen())) == digest(sheet)
    assert digest(sheet.reprint(3, "损坏")) == digest(sheet)
    for change in (
        {"number": "哈工帮证〔2026〕第00119号"},
        {"issued_on": date(2026, 12, 7)},
        {"maker": "林晓"},
        {"demonstration": True},
        {"facts": {**sheet.facts, "household_size": 5}},
    ):
        assert digest(dataclasses.replace(sheet, **change)) != digest(sheet)  # pyright: ignore[reportArgumentType] - a Record is a dataclass


def test_the_claims_name_amount_and_person_without_the_name() -> None:
    claims = claims_of(approval())
    assert claims.amount == 239756
    assert claims.name_hash == name_hash(claims.number, "周玉华")
    assert claims.name_hash != name_hash("another number", "周玉华")
    assert "周玉华" not in repr(claims)


def test_the_check_code_can_be_read_out() -> None:
    codes = {check_code(str(number)) for number in range(500)}
    assert len(codes) == 500
    for code in codes:
        assert len(code) == 9
        assert code[4] == "-"
        assert not set(code) & set("01ILOU")


@pytest.mark.parametrize(
    ("text", "side", "modules"),
    [
        # Each was read back with another program (ZXing) when the value was taken.
        ("BF1:TEST", 21, "6260cbbc1fcbc90c"),
        ("BF1:" + "A2B3C4D5" * 25, 49, "2d4750032896d26a"),
        ("困难职工 abc", 25, "2d93fcedcdf6fcfc"),
    ],
)
def test_qr_codes_are_those_that_were_read_with_another_program(
    text: str, side: int, modules: str
) -> None:
    symbol = qr(text)
    assert symbol.side == side
    assert hashlib.sha256(symbol.rows).hexdigest()[:16] == modules


def test_a_payload_of_ours_fits_a_code_that_prints_well() -> None:
    assert qr(certificate().payload).side <= 49  # half a millimetre a module in 25 mm
    with pytest.raises(ValueError, match="do not fit"):
        qr("A" * 600)
