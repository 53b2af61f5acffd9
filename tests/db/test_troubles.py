"""What can be wrong with a store: each trouble is brought about and told as the document says."""

import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from app.core.errors import AppError, StoreBusy, StoreTrouble
from app.core.i18n import _
from app.demo.center import CENTER, PASSWORD
from app.entrance import accounts, make_store, open_store
from app.reports.queries import check_store
from db import engine, trouble
from db.engine import refuse_network_path
from db.keys import KeyFile, key_file_of, new_data_key
from db.migrate import SCHEMA
from db.trouble import (
    DiskFailing,
    DiskFull,
    DiskReadOnly,
    KeyFileDamaged,
    KeyFileForeign,
    KeyFileMissing,
    NetworkPath,
    StoreDamaged,
    StoreExists,
    StoreMissing,
    StoreNewer,
    WrongPassword,
    translate,
)
from tests.filled import raw
from tests.people import household, intake
from tests.world import World, open_world

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "store-troubles.md"

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit on Windows")

TROUBLES: dict[str, type[AppError]] = {
    name: found
    for name, found in inspect.getmembers(trouble, inspect.isclass)
    if issubclass(found, StoreTrouble | StoreBusy) and found is not StoreTrouble
}


def test_the_document_holds_every_trouble_as_it_is_told() -> None:
    said: dict[str, str] = {}
    for line in DOCUMENT.read_text("utf-8").splitlines():
        if match := re.match(r"\| `(\w+)` \|", line):
            said[match[1]] = line.split(" | ")[2]
    assert said == {name: _(found.says) for name, found in TROUBLES.items()}


@pytest.mark.parametrize("name", sorted(TROUBLES))
def test_a_trouble_is_told_in_chinese_with_what_to_do(name: str) -> None:
    told = _(TROUBLES[name].says)
    assert not told.isascii()
    assert re.search("请", told), "what to do"
    assert "，" in told or "。" in told, "more than that something is wrong"


def opening(store: Path, password: str = PASSWORD) -> AppError:
    """Open a store that cannot be opened, and return why."""
    with pytest.raises(AppError) as why:
        open_store(store, "wang", password)
    assert str(why.value) == why.value.tell()
    return why.value


# The way in


def test_a_wrong_password(store: Path) -> None:
    assert isinstance(opening(store, "demo-2013"), WrongPassword)
    with pytest.raises(WrongPassword):
        open_store(store, "nobody", PASSWORD)


def test_no_store_and_no_file_is_made_by_looking(tmp_path: Path) -> None:
    place = tmp_path / "none.db"
    assert isinstance(opening(place), StoreMissing)
    with pytest.raises(StoreMissing):
        accounts(place)
    assert list(tmp_path.iterdir()) == []


def test_a_store_where_a_new_one_is_asked_for(store: Path) -> None:
    before = store.read_bytes()
    with pytest.raises(StoreExists):
        make_store(store, CENTER, [])
    assert store.read_bytes() == before
    store.unlink()
    with pytest.raises(StoreExists):  # its key file may be wanted with a backup
        make_store(store, CENTER, [])
    assert key_file_of(store).exists()


# The key file


def test_a_missing_key_file(store: Path) -> None:
    key_file_of(store).unlink()
    found = opening(store)
    assert isinstance(found, KeyFileMissing)
    assert "center.db.keys" in found.tell()


@pytest.mark.parametrize("content", [b"", b"{", b"\x00\xff" * 40, b'{"format": 1, "slots": 3}'])
def test_a_damaged_key_file(store: Path, content: bytes) -> None:
    key_file_of(store).write_bytes(content)
    assert isinstance(opening(store), KeyFileDamaged)


def test_the_key_file_of_another_center_where_the_password_fits(store: Path) -> None:
    before = store.read_bytes()
    other = KeyFile("another").with_slot("wang", "王芳", PASSWORD, new_data_key())
    other.write(key_file_of(store))
    assert isinstance(opening(store), KeyFileForeign)
    assert store.read_bytes() == before


# The file


def test_a_store_of_a_newer_program(store: Path) -> None:
    with raw(store) as sql:
        sql.run(f"PRAGMA user_version = {SCHEMA + 5}")
    found = opening(store)
    assert isinstance(found, StoreNewer)
    assert str(SCHEMA + 5) in found.tell()


@pytest.mark.parametrize("at", [0, 20])
def test_a_damaged_first_page(store: Path, at: int) -> None:
    content = bytearray(store.read_bytes())
    content[at : at + 16] = b"x" * 16
    store.write_bytes(content)
    assert isinstance(opening(store), KeyFileForeign)
    assert store.read_bytes() == content


@pytest.mark.parametrize("share", [0.3, 0.5, 0.99])
def test_a_damaged_page_in_the_middle_is_never_taken_for_content(
    filled: Path, share: float
) -> None:
    content = bytearray(filled.read_bytes())
    at = int(len(content) * share)
    content[at : at + 32] = b"\xff" * 32
    filled.write_bytes(content)
    try:
        office, actor = open_store(filled, "admin", PASSWORD)
    except StoreDamaged:
        return
    with pytest.raises(StoreDamaged) as damaged:
        office.ask(actor, check_store, check_store.run.__annotations__["_"]())
    office.close()
    assert str(filled) in damaged.value.tell()


@pytest.mark.parametrize("left", [0, 4096, 70_000])
def test_a_store_that_was_cut_off(filled: Path, left: int) -> None:
    content = filled.read_bytes()[:left]
    filled.write_bytes(content)
    assert isinstance(opening(filled), StoreDamaged)
    assert filled.read_bytes() == content


# The disk


def test_a_full_disk_takes_the_act_back_whole(world: World) -> None:
    with world.office.engines.writer.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    forms = iter([intake(household("某人", order)) for order in range(100, 160)])

    def accept_all() -> None:
        for form in forms:
            world.accept(form)

    with pytest.raises(DiskFull):
        accept_all()
    saved = len(world.accepted)
    with world.office.engines.writer.connect() as connection:
        connection.execute(text(f"PRAGMA max_page_count = {pages + 10_000}"))
    assert world.accept(next(forms)).case_number == f"2026-{saved + 1:04d}"
    assert world.ask("admin", check_store).findings == ()


@POSIX
def test_a_disk_that_stops_writing(world: World) -> None:
    import resource  # noqa: PLC0415 - Windows has none

    world.accept()
    log = world.office.path.with_name("center.db-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, hard))
    try:
        with pytest.raises(DiskFailing):
            world.accept()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert world.accept().case_number == "2026-0002"


def on_a_disk_of_its_own(what: str, filled: Path, tmp_path: Path) -> str:
    """Run `tests.db.small_disk` on a small disk that only it sees, and return what it printed."""
    disk = tmp_path / "disk"
    disk.mkdir()
    megabytes = {"backup": 12}.get(what, 2) + filled.stat().st_size // 1_000_000
    if not shutil.which("unshare"):
        pytest.skip("no way to a disk of its own here (unshare)")
    script = (
        f'mount -t tmpfs -o size={megabytes}m tmpfs "$1" && cp "$2" "$2.keys" "$1" && '
        + ('mount -o remount,ro "$1" && ' if what == "readonly" else "")
        + f'exec "$3" -m tests.db.small_disk {what} "$1/center.db"'
    )
    run = ["unshare", "-r", "-m", "sh", "-c", script, "sh", disk, filled, sys.executable]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    if re.search("^(unshare|mount):", done.stderr, re.MULTILINE):
        pytest.skip(f"no way to a disk of its own here ({done.stderr.strip()})")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_real_disk_runs_full_and_gets_room_again(filled: Path, tmp_path: Path) -> None:
    said = on_a_disk_of_its_own("full", filled, tmp_path).splitlines()
    assert said == [f"DiskFull {DiskFull().tell()}", "saved True", "whole True"]


def test_a_real_disk_has_no_room_for_a_backup_and_then_has(filled: Path, tmp_path: Path) -> None:
    said = on_a_disk_of_its_own("backup", filled, tmp_path).splitlines()
    assert said[0].startswith("NoRoom ")
    assert "空间不够" in said[0]
    assert said[1:] == ["left [] True", "saved [3]", "whole True"]


def test_a_real_disk_that_cannot_be_written_to(filled: Path, tmp_path: Path) -> None:
    said = on_a_disk_of_its_own("readonly", filled, tmp_path).splitlines()
    assert [line.split()[0] for line in said] == ["DiskReadOnly", "DiskReadOnly", "PlaceClosed"]
    assert "center.db" in said[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_without_the_right_to_write(store: Path) -> None:
    store.parent.chmod(0o500)
    store.chmod(0o400)
    try:
        assert isinstance(opening(store), DiskReadOnly)
    finally:
        store.parent.chmod(0o700)


def test_a_place_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DiskReadOnly):
        make_store(tmp_path / "file" / "new.db", CENTER, [])
    assert (tmp_path / "file").read_bytes() == b""


@pytest.mark.parametrize(
    ("error", "means"),
    [
        (OSError(28, "设备上没有空间"), DiskFull),  # the system speaks its own language
        (PermissionError(13, "权限不够"), DiskReadOnly),
        (OSError(30, "只读文件系统"), DiskReadOnly),
        (OSError(5, "输入/输出错误"), DiskFailing),
        (FileNotFoundError(2, "a file of the program is missing"), None),
        (Exception("database is locked"), StoreBusy),
        (Exception("no such column: x"), None),
    ],
)
def test_what_an_error_means(error: BaseException, means: type[AppError] | None) -> None:
    found = translate(error, "/data/center.db")
    assert type(found) is (means or type(None))


def test_a_store_that_could_not_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.office.run_migrations", fail)
    with pytest.raises(DiskFull):
        make_store(tmp_path / "new.db", CENTER, [])
    assert list(tmp_path.iterdir()) == []


# Network shares

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/srv /srv nfs4 rw 0 0
/dev/sdb1 /srv/local ext4 rw 0 0
//pc/share /mnt/our\\040files cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/wang/center.db", "nfs4"),
        ("/mnt/our files/a/center.db", "cifs"),
        ("//pc/share/center.db", "UNC"),
        ("\\\\pc\\share\\center.db", "UNC"),
    ],
)
def test_a_path_on_a_network_share(path: str, kind: str) -> None:
    with pytest.raises(NetworkPath) as shared:
        refuse_network_path(Path(path) if not path.startswith("//") else _as_typed(path), MOUNTS)
    assert shared.value.data["kind"] == kind
    assert kind in shared.value.tell()


def _as_typed(path: str) -> Path:
    return Path(path)  # POSIX keeps two slashes in front


@pytest.mark.parametrize(
    "path", ["/srv/local/center.db", "/srvr/center.db", "/mnt/center.db", "/center.db"]
)
def test_a_path_on_a_disk_of_this_machine(path: str) -> None:
    refuse_network_path(Path(path), MOUNTS)


def test_a_link_to_a_share_is_a_share(tmp_path: Path) -> None:
    shared = tmp_path / "share"
    shared.mkdir()
    (tmp_path / "link").symlink_to(shared)
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/x {shared.resolve()} nfs rw 0 0\n"
    with pytest.raises(NetworkPath):
        refuse_network_path(tmp_path / "link" / "center.db", mounts)


@pytest.mark.skipif(not Path("/proc/mounts").exists(), reason="mounts are told on Linux only")
def test_no_store_is_opened_or_made_on_a_share(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = Path("/proc/mounts").read_text("utf-8").splitlines()
    every_kind = frozenset(line.split()[2] for line in mounts)
    monkeypatch.setattr(engine, "SHARED_FILE_SYSTEMS", every_kind)
    assert isinstance(opening(store), NetworkPath)
    place = store.with_name("new.db")
    with pytest.raises(NetworkPath):
        make_store(place, CENTER, [])
    assert not place.exists()
    assert not key_file_of(place).exists()


def test_after_any_trouble_the_store_opens_as_before(filled: Path) -> None:
    keys = key_file_of(filled).read_bytes()
    opening(filled, "wrong")
    key_file_of(filled).write_bytes(b"")
    opening(filled)
    key_file_of(filled).write_bytes(keys)
    world = open_world(filled)
    assert world.ask("admin", check_store).findings == ()
    world.office.close()
