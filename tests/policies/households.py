"""Random households for the property tests: near every limit of the packs, partly unknown.

A household is drawn from one number, so that ten thousand are cheap and each can be drawn again.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar

from app.policy.awards import Award, Bands, ByWord, MonthsOfLine, ShareOf, parts_of
from app.policy.facts import (
    CATEGORY,
    CATEGORY_ON_RETEST,
    RELIEF,
    Fact,
    Facts,
    FactType,
    FactValue,
    Holder,
    Known,
    received,
    words_of,
)
from app.policy.pack import Leaf, Literal, Measure, Pack
from app.policy.truth import TESTS
from app.policy.vocabulary import HOUSEHOLD, MEMBER, WHEN

T = TypeVar("T")
Told = dict[str, FactValue | None]

LARGE: Final = 12_000_000
"""More fen a year than any limit asks for."""
LINES: Final = (50_000, 55_000, 66_900, 83_500, 86_000, 116_000, 168_000, 208_000)
"""Fen a month about which the dated values lie."""


@dataclass(frozen=True)
class Drawn:
    """What is known of a household, and the whole truth about it."""

    known: Known
    truth: Known


class Households:
    """Draws households that the limits of some packs are about."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._near = _near_limits(packs)
        self._declared = _declared(packs)
        self._measures = [measure for pack in packs for measure in pack.measures]
        ids = dict.fromkeys(measure.id for measure in self._measures)
        self._received = {id_: received(id_, id_).name for id_ in ids}

    def draw(self, seed: int, day: date) -> Drawn:
        """Draw one household."""
        rng = random.Random(seed)  # noqa: S311 - to try things out, not to keep secrets
        household: Told = {
            name: self._value(rng, fact, day)
            for name, fact in HOUSEHOLD.items()
            if name not in WHEN
        }
        if rng.random() < 0.7:  # one that some category is about
            household |= {"dwellings": 1, "no_exclusion_declared": True}
            household |= dict.fromkeys(self._declared.keys() - {"dwellings"}, False)
            household |= _budget(rng)
        members: list[Told] = [
            {name: self._value(rng, fact, day) for name, fact in MEMBER.items()}
            for _member in range(rng.choice((0, 1, 1, 2, 3)))
        ]
        self._give(rng, household, members)
        hidden = rng.choice((0, 0.02, 0.1, 0.5))
        known = Known(_hide(rng, household, hidden), [_hide(rng, each, hidden) for each in members])
        return Drawn(known, self._agreeing(rng, known, Known(household, members)))

    def could_be(self, rng: random.Random, known: Known, day: date) -> Iterator[Known]:
        """Yield what is known with one unknown fact given, for values about every limit.

        What other facts tell (a declaration, the rest of what was received) is left unknown.
        """
        told = {
            name
            for name, leaves in self._declared.items()
            for leaf in leaves
            if leaf.settled_by and known.household.get(leaf.settled_by.name) is True
        }
        for name, fact in HOUSEHOLD.items():
            if name not in (*WHEN, *known.household, *told, RELIEF):
                for value in self._values(rng, fact, day):
                    yield Known({**known.household, name: value}, known.members)
        for at, member in enumerate(known.members):
            for fact in [fact for name, fact in MEMBER.items() if name not in member]:
                for value in self._values(rng, fact, day):
                    yield reveal(known, Known({}, [{fact.name: value}] * (at + 1)), fact, at)

    def _values(self, rng: random.Random, fact: Fact, day: date) -> Iterable[FactValue]:
        near = self._near.get(fact.key, [])
        return {self._value(rng, fact, day), *rng.sample(near, min(len(near), 4))}

    def _value(self, rng: random.Random, fact: Fact, day: date) -> FactValue:
        near = self._near.get(fact.key)
        if near and rng.random() < 0.6:
            return rng.choice(near)
        match fact.type:
            case FactType.YES_NO:
                return rng.random() < 0.5
            case FactType.WORD:
                return rng.choice(words_of(fact))
            case FactType.COUNT:
                return rng.randint(fact.at_least, fact.at_least + 4)
            case FactType.DAY if fact.name == "birth":
                return day - timedelta(
                    days=rng.choice((0, 3650, 14610, 21915)) + rng.randint(0, 4000)
                )
            case FactType.DAY:
                return day - timedelta(days=rng.randint(0, 800))
            case FactType.YUAN:
                return rng.choice((0, 1, rng.randint(0, 100_000), rng.randint(0, LARGE)))

    def _give(self, rng: random.Random, household: Told, members: Sequence[Told]) -> None:
        """Let some relief have been received: the parts make the whole."""
        whole = 0
        for name in self._received.values():
            given = rng.choice((0, 0, 0, 1, 100_000, rng.randint(0, 2_000_000)))
            household[name] = given
            whole += given
            for member in members[:-1]:
                member[name] = part = rng.choice((0, given, given // 2))
                given -= part
            if members:
                members[-1][name] = given
        household[RELIEF] = whole if rng.random() < 0.5 else 0
        if household[RELIEF] == 0:
            for facts in (household, *members):
                facts |= dict.fromkeys(self._received.values(), 0)

    def _agreeing(self, rng: random.Random, known: Known, truth: Known) -> Known:
        """Return the truth that agrees with a declaration about what is not known."""
        household = dict(truth.household)
        for name, leaves in self._declared.items():
            settled = [leaf for leaf in leaves if leaf.settled_by]
            declared = {leaf.settled_by.name for leaf in settled if leaf.settled_by}
            if known.household.get(name) is None and any(
                known.household.get(each) is True for each in declared
            ):
                household[name] = rng.choice(_holding(HOUSEHOLD[name], settled))
        return Known(household, truth.members)


def _near_limits(packs: Iterable[Pack]) -> dict[str, list[FactValue]]:
    """Return the values about the limits that are written in the packs, by the key of the fact."""
    near: dict[str, list[FactValue]] = {}

    def add(fact: Fact, values: Iterable[FactValue]) -> None:
        near.setdefault(fact.key, []).extend(values)

    for pack in packs:
        for leaf in pack.leaves:
            if isinstance(leaf.subject, Fact) and isinstance(leaf.limit, Literal):
                given = leaf.limit.value
                for value in given if isinstance(given, tuple) else (given,):
                    add(leaf.subject, _about(leaf.subject, value))
        for measure in pack.measures:
            for fact, values in _in_award(measure):
                add(fact, values)
    return {key: list(dict.fromkeys(values)) for key, values in near.items()}


def _about(fact: Fact, value: FactValue) -> list[FactValue]:
    if isinstance(value, int) and not isinstance(value, bool):
        return [each for each in (value - 1, value, value + 1) if each >= fact.at_least]
    return [value]


def _in_award(measure: Measure) -> Iterable[tuple[Fact, Sequence[FactValue]]]:
    parts: tuple[Award, ...] = parts_of(measure.grant.award) if measure.grant else ()
    for part in parts:
        match part:
            case ByWord(fact=fact, amounts=by_word) | MonthsOfLine(by=fact, months=by_word):
                if fact not in (CATEGORY, CATEGORY_ON_RETEST):
                    yield fact, list(by_word)
            case Bands(of=fact, bands=bands):
                yield fact, [each for above, _amount in bands for each in _about(fact, above)]
            case ShareOf(of=fact, deductible_fen=least):
                yield fact, _about(fact, least)
            case _:
                pass


def _declared(packs: Iterable[Pack]) -> Mapping[str, list[Leaf]]:
    """Return the criteria a declaration settles, by the name of the fact they ask."""
    found: dict[str, list[Leaf]] = {}
    for pack in packs:
        for leaf in pack.leaves:
            if leaf.settled_by and isinstance(leaf.subject, Fact):
                found.setdefault(leaf.subject.name, []).append(leaf)
    return found


def _holding(fact: Fact, leaves: Sequence[Leaf]) -> list[FactValue]:
    """Return values of a fact with which all these criteria hold."""
    tried: Sequence[FactValue] = (True, False) if fact.type is FactType.YES_NO else range(3)
    return [
        value
        for value in tried
        if all(
            TESTS[leaf.test](value, leaf.limit.value)
            for leaf in leaves
            if isinstance(leaf.limit, Literal)
        )
    ]


def _budget(rng: random.Random) -> Told:
    """Return an income about one of the lines, and what is taken off it."""
    heads = rng.randint(1, 5)
    rigid, cost = (rng.choice((0, 1, rng.randint(0, 3_000_000))) for _each in range(2))
    times = rng.choice((0.5, 1, 1, 1.3, 1.5, 2, 2.5, 3))
    month = int(rng.choice(LINES) * times) + rng.choice((-1, 0, 0, 1))
    income = month * 12 * heads + rng.choice((0, rigid, rigid + cost)) + rng.choice((0, 0, 6, -7))
    loss = rng.choice((0, 0, income * 4 // 5, income * 4 // 5 + 1, rng.randint(0, LARGE)))
    return {
        "members_living_together": heads,
        "income_12_months": max(income, 0),
        "rigid_expenditure_12_months": rigid,
        "necessary_employment_cost_12_months": cost,
        "accident_loss_12_months": max(loss, 0),
    }


def _hide(rng: random.Random, facts: Facts, share: float) -> Told:
    return {name: value for name, value in facts.items() if rng.random() >= share}


def reveal(known: Known, truth: Known, fact: Fact, member: int | None) -> Known:
    """Return what is known once one fact more is."""
    if fact.holder is Holder.HOUSEHOLD:
        return Known({**known.household, fact.name: truth.household.get(fact.name)}, known.members)
    members = [
        {**told, fact.name: truth.members[at].get(fact.name)} if at == member else told
        for at, told in enumerate(known.members)
    ]
    return Known(known.household, members)
