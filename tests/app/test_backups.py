"""Backups: what they hold, which are kept, and what a store and a disk can do to them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audit.chain import read_chain
from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.backups import making
from app.backups.actions import change_backup_plan
from app.backups.manifest import MANIFEST, Backup, backups_in, open_backup
from app.backups.queries import backup_rows, backup_state
from app.backups.records import BackupPlan
from app.backups.rules import Dated, superfluous
from app.backups.standing import read_standing, standing_file
from app.core.errors import Invalid, Refused
from app.core.words.backups import Reason, Soundness
from app.drafts.actions import save_draft
from app.drafts.records import DraftForm
from app.reports.queries import check_store
from db import engine
from db.engine import connect
from db.keys import KeyFile, key_file_of
from db.trouble import (
    CopyDamaged,
    KeyFileMissing,
    NoRoom,
    PlaceClosed,
    StoreDamaged,
)
from tests.filled import raw
from tests.world import PASSWORD, World, open_world

ROOT = Path(__file__).resolve().parents[2]
OLDER = sorted(Path(__file__).parents[1].glob("upgrades/*/center.db"))


def untold(_share: float) -> None:
    pass


def back_up(world: World, folder: Path | None = None) -> Backup:
    """Make a backup by hand, as the administrator."""
    return world.office.back_up(world.actor("admin"), untold, folder).result


def on_closing(world: World) -> Backup | None:
    return world.office.back_up_if_changed(Reason.CLOSE, untold)


def folder_of(world: World) -> Path:
    return world.office.path.with_name("center-backups")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def busy(filled: Path) -> Iterator[World]:
    """A store in which the whole job was done, open."""
    opened = open_world(filled)
    yield opened
    opened.office.close()


# What a backup holds


def test_a_backup_is_the_store_and_its_keys_with_what_is_in_them(busy: World) -> None:
    report = busy.ask("admin", check_store)
    backup = back_up(busy)
    manifest, contents = backup.manifest, backup.manifest.contents
    assert backup.place == folder_of(busy) / "center-2026-11-20-103000"
    assert names(backup.place) == ["backup.json", "center.db", "center.db.keys"]
    assert (manifest.reason, manifest.soundness) == (Reason.ASKED, Soundness.GOOD)
    assert contents.acts == report.rows + 1, "that it was made stands in it too"
    with raw(busy.office.path) as sql:
        households = sql.one("SELECT count(*) FROM household")
    assert contents.rows["household"] == households > 0
    assert sum(contents.ledger.values()) == 0
    assert contents.center == "困难职工帮扶中心"
    keys = KeyFile.read(backup.keys)
    assert keys == KeyFile.read(key_file_of(busy.office.path))
    busy.office.close()
    copy = open_world(backup.store)  # it is a store like any other
    rows = copy.ask("zhou", audit_rows, AuditQuery(limit=20))
    assert any(row.verb == "office.back_up" and row.hash == contents.last_hash for row in rows)
    assert copy.ask("admin", check_store).findings == ()
    copy.office.close()


def test_the_manifest_holds_no_personal_data(busy: World) -> None:
    text = (back_up(busy).place / MANIFEST).read_text("utf-8")
    with raw(busy.office.path) as sql:
        known = sql.run("SELECT name, id_number, phone FROM member")
        known += sql.run("SELECT name, user, '' FROM staff")
        hidden = [sql.one("SELECT masking_key FROM center"), *(v for row in known for v in row)]
    assert not [value for value in hidden if value and f'"{value}"' in text]
    assert not [value for value in hidden if value and len(value) > 10 and value in text]
    busy.office.close()


def test_only_an_administrator_makes_one_by_hand(world: World) -> None:
    for user in ("wang", "zhao", "zhou"):
        with pytest.raises(Refused):
            world.office.back_up(world.actor(user), untold)
    assert not folder_of(world).exists()


def test_the_chain_is_computed_as_the_trail_writes_it(filled: Path) -> None:
    with raw(filled) as sql:
        acts = sql.one("SELECT count(*) FROM audit")
        chain = read_chain(sql.connection)
        assert (chain.acts, chain.broken_at) == (acts, None)
        assert chain.last_hash == sql.one("SELECT hash FROM audit ORDER BY id DESC LIMIT 1")


@pytest.mark.parametrize("store", OLDER, ids=lambda store: store.parent.name)
def test_the_chain_of_an_older_store_is_read_as_well(store: Path, tmp_path: Path) -> None:
    shutil.copyfile(store, tmp_path / "center.db")
    shutil.copyfile(key_file_of(store), tmp_path / "center.db.keys")
    with raw(tmp_path / "center.db") as sql:
        chain = read_chain(sql.connection)
    assert chain.broken_at is None
    assert chain.acts > 10


@pytest.mark.parametrize(
    ("alteration", "at"),
    [
        ("UPDATE audit SET actor_name = '某人' WHERE id = 20", 20),
        ("UPDATE audit SET changes = '{}' WHERE id = 21", 21),
        ("UPDATE audit SET at = '2026-11-01 00:00:00.000000' WHERE id = 22", 22),
        ("UPDATE audit SET previous = 'x' WHERE id = 23", 23),
        ("DELETE FROM audit WHERE id = 24", 25),
    ],
)
def test_an_altered_act_breaks_the_chain(filled: Path, alteration: str, at: int) -> None:
    with raw(filled) as sql:
        sql.switch_off_the_guards()
        sql.run(alteration)
        assert read_chain(sql.connection).broken_at == at


# When one is made


def test_on_closing_one_is_made_only_when_something_was_done(world: World) -> None:
    first = on_closing(world)
    assert first is not None
    assert first.manifest.reason is Reason.CLOSE
    assert on_closing(world) is None
    world.office.note_sign_out(world.actor("wang"), locked=True)
    world.office.sign_in("zhao", PASSWORD)
    assert on_closing(world) is None, "looking in is no content"
    draft = DraftForm(id="d1", form="intake", title="某户", content={})
    world.do("wang", save_draft, draft)
    assert on_closing(world) is not None
    world.accept()
    assert on_closing(world) is not None
    assert len(names(folder_of(world))) == 1, "the newest of the day stays"


def test_one_that_was_taken_away_is_made_again(world: World) -> None:
    first = on_closing(world)
    assert first is not None
    shutil.rmtree(first.place)
    assert on_closing(world) is not None


def test_nothing_is_asked_of_a_disk_that_holds_all_and_is_not_connected(
    world: World, tmp_path: Path
) -> None:
    disk = tmp_path / "usb"
    disk.mkdir()
    world.do("admin", change_backup_plan, BackupPlan(folder=str(disk / "bangfu")))
    assert on_closing(world) is not None
    disk.rename(tmp_path / "away")
    assert on_closing(world) is None
    world.accept()
    with pytest.raises(PlaceClosed):
        on_closing(world)


def test_another_folder_gets_one_at_once(world: World, tmp_path: Path) -> None:
    assert on_closing(world) is not None
    folder = tmp_path / "usb"
    world.do("admin", change_backup_plan, BackupPlan(folder=str(folder), days=3))
    assert on_closing(world) is not None
    assert len(names(folder)) == 1
    state = world.ask("wang", backup_state)
    assert (state.folder, state.plan.days) == (str(folder), 3)
    assert state.last_place.startswith(str(folder))


def test_a_plan_with_a_wrong_folder_is_refused(world: World, tmp_path: Path) -> None:
    before = world.ask("admin", backup_state)
    with pytest.raises(Invalid) as wrong:
        world.do("admin", change_backup_plan, BackupPlan(folder="backups"))
    assert wrong.value.problems[0].field == "folder"
    far = tmp_path / "none" / "deeper"
    with pytest.raises(PlaceClosed):
        world.do("admin", change_backup_plan, BackupPlan(folder=str(far)))
    with pytest.raises(Invalid):
        world.do("admin", change_backup_plan, BackupPlan(days=0))
    assert world.ask("admin", backup_state) == before


def test_the_state_says_since_when_work_is_in_no_backup(world: World) -> None:
    assert world.ask("wang", backup_state).unsaved_since is not None
    on_closing(world)
    state = world.ask("wang", backup_state)
    assert state.unsaved_since is None
    assert state.last_at == world.clock.now()
    assert state.same_disk
    world.clock.instant += timedelta(hours=1)
    world.accept()
    world.clock.instant += timedelta(hours=1)
    world.accept()
    state = world.ask("wang", backup_state)
    assert state.unsaved_since == world.clock.now() - timedelta(hours=1)


def test_a_lost_standing_holds_the_defaults(world: World) -> None:
    backup = on_closing(world)
    for content in (b"", b"{", b"[]", b'{"plan": {"days": "x"}}'):
        standing_file(world.office.path).write_bytes(content)
        assert world.ask("wang", backup_state).plan == BackupPlan()
    assert backup is not None
    assert [row.place for row in world.ask("admin", backup_rows)] == [str(backup.place)]
    assert on_closing(world) is not None, "nothing is known of the last one"


# Which are kept


START = datetime(2026, 11, 20, 12).astimezone()


def dated(hours: int, reason: Reason, good: bool) -> Dated:
    return Dated(Path(str(hours)), START - timedelta(hours=hours), reason, good)


HISTORIES = st.lists(
    st.builds(dated, st.integers(0, 900 * 24), st.sampled_from(Reason), st.booleans()),
    unique_by=lambda each: each.place,
    min_size=1,
    max_size=40,
)


@given(HISTORIES, st.integers(1, 9), st.integers(0, 5), st.integers(0, 14))
def test_the_rotation_keeps_what_the_plan_says(
    history: list[Dated], days: int, weeks: int, months: int
) -> None:
    plan = BackupPlan(days=days, weeks=weeks, months=months)
    going = superfluous(history, plan)
    kept = [each for each in history if each not in going]
    for reason in Reason:
        for good in (True, False):
            kind = [each for each in history if (each.reason, each.good) == (reason, good)]
            left = [each for each in kind if each in kept]
            assert len(left) <= days + weeks + months
            if kind:
                assert max(kind, key=lambda each: each.made_at) in left, "the newest stays"
            by_day = {each.made_at.date() for each in kind}
            assert {each.made_at.date() for each in left} >= set(sorted(by_day)[-days:])
    if any(each.good for each in history):
        assert any(each.good for each in kept)
    assert superfluous(kept, plan) == []


def test_a_year_of_days_leaves_days_weeks_and_months() -> None:
    history = [
        Dated(Path(str(day)), START - timedelta(days=day), Reason.CLOSE, good=True)
        for day in range(400)
    ]
    going = superfluous(history, BackupPlan())
    left = [int(each.place.name) for each in history if each not in going]
    assert left == [0, 1, 2, 3, 4, 5, 6, 12, 19, 20, 51, 81, 112, 143, 173, 204, 234, 265, 293, 324]


def test_what_is_removed_is_ours_and_of_this_store(busy: World, tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    busy.do("admin", change_backup_plan, BackupPlan(folder=str(folder), weeks=0, months=0, days=1))
    other = back_up(busy).place  # then made one of another center's
    manifest = json.loads((other / MANIFEST).read_text("utf-8"))
    (other / MANIFEST).write_text(json.dumps(manifest | {"store_id": "another"}), "utf-8")
    for strange in ("照片-2026-11-20-103000", "notes"):
        (folder / strange).mkdir()
        (folder / strange / "a.txt").write_text("mine")
    for _ in range(3):
        busy.clock.instant += timedelta(days=1)
        back_up(busy)
    assert names(folder) == [
        "center-2026-11-20-103000",
        "center-2026-11-23-103000",
        "notes",
        "照片-2026-11-20-103000",
    ]
    busy.office.close()


def test_one_taken_along_removes_nothing_and_changes_no_plan(world: World, tmp_path: Path) -> None:
    on_closing(world)
    folder = tmp_path / "usb"
    folder.mkdir()
    for _ in range(3):
        world.clock.instant += timedelta(days=1)
        back_up(world, folder)
    assert len(names(folder)) == 3
    assert len(names(folder_of(world))) == 1
    assert world.ask("admin", backup_state).folder == str(folder_of(world))


def test_a_folder_to_take_one_along_is_made(world: World, tmp_path: Path) -> None:
    assert back_up(world, tmp_path / "new").place.parent == tmp_path / "new"
    key_file_of(world.office.path).rename(tmp_path / "keys")
    with pytest.raises(KeyFileMissing):
        back_up(world, tmp_path / "other")
    assert not (tmp_path / "other").exists()
    (tmp_path / "keys").rename(key_file_of(world.office.path))


def test_two_in_one_second_have_two_names(world: World, tmp_path: Path) -> None:
    first, second = back_up(world, tmp_path), back_up(world, tmp_path)
    assert second.place.name == f"{first.place.name}-2"
    store_id = KeyFile.read(first.keys).store_id
    assert len(backups_in(tmp_path, store_id)) == 2


# What stands in the way


def test_data_that_do_not_agree_are_kept_and_said_and_push_no_good_one_out(busy: World) -> None:
    busy.do("admin", change_backup_plan, BackupPlan(days=1, weeks=0, months=0))
    good = on_closing(busy)
    assert good is not None
    with raw(busy.office.path) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE audit SET actor_name = '某人' WHERE id = 20")
        sql.run("UPDATE balance SET fen = fen + 1 WHERE account = 'available'")
    for number in range(2):
        busy.clock.instant += timedelta(days=1)
        busy.do(
            "wang", save_draft, DraftForm(id=f"b{number}", form="intake", title="某户", content={})
        )
        odd = on_closing(busy)
        assert odd is not None
        assert odd.manifest.soundness is Soundness.ODD
        assert odd.manifest.contents.troubles() == [
            "审计记录在第 20 条断开",
            "4 个科目与资金账对不上",
        ]
    rows = busy.ask("admin", backup_rows)
    assert [row.soundness for row in rows] == [Soundness.ODD, Soundness.GOOD]
    assert rows[1].place == str(good.place)
    state = busy.ask("wang", backup_state)
    assert "第 20 条" in state.trouble
    assert state.last_place == str(good.place)
    busy.office.close()


def test_a_damaged_store_leaves_the_good_backups(busy: World) -> None:
    good = back_up(busy).place
    before = {path: path.read_bytes() for path in good.iterdir()}
    busy.office.close()
    store = busy.office.path
    content = bytearray(store.read_bytes())
    at = int(len(content) * 0.9)
    content[at : at + 32] = b"\xff" * 32
    store.write_bytes(content)
    opened = open_world(store)
    opened.clock.instant += timedelta(days=1)
    with pytest.raises(StoreDamaged):
        back_up(opened)
    assert names(folder_of(opened)) == [good.name]
    assert {path: path.read_bytes() for path in good.iterdir()} == before
    state = opened.ask("wang", backup_state)
    assert state.trouble.startswith("数据文件")
    assert state.last_place == str(good)
    opened.office.close()


def test_a_disk_that_keeps_something_else(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real = making.copy_store

    def spoilt(*given: object) -> None:
        real(*given)  # pyright: ignore[reportArgumentType] - handed on as they come
        target = given[2]
        assert isinstance(target, Path)
        content = bytearray(target.read_bytes())
        content[9000:9032] = b"\xff" * 32
        target.write_bytes(content)

    monkeypatch.setattr(making, "copy_store", spoilt)
    with pytest.raises(CopyDamaged) as damaged:
        back_up(world)
    assert "请" in damaged.value.tell()
    assert not folder_of(world).exists()


def test_a_missing_key_file(world: World) -> None:
    good = on_closing(world)
    world.accept()
    keys = key_file_of(world.office.path)
    keys.rename(keys.with_name("elsewhere"))
    with pytest.raises(KeyFileMissing):
        on_closing(world)
    assert good is not None
    assert names(folder_of(world)) == [good.place.name]
    assert "center.db.keys" in world.ask("wang", backup_state).trouble
    shutil.copyfile(good.keys, keys)  # as the sentence says
    assert on_closing(world) is not None
    assert world.ask("wang", backup_state).trouble == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_without_the_right_to_write(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(PlaceClosed):
        back_up(world, folder)


def test_a_folder_that_is_not_there_or_none(world: World, tmp_path: Path) -> None:
    with pytest.raises(PlaceClosed) as closed:
        back_up(world, tmp_path / "none" / "deep")
    assert str(tmp_path / "none") in closed.value.tell()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PlaceClosed):
        back_up(world, tmp_path / "file")
    assert world.ask("wang", backup_state).trouble == "", "whoever asked for it was told"
    (tmp_path / "usb").mkdir()
    world.do("admin", change_backup_plan, BackupPlan(folder=str(tmp_path / "usb")))
    (tmp_path / "usb").rmdir()
    with pytest.raises(PlaceClosed) as closed:
        on_closing(world)
    state = world.ask("wang", backup_state)
    assert state.trouble == closed.value.tell()
    assert state.trouble_at == world.clock.now()


def test_too_little_room_is_said_with_numbers(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 3 * 1024**2

    def usage(_place: object) -> type[Usage]:
        return Usage

    monkeypatch.setattr(shutil, "disk_usage", usage)
    with pytest.raises(NoRoom) as full:
        back_up(world)
    assert full.value.data["free"] == "3"
    assert "MB" in full.value.tell()
    assert not folder_of(world).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit on Windows")
def test_a_disk_that_runs_full_midway_leaves_nothing(world: World) -> None:
    import resource  # noqa: PLC0415 - Windows has none

    good = on_closing(world)
    world.accept()
    with raw(world.office.path) as sql:
        sql.run("PRAGMA wal_checkpoint(TRUNCATE)")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(NoRoom):
            on_closing(world)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert good is not None
    assert names(folder_of(world)) == [good.place.name]
    assert on_closing(world) is not None


def test_a_network_share_is_a_good_place_for_backups(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only whole files are written there and read back; no store is opened with locks."""
    monkeypatch.setattr(engine, "SHARED_FILE_SYSTEMS", frozenset({"ext4", "tmpfs", "overlay"}))
    backup = back_up(world, tmp_path)
    assert world.office.check_backup(world.actor("admin"), backup.place, untold) == backup


def test_whoever_stops_it_leaves_nothing(world: World) -> None:
    class Stopped(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0.5:
            raise Stopped

    for reason in (Reason.CLOSE, Reason.IMPORT):
        with pytest.raises(Stopped):
            world.office.back_up_if_changed(reason, stop)
    assert not folder_of(world).exists()
    assert world.ask("wang", backup_state).trouble == "", "that was no failure"


def test_a_kill_in_the_middle_leaves_the_old_backup_whole(filled: Path) -> None:
    world = open_world(filled)
    good = back_up(world).place
    before = {path.name: path.read_bytes() for path in good.iterdir()}
    world.office.close()
    run = [sys.executable, "-m", "tests.db.killed_backup", str(filled)]
    for share in ("0.1", "0.29", "0.5", "0.95"):
        killed = subprocess.run([*run, share], cwd=ROOT, capture_output=True, check=False)
        assert killed.returncode == -9, killed.stderr
    folder = filled.with_name("center-backups")
    halves = [path for path in folder.iterdir() if path.name.endswith(".part")]
    assert len(halves) == 4
    assert {path.name: path.read_bytes() for path in good.iterdir()} == before
    world = open_world(filled)
    assert [row.place for row in world.ask("admin", backup_rows)] == [str(good)]
    assert world.ask("admin", check_store).findings == ()
    back_up(world)
    assert set(halves) < set(folder.iterdir()), "another program may be at work there"
    for half in halves:
        os.utime(half, (0, 0))
    back_up(world)
    assert not set(halves) & set(folder.iterdir())
    world.office.close()


def test_a_half_backup_counts_for_nothing(world: World) -> None:
    backup = back_up(world)
    for part in (MANIFEST, "center.db", "center.db.keys"):
        (backup.place / part).rename(backup.place / "aside")
        assert world.ask("admin", backup_rows) == []
        (backup.place / "aside").rename(backup.place / part)
    assert open_backup(backup.place) == backup
    assert read_standing(world.office.path).last is not None


def test_no_connection_is_left_open(world: World) -> None:
    back_up(world)
    world.office.close()
    key = KeyFile.read(key_file_of(world.office.path)).open_with_password("wang", PASSWORD)
    assert key is not None
    with closing(connect(world.office.path, key)) as alone:
        alone.execute("BEGIN EXCLUSIVE")
        alone.execute("ROLLBACK")
