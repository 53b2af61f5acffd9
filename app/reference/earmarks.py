"""The earmarks of sources as data: ``resources/reference/earmarks/<day>.toml``.

What a source of money may pay, whoever keeps the fund: a document is complete and stays in force
until a later one begins. Every rule names where it comes from and how sure it is. A mistake in a
document raises `ReferenceDamaged` with its place.
"""

import functools
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import msgspec

from app.core.i18n import N_
from app.core.words import Word
from app.core.words.funds import FundSource
from app.core.words.relief import ReliefItem
from app.reference.codes import known_words
from app.reference.dated import Confidence
from app.reference.documents import folder, in_force, read_dated, unsourced

Above = Annotated[int, msgspec.Meta(ge=1)]


class Per(Word):
    """Whose money is added up against a most."""

    HOUSEHOLD_YEAR = "household_year", N_("a household and year")
    PERSON_YEAR = "person_year", N_("a person and year")
    PERSON_TIME = "person_time", N_("a person and time")


class Sourced(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule of a document: its sources of money, its words, where it comes from, how sure."""

    of: tuple[FundSource, ...]
    says: str
    source: tuple[str, ...]
    confidence: Confidence


class Rule(Sourced, frozen=True, kw_only=True):
    """What some sources may pay. A list that is empty asks for nothing."""

    file: bool = False
    """Only households on file."""
    without_file: tuple[ReliefItem, ...] = ()
    """Items it pays without a file all the same; no level is asked for then either."""
    levels: tuple[str, ...] = ()
    """Levels of the archive, as their list of codes has them."""
    items: tuple[ReliefItem, ...] = ()
    roster: bool = False
    """Only the list that was entrusted to the center, and that list from nothing else."""


class Most(Sourced, frozen=True, kw_only=True):
    """The most of some items that a household or person gets: in yuan, or in months of the line."""

    items: tuple[ReliefItem, ...]
    per: Per
    fen: Above | None = None
    months: Above | None = None
    """Of the dibao line of the household's district; without a known line it limits nothing."""


class Earmarks(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The earmarks of all sources as in force from one day."""

    in_force: date
    title: str
    status: str
    note: str
    sources: dict[str, str]
    rules: tuple[Rule, ...] = msgspec.field(name="rule")
    most: tuple[Most, ...] = ()

    def rule(self, source: FundSource) -> Rule:
        """Return the rule of a source; every source has exactly one."""
        return next(rule for rule in self.rules if source in rule.of)

    def limits(self, source: FundSource, item: ReliefItem) -> Iterator[Most]:
        """Yield what limits an item that a source pays."""
        return (each for each in self.most if source in each.of and item in each.items)


def earmarks_on(day: date) -> Earmarks:
    """Return the document in force on ``day``: before the first one, the first one."""
    return in_force(shipped_earmarks(), day) or shipped_earmarks()[0]


@functools.cache
def shipped_earmarks() -> tuple[Earmarks, ...]:
    """Return the documents that came with the program, oldest first."""
    return read_dated(folder("earmarks"), Earmarks, what_is_wrong)


def what_is_wrong(earmarks: Earmarks) -> str:
    """Return what does not fit in a document, or nothing."""
    every = (*earmarks.rules, *earmarks.most)
    ruled = sorted(source for rule in earmarks.rules for source in rule.of)
    levels = {level for rule in earmarks.rules for level in rule.levels}
    if ruled != sorted(FundSource):
        return f"of {ruled}"
    if wrong := unsourced((each.source for each in every), earmarks.sources):
        return wrong
    if levels - set(known_words("archive_level")):
        return f"levels {sorted(levels)}"
    if any((each.fen is None) == (each.months is None) for each in earmarks.most):
        return "most: fen or months"
    return ""
