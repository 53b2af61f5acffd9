"""Ways to bring past relief into a store, for tests."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.words.imports import ImportKind
from app.entrance import prepare_relief_import
from app.exchange.archive_mending import Mends
from app.exchange.importing_files import open_import
from app.exchange.importing_records import ReadForm
from app.exchange.relief_importing import import_relief
from app.exchange.relief_queries import read_relief_workbook
from app.exchange.relief_records import ReliefForm, ReliefHistory, ReliefImported
from db.models.households import Household, Member
from tests.relief_workbooks import Home
from tests.world import World


def read_relief(world: World, path: Path, mends: Mends | None = None) -> ReliefHistory:
    """Read and check a workbook, as the caseworker."""
    book = open_import(path, ImportKind.RELIEF).book
    return world.ask("wang", read_relief_workbook, ReadForm(book=book, mends=mends or Mends()))


def bring_relief_in(world: World, path: Path, *, skip_bad: bool = False) -> ReliefImported:
    """Import a workbook, as the caseworker."""
    return world.do("wang", import_relief, prepared_form(world, path, skip_bad=skip_bad))


def prepared_form(world: World, path: Path, *, skip_bad: bool = False) -> ReliefForm:
    """Return what imports a workbook, read and ready to be written."""
    return ReliefForm(
        file_name=path.name,
        digest=open_import(path).digest,
        prepared=prepare_relief_import(world.office, read_relief(world, path)),
        skip_bad=skip_bad,
    )


def homes_of(world: World) -> list[Home]:
    """Return the households on file, by their heads."""
    with Session(world.office.engines.reader) as session:
        found = session.execute(
            select(Household.file_number, Member.id_number, Member.name, Household.district)
            .join(Member)
            .where(Member.position == 1, Household.file_number.is_not(None), Member.active)
            .order_by(Household.id)
        )
        return [Home(*(value or "" for value in row)) for row in found]
