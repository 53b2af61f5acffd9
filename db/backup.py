"""Copies a live store byte by byte, encrypted as it is, and reads such a copy through.

A reading transaction that begins while the whole log is folded into the file keeps everybody from
folding more in: until it ends the file does not change, while others go on writing to the log.
"""

import hashlib
import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import Final

from app.core.errors import StoreBusy
from db.engine import BUSY_SECONDS, Engines, connect, sqlcipher
from db.trouble import DiskFailing

Told = Callable[[float], object]
"""Hears which share of the work is done, 0 to 1; what it raises ends the work."""

CHUNK: Final = 4 * 1024**2
RETRY_SECONDS: Final = 0.02
KERNEL_COPIES: Final = platform.system() == "Linux"
"""Elsewhere ``sendfile`` is for sockets only."""


def copy_store(engines: Engines, key: bytes, target: Path, told: Told) -> None:
    """Copy a store to ``target`` while it is in use: as it was at one moment, synced to the disk.

    Raises `StoreBusy` when others do not let the log be folded in, `DiskFailing` when the store
    cannot be read, and the `OSError` of a target that cannot be written.
    """
    with closing(connect(engines.path, key, read_only=True)) as reading:
        _hold_still(engines.path, key, reading)
        (size,) = reading.execute(
            "SELECT p.page_count * s.page_size FROM pragma_page_count p, pragma_page_size s"
        ).fetchone()
        source = engines.open_bytes()
        with target.open("xb") as copy:
            copy_bytes(source, copy, size, engines.path, told)


def _hold_still(path: Path, key: bytes, reading: sqlite3.Connection) -> None:
    """Begin a reading transaction for which the log is empty, so that the file stays as it is."""
    deadline = time.monotonic() + BUSY_SECONDS
    with closing(connect(path, key)) as gate:
        while True:
            gate.execute("BEGIN IMMEDIATE")  # nobody adds to the log meanwhile
            try:
                checkpoint = "PRAGMA wal_checkpoint(PASSIVE)"
                _busy, length, folded = reading.execute(checkpoint).fetchone()
                if length == folded:
                    reading.execute("BEGIN")
                    reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
                    return
            finally:
                gate.execute("ROLLBACK")
            if time.monotonic() > deadline:
                raise StoreBusy
            time.sleep(RETRY_SECONDS)


def copy_bytes(
    source: BufferedReader, target: BufferedWriter, size: int, path: Path, told: Told
) -> None:
    """Copy ``size`` bytes and sync them to the disk.

    ``path`` is where the source stands: raises `DiskFailing` when it ends early or cannot be read,
    and the `OSError` of a target that cannot be written.
    """
    pieces = _in_the_kernel if KERNEL_COPIES else _through_memory
    done = 0
    try:
        for piece in pieces(source, target, size):
            done += piece
            told(done / size)
    except OSError as error:
        if not _readable(source, done):
            raise DiskFailing(path=path) from error
        raise
    if done < size:
        raise DiskFailing(path=path)
    target.flush()
    os.fsync(target.fileno())


def _in_the_kernel(source: BufferedReader, target: BufferedWriter, size: int) -> Iterator[int]:
    """Copy piece by piece without bringing the bytes into the program."""
    done = 0
    while piece := os.sendfile(target.fileno(), source.fileno(), done, min(CHUNK, size - done)):
        done += piece
        yield piece


def _through_memory(source: BufferedReader, target: BufferedWriter, size: int) -> Iterator[int]:
    """Copy piece by piece where the system has no better way."""
    buffer = memoryview(bytearray(min(CHUNK, size)))
    while piece := source.readinto(buffer[: min(CHUNK, size - target.tell())]):
        target.write(buffer[:piece])
        yield piece


def _readable(source: BufferedReader, at: int) -> bool:
    """Tell whether it was not the source that failed."""
    try:
        source.seek(at)
        source.read(1)
    except OSError:
        return False
    return True


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def rows_of(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 - the name comes from the schema
        for (table,) in sorted(tables)
    }


def is_whole(copy: sqlite3.Connection, table: str) -> bool:
    """Read every page of one table of a copy, and of its indexes: each carries its seal, and
    together they are the trees they should be. ``copy`` has not read the table before."""
    try:
        return copy.execute(f'PRAGMA quick_check("{table}")').fetchall() == [("ok",)]
    except sqlcipher.DatabaseError:
        return False
