"""Telephone, bank card and organisation numbers: how they are kept and what is wrong with them."""

import re
import unicodedata
from typing import Final

from app.core.errors import Problem
from app.core.i18n import N_

_AREA: Final = r"0(?:10|2\d|[3-9]\d{2})"
_LANDLINE: Final = re.compile(rf"({_AREA})?-?([2-9]\d{{6,7}})(?:-(\d{{1,5}}))?", re.ASCII)
_SERVICE: Final = re.compile(r"[48]00\d{7}", re.ASCII)
_MOBILE: Final = re.compile(r"1[3-9]\d{9}", re.ASCII)
_BRACKETS: Final = str.maketrans("", "", "()")
_DASHES: Final = re.compile("[‐‑‒–—−]|转|分机|EXT")


def _plain(text: str) -> str:
    """Return ``text`` narrow and in capitals, without spaces and characters without a form."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(c for c in folded if c.isprintable() and c != " ")


def normalise_phone(text: str) -> str:
    """Return the number as it is kept: ``15400001234``, ``0451-82345678``, ``82345678-801``."""
    plain = _DASHES.sub("-", _plain(text)).translate(_BRACKETS)
    plain = re.sub(r"^(?:\+|00)86-?(?=[01])", "", plain)
    plain = re.sub(r"^(?:\+|00)86-?(?=[2-9])", "0", plain)
    digits = plain.replace("-", "")
    if digits.startswith("1") or _SERVICE.fullmatch(digits):
        return digits
    landline = _LANDLINE.fullmatch(plain)
    if landline is None:
        return plain
    return "-".join(part for part in landline.groups() if part)


def check_phone(text: str, *, field: str = "phone") -> Problem | None:
    """Return what is wrong with a telephone number.

    The codes are ``phone_characters``, ``phone_length`` and ``phone_prefix``.
    """
    number = normalise_phone(text)
    digits = number.replace("-", "")
    if not digits.isascii() or not digits.isdigit():
        says = N_("A telephone number has digits only; a - may stand in it.")
        return Problem(field, "phone_characters", says)
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(number) or _SERVICE.fullmatch(digits):
        return None
    if digits.startswith("1") and len(digits) == 11:
        says = N_("A mobile number begins with 13 to 19; this begins with {start}.")
        return Problem(field, "phone_prefix", says, {"start": digits[:2]})
    if digits.startswith("1"):
        says = N_("A mobile number has 11 digits; this has {count}.")
    else:
        says = N_(
            "A landline number has 7 or 8 digits after the area code; this has {count} in all."
        )
    return Problem(field, "phone_length", says, {"count": len(digits)})


def normalise_card(text: str) -> str:
    """Return a card or passbook number as it is kept: digits without anything in between."""
    return _plain(text).replace("-", "")


def check_card(text: str, *, field: str = "account_number") -> Problem | None:
    """Return what is wrong with a card number (``card_length``, ``card_characters``)."""
    number = normalise_card(text)
    if not number.isascii() or not number.isdigit():
        return Problem(field, "card_characters", N_("A bank card number has digits only."))
    if not 12 <= len(number) <= 19:
        return Problem(
            field,
            "card_length",
            N_("A bank card number has 12 to 19 digits; this has {count}."),
            {"count": len(number)},
        )
    return None


def doubt_card(text: str, *, field: str = "account_number") -> Problem | None:
    """Return the warning ``card_luhn`` when the last digit does not fit the others.

    Some passbooks and old accounts are right all the same, so it never blocks.
    """
    from stdnum import luhn  # noqa: PLC0415 - heavy, on first use

    number = normalise_card(text)
    if check_card(number) is not None or luhn.is_valid(number):
        return None
    return Problem(
        field,
        "card_luhn",
        N_("The last digit does not fit the others; please compare it with the card."),
    )


def normalise_uscc(text: str) -> str:
    """Return a unified social credit code (统一社会信用代码) as it is kept."""
    return _plain(text).replace("-", "")


def doubt_uscc(text: str, *, field: str = "uscc") -> Problem | None:
    """Return the warning ``uscc_check`` for a code that is not sound.

    Organisations founded before 2015 may still hold a code of another kind (GB 32100-2015).
    """
    from stdnum.cn import uscc  # noqa: PLC0415 - heavy, on first use

    code = normalise_uscc(text)
    if len(code) != 18:
        return Problem(
            field,
            "uscc_check",
            N_("A unified social credit code has 18 characters; this has {count}."),
            {"count": len(code)},
        )
    try:
        sound = uscc.is_valid(code)
    except Exception:  # noqa: BLE001 - the library meets odd input with errors of many kinds
        sound = False
    if sound:
        return None
    return Problem(
        field,
        "uscc_check",
        N_("The last character does not fit the others; please look at the business licence."),
    )
