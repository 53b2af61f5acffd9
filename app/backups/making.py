"""Makes backups of an open store: copied, checked, then named; older ones give way by the plan."""

import secrets
import shutil
import time
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from app import __version__
from app.backups.checking import check_backup
from app.backups.contents import Contents, Unreadable, mark_of, read_through
from app.backups.manifest import (
    FORMAT,
    HALF,
    KEYS,
    NAMED,
    STORE,
    Backup,
    Manifest,
    StoredFile,
    backups_in,
    open_backup,
    remove,
    write_manifest,
)
from app.backups.places import need_room, trouble_at
from app.backups.records import BackupPlan
from app.backups.rules import Dated, superfluous
from app.backups.standing import folder_of, read_standing, write_standing
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.words.backups import Reason, Soundness
from db.backup import Told, copy_store, digest_of
from db.engine import Engines, connect, sqlcipher
from db.keys import KeyFile, key_file_of, sync_folder
from db.trouble import CopyDamaged, PlaceClosed, StoreDamaged, translate

COPYING: Final = 0.3
"""Which share of the work the copying is, about."""
FORGOTTEN_SECONDS: Final = 3600
"""After so long without a change nobody is working on a half-made backup any more."""


def _untold(_share: float) -> None:
    """What nobody hears."""


class Keeper:
    """Makes and keeps the backups of one open store."""

    def __init__(self, engines: Engines, key: bytes, clock: Clock) -> None:
        self._engines, self._key, self._clock = engines, key, clock
        self._store = engines.path

    def back_up(self, reason: Reason, told: Told = _untold, folder: Path | None = None) -> Backup:
        """Make a backup; it counts once the copy was read through and agrees with itself.

        Without a ``folder`` it goes where the plan says, older ones give way, and what stands in
        the way is also noted for the workbench. One whose audit trail or ledger does not agree is
        kept, but is not good (`Manifest.soundness`). Raises what stands in the way (`db.trouble`);
        older backups are then as they were and nothing is left of this one.
        """
        if folder is None:
            return self._back_up_by_plan(reason, told)
        with _ready(folder, make=True):
            return self._make(reason, folder, told)

    def _back_up_by_plan(self, reason: Reason, told: Told) -> Backup:
        plan = read_standing(self._store).plan
        folder = folder_of(self._store, plan)
        try:
            with _ready(folder, make=not plan.folder):
                backup = self._make(reason, folder, told)
        except AppError as error:
            noted = read_standing(self._store).with_trouble(self._clock.now(), error.tell())
            write_standing(self._store, noted)
            raise
        write_standing(self._store, read_standing(self._store).with_backup(backup))
        self._give_way(backup, plan)
        return backup

    def back_up_if_changed(self, reason: Reason, told: Told = _untold) -> Backup | None:
        """Make a backup, unless the last good one holds all there is; return the new one."""
        standing = read_standing(self._store)
        if (
            standing.last
            and standing.last.mark == self._mark()
            and _still_there(standing.last.place)
        ):
            return None
        return self.back_up(reason, told)

    def check(self, place: Path, told: Told) -> Backup:
        """Read a backup of this store through again; raises what is wrong with it."""
        return check_backup(open_backup(place), self._key, told)

    def _mark(self) -> str:
        with closing(connect(self._store, self._key, read_only=True)) as live:
            return mark_of(live)

    # Making

    def _make(self, reason: Reason, folder: Path, told: Told) -> Backup:
        keys = KeyFile.read(key_file_of(self._store))
        made_at = self._clock.now()
        size = self._store.stat().st_size
        half = folder / f"{self._name(made_at)}-{secrets.token_hex(4)}{HALF}"
        with trouble_at(folder):
            _sweep(folder)
            half.mkdir()
        try:
            with trouble_at(folder, size):
                need_room(folder, size)
                self._copy(half / STORE, lambda share: told(share * COPYING))
                keys.write(half / KEYS)
            contents, digest = self._read_through(
                half, lambda share: told(COPYING + share * (1 - COPYING))
            )
            manifest = Manifest(
                format=FORMAT,
                made_at=made_at,
                reason=reason,
                program=__version__,
                store_id=keys.store_id,
                store=StoredFile(size=(half / STORE).stat().st_size, sha256=digest),
                keys=StoredFile(size=(half / KEYS).stat().st_size, sha256=digest_of(half / KEYS)),
                contents=contents,
            )
            with trouble_at(folder, size):
                write_manifest(half, manifest)
                sync_folder(half)
                return Backup(self._give_name(half, folder, made_at), manifest)
        except BaseException:
            shutil.rmtree(half, ignore_errors=True)
            raise

    def _copy(self, target: Path, told: Told) -> None:
        try:
            copy_store(self._engines, self._key, target, told)
        except sqlcipher.Error as error:
            raise (translate(error, str(self._store)) or error) from error

    def _read_through(self, half: Path, told: Told) -> tuple[Contents, str]:
        try:
            return read_through(half / STORE, self._key, told)
        except Unreadable as error:
            raise self._whose_fault(half) from error

    def _whose_fault(self, half: Path) -> AppError:
        """Tell whether the store itself is damaged, or only the copy."""
        try:
            with closing(connect(self._store, self._key, read_only=True)) as live:
                if live.execute("PRAGMA quick_check").fetchall() == [("ok",)]:
                    return CopyDamaged(path=half.parent)
        except sqlcipher.DatabaseError:
            pass
        return StoreDamaged(path=self._store)

    def _name(self, made_at: datetime) -> str:
        return f"{self._store.stem}-{made_at.astimezone():%Y-%m-%d-%H%M%S}"

    def _give_name(self, half: Path, folder: Path, made_at: datetime) -> Path:
        """Let a finished backup take its name: from now on it counts."""
        name = self._name(made_at)
        for number in range(1, 1000):
            place = folder / (name if number == 1 else f"{name}-{number}")
            if not place.exists():
                half.rename(place)
                sync_folder(folder)
                return place
        raise PlaceClosed(path=folder)

    def _give_way(self, newest: Backup, plan: BackupPlan) -> None:
        """Remove the backups that the plan does not ask for any more."""
        backups = backups_in(newest.place.parent, newest.manifest.store_id)
        by_place = {backup.place: backup for backup in backups}
        for going in superfluous(map(_dated, backups), plan):
            with suppress(OSError):  # one that cannot be removed is no reason to fail
                remove(by_place[going.place])


def _dated(backup: Backup) -> Dated:
    manifest = backup.manifest
    good = manifest.soundness is Soundness.GOOD
    return Dated(backup.place, manifest.made_at.astimezone(), manifest.reason, good)


def _still_there(place: str) -> bool:
    """Tell whether a backup was not taken away; of a disk that is not connected, it is not."""
    return Path(place).exists() or not Path(place).parent.exists()


def _sweep(folder: Path) -> None:
    """Remove what a program that was ended left half-made or half-removed."""
    for place in folder.glob(f"*{HALF}"):
        with suppress(OSError):
            still = time.time() - place.stat().st_mtime < FORGOTTEN_SECONDS
            if NAMED.search(place.name) and not still:
                shutil.rmtree(place)


@contextmanager
def _ready(folder: Path, *, make: bool) -> Generator[None]:
    """Have a folder for a backup, made when it is missing, and gone again when none came of it.

    One that was chosen for good is not made: its disk is not connected.
    """
    made = make and not folder.exists()
    if made:
        with trouble_at(folder):
            folder.mkdir()
    try:
        yield
    except BaseException:
        if made:
            with suppress(OSError):
                folder.rmdir()
        raise
