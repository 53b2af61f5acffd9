"""The work calendar against the State Council's notices as the press printed them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reference.workdays import add_workdays, calendar, is_workday, workdays_left

ANNOUNCED = st.dates(date(2004, 1, 1), date(2026, 12, 31))
OFF = {
    2012: "01-02 01-03 01-23..27 04-02..04 04-30 05-01 06-22 10-01..05",
    2013: "01-01..03 02-11..15 04-04 04-05 04-29 04-30 05-01 06-10..12 09-19 09-20 10-01..04 10-07",
    2020: "01-01 01-24 01-27..31 04-06 05-01 05-04 05-05 06-25 06-26 10-01 10-02 10-05..08",
    2026: "01-01 01-02 02-16..20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05..07",
}
WORKED = {
    2012: "01-21 01-29 03-31 04-01 04-28 09-29",
    2013: "01-05 01-06 02-16 02-17 04-07 04-27 04-28 06-08 06-09 09-22 09-29 10-12",
    2020: "01-19 04-26 05-09 06-28 09-27 10-10",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}


def days(year: int, text: str) -> set[date]:
    found: set[date] = set()
    for piece in text.split():
        first, _, last = piece.partition("..")
        month, day = map(int, first.split("-"))
        found |= {date(year, month, number) for number in range(day, int(last or day) + 1)}
    return found


@pytest.mark.parametrize("year", sorted(OFF))
def test_a_year_is_as_announced(year: int) -> None:
    off = {day for day in calendar().off if day.year == year}
    worked = {day for day in calendar().worked if day.year == year}
    assert off == days(year, OFF[year])
    assert worked == days(year, WORKED[year])


def test_a_notice_may_touch_the_december_before() -> None:
    assert is_workday(date(2011, 12, 31))
    assert is_workday(date(2018, 12, 29))
    assert is_workday(date(2018, 12, 31)) is False


def test_2027_is_not_announced() -> None:
    assert is_workday(date(2026, 12, 31)) is True
    assert is_workday(date(2027, 1, 4)) is None
    assert is_workday(date(2003, 12, 31)) is None


@pytest.mark.parametrize(
    ("start", "count", "end", "provisional"),
    [
        (date(2013, 11, 22), 5, date(2013, 11, 29), False),
        (date(2026, 9, 24), 1, date(2026, 9, 28), False),
        (date(2026, 9, 30), 1, date(2026, 10, 8), False),
        (date(2026, 9, 19), 1, date(2026, 9, 20), False),
        (date(2026, 12, 30), 1, date(2026, 12, 31), False),
        (date(2026, 12, 30), 2, date(2027, 1, 4), True),
        (date(2027, 2, 4), 1, date(2027, 2, 9), True),
        (date(2026, 12, 31), 0, date(2026, 12, 31), False),
    ],
)
def test_counting_working_days(start: date, count: int, end: date, provisional: bool) -> None:
    deadline = add_workdays(start, count)
    assert (deadline.day, deadline.provisional) == (end, provisional)


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        add_workdays(date(2026, 1, 1), -1)


@given(ANNOUNCED, st.integers(1, 40))
def test_a_deadline_is_a_working_day_and_the_days_left_are_the_count(day: date, count: int) -> None:
    deadline = add_workdays(day, count)
    assert deadline.provisional == (deadline.day.year > 2026)
    assert is_workday(deadline.day) is not False
    assert workdays_left(day, deadline.day) == count
    assert add_workdays(day, count - 1).day < deadline.day


def test_a_missed_deadline_is_negative() -> None:
    assert workdays_left(date(2026, 3, 3), date(2026, 3, 2)) == -1
    assert workdays_left(date(2026, 3, 2), date(2026, 3, 2)) == 0


@given(ANNOUNCED)
def test_ordinary_weeks_have_five_working_days(day: date) -> None:
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=number) for number in range(7)]
    special = calendar().off | calendar().worked
    if not special & set(week) and all(each.year in calendar().announced for each in week):
        assert [is_workday(each) for each in week] == [True] * 5 + [False] * 2
