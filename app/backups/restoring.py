"""Restores a backup to a new place."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.backups.checking import check_keys, check_store
from app.backups.manifest import STORE, Backup, open_backup
from app.backups.places import need_room, trouble_at
from db.backup import Told, copy_bytes
from db.engine import refuse_network_path
from db.keys import KeyFile, key_file_of, sync_folder
from db.migrate import SCHEMA
from db.trouble import StoreExists, StoreNewer, WrongPassword

Opens = Callable[[KeyFile], bytes]
"""Gets the data key out of a key file, or raises why not."""

MAKING: Final = ".restoring"
COPYING: Final = 0.3


def with_recovery_key(recovery_key: str) -> Opens:
    """Open with the printed recovery key; raises `WrongRecoveryKey`."""
    return lambda keys: keys.open_with_recovery_key(recovery_key)


def with_password(user: str, password: str) -> Opens:
    """Open with the password that a member of staff had then; raises `WrongPassword`."""

    def opens(keys: KeyFile) -> bytes:
        key = keys.open_with_password(user, password)
        if key is None:
            raise WrongPassword
        return key

    return opens


def restore(place: Path, to: Path, opens: Opens, told: Told) -> tuple[Path, Backup]:
    """Restore a backup to a new place; return the store and the backup it was made from.

    ``place`` is the backup's folder or a file in it; ``to`` the store to be made, or a folder in
    which it shall stand. It is read through before it takes its name, so that what stands there
    is as it was copied. Raises what is wrong with either (`db.trouble`); nothing is left then.
    """
    backup = open_backup(place)
    if backup.manifest.contents.schema > SCHEMA:
        raise StoreNewer(found=backup.manifest.contents.schema, known=SCHEMA)
    store = to / STORE if to.is_dir() else to
    refuse_network_path(store)
    if store.exists() or key_file_of(store).exists():
        raise StoreExists(path=store)
    check_keys(backup)
    key = opens(KeyFile.read(backup.keys))
    missing = [folder for folder in (store.parent, *store.parent.parents) if not folder.exists()]
    half = store.with_name(store.name + MAKING)
    try:
        with trouble_at(store.parent, backup.manifest.store.size):
            store.parent.mkdir(parents=True, exist_ok=True)
            need_room(store.parent, backup.manifest.store.size)
            _copy(backup, half, lambda share: told(share * COPYING))
        check_store(backup, half, key, lambda share: told(COPYING + share * (1 - COPYING)))
        with trouble_at(store.parent):
            key_file_of(half).replace(key_file_of(store))
            half.replace(store)
            sync_folder(store.parent)
    except BaseException:
        _leave_nothing(half, missing)
        raise
    return store, backup


def _copy(backup: Backup, half: Path, told: Told) -> None:
    """Copy both files beside the place they shall take; what an ended program left goes first."""
    for left in (half, key_file_of(half)):
        left.unlink(missing_ok=True)
    KeyFile.read(backup.keys).write(key_file_of(half))
    with backup.store.open("rb") as source, half.open("xb") as copy:
        copy_bytes(source, copy, backup.manifest.store.size, backup.store, told)


def _leave_nothing(half: Path, folders: list[Path]) -> None:
    """Remove what was made of a store, and the folders that were made for it, deepest first."""
    with suppress(OSError):
        for left in (half, key_file_of(half)):
            left.unlink(missing_ok=True)
        for folder in folders:
            folder.rmdir()
