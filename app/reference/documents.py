"""Reads the shipped reference documents; a mistake in one is named with its file and place."""

import tomllib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from app.core.assets import resource
from app.core.errors import AppError
from app.core.i18n import N_


class Dated(Protocol):
    """A document that is complete and stays in force until a later one begins."""

    @property
    def in_force(self) -> date:
        """Return the day it begins, which is also the name of its file."""
        ...


Document = TypeVar("Document")
DatedDocument = TypeVar("DatedDocument", bound=Dated)


class ReferenceDamaged(AppError):
    """A reference document that came with the program cannot be used."""

    says = N_(
        "The reference file {file} cannot be used: {problem}. Nothing was changed; restore the "
        "file from the installation."
    )


def folder(*parts: str) -> Path:
    """Return the path of a reference document or of a folder of them."""
    return resource("reference", *parts)


def read(path: Path, document: type[Document]) -> Document:
    """Read one document into the msgspec type ``document``; fractions become `Decimal`.

    Raises `ReferenceDamaged`.
    """
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        return msgspec.convert(raw, document)
    except (OSError, ValueError) as error:
        raise ReferenceDamaged(file=path.name, problem=str(error)) from error


def read_dated(
    where: Path, document: type[DatedDocument], what_is_wrong: Callable[[DatedDocument], str]
) -> tuple[DatedDocument, ...]:
    """Read every document of a folder, oldest first.

    ``what_is_wrong`` returns what its types cannot say, or nothing. Raises `ReferenceDamaged`.
    """
    found: list[DatedDocument] = []
    for path in sorted(where.glob("*.toml")):
        each = read(path, document)
        begins = "" if path.stem == each.in_force.isoformat() else f"in_force {each.in_force}"
        if wrong := begins or what_is_wrong(each):
            raise ReferenceDamaged(file=path.name, problem=wrong)
        found.append(each)
    return tuple(found)


def in_force(documents: Iterable[DatedDocument], day: date) -> DatedDocument | None:
    """Return the newest of the documents that have begun by ``day``."""
    begun = (each for each in documents if each.in_force <= day)
    return max(begun, key=lambda each: each.in_force, default=None)


def unsourced(figures: Iterable[Sequence[str]], known: Iterable[str]) -> str:
    """Return what is wrong when a figure has no source, or one that the document does not name."""
    named = list(figures)
    strange = {source for sources in named for source in sources} - set(known)
    return f"source {sorted(strange)}" if strange or not all(named) else ""
