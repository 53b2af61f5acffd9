"""What a row of the relief book counts under, cut by cut, and what people call it."""

import functools
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from app.core.i18n import N_, _
from app.core.words import Word
from app.core.words.disbursements import PayWay
from app.core.words.funds import FundSource
from app.core.words.relief import ReliefItem
from app.policy.pack import Area
from app.reference.districts import district, districts
from app.reports.records import NO_FILE, NOT_KNOWN, Cut

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

BY_KIND: Final = tuple(cut for cut in Cut if cut is not Cut.MONTH)

UNKNOWN_LABEL: Final = N_("Unknown")
NO_FILE_LABEL: Final = N_("Without file")
PAST_LABEL: Final = N_("{source}, before the books")


def key_of(cut: Cut, text: str) -> str:
    """Return the key of the row in a cut that a text of the book stands in."""
    return district_key(text) if cut is Cut.DISTRICT else text


@functools.cache
def district_key(name: str) -> str:
    """Return the name a district has today; one of elsewhere stays as it is written."""
    found = district(name) if name else None
    return found.name if found else name


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
