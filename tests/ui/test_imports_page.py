"""The page of imports: read, mend in place and in bulk, decide, confirm, undo."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.words.imports import ImportState
from app.exchange.importing_queries import import_rows
from tests.imports import bring_in, workbook
from tests.ui.conftest import click_key, settle
from tests.ui.desks import Seat, Seats
from tests.ui.imports import button, columns, opened, press, read_first_as, rest
from tests.workbooks import written
from tests.world import World
from ui import theme
from ui.kit.choice_editors import ComboBox
from ui.pages.imports import ImportsPage


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Make a workbook of sixty households with damage of every kind."""
    _planned, data = workbook(60, 25)
    place = tmp_path / "困难职工档案.xlsx"
    place.write_bytes(data)
    return place


def choose(seat: Seat[ImportsPage], kind: str) -> None:
    seat.page.kinds.press(["all", "error", "warning", "on_file"].index(kind))
    rest(seat)


def test_a_workbook_is_read_mended_imported_and_undone(
    world: World, sit: Seats, file: Path
) -> None:
    seat = opened(sit, file)
    page = seat.page
    assert page.visible_title == "导入 困难职工档案.xlsx"
    assert "处错误" in page.bar().text()
    assert page.primary is button(seat, "act_import")
    choose(seat, "error")
    assert page.problems.select_where(lambda row: row.problem.code == "bad_date")
    rest(seat)
    picked = page.problems.current()
    assert picked is not None
    before = len(page.problems.rows())
    QTest.keyClick(page.problems.view, Qt.Key.Key_Return)
    assert page.detail.line.hasFocus()
    page.detail.line.setText("2013-05-01")
    click_key(page.detail.line, Qt.Key.Key_Return)
    rest(seat)
    assert len(page.problems.rows()) == before - 1
    press(seat, "act_import")
    assert "导入" in seat.asking.asked[-1]
    [row] = world.ask("wang", import_rows)
    assert (row.state, row.file_name) == (ImportState.IMPORTED, file.name)
    assert "已完成" in page.banners.says()
    seat.asking.reason_given = "试导"
    press(seat, "act_undo_import")
    assert [each.state for each in world.ask("wang", import_rows)] == [ImportState.UNDONE]


def test_words_that_are_wrong_alike_are_mended_at_once(sit: Seats, tmp_path: Path) -> None:
    planned, _data = workbook(12)
    at = planned.sheets["档案"][0].index("困难类别")
    for row in planned.sheets["档案"][1:6]:
        row[at] = "特别困难"
    place = tmp_path / "档案.xlsx"
    place.write_bytes(written(planned))
    seat = opened(sit, place)
    choose(seat, "error")
    assert len(seat.page.problems.rows()) == 5
    assert button(seat, "act_mend_all").words() == "相同的 5 处都改"
    seat.page.detail.line.setText("深度困难")
    press(seat, "act_mend_all")
    assert not seat.page.problems.rows()
    assert "可导入 12 户" in seat.page.bar().text()


@pytest.mark.parametrize("percent", [100, 150])
def test_a_column_is_chosen_by_hand_and_kept(
    qapp: QApplication, sit: Seats, tmp_path: Path, picture: Any, percent: int
) -> None:
    theme.use(qapp, theme.Scheme.LIGHT, percent)
    planned, _data = workbook(12)
    titles = planned.sheets["档案"][0]
    titles[titles.index("身份证号")] = "编码甲"
    place = tmp_path / "档案.xlsx"
    place.write_bytes(written(planned))
    seat = opened(sit, place)
    assert "可导入 0 户" in seat.page.bar().text()
    dialog = columns(seat)
    assert picture(dialog, f"imports-columns-{percent}").exists()
    assert dialog.height() <= seat.window.height()
    [first, *_others] = dialog.findChildren(ComboBox)
    assert (first.objectName(), first.currentText()) == ("column_编码甲", "不读取")
    read_first_as(seat, dialog, "身份证号")
    assert "可导入 12 户" in seat.page.bar().text()
    seat.page.leave()
    press(seat, "act_open_workbook")
    assert "可导入 12 户" in seat.page.bar().text(), "it is kept for the next workbook"


@pytest.mark.parametrize("percent", [100, 150])
def test_a_column_that_is_not_there_is_said_once_for_every_row(
    qapp: QApplication, sit: Seats, tmp_path: Path, picture: Any, percent: int
) -> None:
    theme.use(qapp, theme.Scheme.LIGHT, percent)
    planned, _data = workbook(12)
    rows = planned.sheets["档案"]
    for title in ("困难类别", "区县", "家庭年度总收入", "建档日期"):
        at = rows[0].index(title)
        for row in rows:
            del row[at]
    place = tmp_path / "档案.xlsx"
    place.write_bytes(written(planned))
    seat = opened(sit, place)
    page = seat.page
    assert "可导入 0 户" in page.bar().text()
    choose(seat, "error")
    assert [row.column for row in page.problems.rows()] == [
        "困难类别", "区县", "家庭年度总收入", "建档日期",
    ]  # fmt: skip
    for said in ("深度困难", "南岗区", "12000", "2013-05-01"):
        click_key(page.problems.view, Qt.Key.Key_Return)
        assert button(seat, "act_mend").words() == "填入每一行"
        if said == "深度困难":
            assert picture(seat.window, f"imports-absent-{percent}").exists()
            page.detail.line.setText("特困")
            click_key(page.detail.line, Qt.Key.Key_Return)
            rest(seat)
            assert "可导入 0 户" in page.bar().text()
            assert "特困" in page.problems.rows()[0].says
            click_key(page.problems.view, Qt.Key.Key_Return)
        page.detail.line.setText(said)
        click_key(page.detail.line, Qt.Key.Key_Return)
        rest(seat)
    assert "可导入 12 户" in page.bar().text()


def test_escape_returns_to_the_list_and_then_asks(sit: Seats, file: Path) -> None:
    seat = opened(sit, file)
    page, view = seat.page, seat.page.problems.view
    choose(seat, "error")
    assert page.problems.select_where(lambda row: row.problem.code == "bad_date")
    rest(seat)
    press(seat, "act_mend")
    mended = len(page.problems.rows())
    view.setFocus()
    click_key(view, Qt.Key.Key_Return)
    assert page.detail.line.hasFocus()
    seat.asking.yes = False
    click_key(page.detail.line, Qt.Key.Key_Escape)
    rest(seat)
    assert view.hasFocus()
    assert seat.asking.asked[1:] == [], "the first Escape only returns"
    click_key(view, Qt.Key.Key_Escape)
    rest(seat)
    assert seat.asking.asked[-1] == "不导入“困难职工档案.xlsx”，离开吗？"
    assert page.problems.isVisible()
    seat.window.go("cases", None)
    rest(seat)
    seat.window.go("imports", None)
    rest(seat)
    assert len(page.problems.rows()) == mended, "it comes back as it was"
    seat.asking.yes = True
    click_key(view, Qt.Key.Key_Escape)
    rest(seat)
    assert page.table.isVisible()


def test_a_household_is_left_out(sit: Seats, file: Path) -> None:
    seat = opened(sit, file)
    choose(seat, "error")
    before = len(seat.page.problems.rows())
    press(seat, "act_leave_out")
    assert len(seat.page.problems.rows()) < before


def test_who_is_on_file_is_decided_for_one_and_for_all(
    world: World, sit: Seats, tmp_path: Path
) -> None:
    _planned, data = workbook(6)
    bring_in(world, data)
    place = tmp_path / "又一份.xlsx"
    place.write_bytes(data)
    seat = opened(sit, place)
    assert button(seat, "act_import").reason == "还没有可以导入的内容"
    choose(seat, "on_file")
    assert seat.page.detail.ways.words() == ["不导入", "补全已有档案"]
    states = [line[0] for line in seat.page.problems.texts()]
    assert set(states) == {"错误"}
    seat.page.detail.ways.press(1)
    rest(seat)
    states = [line[0] for line in seat.page.problems.texts()]
    decided = [row.decision is not None for row in seat.page.problems.rows()]
    seen = set(zip(decided, states, strict=True))
    assert seen == {(True, "已处理"), (False, "错误")}, "what is decided is wrong no more"
    assert "可导入 1 户" in seat.page.bar().text()
    press(seat, "act_decide_all")
    assert "可导入 6 户" in seat.page.bar().text()
    press(seat, "act_import")
    assert [row.merged for row in world.ask("wang", import_rows)] == [6, 0]


def test_the_bad_rows_are_saved(sit: Seats, file: Path, tmp_path: Path) -> None:
    seat = opened(sit, file)
    seat.asking.file = tmp_path / "错误行.xlsx"
    press(seat, "act_bad_rows")
    assert (tmp_path / "错误行.xlsx").read_bytes()[:2] == b"PK"


def test_what_is_no_workbook_is_said(world: World, sit: Seats, tmp_path: Path) -> None:
    place = tmp_path / "x.xlsx"
    place.write_bytes(b"PK\x03\x04 no zip")
    seat = opened(sit, place)
    assert "不能" in seat.page.banners.says() or "什么也没有" in seat.page.banners.says()
    assert world.ask("wang", import_rows) == []
    assert button(seat, "act_open_workbook").isEnabled()


def test_a_reading_is_stopped(world: World, sit: Seats, file: Path) -> None:
    seat: Seat[ImportsPage] = sit("wang", "imports")
    seat.page.read(file)
    assert seat.page.card.isVisible()
    seat.page.stop()
    rest(seat)
    assert not seat.page.reading.running()
    assert seat.page.table.isVisible()
    assert world.ask("wang", import_rows) == []


@pytest.mark.parametrize("percent", [100, 150])
def test_its_picture(
    qapp: QApplication, sit: Seats, file: Path, picture: Any, percent: int
) -> None:
    theme.use(qapp, theme.Scheme.LIGHT, percent)
    seat = opened(sit, file)
    choose(seat, "error")
    settle()
    assert picture(seat.window, f"imports-{percent}").exists()
