"""An archive and a year of past relief imported with all checks, against reading and inserting the
same rows raw."""

import io
import os
import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from app.core.record import Nothing
from app.exchange.importing import import_archive
from app.exchange.importing_files import open_import
from app.exchange.importing_queries import import_rows, read_workbook
from app.exchange.importing_records import Decided, ImportForm, ReadForm
from app.exchange.importing_rows import prepare
from app.exchange.relief_importing import import_relief
from app.exchange.relief_preparing import prepare_relief
from app.exchange.relief_queries import read_relief_workbook
from app.exchange.relief_records import ReliefForm
from app.exchange.workbook import open_workbook
from app.office import Office, enter_store, open_with_key
from app.work import Actor
from benchmarks.measure import Goal, Row, stopwatch, timing
from benchmarks.stores import PASSWORD, USER, copy_center, data_key, new_center, scratch
from db.engine import connect
from db.models.households import Household, Member, SearchKey
from tests.relief_workbooks import relief_workbook
from tests.workbooks import Layout, plan, written

ROWS: Final = int(os.environ.get("BANGFU_BENCH_IMPORT", "100000"))
"""Rows of households and members together; a household has two and a half on average."""
ROUNDS: Final = 3
TABLES: Final = ("household", "member", "search_key")
RELIEF_TABLES: Final = ("relief_person", "relief")
MODELS: Final = (Household, Member, SearchKey)

Insert = tuple[str, list[tuple[Any, ...]]]


def import_row() -> Row:
    """Measure the import, the same rows read and inserted raw, and by openpyxl and the ORM.

    All write to copies of one store with the same key, indexes and triggers, synced at the end.
    """
    data = written(plan(ROWS * 2 // 5, 0, Layout()))
    with scratch() as folder:
        fresh = folder / "fresh.db"
        new_center(fresh)
        key = data_key(fresh)
        inserts, objects = _rehearsed(fresh, folder / "rehearsal.db", key, data)
        ours: list[float] = []
        floor: list[float] = []
        for turn in range(ROUNDS):
            mine, raw = folder / f"ours{turn}.db", folder / f"raw{turn}.db"
            copy_center(fresh, mine)
            copy_center(fresh, raw)
            office, actor = enter_store(mine, USER, PASSWORD)
            ours.append(stopwatch(_import, office, actor, data))
            office.close()
            writer = connect(raw, key)
            floor.append(stopwatch(_raw, writer, data, inserts))
            writer.close()
        peer = folder / "peer.db"
        copy_center(fresh, peer)
        office = open_with_key(peer, key)
        slow = stopwatch(_by_orm, office, data, objects)
        office.close()
    mine_time, floor_time = timing(ours), timing(floor)
    return Row(
        f"import of {ROWS:,} archive rows, read, checked, written and in the trail",
        "calamine and raw inserts of the same rows; openpyxl and the ORM",
        mine_time,
        floor_time,
        [
            Goal("p50", 1.6, mine_time.median / floor_time.median),
            Goal("of openpyxl and the ORM", 0.25, mine_time.median / slow),
        ],
    )


def relief_row() -> Row:
    """Measure the import of a year of past relief, and the same rows read and inserted raw."""
    with scratch() as folder:
        path, fresh = folder / "relief.xlsx", folder / "fresh.db"
        relief_workbook(path)
        data = path.read_bytes()
        new_center(fresh)
        key = data_key(fresh)
        rehearsal = folder / "rehearsal.db"
        _take_relief(fresh, rehearsal, path)
        with connect(rehearsal, key, read_only=True) as watch:
            inserts = [_rows(watch, table) for table in RELIEF_TABLES]
        ours: list[float] = []
        floor: list[float] = []
        for turn in range(ROUNDS):
            ours.append(_take_relief(fresh, folder / f"ours{turn}.db", path))
            raw = folder / f"raw{turn}.db"
            copy_center(fresh, raw)
            writer = connect(raw, key)
            floor.append(stopwatch(_raw, writer, data, inserts))
            writer.close()
    mine_time, floor_time = timing(ours), timing(floor)
    return Row(
        "import of 22,298 payments of past relief, read, checked, written and in the trail",
        "calamine and raw inserts of the same rows",
        mine_time,
        floor_time,
        [Goal("p50", 1.6, mine_time.median / floor_time.median)],
    )


def _take_relief(fresh: Path, place: Path, path: Path) -> float:
    """Import a workbook of relief into a copy of a center; return how long it took."""
    copy_center(fresh, place)
    office, actor = enter_store(place, USER, PASSWORD)
    seconds = stopwatch(_import_relief, office, actor, path)
    office.close()
    return seconds


def _import_relief(office: Office, actor: Actor, path: Path) -> None:
    opened = open_import(path)
    history = office.ask(actor, read_relief_workbook, ReadForm(book=opened.book))
    form = ReliefForm(file_name=opened.name, digest=opened.digest, prepared=prepare_relief(history))
    office.perform(actor, import_relief, form)


def _import(office: Office, actor: Actor, data: bytes) -> None:
    archive = office.ask(actor, read_workbook, ReadForm(book=open_workbook(data)))
    form = ImportForm(
        file_name="archive.xlsx", digest="-", prepared=prepare(Decided(archive)), skip_bad=False
    )
    office.perform(actor, import_archive, form)


def _rehearsed(
    fresh: Path, place: Path, key: bytes, data: bytes
) -> tuple[list[Insert], list[dict[str, Any]]]:
    """Import once; return the rows that were written, raw and as the ORM takes them."""
    copy_center(fresh, place)
    office, actor = enter_store(place, USER, PASSWORD)
    _import(office, actor, data)
    assert office.ask(actor, import_rows, Nothing())
    with Session(office.engines.reader) as session:
        objects = [
            {"model": model, **{c.key: getattr(row, c.key) for c in model.__table__.columns}}
            for model in MODELS
            for row in session.query(model)
        ]
    office.close()
    with connect(place, key, read_only=True) as watch:
        inserts = [_rows(watch, table) for table in TABLES]
    return inserts, objects


def _rows(connection: sqlite3.Connection, table: str) -> Insert:
    found = connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
    places = ", ".join("?" * len(found.description))
    return f'INSERT INTO "{table}" VALUES ({places})', found.fetchall()


def _raw(connection: sqlite3.Connection, data: bytes, inserts: list[Insert]) -> None:
    """Read the cells with calamine and write the rows as they are."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - what is measured

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        list(book.get_sheet_by_name(name).iter_rows())
    connection.execute("PRAGMA foreign_keys = OFF")  # the import itself is not among the rows
    connection.execute("BEGIN IMMEDIATE")
    for statement, rows in inserts:
        connection.executemany(statement, rows)
    connection.execute("COMMIT")


def _by_orm(office: Office, data: bytes, objects: list[dict[str, Any]]) -> None:
    """Read the cells with openpyxl and add the rows as objects."""
    import openpyxl  # noqa: PLC0415 - what is measured # pyright: ignore[reportMissingModuleSource] - it has no stubs

    book: Any = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        list(sheet.iter_rows(values_only=True))
    with Session(office.engines.writer) as session:
        before = Household
        for each in objects:
            model = each["model"]
            if model is not before:
                session.flush()
                before = model
            given = {name: value for name, value in each.items() if name != "model"}
            if model is Household:
                given["import_batch_id"] = None
            session.add(model(**given))
        session.commit()
