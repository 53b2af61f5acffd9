"""How much of a workbook is read, and the words for one that is not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from app.core.errors import AppError
from app.core.i18n import N_


class NotAWorkbook(AppError):
    """The file cannot be read as a workbook."""

    says = N_(
        "This file cannot be read as a workbook ({problem}). Nothing was read; open it in the "
        "spreadsheet program and save it once more as .xlsx."
    )


class WorkbookLocked(AppError):
    """The workbook has a password."""

    says = N_(
        "The workbook is locked with a password. Nothing was read; take the password out in the "
        "spreadsheet program and save it once more."
    )


class WorkbookTooLarge(AppError):
    """The workbook would take more memory or time than any archive needs."""

    says = N_(
        "The workbook is too large ({problem}). Nothing was read; keep only the sheets of the "
        "archive, or divide it into several workbooks."
    )


@dataclass(frozen=True)
class Limits:
    """The largest workbook that is read; an archive of 100,000 households stays well below."""

    file: int = 100 << 20
    """Bytes of the file."""
    unpacked: int = 640 << 20
    """Bytes of all parts of a package together."""
    small: int = 4 << 20
    """Bytes unpacked up to which any ratio of packing is let pass."""
    ratio: int = 100
    """Bytes unpacked for one byte packed; a sheet has 10 to 30."""
    parts: int = 1000
    columns: int = 256
    cells: int = 8_000_000
    """Rows times columns of one sheet, empty cells too: the reader keeps a place for each."""
    merges: int = 200_000
    """Merged cells of one sheet, each row counted."""
    text: int = 200_000_000
    """Characters of all cells of a sheet, where some are long."""


LIMITS: Final = Limits()


@dataclass(frozen=True)
class Facts:
    """What the reader of the values does not tell."""

    hidden: Mapping[str, frozenset[int]] = field(default_factory=dict[str, frozenset[int]])
    """The hidden rows by sheet."""
    starts_1904: bool = False
    long_texts: bool = False
    """True when a text is so long that standing in very many cells it would not end."""
