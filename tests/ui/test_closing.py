"""Closing the window: a backup first, shown when it takes a while, never in the way."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.backups.actions import change_backup_plan
from app.backups.records import BackupPlan
from app.core.clock import FixedClock
from app.demo.center import PASSWORD
from app.settings import WorkstationSettings
from tests.world import TODAY, open_world
from ui import closing, theme
from ui.closing import Closing, ClosingDialog
from ui.driver import Driver
from ui.kit.asking import Answers
from ui.lock import Gate
from ui.printing import KeptSheets
from ui.start import Program


def program_on(store: Path) -> Program:
    program = Program(
        theme.application(),
        WorkstationSettings(),
        printer=KeptSheets(),
        asking=Answers(),
        clock=FixedClock(TODAY),
    )
    program.begin(store)
    return program


@pytest.fixture
def driver(store: Path, qtbot: QtBot) -> Iterator[Driver]:
    """The whole program on a store of its own, at its sign-in."""
    program = program_on(store)
    assert program.window is not None
    qtbot.addWidget(program.window)
    yield Driver(program)
    program.close()


def gate_of(driver: Driver) -> Gate:
    gate = driver.program.gate
    assert gate is not None
    return gate


def dialog_of(driver: Driver) -> ClosingDialog:
    found = gate_of(driver).findChild(Closing)
    assert found is not None
    assert found.dialog is not None
    return found.dialog


def backups(store: Path) -> list[Path]:
    return sorted(store.parent.glob("center-backups/center-2*"))


def test_nobody_in_nothing_to_do(driver: Driver, store: Path, qtbot: QtBot) -> None:
    gate = gate_of(driver)
    gate.close()
    qtbot.waitUntil(lambda: not gate.isVisible())
    assert backups(store) == []


def test_what_was_done_is_backed_up_once(driver: Driver, store: Path, qtbot: QtBot) -> None:
    driver.sign_in("wang", PASSWORD)
    gate = gate_of(driver)
    gate.close()
    assert gate.isVisible(), "not before the backup is made"
    gate.close()  # somebody is impatient
    qtbot.waitUntil(lambda: not gate.isVisible())
    [place] = backups(store)
    copy = open_world(place / "center.db")
    copy.office.close()


def test_a_locked_desk_is_closed_as_well(driver: Driver, store: Path, qtbot: QtBot) -> None:
    driver.sign_in("wang", PASSWORD)
    gate = gate_of(driver)
    gate.lock()
    gate.close()
    qtbot.waitUntil(lambda: not gate.isVisible())
    assert len(backups(store)) == 1


def test_a_failure_is_said_and_can_be_tried_again(
    driver: Driver, store: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "usb"
    world = open_world(store)
    world.do("admin", change_backup_plan, BackupPlan(folder=str(folder)))
    world.office.close()
    shutil.rmtree(folder)
    driver.sign_in("wang", PASSWORD)
    gate = gate_of(driver)
    gate.close()
    qtbot.waitUntil(lambda: gate.findChild(ClosingDialog) is not None)
    dialog = dialog_of(driver)
    assert "没有做成新的备份" in dialog.says.text()
    assert "不存在或不能写入" in dialog.says.text()
    dialog.retry.click()
    driver.rest()
    assert dialog.retry.isVisible(), "still not there"
    folder.mkdir()
    dialog.retry.click()
    qtbot.waitUntil(lambda: not gate.isVisible())
    assert len(list(folder.iterdir())) == 1


def test_one_can_close_without_and_go_on_working(
    driver: Driver, store: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "SHOW_MS", 0)
    driver.sign_in("wang", PASSWORD)
    store.with_name("center.db.keys").rename(store.with_name("keys"))
    gate = gate_of(driver)
    gate.close()
    qtbot.waitUntil(lambda: gate.findChild(ClosingDialog) is not None)
    driver.rest()
    dialog_of(driver).back.click()
    assert gate.isVisible()
    driver.open("workbench")
    gate.close()
    driver.rest()
    qtbot.waitUntil(lambda: gate.findChild(ClosingDialog) is not None)
    dialog_of(driver).without.click()
    qtbot.waitUntil(lambda: not gate.isVisible())
    assert backups(store) == []


def test_a_damaged_store_leads_to_where_a_backup_is_restored(store: Path, qtbot: QtBot) -> None:
    program = program_on(store)
    store.write_bytes(store.read_bytes()[:70_000])
    assert program.gate is not None
    program.gate.sign_in.wanted.emit("wang", PASSWORD)
    qtbot.waitUntil(lambda: program.gate is None)
    first = program.window
    assert first is not None
    qtbot.addWidget(first)
    assert first.objectName() == "first_start"
    first.close()
    program.close()
