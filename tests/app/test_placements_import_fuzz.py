"""Hostile registers of placements, made by the hundred: no crash, no hang, nothing written.

``make fuzz`` reads more of them. The files that are no workbooks are those of
`test_archive_fuzz`: the same readers open both.
"""

import os
import time
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final
from xml.sax.saxutils import escape

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.core.errors import AppError
from app.exchange.archive_mending import Mends, bulk_fixes, with_offers
from app.exchange.placements_document import looks_like_placements
from app.exchange.placements_reading import bad_placement_rows, read_placements
from app.exchange.placements_records import Placed, PlacementRegister, placed
from app.exchange.workbook import Workbook, open_workbook
from app.exchange.workbook_text import open_text
from tests.app.test_archive_fuzz import nothing_written
from tests.packages import package, sheet_xml
from tests.placement_registers import TITLES, line, person

TODAY: Final = date(2026, 11, 22)
SECONDS: Final = 5.0
TESTS: Final = 3
KEPT: Final = placed(person(7), "北岸纺织厂", date(2012, 3, 5))

hostile = settings(
    max_examples=int(os.environ.get("FUZZ", "300")) // TESTS,
    deadline=None,  # measured below: making an example takes time too
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=(Phase.generate,),  # to shrink what takes too long would take for ever
)

Cell = str | float
WORDS = st.sampled_from(
    [
        "", "-", "无", "不详", "2012-03-05", "20120305", "2012年3月5日", "2031-01-01", "12-3-5",
        "1,800.00", "1800元", "-5", "0", "0.001", "面议", "2000-2500", "1.2万元", "1e9", "9" * 30,
        person(7), person(8), person(7)[:15], "2.39E+17", "北岸纺织厂", "北岸 纺织厂", "缝纫工",
        "12", "1年", "一年半", "十年", "半年", "无固定期限", "0个月", "²年", "٣年", "1年半年",
        "失业人员", "下岗工", "困难", "免费", "收费", "是", "否", "√", "合计", "制表：", "姓名",
        "=1+1", "'", '"', "\u202e反", "\ue000", "\U0001f600", "a" * 33_000, "１２", "\t", "\n",
    ]
)  # fmt: skip
CELLS = WORDS | st.text(max_size=30) | st.floats() | st.integers(-(2**63), 2**63)
PATCHES = st.lists(st.tuples(st.integers(0, len(TITLES) - 1), CELLS), max_size=5)
SHEETS = st.lists(PATCHES, max_size=8)


def _known(numbers: Collection[str]) -> Mapping[Placed, str]:
    return {KEPT: "安2026-0001"} if KEPT.id_number in numbers else {}


def examine(book: Workbook) -> None:
    """Read a register as an import would, up to the bad rows written out."""
    looks_like_placements(book)
    register = read_placements(book, today=TODAY, known=_known)
    _follow(register)
    again = with_offers(register.problems)
    _follow(read_placements(book, today=TODAY, known=_known, mends=again))
    bad_placement_rows(book, register, Mends())


def told(data: bytes, *, text: bool = False) -> str:
    """Return what becomes of a file, within the time that is given."""
    begun = time.process_time()
    with nothing_written():
        try:
            examine(open_text(data) if text else open_workbook(data))
            said = "read"
        except AppError as refused:
            said = refused.tell()
    assert time.process_time() - begun < SECONDS
    return said


def _follow(register: PlacementRegister) -> None:
    """Look whether what came of a register holds together."""
    register.as_json()
    bulk_fixes(register.problems)
    sound = list(register.sound())
    assert len(sound) == register.rows - len(register.kept_out)
    for each in sound:
        assert each.name
        assert each.employer
        assert each.occupation
        assert each.started_on
        assert each.started_on <= TODAY
        assert len(each.id_number) == 18
        assert each.wage is None or each.wage > 0
        assert each.contract_months is None or 1 <= each.contract_months <= 600
    keys = [each.placed for each in sound]
    assert len(set(keys)) == len(keys)
    assert KEPT not in keys


def _rows(patches: list[list[tuple[int, Cell]]]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for number, patch in enumerate(patches):
        row: list[Cell] = line(number % 3 + 6)
        for place, cell in patch:
            row[place] = cell
        rows.append(row)
    return rows


def _xml(rows: list[list[Cell]]) -> bytes:
    cells = ("".join(map(_cell, row)) for row in rows)
    whole = "".join(f"<row>{row}</row>" for row in cells)
    return sheet_xml(whole).encode("utf-8", "replace")


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f"<c><v>{cell!r}</v></c>"


@hostile
@given(SHEETS)
def test_cells_of_all_kinds(patches: list[list[tuple[int, Cell]]]) -> None:
    assert told(package(_xml([list(TITLES), *_rows(patches)])))


@hostile
@given(
    st.lists(
        st.sampled_from([*TITLES, "序号", "", "月薪（万元）", "岗位", "放款日期"]), max_size=14
    ),
    SHEETS,
)
def test_cells_under_any_titles(titles: list[Cell], patches: list[list[tuple[int, Cell]]]) -> None:
    assert told(package(_xml([titles, *_rows(patches)])))


@hostile
@given(
    SHEETS, st.sampled_from(",\t;"), st.sampled_from(["utf-8", "gb18030"]), st.binary(max_size=9)
)
def test_texts_of_all_kinds(
    patches: list[list[tuple[int, Cell]]], mark: str, encoding: str, after: bytes
) -> None:
    rows = [list(TITLES), *_rows(patches)]
    text = "\r\n".join(mark.join(map(str, row)) for row in rows)
    assert told(text.encode(encoding, "replace") + after, text=True)
