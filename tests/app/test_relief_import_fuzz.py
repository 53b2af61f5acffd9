"""Hostile workbooks of past relief, made by the thousand: no crash, no hang, nothing written.

``make fuzz`` reads 50,000 of them; the suite some hundred. The files that are no workbooks are
those of `test_archive_fuzz`: the same readers open both.
"""

import io
import os
import time
from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from typing import Any, Final
from xml.sax.saxutils import escape

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs] - it has no stubs
import xlwt  # pyright: ignore[reportMissingTypeStubs] - it has no stubs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.core.errors import AppError
from app.exchange.archive_mending import Mends, bulk_fixes, with_offers
from app.exchange.relief_document import looks_like_relief
from app.exchange.relief_preparing import prepare_relief
from app.exchange.relief_reading import bad_relief_rows, read_relief
from app.exchange.relief_records import File, ReliefHistory
from app.exchange.relief_who import NO_CENTER, Center, Files
from app.exchange.workbook import open_workbook
from tests.app.test_archive_fuzz import AFTER, SPOILINGS, TAGS, Spoiling, nothing_written, spoilt
from tests.packages import package, sheet_xml, texts_xml
from tests.relief_workbooks import TITLES, Home, payments

TODAY: Final = date(2026, 11, 22)
SECONDS: Final = 5.0
TESTS: Final = 3
PERSON: Final = "239081198001010020"

hostile = settings(
    max_examples=int(os.environ.get("FUZZ", "150")) // TESTS,
    deadline=None,  # measured below: making an example takes time too
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=(Phase.generate,),  # to shrink what takes too long would take for ever
)


def _files(numbers: Collection[str], people: Collection[str]) -> Files:
    """Know a file, whose people are called as some cells are."""
    home = File(1, "哈困000001", "南岗区", None, None, (("李示例", PERSON), ("", "")))
    known: dict[str, tuple[str, File]] = dict.fromkeys(people, ("李示例", home))
    return Files({number: home for number in numbers if len(number) % 2}, known)


CENTER: Final = Center(_files, NO_CENTER.paid)


def examine(data: bytes) -> None:
    """Read a workbook as an import would, up to its rows and the bad rows written out."""
    begun = time.process_time()
    with nothing_written():
        try:
            book = open_workbook(data)
            looks_like_relief(book)
            history = read_relief(book, today=TODAY, center=CENTER)
            _follow(history)
            again = with_offers(history.problems)
            _follow(read_relief(book, today=TODAY, center=CENTER, mends=again))
            bad_relief_rows(book, history, Mends())
            told = "read"
        except AppError as refused:
            told = refused.tell()
    assert told
    assert time.process_time() - begun < SECONDS


def _follow(history: ReliefHistory) -> None:
    """Look whether what came of a workbook holds together."""
    history.as_json()
    bulk_fixes(history.problems)
    prepared = prepare_relief(history)
    sums = history.sums()
    assert prepared.payments.count == sums.rows == history.rows - len(history.kept_out)
    assert sum(prepared.payments.each["fen"]) == sums.fen
    assert all(fen > 0 for fen in prepared.payments.each["fen"])
    assert all(day <= TODAY for day in prepared.payments.each["day"])
    assert None not in {*prepared.payments.each["item"], *prepared.payments.each["source"]}
    assert len(prepared.people) == sums.people


@cache
def seeds() -> tuple[bytes, ...]:
    """Return small sound workbooks to spoil, a new one and an old one."""
    homes = [Home("哈困000001", PERSON, "李示例", "南岗区")]
    cells, _split = payments(rows=20, fen=90_000, year=2012, households=homes)
    rows = [["2012年救助台账"], TITLES, *cells, ["合计", "", "", "", "", 900]]
    new, old = io.BytesIO(), io.BytesIO()
    book: Any = xlsxwriter.Workbook(new, {"in_memory": True})
    before: Any = xlwt.Workbook()
    sheet, leaf = book.add_worksheet("救助"), before.add_sheet("救助")
    for down, row in enumerate(rows):
        for left, value in enumerate(row):
            shown = value.isoformat() if isinstance(value, date) else value
            sheet.write(down, left, shown)
            leaf.write(down, left, shown)
    book.close()
    before.save(old)
    return new.getvalue(), old.getvalue()


@hostile
@given(st.integers(0, 1), SPOILINGS)
def test_files_with_spoilt_bytes(which: int, spoilings: list[Spoiling]) -> None:
    examine(spoilt(seeds()[which], spoilings))


HEADER = "".join(
    f'<c r="{letter}1" t="inlineStr"><is><t>{title}</t></is></c>'
    for letter, title in zip("ABCDEFGHIJ", TITLES, strict=True)
)


@hostile
@given(st.lists(TAGS, max_size=12), AFTER, st.text(max_size=20))
def test_sheets_of_hostile_tags(tags: list[str], after: str, text: str) -> None:
    rows = f'<row r="1">{HEADER}</row><row r="2">{"".join(tags)}</row>'
    parts = {"xl/sharedStrings.xml": texts_xml([escape(text), "x" * 3000])}
    examine(package(sheet_xml(rows, after).encode("utf-8", "replace"), parts))


WORDS = st.sampled_from(
    [
        "", "-", "无", "医疗救助", "送温暖", "其他", "市财政", "工会经费", "现金", "支票",
        "2012-03-05", "20120305", "2012年3月5日", "2031-01-01", "12-3-5", "300",
        "1,200.00", "-5", "0", "0.001",
        "1.2万元", "1e9", "9" * 30, PERSON, PERSON[:15], "2.39E+17", "哈困000001", "李示例", "合计",
        "小计", "制表：", "日期", "=1+1", "'", '"', "\u202e反", "\ue000", "\U0001f600",
        "a" * 33_000, "１２３", "\t", "\n",
    ]
)  # fmt: skip
CELLS = WORDS | st.text(max_size=30) | st.floats() | st.integers(-(2**63), 2**63)
SOUND = ("2012-03-05", "", PERSON, "李示例", "医疗救助", 300, "市财政", "现金", "", "")
PATCHES = st.lists(st.tuples(st.integers(0, len(TITLES) - 1), CELLS), max_size=5)


@hostile
@given(
    st.lists(st.sampled_from([*TITLES, "序号", "", "救助金额（万元）", "区县"]), max_size=14),
    st.lists(PATCHES, max_size=8),
)
def test_cells_of_all_kinds_under_any_titles(
    titles: list[str], patches: list[list[tuple[int, str | float]]]
) -> None:
    rows: list[Sequence[str | float]] = [titles if len(titles) > 5 else TITLES]
    for patch in patches:
        row: list[str | float] = list(SOUND)
        for place, cell in patch:
            row[place] = cell
        rows.append(row)
    examine(package(sheet_xml(_xml(rows)).encode("utf-8", "replace")))


def _xml(rows: Sequence[Sequence[str | float]]) -> str:
    return "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)


def _cell(cell: str | float) -> str:
    if isinstance(cell, str):
        return f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f"<c><v>{cell!r}</v></c>"
