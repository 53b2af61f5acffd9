"""The dated code lists of the forms: causes of hardship, health, housing and the like.

A list has one version from each day its words changed. What was written in the words of an
earlier version keeps them.
"""

import functools
from dataclasses import dataclass
from datetime import date

import msgspec

from app.core.errors import NotFound
from app.core.i18n import N_
from app.reference.documents import ReferenceDamaged, folder, read


class UnknownCodeList(NotFound):
    """There is no code list of that name."""

    says = N_("There is no code list “{what}”.")


@dataclass(frozen=True)
class Version:
    """The words of a list from a day on, in the order of the form."""

    first: date
    words: tuple[str, ...]
    source: str
    confidence: str


@dataclass(frozen=True)
class CodeList:
    """One code list with its versions, oldest first; ``title`` is what the form calls it."""

    name: str
    title: str
    versions: tuple[Version, ...]

    def on(self, day: date) -> tuple[str, ...]:
        """Return the words on ``day``; before the oldest known version, that version's."""
        words = self.versions[0].words
        for version in self.versions:
            if version.first <= day:
                words = version.words
        return words

    def all(self) -> tuple[str, ...]:
        """Return the words of every version, each once."""
        return tuple(dict.fromkeys(word for version in self.versions for word in version.words))


class _Version(msgspec.Struct, forbid_unknown_fields=True, rename={"from_": "from"}):
    from_: date
    words: list[str]
    source: str
    confidence: str


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    version: list[_Version]


@functools.cache
def code_lists() -> dict[str, CodeList]:
    """Return every code list by its name, which is the name of its file."""
    return {path.stem: _list(path.stem) for path in sorted(folder("codes").glob("*.toml"))}


def _list(name: str) -> CodeList:
    path = folder("codes", f"{name}.toml")
    table = read(path, _Table)
    versions = tuple(
        Version(row.from_, tuple(row.words), row.source, row.confidence)
        for row in sorted(table.version, key=lambda row: row.from_)
    )
    for version in versions:
        if not version.words or len(set(version.words)) != len(version.words):
            raise ReferenceDamaged(file=path.name, problem=f"{version.first}: words")
    if not versions:
        raise ReferenceDamaged(file=path.name, problem="no version")
    return CodeList(name, table.title, versions)


def code_list(name: str) -> CodeList:
    """Return one code list. Raises `UnknownCodeList`."""
    try:
        return code_lists()[name]
    except KeyError:
        raise UnknownCodeList(what=name) from None


def codes(name: str, day: date) -> tuple[str, ...]:
    """Return the words of a list as in use on ``day``. Raises `UnknownCodeList`."""
    return code_list(name).on(day)


def known_words(name: str) -> tuple[str, ...]:
    """Return the words of every version of a list. Raises `UnknownCodeList`."""
    return code_list(name).all()
