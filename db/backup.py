"""Copies a live store page by page, encrypted with the same key."""

from contextlib import closing
from pathlib import Path

from db.engine import connect
from db.trouble import StoreDamaged


def copy_store(source: Path, target: Path, key: bytes) -> None:
    """Copy the store at ``source`` to ``target`` while it is in use, and check the copy.

    Raises `StoreDamaged` when the copy is not whole, or the driver's error; ``target`` is then
    as it was.
    """
    fresh = target.with_name(target.name + ".part")
    fresh.unlink(missing_ok=True)
    try:
        with (
            closing(connect(source, key, read_only=True)) as origin,
            closing(connect(fresh, key, create=True)) as copy,
        ):
            origin.backup(copy)
            verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
            copy.execute("PRAGMA journal_mode = DELETE")
        if verdict != "ok":
            raise StoreDamaged(path=source)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
