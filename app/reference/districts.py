"""Harbin's nine districts and nine counties, and the area of each dated table they lie in.

Which area a district belongs to changes with time, and is unknown for some years.
"""

import functools
from dataclasses import dataclass
from datetime import date

import msgspec

from app.core.text import normalise
from app.reference.dated import ValueArea, ValueKind
from app.reference.documents import ReferenceDamaged, folder, read


@dataclass(frozen=True)
class Belongs:
    """A district lies in ``area`` for values of ``kind``, from a day to a day, both included."""

    kind: ValueKind
    area: ValueArea
    first: date
    last: date | None


@dataclass(frozen=True)
class District:
    """A district or county: its name today, former names, its administrative code."""

    name: str
    also: tuple[str, ...]
    code: str
    belongs: tuple[Belongs, ...]

    def area(self, kind: ValueKind, day: date) -> ValueArea | None:
        """Return the area whose value applies here on ``day``, or `None` when it is not known."""
        for row in self.belongs:
            if row.kind is kind and row.first <= day and (row.last is None or day <= row.last):
                return row.area
        return None


class _Belongs(msgspec.Struct, forbid_unknown_fields=True, rename={"from_": "from"}):
    kind: str
    area: str
    from_: date
    to: date | None = None


class _District(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    code: str
    also: list[str] = []
    belongs: list[_Belongs] = []


class _Set(msgspec.Struct, forbid_unknown_fields=True):
    districts: list[str]
    belongs: list[_Belongs]


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    source: str
    district: list[_District]
    set: list[_Set]


@functools.cache
def districts() -> tuple[District, ...]:
    """Return the nine districts and nine counties in their usual order."""
    path = folder("districts.toml")
    table = read(path, _Table)
    shared: dict[str, list[_Belongs]] = {
        entry.name: list(entry.belongs) for entry in table.district
    }
    try:
        for group in table.set:
            for name in group.districts:
                shared[name] += group.belongs
        return tuple(
            District(
                entry.name,
                tuple(entry.also),
                entry.code,
                tuple(
                    Belongs(ValueKind(row.kind), ValueArea(row.area), row.from_, row.to)
                    for row in shared[entry.name]
                ),
            )
            for entry in table.district
        )
    except (KeyError, ValueError) as error:
        raise ReferenceDamaged(file=path.name, problem=str(error)) from error


@functools.cache
def _by_name() -> dict[str, District]:
    names: dict[str, District] = {}
    for entry in districts():
        for name in (entry.name, *entry.also):
            names[name] = entry
            if len(name) > 2:
                names[name[:-1]] = entry
    return names


def district(name: str) -> District | None:
    """Return the district or county of that name: ``南岗区``, ``哈尔滨市南岗区``, ``南岗``."""
    bare = normalise(name).removeprefix("黑龙江省").removeprefix("哈尔滨市")
    return _by_name().get(bare)


def district_names() -> tuple[str, ...]:
    """Return the names in use today, districts first."""
    return tuple(entry.name for entry in districts())
