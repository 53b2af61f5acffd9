"""Ways to bring an archive workbook into a store, for tests."""

from hashlib import sha256
from typing import Any

from app.core.words.imports import Decision
from app.entrance import prepare_import
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import Archive
from app.exchange.importing import import_archive, undo_import
from app.exchange.importing_queries import read_workbook
from app.exchange.importing_records import Decided, Imported, ImportForm, ReadForm, UndoForm
from app.exchange.workbook import open_workbook
from tests.workbooks import Layout, Plan, plan, written
from tests.world import World


def read(world: World, data: bytes, mends: Mends | None = None) -> Archive:
    """Read and check a workbook, as the caseworker."""
    form = ReadForm(book=open_workbook(data), mends=mends or Mends())
    return world.ask("wang", read_workbook, form)


def bring_in(
    world: World,
    data: bytes,
    *,
    skip_bad: bool = False,
    decisions: dict[int, Decision] | None = None,
) -> Imported:
    """Import a workbook, as the caseworker."""
    return write(world, data, read(world, data), skip_bad=skip_bad, decisions=decisions)


def write(
    world: World,
    data: bytes,
    archive: Archive,
    *,
    skip_bad: bool = False,
    decisions: dict[int, Decision] | None = None,
) -> Imported:
    """Import what was read."""
    decided = Decided(archive, decisions or {})
    prepared = prepare_import(world.office, decided)
    digest = sha256(data).hexdigest()
    form = ImportForm(file_name="档案.xlsx", digest=digest, prepared=prepared, skip_bad=skip_bad)
    return world.do("wang", import_archive, form)


def undo(world: World, number: str, reason: str = "导错了文件") -> None:
    """Undo an import, as the caseworker."""
    world.do("wang", undo_import, UndoForm(number=number, reason=reason))


def workbook(households: int = 20, damaged: int = 0, **layout: Any) -> tuple[Plan, bytes]:
    """Return a workbook of invented households, and what is in it."""
    planned = plan(households, damaged, Layout(**layout))
    return planned, written(planned)
