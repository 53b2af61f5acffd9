"""Households of whom every fact that the packs of a day ask is known."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Final

from app.core.resident_id import age
from app.core.words import Answer
from app.demo.people import DemoHousehold
from app.policy.facts import (
    AGE,
    DERIVED,
    MONTHS_UNEMPLOYED,
    RECEIVED,
    RELIEF,
    Fact,
    Facts,
    FactType,
    FactValue,
    Holder,
    Known,
    months_between,
    received,
    words_of,
)
from app.policy.rulebook import Rulebook
from app.policy.vocabulary import HOUSEHOLD, MEMBER

YUAN: Final = (0, 0, 1, 50_000, 300_000, 2_000_000, 4_800_000, 9_000_000)
"""Fen."""

MOSTLY_NO: Final = 0.85
"""The share of questions that are answered with no."""


def asked_facts(book: Rulebook, holder: Holder) -> dict[str, Fact]:
    """Return the given facts that the packs of a day ask of a household or member, by name."""
    keys = set(book.classification.asks if book.classification else ())
    keys = keys.union({RELIEF}, *(measure.asks for measure in book.measures))
    of_member = holder is Holder.MEMBER
    names = {
        key.removeprefix("member.")
        for key in keys - DERIVED.keys()
        if key.startswith("member.") is of_member
    }
    if of_member:
        names |= {"birth"} if AGE.key in keys else set()
        names |= {"unemployed_since"} if MONTHS_UNEMPLOYED.key in keys else set()
    known = MEMBER if of_member else HOUSEHOLD
    return {
        name: received(name.removeprefix(RECEIVED), "", holder)
        if name.startswith(RECEIVED)
        else known[name]
        for name in sorted(names)
    }


class Completed:
    """Fills in what is not known of a household, the same way for the same seed."""

    def __init__(self, book: Rulebook, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - invents answers
        self._day = book.day
        self._household = asked_facts(book, Holder.HOUSEHOLD)
        self._member = asked_facts(book, Holder.MEMBER)

    def of(self, known: Known, *, anew: float = 0) -> Known:
        """Return a household with nothing unknown; ``anew`` is the share of other answers."""
        return Known(
            self._filled(known.household, self._household, anew),
            [self._filled(member, self._member, anew) for member in known.members],
        )

    def _filled(self, facts: Facts, asked: Mapping[str, Fact], anew: float) -> Facts:
        chance = self._random.random
        return {
            name: self._answer(fact)
            if (value := facts.get(name)) is None or (anew and chance() < anew)
            else value
            for name, fact in asked.items()
        }

    def _answer(self, fact: Fact) -> FactValue:
        random = self._random
        match fact.type:
            case FactType.YES_NO:
                return random.random() > MOSTLY_NO
            case FactType.COUNT:
                return random.randint(fact.at_least, 4)
            case FactType.YUAN:
                return random.choice(YUAN)
            case FactType.DAY:
                return self._day - timedelta(days=random.randint(0, 30_000))
            case FactType.WORD:
                return random.choice(words_of(fact))


def known_of_demo(household: DemoHousehold) -> Known:
    """Return what is known of an invented household."""
    own, *members = (
        {name: _fact(getattr(thing, name, None)) for name in facts}
        for thing, facts in [
            (household, HOUSEHOLD),
            *((each, MEMBER) for each in household.members),
        ]
    )
    return Known({**own, "has_active_file": True, RELIEF: 0}, members)


def derived(member: Facts, day: date) -> dict[str, int]:
    """Return what is worked out of the days of a member."""
    found: dict[str, int] = {}
    if isinstance(birth := member.get("birth"), date):
        found[AGE.name] = age(birth, day)
    if isinstance(since := member.get("unemployed_since"), date):
        found[MONTHS_UNEMPLOYED.name] = months_between(since, day)
    return found


def _fact(value: object) -> FactValue | None:
    if isinstance(value, Answer):
        return value.known
    return value if isinstance(value, bool | int | str | date) else None
