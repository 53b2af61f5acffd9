"""``backup`` and ``restore`` on the command line, and what ``doctor`` says of backups."""

import io
import shutil
import sys
from pathlib import Path

import pytest

from app.backups.actions import change_backup_plan
from app.backups.records import BackupPlan
from app.cli import health
from app.cli.health import Health
from app.core.clock import FixedClock
from app.demo.center import PASSWORD, create
from app.entrance import open_store
from tests.commands import Bangfu, runner
from tests.filled import raw
from tests.world import TODAY


@pytest.fixture
def bangfu(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Bangfu:
    monkeypatch.setenv("BANGFU_USER", "admin")
    monkeypatch.setenv("BANGFU_PASSWORD", PASSWORD)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return runner(capsys)


def test_a_store_is_backed_up_listed_checked_and_restored(
    bangfu: Bangfu, filled: Path, tmp_path: Path
) -> None:
    made = bangfu("--store", filled, "backup", "--json")
    assert made.code == 0
    place = Path(made.json["backup"])
    assert place.parent == tmp_path / "center-backups"
    assert (made.json["state"], made.json["problems"]) == ("good", [])
    [row] = bangfu("--store", filled, "backup", "--list", "--json").json
    assert (row["place"], row["reason"], row["soundness"]) == (str(place), "asked", "good")
    assert bangfu("--store", filled, "backup", "--check", place).code == 0
    to = tmp_path / "new" / "center.db"
    back = bangfu("restore", place, "--to", to, "--json")
    assert back.code == 0
    assert back.json["store"] == str(to)
    for name in ("rows", "acts", "last_hash", "ledger", "sha256"):
        assert back.json[name] == made.json[name]
    assert bangfu("check", to).code == 0


def test_people_read_sentences(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    made = bangfu("--store", store, "backup", "--to", tmp_path)
    [place] = tmp_path.glob("center-20*")
    assert made.out.splitlines()[0] == f"备份在 {place}。"
    assert "审计记录" in made.out
    assert bangfu("--store", store, "backup", "--list").out.splitlines()[1:] == []
    back = bangfu("restore", place, "--to", tmp_path / "b.db")
    assert "已恢复到" in back.out
    again = bangfu("restore", place, "--to", tmp_path / "b.db")
    assert (again.code, again.out) == (1, "")
    assert "原有数据没有改动" in again.err


def test_the_recovery_key_comes_from_the_environment_or_is_piped(
    bangfu: Bangfu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "center.db"
    key = create(store, households=0, clock=FixedClock(TODAY))
    assert bangfu("--store", store, "backup").code == 0
    [place] = (tmp_path / "center-backups").iterdir()
    shutil.move(store, tmp_path / "lost")
    monkeypatch.delenv("BANGFU_USER")
    nobody = bangfu("restore", place, "--to", tmp_path / "a.db")
    assert nobody.code == 1
    assert "BANGFU_RECOVERY_KEY" in nobody.err
    monkeypatch.setattr(sys, "stdin", io.StringIO(key + "\n"))
    assert bangfu("restore", place, "--to", tmp_path / "a.db").code == 0
    monkeypatch.setenv("BANGFU_RECOVERY_KEY", key)
    assert bangfu("restore", place, "--to", tmp_path / "b.db").code == 0
    monkeypatch.setenv("BANGFU_RECOVERY_KEY", "2345-" * 7 + "2345")
    wrong = bangfu("restore", place, "--to", tmp_path / "c.db")
    assert wrong.code == 1
    assert "恢复密钥" in wrong.err
    assert not (tmp_path / "c.db").exists()


def test_a_key_is_asked_for_at_the_keyboard(
    bangfu: Bangfu, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    bangfu("--store", store, "backup", "--to", tmp_path)
    [place] = tmp_path.glob("center-20*")
    monkeypatch.delenv("BANGFU_USER")
    monkeypatch.setattr(sys, "stdin", Keyboard("wang\n"))
    typed = iter(["", PASSWORD])

    def getpass(prompt: str) -> str:
        assert prompt.endswith("：")
        return next(typed)

    monkeypatch.setattr("getpass.getpass", getpass)
    assert bangfu("restore", place, "--to", tmp_path / "a.db").code == 0


def test_data_that_do_not_agree_are_said(bangfu: Bangfu, filled: Path, tmp_path: Path) -> None:
    with raw(filled) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE audit SET actor_name = '某人' WHERE id = 20")
    made = bangfu("--store", filled, "backup")
    assert made.code == 1
    assert "第 20 条断开" in made.err
    [place] = (tmp_path / "center-backups").iterdir()
    back = bangfu("restore", place, "--to", tmp_path / "b.db", "--json")
    assert back.code == 1
    assert back.json["problems"] == ["审计记录在第 20 条断开"]
    assert (tmp_path / "b.db").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("backup", "--to", "{tmp}/none/deep"), "不存在或不能写入"),
        (("backup", "--check", "{tmp}"), "不是完整的帮扶备份"),
        (("restore", "{tmp}/nothing", "--to", "{tmp}/b.db"), "不是完整的帮扶备份"),
    ],
)
def test_what_does_not_work_is_said_in_a_sentence(
    bangfu: Bangfu, store: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    ran = bangfu("--store", store, *(word.format(tmp=tmp_path) for word in words))
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_others_than_the_administrator_are_refused(
    bangfu: Bangfu, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANGFU_USER", "wang")
    assert "管理备份" in bangfu("--store", store, "backup").err


# doctor


def test_doctor_says_when_and_where(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    assert health.backups(None).health is Health.OK
    assert health.backups(tmp_path / "none.db").health is Health.OK
    assert health.backups(store).health is Health.LOOK
    bangfu("--store", store, "backup")
    found = health.backups(store)
    assert found.health is Health.LOOK
    assert "center-backups" in found.says
    assert "同一块磁盘" in found.says


def test_doctor_says_what_failed(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    bangfu("--store", store, "backup")
    office, admin = open_store(store, "admin", PASSWORD)
    folder = tmp_path / "usb"
    office.perform(admin, change_backup_plan, BackupPlan(folder=str(folder)))
    office.close()
    folder.rmdir()
    assert bangfu("--store", store, "backup").code == 1
    found = health.backups(store)
    assert found.health is Health.PROBLEM
    assert "备份失败" in found.says
    assert "最近一次完好备份是" in found.says
