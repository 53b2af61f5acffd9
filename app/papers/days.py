"""Days as papers write them where nobody may change them by a stroke of the pen."""

from datetime import date
from typing import Final

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_TEN: Final = "拾"


def capital_day(day: date) -> str:
    """Write a day in Chinese capitals: ``贰零壹叁年零壹月壹拾伍日``.

    Follows 《正确填写票据和结算凭证的基本规定》 (PBoC 1997): a zero stands before the months 1, 2
    and 10 and before the days 1 to 9, 10, 20 and 30.
    """
    year = "".join(_DIGITS[int(digit)] for digit in f"{day.year:04d}")
    month = ("零" if day.month in (1, 2, 10) else "") + _number(day.month)
    day_of_month = ("零" if day.day < 10 or day.day % 10 == 0 else "") + _number(day.day)
    return f"{year}年{month}月{day_of_month}日"


def _number(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] + _TEN if tens else "") + (_DIGITS[ones] if ones else "")
