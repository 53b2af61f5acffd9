"""What a word of an earlier version of a code list is called today.

A file keeps the word it was filed under. Where the document knows no successor, the word stays
and is marked: nobody guesses for the household.
"""

import functools
from collections.abc import Mapping
from datetime import date

import msgspec

from app.core.i18n import N_, _
from app.reference.codes import codes, known_words
from app.reference.documents import ReferenceDamaged, folder, read

NOW_CALLED = N_("{word} (now {today})")
EARLIER = N_("{word} (of an earlier list)")


class _Mapping(msgspec.Struct, forbid_unknown_fields=True, rename={"from_": "from"}):
    list: str
    from_: str
    to: str
    source: str
    confidence: str


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    mapping: list[_Mapping]


@functools.cache
def _mappings() -> Mapping[tuple[str, str], str]:
    """Return the shipped document: list and word to the later word."""
    path = folder("code_mappings.toml")
    found: dict[tuple[str, str], str] = {}
    for row in read(path, _Document).mapping:
        words = known_words(row.list)
        key = (row.list, row.from_)
        if row.from_ not in words or row.to not in words or key in found:
            raise ReferenceDamaged(file=path.name, problem=f"{row.list}: {row.from_}")
        found[key] = row.to
    return found


def mapped(name: str, word: str, day: date) -> str | None:
    """Return what ``word`` of a list is called on ``day``; `None` where nothing is known.

    A word in use on that day is itself. Raises `UnknownCodeList`.
    """
    in_use = codes(name, day)
    later: str | None = word
    seen: set[str] = set()
    while later is not None and later not in in_use:
        if later in seen:
            return None
        seen.add(later)
        later = _mappings().get((name, later))
    return later


def told(name: str, word: str | None, day: date) -> str:
    """Return a word as shown on ``day``: with its word of today, or marked as an earlier one.

    Nothing stays nothing.
    """
    if not word:
        return ""
    today = mapped(name, word, day)
    if today == word:
        return word
    if today is None:
        return _(EARLIER).format(word=word)
    return _(NOW_CALLED).format(word=word, today=today)
