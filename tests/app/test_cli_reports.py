"""``report annual`` and ``report month`` on the command line."""

import io
import sys
from pathlib import Path

import openpyxl
import pypdf
import pytest

from app.core.money import yuan_text
from app.demo.center import PASSWORD
from tests.app.test_reports import invented
from tests.commands import Bangfu, runner
from tests.relief_rows import told, write


@pytest.fixture
def bangfu(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Bangfu:
    monkeypatch.setenv("BANGFU_USER", "zhou")
    monkeypatch.setenv("BANGFU_PASSWORD", PASSWORD)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    return runner(capsys)


def test_a_year_is_told_as_text_json_workbook_and_paper(
    bangfu: Bangfu, store: Path, tmp_path: Path
) -> None:
    rows = invented(31, count=80)
    write(store, rows)
    times, people, households, fen = told(row for row in rows if row.day.year == 2012)
    book, paper = tmp_path / "年报.xlsx", tmp_path / "年报.pdf"
    command = ("--store", store, "report", "annual", "--year", "2012")
    ran = bangfu(*command, "--xlsx", book, "--pdf", paper, "--json")
    relief = ran.json["relief"]
    assert (ran.code, ran.json["year"]) == (0, 2012)
    assert (relief["person_times"], relief["people"]) == (times, people)
    assert (relief["households"], relief["fen"]) == (households, fen)
    assert sum(each["fen"] for each in relief["by_month"]) == fen
    sheet = openpyxl.load_workbook(book).worksheets[0]
    assert [cell.value for cell in sheet[5]][1:4] == [times, people, households]
    assert yuan_text(fen) in pypdf.PdfReader(paper).pages[0].extract_text()
    text = bangfu(*command)
    assert text.code == 0
    assert f"全部救助    {times}" in text.out
    assert yuan_text(fen) in text.out


def test_a_month_is_told(bangfu: Bangfu, store: Path) -> None:
    rows = invented(32, count=80)
    write(store, rows)
    ran = bangfu("--store", store, "report", "month", "--month", "2012-02", "--json")
    assert (ran.code, ran.json["month"]) == (0, "2012-02")
    assert ran.json["relief"]["fen"] == told(row for row in rows if row.month == "2012-02")[3]
    assert len(ran.json["relief"]["by_month"]) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("annual",),
        ("annual", "--year", "12"),
        ("annual", "--year", "2012-01"),
        ("month", "--month", "2012"),
        ("month", "--month", "2012-13"),
    ],
)
def test_a_period_that_is_none_is_wrong_usage(bangfu: Bangfu, words: tuple[str, ...]) -> None:
    ran = bangfu("report", *words)
    assert (ran.code, ran.out) == (2, "")


def test_what_cannot_be_done_is_said(
    bangfu: Bangfu, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("--store", store, "report", "annual", "--year", "2012")
    ran = bangfu(*command, "--xlsx", tmp_path / "none" / "a.xlsx")
    assert ran.code == 1
    assert "写不进去" in ran.err
    monkeypatch.setenv("BANGFU_USER", "admin")
    refused = bangfu(*command)
    assert refused.code == 1
    assert "查看报表" in refused.err
