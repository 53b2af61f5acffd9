"""The days of a loan: when instalments are due, when they are late, how many days lie between.

Days are counted as differences of positions, so that a count over two stretches is the sum of
both. Positions of actual/360 and actual/365 are days of the calendar. Under 30/360 every month
has 30 days, the 31st counts as the 30th, and the last day of a month that is too short for the
due day counts as the due day, so that from due day to due day it is always 30 [our rule].
"""

import functools
from datetime import date, timedelta
from typing import Final

from app.core.days import months_after
from app.core.words.loans import DayCount, DueDays, RepaymentMethod
from app.loans.terms import Terms
from app.reference.workdays import Calendar

_THIRTY_360: Final = DayCount.THIRTY_360
_DAY: Final = timedelta(days=1)
_MONTH_MOST: Final = 30
_QUARTER: Final = 3

BASIS: Final = {DayCount.THIRTY_360: 360, DayCount.ACTUAL_360: 360, DayCount.ACTUAL_365: 365}
"""Days of a year of interest."""


def position(day: date, day_count: DayCount, due_day: int) -> int:
    """Return where a day stands; ``due_day`` is that of the loan, never 0."""
    if day_count is not _THIRTY_360:
        return day.toordinal()
    number = day.day
    if 28 <= number < due_day and (day + _DAY).day == 1:
        number = due_day
    return day.year * 360 + day.month * 30 + min(number, _MONTH_MOST)


@functools.lru_cache(maxsize=4096)
def due_days(lent_on: date, due_day: int, months: int, method: RepaymentMethod) -> tuple[date, ...]:
    """Return the days on which something is due; the last is the end of the term."""
    match method:
        case RepaymentMethod.AT_THE_END:
            step = months
        case RepaymentMethod.QUARTERLY_INTEREST:
            step = _QUARTER
        case _:
            step = 1
    between = (months_after(lent_on, month, due_day) for month in range(step, months, step))
    return *between, months_after(lent_on, months)


@functools.lru_cache(maxsize=4096)
def positions(days: tuple[date, ...], day_count: DayCount, due_day: int) -> tuple[int, ...]:
    """Return where the due days stand."""
    return tuple(position(day, day_count, due_day) for day in days)


def extended(days: tuple[date, ...], longer: tuple[date, ...]) -> tuple[date, ...]:
    """Return the due days of a longer term; days that were agreed, as an old end, stay."""
    agreed = {(day.year, day.month): day for day in days}
    return tuple(agreed.get((day.year, day.month), day) for day in longer)


def pay_by(due: date, rule: DueDays, calendar: Calendar) -> tuple[date, bool]:
    """Return the last day on which a payment is in time, and whether that is provisional (暂定).

    It is provisional when the calendar of a year that matters is not announced yet.
    """
    if rule is DueDays.AS_PRINTED:
        return due, False
    day = due
    while not calendar.expected(day):
        day += _DAY
    return day, due.year not in calendar.announced or day.year not in calendar.announced


@functools.lru_cache(maxsize=4096)
def last_days(
    dues: tuple[date, ...], rule: DueDays, calendar: Calendar
) -> tuple[tuple[date, bool], ...]:
    """Return `pay_by` of each due day."""
    return tuple(pay_by(due, rule, calendar) for due in dues)


def due_day_of(terms: Terms) -> int:
    """Return the day of the month on which instalments are due."""
    return terms.due_day or terms.lent_on.day
