"""Copies a live store page by page, encrypted with the same key."""

from pathlib import Path

from db.engine import connect


def copy_store(source: Path, target: Path, key: bytes) -> None:
    """Copy the store at ``source`` to ``target`` while it is in use, and check the copy.

    Raises the driver's ``DatabaseError`` when the copy is not whole; ``target`` is then removed.
    """
    fresh = target.with_name(target.name + ".part")
    fresh.unlink(missing_ok=True)
    origin = connect(source, key, read_only=True)
    try:
        copy = connect(fresh, key, create=True)
        try:
            origin.backup(copy)
            verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
    finally:
        origin.close()
    if verdict != "ok":
        fresh.unlink()
        raise ValueError(f"the copy of {source.name} is not whole: {verdict}")
    fresh.replace(target)
