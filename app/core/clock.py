"""Today and now, handed in so that a test or the demonstration can choose them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Protocol


def local_day(instant: datetime) -> date:
    """Return the local date of an instant: in China, before eight, that of UTC is yesterday."""
    return instant.astimezone().date()


def midnight(day: date) -> datetime:
    """Return the instant a local day begins, with the UTC zone."""
    return datetime.combine(day, time.min).astimezone(UTC)


class Clock(Protocol):
    """Tells the local day and the instant in UTC."""

    def today(self) -> date:
        """Return the local date."""
        ...

    def now(self) -> datetime:
        """Return the instant, with the UTC zone."""
        ...


class SystemClock:
    """The clock of this machine."""

    def today(self) -> date:
        """Return the local date."""
        return local_day(self.now())

    def now(self) -> datetime:
        """Return the instant, with the UTC zone."""
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock that stands still until somebody moves it."""

    instant: datetime

    def today(self) -> date:
        """Return the local date."""
        return local_day(self.instant)

    def now(self) -> datetime:
        """Return the instant, with the UTC zone."""
        return self.instant.astimezone(UTC)
