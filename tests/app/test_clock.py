"""Local days and instants; the tests run in the zone of China."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.clock import FixedClock, local_day, midnight

DAY = date(2026, 11, 20)


@pytest.mark.parametrize("minutes", [0, 1, 7 * 60 + 59, 8 * 60, 24 * 60 - 1])
def test_a_whole_day_at_the_counter_is_one_local_day(minutes: int) -> None:
    instant = midnight(DAY) + timedelta(minutes=minutes)
    assert local_day(instant) == FixedClock(instant).today() == DAY


def test_a_day_begins_at_the_local_midnight() -> None:
    assert midnight(DAY) == datetime(2026, 11, 19, 16, tzinfo=UTC)
    assert midnight(DAY).tzinfo is UTC
    assert local_day(midnight(DAY) - timedelta(seconds=1)) == date(2026, 11, 19)
