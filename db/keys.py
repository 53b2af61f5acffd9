"""The key file: the data key of a store, wrapped once for each member of staff and once for the
printed recovery key. No key lies on the disk in the clear.

Whoever can sign in holds the data key, so roles bind inside the program only.
"""

import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from random import SystemRandom
from typing import Any, Self

from db.trouble import KeyFileDamaged, KeyFileMissing, StoreNewer, WrongRecoveryKey

FORMAT = 1
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Characters of a recovery key: none that look alike on paper."""
MEMORY_KIB = 19_456
ROUNDS = 2
"""Argon2id with 19 MiB and two rounds: the OWASP password storage baseline."""


@dataclass(frozen=True)
class Slot:
    """The data key, wrapped with a key made from one person's password."""

    user: str
    name: str
    salt: str
    nonce: str
    wrapped: str


@dataclass(frozen=True)
class KeyFile:
    """The wrapped keys of one store."""

    store_id: str
    slots: tuple[Slot, ...] = ()
    recovery: Slot | None = None
    format: int = field(default=FORMAT)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the key file; raise `KeyFileMissing`, `KeyFileDamaged` or `StoreNewer`."""
        try:
            data: dict[str, Any] = json.loads(path.read_bytes())
            if data["format"] > FORMAT:
                raise StoreNewer(found=data["format"], known=FORMAT)
            slots = tuple(_slot(slot) for slot in data["slots"])
            recovery = _slot(data["recovery"]) if data["recovery"] else None
            return cls(data["store_id"], slots, recovery)
        except FileNotFoundError:
            raise KeyFileMissing(path=path) from None
        except (OSError, ValueError, KeyError, TypeError):
            raise KeyFileDamaged(path=path) from None

    def write(self, path: Path) -> None:
        """Write the file whole or not at all: a synced new file takes the old one's name."""
        fresh = path.with_name(path.name + ".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(path.parent)

    def with_slot(self, user: str, name: str, password: str, key: bytes) -> "KeyFile":
        """Return the file with ``user``'s slot made new for ``password``."""
        kept = tuple(slot for slot in self.slots if slot.user != user)
        return replace(self, slots=(*kept, _wrap(user, name, password, key, self.store_id)))

    def without_slot(self, user: str) -> "KeyFile":
        """Return the file without ``user``'s slot: that password opens nothing any more."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.user != user))

    def with_recovery(self, recovery_key: str, key: bytes) -> "KeyFile":
        """Return the file with the slot of a printed recovery key."""
        slot = _wrap("", "", plain_recovery_key(recovery_key), key, self.store_id)
        return replace(self, recovery=slot)

    def open_with_password(self, user: str, password: str) -> bytes | None:
        """Return the data key, or `None` when user and password do not fit.

        An unknown user costs the same time as a wrong password.
        """
        slot = next((slot for slot in self.slots if slot.user == user), None)
        return _unwrap(slot or _decoy(), password, self.store_id)

    def open_with_recovery_key(self, recovery_key: str) -> bytes:
        """Return the data key; raise `WrongRecoveryKey`."""
        key = self.recovery and _unwrap(
            self.recovery, plain_recovery_key(recovery_key), self.store_id
        )
        if not key:
            raise WrongRecoveryKey()
        return key


def key_file_of(store: Path) -> Path:
    """Return where the key file of a store stands: beside it."""
    return store.with_name(store.name + ".keys")


def sync_folder(folder: Path) -> None:
    """Let names that were given in a folder outlive a power cut; Windows sees to it itself."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def new_data_key() -> bytes:
    """Return a random 256-bit key."""
    return os.urandom(32)


def new_recovery_key() -> str:
    """Return a random recovery key of 8 groups of 4, about 156 bits, for the printed sheet."""
    choice = SystemRandom().choice  # as in `secrets`, which loads OpenSSL before the first window
    groups = ["".join(choice(ALPHABET) for _ in range(4)) for _ in range(8)]
    return "-".join(groups)


def plain_recovery_key(typed: str) -> str:
    """Return a typed recovery key without spaces and dashes, in capitals."""
    return "".join(character for character in typed.upper() if character.isalnum())


def _derive(password: str, salt: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 - heavy, on first use

    return hash_secret_raw(
        password.encode(),
        salt,
        time_cost=ROUNDS,
        memory_cost=MEMORY_KIB,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
    )


def _wrap(user: str, name: str, password: str, key: bytes, store_id: str) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - heavy

    salt, nonce = os.urandom(16), os.urandom(12)
    wrapped = AESGCM(_derive(password, salt)).encrypt(nonce, key, (store_id + user).encode())
    return Slot(user, name, salt.hex(), nonce.hex(), wrapped.hex())


def _unwrap(slot: Slot, password: str, store_id: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - heavy, on first use
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - heavy

    secret = AESGCM(_derive(password, bytes.fromhex(slot.salt)))
    try:
        return secret.decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), (store_id + slot.user).encode()
        )
    except InvalidTag:
        return None


def _slot(data: dict[str, str]) -> Slot:
    """Return a slot as it was written; raise for one that no password could ever open."""
    slot = Slot(**data)
    sizes = [len(bytes.fromhex(part)) for part in (slot.salt, slot.nonce, slot.wrapped)]
    if sizes != [16, 12, 48]:
        raise ValueError(f"no wrapped key has the sizes {sizes}")
    return slot


def _decoy() -> Slot:
    return Slot("", "", "00" * 16, "00" * 12, "00" * 48)
