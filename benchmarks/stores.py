"""Stores that a measurement makes and throws away, on the disk where real ones would lie."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from platformdirs import user_cache_path

from app.core.assets import root
from app.core.words.staff import Role
from app.demo.center import CENTER
from app.office import begin_store
from app.staff.records import StaffForm
from db.engine import connect
from db.keys import KeyFile, key_file_of
from db.models import Base

TODAY: Final = date(2026, 11, 20)
"""The day of the invented people."""
USER: Final = "bench"
NO_CACHE: Final = "PYTHONDONTWRITEBYTECODE"
PASSWORD: Final = "bench-2012"  # noqa: S105 - of invented people


def cache_folder() -> Path:
    """Return the folder of the benchmarks in the user's cache, made when it is missing."""
    folder = user_cache_path("bangfu", appauthor=False) / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def scratch() -> Generator[Path]:
    """Give a folder that is gone afterwards; not in /tmp, which may be no disk at all."""
    with tempfile.TemporaryDirectory(dir=cache_folder()) as folder:
        yield Path(folder)


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a program with a home of its own and no screen.

    Its modules are compiled by the first run, as those of an installed program are.
    """
    ours = {name: value for name, value in os.environ.items() if name != NO_CACHE}
    places = {f"XDG_{name}_HOME": str(home) for name in ("CONFIG", "DATA", "STATE")}
    compiled = {"PYTHONPYCACHEPREFIX": str(home / "compiled")}
    return ours | places | compiled | {"QT_QPA_PLATFORM": "offscreen"}


def new_center(path: Path) -> None:
    """Make an empty center of two people, of whom the first has every role."""
    people = [
        StaffForm(user=USER, name="王芳", roles=tuple(Role), password=PASSWORD),
        StaffForm(user="second", name="赵建国", roles=(Role.SUPERVISOR,), password=PASSWORD),
    ]
    begin_store(path, CENTER, people)


def copy_center(source: Path, target: Path) -> None:
    """Copy a closed store with its key file."""
    shutil.copyfile(source, target)
    shutil.copyfile(key_file_of(source), key_file_of(target))


def data_key(path: Path) -> bytes:
    """Return the data key of a store made here."""
    key = KeyFile.read(key_file_of(path)).open_with_password(USER, PASSWORD)
    if key is None:
        raise ValueError(f"{path} does not open: remove its folder")
    return key


def kept_store(name: str, what: str, source: str, make: Callable[[Path], None]) -> Path:
    """Return a store that is made once and kept, until the schema or its source changes."""
    sources = [*sorted(root().glob("db/migrations/versions/*.py")), Path(source)]
    digest = hashlib.sha256(b"".join(each.read_bytes() for each in sources)).hexdigest()[:16]
    folder = cache_folder() / f"{name}-{digest}"
    store = folder / f"{name}.bangfu"
    if not folder.exists():
        print(f"Making a store of {what} (once) ...", flush=True)
        with scratch() as workplace:
            fresh = workplace / folder.name
            fresh.mkdir()
            make(fresh / store.name)
            fresh.rename(folder)
        for former in set(cache_folder().glob(f"{name}-*")) - {folder}:
            shutil.rmtree(former)
    return store


@contextmanager
def filling(store: Path, *tables: str) -> Generator[Any]:
    """Give a raw connection that fills tables quickly: their indexes and triggers come after."""
    with closing(connect(store, data_key(store))) as connection:
        for pragma in ("synchronous = OFF", "cache_size = -400000", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        marks = ", ".join("?" * len(tables))
        slow = connection.execute(
            f"SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ({marks}) "
            "AND type IN ('index', 'trigger') AND sql IS NOT NULL",
            tables,
        ).fetchall()
        for kind, name, _sql in slow:
            connection.execute(f"DROP {kind} {name}")
        connection.execute("BEGIN")
        yield connection
        for *_what, sql in slow:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def insert_rows(connection: Any, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; columns that they leave out get what says nothing."""
    columns = [
        column for column in Base.metadata.tables[table].columns if column.name in rows[0]
    ] + [
        column
        for column in Base.metadata.tables[table].columns
        if column.name not in rows[0] and not column.nullable and column.name != "id"
    ]
    names = ", ".join(column.name for column in columns)
    marks = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({marks})",
        [tuple(_plain(row.get(column.name, _empty(column))) for column in columns) for row in rows],
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _empty(column: Any) -> Any:
    kind = column.type.python_type
    if kind is datetime:
        return "2026-11-20 00:00:00.000000"
    return TODAY.isoformat() if kind is date else kind() if kind in (int, bool) else ""
