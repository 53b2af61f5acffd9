"""Working days, from the State Council's notices on each year's holidays.

A year whose notice is not out yet is unknown: a deadline that reaches into it is provisional.
"""

import functools
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from app.reference.documents import ReferenceDamaged, folder, read

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Deadline:
    """A day reached by counting working days; provisional while a year's notice is not out."""

    day: date
    provisional: bool


@dataclass(frozen=True)
class Calendar:
    """The days that differ from Monday-to-Friday, and the years that are announced."""

    announced: frozenset[int]
    off: frozenset[date]
    worked: frozenset[date]

    def expected(self, day: date) -> bool:
        """Tell whether ``day`` is a working day as far as one can tell today."""
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)


class _Year(msgspec.Struct, forbid_unknown_fields=True):
    year: int
    off: list[date]
    worked: list[date]


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    source: str
    year: list[_Year]
    expected: list[_Year]


@functools.cache
def calendar() -> Calendar:
    """Return the shipped work calendar. Raises `ReferenceDamaged`."""
    path = folder("work_calendar.toml")
    table = read(path, _Table)
    years = [*table.year, *table.expected]
    off = [day for year in years for day in year.off]
    worked = [day for year in years for day in year.worked]
    wrong = [day for day in off if day.weekday() >= _SATURDAY]
    wrong += [day for day in worked if day.weekday() < _SATURDAY]
    wrong += [day for year in years for day in year.off + year.worked if day.year != year.year]
    if wrong:
        raise ReferenceDamaged(file=path.name, problem=", ".join(map(str, wrong)))
    announced = frozenset(year.year for year in table.year)
    return Calendar(announced, frozenset(off), frozenset(worked))


def is_workday(day: date) -> bool | None:
    """Tell whether ``day`` is a working day; `None` in a year that is not announced."""
    days = calendar()
    return days.expected(day) if day.year in days.announced else None


def add_workdays(day: date, count: int) -> Deadline:
    """Return the ``count``-th working day after ``day``, which itself does not count.

    Days of a year that is not announced are taken as weekends and statutory holidays let
    expect, and make the deadline provisional. ``count`` is zero or more.
    """
    if count < 0:
        raise ValueError(f"{count} working days")
    days = calendar()
    provisional = False
    while count:
        day += _DAY
        provisional = provisional or day.year not in days.announced
        count -= days.expected(day)
    return Deadline(day, provisional)


def workdays_left(today: date, deadline: date) -> int:
    """Return the working days from ``today`` (not counted) to ``deadline``; negative when over."""
    days = calendar()
    step, first, last = (1, today, deadline) if today <= deadline else (-1, deadline, today)
    between = (first + _DAY * number for number in range(1, (last - first).days + 1))
    return step * sum(days.expected(day) for day in between)
