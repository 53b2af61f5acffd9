"""The document that says how a workbook of past relief looks (``relief.toml``)."""

import functools
from collections.abc import Mapping
from itertools import islice
from typing import Final

from app.core.words import Word
from app.core.words.disbursements import PayWay
from app.core.words.funds import FundSource
from app.exchange.archive_document import bare_title, bare_word, read_document, titles
from app.exchange.archive_document import shape as archive_shape
from app.exchange.archive_header import LOOKED_AT
from app.exchange.archive_words import Meaning, unknown
from app.exchange.registers import FEWEST, RegisterShape
from app.exchange.workbook import Workbook
from app.reference.relief_items import items

KEYS: Final = ("file_number", "id_number")
"""The columns that say who was helped."""
TELLING: Final = frozenset({"day", "item", "fen", "source"})
"""Columns by which a sheet of relief is known."""


class ReliefShape(RegisterShape, frozen=True, forbid_unknown_fields=True):
    """The document of the columns and of the words for sources and ways."""

    source: Mapping[FundSource, tuple[str, ...]]
    way: Mapping[PayWay, tuple[str, ...]]


@functools.cache
def relief_shape() -> ReliefShape:
    """Return how a workbook of past relief looks. Raises `ArchiveDocumentDamaged`."""
    return read_document("relief.toml", ReliefShape)


@functools.cache
def _words() -> Mapping[str, Mapping[Word, tuple[str, ...]]]:
    """Return how items, sources and ways are written, by list; the usual word first."""
    shape = relief_shape()
    by_item: dict[Word, tuple[str, ...]] = {}
    for word, item in items().by_word.items():
        by_item[item] = (*by_item.get(item, ()), word)
    return {"item": by_item, "source": {**shape.source}, "way": {**shape.way}}


@functools.cache
def names() -> Mapping[str, Meaning]:
    """Return the readers of the words of items, sources and ways."""
    return {name: _reader(words) for name, words in _words().items()}


def usual_words(field: str) -> tuple[str, ...]:
    """Return the words that the cells of a column can have; nothing where it is no list."""
    return tuple(said[0] for said in _words().get(field, {}).values())


@functools.cache
def shared_in_relief() -> frozenset[str]:
    """Return the fields of which one value can hold for every row."""
    return frozenset(column.field for column in relief_shape().columns if column.shared)


def _reader(words: Mapping[Word, tuple[str, ...]]) -> Meaning:
    said = [(word, meant) for meant, all_ in words.items() for word in all_]
    known = {bare_word(word): meant for word, meant in said}
    offers = {bare_word(word): words[meant][0] for word, meant in said}

    def read(text: str) -> object:
        bare = bare_word(text)
        return known[bare] if bare in known else unknown(text, bare, offers)

    return read


@functools.cache
def _own() -> tuple[frozenset[str], frozenset[str]]:
    """Return the titles that only relief has, and those that only archives have."""
    relief = {title for title, _column in titles(relief_shape().columns)}
    archive = {title for title, _column in titles(archive_shape().households)}
    return frozenset(relief - archive), frozenset(archive - relief)


def looks_like_relief(book: Workbook) -> bool:
    """Tell by the titles whether a workbook holds past relief and no archive."""
    of_relief, of_archive = _own()
    best = (0, 0)
    for name in book.names:
        for row in islice(book.sheet(name), LOOKED_AT):
            said = {bare_title(cell) for cell in row if isinstance(cell, str)}
            best = max(best, (len(said & of_relief), -len(said & of_archive)))
    return best[0] >= FEWEST and best[0] > -best[1]
