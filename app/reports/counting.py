"""Counts the relief book in one pass: person-times and money, people and households once each.

A payment counts in many places: in the total, under its item, its district, its month and so on.
Every place is a bit of a whole number. Where somebody counts is the union of the bits of their
payments, and every bit is counted once a person at the end. So everything is counted with two
unions a payment, however many places there are.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from app.core.money import Fen
from app.reports.records import Figures

BETWEEN: Final = "\x1f"
"""Stands between the texts that a payment counts under."""

Place: TypeAlias = Hashable
"""What figures are kept for: a cut with a key."""
Row: TypeAlias = tuple[str, str, int, int | None, int, int]
"""A payment: what it counts under, its month, person, household, times, fen."""
Who: TypeAlias = Literal["person_id", "household_id"]
Places: TypeAlias = Callable[[str], Sequence[Place] | None]
"""Tells where a text lets a payment count; `None` keeps the payment out of everything."""
Again: TypeAlias = Callable[[Who, Sequence[int]], Iterable[Row]]


@dataclass(slots=True)
class _Sum:
    """What the payments come to that share a text, and their bits."""

    places: Sequence[Place] | None
    bits: int = 0
    times: int = 0
    fen: int = 0


@dataclass(slots=True)
class _Kind:
    """Payments that count under the same: `None` instead of sums when they count nowhere."""

    sums: Sequence[_Sum] | None
    bits: int = 0
    times: int = 0
    fen: int = 0


@dataclass
class Count:
    """What was counted: the figures of every place."""

    numbers: dict[Place, int] = field(default_factory=dict[Place, int])
    """The bit of each place."""
    times: defaultdict[Place, int] = field(default_factory=lambda: defaultdict[Place, int](int))
    fen: defaultdict[Place, int] = field(default_factory=lambda: defaultdict[Place, int](int))
    people: Sequence[int] = ()
    """How many count in each place, by its number."""
    households: Sequence[int] = ()

    def figures(self, place: Place) -> Figures:
        """Return the figures of a place; of one where nothing counts, none."""
        number = self.numbers.get(place)
        if number is None:
            return Figures()
        return Figures(
            person_times=self.times[place],
            people=self.people[number],
            households=self.households[number],
            fen=Fen(self.fen[place]),
        )


class _Field(dict[str, _Sum]):
    """The texts of one field that were met; they get their bits when something counts there."""

    def __init__(self, places_of: Places) -> None:
        super().__init__()
        self._places_of = places_of

    def __missing__(self, text: str) -> _Sum:
        found = self[text] = _Sum(self._places_of(text))
        return found


class _Texts:
    """Remembers where each text lets a payment count: there are few texts and many payments."""

    def __init__(self, counted: Count, fields: Sequence[Places], month: Places) -> None:
        self._counted = counted
        self._fields = [_Field(each) for each in fields]
        self._months = _Field(month)
        self.kinds: dict[str, _Kind] = {}

    def kind(self, text: str) -> _Kind:
        """Return what payments count under that say ``text``, which nobody met before."""
        parts = zip(self._fields, text.split(BETWEEN), strict=True)
        sums = tuple([known[part] for known, part in parts])
        if any(each.places is None for each in sums):
            kind = _Kind(None)
        else:
            kind = _Kind(sums)
            for each in sums:
                kind.bits |= each.bits or self._placed(each)
        self.kinds[text] = kind
        return kind

    def month(self, text: str) -> _Sum:
        """Return the sum of a month in which something counts."""
        found = self._months[text]
        if not found.bits:
            self._placed(found)
        return found

    def _placed(self, found: _Sum) -> int:
        numbers = self._counted.numbers
        for place in found.places or ():
            found.bits |= 1 << numbers.setdefault(place, len(numbers))
        return found.bits

    def add_up(self) -> None:
        """Hand the sums of the kinds to their texts, and those of the texts to their places."""
        for kind in self.kinds.values():
            for each in kind.sums or ():
                each.times += kind.times
                each.fen += kind.fen
        for texts in (*self._fields, self._months):
            for each in texts.values():
                for place in each.places or ():
                    self._counted.times[place] += each.times
                    self._counted.fen[place] += each.fen


def count(rows: Iterable[Row], fields: Sequence[Places], month: Places, again: Again) -> Count:
    """Count payments in the places of the texts they say: one for each field, and the month.

    ``again`` returns once more all rows of the people, or the households, that gave the whole of a
    payment back: what is left to them is told place by place.
    """
    counted = Count()
    texts = _Texts(counted, fields, month)
    kinds = texts.kinds
    people: defaultdict[int | None, int] = defaultdict(int)
    households: defaultdict[int | None, int] = defaultdict(int)
    back_people: set[int] = set()
    back_households: set[int | None] = set()
    for text, month_text, person, household, times, fen in rows:
        here = kinds.get(text) or texts.kind(text)
        if here.sums is None:
            continue
        then = texts.month(month_text)
        here.times += times
        here.fen += fen
        then.times += times
        then.fen += fen
        if times > 0:
            bits = here.bits | then.bits
            people[person] |= bits
            households[household] |= bits
        elif times < 0:
            back_people.add(person)
            back_households.add(household)
    texts.add_up()
    if back_people:
        filed = [key for key in back_households if key is not None]
        of_people = again("person_id", sorted(back_people))
        of_households = again("household_id", sorted(filed))
        people |= _left(counted, texts, ((row[2], row) for row in of_people))
        households |= _left(counted, texts, ((row[3], row) for row in of_households))
    households.pop(None, None)
    counted.people = _bits(people.values(), len(counted.numbers))
    counted.households = _bits(households.values(), len(counted.numbers))
    return counted


def _bits(masks: Iterable[int], count: int) -> list[int]:
    """Count how many masks have each bit: byte by byte, since many have the same bytes."""
    found = [[0] * 256 for _byte in range(0, count, 8)]
    for mask, times in Counter(masks).items():
        for table, byte in zip(found, mask.to_bytes(len(found), "little"), strict=True):
            table[byte] += times
    return [
        sum(times for byte, times in enumerate(found[bit // 8]) if byte >> bit % 8 & 1)
        for bit in range(count)
    ]


def _left(
    counted: Count, texts: _Texts, rows: Iterable[tuple[int | None, Row]]
) -> dict[int | None, int]:
    """Return the bits of the places in which somebody has a payment left after what came back."""
    times: defaultdict[tuple[int | None, Place], int] = defaultdict(int)
    for who, (text, month, _person, _household, given, _fen) in rows:
        kind = texts.kinds[text]
        for each in (*kind.sums, texts.month(month)) if kind.sums is not None else ():
            for place in each.places or ():
                times[who, place] += given
    left: defaultdict[int | None, int] = defaultdict(int)
    for (who, place), given in times.items():
        left[who] |= (given > 0) << counted.numbers[place]
    return left
