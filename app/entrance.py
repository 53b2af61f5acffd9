"""The way in: who may sign in here, and opening or making a store.

The list of accounts is read from the key file alone, so that the sign-in window is painted
before the database library is loaded.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from app.core.clock import Clock
from app.core.errors import AppError
from app.core.i18n import N_
from app.settings.face import read_face, write_face
from db.keys import KeyFile, key_file_of

if TYPE_CHECKING:
    from app.backups.manifest import Backup
    from app.center.records import CenterForm, ValueForm
    from app.exchange.importing_records import Decided, Prepared
    from app.exchange.relief_records import PreparedRelief, ReliefHistory
    from app.office import Office
    from app.staff.records import StaffForm
    from app.work import Actor
    from db.backup import Told

_Register = TypeVar("_Register")


class StoreInUse(AppError):
    """Another program on this PC has the store open."""

    says = N_(
        "The data at {path} are open in another window of Bangfu. Go on there, or close it first."
    )


LEAST_FREE: Final = 500_000_000
"""Bytes that a place for data should have free, for the store and its log."""


@dataclass(frozen=True)
class Site:
    """What a place for a new store is like."""

    network: str
    """Why it is refused as a network share, or nothing."""
    taken: bool
    """There are data already."""
    writable: bool
    free: int
    """Bytes."""

    def fits(self) -> bool:
        """Tell whether a store can be made there."""
        return not self.network and not self.taken and self.writable and self.free >= LEAST_FREE


@dataclass(frozen=True)
class Account:
    """A person who can sign in."""

    user: str
    name: str


def accounts(store: Path) -> tuple[Account, ...]:
    """Return who can sign in to a store, in the order they were added.

    Raises `StoreMissing`, `KeyFileMissing` or `KeyFileDamaged`.
    """
    from db.trouble import StoreMissing  # noqa: PLC0415 - beside the file check only

    if not store.exists():
        raise StoreMissing(path=store)
    return tuple(Account(slot.user, slot.name) for slot in KeyFile.read(key_file_of(store)).slots)


def is_wrong_password(error: Exception) -> bool:
    """Tell whether a sign-in failed for its user or password."""
    from db.trouble import WrongPassword  # noqa: PLC0415 - asked after a failure only

    return isinstance(error, WrongPassword)


def is_damaged(error: Exception) -> bool:
    """Tell whether a store did not open because its file is damaged: a backup has to help."""
    from db.trouble import StoreDamaged  # noqa: PLC0415 - asked after a failure only

    return isinstance(error, StoreDamaged)


def prepare() -> None:
    """Load what opening a store needs, while the person types the password."""
    from app import office, verbs  # noqa: PLC0415 - this is where it is loaded

    del office
    verbs.load()


def open_store(
    store: Path, user: str, password: str, clock: Clock | None = None
) -> "tuple[Office, Actor]":
    """Open a store with a person's password.

    Raises `WrongPassword`, or what is wrong with the store (`db.trouble`).
    """
    from app.office import enter_store  # noqa: PLC0415 - loads the database library

    accounts(store)
    return enter_store(store, user, password, clock)


def recover(store: Path, recovery_key: str, user: str, password: str) -> None:
    """Give a person a new password with the printed recovery key.

    Raises `WrongRecoveryKey`, `Invalid` for the password, `NotFound` for the user.
    """
    from app.office import recover as recover_store  # noqa: PLC0415 - loads the database library

    recover_store(store, recovery_key, user, password)


def make_store(
    store: Path,
    center: "CenterForm",
    staff: "list[StaffForm]",
    *,
    demonstration: bool = False,
    clock: Clock | None = None,
) -> str:
    """Make a new store with its center and staff; return the recovery key, shown once.

    Raises `StoreExists`, `NetworkPath` or `DiskReadOnly`; nothing is left behind then.
    """
    from app.office import begin_store  # noqa: PLC0415 - loads the database library

    return begin_store(store, center, staff, demonstration=demonstration, clock=clock)


def restore_backup(
    backup: Path,
    to: Path,
    told: "Told",
    *,
    recovery_key: str = "",
    user: str = "",
    password: str = "",
) -> "tuple[Path, Backup]":
    """Restore a backup to a new place; return the store and the backup it was made from.

    It is opened with the printed recovery key alone, or with the password that ``user`` had when
    the backup was made. Raises what is wrong with the backup, the place or the key (`db.trouble`);
    nothing is left at the place then. A store, or a backup, is never written over.
    """
    from app.backups.restoring import (  # noqa: PLC0415 - loads the database library
        restore,
        with_password,
        with_recovery_key,
    )

    opens = with_recovery_key(recovery_key) if recovery_key else with_password(user, password)
    store, made_from = restore(backup, to, opens, told)
    face = read_face(store)
    write_face(store, replace(face, center=made_from.manifest.contents.center))
    return store, made_from


def prepare_import(office: "Office", decided: "Decided") -> "Prepared":
    """Make what an import will write, and a backup before it; nothing is written yet.

    Not on the store thread: of a large archive it takes a while.
    """
    from app.core.words.backups import Reason  # noqa: PLC0415 - with the database library
    from app.exchange.importing_rows import prepare as rows_of  # noqa: PLC0415 - with it

    office.back_up_if_changed(Reason.IMPORT, lambda _share: None)
    return rows_of(decided)


def prepare_relief_import(office: "Office", history: "ReliefHistory") -> "PreparedRelief":
    """Make what an import of past relief will write, and a backup before it.

    As `prepare_import`: not on the store thread.
    """
    from app.core.words.backups import Reason  # noqa: PLC0415 - with the database library
    from app.exchange.relief_preparing import prepare_relief  # noqa: PLC0415 - with it

    office.back_up_if_changed(Reason.IMPORT, lambda _share: None)
    return prepare_relief(history)


def prepare_register_import(office: "Office", register: _Register) -> _Register:
    """Make a backup before an import of a register whose rows are made as they are written."""
    from app.core.words.backups import Reason  # noqa: PLC0415 - with the database library

    office.back_up_if_changed(Reason.IMPORT, lambda _share: None)
    return register


def look_at(store: Path) -> Site:
    """Tell what the place of a new store is like; nothing is made there."""
    from db.engine import refuse_network_path  # noqa: PLC0415 - loads the database library
    from db.trouble import NetworkPath  # noqa: PLC0415 - with it

    network = ""
    try:
        refuse_network_path(store)
    except NetworkPath as error:
        network = error.tell()
    folder = next(folder for folder in (store.parent, *store.parents) if folder.exists())
    return Site(
        network=network,
        taken=store.exists() or key_file_of(store).exists(),
        writable=folder.is_dir() and os.access(folder, os.W_OK),
        free=shutil.disk_usage(folder).free,
    )


def workshop_of(store: Path) -> Path:
    """Return where a store is made before it is complete and takes its name."""
    return store.with_name(store.name + ".making")


def clear_workshop(store: Path) -> None:
    """Remove what an interrupted making of ``store`` left behind."""
    made = workshop_of(store)
    for left in (made, key_file_of(made), *made.parent.glob(made.name + "-*")):
        left.unlink(missing_ok=True)


def put_in_place(store: Path) -> None:
    """Let a store that was made in its workshop take its name; raise `StoreExists`."""
    from db.trouble import StoreExists  # noqa: PLC0415 - beside the file check only

    if store.exists() or key_file_of(store).exists():
        raise StoreExists(path=store)
    made = workshop_of(store)
    key_file_of(made).replace(key_file_of(store))
    made.replace(store)


def enter_first_values(
    store: Path,
    user: str,
    password: str,
    values: "Sequence[ValueForm]",
    clock: Clock | None = None,
) -> None:
    """Enter a new center's first dated values as one of its people; another one confirms them."""
    from app.center.actions import enter_value  # noqa: PLC0415 - loads the database library

    office, actor = open_store(store, user, password, clock)
    try:
        for value in values:
            office.perform(actor, enter_value, value)
    finally:
        office.close()
