"""What can be changed in a policy document so that it decides otherwise: one thing at a time.

Works on the parsed TOML, so that a mutant is read like any document. The pack that was read of it
goes along: it knows the type of every fact.
"""

from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, cast

from app.policy.facts import Fact, FactType, words_of
from app.policy.pack import Criterion, Group, Leaf, Measure, Pack
from app.policy.problems import shown
from app.reference.dated import ValueKind

Raw = dict[str, Any]

ONE_FEN: Final = Decimal("0.01")
ONE_DAY: Final = timedelta(days=1)
TURNED: Final = {
    "below": "at_most",
    "at_most": "below",
    "above": "at_least",
    "at_least": "above",
}
REGROUPED: Final = {"any": "all", "all": "any"}
AMOUNTS: Final = (
    "amount",
    "amounts",
    "first",
    "further",
    "deductible",
    "most",
    "household_most",
    "above",
)
"""The keys of an award that hold yuan, or yuan by word."""


Raws = list[Any]


@dataclass(frozen=True)
class Mutant:
    """One change of a document."""

    table: str
    key: str
    old: str
    new: str
    holder: Raw | Raws
    """The table or list of the document that is changed."""
    changed: Raw | Raws
    """What it holds then."""
    measure: str | None = None
    """The measure it stands in."""

    def __str__(self) -> str:
        return f"{self.table}: {self.key}: {self.old} -> {self.new}"

    @contextmanager
    def applied(self) -> Generator[None]:
        """Change the document for a while."""
        before = self.holder.copy()
        _fill(self.holder, self.changed)
        try:
            yield
        finally:
            _fill(self.holder, before)


def _fill(holder: Raw | Raws, content: Raw | Raws) -> None:
    holder.clear()
    if isinstance(holder, dict):
        holder.update(content)
    else:
        holder.extend(content)


def _put(table: str, raw: Raw, key: str, new: object) -> Mutant:
    return Mutant(table, key, _told(raw.get(key)), _told(new), raw, {**raw, key: new})


def _drop(table: str, raw: Raw, key: str) -> Mutant:
    rest = {name: value for name, value in raw.items() if name != key}
    return Mutant(table, key, _told(raw[key]), _told(None), raw, rest)


@dataclass(frozen=True)
class Seen:
    """What one has to know besides the document: mostly what the situations compare."""

    categories: Sequence[str]
    """The categories that the classification of the time has."""
    limit: Callable[[Leaf], int | None]
    """The limit, in fen, of the situation whose value comes nearest to it."""
    amount: Callable[[str, str], int | None]
    """The smallest amount above nought that a measure and a fact were asked with, in fen."""


def mutants(raw: Raw, pack: Pack, seen: Seen) -> Iterator[Mutant]:
    """Yield every change of a document; each is to make some situation come out otherwise."""
    for step in (ONE_DAY, -ONE_DAY):
        yield _put("document", raw, "in_force", raw["in_force"] + step)
    for number, figure in enumerate(raw.get("figure", []), 1):
        yield from _figure(f"figure[{number}]", figure)
    yield from _criteria(raw, "condition", "", pack.conditions, seen)
    categories: list[Raw] = raw.get("category", [])
    for number, (table, category) in enumerate(zip(categories, pack.categories, strict=True), 1):
        place = f"category[{number}]"
        yield from _criteria(table, "condition", f"{place}.", category.conditions, seen)
        if number > 1:
            before, after = categories[number - 2 : number]
            order = [*categories[: number - 2], after, before, *categories[number:]]
            yield Mutant(place, "order", _told(categories), _told(order), categories, order)
    tables: list[Raw] = raw.get("measure", [])
    for number, (table, measure) in enumerate(zip(tables, pack.measures, strict=True), 1):
        for mutant in _measure(f"measure[{number}]", table, measure, seen):
            yield replace(mutant, measure=measure.id)


def _measure(place: str, raw: Raw, measure: Measure, seen: Seen) -> Iterator[Mutant]:
    yield from _criteria(raw, "condition", f"{place}.", measure.conditions, seen)
    if "award" in raw:
        yield from _award(f"{place}.award", raw["award"], measure.id, seen)
    for number, hint in enumerate(raw.get("approval", []), 1):
        yield from _numbers(f"{place}.approval[{number}]", hint, "above", ONE_FEN)


def _figure(place: str, raw: Raw) -> Iterator[Mutant]:
    yield from _numbers(place, raw, "months", 1)
    for key in ("plus", "less", "plus_on_retest"):
        names: list[str] = raw.get(key, [])
        for name in names:
            yield _put(place, raw, key, [other for other in names if other != name])


def _criteria(
    holder: Raw, key: str, within: str, criteria: Sequence[Criterion], seen: Seen
) -> Iterator[Mutant]:
    tables: list[Raw] = holder.get(key, [])
    for number, (raw, criterion) in enumerate(zip(tables, criteria, strict=True), 1):
        place = f"{within}{key}[{number}]"
        if isinstance(criterion, Leaf):
            yield from _leaf(place, raw, criterion, seen)
        else:
            yield from _group(place, raw, criterion, seen)


def _group(place: str, raw: Raw, group: Group, seen: Seen) -> Iterator[Mutant]:
    how = group.how.value
    if how in REGROUPED and len(group.parts) > 1:
        rest = {key: value for key, value in raw.items() if key != how}
        yield Mutant(place, how, how, REGROUPED[how], raw, {**rest, REGROUPED[how]: raw[how]})
    yield from _criteria(raw, how, f"{place}.", group.parts, seen)


def _leaf(place: str, raw: Raw, leaf: Leaf, seen: Seen) -> Iterator[Mutant]:
    if "settled_by" in raw:
        yield _drop(place, raw, "settled_by")
    if raw["test"] in TURNED:
        yield _put(place, raw, "test", TURNED[raw["test"]])
    if "value" in raw:
        for new in _values(leaf, raw["value"], seen):
            yield _put(place, raw, "value", new)
    if "line" in raw:
        for kind in ValueKind:
            if kind.value != raw["line"]:
                yield _put(place, raw, "line", kind.value)
    limit = seen.limit(leaf) if "line" in raw or "share_of" in raw else None
    if limit:
        times = Decimal(raw.get("times", 1))
        for step in (1, -1):
            new = times * (limit + step) / limit
            yield replace(_put(place, raw, "times", new), old=_told(times))


def _values(leaf: Leaf, value: Any, seen: Seen) -> Iterator[object]:
    """Yield what could stand instead of a limit that is written in the document."""
    match value:
        case bool():
            yield not value
        case date():
            yield value + ONE_DAY
            yield value - ONE_DAY
        case int() | Decimal():
            one = ONE_FEN if leaf.subject.type is FactType.YUAN else 1
            yield value + one
            yield value - one
        case str():
            yield _other_words(leaf, [value], seen)[0]
        case _:
            words: list[str] = value
            others = _other_words(leaf, words, seen)
            for word in words:
                yield [others[0] if each == word else each for each in words]
                if len(words) > 1:
                    yield [each for each in words if each != word]
            for other in others:
                if other in seen.categories:
                    yield [*words, other]


def _other_words(leaf: Leaf, words: Collection[str], seen: Seen) -> list[str]:
    """Return the other words of a fact; of the categories, first those of the time."""
    known = words_of(leaf.subject) if isinstance(leaf.subject, Fact) else ()
    others = [word for word in dict.fromkeys(known) if word not in words]
    return sorted(others, key=lambda word: word not in seen.categories)


def _award(place: str, raw: Raw, measure: str, seen: Seen) -> Iterator[Mutant]:
    for key in AMOUNTS:
        yield from _numbers(place, raw, key, ONE_FEN)
    yield from _numbers(place, raw, "months", 1)
    amount = seen.amount(measure, raw["of"]) if "times" in raw else None
    if amount:
        yield from _numbers(place, raw, "times", 1 / Decimal(amount))
    if "line" in raw:
        for kind in ValueKind:
            if kind.value != raw["line"]:
                yield _put(place, raw, "line", kind.value)
    if "used" in raw:
        yield _drop(place, raw, "used")
    for key in ("bands", "parts"):
        for number, part in enumerate(raw.get(key, []), 1):
            yield from _award(f"{place}.{key}[{number}]", part, measure, seen)


def _numbers(place: str, raw: Raw, key: str, one: Decimal | int) -> Iterator[Mutant]:
    """Yield the changes of a number, or of the numbers of a table by word."""
    value = raw.get(key)
    if isinstance(value, dict):
        by_word: Raw = raw[key]
        for word in by_word:
            yield from _numbers(f"{place}.{key}", by_word, word, one)
            yield _drop(f"{place}.{key}", by_word, word)
    elif value is not None:
        yield _put(place, raw, key, value + one)
        yield _put(place, raw, key, value - one)


def _told(value: object) -> str:
    match value:
        case None:
            return "—"
        case list():
            return ", ".join(_told(item) for item in cast("Raws", value)) or "—"
        case dict():
            return str(cast("Raw", value).get("name", "…"))
        case _:
            return shown(value)
