"""The folder of one backup: the store, its key file, and a manifest that is written last.

A folder without a manifest is no backup: the program was ended while it was being made.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from app.backups.contents import Contents
from app.core.words.backups import Reason, Soundness
from db.keys import key_file_of
from db.trouble import BackupDamaged, BackupForeign, StoreNewer

FORMAT: Final = 1
MANIFEST: Final = "backup.json"
STORE: Final = "center.db"
KEYS: Final = key_file_of(Path(STORE)).name
HALF: Final = ".part"
"""End of the name of a folder in which a backup is being made, or that is being removed."""
NAMED: Final = re.compile(r"-\d{4}-\d\d-\d\d-\d{6}\b")
"""What every backup has in its name: when it was made, in local time."""


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a backup."""

    size: int
    """Bytes."""
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup is of, when and why it was made, and what is in it; no personal data."""

    format: int
    made_at: datetime
    reason: Reason
    program: str
    store_id: str
    """Of the key file: the same for all backups of one store."""
    store: StoredFile
    keys: StoredFile
    contents: Contents

    @property
    def soundness(self) -> Soundness:
        """Tell how the data were when they were copied."""
        return Soundness.GOOD if self.contents.sound else Soundness.ODD


class _Format(msgspec.Struct):
    format: int


class Backup(msgspec.Struct, frozen=True):
    """A whole backup and the folder it stands in."""

    place: Path
    manifest: Manifest

    @property
    def store(self) -> Path:
        """Return the copy of the store."""
        return self.place / STORE

    @property
    def keys(self) -> Path:
        """Return the copy of the key file."""
        return self.place / KEYS


def open_backup(place: Path) -> Backup:
    """Read the backup that ``place`` is: its folder, or any file in it.

    Raises `BackupForeign` for what is none, `BackupDamaged` for one whose files are not as long
    as they were, and `StoreNewer` for one of a newer program.
    """
    folder = place if place.is_dir() else place.parent
    try:
        text = (folder / MANIFEST).read_bytes()
    except OSError:
        raise BackupForeign(path=place) from None
    try:
        found = msgspec.json.decode(text, type=_Format).format
        if found > FORMAT:
            raise StoreNewer(found=found, known=FORMAT)
        backup = Backup(folder, msgspec.json.decode(text, type=Manifest))
    except msgspec.ValidationError:
        raise BackupForeign(path=place) from None
    except msgspec.DecodeError:
        raise BackupDamaged(path=folder, part=MANIFEST) from None
    for file, stored in (
        (backup.store, backup.manifest.store),
        (backup.keys, backup.manifest.keys),
    ):
        if not file.is_file() or file.stat().st_size != stored.size:
            raise BackupDamaged(path=folder, part=file.name)
    return backup


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into the folder of a backup, synced to the disk."""
    with (folder / MANIFEST).open("xb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        file.flush()
        os.fsync(file.fileno())


def backups_in(folder: Path, store_id: str) -> list[Backup]:
    """Return the whole backups of one store in a folder, newest first."""
    found: list[Backup] = []
    for place in _named(folder):
        with suppress(BackupForeign, BackupDamaged, StoreNewer):
            found.append(open_backup(place))
    mine = [backup for backup in found if backup.manifest.store_id == store_id]
    return sorted(mine, key=lambda backup: backup.manifest.made_at, reverse=True)


def _named(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        for place in folder.iterdir():
            if NAMED.search(place.name) and not place.name.endswith(HALF):
                yield place


def remove(backup: Backup) -> None:
    """Remove a backup: what is half removed is no backup any more."""
    going = backup.place.with_name(backup.place.name + HALF)
    backup.place.rename(going)
    shutil.rmtree(going)
