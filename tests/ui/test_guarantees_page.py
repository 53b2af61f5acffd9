"""The page of the guarantee fund: capital by two people, quotas, claims, all loans together."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.core.errors import NotNow
from app.core.money import Fen
from app.core.words.loans import ChangeState, ClaimState, GuaranteeMoveKind
from app.core.words.papers import PaperKind
from app.loans.guarantee_queries import guarantee_fund_rows
from app.loans.subsidies import confirm_claim
from app.loans.subsidy_papers import issue_subsidy_list
from app.loans.subsidy_queries import claim_rows, claims_due
from app.loans.subsidy_records import ClaimById, ClaimRow, ClaimsAsked, ClaimStep
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery
from tests.borrowing import Desk
from tests.claims import drafted, step
from tests.guarantees import (
    entered,
    fund_view,
    funded,
    give_quota,
    guaranteed,
    lent,
    open_fund,
    repaid,
)
from tests.people import id_number
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.kit.labels import Status
from ui.pages.guarantees import GuaranteesPage
from ui.pages.guarantees.fund_detail import QUOTAS
from ui.pages.guarantees.lists import CLAIMS, PORTFOLIO

Picture = Callable[[QWidget, str], object]


def button(seat: Seat[GuaranteesPage], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None
    return found


def press(seat: Seat[GuaranteesPage], name: str) -> None:
    button(seat, name).click()
    seat.rest()


def fill(seat: Seat[GuaranteesPage], **values: object) -> None:
    """Fill the form in the pane."""
    form = seat.page.pane.form
    assert form is not None
    for name, value in values.items():
        form.set_value(name, value)
    form.edited.emit()
    seat.rest()


def turn(seat: Seat[GuaranteesPage], part: str) -> None:
    seat.page.turn(part)
    seat.rest()


def claims(world: World) -> list[ClaimRow]:
    return world.ask("sun", claim_rows, ClaimsAsked())


def in_time(world: World, fund: int) -> None:
    """Lend what is repaid in time so far."""
    loan = lent(world, fund)
    repaid(world, loan, *(date(2026, month, 10) for month in range(3, 12)))


def guarantees(world: World) -> int:
    """Return a fund with quotas, loans lent and reserved, and capital that waits."""
    fund = funded(world, 100_000_000)
    give_quota(world, fund, 60_000_000)
    give_quota(world, fund, 10_000_000, "道里区")
    in_time(world, fund)
    guaranteed(world, fund, 10_000_000, district="道里区", id_number=id_number(7, "19810101"))
    entered(world, fund, 20_000_000)
    return fund


def test_finance_opens_a_fund_and_another_person_confirms_its_capital(
    world: World, sit: Seats, picture: Picture
) -> None:
    seat = sit("qian", "guarantees")
    picture(seat.window, "guarantees_empty")
    assert button(seat, "act_next").reason == "请先设立担保基金"
    press(seat, "act_new")
    fill(
        seat,
        name="市小额贷款担保基金",
        leverage=5,
        share_percent=80,
        stop_percent=20,
        document="演示文件〔2026〕12 号",
    )
    picture(seat.window, "guarantees_new")
    press(seat, "act_send_form")
    (fund,) = world.ask("qian", guarantee_fund_rows)
    assert fund.capital == 0
    seat.window.press("F9")
    seat.rest()
    fill(seat, amount=Fen(300_000_000), document="拨款文件 8 号")
    picture(seat.window, "guarantees_capital")
    press(seat, "act_send_form")
    assert button(seat, "act_next").text() == "录入基金"
    zhao = sit("zhao", "guarantees", fund.id)
    assert button(zhao, "act_next").text() == "确认基金变动"
    zhao.window.press("F9")
    zhao.rest()
    (fund,) = world.ask("qian", guarantee_fund_rows)
    assert fund.capital == 300_000_000
    assert fund.left == 1_500_000_000


def test_capital_entered_wrongly_is_withdrawn(world: World, sit: Seats) -> None:
    fund = open_fund(world)
    entered(world, fund, 20_000_000)
    seat = sit("qian", "guarantees", fund)
    texts = [action.text() for action in seat.page.more().actions()]
    assert texts == ["修改条款", "撤回待确认的变动…"]
    seat.page.more().actions()[1].trigger()
    seat.rest()
    (move,) = fund_view(world, fund).moves
    assert move.state is ChangeState.WITHDRAWN


def test_the_fund_tells_what_is_taken_and_what_is_left(
    world: World, sit: Seats, picture: Picture
) -> None:
    fund = guarantees(world)
    seat = sit("zhao", "guarantees", fund)
    picture(seat.window, "guarantees_fund")
    shown = [label.text() for label in seat.page.detail.findChildren(QLabel)]
    assert "1,000,000.00 × 5 倍" in shown
    assert "4,800,000.00" in shown
    kinds = [row.kind for row in seat.page.detail.moves.rows()]
    assert kinds == [GuaranteeMoveKind.CAPITAL_IN, GuaranteeMoveKind.CAPITAL_IN]
    seat.page.detail.choose(QUOTAS)
    seat.rest()
    picture(seat.window, "guarantees_quotas")
    rows = {row.district: row for row in seat.page.detail.quotas.rows()}
    assert rows["道里区"].left == 0
    assert rows["南岗区"].reserved == 0


def test_a_quota_is_set_and_changed(world: World, sit: Seats, picture: Picture) -> None:
    fund = funded(world)
    give_quota(world, fund, 60_000_000)
    seat = sit("qian", "guarantees", fund)
    seat.page.detail.choose(QUOTAS)
    seat.rest()
    seat.page.detail.quotas.opened.emit(seat.page.detail.quotas.rows()[0])
    seat.rest()
    fill(seat, fen=Fen(70_000_000))
    picture(seat.window, "guarantees_quota")
    press(seat, "act_send_form")
    press(seat, "act_quota")
    fill(seat, district="道外区", fen=Fen(5_000_000), document="额度文件 9 号")
    press(seat, "act_send_form")
    quotas = {row.district: row.quota for row in fund_view(world, fund).quotas}
    assert quotas == {"南岗区": 70_000_000, "道外区": 5_000_000}


def test_the_terms_are_changed(world: World, sit: Seats, picture: Picture) -> None:
    fund = funded(world)
    seat = sit("qian", "guarantees", fund)
    seat.page.more().actions()[0].trigger()
    seat.rest()
    picture(seat.window, "guarantees_terms")
    fill(seat, leverage=3, open=False)
    press(seat, "act_send_form")
    (row,) = world.ask("qian", guarantee_fund_rows)
    assert (row.leverage, row.open) == (3, False)


def test_a_fund_stops_that_has_too_many_bad_loans(
    world: World, sit: Seats, picture: Picture
) -> None:
    fund = funded(world, 100_000_000)
    lent(world, fund)
    seat = sit("zhao", "guarantees", fund)
    picture(seat.window, "guarantees_stopped")
    statuses = [status.text for status in seat.page.detail.findChildren(Status)]
    assert any("不良率 100.00%" in text for text in statuses)


def test_a_caseworker_looks_on(world: World, sit: Seats) -> None:
    fund = guarantees(world)
    seat = sit("wang", "guarantees", fund)
    for name in ("act_new", "act_quota", "act_next"):
        assert button(seat, name).reason


def test_a_claim_goes_its_way(world: World, sit: Seats, picture: Picture) -> None:
    in_time(world, funded(world, 100_000_000))
    seat = sit("sun", "guarantees")
    picture(seat.window, "guarantees_claim_due")
    assert seat.page.findChild(QWidget, "part_claims").accessibleName() == "贴息申报 1"
    turn(seat, CLAIMS)
    picture(seat.window, "claims_due")
    (due,) = world.ask("sun", claims_due)
    seat.window.press("F9")
    seat.rest()
    assert seat.page.pane.form is not None
    assert seat.page.pane.form.value("bank") == due.bank
    picture(seat.window, "claims_new")
    press(seat, "act_send_form")
    (row,) = claims(world)
    assert row.state is ClaimState.DRAFTED
    assert "权限" in button(seat, "act_next").reason
    assert button(seat, "act_print").reason
    with pytest.raises(NotNow):
        world.do("sun", issue_subsidy_list, ClaimById(id=row.id))
    zhao = sit("zhao", "guarantees")
    turn(zhao, CLAIMS)
    picture(zhao.window, "claims_draft")
    zhao.window.press("F9")
    zhao.rest()
    assert claims(world)[0].state is ClaimState.CONFIRMED
    seat.page.reload()
    seat.rest()
    seat.window.press("F9")
    seat.rest()
    press(seat, "act_send_form")
    assert claims(world)[0].state is ClaimState.SENT
    qian = sit("qian", "guarantees")
    turn(qian, CLAIMS)
    qian.window.press("F9")
    qian.rest()
    fill(qian, amount=Fen(100))
    press(qian, "act_send_form")
    assert claims(world)[0].state is ClaimState.SENT
    fill(qian, note="余款下月拨付")
    picture(qian.window, "claims_received")
    press(qian, "act_send_form")
    assert claims(world)[0].received == 100
    picture(qian.window, "claims_paid")


def test_the_list_of_a_claim_is_printed(world: World, sit: Seats) -> None:
    in_time(world, funded(world, 100_000_000))
    (due,) = world.ask("sun", claims_due)
    drafted(world, due)
    zhao = sit("zhao", "guarantees")
    turn(zhao, CLAIMS)
    zhao.window.press("F9")
    zhao.rest()
    zhao.window.press("F12")
    zhao.rest()
    (paper,) = world.ask("zhao", paper_rows, PaperQuery())
    assert paper.kind is PaperKind.SUBSIDY_LIST


def test_the_list_of_a_claim_is_saved(world: World, sit: Seats, tmp_path: Path) -> None:
    in_time(world, funded(world, 100_000_000))
    (due,) = world.ask("sun", claims_due)
    claim = drafted(world, due)
    world.do("zhao", confirm_claim, ClaimStep(**step(world, claim)))
    seat = sit("sun", "guarantees")
    turn(seat, CLAIMS)
    seat.asking.file = tmp_path / "明细.xlsx"
    seat.page.more().actions()[0].trigger()
    seat.rest()
    assert seat.asking.file.read_bytes().startswith(b"PK")


def test_a_claim_is_withdrawn(world: World, sit: Seats) -> None:
    in_time(world, funded(world, 100_000_000))
    (due,) = world.ask("sun", claims_due)
    drafted(world, due)
    seat = sit("sun", "guarantees")
    turn(seat, CLAIMS)
    seat.asking.reason_given = "银行填错"
    (entry,) = seat.page.more().actions()
    entry.trigger()
    seat.rest()
    assert [row.state for row in claims(world)] == [ClaimState.WITHDRAWN]


def late_loans(world: World) -> Desk:
    """Return a desk with a loan that is weeks late, and one that runs well."""
    desk = Desk(world)
    fund = desk.fund()
    desk.lent(fund)
    desk.pass_to(desk.today + timedelta(days=80))
    desk.lent(fund, id_number=id_number(51, "19850101"), name="冯示例")
    return desk


def test_all_loans_on_any_day(world: World, sit: Seats, picture: Picture) -> None:
    desk = late_loans(world)
    seat = sit("zhao", "guarantees")
    turn(seat, PORTFOLIO)
    picture(seat.window, "portfolio")
    bar = seat.page.portfolio.area.verticalScrollBar()
    while bar.value() < bar.maximum():  # a page at a time: a chart is drawn when it is in sight
        bar.setValue(bar.value() + bar.pageStep())
        seat.rest()
    picture(seat.window, "portfolio_charts")
    late = {row.first: row.loans for row in seat.page.portfolio.ageing.rows()}
    assert sum(late.values()) == 2
    assert late[0] == 1
    assert [card.view.is_drawn() for card in seat.page.portfolio.charts] == [True] * 3
    seat.page.portfolio.day.set_value("as_of", desk.today - timedelta(days=79))
    press(seat, "act_show_day")
    late = {row.first: row.loans for row in seat.page.portfolio.ageing.rows()}
    assert (sum(late.values()), late[0]) == (1, 1)


@pytest.mark.parametrize(
    ("scheme", "percent", "name"),
    [
        (theme.Scheme.LIGHT, 150, "150"),
        (theme.Scheme.DARK, 100, "dark"),
        (theme.Scheme.CONTRAST, 100, "contrast"),
    ],
)
def test_the_page_in_other_looks(
    world: World,
    sit: Seats,
    picture: Picture,
    qapp: QApplication,
    scheme: theme.Scheme,
    percent: int,
    name: str,
) -> None:
    fund = guarantees(world)
    (due,) = world.ask("sun", claims_due)
    drafted(world, due)
    theme.use(qapp, scheme, percent)
    seat = sit("zhao", "guarantees", fund)
    seat.page.panes.enter()
    seat.rest()
    picture(seat.window, f"guarantees_{name}")
    seat.page.detail.choose(QUOTAS)
    seat.rest()
    picture(seat.window, f"guarantees_quotas_{name}")
    turn(seat, CLAIMS)
    seat.page.panes.enter()
    seat.rest()
    picture(seat.window, f"claims_{name}")
    assert seat.page.claim.lines.rows()
    turn(seat, PORTFOLIO)
    seat.rest()
    picture(seat.window, f"portfolio_{name}")
    bar = seat.page.portfolio.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    for _painted_then_drawn in range(2):
        seat.rest()
    picture(seat.window, f"portfolio_charts_{name}")
    assert any(card.view.is_drawn() for card in seat.page.portfolio.charts)
