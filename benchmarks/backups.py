"""A backup of the archive, copied and read through, against copying and syncing the file."""

import os
import shutil
from pathlib import Path
from typing import Final

from app.backups.making import Keeper
from app.core.clock import SystemClock
from app.core.words.backups import Reason
from benchmarks.measure import WARM_UP, Row, in_turn, times
from benchmarks.stores import scratch
from db.backup import copy_store
from db.engine import open_engines

TIMES: Final = WARM_UP + 5


def backup_rows(store: Path, key: bytes) -> list[Row]:
    """Measure the copy alone, and the whole backup: copy, check of every page, digest, content."""
    with scratch() as folder:
        engines = open_engines(store, key)
        keeper = Keeper(engines, key, SystemClock())

        def copied(number: int) -> None:
            copy_store(engines, key, folder / f"{number}.db", lambda _share: None)
            (folder / f"{number}.db").unlink()

        def backed_up(_number: int) -> None:
            shutil.rmtree(keeper.back_up(Reason.ASKED, folder=folder).place)

        def floor(number: int) -> None:
            _copy_and_sync(store, folder / f"{number}.floor")

        try:
            copy, beside_copy = in_turn(copied, floor, range(TIMES))
            whole, beside_whole = in_turn(backed_up, floor, range(TIMES))
        finally:
            engines.close()
    size = f"{store.stat().st_size / 1e6:,.0f} MB"
    return [
        Row(
            f"online copy of the archive ({size}) while it is open",
            "copying and syncing the file",
            copy,
            beside_copy,
            [times("p50", copy, beside_copy, 1.3)],
            why="Another program was writing to the disk.",
        ),
        Row(
            "backup of it: every page read and checked, trail, ledger, rows, digest",
            "copying and syncing the file",
            whole,
            beside_whole,
            [times("p50", whole, beside_whole, 2.2)],
            why="The check reads, authenticates (HMAC-SHA512) and decrypts every page, about 20 µs "
            "each on one core, however fast the disk is; where the disk takes 150 MB a second "
            "the goal is met.",
        ),
    ]


def _copy_and_sync(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())
    target.unlink()
