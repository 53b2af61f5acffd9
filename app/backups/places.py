"""What a place for backups can do to one: no room, no right, not there any more."""

import errno
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from db.trouble import NoRoom, PlaceClosed

MEGABYTE: Final = 1024**2
SPARE: Final = 4 * MEGABYTE
"""Bytes beyond the copy itself that a disk should have."""
FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def need_room(folder: Path, size: int) -> None:
    """Raise `NoRoom` unless a copy of ``size`` bytes fits on the disk of a folder."""
    if shutil.disk_usage(folder).free < size + SPARE:
        raise _no_room(folder, size)


@contextmanager
def trouble_at(place: Path, size: int = 0) -> Generator[None]:
    """Turn what the system says while ``size`` bytes are written into what it means."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise PlaceClosed(path=place) from error
        raise _no_room(place, size) from error


def _no_room(place: Path, size: int) -> NoRoom:
    there = next(each for each in (place, *place.parents) if each.exists())
    free = shutil.disk_usage(there).free
    return NoRoom(path=place, needed=_megabytes(size + SPARE), free=_megabytes(free))


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.0f}"
