"""Funds on the screen: accounts that balance, budgets by two people, the ledger."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel

from app.core.money import Fen
from app.core.words.funds import BudgetState, FundSource
from app.funds.actions import enter_budget
from app.funds.queries import budget_rows, fund_rows
from app.funds.records import BudgetForm
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.kit.form import FormView
from ui.pages.funds import FundsPage


def button(seat: Seat[Any], name: str) -> Button:
    found = [each for each in seat.page.findChildren(Button, name) if each.isVisible()]
    assert found, name
    return found[0]


def press(seat: Seat[Any], name: str) -> None:
    assert button(seat, name).isEnabled(), button(seat, name).reason
    button(seat, name).click()
    seat.rest()
    seat.rest()


def label(seat: Seat[Any], name: str) -> str:
    found = seat.page.findChild(QLabel, name)
    assert found is not None
    return found.text()


def form(seat: Seat[FundsPage]) -> FormView[Any]:
    found = seat.page.pane.form
    assert found is not None
    return found


def budget(world: World, fen: int = 10_000_000) -> int:
    """Enter a budget as finance; nobody has confirmed it yet."""
    entry = BudgetForm(
        fund_id=world.fund_id(),
        amount=Fen(fen),
        document="演示文件〔2026〕9 号",
        granted_on=date(2026, 11, 18),
    )
    return world.do("qian", enter_budget, entry)


def test_the_accounts_of_a_fund_balance_on_the_screen(world: World, sit: Seats) -> None:
    world.approved(23_456)
    seat: Seat[FundsPage] = sit("qian", "funds")
    row = seat.page.table.texts()[0]
    assert row[-4:] == ("600,000.00", "599,765.44", "234.56", "0.00")
    assert label(seat, "balance") == (
        "账平：拨入 600,000.00 = 可用 599,765.44 + 已批未付 234.56 + 已付 0.00"
    )


def test_the_ledger_names_every_movement(world: World, sit: Seats) -> None:
    world.approved(23_456)
    seat: Seat[FundsPage] = sit("qian", "funds")
    seat.page.segments.press(1)
    seat.rest()
    newest, oldest = seat.page.ledger.texts()
    assert newest[1:4] == ("批准占用", "234.56", "可用 → 已批未付")
    assert oldest[1:4] == ("预算到位", "600,000.00", "拨入 → 可用")


def test_a_fund_is_opened_with_its_earmark(world: World, sit: Seats) -> None:
    seat: Seat[FundsPage] = sit("qian", "funds")
    QTest.keyClick(seat.page, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    form(seat).set_value("name", "社会捐助帮扶资金")
    form(seat).set_value("source", FundSource.DONATION)
    box = seat.page.findChild(QCheckBox, "measure_living_relief")
    assert box is not None
    box.setChecked(True)
    press(seat, "act_send_form")
    fund = next(row for row in world.ask("qian", fund_rows) if row.name == "社会捐助帮扶资金")
    assert (fund.measures, fund.file_required, fund.granted) == (("living_relief",), True, 0)
    assert seat.window.toast.text() == "已建立资金来源：社会捐助帮扶资金"
    assert not seat.page.pane.isVisible()


def test_what_is_wrong_with_a_form_stands_under_its_field(world: World, sit: Seats) -> None:
    seat: Seat[FundsPage] = sit("qian", "funds")
    press(seat, "act_new_budget")
    form(seat).boxes["amount"].editor.set_text("0")
    button(seat, "act_send_form").click()
    assert label(seat, "message_amount")
    assert label(seat, "message_document")
    assert seat.page.pane.isVisible()
    assert len(world.ask("qian", budget_rows)) == 2


def test_a_budget_needs_two_people(world: World, sit: Seats) -> None:
    seat: Seat[FundsPage] = sit("qian", "funds")
    press(seat, "act_new_budget")
    form(seat).set_value("amount", Fen(10_000_000))
    form(seat).set_value("granted_on", date(2026, 11, 18))
    form(seat).set_value("document", "演示文件〔2026〕9 号")
    press(seat, "act_send_form")
    assert seat.window.toast.text() == "已录入 100,000.00 元，待另一人确认"
    assert not button(seat, "act_confirm_budget").isEnabled()
    assert world.ask("qian", fund_rows)[0].granted == 60_000_000
    second: Seat[FundsPage] = sit("zhao", "funds")
    press(second, "act_confirm_budget")
    assert second.asking.asked == ["确认“2026年市财政困难职工帮扶资金（演示）”预算 100,000.00 元？"]
    assert world.ask("qian", fund_rows)[0].granted == 70_000_000
    assert not button(second, "act_confirm_budget").isEnabled()


def test_whoever_entered_a_budget_is_told_why_another_confirms_it(world: World, sit: Seats) -> None:
    budget(world)
    zhao, qian = world.people["zhao"], world.people["qian"]
    world.people["zhao"] = type(zhao)(qian.id, qian.user, qian.name, zhao.roles, zhao.permissions)
    seat: Seat[FundsPage] = sit("zhao", "funds")
    assert button(seat, "act_confirm_budget").reason == "这笔由您录入，须由另一人确认"
    assert label(seat, "budget_says") == "这笔由您录入，须由另一人确认"


def test_a_budget_entered_wrongly_is_withdrawn(world: World, sit: Seats) -> None:
    budget(world, 990)
    seat: Seat[FundsPage] = sit("qian", "funds")
    press(seat, "act_withdraw_budget")
    assert seat.asking.asked == ["撤回预算 9.90 元？"]
    assert {row.state for row in world.ask("qian", budget_rows)} == {BudgetState.CONFIRMED}


def test_whoever_may_only_read_finds_the_acts_grey(world: World, sit: Seats) -> None:
    budget(world)
    seat: Seat[FundsPage] = sit("zhou", "funds")
    for name in ("act_new_fund", "act_new_budget", "act_confirm_budget", "act_withdraw_budget"):
        assert "需要权限" in button(seat, name).reason


@pytest.mark.parametrize("percent", [100, 130, 150])
def test_it_fits_an_office_screen_at_every_text_size(
    world: World, sit: Seats, percent: int
) -> None:
    world.approved()
    seat: Seat[FundsPage] = sit("qian", "funds")
    theme.use(theme.application(), theme.Scheme.LIGHT, percent)
    seat.window.resize(1366, 690)
    seat.rest()
    for _form in (False, True):
        assert seat.window.minimumSizeHint().width() <= 1366
        assert seat.window.minimumSizeHint().height() <= 690
        seat.page.ask_budget()
        seat.rest()
    assert seat.page.table.isVisible() is (percent < 130)
    QTest.keyClick(seat.page, Qt.Key.Key_Escape)
    assert not seat.page.pane.isVisible()
