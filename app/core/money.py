"""Money in whole fen. Decimals and yuan exist only at the edges: typing, showing, printing."""

import re
from decimal import Decimal
from typing import Final, NewType

from app.core.text import normalise

Fen = NewType("Fen", int)
"""An amount in fen (0.01 yuan)."""

ZERO = Fen(0)
LARGEST = Fen(10**15)
"""Ten thousand thousand million yuan: nothing the center handles comes near it."""


class NotAnAmount(ValueError):
    """The text is not an amount in yuan. ``code`` says why, as in the import problem table."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_YUAN: Final = re.compile(r"(-?)((?:\d{1,3}(?:[, ]\d{3})+)|\d+)(?:\.(\d*))?", re.ASCII)
"""The sign, the whole yuan (thousands may be set apart), the decimals."""


def parse_yuan(text: str) -> Fen:
    """Read an amount in yuan as people type it: ``1,200.00``, ``1200``, ``1200元``, ``¥1 200``.

    Raises `NotAnAmount` with the code ``bad_amount``, ``negative_amount`` or
    ``too_many_decimals``: an amount is never rounded silently. A comma stands only before three
    digits: ``12,50`` could be twelve yuan fifty or a slip, so it is neither.
    """
    bare = normalise(text).replace("，", ",").replace("。", ".").removeprefix("¥")
    match = _YUAN.fullmatch(bare.removeprefix("￥").removesuffix("元").strip())
    if match is None:
        raise NotAnAmount("bad_amount")
    yuan, decimals = re.sub("[, ]", "", match[2]).lstrip("0"), (match[3] or "").rstrip("0")
    if match[1] and (yuan or decimals):
        raise NotAnAmount("negative_amount")
    if len(yuan) > len(str(LARGEST)):
        raise NotAnAmount("bad_amount")
    if len(decimals) > 2:
        raise NotAnAmount("too_many_decimals")
    fen = int(yuan + decimals.ljust(2, "0"))
    if fen > LARGEST:
        raise NotAnAmount("bad_amount")
    return Fen(fen)


def yuan_text(fen: int) -> str:
    """Write an amount in yuan with two decimals and thousands commas: ``2,397.56``."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{sign}{yuan:,}.{rest:02d}"


def whole_fen(yuan: int | Decimal) -> Fen | None:
    """Return an amount of a document in fen; `None` for one that is negative, too large, or has
    more than two decimals."""
    amount = Decimal(yuan)
    if not amount.is_finite() or not 0 <= amount <= Decimal(LARGEST) / 100:
        return None
    fen = amount * 100
    return Fen(int(fen)) if fen == fen.to_integral_value() else None


def divide(fen: int, by: int) -> Fen:
    """Divide to the fen, half up (away from zero). ``by`` is more than zero."""
    if by <= 0:
        raise ValueError(f"cannot share among {by}")
    share = (2 * abs(fen) + by) // (2 * by)
    return Fen(-share if fen < 0 else share)


def capitals(fen: int) -> str:
    """Write a positive amount in Chinese capitals for papers: ``贰仟叁佰玖拾柒元伍角陆分``.

    Follows 《支付结算办法》附件一《正确填写票据和结算凭证的基本规定》 (PBoC 1997).
    Of the variants it allows, a zero before 角 is written and 整 stands after 角.

    Raises `ValueError` for zero or less: such an amount is never printed in capitals.
    """
    if fen <= 0:
        raise ValueError(f"{fen} fen cannot be written in capitals")
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    text = _capital_integer(yuan) + "元" if yuan else ""
    if jiao:
        if yuan and yuan % 10 == 0:
            text += "零"
        text += _DIGITS[jiao] + "角"
    if cents:
        if yuan and not jiao:
            text += "零"
        return text + _DIGITS[cents] + "分"
    return text + "整"


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))


def _capital_integer(number: int) -> str:
    """Write a positive number: what stands before the largest unit, the unit, the rest."""
    for size, unit in _UNITS:
        if number >= size:
            before, rest = divmod(number, size)
            text = _capital_integer(before) + unit
            if not rest:
                return text
            return text + ("零" if rest * 10 < size else "") + _capital_integer(rest)
    return _DIGITS[number]
