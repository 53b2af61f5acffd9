"""Opens the encrypted SQLite store: one writing connection and two reading ones (WAL)."""

import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from io import BufferedReader
from pathlib import Path
from typing import Any, cast

import sqlcipher3.dbapi2  # pyright: ignore[reportMissingTypeStubs] - it ships none
from sqlalchemy import Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from db.trouble import NetworkPath

sqlcipher: Any = sqlcipher3.dbapi2
"""The driver: the interface of `sqlite3`, with keys."""

COMPILED: LRUCache[Any, Any] = LRUCache(1000)
"""Every statement that was made into SQL, for the engines of every store."""

READERS = 2
BUSY_SECONDS = 10
SHARED_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs", "davfs", "ceph"}
)


@dataclass(frozen=True)
class Engines:
    """The ways to one open store."""

    path: Path
    writer: Engine
    reader: Engine
    _bytes: list[BufferedReader] = field(default_factory=list[BufferedReader])

    def open_bytes(self) -> BufferedReader:
        """Return the file itself, for copying; it stays open until `close`.

        Where locks belong to the process (POSIX), closing any handle on a file drops all of them,
        those of SQLite too: another program could then fold the log away beneath us.
        """
        self._bytes.append(self.path.open("rb"))
        return self._bytes[-1]

    def close(self) -> None:
        """Close every connection; the last one to close folds the log into the file."""
        self.reader.dispose()
        self.writer.dispose()
        while self._bytes:
            self._bytes.pop().close()


def connect(
    path: Path, key: bytes, *, read_only: bool = False, create: bool = False
) -> sqlite3.Connection:
    """Return a raw connection with the key set; its transactions are begun by hand.

    Reading the schema proves the key: raises the driver's ``DatabaseError`` when it is wrong.
    """
    connection = _opened(path, key, "mode=rwc" if create else "mode=rw")
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_copy(path: Path, key: bytes) -> sqlite3.Connection:
    """Return a connection to a copy that nobody writes to: without log, locks or new files.

    So it can stand on a network share or on a disk that cannot be written to.
    """
    return _opened(path, key, "mode=ro&immutable=1")


def _opened(path: Path, key: bytes, how: str) -> sqlite3.Connection:
    place = path.absolute().as_uri()
    if not place.startswith("file:///"):  # a share of Windows: SQLite knows no names of servers
        place = place.replace("file://", "file:////", 1)
    connection = cast(
        "sqlite3.Connection",
        sqlcipher.connect(
            f"{place}?{how}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_SECONDS,
        ),
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # a wrong key is told by us
        connection.execute(f"""PRAGMA key = "x'{key.hex()}'" """)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("PRAGMA cache_size = -32000")
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection


def open_engines(path: Path, key: bytes) -> Engines:
    """Return the engines of an existing store."""
    writer = _engine(lambda: connect(path, key), size=1, begin=_begin_writing)
    reader = _engine(lambda: connect(path, key, read_only=True), size=READERS, begin=_begin_reading)
    return Engines(path, writer, reader)


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    """Begin on the raw connection: this touches no file, so no error needs to be wrapped."""
    connection.connection.cursor().execute("BEGIN")


def _engine(
    creator: Callable[[], Any], *, size: int, begin: Callable[[Connection], None]
) -> Engine:
    dialect = _dialect()
    engine = Engine(
        QueuePool(creator, size, max_overflow=0, dialect=dialect),
        dialect,
        make_url("sqlite://"),
        hide_parameters=True,  # an error that is logged tells no personal data
        execution_options={"compiled_cache": COMPILED},
    )
    event.listen(engine, "begin", begin)
    return engine


@cache
def _dialect() -> Dialect:
    """Return the one dialect of all engines, which has seen the driver: by it SQLAlchemy knows
    what it compiled before."""
    first = create_engine("sqlite://", module=sqlcipher)
    with first.connect():
        pass
    first.dispose()
    return first.dialect


def refuse_network_path(path: Path, mounts: str | None = None) -> None:
    """Raise `NetworkPath` when ``path`` lies on a network share.

    ``mounts`` is the text of ``/proc/mounts``; without it, this machine's is read.
    """
    if str(path).startswith(("\\\\", "//")):
        raise NetworkPath(path=path, kind="UNC")
    if sys.platform == "win32":
        _refuse_windows_share(path)
        return
    table = Path("/proc/mounts")
    if mounts is None:
        if not table.exists():
            return
        mounts = table.read_text(encoding="utf-8", errors="replace")
    place = path.resolve()
    best, kind = Path("/"), ""
    for line in mounts.splitlines():
        _, point, file_system, *_ = line.split()
        mounted = Path(point.replace("\\040", " "))
        if place.is_relative_to(mounted) and len(mounted.parts) >= len(best.parts):
            best, kind = mounted, file_system
    if kind in SHARED_FILE_SYSTEMS:
        raise NetworkPath(path=path, kind=kind)


def _refuse_windows_share(path: Path) -> None:
    import ctypes  # noqa: PLC0415 - only there on Windows

    remote = 4  # DRIVE_REMOTE of GetDriveTypeW
    drive = path.absolute().anchor
    if getattr(ctypes, "windll").kernel32.GetDriveTypeW(drive) == remote:  # noqa: B009 - Windows only
        raise NetworkPath(path=path, kind=drive)
