"""The documents that say how an archive workbook looks and what its words mean.

``resources/exchange/archive.toml`` has the sheets, columns and synonyms of titles;
``archive_words.toml`` what old archives say for the words of the code lists.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import msgspec

from app.core.assets import resource
from app.core.errors import AppError
from app.core.i18n import N_
from app.core.words.households import FileState

Kind = Literal[
    "text", "id", "card", "phone", "code", "words", "district", "sex", "yes_no", "state",
    "day", "yuan", "count", "area", "ailment", "named",
]  # fmt: skip
"""What the cells of a column are; the words of ``named`` are told to the reader."""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column that is understood."""

    field: str
    title: str
    kind: Kind
    also: tuple[str, ...] = ()
    required: bool = False
    list: str = ""
    """The code list of its words."""
    most: int = 200
    """Characters of a text."""

    @property
    def shared(self) -> bool:
        """Tell whether one value can hold for every row: not names and numbers of people."""
        return self.kind not in ("text", "id", "card", "phone")


class SheetNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the two sheets may be called, the usual name first."""

    households: tuple[str, ...]
    members: tuple[str, ...]


class Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is no column and no row of a table."""

    ignored: tuple[str, ...]
    """Titles of columns that this program added itself."""
    totals: tuple[str, ...]
    """How a row of totals begins."""
    notes: tuple[str, ...]
    """How a line below the table begins."""


class Shape(Marks, frozen=True, forbid_unknown_fields=True):
    """The document of the sheets and columns."""

    sheets: SheetNames
    households: tuple[Column, ...]
    members: tuple[Column, ...]


class Meanings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What old archives say for the words of one code list."""

    same: Mapping[str, str] = {}
    wider: Mapping[str, str] = {}
    unsaid: tuple[str, ...] = ()
    by_sex: Mapping[str, tuple[str, str]] = {}
    """The word for a man and the word for a woman."""
    ending: str = ""
    """What the words end in and need not be said."""


class YesNoWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words for yes and no."""

    yes: tuple[str, ...]
    no: tuple[str, ...]


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The document of the words."""

    unsaid: tuple[str, ...]
    yes_no: YesNoWords
    sex: Meanings
    state: Mapping[str, tuple[str, ...]]
    list: Mapping[str, Meanings]


class ArchiveDocumentDamaged(AppError):
    """A document that came with the program cannot be used."""

    says = N_(
        "The file {file} cannot be used: {problem}. Nothing was read; restore the file from the "
        "installation."
    )


_Document = TypeVar("_Document")
_LOOSE: Final = re.compile(r"[\s、，,。.；;：:·/\\()\[\]【】《》<>“”\"'‘’~—_＊*★☆-]+")
_NUMBERED: Final = re.compile(r"^\d{1,2}(?=\D)")
_GRADES: Final = {
    "1": "一", "2": "二", "3": "三", "4": "四", "I": "一", "II": "二", "III": "三", "IV": "四",
}  # fmt: skip
_GRADE: Final = re.compile(r"([1-4IV一二三四]{1,3})级(?:极重度|重度|中度|轻度)?")
_BRACKETS: Final = re.compile(r"\([^()]*\)")


def read_document(name: str, document: type[_Document]) -> _Document:
    """Return a document of ``resources/exchange``. Raises `ArchiveDocumentDamaged`."""
    path: Path = resource("exchange", name)
    try:
        return msgspec.toml.decode(path.read_bytes(), type=document)
    except (OSError, msgspec.DecodeError) as error:
        raise ArchiveDocumentDamaged(file=path.name, problem=str(error)) from error


@functools.cache
def shape() -> Shape:
    """Return how an archive workbook looks. Raises `ArchiveDocumentDamaged`."""
    return read_document("archive.toml", Shape)


@functools.cache
def shared_fields() -> frozenset[str]:
    """Return the fields of which one value can hold for every row."""
    columns = (*shape().households, *shape().members)
    return frozenset(column.field for column in columns if column.shared)


@functools.cache
def vocabulary() -> Vocabulary:
    """Return what the words of old archives mean. Raises `ArchiveDocumentDamaged`."""
    return read_document("archive_words.toml", Vocabulary)


@functools.cache
def states() -> Mapping[str, FileState]:
    """Return what the words for the state of a file mean."""
    words = vocabulary().state.items()
    return {word: FileState(state) for state, said in words for word in said}


def bare_title(cell: Any) -> str:
    """Return a title as it is compared: without spaces, stars and what stands in brackets."""
    plain = unicodedata.normalize("NFKC", cell) if isinstance(cell, str) else ""
    bare = _LOOSE.sub("", _BRACKETS.sub("", plain))
    return bare or _LOOSE.sub("", plain)


def bare_word(word: str) -> str:
    """Return a word of a list as it is compared: without signs, numbering and spaces."""
    plain = _LOOSE.sub("", unicodedata.normalize("NFKC", word)).upper()
    graded = _GRADE.sub(lambda found: _GRADES.get(found[1], found[1]) + "级", plain)
    return _NUMBERED.sub("", graded) or graded


def titles(columns: tuple[Column, ...]) -> Iterator[tuple[str, Column]]:
    """Yield every title of every column as it is compared, with its column."""
    for column in columns:
        for title in (column.title, *column.also):
            yield bare_title(title), column
