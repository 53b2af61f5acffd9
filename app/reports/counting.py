"""Counts the relief book in one pass: person-times and money, people and households once each.

A payment counts in many places: in the total, under its item, its district, its month and so on.
Every place is a bit of a whole number. Where somebody counts is the union of the bits of their
payments, and every bit is counted once a person at the end. So everything is counted with two
unions a payment, however many places there are.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from app.core.money import Fen
from app.reports.records import Figures

Place: TypeAlias = Hashable
"""What figures are kept for: a cut with a key."""
Row: TypeAlias = tuple[str, str, int, int, int, int]
"""A payment: what it says of itself and of the household, person, household (0 for none), times,
fen."""
Parts: TypeAlias = Iterable[tuple[Place, Iterable[Row]]]
"""Payments, part by part; each part is a place: a month."""
Who: TypeAlias = Literal["person_id", "household_id"]
Places: TypeAlias = Callable[[str], Sequence[Place]]
"""Tells where a text lets a payment count."""


@dataclass(frozen=True)
class Book:
    """What is counted: payments, and where their texts let them count."""

    parts: Parts
    of_payment: Places
    of_household: Places
    last_person: int
    """The highest number of a person. Numbers are given one by one: a list holds them all."""
    last_household: int
    again: Callable[[Who, Sequence[int]], Parts]
    """Reads once more all payments of some people, or of some households."""


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

    def bits(self, places: Iterable[Place]) -> int:
        """Return the bits of places; one that is new gets the next."""
        bits = 0
        for place in places:
            bits |= 1 << self.numbers.setdefault(place, len(self.numbers))
        return bits

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


class _Sum:
    """What the payments come to that share a text, and where they count."""

    __slots__ = ("bits", "fen", "places", "times")

    def __init__(self, places: Sequence[Place], bits: int) -> None:
        self.places, self.bits = places, bits
        self.times = self.fen = 0


class _Texts(dict[str, _Sum]):
    """Remembers where each text lets a payment count: there are few texts and many payments."""

    def __init__(self, counted: Count, places_of: Places, *also: Place) -> None:
        super().__init__()
        self._counted, self._places_of, self._also = counted, places_of, also

    def __missing__(self, text: str) -> _Sum:
        places = (*self._places_of(text), *self._also)
        found = self[text] = _Sum(places, self._counted.bits(places))
        return found

    def add_up(self) -> None:
        """Hand the sums of the texts to their places."""
        for each in self.values():
            for place in each.places:
                self._counted.times[place] += each.times
                self._counted.fen[place] += each.fen


def count(book: Book) -> Count:
    """Count payments in the places of what they say, and of the part they stand in."""
    counted = Count()
    people = [0] * (book.last_person + 1)
    households = [0] * (book.last_household + 1)
    back_people: set[int] = set()
    back_households: set[int] = set()
    of_households = _Texts(counted, book.of_household)
    for part, rows in book.parts:
        of_payments = _Texts(counted, book.of_payment, part)
        for of_payment, of_household, person, household, times, fen in rows:
            here = of_payments[of_payment]
            home = of_households[of_household]
            here.times += times
            here.fen += fen
            home.times += times
            home.fen += fen
            if times > 0:
                bits = here.bits | home.bits
                people[person] |= bits
                households[household] |= bits
            elif times < 0:
                back_people.add(person)
                back_households.add(household)
        of_payments.add_up()
    of_households.add_up()
    for who, ids in _left(book, counted, "person_id", back_people):
        people[who] = ids
    for who, ids in _left(book, counted, "household_id", back_households - {0}):
        households[who] = ids
    households[0] = 0
    counted.people = _bits(people, len(counted.numbers))
    counted.households = _bits(households, len(counted.numbers))
    return counted


def _bits(masks: Iterable[int], count: int) -> list[int]:
    """Count how many masks have each bit. Laid side by side, one byte of every mask is one long
    number, of which a bit of all masks is counted at once."""
    width = count // 8 + 1
    laid = b"".join([mask.to_bytes(width, "little") for mask in masks if mask])
    first = int.from_bytes(b"\x01" * (len(laid) // width), "little")
    columns = [int.from_bytes(laid[byte::width], "little") for byte in range(width)]
    return [(columns[bit // 8] >> bit % 8 & first).bit_count() for bit in range(count)]


def _left(book: Book, counted: Count, who: Who, ids: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the bits of the places in which somebody has a payment left after what came back."""
    if not ids:
        return
    times: defaultdict[int, defaultdict[Place, int]] = defaultdict(lambda: defaultdict(int))
    for part, rows in book.again(who, sorted(ids)):
        for of_payment, of_household, person, household, given, _fen in rows:
            left = times[person if who == "person_id" else household]
            for place in (*book.of_payment(of_payment), *book.of_household(of_household), part):
                left[place] += given
    for key, places in times.items():
        yield key, counted.bits(place for place, given in places.items() if given > 0)
