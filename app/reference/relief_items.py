"""The items relief is counted by: which measures each holds, and how the past wrote it."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from app.core.text import normalise
from app.core.words.relief import ReliefItem
from app.reference.documents import ReferenceDamaged, folder, read


class _Item(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    words: list[str]
    measures: list[str]


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    item: list[_Item]


@dataclass(frozen=True)
class Items:
    """The items by measure and by the words of workbooks."""

    by_measure: Mapping[str, ReliefItem]
    by_word: Mapping[str, ReliefItem]


@functools.cache
def items() -> Items:
    """Return the document ``relief_items.toml``. Raises `ReferenceDamaged`."""
    path = folder("relief_items.toml")
    by_measure: dict[str, ReliefItem] = {}
    by_word: dict[str, ReliefItem] = {}
    for row in read(path, _Table).item:
        try:
            item = ReliefItem(row.name)
        except ValueError as error:
            raise ReferenceDamaged(file=path.name, problem=str(error)) from error
        for table, names in ((by_measure, row.measures), (by_word, row.words)):
            for name in names:
                if table.setdefault(name, item) is not item:
                    raise ReferenceDamaged(file=path.name, problem=f"{name} stands twice")
    return Items(by_measure, by_word)


def item_of(measure: str) -> ReliefItem:
    """Return the item a measure counts under: other when the document does not name it."""
    return items().by_measure.get(measure, ReliefItem.OTHER)


def item_named(word: str) -> ReliefItem | None:
    """Return the item that a workbook calls ``word``; `None` when it means none."""
    return items().by_word.get(normalise(word).replace(" ", ""))
