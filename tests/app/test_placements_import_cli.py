"""``import placements`` on the command line."""

import io
import sys
from pathlib import Path

import pytest

from app.demo.center import PASSWORD
from tests.commands import Bangfu, runner
from tests.filled import raw
from tests.placement_registers import PLACED, TITLES, line, of_the_year, written


@pytest.fixture
def bangfu(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Bangfu:
    monkeypatch.setenv("BANGFU_USER", "li")
    monkeypatch.setenv("BANGFU_PASSWORD", PASSWORD)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return runner(capsys)


def counted(store: Path) -> int:
    """Return how many placements count."""
    with raw(store) as sql:
        return sql.one("SELECT count(*) FROM placement WHERE state = 'working'")


def test_the_placements_of_2012_are_tried_imported_told_and_undone(
    bangfu: Bangfu, store: Path, tmp_path: Path
) -> None:
    file, bad = tmp_path / "2012 年职业介绍.xlsx", tmp_path / "bad.xlsx"
    file.write_bytes(written([*of_the_year(), line(9_000, 月薪="两千")]))
    tried = bangfu("--store", store, "import", "placements", file, "--dry-run", "--json")
    assert tried.code == 1
    assert (tried.json["rows"], tried.json["sound"]) == (PLACED + 1, PLACED)
    [problem] = tried.json["problems"]
    assert problem.items() >= {
        ("row", PLACED + 2), ("code", "bad_amount"), ("severity", "error"), ("column", "月薪"),
    }  # fmt: skip
    assert counted(store) == 0
    stopped = bangfu("--store", store, "import", "placements", file)
    assert (stopped.code, counted(store)) == (1, 0)
    assert "什么也没有写入" in stopped.err
    command = ("--store", store, "import", "placements", file, "--skip-bad", "--bad-rows", bad)
    done = bangfu(*command, "--json")
    assert (done.code, counted(store)) == (0, PLACED)
    assert done.json["written"] == {
        "rows": PLACED,
        "people": PLACED,
        "on_file": 0,
        "left_out": 1,
    }
    assert bad.read_bytes()[:2] == b"PK"
    assert list(tmp_path.glob("center-backups/*")), "a backup is made before"
    year = ("--store", store, "report", "annual", "--year", "2012", "--json")
    placements = bangfu(*year).json["placements"]
    told = {name: placements[name] for name in ("placed", "proved", "presumed", "free")}
    assert told == {"placed": PLACED, "proved": 0, "presumed": 0, "free": PLACED}
    undone = bangfu("--store", store, "import", "undo", done.json["batch"], "--json")
    assert (undone.code, counted(store)) == (0, 0)
    assert bangfu(*year).json["placements"]["placed"] == 0


def test_people_read_what_came_in_and_it_comes_in_once(
    bangfu: Bangfu, store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    rows = (TITLES, line(1), line(2))
    file.write_bytes("\n".join(",".join(map(str, row)) for row in rows).encode("gb18030"))
    done = bangfu("--store", store, "import", "placements", file)
    assert (done.code, counted(store)) == (0, 2)
    assert "2 条安置记录" in done.out
    again = bangfu("--store", store, "import", "placements", file)
    assert (again.code, counted(store)) == (1, 2)


def test_a_column_is_said_by_hand(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    titles = ["到哪儿去了" if title == "用人单位" else title for title in TITLES]
    file.write_bytes(written([line(1)], titles))
    command = ("--store", store, "import", "placements", file)
    assert bangfu(*command).code == 1
    assert bangfu(*command, "--map", "到哪儿去了=用人单位").code == 0
    assert counted(store) == 1


def test_another_workbook_is_not_taken_for_placements(
    bangfu: Bangfu, store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(written([line(1)]))
    refused = bangfu("--store", store, "import", "loans", file)
    assert refused.code != 0
    assert "import placements" in refused.err
