"""The way in: who may sign in here, and opening or making a store.

The list of accounts is read from the key file alone, so that the sign-in window is painted
before the database library is loaded.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.clock import Clock
from app.core.errors import AppError
from app.core.i18n import N_
from db.keys import KeyFile, key_file_of

if TYPE_CHECKING:
    from app.center.records import CenterForm
    from app.office import Office
    from app.staff.records import StaffForm
    from app.work import Actor


class StoreInUse(AppError):
    """Another program on this PC has the store open."""

    says = N_(
        "The data at {path} are open in another window of Bangfu. Go on there, or close it first."
    )


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
