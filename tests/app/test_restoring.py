"""Restoring: to a new place, with a key, read through; and what is said when it cannot be."""

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.backups import restoring
from app.backups.manifest import MANIFEST, STORE
from app.core.clock import FixedClock
from app.core.errors import AppError
from app.demo.center import PASSWORD, create
from app.entrance import open_store, recover, restore_backup
from app.reports.queries import check_store
from app.settings.face import read_face
from db import engine
from db.keys import KeyFile, key_file_of, new_data_key
from db.migrate import SCHEMA
from db.trouble import (
    BackupDamaged,
    BackupForeign,
    DiskFailing,
    NetworkPath,
    NoRoom,
    PlaceClosed,
    StoreExists,
    StoreNewer,
    WrongPassword,
    WrongRecoveryKey,
)
from tests.filled import copy_center
from tests.world import TODAY, World, open_world


def untold(_share: float) -> None:
    pass


@pytest.fixture(scope="module")
def made_backup(done_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the backup of a store in which the whole job was done."""
    store = tmp_path_factory.mktemp("backed-up") / "center.db"
    copy_center(done_store, store)
    world = open_world(store)
    place = world.office.back_up(world.actor("admin"), untold).result.place
    world.office.close()
    return place


@pytest.fixture
def backup(made_backup: Path, tmp_path: Path) -> Path:
    """Copy the backup of a store in which the whole job was done; the store itself is gone."""
    return shutil.copytree(made_backup, tmp_path / made_backup.parent.name / made_backup.name)


def restored(backup: Path, to: Path, **opens: str) -> Path:
    return restore_backup(backup, to, untold, **(opens or {"user": "wang", "password": PASSWORD}))[
        0
    ]


def everything(folder: Path) -> dict[Path, bytes]:
    """Return what is in a folder, files with their content."""
    return {path: path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}


def test_what_is_restored_is_the_backup_byte_for_byte(backup: Path, tmp_path: Path) -> None:
    shares: list[float] = []
    to = tmp_path / "new" / "place" / "center.db"
    store, made_from = restore_backup(backup, to, shares.append, user="wang", password=PASSWORD)
    assert store == to
    assert store.read_bytes() == (backup / STORE).read_bytes()
    assert key_file_of(store).read_bytes() == key_file_of(backup / STORE).read_bytes()
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert read_face(store).center == made_from.manifest.contents.center
    world = open_world(store)
    report = world.ask("admin", check_store)
    assert report.findings == ()
    assert made_from.manifest.contents.acts < report.rows, "the sign-ins since"
    world.office.close()
    assert {path.name for path in to.parent.iterdir()} == {
        "center.db",
        "center.db.keys",
        "center.db.face",
    }


def test_the_recovery_key_alone_is_enough(tmp_path: Path) -> None:
    store = tmp_path / "old" / "center.db"
    key = create(store, households=0, clock=FixedClock(TODAY))
    office, admin = open_store(store, "admin", PASSWORD)
    backup = office.back_up(admin, untold, tmp_path).result.place
    office.close()
    shutil.rmtree(store.parent)
    new = restored(backup, tmp_path / "new.db", recovery_key=key.lower().replace("-", " "))
    recover(new, key, "wang", "neues-wort-7")
    open_store(new, "wang", "neues-wort-7")[0].close()


def test_the_password_is_that_of_the_time_of_the_backup(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassword):
        restored(backup, tmp_path / "new.db", user="wang", password="neues-wort-7")
    assert restored(backup, tmp_path / "new.db", user="zhou", password=PASSWORD).exists()


@pytest.mark.parametrize("named", ["", MANIFEST, STORE, "center.db.keys"])
def test_a_backup_is_named_by_its_folder_or_a_file_in_it(
    backup: Path, tmp_path: Path, named: str
) -> None:
    assert restored(backup / named, tmp_path / "new.db").exists()


def test_a_folder_gets_a_store_in_it(backup: Path, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert restored(backup, folder) == folder / "center.db"


def test_several_can_be_restored_from_one(backup: Path, tmp_path: Path) -> None:
    before = everything(backup)
    for name in ("first.db", "second.db"):
        restored(backup, tmp_path / name)
    assert everything(backup) == before


def test_what_an_ended_program_left_is_in_nobodys_way(backup: Path, tmp_path: Path) -> None:
    for left in ("new.db.restoring", "new.db.restoring.keys"):
        (tmp_path / left).write_bytes(b"half")
    restored(backup, tmp_path / "new.db")
    assert not list(tmp_path.glob("*restoring*"))


# What stands in the way


def refused(
    backup: Path, to: Path, error: type[AppError], keep: Path | None = None, **opens: str
) -> AppError:
    """Try to restore; nothing is left at the place, and nothing changed in the backup."""
    folder = keep or to.parent
    before = everything(folder), everything(backup)
    with pytest.raises(error) as why:
        restored(backup, to, **opens)
    assert (everything(folder), everything(backup)) == before
    assert "请" in why.value.tell()
    return why.value


def test_a_living_store_is_never_written_over(backup: Path, store: Path) -> None:
    refused(backup, store, StoreExists)
    store.unlink()
    refused(backup, store, StoreExists)  # its key file may be wanted
    key_file_of(store).unlink()
    refused(backup, backup / STORE, StoreExists)  # a backup is none to be written over either


def test_a_wrong_key(backup: Path, tmp_path: Path) -> None:
    wrong = "2222-3333-4444-5555-6666-7777-8888-9999"
    refused(backup, tmp_path / "new.db", WrongRecoveryKey, recovery_key=wrong)
    refused(backup, tmp_path / "new.db", WrongPassword, user="nobody", password=PASSWORD)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
def test_a_damaged_page(backup: Path, tmp_path: Path, share: float) -> None:
    content = bytearray((backup / STORE).read_bytes())
    content[int(len(content) * share)] ^= 1
    (backup / STORE).write_bytes(content)
    why = refused(backup, tmp_path / "deep" / "new.db", BackupDamaged, keep=tmp_path)
    assert str(backup) in why.tell()
    assert STORE in why.tell()


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def alter(file: Path) -> None:
    file.write_bytes(
        file.read_bytes().replace(b'"name": "', b'"name": "x', 1)[: file.stat().st_size]
    )


@pytest.mark.parametrize(
    ("part", "harm"),
    [
        (STORE, cut),
        (STORE, Path.unlink),
        ("center.db.keys", cut),
        ("center.db.keys", alter),
        ("center.db.keys", Path.unlink),
        (MANIFEST, cut),
    ],
)
def test_a_damaged_file_is_named(
    backup: Path, tmp_path: Path, part: str, harm: Callable[[Path], Any]
) -> None:
    harm(backup / part)
    assert part in refused(backup, tmp_path / "new.db", BackupDamaged).tell()


@pytest.mark.parametrize(
    ("name", "value"),
    [("acts", 7), ("last_hash", "0" * 64), ("rows", {"staff": 1}), ("ledger", {"paid": 1})],
)
def test_a_manifest_that_says_something_else(
    backup: Path, tmp_path: Path, name: str, value: object
) -> None:
    manifest = json.loads((backup / MANIFEST).read_text("utf-8"))
    manifest["contents"][name] = value
    (backup / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    refused(backup, tmp_path / "new.db", BackupDamaged)


def test_the_key_file_of_another_center(backup: Path, tmp_path: Path) -> None:
    other = KeyFile("another").with_slot("wang", "王芳", PASSWORD, new_data_key())
    other.write(key_file_of(backup / STORE))
    refused(backup, tmp_path / "new.db", BackupDamaged)


@pytest.mark.parametrize("content", [None, b"{}", b'{"format": 1}', b"[1]"])
def test_what_is_no_backup(tmp_path: Path, content: bytes | None) -> None:
    foreign = tmp_path / "照片"
    foreign.mkdir()
    (foreign / "center.db").write_bytes(b"no store")
    if content is not None:
        (foreign / MANIFEST).write_bytes(content)
    why = refused(foreign, tmp_path / "new" / "new.db", BackupForeign, keep=tmp_path)
    assert "照片" in why.tell()
    with pytest.raises(BackupForeign):
        restored(tmp_path / "nothing there", tmp_path / "new.db")


@pytest.mark.parametrize("named", ["format", "schema"])
def test_a_backup_of_a_newer_program(backup: Path, tmp_path: Path, named: str) -> None:
    manifest = json.loads((backup / MANIFEST).read_text("utf-8"))
    part = manifest if named == "format" else manifest["contents"]
    part[named] = SCHEMA + 5
    (backup / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    assert str(SCHEMA + 5) in refused(backup, tmp_path / "new.db", StoreNewer).tell()


def test_a_network_share_is_no_place_for_a_store(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = Path("/proc/mounts").read_text("utf-8").splitlines()
    every_kind = frozenset(line.split()[2] for line in mounts)
    monkeypatch.setattr(engine, "SHARED_FILE_SYSTEMS", every_kind)
    refused(backup, tmp_path / "new.db", NetworkPath)


def test_a_place_below_a_file(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    refused(backup, tmp_path / "file" / "new.db", PlaceClosed, keep=tmp_path)


@pytest.mark.parametrize(
    ("number", "means"),
    [(errno.ENOSPC, NoRoom), (errno.EIO, PlaceClosed), (errno.EROFS, PlaceClosed)],
)
def test_a_disk_that_does_not_take_it(
    backup: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    means: type[AppError],
) -> None:
    def fail(*_given: object) -> None:
        raise OSError(number, "in the language of the system")

    monkeypatch.setattr(restoring, "copy_bytes", fail)
    refused(backup, tmp_path / "deep" / "new.db", means, keep=tmp_path)


def test_a_backup_on_a_disk_that_fails(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise DiskFailing(path=backup / STORE)

    monkeypatch.setattr(restoring, "copy_bytes", fail)
    refused(backup, tmp_path / "new.db", DiskFailing)


def test_whoever_stops_it_leaves_nothing(backup: Path, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0.4:
            raise Stopped

    before = everything(tmp_path)
    with pytest.raises(Stopped):
        restore_backup(backup, tmp_path / "a" / "b.db", stop, user="wang", password=PASSWORD)
    assert everything(tmp_path) == before


def test_a_check_by_the_office_says_what_is_wrong(world: World, tmp_path: Path) -> None:
    admin = world.actor("admin")
    backup = world.office.back_up(admin, untold, tmp_path).result
    assert world.office.check_backup(admin, backup.place, untold) == backup
    content = bytearray(backup.store.read_bytes())
    content[-100] ^= 1
    backup.store.write_bytes(content)
    with pytest.raises(BackupDamaged):
        world.office.check_backup(admin, backup.place, untold)
