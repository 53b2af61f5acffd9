"""Looking for people for a list: narrowed, marked, with amounts of their own; and pictures."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.money import Fen
from app.core.words.disbursements import ListKind, PayWay
from app.core.words.funds import FundSource
from app.disbursements.list_queries import list_view
from app.disbursements.list_records import ListById
from tests.app.test_disbursements_members import fund
from tests.app.test_lists import opened
from tests.imports import bring_in, workbook
from tests.ui.conftest import click_key, type_text
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.pages.lists import ListsPage
from ui.pages.lists import candidates as module

LOOKS = [
    (theme.Scheme.LIGHT, 100),
    (theme.Scheme.LIGHT, 150),
    (theme.Scheme.DARK, 100),
    (theme.Scheme.CONTRAST, 150),
]
Picture = Callable[[QWidget, str], Path]


def button(seat: Seat[ListsPage], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None
    return found


def press(seat: Seat[ListsPage], name: str) -> None:
    button(seat, name).click()
    seat.rest()


def label(seat: Seat[ListsPage], name: str) -> str:
    found = seat.page.findChild(QLabel, name)
    assert found is not None
    return found.text()


def line(seat: Seat[ListsPage], name: str) -> QLineEdit:
    found = seat.page.findChild(QLineEdit, name)
    assert found is not None
    return found


def looking(world: World, sit: Seats, count: int = 12, **more: Any) -> Seat[ListsPage]:
    """Sit before the candidates of a list that is open."""
    bring_in(world, workbook(count)[1])
    seat = sit("wang", "lists", opened(world, **{"way": PayWay.CASH, **more}))
    press(seat, "act_look")
    return seat


def amounts(world: World) -> list[int]:
    view = world.ask("wang", list_view, ListById(id=1))
    return [entry.amount for entry in view.entries]


def test_files_are_looked_through_a_part_at_a_time(
    world: World, sit: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 5)
    seat = looking(world, sit)
    assert len(seat.page.candidates.yes.rows()) == 12
    assert len(seat.page.candidates.yes.checked()) == 12
    assert label(seat, "candidates_progress") == ""


def test_a_district_is_chosen_and_only_what_is_in_sight_is_put(world: World, sit: Seats) -> None:
    seat = looking(world, sit)
    pane = seat.page.candidates
    every = pane.yes.rows()
    box = pane.filters.districts
    box.setFocus()
    click_key(box, Qt.Key.Key_Down)
    seat.rest()
    chosen = box.currentText()
    expected = [row for row in every if row.district == chosen]
    assert pane.yes.rows() == expected
    assert 0 < len(expected) < len(every)
    press(seat, "act_put")
    assert len(amounts(world)) == len(expected)


def test_words_narrow_and_escape_empties_them_first(world: World, sit: Seats, qtbot: QtBot) -> None:
    seat = looking(world, sit)
    pane = seat.page.candidates
    one = pane.yes.rows()[-1]
    click_key(pane.yes.view, Qt.Key.Key_Slash)
    words = pane.filters.words
    assert seat.window.focusWidget() is words
    type_text(words, one.file_number)
    qtbot.waitUntil(lambda: pane.yes.rows() == [one])
    click_key(words, Qt.Key.Key_Escape)
    assert words.text() == ""
    assert pane.isVisible()
    qtbot.waitUntil(lambda: len(pane.yes.rows()) == 12)
    click_key(words, Qt.Key.Key_Return)
    assert seat.window.focusWidget() is pane.yes.view


def test_marks_stay_when_the_rows_are_narrowed_and_widened(world: World, sit: Seats) -> None:
    seat = looking(world, sit)
    pane = seat.page.candidates
    click_key(pane.yes.view, Qt.Key.Key_Space)
    left = pane.yes.rows()[0]
    assert left not in pane.yes.checked()
    box = pane.filters.categories
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        click_key(box, key)
        seat.rest()
    assert left in pane.yes.rows()
    assert left not in pane.yes.checked()


def test_the_sum_and_what_is_left_of_the_fund_follow_the_marks(world: World, sit: Seats) -> None:
    seat = looking(world, sit, 3, fund_id=fund(world, FundSource.CITY), amount=Fen(300_000))
    says = label(seat, "candidates_say")
    assert "已选 3 户，9,000.00 元" in says
    assert "还剩 1,000.00 元" in says
    seat.page.candidates.yes.check(lambda _row: False)
    assert "还剩 10,000.00 元" in label(seat, "candidates_say")
    assert button(seat, "act_put").reason == "还没有勾选"


def test_a_sum_above_the_fund_is_said(world: World, sit: Seats) -> None:
    seat = looking(world, sit, 4, fund_id=fund(world, FundSource.CITY), amount=Fen(300_000))
    assert "资金来源还差 2,000.00 元" in label(seat, "candidates_say")


def test_amounts_are_typed_row_by_row_before_they_are_put(world: World, sit: Seats) -> None:
    seat = looking(world, sit, 3, amount=None)
    assert "其中 3 户没有金额" in label(seat, "candidates_say")
    QTest.keyClick(seat.page.candidates.yes.view, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    amount = line(seat, "candidate_amount_amount")
    assert seat.window.focusWidget() is amount
    for text in ("100", "200", "300"):
        amount.selectAll()
        QTest.keyClicks(amount, text)
        QTest.keyClick(amount, Qt.Key.Key_Return)
    assert "已选 3 户，600.00 元" in label(seat, "candidates_say")
    press(seat, "act_put")
    assert amounts(world) == [10_000, 20_000, 30_000]


def test_what_is_being_typed_stays_while_further_files_are_looked_through(
    world: World, sit: Seats
) -> None:
    seat = looking(world, sit, 3)
    pane = seat.page.candidates
    amount = line(seat, "candidate_amount_amount")
    amount.setFocus()
    amount.selectAll()
    QTest.keyClicks(amount, "12")
    pane.filters.changed.emit()
    seat.rest()
    assert amount.text() == "12"
    QTest.keyClick(amount, Qt.Key.Key_Down)
    assert amount.text() == "500.00"


def test_a_row_on_the_list_gets_another_amount_before_it_is_handed_in(
    world: World, sit: Seats
) -> None:
    seat = looking(world, sit, 3)
    press(seat, "act_put")
    rows = seat.page.detail.rows
    rows.select(0)
    amount = line(seat, "row_amount_amount")
    amount.setFocus()
    for text in ("120", "130.5"):
        amount.selectAll()
        QTest.keyClicks(amount, text)
        QTest.keyClick(amount, Qt.Key.Key_Return)
    seat.rest()
    assert amounts(world) == [12_000, 13_050, 50_000]
    rows.check(lambda row: row.id != 2)
    amount.selectAll()
    QTest.keyClicks(amount, "90")
    button(seat, "row_amount_marked").click()
    seat.rest()
    assert amounts(world) == [9_000, 13_050, 9_000]
    amount.selectAll()
    QTest.keyClicks(amount, "viel")
    QTest.keyClick(amount, Qt.Key.Key_Return)
    assert "金额" in label(seat, "row_amount_says")
    seat.window.press("F9")
    seat.rest()
    assert not seat.page.detail.amount.isVisible()


@pytest.mark.parametrize(
    "more",
    [
        {"way": PayWay.GOODS, "goods": "大米（袋）", "quantity": 1, "unit_value": Fen(6_550)},
        {"kind": ListKind.AGENCY, "measure": "", "amount": None, "document": "委托函〔2026〕3 号"},
    ],
)
def test_goods_and_rosters_leave_no_amount_to_type(
    world: World, sit: Seats, more: dict[str, Any]
) -> None:
    seat = sit("wang", "lists", opened(world, **more))
    assert not seat.page.detail.amount.isVisible()


@pytest.mark.parametrize(("scheme", "percent"), LOOKS)
def test_pictures(
    world: World,
    sit: Seats,
    qapp: QApplication,
    picture: Picture,
    scheme: theme.Scheme,
    percent: int,
) -> None:
    seat = looking(world, sit, 40)
    theme.use(qapp, scheme, percent)
    seat.rest()
    seat.window.resize(1366, 768)
    seat.rest()
    seat.page.panes.enter()
    seat.rest()
    name = f"lists-{scheme.value}-{percent}"
    assert picture(seat.window, f"{name}-looking").exists()
    line(seat, "candidate_amount_amount").setText("800.00")
    line(seat, "candidate_amount_amount").returnPressed.emit()
    assert picture(seat.window, f"{name}-amount").exists()
    press(seat, "act_put")
    assert picture(seat.window, f"{name}-filled").exists()
    assert seat.window.minimumSizeHint().width() <= 1366
    assert seat.window.minimumSizeHint().height() <= 768
