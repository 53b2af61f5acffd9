"""The document that says how a register of placements looks (``placements.toml``), and how its
words are read: terms of contracts, kinds of people, what was free of charge.
"""

import functools
import re
from collections.abc import Mapping
from typing import Final

import msgspec

from app.core.words import Answer
from app.core.words.placements import PersonKind
from app.exchange.archive_document import YesNoWords, bare_title, bare_word, read_document, titles
from app.exchange.archive_document import shape as archive_shape
from app.exchange.archive_problems import Odd
from app.exchange.archive_words import Meaning, unknown, yes_no
from app.exchange.loans_document import loans_shape
from app.exchange.registers import RegisterShape, has_titles
from app.exchange.relief_document import relief_shape
from app.exchange.workbook import Workbook

TELLING: Final = frozenset({"started_on", "employer", "occupation", "free"})
"""Columns by which a sheet of placements is known."""
_MONTHS: Final = re.compile(r"(\d{1,3})\s*(?:个)?月?", re.ASCII)
_YEARS: Final = re.compile(r"(\d{1,2})\s*年(半)?", re.ASCII)
_DIGITS: Final = str.maketrans("一二两三四五六七八九", "1223456789")
_LONGEST: Final = 600


class ContractWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands for a term in words."""

    open: tuple[str, ...]
    """No number of months follows from it."""
    half: tuple[str, ...]
    """Half a year."""


class PlacementsShape(RegisterShape, frozen=True, forbid_unknown_fields=True):
    """The document of the columns and of the words."""

    contract: ContractWords
    kind: Mapping[PersonKind, tuple[str, ...]]
    free: YesNoWords


@functools.cache
def placements_shape() -> PlacementsShape:
    """Return how a register of placements looks. Raises `ArchiveDocumentDamaged`."""
    return read_document("placements.toml", PlacementsShape)


@functools.cache
def names() -> Mapping[str, Meaning]:
    """Return the readers of the columns whose cells are words of placements."""
    return {"months": _months, "kind": _kind, "free": _free}


def usual_words(field: str) -> tuple[str, ...]:
    """Return the words that the cells of a column can have; nothing where it is no list."""
    match field:
        case "person_kind":
            return tuple(said[0] for said in placements_shape().kind.values())
        case "free":
            return ("是", "否")
        case _:
            return ()


@functools.cache
def shared_in_placements() -> frozenset[str]:
    """Return the fields of which one value can hold for every row."""
    shared = {column.field for column in placements_shape().columns if column.shared}
    return frozenset(shared - {"started_on"} | {"employer", "occupation"})


@functools.cache
def _own() -> frozenset[str]:
    """Return the titles that only registers of placements have."""
    telling = tuple(column for column in placements_shape().columns if column.field in TELLING)
    others = (*archive_shape().households, *archive_shape().members)
    others = (*others, *relief_shape().columns, *loans_shape().columns)
    elsewhere = {title for title, _column in titles(others)}
    return frozenset(title for title, _column in titles(telling)) - elsewhere


def looks_like_placements(book: Workbook) -> bool:
    """Tell by the titles whether a workbook is a register of placements."""
    return has_titles(book, _own())


def _months(text: str) -> object:
    """Read a term: ``12``, ``12个月``, ``1年``, ``一年半``, ``半年``; words without a number of
    months are kept as a note."""
    bare = bare_word(text)
    if not bare:
        return None
    words = placements_shape().contract
    if bare in map(bare_word, words.open):
        return Odd(note=text.strip()[:60])
    if bare in map(bare_word, words.half):
        return 6
    said = text.strip().translate(_DIGITS)
    years, months = _YEARS.fullmatch(said), _MONTHS.fullmatch(said)
    count = int(months[1]) if months else 0
    if years:
        count = int(years[1]) * 12 + (6 if years[2] else 0)
    if 1 <= count <= _LONGEST:
        return count
    return Odd(code="bad_months", data={"value": text[:40]})


def _kind(text: str) -> object:
    words = placements_shape().kind
    said = {bare_word(word): kind for kind, all_ in words.items() for word in all_}
    bare = bare_word(text)
    if bare in said:
        return said[bare]
    return unknown(text, bare, {word: words[kind][0] for word, kind in said.items()})


def _free(text: str) -> object:
    """Read whether it was free of charge; what is not told stays not asked."""
    words, bare = placements_shape().free, bare_title(text)
    if bare in map(bare_title, words.yes):
        return Answer.YES
    return Answer.NO if bare in map(bare_title, words.no) else yes_no(text)
