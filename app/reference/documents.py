"""Reads the shipped reference documents; a mistake in one is named with its file and place."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from app.core.assets import resource
from app.core.errors import AppError
from app.core.i18n import N_

Document = TypeVar("Document")


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
