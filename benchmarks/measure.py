"""Measures work and its floor in turn, and says how they compare."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

T = TypeVar("T")
WARM_UP: Final = 3


@dataclass(frozen=True)
class Timing:
    """The seconds of all counted runs, sorted."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return self.at(0.5)

    @property
    def p99(self) -> float:
        return self.at(0.99)

    def at(self, share: float) -> float:
        """Return the run below which ``share`` of all runs lie."""
        return self.seconds[min(int(len(self.seconds) * share), len(self.seconds) - 1)]


def timing(seconds: Sequence[float]) -> Timing:
    return Timing(tuple(sorted(seconds)))


def stopwatch(work: Callable[..., Any], *given: Any) -> float:
    """Return the seconds that ``work(*given)`` takes."""
    begun = time.perf_counter()
    work(*given)
    return time.perf_counter() - begun


def in_turn(
    work: Callable[[T], Any], floor: Callable[[T], Any], inputs: Sequence[T]
) -> tuple[Timing, Timing]:
    """Time ``work`` and ``floor`` once on each input, in turn, so that a slow moment hits both.

    The first inputs are not counted, the order changes with every input, and garbage is
    collected between the runs, not within them.
    """
    above: list[float] = []
    below: list[float] = []
    gc.disable()
    try:
        for place, given in enumerate(inputs):
            if place % 2:
                below.append(stopwatch(floor, given))
                above.append(stopwatch(work, given))
            else:
                above.append(stopwatch(work, given))
                below.append(stopwatch(floor, given))
            if place % 50 == 0:
                gc.collect()
    finally:
        gc.enable()
    return timing(above[WARM_UP:]), timing(below[WARM_UP:])


@dataclass(frozen=True)
class Goal:
    """What is wanted of one figure: at most so much."""

    name: str
    most: float
    measured: float
    unit: str = "×"

    @property
    def met(self) -> bool:
        return self.measured <= self.most

    def tell(self) -> str:
        """Return the goal as a table shows it: ``p50 ≤ 3 ×``."""
        return f"{self.name} ≤ {self.most:g} {self.unit}".strip()

    def tell_measured(self) -> str:
        digits = 2 if self.measured < 10 else 1 if self.measured < 100 else 0
        return f"{self.measured:.{digits}f} {self.unit}"


@dataclass(frozen=True)
class Row:
    """One line of the table: the work, what it is held against, and its goals."""

    work: str
    against: str
    ours: Timing
    floor: Timing | None
    goals: Sequence[Goal] = field(default=())
    why: str = ""
    """What stands in the way, shown when a goal is missed."""

    @property
    def missed(self) -> list[Goal]:
        return [goal for goal in self.goals if not goal.met]


def times(name: str, ours: Timing, floor: Timing, most: float) -> Goal:
    """Return the goal that the median is at most so many times the floor's."""
    return Goal(name, most, ours.median / floor.median)
