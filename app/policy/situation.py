"""Reads one household from a file, to assess it without an archive.

What is missing is unknown, never assumed. An unknown name is an error that lists the nearest
known names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from app.core.i18n import _
from app.core.money import whole_fen
from app.core.text import normalise
from app.policy.documents import read_toml
from app.policy.facts import (
    DISTRICTS,
    RECEIVED,
    Fact,
    FactType,
    FactValue,
    Known,
    member_facts,
    received,
    words_of,
)
from app.policy.problems import (
    BadFactValue,
    NoDay,
    UnknownFactWord,
    UnknownSituationFact,
    UnknownTable,
    nearest,
    shown,
)
from app.policy.vocabulary import HOUSEHOLD, MEMBER, WHEN
from app.reference.districts import district


@dataclass(frozen=True)
class Situation:
    """One household on one day. What is unknown is absent."""

    day: date
    known_on: date | None
    known: Known


def load_situation(path: Path, on: date | None = None) -> Situation:
    """Read a situation file; ``on`` replaces its ``as_of``.

    Raises a `DocumentProblem`.
    """
    return read_situation(read_toml(path), path.name, on)


def read_situation(raw: Mapping[str, Any], file: str = "", on: date | None = None) -> Situation:
    """Make a situation of a parsed document. Raises a `SituationProblem`."""
    for name in raw:
        if name not in ("household", "member"):
            raise UnknownTable(file=file, found=name)
    household = _facts(file, "household", raw.get("household", {}), HOUSEHOLD)
    members: Any = raw.get("member", [])
    if not isinstance(members, list):
        raise UnknownTable(file=file, found="member")
    day = on or household.pop("as_of", None)
    if not isinstance(day, date):
        raise NoDay(file=file)
    known_on = household.pop("known_on", None)
    return Situation(
        day,
        known_on if isinstance(known_on, date) else None,
        Known(
            {name: value for name, value in household.items() if name not in WHEN},
            [
                member_facts(_facts(file, "member", member, MEMBER))
                for member in cast("list[object]", members)
            ],
        ),
    )


def _facts(
    file: str, table: str, raw: object, known: Mapping[str, Fact]
) -> dict[str, FactValue | None]:
    if not isinstance(raw, dict):
        raise UnknownTable(file=file, found=table)
    facts: dict[str, FactValue | None] = {}
    for key, value in cast("dict[str, object]", raw).items():
        if key == RECEIVED.rstrip("."):
            facts |= _received(file, table, value)
            continue
        if key not in known:
            raise UnknownSituationFact(file=file, table=table, key=key, nearest=nearest(key, known))
        facts[key] = _value(file, table, known[key], value)
    return facts


def _received(file: str, table: str, raw: object) -> dict[str, FactValue | None]:
    """Read what was received under each measure: ``received = { living_relief = 1000 }``."""
    if not isinstance(raw, dict):
        raise UnknownTable(file=file, found=f"{table}.{RECEIVED.rstrip('.')}")
    facts: dict[str, FactValue | None] = {}
    for measure, value in cast("dict[str, object]", raw).items():
        fact = received(measure, measure)
        facts[fact.name] = _value(file, table, fact, value)
    return facts


def _value(file: str, table: str, fact: Fact, value: object) -> FactValue:
    wanted = fact.type.label
    match fact.type:
        case FactType.DAY if isinstance(value, date) and not isinstance(value, datetime):
            return value
        case FactType.YES_NO if isinstance(value, bool):
            return value
        case FactType.COUNT if isinstance(value, int) and not isinstance(value, bool):
            if value >= fact.at_least:
                return value
            wanted = _("a whole number of at least {least}").format(least=fact.at_least)
        case FactType.YUAN if isinstance(value, int | Decimal) and not isinstance(value, bool):
            fen = whole_fen(value)
            if fen is not None:
                return fen
            wanted = _("an amount in yuan with at most two decimals, not negative")
        case FactType.WORD if isinstance(value, str):
            return _word(file, table, fact, normalise(value))
        case _:
            pass
    raise BadFactValue(file=file, table=table, key=fact.name, wanted=wanted, found=shown(value))


def _word(file: str, table: str, fact: Fact, word: str) -> str:
    place = district(word) if DISTRICTS in fact.codes else None
    if place:
        return place.name
    known = words_of(fact)
    if word not in known:
        raise UnknownFactWord(
            file=file, table=table, key=fact.name, found=word, nearest=nearest(word, known)
        )
    return word
