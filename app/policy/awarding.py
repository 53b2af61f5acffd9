"""Reads how the money of a grant is found, in the closed list of `app.policy.awards`."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from app.core.i18n import _
from app.core.money import Fen
from app.policy.awards import (
    Award,
    Bands,
    ByWord,
    FirstAndFurther,
    Fixed,
    LeastOf,
    MonthsOfLine,
    PerHead,
    ShareOf,
)
from app.policy.criteria import CLAUSE_KEYS, Criteria
from app.policy.facts import CATEGORY, RECEIVED, Fact, FactType, words_of
from app.policy.pack import Grant
from app.policy.problems import WrongShape
from app.policy.tables import Table
from app.reference.dated import ValueKind

PLACES: Final = (
    *("amount", "cap", "used", "months", "heads", "line", "share", "of", "most", "deductible"),
)
"""The places that the sentence of an award may have."""


def read_grant(measure: Table, criteria: Criteria, id_: str) -> Grant:
    """Read ``[measure.award]`` of the grant ``id_``."""
    kind = measure.table("award", _ANY).one_of("kind", READERS)
    table = measure.table("award", _GRANT | KEYS[kind])
    together = table.yuan("household_most") if "household_most" in table.raw else None
    return Grant(
        clause=criteria.sourced(table, PLACES),
        award=READERS[kind](table, criteria),
        used=criteria.fact(table, "used", FactType.YUAN) if "used" in table.raw else None,
        household_most_fen=together,
        household_used=None if together is None else criteria.facts[f"{RECEIVED}{id_}"],
    )


def _fixed(table: Table, _criteria: Criteria) -> Fixed:
    return Fixed(table.yuan("amount"))


def _by_word(table: Table, criteria: Criteria) -> ByWord:
    fact = criteria.fact(table, "fact", FactType.WORD)
    amounts = table.table("amounts", words_of(fact))
    return ByWord(fact, {word: amounts.yuan(word) for word in amounts.raw})


def _first_and_further(table: Table, criteria: Criteria) -> FirstAndFurther:
    heads = criteria.fact(table, "heads", FactType.COUNT)
    return FirstAndFurther(table.yuan("first"), table.yuan("further"), heads)


def _per_head(table: Table, criteria: Criteria) -> PerHead:
    return PerHead(table.yuan("amount"), criteria.fact(table, "heads", FactType.COUNT))


def _months_of_line(table: Table, criteria: Criteria) -> MonthsOfLine:
    by = _by(table, criteria)
    months = table.table("months", words_of(by))
    by_word = {word: months.whole(word, 1) for word in months.raw}
    return MonthsOfLine(table.word("line", ValueKind), by_word, by)


def _share(table: Table, criteria: Criteria) -> ShareOf:
    by = _by(table, criteria)
    times: Decimal | dict[str, Decimal] = Decimal(1)
    if isinstance(table.raw.get("times"), dict):
        inside = table.table("times", words_of(by))
        times = {word: inside.factor(word) for word in inside.raw}
    else:
        times = table.factor("times")
    most: Fen | dict[str, Fen] | None = None
    if isinstance(table.raw.get("most"), dict):
        inside = table.table("most", words_of(by))
        most = {word: inside.yuan(word) for word in inside.raw}
    elif "most" in table.raw:
        most = table.yuan("most")
    deductible = table.yuan("deductible") if "deductible" in table.raw else Fen(0)
    of = criteria.fact(table, "of", FactType.YUAN)
    return ShareOf(of, times, deductible, most, by)


def _bands(table: Table, criteria: Criteria) -> Bands:
    bands = tuple(
        (band.yuan("above"), band.yuan("amount"))
        for band in table.tables("bands", ("above", "amount"))
    )
    if not bands or list(bands) != sorted(bands) or len(dict(bands)) < len(bands):
        why = _("give at least one band, each above a larger amount than the one before")
        raise WrongShape(file=table.file, table=table.place, why=why)
    return Bands(criteria.fact(table, "of", FactType.YUAN), bands)


def _least_of(table: Table, criteria: Criteria) -> LeastOf:
    parts: list[Award] = []
    for part in table.tables("parts", _ANY):
        kind = part.one_of("kind", KEYS.keys() - {"least_of"})
        only = Table(part.file, part.place, part.raw, {"kind"} | KEYS[kind])
        parts.append(READERS[kind](only, criteria))
    if not parts:
        raise WrongShape(file=table.file, table=table.place, why=_("the group is empty"))
    return LeastOf(tuple(parts))


def _by(table: Table, criteria: Criteria) -> Fact:
    return criteria.fact(table, "by", FactType.WORD) if "by" in table.raw else CATEGORY


READERS: Final[dict[str, Callable[[Table, Criteria], Award]]] = {
    "fixed": _fixed,
    "by_word": _by_word,
    "first_and_further": _first_and_further,
    "per_head": _per_head,
    "months_of_line": _months_of_line,
    "share": _share,
    "bands": _bands,
    "least_of": _least_of,
}
KEYS: Final[dict[str, frozenset[str]]] = {
    "fixed": frozenset({"amount"}),
    "by_word": frozenset({"fact", "amounts"}),
    "first_and_further": frozenset({"first", "further", "heads"}),
    "per_head": frozenset({"amount", "heads"}),
    "months_of_line": frozenset({"line", "months", "by"}),
    "share": frozenset({"of", "times", "deductible", "most", "by"}),
    "bands": frozenset({"of", "bands"}),
    "least_of": frozenset({"parts"}),
}
_GRANT = CLAUSE_KEYS | {"kind", "used", "household_most"}
_ANY = _GRANT.union(*KEYS.values())
