"""The page of imports with a register of placements: known, mended, confirmed, undone."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.core.words.imports import ImportKind, ImportState
from app.exchange.importing_queries import import_rows
from tests.filled import raw
from tests.placement_registers import TITLES, line, of_the_year, written
from tests.ui.conftest import settle
from tests.ui.desks import Seats
from tests.ui.imports import button, columns, opened, press, read_first_as, rest
from tests.world import World
from ui import theme


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Make a register of forty placements, two of a kind that nobody knows, one without pay."""
    rows = of_the_year(40)
    for row in rows[:2]:
        row[TITLES.index("人员类别")] = "下岗工"
    rows[2][TITLES.index("月薪")] = "两千"
    place = tmp_path / "2012年职业介绍.xlsx"
    place.write_bytes(written(rows))
    return place


def test_placements_are_read_mended_imported_and_undone(
    world: World, sit: Seats, file: Path, store: Path
) -> None:
    seat = opened(sit, file, "li")
    page = seat.page
    assert page.visible_title == "导入 2012年职业介绍.xlsx"
    assert "导入 37 条安置记录，3 条不导入" in page.bar().text()
    assert page.problems.select_where(lambda row: row.problem.code == "unknown_word")
    rest(seat)
    assert button(seat, "act_mend_all").words() == "相同的 2 处都改"
    press(seat, "act_mend_all")
    assert "导入 39 条" in page.bar().text()
    assert page.problems.select_where(lambda row: row.problem.code == "bad_amount")
    rest(seat)
    press(seat, "act_leave_out")
    assert "0 条不导入" in page.bar().text()
    press(seat, "act_import")
    assert "导入" in seat.asking.asked[-1]
    assert "导入 39 条安置记录，39 人" in page.banners.says()
    [row] = world.ask("li", import_rows)
    assert (row.kind, row.state) == (ImportKind.PLACEMENTS, ImportState.IMPORTED)
    seat.asking.reason_given = "试导"
    press(seat, "act_undo_import")
    assert [each.state for each in world.ask("li", import_rows)] == [ImportState.UNDONE]
    with raw(store) as sql:
        assert sql.run("SELECT state, count(*) FROM placement") == [("taken_back", 39)]


def test_the_bad_rows_are_saved(sit: Seats, file: Path, tmp_path: Path) -> None:
    seat = opened(sit, file, "li")
    seat.asking.file = tmp_path / "错误行.xlsx"
    press(seat, "act_bad_rows")
    assert (tmp_path / "错误行.xlsx").read_bytes()[:2] == b"PK"


def test_a_column_is_chosen_by_hand(sit: Seats, tmp_path: Path) -> None:
    place = tmp_path / "a.xlsx"
    titles = ["给多少" if title == "月薪" else title for title in TITLES]
    place.write_bytes(written([line(1)], titles))
    seat = opened(sit, place, "li")
    assert "导入 1 条" in seat.page.bar().text()
    read_first_as(seat, columns(seat), "月薪")
    assert not seat.page.problems.rows()


@pytest.mark.parametrize("percent", [100, 150])
def test_its_picture(
    qapp: QApplication, sit: Seats, file: Path, picture: Any, percent: int
) -> None:
    theme.use(qapp, theme.Scheme.LIGHT, percent)
    seat = opened(sit, file, "li")
    settle()
    assert picture(seat.window, f"imports-placements-{percent}").exists()
