"""What is asked and given when an archive comes in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, NamedTuple

from app.core.columns import Columns
from app.core.i18n import N_
from app.core.kinds import Choice, Count, Flag, Key, Kind, Moment, Text
from app.core.record import Record
from app.core.words.imports import Decision, ImportKind, ImportState
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import Archive, ArchiveHousehold
from app.exchange.workbook import Workbook

BatchNumber = Annotated[str, Text(label=N_("Import"))]
FileName = Annotated[str, Text(label=N_("File name"), max_length=255)]
Kept = Annotated[ImportState, Choice(label=N_("State"), words=ImportState)]


class ReadForm(Record):
    """Asks to read and check an archive workbook against the center's files."""

    book: Annotated[Workbook, Kind(label=N_("Workbook"), private=True)]
    mends: Annotated[Mends, Kind(label=N_("Mended"), private=True)] = Mends()
    tick: Annotated[Callable[[int], None] | None, Kind(label=N_("Progress"))] = None
    """Told now and then how many rows were read; it may raise to stop."""


@dataclass(frozen=True)
class Decided:
    """An archive with what was decided about the households that are on file already."""

    archive: Archive
    decisions: Mapping[int, Decision] = field(default_factory=dict[int, Decision])
    """By the row of the household; without one it stays out."""


class Prepared(NamedTuple):
    """The rows of an import, ready to be written."""

    households: Columns
    members: Columns
    """``household_id`` is the place of the household, from 0; the heads come first."""
    keys: list[tuple[str, int]]
    """Further search keys, each with the place of its member."""
    unnumbered: list[int]
    """Places of the households that get a new file number."""
    completing: list[ArchiveHousehold]
    """Those whose file is there and gets what it does not know yet."""
    rows: int
    left_out: int
    errors: int
    """Errors that nothing was decided about."""


class WorkbookForm(Record):
    """Imports what was read of a workbook, as one batch."""

    file_name: FileName
    digest: Annotated[str, Text(label=N_("Digest"))]
    skip_bad: Annotated[bool, Flag(label=N_("Leave out what is wrong"))] = False


class ImportForm(WorkbookForm):
    """Imports a prepared archive as one batch."""

    prepared: Annotated[Prepared, Kind(label=N_("Content"), private=True)]


class Imported(Record):
    """What an import wrote."""

    id: Annotated[int, Key()]
    number: BatchNumber
    households: Annotated[int, Count(label=N_("New files"))]
    members: Annotated[int, Count(label=N_("People"))]
    merged: Annotated[int, Count(label=N_("Files completed"))]
    left_out: Annotated[int, Count(label=N_("Left out"))]


class BatchByNumber(Record):
    """Names an import by its number."""

    number: BatchNumber


class UndoForm(Record):
    """Undoes an import, with the reason."""

    number: BatchNumber
    reason: Annotated[str, Text(label=N_("Reason"), min_length=2, max_length=200)]


class ImportRow(Record):
    """One import in the list."""

    id: Annotated[int, Key()]
    number: BatchNumber
    kind: Annotated[ImportKind, Choice(label=N_("Holds"), words=ImportKind)]
    state: Kept
    file_name: FileName
    rows: Annotated[int, Count(label=N_("Rows read"))]
    """Those of the file that hold somebody or a payment."""
    households: Annotated[int, Count(label=N_("Households"))]
    members: Annotated[int, Count(label=N_("People"))]
    merged: Annotated[int, Count(label=N_("Files completed"))]
    left_out: Annotated[int, Count(label=N_("Left out"))]
    made_by: Annotated[str, Text(label=N_("Imported by"))]
    made_at: Annotated[datetime, Moment(label=N_("Imported on"))]
    undone_by: Annotated[str, Text(label=N_("Undone by"))] = ""
    reason: Annotated[str, Text(label=N_("Reason"))] = ""
