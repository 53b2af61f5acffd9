"""Compares a backup with its manifest, months later or while it is restored."""

from pathlib import Path

from app.backups.contents import Unreadable, read_through
from app.backups.manifest import KEYS, STORE, Backup
from db.backup import Told, digest_of
from db.trouble import BackupDamaged


def check_backup(backup: Backup, key: bytes, told: Told) -> Backup:
    """Read a backup through and compare it with its manifest.

    Raises `BackupDamaged` with the part that is not as it was made.
    """
    check_keys(backup)
    check_store(backup, backup.store, key, told)
    return backup


def check_keys(backup: Backup) -> None:
    """Compare the key file of a backup with the manifest; raises `BackupDamaged`."""
    if digest_of(backup.keys) != backup.manifest.keys.sha256:
        raise BackupDamaged(path=backup.place, part=KEYS)


def check_store(backup: Backup, file: Path, key: bytes, told: Told) -> None:
    """Read a copy of the store through: it must be what the manifest says, byte for byte.

    Raises `BackupDamaged`.
    """
    try:
        contents, digest = read_through(file, key, told)
    except Unreadable as error:
        raise BackupDamaged(path=backup.place, part=STORE) from error
    if digest != backup.manifest.store.sha256 or contents != backup.manifest.contents:
        raise BackupDamaged(path=backup.place, part=STORE)
