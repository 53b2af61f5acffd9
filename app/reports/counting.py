"""Counts the relief book in one pass: person-times and money, people and households once each.

What a payment counts under is told by a handful of values that many payments share, a *kind*. A
kind has a lane in a long whole number for each figure it counts in: the total, its item, its
month and so on. Somebody's lanes are the union of those of their payments, and the sum over all
people counts each of them once in every lane. So everything is counted with two unions a payment,
however many cuts there are.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from app.core.money import Fen
from app.reports.records import Figures

LANE: Final = 32
"""Bits of a lane: more than there are people."""

Kind: TypeAlias = tuple[Any, ...]
Place: TypeAlias = Hashable
"""What figures are kept for: a cut with a key."""
Row: TypeAlias = tuple[Kind, int, int | None, int, int]
"""A payment: kind, person, household, times, fen."""


@dataclass(slots=True)
class _Known:
    """A kind that was met: its lanes, and what its payments come to."""

    lanes: int
    places: Sequence[int]
    times: int = 0
    fen: int = 0


@dataclass
class Count:
    """What was counted: the figures of every place."""

    places: dict[Place, int] = field(default_factory=dict[Place, int])
    times: defaultdict[int, int] = field(default_factory=lambda: defaultdict[int, int](int))
    fen: defaultdict[int, int] = field(default_factory=lambda: defaultdict[int, int](int))
    people: int = 0
    households: int = 0

    def figures(self, place: Place) -> Figures:
        """Return the figures of a place; of one where nothing counts, none."""
        lane = self.places.get(place)
        if lane is None:
            return Figures()
        return Figures(
            person_times=self.times[lane],
            people=_of_lane(self.people, lane),
            households=_of_lane(self.households, lane),
            fen=Fen(self.fen[lane]),
        )


def _of_lane(counted: int, lane: int) -> int:
    return counted >> LANE * lane & (1 << LANE) - 1


def count(
    rows: Iterable[Row],
    places_of: Callable[[Kind], Sequence[Place]],
    again: Callable[[Sequence[int], Sequence[int]], Iterable[Row]],
) -> Count:
    """Count payments under the places of their kinds; a kind without places is passed over.

    ``again`` returns all rows of some people and households once more: of those to whom something
    was given that came back whole, what is left has to be told place by place.
    """
    counted = Count()
    known: dict[Kind, _Known] = {}
    people: defaultdict[int, int] = defaultdict(int)
    households: defaultdict[int | None, int] = defaultdict(int)
    back_people: set[int] = set()
    back_households: set[int] = set()
    for kind, person, household, times, fen in rows:
        try:
            here = known[kind]
        except KeyError:
            here = known[kind] = _met(places_of(kind), counted.places)
        here.times += times
        here.fen += fen
        if times > 0:
            people[person] |= here.lanes
            households[household] |= here.lanes
        elif times < 0:
            back_people.add(person)
            if household is not None:
                back_households.add(household)
    households.pop(None, None)
    if back_people:
        found = list(again(sorted(back_people), sorted(back_households)))
        lanes_of = {kind: here.lanes for kind, here in known.items()}
        people |= _left(((row[1], row) for row in found if row[1] in back_people), lanes_of)
        households |= _left(((row[2], row) for row in found if row[2] in back_households), lanes_of)
    for here in known.values():
        for lane in here.places:
            counted.times[lane] += here.times
            counted.fen[lane] += here.fen
    counted.people = sum(people.values())
    counted.households = sum(households.values())
    return counted


def _met(places: Sequence[Place], lanes: dict[Place, int]) -> _Known:
    numbers = [lanes.setdefault(place, len(lanes)) for place in places]
    return _Known(sum(1 << LANE * number for number in numbers), numbers)


def _left(rows: Iterable[tuple[Any, Row]], lanes_of: Mapping[Kind, int]) -> dict[Any, int]:
    """Return the lanes in which somebody still has a payment after what came back."""
    times: defaultdict[Any, int] = defaultdict(int)
    for who, (kind, _person, _household, given, _fen) in rows:
        # whole numbers that may be below zero: a lane each, borrowed from by none
        for lane in _lanes(lanes_of[kind]):
            times[who, lane] += given
    left: defaultdict[Any, int] = defaultdict(int)
    for (who, lane), given in times.items():
        left[who] |= (given > 0) << LANE * lane
    return left


def _lanes(lanes: int) -> Iterator[int]:
    number = 0
    while lanes:
        if lanes & 1:
            yield number
        lanes >>= LANE
        number += 1
