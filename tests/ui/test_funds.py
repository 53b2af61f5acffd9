"""Funds on the screen: accounts that balance, budgets by two people, the ledger."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel

from app.core.money import Fen
from app.core.words.funds import BudgetState, FundSource
from app.core.words.papers import PaperKind
from app.funds.actions import enter_budget
from app.funds.queries import budget_rows, fund_rows
from app.funds.records import BudgetForm
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery
from tests.filled import pay
from tests.funds import fund, granted, opened, two_years
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.form import FormView
from ui.pages.funds import FundsPage, detail


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


def test_a_long_ledger_goes_on(world: World, sit: Seats, monkeypatch: pytest.MonkeyPatch) -> None:
    world.approved(23_456)
    monkeypatch.setattr(detail, "PAGE", 1)
    seat: Seat[FundsPage] = sit("qian", "funds")
    more = seat.page.findChild(Button, "act_more_ledger")
    assert more is not None
    assert more.isHidden()
    seat.page.segments.press(1)
    seat.rest()
    assert len(seat.page.ledger.rows()) == 1
    press(seat, "act_more_ledger")
    seat.rest()
    newest, oldest = seat.page.ledger.texts()
    assert (newest[1], oldest[1]) == ("批准占用", "预算到位")
    press(seat, "act_more_ledger")
    seat.rest()
    assert len(seat.page.ledger.rows()) == 2
    assert more.isHidden()


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


# Areas, carry-overs, terms, the ledger on paper


def test_money_by_area_is_shown_with_what_is_left(world: World, sit: Seats) -> None:
    fund_id = opened(world)
    granted(world, fund_id, 500_000, "schooling")
    granted(world, fund_id, 300_000)
    world.decide(world.propose(fund_id=fund_id, fen=80_000))
    seat: Seat[FundsPage] = sit("qian", "funds", fund_id)
    seat.rest()
    seat.page.segments.press(2)
    seat.rest()
    assert seat.page.detail.areas.texts() == [
        ("子女就学", "5,000.00", "0.00", "0.00", "0.00", "5,000.00"),
        ("社会保障", "0.00", "800.00", "0.00", "800.00", "0.00"),
        ("各领域通用", "3,000.00", "0.00", "0.00", "0.00", "2,200.00"),
    ]


def test_a_budget_can_be_for_one_area(world: World, sit: Seats) -> None:
    seat: Seat[FundsPage] = sit("qian", "funds")
    press(seat, "act_new_budget")
    form(seat).set_value("amount", Fen(10_000))
    form(seat).set_value("granted_on", date(2026, 11, 18))
    form(seat).set_value("document", "演示文件〔2026〕9 号")
    form(seat).boxes["area"].editor.set_text("medical")
    press(seat, "act_send_form")
    assert world.ask("qian", budget_rows)[0].area == "medical"
    assert seat.page.budgets.texts()[0][2] == "就医"


def test_what_is_left_is_carried_over_by_two_people(world: World, sit: Seats) -> None:
    leaving, entering = two_years(world)
    seat: Seat[FundsPage] = sit("qian", "funds", leaving)
    seat.page.open(leaving)
    seat.rest()
    QTest.keyClick(seat.page, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    editor = form(seat).boxes["to_fund_id"].editor
    assert isinstance(editor, ChoiceEditor)
    offered = [editor.box.itemText(at) for at in range(editor.box.count())]
    assert "明年" in offered
    assert "2026年工会经费帮扶资金（演示）" not in offered
    editor.set_text(str(entering))
    form(seat).set_value("amount", Fen(40_000))
    form(seat).set_value("document", "结转批复")
    press(seat, "act_send_form")
    assert seat.page.detail.part() == "carry_overs"
    assert label(seat, "budget_says") == "这笔由您录入，须由另一人确认"
    assert not button(seat, "act_confirm_carry_over").isEnabled()
    second: Seat[FundsPage] = sit("zhao", "funds")
    second.page.open(leaving)
    second.rest()
    second.page.segments.press(3)
    second.rest()
    press(second, "act_confirm_carry_over")
    assert second.asking.asked == ["把 400.00 元从“今年”结转到“明年”？"]
    assert fund(world, entering).available == 40_000
    assert second.page.detail.carry_overs.texts()[0][:3] == ("已确认", "400.00", "转到 明年")
    second.page.segments.press(5)
    second.rest()
    held = {row[0]: row[2] for row in second.page.detail.year_end.texts()}
    assert held["今年"] == "600.00"


def test_terms_noted_wrongly_are_put_right_until_money_is_reserved(
    world: World, sit: Seats
) -> None:
    fund_id = opened(world, donor="某厂", measures=("living_relief",))
    granted(world, fund_id, 100_000)
    seat: Seat[FundsPage] = sit("qian", "funds")
    seat.page.open(fund_id)
    seat.rest()
    seat.page.segments.press(4)
    seat.rest()
    press(seat, "act_change_fund")
    form(seat).set_value("condition", "只给学生")
    press(seat, "act_send_form")
    row = fund(world, fund_id)
    assert (row.donor, row.condition, row.measures) == ("某厂", "只给学生", ("living_relief",))
    world.decide(world.propose(fund_id=fund_id, fen=1))
    seat.page.reload()
    seat.rest()
    seat.rest()
    assert button(seat, "act_change_fund").reason == "已按这些限定占用过资金，不能再改"


def test_the_ledger_is_narrowed_by_month_and_kind_and_issued(world: World, sit: Seats) -> None:
    world.approved(23_456)
    seat: Seat[FundsPage] = sit("qian", "funds")
    seat.page.segments.press(1)
    seat.rest()
    kind, month = seat.page.detail.kind, seat.page.detail.month
    kind.setCurrentIndex(kind.findText("批准占用"))
    kind.activated.emit(kind.currentIndex())
    seat.rest()
    (row,) = seat.page.ledger.texts()
    assert row[1:3] == ("批准占用", "234.56")
    assert row[4:6] == ("599,765.44", "600,000.00")
    month.setCurrentIndex(month.findText("2026 年 12 月"))
    month.activated.emit(month.currentIndex())
    seat.rest()
    assert seat.page.ledger.texts() == []
    month.setCurrentIndex(month.findText("2026 年 11 月"))
    press(seat, "act_issue_ledger")
    (paper,) = world.ask("qian", paper_rows, PaperQuery(kind=PaperKind.FUND_LEDGER))
    assert "2026 年 11 月" in paper.title


def test_the_ledger_is_saved_as_a_workbook(world: World, sit: Seats, tmp_path: Path) -> None:
    seat: Seat[FundsPage] = sit("qian", "funds")
    seat.asking.file = tmp_path
    seat.page.segments.press(1)
    seat.rest()
    press(seat, "act_save_ledger")
    (file,) = tmp_path.glob("*.xlsx")
    assert "2026 年度" in file.name


def test_a_movement_opens_what_it_was_for(world: World, sit: Seats) -> None:
    batch = world.frozen(world.approved(23_456))
    pay(world, batch)
    seat: Seat[FundsPage] = sit("qian", "funds")
    went: list[tuple[str, object]] = []
    seat.page.go.disconnect()

    def go(name: str, what: object) -> None:
        went.append((name, what))

    seat.page.go.connect(go)
    for row in seat.page.ledger.rows():
        seat.page.ledger.opened.emit(row)
    assert went[0] == ("batches", batch)
    assert went[1][0] == "household"
    assert seat.page.detail.part() == "budgets"


def test_a_fund_is_closed_after_a_question(world: World, sit: Seats) -> None:
    fund_id = opened(world)
    granted(world, fund_id, 100_000)
    seat: Seat[FundsPage] = sit("qian", "funds")
    seat.page.open(fund_id)
    seat.rest()
    seat.page.segments.press(4)
    seat.rest()
    press(seat, "act_close_fund")
    assert seat.asking.asked == ["关闭“社会捐助帮扶资金”？"]
    assert not fund(world, fund_id).open
    seat.page.open(fund_id)
    seat.rest()
    assert button(seat, "act_close_fund").reason == "这项资金已关闭"
