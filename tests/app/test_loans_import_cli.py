"""``import loans`` on the command line."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from app.demo.center import PASSWORD
from tests.commands import Bangfu, runner
from tests.filled import raw
from tests.loan_registers import FEN, LOANS, TITLES, line, of_the_year, written


@pytest.fixture
def bangfu(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Bangfu:
    monkeypatch.setenv("BANGFU_USER", "sun")
    monkeypatch.setenv("BANGFU_PASSWORD", PASSWORD)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return runner(capsys)


def counted(store: Path) -> tuple[Any, Any]:
    """Return how many loans are on record, and how much they are."""
    with raw(store) as sql:
        recorded = "FROM loan WHERE state = 'recorded'"
        return (
            sql.one(f"SELECT count(*) {recorded}"),
            sql.one(f"SELECT coalesce(sum(principal), 0) {recorded}"),
        )


def test_the_loans_of_2012_are_tried_imported_told_and_undone(
    bangfu: Bangfu, store: Path, tmp_path: Path
) -> None:
    file, bad = tmp_path / "2012 年台账.xlsx", tmp_path / "bad.xlsx"
    file.write_bytes(written([*of_the_year(), line(900, 贷款金额="五万")]))
    tried = bangfu("--store", store, "import", "loans", file, "--dry-run", "--json")
    assert tried.code == 1
    assert (tried.json["rows"], tried.json["sound"], tried.json["fen"]) == (LOANS + 1, LOANS, FEN)
    [problem] = tried.json["problems"]
    assert problem.items() >= {
        ("row", LOANS + 2), ("code", "bad_amount"), ("severity", "error"), ("column", "贷款金额"),
    }  # fmt: skip
    assert counted(store) == (0, 0)
    stopped = bangfu("--store", store, "import", "loans", file)
    assert (stopped.code, counted(store)) == (1, (0, 0))
    assert "什么也没有写入" in stopped.err
    done = bangfu(
        "--store", store, "import", "loans", file, "--skip-bad", "--bad-rows", bad, "--json"
    )
    assert (done.code, counted(store)) == (0, (LOANS, FEN))
    assert done.json["written"] == {
        "rows": LOANS,
        "fen": FEN,
        "people": LOANS,
        "on_file": 0,
        "left_out": 1,
    }
    assert bad.read_bytes()[:2] == b"PK"
    assert list(tmp_path.glob("center-backups/*")), "a backup is made before"
    year = ("--store", store, "report", "annual", "--year", "2012", "--json")
    loans = bangfu(*year).json["loans"]
    assert (loans["count"], loans["fen"]) == (LOANS, FEN)
    undone = bangfu("--store", store, "import", "undo", done.json["batch"], "--json")
    assert (undone.code, counted(store)) == (0, (0, 0))
    assert bangfu(*year).json["loans"]["count"] == 0


def test_people_read_what_came_in(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(written([line(1), line(2, 贷款金额=12_345.67)]))
    done = bangfu("--store", store, "import", "loans", file)
    assert done.code == 0
    assert "62,345.67 元" in done.out
    again = bangfu("--store", store, "import", "loans", file)
    assert (again.code, counted(store)) == (1, (2, 6_234_567))


def test_a_column_is_said_by_hand(bangfu: Bangfu, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    titles = ["给了多少" if title == "贷款金额" else title for title in TITLES]
    file.write_bytes(written([line(1)], titles))
    command = ("--store", store, "import", "loans", file)
    assert bangfu(*command).code == 1
    assert bangfu(*command, "--map", "给了多少=贷款金额").code == 0
    assert counted(store) == (1, 5_000_000)
