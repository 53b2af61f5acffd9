"""Dates as people type them, and dates so many months on."""

import re
from calendar import monthrange
from datetime import date, timedelta

from app.core.text import normalise


def read_day(text: str, today: date) -> date | None:
    """Read a date as people type it; `None` when it is none.

    ``t`` or ``今天`` is today, ``+3`` and ``-1`` count days from it; a month and a day alone
    belong to this year, two digits of a year to this century unless that lies ahead.
    """
    bare = normalise(text).lower().strip("日号 ")
    if bare in ("t", "今", "今天"):
        return today
    if re.fullmatch(r"[+-]\d{1,4}", bare):
        return today + timedelta(days=int(bare))
    parts = [part for part in re.split(r"[-./年月\s]+", bare) if part]
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if len(parts) == 1:
        parts = _split_digits(parts[0])
    if len(parts) == 2:
        parts = [str(today.year), *parts]
    if len(parts) != 3:
        return None
    year = int(parts[0])
    if len(parts[0]) == 2:
        year += 2000 if year <= today.year % 100 else 1900
    try:
        return date(year, int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def _split_digits(digits: str) -> list[str]:
    match len(digits):
        case 8:
            return [digits[:4], digits[4:6], digits[6:]]
        case 6:
            return [digits[:2], digits[2:4], digits[4:]]
        case 4:
            return [digits[:2], digits[2:]]
        case _:
            return []


def months_after(day: date, months: int, due_day: int = 0) -> date:
    """Return ``due_day`` (else the same day) of the month so many months on, or its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    wanted = due_day or day.day
    if wanted > 28:
        wanted = min(wanted, monthrange(year, month + 1)[1])
    return date(year, month + 1, wanted)
