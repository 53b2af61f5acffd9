"""What can be wrong with a store, each with a sentence: what happened, what is kept, what to do.

`docs/store-troubles.md` lists them; every one has a test.
"""

import errno

from app.core.errors import AppError, StoreBusy, StoreTrouble
from app.core.i18n import N_


class WrongPassword(StoreTrouble):
    """The user or the password is not right; which of the two is not said."""

    says = N_("The user name or the password is not right. Nothing was opened; please try again.")


class WrongRecoveryKey(StoreTrouble):
    """The typed recovery key opens nothing."""

    says = N_("This recovery key does not fit these data. Compare it with the sealed sheet.")


class StoreMissing(StoreTrouble):
    """There is no store at this place."""

    says = N_("There are no data at {path}. Nothing was created; check the place, or begin anew.")


class StoreExists(StoreTrouble):
    """A new store was asked for where one stands."""

    says = N_("There are data at {path} already. Nothing was changed; choose another place.")


class KeyFileMissing(StoreTrouble):
    """The key file beside the store is gone."""

    says = N_(
        "The key file {path} is missing. The data are whole but cannot be opened without it: "
        "put it back from the last backup."
    )


class KeyFileDamaged(StoreTrouble):
    """The key file cannot be read."""

    says = N_(
        "The key file {path} cannot be read. The data are whole: put the key file back from the "
        "last backup."
    )


class KeyFileForeign(StoreTrouble):
    """The key file belongs to another store, or the store cannot be decrypted with it."""

    says = N_(
        "The key file does not belong to these data, or the data file is damaged from its first "
        "page on. Nothing was changed: put both files back from the same backup."
    )


class StoreDamaged(StoreTrouble):
    """The file is not whole."""

    says = N_(
        "The data file {path} is damaged. It was left as it is: keep a copy of it and restore "
        "the last backup."
    )


class StoreNewer(StoreTrouble):
    """The store was written by a newer program."""

    says = N_(
        "These data were written by a newer version of Bangfu (format {found}, this program "
        "reads up to {known}). Nothing was changed: install the newer version on this PC."
    )


class DiskFull(StoreTrouble):
    """There is no room to write."""

    says = N_(
        "Not saved: the disk is full. What was typed is still here; make room, then save again "
        "with Ctrl+S."
    )


class DiskReadOnly(StoreTrouble):
    """The place cannot be written to."""

    says = N_(
        "Not saved: {path} cannot be written to. What was saved before is kept; ask the "
        "administrator for the right to write there, or move the data to another disk."
    )


class DiskFailing(StoreTrouble):
    """The disk does not read or write as it should: worn out, full of quota, pulled out."""

    says = N_(
        "Not saved: the disk with {path} did not read or write. What was saved before is kept; "
        "look at the disk and its cable, then try again."
    )


class NetworkPath(StoreTrouble):
    """The place is on a network share, where SQLite files get damaged."""

    says = N_(
        "{path} is on a network share ({kind}); data files get damaged there. Nothing was "
        "created: choose a folder on a disk of this PC."
    )


class NoRoom(StoreTrouble):
    """A backup, or what is restored from one, does not fit on the disk."""

    says = N_(
        "There is too little room at {path}: {needed} MB are needed, {free} MB are free. Nothing "
        "was left there and earlier backups are kept; make room, or choose another disk."
    )


class PlaceClosed(StoreTrouble):
    """A place for backups is not there or cannot be written to: a disk that was pulled out."""

    says = N_(
        "{path} is not there or cannot be written to. Earlier backups are kept as they are; "
        "connect the disk, or choose another folder."
    )


class BackupForeign(StoreTrouble):
    """What was given is no backup of this program."""

    says = N_(
        "{path} is no whole backup of Bangfu. Nothing was restored; choose a folder that holds "
        "backup.json and center.db."
    )


class BackupDamaged(StoreTrouble):
    """A backup is not as it was made."""

    says = N_(
        "The backup {path} is damaged: {part} is not as it was made. Nothing was restored; "
        "choose another backup."
    )


class CopyDamaged(StoreTrouble):
    """A copy does not read as it was written, though the store does."""

    says = N_(
        "The copy in {path} did not pass the check and was thrown away. The data and earlier "
        "backups are whole; please choose another disk for backups."
    )


def translate(error: BaseException, path: str) -> AppError | None:
    """Return what a database error means for the person, or `None` when it is a bug."""
    if isinstance(error, OSError):
        found = _OF_THE_SYSTEM.get(error.errno or 0)  # its words are in the system's language
        return found(path=path) if found else None
    text = str(error).lower()
    for marks, make in _OF_THE_DATABASE:
        if any(mark in text for mark in marks):
            return make(path=path)
    return None


_OF_THE_SYSTEM: dict[int, type[AppError]] = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), DiskFull),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), DiskReadOnly),
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG), DiskReadOnly),
    errno.EIO: DiskFailing,
}

_OF_THE_DATABASE: tuple[tuple[tuple[str, ...], type[AppError]], ...] = (
    (("database is locked", "database table is locked", "database is busy"), StoreBusy),
    (("database or disk is full",), DiskFull),
    (("attempt to write a readonly", "unable to open database"), DiskReadOnly),
    (("disk i/o error",), DiskFailing),
    (("malformed", "database corrupt"), StoreDamaged),
    (("file is not a database", "file is encrypted"), KeyFileForeign),
)
