"""Resident ID numbers (公民身份号码, GB 11643-1999): read, checked, taken apart.

Eighteen characters: six digits of the area, eight of the birth date, three of the order (odd for
men) and a check digit. The area is a hint, never a block: people keep their first code for life,
and no published list holds all that were ever given. Permits of people from Hong Kong, Macao and
Taiwan (81, 82, 83) and of foreigners (9) have the same form.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.core.errors import Problem
from app.core.i18n import N_
from app.core.words.households import Sex

OLDEST: Final = 120
"""Years of age beyond which a birth date is taken for a slip."""

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_FOLD: Final = str.maketrans({"×": "X", "Х": "X", "х": "X"})  # the sign and the Cyrillic letter
_REGIONS: Final = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古",
    "21": "辽宁", "22": "吉林", "23": "黑龙江", "31": "上海", "32": "江苏", "33": "浙江",
    "34": "安徽", "35": "福建", "36": "江西", "37": "山东", "41": "河南", "42": "湖北",
    "43": "湖南", "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川",
    "52": "贵州", "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃", "63": "青海",
    "64": "宁夏", "65": "新疆", "71": "台湾", "81": "香港", "82": "澳门", "83": "台湾",
}  # fmt: skip


@dataclass(frozen=True)
class ResidentIdFacts:
    """What a sound number tells."""

    number: str
    """The number as it is kept: eighteen characters, an upper-case X."""
    birth: date
    sex: Sex
    region_hint: str
    """The province of the first registration, such as 黑龙江; empty when not known."""

    def age(self, on: date) -> int:
        """Return the age in full years on the day ``on``."""
        return age(self.birth, on)


def age(birth: date, on: date) -> int:
    """Return the full years between ``birth`` and ``on``; less than 0 before the birth."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def normalise_id(text: str) -> str:
    """Return the number as it is kept: narrow digits, an upper-case X, nothing in between."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_FOLD)
    return "".join(c for c in plain if c.isprintable() and c not in " -")


def check_character(first: str) -> str:
    """Return the eighteenth character for the seventeen ``first`` (ISO 7064, MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first, strict=True))
    return _CHECKS[total % 11]


def long_form(number: str) -> str:
    """Return the 18-character form of a 15-digit number of before 1999."""
    first = number[:6] + "19" + number[6:]
    return first + check_character(first)


def read_id(text: str, *, today: date, field: str = "id_number") -> ResidentIdFacts | Problem:
    """Read a number as typed; return what it tells, or what is wrong with it under ``field``.

    The codes are ``id_length``, ``id_characters``, ``id_birth``, ``id_check_digit`` and, for a
    15-digit number, ``id_15`` with the 18-character form as ``data["offer"]``.
    """
    number = normalise_id(text)
    if not re.fullmatch(r"[0-9]*X?", number):
        return Problem(
            field,
            "id_characters",
            N_("An ID number has digits only; the last character may be X. Here stands “{wrong}”."),
            {"wrong": re.sub("[0-9]", "", number)},
        )
    if len(number) not in (15, 18) or (len(number) == 15 and number.endswith("X")):
        return Problem(
            field,
            "id_length",
            N_("An ID number has 18 characters; this has {count}."),
            {"count": len(number)},
        )
    full = number if len(number) == 18 else long_form(number)
    birth = _birth(full)
    if birth is None or not 0 <= age(birth, today) <= OLDEST:
        return Problem(
            field,
            "id_birth",
            N_("The birth date in the ID number, {birth}, cannot be. Please look at the card."),
            {"birth": full[6:14]},
        )
    if len(number) == 15:
        return Problem(
            field,
            "id_15",
            N_("This is an old number of 15 digits; in 18 characters it is {offer}."),
            {"offer": full},
        )
    expected = check_character(full[:17])
    if full[17] != expected:
        return Problem(
            field,
            "id_check_digit",
            N_(
                "The last character of the ID number is wrong: by the first 17 it should be "
                "{expected}. Please look at the card."
            ),
            {"expected": expected},
        )
    sex = Sex.MALE if int(full[16]) % 2 else Sex.FEMALE
    return ResidentIdFacts(full, birth, sex, _REGIONS.get(full[:2], ""))


def _birth(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
