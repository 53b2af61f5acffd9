"""The sign-in as the program shows it: whose center it is, who was here last, who is locked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.center.actions import keep_center
from app.center.records import CenterForm
from app.core.clock import FixedClock
from app.core.record import Nothing
from app.demo.center import CENTER, PASSWORD
from app.drafts.queries import my_drafts
from app.settings import WorkstationSettings
from app.settings.face import read_face
from tests.world import TODAY, changed, open_world
from ui import theme
from ui.driver import Driver
from ui.kit.accounts import AccountList
from ui.kit.asking import Answers
from ui.kit.rail import RailItem
from ui.printing import KeptSheets
from ui.start import Program


@pytest.fixture
def driver(store: Path, qtbot: QtBot) -> Iterator[Driver]:
    """The whole program on a store of its own, at its sign-in."""
    program = Program(
        theme.application(),
        WorkstationSettings(),
        printer=KeptSheets(),
        asking=Answers(),
        clock=FixedClock(TODAY),
    )
    program.begin(store)
    assert program.window is not None
    qtbot.addWidget(program.window)
    yield Driver(program)
    program.close()


def test_a_small_screen_is_filled(store: Path, qtbot: QtBot) -> None:
    program = Program(theme.application(), WorkstationSettings(), has_room=lambda _window: False)
    program.begin(store)
    assert program.window is not None
    qtbot.addWidget(program.window)
    assert program.window.isMaximized()
    program.close()


def people(driver: Driver) -> dict[str, tuple[str, str]]:
    """Return the accounts in the order of the sign-in, each with role and last time."""
    gate = driver.program.gate
    assert gate is not None
    accounts = gate.sign_in.findChildren(AccountList)[0].accounts()
    return {account.user: (account.role, account.last[:2]) for account in accounts}


def words(driver: Driver) -> set[str]:
    gate = driver.program.gate
    assert gate is not None
    return {label.text() for label in gate.sign_in.findChildren(QLabel)}


def test_who_is_locked_stands_first_and_everybody_has_their_last_time(driver: Driver) -> None:
    assert people(driver)["zhao"] == ("", "")
    driver.sign_in("zhao", PASSWORD)
    driver.sign_in("qian", PASSWORD)
    driver.window.lock_wanted.emit()
    driver.rest()
    gate = driver.program.gate
    assert gate is not None
    assert gate.locked()
    assert gate.sign_in.user() == "qian"
    found = people(driver)
    assert list(found)[:2] == ["qian", "wang"]
    assert (found["qian"], found["zhao"]) == (("财务", "今天"), ("主管", "今天"))
    assert found["wang"] == ("", "")


def test_who_signs_out_leaves_the_list_in_its_order(driver: Driver) -> None:
    driver.sign_in("qian", PASSWORD)
    driver.window.sign_out_wanted.emit()
    driver.rest()
    assert next(iter(people(driver))) == "wang"
    assert people(driver)["qian"] == ("财务", "今天")


def test_who_signs_out_while_typing_leaves_a_draft(driver: Driver) -> None:
    driver.sign_in("wang", PASSWORD)
    driver.open("intake", "new")
    driver.fill("head.name", "李示例")
    driver.find(QLineEdit, "head.phone").setText("1540000")
    driver.find(QLineEdit, "head.phone").textEdited.emit("1540000")
    driver.window.sign_out_wanted.emit()
    driver.rest()
    driver.sign_in("wang", PASSWORD)
    office = driver.program.office
    assert office is not None
    (draft,) = office.ask(driver.window.desk.actor, my_drafts, Nothing())
    assert draft.title == "李示例"


def test_every_lock_stands_in_the_trail(driver: Driver) -> None:
    driver.sign_in("qian", PASSWORD)
    driver.window.lock_wanted.emit()
    driver.rest()
    driver.sign_in("zhou", PASSWORD)
    office = driver.program.office
    assert office is not None
    acts = office.ask(driver.window.desk.actor, audit_rows, AuditQuery())
    assert [(act.verb, act.actor) for act in acts[:2]] == [
        ("office.sign_in", "周敏"),
        ("office.lock", "钱立"),
    ]


def test_another_name_of_the_center_shows_at_once(driver: Driver, store: Path) -> None:
    driver.sign_in("admin", PASSWORD)
    assert CENTER.name in driver.texts(driver.window.top)
    form: CenterForm = changed(CENTER, name="北岸困难职工帮扶中心", union_name="北岸区总工会")
    driver.window.desk.perform(keep_center, form)
    driver.rest()
    assert {"北岸困难职工帮扶中心", "北岸区总工会"} <= set(driver.texts(driver.window.top))
    assert read_face(store).center == "北岸困难职工帮扶中心"
    driver.window.lock_wanted.emit()
    driver.rest()
    assert {"北岸困难职工帮扶中心", "北岸区总工会　案件办理"} & words(driver)


def test_the_rail_counts_from_the_sign_in_on(driver: Driver, store: Path) -> None:
    world = open_world(store)
    world.accept()
    world.office.close()
    driver.sign_in("zhao", PASSWORD)
    items = driver.window.rail.findChildren(RailItem)
    assert {item.name: item.count for item in items if item.count} == {"cases": 1, "papers": 1}
