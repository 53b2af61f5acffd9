"""Today and now, handed in so that a test or the demonstration can choose them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol


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
        return datetime.now().astimezone().date()

    def now(self) -> datetime:
        """Return the instant, with the UTC zone."""
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock that stands still until somebody moves it."""

    instant: datetime

    def today(self) -> date:
        """Return the local date."""
        return self.instant.astimezone().date()

    def now(self) -> datetime:
        """Return the instant, with the UTC zone."""
        return self.instant.astimezone(UTC)
