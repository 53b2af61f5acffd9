"""What a row of the relief book counts under, cut by cut, and what people call it."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy.orm import InstrumentedAttribute

from app.core.i18n import N_, _
from app.core.words import Word
from app.core.words.disbursements import PayWay
from app.core.words.funds import FundSource
from app.core.words.relief import ReliefItem
from app.policy.pack import Area
from app.reference.districts import district, districts
from app.reports.records import NO_FILE, NOT_KNOWN, Cut, ReportQuery, of_month

Say: TypeAlias = Callable[[str], str]

PAST: Final = "past."
"""Begins the key of money of the past, which no fund here held; its source follows."""

TOTAL: Final = (None, "total")
WITHOUT_FILE: Final = (None, "without file")

WORDS: Final[Mapping[Cut, type[Word]]] = {
    Cut.ITEM: ReliefItem,
    Cut.SOURCE: FundSource,
    Cut.AREA: Area,
    Cut.WAY: PayWay,
}
"""The cuts whose keys are words of the program."""

IN_ORDER: Final = frozenset({Cut.ITEM, Cut.SOURCE, Cut.AREA, Cut.WAY, Cut.DISTRICT, Cut.MONTH})
"""The cuts whose rows stand in an order of their own; the others by money, the most first."""

UNKNOWN_LABEL: Final = N_("Unknown")
NO_FILE_LABEL: Final = N_("Without file")
PAST_LABEL: Final = N_("{source}, before the books")


@functools.cache
def district_key(name: str) -> str:
    """Return the name a district has today; one of elsewhere stays as it is written."""
    found = district(name) if name else None
    return found.name if found else name


def district_of_row(written: str | None, *, alone: bool) -> str:
    """Return the key of the district of a loan or placement; ``alone``: without a file."""
    return district_key(written or "") or (NO_FILE if alone else NOT_KNOWN)


def in_district(
    district: InstrumentedAttribute[str | None],
    household_id: InstrumentedAttribute[int | None],
    key: str,
) -> ColumnElement[bool]:
    """Say in SQL that `district_of_row` of a row is ``key``."""
    if key in (NOT_KNOWN, NO_FILE):
        alone = household_id.is_(None)
        return and_(func.coalesce(district, "") == "", alone if key == NO_FILE else ~alone)
    return district.in_(district_words(key))


def district_words(key: str) -> tuple[str, ...]:
    """Return the names under which the district of a key may be written."""
    found = district(key)
    return (found.name, *found.also) if found else (key,)


def label(cut: Cut, key: str, funds: Mapping[str, str], said: Say = _) -> str:
    """Return what people call a row of a cut; ``said`` translates, into any language."""
    if key == NOT_KNOWN:
        return said(UNKNOWN_LABEL)
    if key == NO_FILE:
        return said(NO_FILE_LABEL)
    if cut is Cut.FUND:
        if key.startswith(PAST):
            source = FundSource(key.removeprefix(PAST))
            return said(PAST_LABEL).format(source=said(source.message))
        return funds[key]
    if cut in WORDS:
        return _word(WORDS[cut], key, said)
    return key


def _word(words: type[Word], key: str, said: Say) -> str:
    """Return the label of a word; one that this program does not know stays as it is stored."""
    try:
        return said(words(key).message)
    except ValueError:
        return key


def order(cut: Cut, key: str) -> tuple[int, str]:
    """Return where a row stands in the cuts that have an order of their own; unknown last."""
    if key in (NOT_KNOWN, NO_FILE):
        return (1000 + (key == NO_FILE), key)
    if cut is Cut.DISTRICT:
        names = [each.name for each in districts()]
        return (names.index(key) if key in names else 900, key)
    if cut in WORDS:
        known = [word.value for word in WORDS[cut]]
        return (known.index(key) if key in known else 900, key)
    return (0, key)


def months_of(asked: ReportQuery) -> list[str]:
    """Return the months that a period touches, as keys of the cut by month."""
    first, last = (day.year * 12 + day.month - 1 for day in (asked.first, asked.last))
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(first, last + 1)]


def cut_to(asked: ReportQuery, month: str) -> ReportQuery:
    """Return the part of a period that lies in a month."""
    whole = of_month(int(month[:4]), int(month[5:]))
    return replace(asked, first=max(asked.first, whole.first), last=min(asked.last, whole.last))
