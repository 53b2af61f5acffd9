"""A copy of a store in use: as it was at one moment, read through, without a trace beside it."""

import io
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.core.errors import StoreBusy
from db import backup
from db.backup import copy_store, digest_of, is_whole, rows_of
from db.engine import connect, connect_copy, open_engines, sqlcipher
from db.keys import KeyFile, key_file_of
from db.trouble import DiskFailing
from tests.filled import raw
from tests.world import PASSWORD


def key_of(store: Path) -> bytes:
    key = KeyFile.read(key_file_of(store)).open_with_password("wang", PASSWORD)
    assert key is not None
    return key


SPREAD = "SELECT max(last) - min(last), sum(last) - count(*) * min(last) FROM number_series"
"""Stays the same while all series go on by one in one act."""


def untold(_share: float) -> None:
    pass


def acts(store: Path, key: bytes) -> int:
    with closing(connect_copy(store, key)) as copy:
        return copy.execute("SELECT count(*) FROM audit").fetchone()[0]


def test_a_copy_is_the_file_with_the_log_folded_in(filled: Path, tmp_path: Path) -> None:
    key, shares = key_of(filled), list[float]()
    engines = open_engines(filled, key)
    with closing(connect(filled, key)) as writer:
        writer.execute("UPDATE number_series SET last = last + 1 WHERE series = 'case'")
        assert filled.with_name("center.db-wal").stat().st_size > 0
        copy_store(engines, key, tmp_path / "copy.db", shares.append)
    engines.close()
    assert (tmp_path / "copy.db").read_bytes() == filled.read_bytes()
    assert shares[-1] == 1.0
    with closing(connect_copy(tmp_path / "copy.db", key)) as copy, raw(filled) as sql:
        assert rows_of(copy)["audit"] == sql.one("SELECT count(*) FROM audit")
        assert all(is_whole(copy, table) for table in rows_of(copy))
    assert not list(tmp_path.glob("copy.db-*")), "reading a copy leaves nothing beside it"


def test_what_is_not_committed_is_not_in_a_copy(filled: Path, tmp_path: Path) -> None:
    key = key_of(filled)
    engines = open_engines(filled, key)
    with closing(connect(filled, key)) as writer:
        writer.execute("BEGIN")  # reads only: somebody looks at a list meanwhile
        before = writer.execute("SELECT count(*) FROM draft").fetchone()
        copy_store(engines, key, tmp_path / "copy.db", untold)
        assert writer.execute("SELECT count(*) FROM draft").fetchone() == before
    engines.close()


def test_others_go_on_writing_while_it_is_copied(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writes and folding between the pieces of a copy do not get into it."""
    monkeypatch.setattr(backup, "CHUNK", 16_384)
    key = key_of(filled)
    engines = open_engines(filled, key)
    before, written = digest_of(filled), list[float]()
    with closing(connect(filled, key)) as writer:

        def write(share: float) -> None:
            writer.execute("UPDATE number_series SET last = last + 1")
            busy, _length, folded = writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            assert (busy, folded) in ((0, 0), (1, 0)), "the file is held as it is"
            written.append(share)

        copy_store(engines, key, tmp_path / "copy.db", write)
        assert len(written) > 10
        assert digest_of(tmp_path / "copy.db") == before
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert digest_of(filled) != before
    engines.close()


def test_many_writers_and_copies_at_once(filled: Path, tmp_path: Path) -> None:
    key, stop = key_of(filled), threading.Event()
    engines = open_engines(filled, key)
    with closing(connect(filled, key)) as reader:
        before = reader.execute(SPREAD).fetchone()

    def write() -> None:
        with closing(connect(filled, key)) as writer:
            while not stop.wait(0.001):
                writer.execute("UPDATE number_series SET last = last + 1")

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for number in range(15):
            target = tmp_path / f"{number}.db"
            copy_store(engines, key, target, untold)
            with closing(connect_copy(target, key)) as copy:
                assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert copy.execute(SPREAD).fetchone() == before, "half of an act"
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        engines.close()


def test_a_reader_that_does_not_end_keeps_the_log_from_being_folded(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "BUSY_SECONDS", 0)
    key = key_of(filled)
    engines = open_engines(filled, key)
    with closing(connect(filled, key)) as reader, closing(connect(filled, key)) as writer:
        writer.execute("UPDATE number_series SET last = last + 1")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM staff").fetchone()
        writer.execute("UPDATE number_series SET last = last + 1")
        with pytest.raises(StoreBusy):
            copy_store(engines, key, tmp_path / "copy.db", untold)
        reader.execute("ROLLBACK")
        copy_store(engines, key, tmp_path / "copy.db", untold)
    engines.close()


CAN_LOCK = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
"""
"""Takes the lock by which SQLite sees whether it is the last one at a store."""


@pytest.mark.skipif(sys.platform == "win32", reason="locks belong to the handle there")
def test_the_locks_of_the_store_outlive_a_copy(filled: Path, tmp_path: Path) -> None:
    """Another program must not take itself for the last one and fold our log away: closing any
    handle on a file drops the locks that this process has on it."""

    def refused() -> bool:
        run = [sys.executable, "-c", CAN_LOCK, str(filled)]
        return b"BlockingIOError" in subprocess.run(run, capture_output=True, check=False).stderr

    key = key_of(filled)
    engines = open_engines(filled, key)
    with engines.writer.connect():
        assert refused()
    copy_store(engines, key, tmp_path / "copy.db", untold)
    assert refused()
    engines.close()
    assert not refused()


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_damage_in_a_copy_is_found(filled: Path, share: float) -> None:
    key = key_of(filled)
    with closing(connect_copy(filled, key)) as copy:
        tables = rows_of(copy)

    def whole() -> bool:
        try:
            with closing(connect_copy(filled, key)) as copy:  # the schema is read through too
                return all(is_whole(copy, table) for table in tables)
        except sqlcipher.DatabaseError:
            return False

    assert whole()
    content = bytearray(filled.read_bytes())
    at = int(len(content) * share)
    content[at : at + 32] = b"\xff" * 32
    filled.write_bytes(content)
    assert not whole()


@pytest.mark.parametrize("kernel", sorted({False, backup.KERNEL_COPIES}))
def test_a_copy_by_each_systems_way(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kernel: bool
) -> None:
    monkeypatch.setattr(backup, "KERNEL_COPIES", kernel)
    monkeypatch.setattr(backup, "CHUNK", 10_000)
    shares: list[float] = []
    with filled.open("rb") as source, (tmp_path / "copy").open("xb") as copy:
        backup.copy_bytes(source, copy, filled.stat().st_size, filled, shares.append)
    assert (tmp_path / "copy").read_bytes() == filled.read_bytes()
    assert len(shares) == -(-filled.stat().st_size // 10_000)


def test_a_source_that_cannot_be_read_is_told_from_a_target_that_cannot_be_written(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(io.BufferedReader):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    def fail(*_given: object) -> Iterator[int]:
        raise OSError(5, "Input/output error")
        yield 0

    monkeypatch.setattr(backup, "_in_the_kernel", fail)
    monkeypatch.setattr(backup, "_through_memory", fail)
    with (tmp_path / "copy").open("xb") as copy:
        with filled.open("rb") as source, pytest.raises(OSError, match="error"):
            backup.copy_bytes(source, copy, 10, filled, untold)
        with Failing(io.FileIO(filled)) as source, pytest.raises(DiskFailing):
            backup.copy_bytes(source, copy, 10, filled, untold)


def test_a_source_that_ends_early(filled: Path, tmp_path: Path) -> None:
    with filled.open("rb") as source, (tmp_path / "copy").open("xb") as copy:
        size = filled.stat().st_size + 1
        with pytest.raises(DiskFailing):
            backup.copy_bytes(source, copy, size, filled, untold)


def test_a_copy_can_stand_where_nothing_can_be_written(filled: Path, tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    shutil.copyfile(filled, place / "center.db")
    (place / "center.db").chmod(0o400)
    place.chmod(0o500)
    try:
        with closing(connect_copy(place / "center.db", key_of(filled))) as copy:
            assert is_whole(copy, "audit")
        assert acts(place / "center.db", key_of(filled)) > 0
    finally:
        place.chmod(0o700)
