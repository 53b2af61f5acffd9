"""The commands that make, keep and check stores."""

import io
import json
import sys
from pathlib import Path

import pytest

from app.demo.center import PASSWORD
from app.settings import WorkstationSettings, demo_store, write_settings
from db.engine import connect
from db.keys import KeyFile, key_file_of
from tests.commands import Bangfu, Ran, runner

STAFF = """
[[staff]]
user = "wangfang"
name = "王芳"
roles = ["caseworker"]

[[staff]]
user = "heping"
name = "何平"
roles = ["administrator", "supervisor"]
"""
PASSWORDS = "first-pass-1\nsecond-pass-2\n"


@pytest.fixture
def bangfu(capsys: pytest.CaptureFixture[str]) -> Bangfu:
    return runner(capsys)


@pytest.fixture
def staff_file(tmp_path: Path) -> Path:
    path = tmp_path / "人员.toml"
    path.write_text(STAFF, "utf-8")
    return path


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> "SignIn":
    return SignIn(monkeypatch)


class SignIn:
    """Says who signs in, and what is piped into the command."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.types("")

    def __call__(self, user: str, password: str = PASSWORD) -> None:
        self._monkeypatch.setenv("BANGFU_USER", user)
        self._monkeypatch.setenv("BANGFU_PASSWORD", password)

    def types(self, text: str) -> None:
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def answers(monkeypatch: pytest.MonkeyPatch, *typed: str) -> None:
    """Type passwords, one after the other."""
    rest = iter(typed)

    def getpass(prompt: str) -> str:
        assert prompt
        return next(rest)

    monkeypatch.setattr("getpass.getpass", getpass)


def init(bangfu: Bangfu, store: Path, staff_file: Path) -> Ran:
    return bangfu("init", store, "--center", "试办困难职工帮扶中心", "--staff", staff_file)


def test_a_real_store_is_made_and_its_people_sign_in(
    bangfu: Bangfu, sign_in: SignIn, staff_file: Path, tmp_path: Path
) -> None:
    store = tmp_path / "新 center" / "center.db"
    sign_in.types(PASSWORDS)
    ran = init(bangfu, store, staff_file)
    assert (ran.code, ran.err) == (0, "")
    recovery_key = ran.out.splitlines()[-1]
    assert KeyFile.read(key_file_of(store)).open_with_recovery_key(recovery_key)
    sign_in("heping", "second-pass-2")
    people = bangfu("--store", store, "staff", "list", "--json").json
    assert [(each["user"], each["roles"]) for each in people] == [
        ("heping", ["administrator", "supervisor"]),
        ("wangfang", ["caseworker"]),
    ]
    assert bangfu("check", store).code == 0


def test_a_store_is_never_made_over_another(
    bangfu: Bangfu, sign_in: SignIn, staff_file: Path, store: Path
) -> None:
    before = store.read_bytes(), key_file_of(store).read_bytes()
    sign_in.types(PASSWORDS)
    ran = init(bangfu, store, staff_file)
    assert ran.code == 1
    assert "原有数据没有改动" in ran.err
    assert bangfu("demo", "create", store).code == 1
    assert (store.read_bytes(), key_file_of(store).read_bytes()) == before


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"caseworker"', '"chief"', "第 1 人：roles 要写成一组角色：caseworker、supervisor"),
        ('["caseworker"]', "[]", "第 1 人：roles"),
        ('["caseworker"]', '"caseworker"', "第 1 人：roles"),
        ('["caseworker"]', "[[1]]", "第 1 人：roles"),
        ('name = "何平"\n', "", "第 2 人：要有且只有 user、name、roles"),
        ('name = "何平"\n', 'name = "何平"\npassword = "x"\n', "第 2 人：要有且只有"),
        ('"何平"', "7", "第 2 人：user 和 name"),
        ('"administrator", ', "", "没有人担任管理员"),
        ("[[staff]]", "[[people]]", "没有 [[staff]]"),
        ('"王芳"', "", "没有写成“键 = 值”"),
        ('"wangfang"', '"王"', "user: "),
    ],
)
def test_a_wrong_staff_file_makes_nothing(
    bangfu: Bangfu, sign_in: SignIn, staff_file: Path, tmp_path: Path, old: str, new: str, says: str
) -> None:
    staff_file.write_text(STAFF.replace(old, new), "utf-8")
    sign_in.types(PASSWORDS)
    ran = init(bangfu, tmp_path / "center.db", staff_file)
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["人员.toml"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("first-pass-1\n", "没有 heping 的密码"),
        ("short\nsecond-pass-2\n", "password: 至少 8 个字"),
        ("", "没有 wangfang 的密码"),
    ],
)
def test_without_good_passwords_nothing_is_made(
    bangfu: Bangfu, sign_in: SignIn, staff_file: Path, tmp_path: Path, typed: str, says: str
) -> None:
    sign_in.types(typed)
    ran = init(bangfu, tmp_path / "center.db", staff_file)
    assert ran.code == 1
    assert says in ran.err
    assert not list(tmp_path.glob("center*"))


def test_a_demonstration_center_has_its_people_and_as_many_households_as_asked(
    bangfu: Bangfu, sign_in: SignIn, tmp_path: Path
) -> None:
    store = tmp_path / "demo.db"
    ran = bangfu("demo", "create", store, "--households", "2", "--seed", "7")
    assert ran.code == 0
    assert "wang、zhao、qian、sun、li、zhou、admin" in ran.out
    assert PASSWORD in ran.out
    sign_in("zhou")
    assert bangfu("--store", store, "check").code == 0
    assert bangfu("demo", "create", tmp_path / "empty.db", "--households", "0").code == 0


def test_check_says_ok_part_by_part(bangfu: Bangfu, sign_in: SignIn, store: Path) -> None:
    sign_in("zhou")
    found = bangfu("check", store, "--json").json
    parts = ("integrity", "ledger", "audit_chain", "rows", "awards", "papers", "numbers")
    assert {found[part] for part in parts} == {"ok"}
    assert found["findings"] == []
    told = bangfu("check", store)
    assert told.code == 0
    assert "审计记录链          正常" in told.out
    assert found["last_hash"][:8] not in told.out  # the sign-in just now is in the trail too


def test_check_names_a_row_that_was_altered(bangfu: Bangfu, sign_in: SignIn, store: Path) -> None:
    key = KeyFile.read(key_file_of(store)).open_with_password("zhou", PASSWORD)
    assert key
    connection = connect(store, key)
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'staff'"
    ).fetchall()
    for name, _sql in guards:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE staff SET name = 'somebody' WHERE user = 'li'")
    for _name, sql in guards:
        connection.execute(sql)
    connection.close()
    sign_in("zhou")
    ran = bangfu("check", store, "--json")
    assert ran.code == 1
    assert ran.json["rows"] != "ok"
    assert any(finding["row"].startswith("staff/") for finding in ran.json["findings"])
    told = bangfu("check", store)
    assert told.code == 1
    assert "数据与审计记录对照，staff/" in told.out


def test_a_damaged_store_is_a_finding_also_for_other_programs(
    bangfu: Bangfu, sign_in: SignIn, store: Path
) -> None:
    store.write_bytes(b"\x00" * 8192)
    sign_in("zhou")
    ran = bangfu("check", store, "--json")
    assert ran.code == 1
    assert set(ran.json) == {"integrity"}
    assert bangfu("check", store).err.count("\n") == 1


def test_who_may_not_check_is_told(bangfu: Bangfu, sign_in: SignIn, store: Path) -> None:
    sign_in("wang")
    ran = bangfu("check", store)
    assert (ran.code, ran.out) == (1, "")
    assert "没有" in ran.err


def test_the_store_is_that_of_the_workstation(
    bangfu: Bangfu,
    sign_in: SignIn,
    store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    sign_in("zhou")
    ran = bangfu("check")
    assert ran.code == 1
    assert "请用 --store 指明" in ran.err
    write_settings(WorkstationSettings(store=str(store)))
    assert bangfu("check").code == 0
    assert "没有数据" in bangfu("check", tmp_path / "none.db").err


def test_a_command_with_demo_is_about_the_demonstration(
    bangfu: Bangfu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    write_settings(WorkstationSettings(store=str(tmp_path / "real.db")))
    ran = bangfu("--demo", "check")
    assert ran.code == 1
    assert str(demo_store()) in ran.err


def test_a_wrong_password_opens_nothing(bangfu: Bangfu, sign_in: SignIn, store: Path) -> None:
    for user, password in (("zhou", "demo-2013"), ("nobody", PASSWORD)):
        sign_in(user, password)
        ran = bangfu("--store", store, "staff", "list")
        assert (ran.code, ran.out, ran.err) == (1, "", "用户名或密码不对\n")


def test_without_a_keyboard_user_and_password_come_from_the_environment(
    bangfu: Bangfu, sign_in: SignIn, store: Path
) -> None:
    sign_in("zhou", "")
    ran = bangfu("--store", store, "staff", "list")
    assert ran.code == 1
    assert "BANGFU_PASSWORD" in ran.err


def test_at_a_keyboard_user_and_password_are_asked_for(
    bangfu: Bangfu, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyboard = io.StringIO("zhou\n")
    monkeypatch.setattr(keyboard, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", keyboard)
    answers(monkeypatch, PASSWORD)
    ran = bangfu("--store", store, "staff", "list")
    assert ran.code == 0
    assert "窗口经办" in ran.out


def test_a_first_password_is_typed_twice(
    bangfu: Bangfu, sign_in: SignIn, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in("admin")
    keyboard = io.StringIO()
    monkeypatch.setattr(keyboard, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", keyboard)
    answers(monkeypatch, "new-pass-1", "new-pass-2", "new-pass-1", "new-pass-1")
    ran = bangfu("--store", store, "staff", "password", "li")
    assert ran.code == 1
    assert "两次输入的密码不同" in ran.err
    assert bangfu("--store", store, "staff", "password", "li").code == 0


def test_a_person_comes_changes_roles_leaves_and_returns(
    bangfu: Bangfu, sign_in: SignIn, store: Path
) -> None:
    def staff(*words: str) -> Ran:
        return bangfu("--store", store, "staff", *words)

    def row() -> dict[str, object]:
        sign_in("admin")
        return next(each for each in staff("list", "--json").json if each["user"] == "jia")

    sign_in("admin")
    sign_in.types("jia-pass-1\n")
    added = staff("add", "jia", "--name", "甲一", "--role", "finance", "--role", "supervisor")
    assert added.code == 0
    assert row()["roles"] == ["finance", "supervisor"]
    assert staff("roles", "jia", "--role", "auditor").code == 0
    assert row()["roles"] == ["auditor"]
    sign_in("jia", "jia-pass-1")
    assert bangfu("check", store).code == 0
    sign_in("admin")
    assert staff("leave", "jia").code == 0
    assert row()["active"] is False
    sign_in("jia", "jia-pass-1")
    assert bangfu("check", store).code == 1
    sign_in("admin")
    sign_in.types("jia-pass-2\n")
    assert staff("return", "jia").code == 0
    sign_in("jia", "jia-pass-2")
    assert bangfu("check", store).code == 0


def test_what_staff_refuses_is_told(bangfu: Bangfu, sign_in: SignIn, store: Path) -> None:
    sign_in("admin")
    for words, says in (
        (["leave", "admin"], "唯一的管理员"),
        (["leave", "nobody"], "nobody"),
        (["password", "li"], "没有 li 的密码"),
        (["add", "wang", "--name", "王二", "--role", "finance"], "没有 wang 的密码"),
    ):
        ran = bangfu("--store", store, "staff", *words)
        assert (ran.code, ran.out) == (1, "")
        assert says in ran.err
    sign_in.types("some-pass-1\n")
    taken = bangfu("--store", store, "staff", "add", "wang", "--name", "王二", "--role", "finance")
    assert taken.code == 1
    assert "wang" in taken.err
    sign_in("wang")
    assert bangfu("--store", store, "staff", "list").code == 1


def test_no_password_and_no_key_is_ever_written(
    bangfu: Bangfu, sign_in: SignIn, store: Path
) -> None:
    sign_in("zhou")
    ran = bangfu("check", store, "--json")
    written = json.dumps(ran.json)
    key = KeyFile.read(key_file_of(store)).open_with_password("zhou", PASSWORD)
    assert key
    assert PASSWORD not in written
    assert key.hex() not in written
