"""The page of backups: how they stand, one by hand, checking, restoring, the plan."""

from pathlib import Path
from typing import Any

import pytest

from app.backups.actions import change_backup_plan
from app.backups.queries import backup_state
from app.backups.records import BackupPlan
from app.core.words.backups import Reason
from app.demo.center import PASSWORD
from app.entrance import open_store
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.pages.backups import BackupsPage
from ui.restoring import RestoreDialog


@pytest.fixture
def page(sit: Seats) -> Seat[BackupsPage]:
    return sit("admin", "backups")


def button(seat: Seat[Any], name: str) -> Button:
    found = seat.window.findChild(Button, name)
    assert found is not None
    return found


def press(seat: Seat[Any], name: str) -> None:
    button(seat, name).click()
    seat.rest()


def test_one_is_made_by_hand_and_checked(page: Seat[BackupsPage]) -> None:
    assert page.page.table.rows() == []
    assert button(page, "act_check_backup").reason == "没有选中备份"
    page.window.press("F9")
    page.rest()
    [row] = page.page.table.rows()
    assert row.reason is Reason.ASKED
    assert page.window.toast.text() == f"已备份并核验：{Path(row.place).name}"
    assert page.page.status.text == "全部改动都已备份"
    assert not page.page.progress.isVisible()
    page.window.press("F7")
    page.rest()
    assert page.page.banners.says().startswith(f"{Path(row.place).name} 与备份时一致")
    content = bytearray(Path(row.place, "center.db").read_bytes())
    content[9000] ^= 1
    Path(row.place, "center.db").write_bytes(content)
    page.window.press("F7")
    page.rest()
    assert "已损坏" in page.page.banners.says()


def test_a_failure_stands_on_the_page_until_one_succeeds(
    world: World, sit: Seats, tmp_path: Path
) -> None:
    folder = tmp_path / "usb"
    world.do("admin", change_backup_plan, BackupPlan(folder=str(folder)))
    folder.rmdir()
    seat = sit("admin", "backups")
    press(seat, "act_back_up")
    assert "不存在或不能写入" in seat.page.banners.says()
    assert seat.page.status.text == "最近一次没有成功"
    folder.mkdir()
    press(seat, "act_back_up")
    assert seat.page.banners.says() == ""
    assert len(seat.page.table.rows()) == 1


def test_it_can_be_stopped(page: Seat[BackupsPage]) -> None:
    button(page, "act_back_up").click()
    assert page.page.progress.isVisible()
    assert button(page, "act_back_up").reason == "请等这一步做完"
    button(page, "act_stop_job").click()
    page.rest()
    assert page.page.banners.says().startswith("已停止")
    assert page.page.table.rows() == []


def test_the_plan_is_kept(world: World, page: Seat[BackupsPage], tmp_path: Path) -> None:
    assert button(page, "act_save_plan").reason == "没有改动"
    folder = tmp_path / "usb"
    folder.mkdir()
    page.asking.file = folder
    button(page, "act_choose_folder").click()
    page.page.form.set_value("days", 3)
    press(page, "act_save_plan")
    plan = world.ask("admin", backup_state).plan
    assert plan == BackupPlan(folder=str(folder), days=3)
    assert button(page, "act_save_plan").reason == "没有改动"
    page.page.form.set_value("folder", "backups")
    press(page, "act_save_plan")
    assert page.page.form.red() == 1


def test_a_backup_is_restored_to_another_place(page: Seat[BackupsPage], tmp_path: Path) -> None:
    press(page, "act_back_up")
    press(page, "act_restore_backup")
    dialog = page.window.findChild(RestoreDialog)
    assert dialog is not None
    assert dialog.form.value("backup") == page.page.table.rows()[0].place
    dialog.go.click()
    assert dialog.form.red() == 1, "where to"
    dialog.form.set_value("to", str(tmp_path / "drill.db"))
    dialog.go.click()
    assert dialog.form.red() == 1, "a key is needed"
    dialog.form.set_value("user", "wang")
    dialog.form.set_value("password", "wrong")
    dialog.go.click()
    page.rest()
    assert "用户名或密码不对" in dialog.says.text()
    dialog.form.set_value("password", PASSWORD)
    dialog.go.click()
    page.rest()
    assert "已恢复到" in dialog.says.text()
    assert "最后一条校验码" in dialog.says.text()
    dialog.finish.click()
    assert page.window.toast.text() == f"已恢复到 {tmp_path / 'drill.db'}。"
    open_store(tmp_path / "drill.db", "wang", PASSWORD)[0].close()


def test_only_the_administrator_has_the_page(sit: Seats) -> None:
    seat = sit("wang", "workbench")
    assert "backups" not in seat.window.screens


def test_the_workbench_says_what_failed(world: World, sit: Seats, tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    world.do("admin", change_backup_plan, BackupPlan(folder=str(folder)))
    folder.rmdir()
    press(sit("admin", "backups"), "act_back_up")
    for user, act in (("admin", "查看"), ("wang", "")):
        seat = sit(user, "workbench")
        [notice] = [each for each in seat.page.reminders.notices if each.page == "backups"]
        assert (notice.tone, notice.act) == ("bad", act)
        assert "备份失败" in notice.title
        assert "不存在或不能写入" in notice.text


def test_it_gives_way_at_150_per_cent(page: Seat[BackupsPage]) -> None:
    theme.use(theme.application(), theme.Scheme.LIGHT, 150)
    page.rest()
    turn = button(page, "act_turn_pane")
    assert turn.isVisible()
    assert not page.page.form.isVisible()
    turn.click()
    assert page.page.form.isVisible()
    assert turn.words() == "备份清单"
    turn.click()
    assert page.page.table.isVisible()
    assert page.page.minimumSizeHint().width() <= 1366 - 84
