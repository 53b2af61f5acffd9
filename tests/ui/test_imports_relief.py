"""The page of imports with past relief: known by its titles, mended, confirmed, undone."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.core.words.imports import ImportKind, ImportState
from app.exchange.importing_queries import import_rows
from app.exchange.relief_queries import history_books
from tests.relief_workbooks import TITLES, payments, write
from tests.ui.conftest import settle
from tests.ui.desks import Seats
from tests.ui.imports import button, columns, opened, press, read_first_as, rest
from tests.world import World
from ui import theme


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Make a workbook of forty payments, two of them of a source that nobody knows."""
    cells, _split = payments(rows=40, fen=1_234_500, year=2012)
    for row in cells[:2]:
        row[TITLES.index("资金来源")] = "市财政款"
    cells[2][TITLES.index("金额")] = "三百"
    place = tmp_path / "2012年救助台账.xlsx"
    write(place, [TITLES, *cells])
    return place


def test_past_relief_is_read_mended_imported_and_undone(
    world: World, sit: Seats, file: Path
) -> None:
    seat = opened(sit, file)
    page = seat.page
    assert page.visible_title == "导入 2012年救助台账.xlsx"
    assert "可导入 37 笔" in page.bar().text()
    assert page.problems.select_where(lambda row: row.problem.code == "unknown_word")
    rest(seat)
    assert button(seat, "act_mend_all").words() == "相同的 2 处都改"
    assert page.detail.line.text() == "市财政"
    press(seat, "act_mend_all")
    assert "可导入 39 笔" in page.bar().text()
    assert page.problems.select_where(lambda row: row.problem.code == "bad_amount")
    rest(seat)
    press(seat, "act_leave_out")
    assert "0 笔不导入" in page.bar().text()
    assert not page.problems.rows()
    press(seat, "act_import")
    assert "导入" in seat.asking.asked[-1]
    assert "已导入 39 笔" in page.banners.says()
    [row] = world.ask("wang", import_rows)
    assert (row.kind, row.state) == (ImportKind.RELIEF, ImportState.IMPORTED)
    assert sum(book.payments for book in world.ask("wang", history_books)) == 39
    seat.asking.reason_given = "试导"
    press(seat, "act_undo_import")
    assert [each.state for each in world.ask("wang", import_rows)] == [ImportState.UNDONE]
    assert not world.ask("wang", history_books)


def test_the_bad_rows_are_saved(sit: Seats, file: Path, tmp_path: Path) -> None:
    seat = opened(sit, file)
    seat.asking.file = tmp_path / "错误行.xlsx"
    press(seat, "act_bad_rows")
    assert (tmp_path / "错误行.xlsx").read_bytes()[:2] == b"PK"


def test_a_column_is_chosen_by_hand(sit: Seats, tmp_path: Path) -> None:
    cells, _split = payments(rows=5, fen=12_345, year=2012)
    place = tmp_path / "a.xlsx"
    write(place, [["给了多少" if title == "金额" else title for title in TITLES], *cells])
    seat = opened(sit, place)
    assert "可导入 0 笔" in seat.page.bar().text()
    read_first_as(seat, columns(seat), "金额")
    assert "可导入 5 笔" in seat.page.bar().text()
    assert "123.45 元" in seat.page.bar().text()


@pytest.mark.parametrize("percent", [100, 150])
def test_its_picture(
    qapp: QApplication, sit: Seats, file: Path, picture: Any, percent: int
) -> None:
    theme.use(qapp, theme.Scheme.LIGHT, percent)
    seat = opened(sit, file)
    settle()
    assert picture(seat.window, f"imports-relief-{percent}").exists()
