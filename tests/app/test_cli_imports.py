"""``import archive`` and ``import undo`` on the command line."""

import io
import sys
from pathlib import Path

import pytest

from app.demo.center import PASSWORD
from tests.commands import Bangfu, runner
from tests.filled import raw
from tests.imports import workbook
from tests.workbooks import written


@pytest.fixture
def bangfu(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Bangfu:
    monkeypatch.setenv("BANGFU_USER", "wang")
    monkeypatch.setenv("BANGFU_PASSWORD", PASSWORD)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return runner(capsys)


def households(store: Path) -> int:
    with raw(store) as sql:
        return sql.one("SELECT count(*) FROM household WHERE file_state = 'active'")


def test_an_archive_is_tried_imported_and_undone(
    bangfu: Bangfu, store: Path, tmp_path: Path
) -> None:
    planned, data = workbook(60, 25)
    file, bad = tmp_path / "档案.xlsx", tmp_path / "bad.xlsx"
    file.write_bytes(data)
    tried = bangfu("--store", store, "import", "archive", file, "--dry-run", "--json")
    assert tried.code == 1, "there are errors"
    assert tried.json["rows"] == planned.rows
    found = {(each["sheet"], each["row"], each["code"]) for each in tried.json["problems"]}
    assert found == planned.expected
    assert set(tried.json["problems"][0]) == {
        "sheet", "row", "column", "code", "severity", "problem", "mend",
    }  # fmt: skip
    stopped = bangfu("--store", store, "import", "archive", file)
    assert (stopped.code, households(store)) == (1, 0)
    assert "什么也没有写入" in stopped.err
    done = bangfu(
        "--store", store, "import", "archive", file,
        "--skip-bad", "--bad-rows", bad, "--json",
    )  # fmt: skip
    sound = planned.households - len(planned.kept_out)
    assert (done.code, done.json["written"]["households"]) == (0, sound)
    assert households(store) == sound
    assert bad.read_bytes()[:2] == b"PK"
    assert list(tmp_path.glob("center-backups/*")), "a backup is made before"
    number = done.json["batch"]
    undone = bangfu("--store", store, "import", "undo", number, "--json")
    assert (undone.code, undone.json) == (0, {"batch": number, "state": "undone"})
    assert households(store) == 0
    again = bangfu("--store", store, "import", "undo", number)
    assert (again.code, again.err.strip()) == (1, f"导入 {number} 已经撤销过了")


def test_a_column_is_said_by_hand(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    planned, _data = workbook(6)
    titles = planned.sheets["档案"][0]
    titles[titles.index("身份证号")] = "编码甲"
    file = tmp_path / "a.xlsx"
    file.write_bytes(written(planned))
    tried = ("--store", store, "import", "archive", file, "--dry-run", "--json")
    assert bangfu(*tried).json["sound"] == 0
    told = bangfu(*tried, "--map", "编码甲=身份证号码", "--map", "备注=")
    assert told.json["sound"] == planned.rows
    left_out = {each["column"] for each in told.json["problems"]}
    assert left_out == {"备注"}
    odd = bangfu(*tried, "--map", "编码甲=身高")
    assert (odd.code, "身高" in odd.err, "身份证号" in odd.err) == (1, True, True)
    assert bangfu(*tried, "--map", "编码甲").code == 2


def test_people_read_what_is_wrong(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    _planned, data = workbook(30, 10)
    (tmp_path / "a.xlsx").write_bytes(data)
    tried = bangfu("--store", store, "import", "archive", tmp_path / "a.xlsx", "--dry-run")
    assert tried.out.splitlines()[0].split() == ["工作表", "行号", "列", "类别", "问题", "怎么改"]
    assert "处错误" in tried.out


def test_a_sound_archive_needs_no_word_more(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    _planned, data = workbook(5, form="xls")
    (tmp_path / "a.xls").write_bytes(data)
    done = bangfu("--store", store, "import", "archive", tmp_path / "a.xls")
    assert (done.code, households(store)) == (0, 5)
    assert "D2026-0001" not in done.err


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a,b"]
)
def test_hostile_files_write_nothing(
    bangfu: Bangfu, store: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    refused = bangfu("--store", store, "import", "archive", tmp_path / "a.xlsx", "--skip-bad")
    assert (refused.code, refused.out, households(store)) == (1, "", 0)
    assert refused.err.strip()


def test_a_file_that_is_not_there(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    refused = bangfu("--store", store, "import", "archive", tmp_path / "no.xlsx")
    assert refused.code == 1
    assert "no.xlsx" in refused.err


@pytest.mark.parametrize("user", ["zhao", "zhou", "qian"])
def test_who_may_not_import_is_refused(
    bangfu: Bangfu, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: str
) -> None:
    monkeypatch.setenv("BANGFU_USER", user)
    (tmp_path / "a.xlsx").write_bytes(workbook(3)[1])
    refused = bangfu("--store", store, "import", "archive", tmp_path / "a.xlsx")
    assert (refused.code, households(store)) == (1, 0)


def test_wrong_usage(bangfu: Bangfu, store: Path) -> None:
    assert bangfu("--store", store, "import").code == 2
    assert bangfu("--store", store, "import", "elsewhere", "x").code == 2
