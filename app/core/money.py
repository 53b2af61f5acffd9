"""Money in whole fen. Decimals and yuan exist only at the edges: typing, showing, printing."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NewType

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


def parse_yuan(text: str) -> Fen:
    """Read an amount in yuan as people type it: ``1,200.00``, ``1200``, ``1200元``, ``¥1 200``.

    Raises `NotAnAmount` with the code ``bad_amount``, ``negative_amount`` or
    ``too_many_decimals``: an amount is never rounded silently.
    """
    bare = normalise(text).replace(",", "").replace(" ", "").strip("¥￥").removesuffix("元")
    try:
        yuan = Decimal(bare)
    except InvalidOperation:
        raise NotAnAmount("bad_amount") from None
    if not yuan.is_finite() or "e" in bare.lower() or yuan * 100 > LARGEST:
        raise NotAnAmount("bad_amount")
    if yuan < 0:
        raise NotAnAmount("negative_amount")
    fen = yuan * 100
    if fen != fen.to_integral_value():
        raise NotAnAmount("too_many_decimals")
    return Fen(int(fen))


def yuan_text(fen: int) -> str:
    """Write an amount in yuan with two decimals and thousands commas: ``2,397.56``."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{sign}{yuan:,}.{rest:02d}"


def divide(fen: int, by: int) -> Fen:
    """Divide to the fen, half up (away from zero)."""
    return Fen(int((Decimal(fen) / Decimal(by)).quantize(Decimal(1), rounding=ROUND_HALF_UP)))


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
_UNITS = ("", "拾", "佰", "仟")
_MYRIADS = ("", "万", "亿", "万亿")


def _capital_integer(number: int) -> str:
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text, zero = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group == 0:
            zero = bool(text)
            continue
        if text and (zero or group < 1000):
            text += "零"
        text += _capital_group(group) + _MYRIADS[place]
        zero = False
    return text


def _capital_group(group: int) -> str:
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            zero = bool(text)
            continue
        if zero:
            text += "零"
        text += _DIGITS[digit] + _UNITS[place]
        zero = False
    return text
