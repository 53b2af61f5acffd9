"""Reads resident ID and card numbers, and names how a spreadsheet spoils them.

A spreadsheet keeps 15 digits of a number: typed as a number, an ID of 18 digits ends in 000 or is
shown as 2.30103E+17. What is lost then is lost; only the card or the paper file has it.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from app.core.contact import check_card, doubt_card, normalise_card
from app.core.i18n import N_
from app.core.resident_id import (
    OLDEST,
    ResidentIdFacts,
    age,
    check_character,
    normalise_id,
    read_id,
)
from app.exchange.archive_problems import Odd
from app.exchange.workbook import Cell

SCIENTIFIC: Final = re.compile(r"\d(?:\.\d{1,20})?E\+?[12]?\d", re.ASCII)
"""How a spreadsheet shows a number that is too long for it."""
_KEPT: Final = 10**15
"""Numbers from here on may have lost digits."""
_EXACT: Final = 2**53
"""Whole numbers up to here stand exactly in a file, though no spreadsheet shows them all."""
_SHOWN: Final = 10**6
"""What was shown as 2.30103E+17 and taken for the number ends in more zeros than rounding makes."""
_WHOLE: Final = 18
_SLIPS: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "|": "1"})
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_UNSAID: Final = frozenset({"", "无", "暂无", "不详", "未知", "未办", "无身份证"})
_DOUBLED: Final = {digit: sum(divmod(2 * int(digit), 10)) for digit in "0123456789"}
_SINGLE: Final = {digit: int(digit) for digit in "0123456789"}


class _Sums(dict[str, int]):
    """The weighted sums of one part of the numbers, each told once."""

    def __init__(self, start: int, sound: Callable[[str], bool]) -> None:
        super().__init__()
        self._start, self._sound = start, sound

    def __missing__(self, digits: str) -> int:
        if not (digits.isascii() and digits.isdigit() and self._sound(digits)):
            raise KeyError(digits)
        weights = _WEIGHTS[self._start :]
        self[digits] = sum(int(d) * weight for d, weight in zip(digits, weights, strict=False))
        return self[digits]


def resident_ids(today: date) -> Callable[[Cell], object]:
    """Return a reader of resident ID numbers: sound ones are given in 18 characters."""

    def born(digits: str) -> bool:
        try:
            return (
                0 <= age(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])), today) <= OLDEST
            )
        except ValueError:
            return False

    area = _Sums(0, lambda digits: len(digits) == 6)
    birth = _Sums(6, born)
    order = _Sums(14, lambda digits: len(digits) == 3)

    def read(cell: Cell) -> object:
        if isinstance(cell, str) and len(cell) == 18:
            try:
                total = area[cell[:6]] + birth[cell[6:14]] + order[cell[14:17]]
                if "10X98765432"[total % 11] == cell[17]:
                    return cell
            except KeyError:
                pass
        return _odd_id(cell, today)

    return read


def _odd_id(cell: Cell, today: date) -> object:
    """Return an ID number that needs a closer look, or what is wrong with it."""
    text, lost = _digits(cell)
    if text in _UNSAID:
        return ""
    if lost:
        return Odd(value="", code=lost, data={"value": text})
    read = read_id(text, today=today)
    if isinstance(read, ResidentIdFacts):
        return read.number
    if read.code == "id_15":
        return Odd(value=read.data["offer"], code="id_15", offer=str(read.data["offer"]))
    if read.code == "id_check_digit" and text.endswith("000"):
        return Odd(value="", code="id_rounded")
    if read.code == "id_characters" and len(text) != _WHOLE and not text.strip("0123456789X"):
        says = N_("An ID number has 18 characters; this has {count}.")
        return Odd(value="", code="id_length", says=says, data={"count": len(text)})
    return Odd(
        value="", code=read.code, says=read.says, data=read.data, offer=_likely_id(text, today)
    )


def _digits(cell: Cell) -> tuple[str, str]:
    """Return a number as text, and the code of how its digits were lost, if they were."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if cell != cell or abs(cell) >= 1e20:
            return f"{cell:g}", "id_scientific"
        number = int(cell)
        if number < _KEPT:
            return str(number), ""
        if number % _SHOWN == 0:
            return f"{cell:.6g}".upper(), "id_scientific"
        return str(number), "id_rounded"
    text = normalise_id(str(cell))
    return text, "id_scientific" if SCIENTIFIC.fullmatch(text) else ""


def _likely_id(text: str, today: date) -> str:
    """Return the number that is probably meant; empty when there is none."""
    bare = re.sub("[^0-9X]", "", text.translate(_SLIPS))
    if len(bare) == 17 and bare.isdigit():
        bare += check_character(bare)
    read = read_id(bare, today=today)
    if isinstance(read, ResidentIdFacts):
        return read.number
    return str(read.data.get("offer", ""))


def read_card(cell: Cell) -> object:
    """Read a card or account number; one that cannot be is kept, with a warning."""
    if isinstance(cell, str) and _luhn(cell):
        return cell
    text, lost = _digits(cell)
    if text in _UNSAID:
        return ""
    if lost and not (isinstance(cell, float | int) and cell < _EXACT and _luhn(text)):
        return Odd(value="", code=lost, data={"value": text})
    number = normalise_card(text)
    problem = check_card(number) or doubt_card(number)
    if problem is None:
        return number
    return Odd(value=number[:40], code="card_luhn", says=problem.says, data=problem.data)


def _luhn(digits: str) -> bool:
    """Tell whether a text is digits of a card's length with a card's last digit."""
    if not (12 <= len(digits) <= 19 and digits.isascii() and digits.isdigit()):
        return False
    odd = sum(map(_SINGLE.__getitem__, digits[::-2]))
    even = sum(map(_DOUBLED.__getitem__, digits[-2::-2]))
    return (odd + even) % 10 == 0
