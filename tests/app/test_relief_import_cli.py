"""``import relief`` on the command line."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from app.demo.center import PASSWORD
from tests.commands import Bangfu, runner
from tests.filled import raw
from tests.imports import workbook
from tests.relief_workbooks import TITLES, payments, relief_workbook, write


@pytest.fixture
def bangfu(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Bangfu:
    monkeypatch.setenv("BANGFU_USER", "wang")
    monkeypatch.setenv("BANGFU_PASSWORD", PASSWORD)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return runner(capsys)


def counted(store: Path) -> tuple[Any, Any]:
    """Return how many payments count, and how much they are."""
    with raw(store) as sql:
        return (
            sql.one("SELECT count(*) FROM relief WHERE counted"),
            sql.one("SELECT coalesce(sum(fen), 0) FROM relief WHERE counted"),
        )


def test_the_past_is_tried_imported_and_undone(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    file, bad = tmp_path / "2012.xlsx", tmp_path / "bad.xlsx"
    cells, split = payments(rows=80, fen=1_000_000, year=2012)
    wrong = [*cells[0]]
    wrong[TITLES.index("金额")] = "三百"
    write(file, [TITLES, *cells, wrong])
    tried = bangfu("--store", store, "import", "relief", file, "--dry-run", "--json")
    assert tried.code == 1
    assert (tried.json["rows"], tried.json["sound"], tried.json["fen"]) == (81, 80, 1_000_000)
    assert tried.json["people"] == tried.json["without_file"] == split.people
    [problem] = tried.json["problems"]
    assert problem.items() >= {
        ("row", 82), ("code", "bad_amount"), ("severity", "error"), ("column", "金额"),
    }  # fmt: skip
    assert counted(store) == (0, 0)
    stopped = bangfu("--store", store, "import", "relief", file)
    assert (stopped.code, counted(store)) == (1, (0, 0))
    assert "什么也没有写入" in stopped.err
    done = bangfu(
        "--store", store, "import", "relief", file, "--skip-bad", "--bad-rows", bad, "--json"
    )
    assert (done.code, counted(store)) == (0, (80, 1_000_000))
    assert done.json["written"] == {
        "rows": 80,
        "fen": 1_000_000,
        "people": split.people,
        "households": 0,
        "without_file": split.people,
        "left_out": 1,
    }
    assert bad.read_bytes()[:2] == b"PK"
    assert list(tmp_path.glob("center-backups/*")), "a backup is made before"
    undone = bangfu("--store", store, "import", "undo", done.json["batch"], "--json")
    assert (undone.code, counted(store)) == (0, (0, 0))


def test_people_read_what_came_in(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    split = relief_workbook(tmp_path / "a.xlsx", rows=30, fen=123_456)
    done = bangfu("--store", store, "import", "relief", tmp_path / "a.xlsx")
    assert done.code == 0
    assert f"{split.people} 人 30 人次，1,234.56 元" in done.out
    again = bangfu("--store", store, "import", "relief", tmp_path / "a.xlsx")
    assert again.code == 1
    assert "已经在救助台账里" in again.out
    assert counted(store) == (30, 123_456)


def test_a_column_is_said_by_hand(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    cells, _split = payments(rows=3, fen=300, year=2012)
    write(tmp_path / "a.xlsx", [["给了多少" if t == "金额" else t for t in TITLES], *cells])
    refused = bangfu("--store", store, "import", "relief", tmp_path / "a.xlsx")
    assert refused.code == 1
    said = bangfu(
        "--store", store, "import", "relief", tmp_path / "a.xlsx", "--map", "给了多少=金额"
    )
    assert (said.code, counted(store)) == (0, (3, 300))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a,b"])
def test_hostile_files_write_nothing(
    bangfu: Bangfu, store: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    refused = bangfu("--store", store, "import", "relief", tmp_path / "a.xlsx", "--skip-bad")
    assert (refused.code, refused.out, counted(store)) == (1, "", (0, 0))
    assert refused.err.strip()


@pytest.mark.parametrize("user", ["zhao", "zhou", "qian"])
def test_who_may_not_import_is_refused(
    bangfu: Bangfu, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: str
) -> None:
    monkeypatch.setenv("BANGFU_USER", user)
    relief_workbook(tmp_path / "a.xlsx", rows=3, fen=300)
    refused = bangfu("--store", store, "import", "relief", tmp_path / "a.xlsx")
    assert (refused.code, counted(store)) == (1, (0, 0))


def test_each_kind_has_its_command(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    relief_workbook(tmp_path / "relief.xlsx", rows=3, fen=300)
    (tmp_path / "archive.xlsx").write_bytes(workbook(3)[1])
    other = bangfu("--store", store, "import", "archive", tmp_path / "relief.xlsx")
    assert (other.code, other.out) == (1, "")
    assert "bangfu import relief" in other.err
    other = bangfu("--store", store, "import", "relief", tmp_path / "archive.xlsx")
    assert (other.code, other.out) == (1, "")
    assert "没有找到标题行" in other.err
    assert counted(store) == (0, 0)
