"""Counts the relief book in one pass: person-times and money, people and households once each.

A payment counts in many places: in the total, under its item, its district, its month and so on.
Every place has a lane in a long whole number. Somebody's lanes are the union of those of their
payments, and the sum over all people counts each of them once in every lane. So everything is
counted with two unions a payment, however many places there are.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from app.core.money import Fen
from app.reports.records import Figures

LANE: Final = 24
"""Bits of a lane: sixteen million people, more than there are."""
_ONE: Final = (1 << LANE) - 1

Place: TypeAlias = Hashable
"""What figures are kept for: a cut with a key."""
Row: TypeAlias = tuple[str, str, int, int | None, int, int]
"""A payment: what it counts under, its month, person, household, times, fen."""
Who: TypeAlias = Literal["person_id", "household_id"]
Places: TypeAlias = Callable[[str], Sequence[Place]]
Again: TypeAlias = Callable[[Who, Sequence[int]], Iterable[Row]]


@dataclass(slots=True)
class _Sum:
    """What the payments come to that count in the same places."""

    lanes: int
    numbers: Sequence[int]
    times: int = 0
    fen: int = 0


@dataclass
class Count:
    """What was counted: the figures of every place."""

    numbers: dict[Place, int] = field(default_factory=dict[Place, int])
    times: defaultdict[int, int] = field(default_factory=lambda: defaultdict[int, int](int))
    fen: defaultdict[int, int] = field(default_factory=lambda: defaultdict[int, int](int))
    people: int = 0
    households: int = 0

    def figures(self, place: Place) -> Figures:
        """Return the figures of a place; of one where nothing counts, none."""
        number = self.numbers.get(place)
        if number is None:
            return Figures()
        return Figures(
            person_times=self.times[number],
            people=self.people >> LANE * number & _ONE,
            households=self.households >> LANE * number & _ONE,
            fen=Fen(self.fen[number]),
        )

    def sum(self, places: Sequence[Place]) -> _Sum:
        """Begin the sum of what counts in ``places``; of none, it has no lanes."""
        numbers = [self.numbers.setdefault(place, len(self.numbers)) for place in places]
        return _Sum(sum(1 << LANE * number for number in numbers), numbers)


def count(rows: Iterable[Row], under: Places, in_month: Places, again: Again) -> Count:
    """Count payments in the places that what they count under and their month have.

    What has no places is passed over. ``again`` returns once more all rows of the people, or the
    households, that gave the whole of a payment back: what is left to them is told place by place.
    """
    counted = Count()
    kinds: dict[str, _Sum] = {}
    months: dict[str, _Sum] = {}
    people: defaultdict[int | None, int] = defaultdict(int)
    households: defaultdict[int | None, int] = defaultdict(int)
    back_people: set[int] = set()
    back_households: set[int | None] = set()
    for kind, month, person, household, times, fen in rows:
        here = kinds.get(kind)
        if here is None:
            here = kinds[kind] = counted.sum(under(kind))
        if not here.numbers:
            continue
        then = months.get(month)
        if then is None:
            then = months[month] = counted.sum(in_month(month))
        here.times += times
        here.fen += fen
        then.times += times
        then.fen += fen
        if times > 0:
            lanes = here.lanes | then.lanes
            people[person] |= lanes
            households[household] |= lanes
        elif times < 0:
            back_people.add(person)
            back_households.add(household)
    for each in (*kinds.values(), *months.values()):
        for number in each.numbers:
            counted.times[number] += each.times
            counted.fen[number] += each.fen
    if back_people:
        known = {key for key in back_households if key is not None}
        people |= _left(
            ((row[2], row) for row in again("person_id", sorted(back_people))), kinds, months
        )
        households |= _left(
            ((row[3], row) for row in again("household_id", sorted(known))), kinds, months
        )
    households.pop(None, None)
    counted.people = sum(people.values())
    counted.households = sum(households.values())
    return counted


def _left(
    rows: Iterable[tuple[int | None, Row]], kinds: Mapping[str, _Sum], months: Mapping[str, _Sum]
) -> dict[int | None, int]:
    """Return the lanes in which somebody has a payment left after what came back."""
    times: defaultdict[tuple[int | None, int], int] = defaultdict(int)
    for who, (kind, month, _person, _household, given, _fen) in rows:
        if kinds[kind].numbers:
            for number in (*kinds[kind].numbers, *months[month].numbers):
                times[who, number] += given
    left: defaultdict[int | None, int] = defaultdict(int)
    for (who, number), given in times.items():
        left[who] |= (given > 0) << LANE * number
    return left
