"""The dated values a center works with: its own laid over the shipped ones."""

from collections.abc import Iterable
from datetime import date

from app.reference.dated import DatedValue, ValueArea, ValueKind, find
from app.reference.districts import district


class Values:
    """An unchanging set of dated values that answers what holds on a day.

    ``own`` are the center's confirmed values; they come before the shipped ones on the same day.
    """

    def __init__(self, shipped: Iterable[DatedValue], own: Iterable[DatedValue] = ()) -> None:
        self.all = (*own, *shipped)
        self._rows: dict[tuple[ValueKind, ValueArea], list[DatedValue]] = {}
        for value in self.all:
            self._rows.setdefault((value.kind, value.area), []).append(value)
        self._found: dict[tuple[object, ...], DatedValue | None] = {}

    def find(
        self, kind: ValueKind, area: ValueArea, day: date, known_on: date | None = None
    ) -> DatedValue | None:
        """Return the value in force on ``day``, or `None` when none is known for that day."""
        return find(self._rows.get((kind, area), ()), kind, area, day, known_on)

    def line(
        self, kind: ValueKind, district_name: str, day: date, known_on: date | None = None
    ) -> DatedValue | None:
        """Return the value that applies in a district on ``day``, or `None` when it is unknown.

        Answers are remembered: an archive asks the same few questions many times.
        """
        key = (kind, district_name, day, known_on)
        try:
            return self._found[key]
        except KeyError:
            place = district(district_name)
            area = place.area(kind, day) if place else None
            value = self.find(kind, area, day, known_on) if area else None
            self._found[key] = value
            return value
