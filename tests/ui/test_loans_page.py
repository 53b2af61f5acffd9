"""The loan desk: an enquiry to the money, repayments, what two people do, and the papers."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.core.money import Fen
from app.core.words import Answer
from app.core.words.loans import (
    BorrowerKind,
    ChangeState,
    CheckResult,
    LoanEventKind,
    LoanState,
    Payer,
    RepaymentMethod,
)
from app.core.words.papers import PaperKind
from app.loans.money_queries import fund_part, payoff
from app.loans.money_records import PayoffAsked
from app.loans.queries import loan_rows
from app.loans.records import EndForm, LoanQuery
from app.loans.steps import send_back
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery
from tests.borrowing import BORROWER, Desk
from tests.loan_registers import bring_loans_in, line, written
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.pages.loans import LoansPage
from ui.pages.loans.detail import CHECKS, MONEY, PLAN, SIDES

Picture = Callable[[QWidget, str], object]


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def button(seat: Seat[LoansPage], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None
    return found


def press(seat: Seat[LoansPage], name: str) -> None:
    button(seat, name).click()
    seat.rest()


def fill(seat: Seat[LoansPage], **values: object) -> None:
    """Fill the form in the pane."""
    form = seat.page.pane.form
    assert form is not None
    for name, value in values.items():
        form.set_value(name, value)
    form.edited.emit()
    seat.rest()


def send(seat: Seat[LoansPage]) -> None:
    press(seat, "act_send_form")


def said(seat: Seat[LoansPage], name: str) -> str:
    label = seat.page.findChild(QLabel, name)
    assert label is not None
    return label.text()


def said_below(seat: Seat[LoansPage], field: str) -> str:
    """Return the line below a field of the pane."""
    form = seat.page.pane.form
    assert form is not None
    return " ".join(label.text() for label in form.boxes[field].findChildren(QLabel))


def state(world: World) -> LoanState:
    (row,) = world.ask("sun", loan_rows, LoanQuery()).rows
    return row.state


def test_there_is_no_loan_yet(sit: Seats) -> None:
    seat = sit("sun", "loans")
    assert seat.window.offers()["F9"].reason == "请选一笔贷款"
    assert not button(seat, "act_new_loan").reason


def test_a_caseworker_looks_on(desk: Desk, sit: Seats) -> None:
    desk.enquired()
    seat = sit("wang", "loans")
    assert button(seat, "act_new_loan").reason
    assert button(seat, "act_next").reason


def test_an_enquiry_becomes_a_loan_by_nothing_but_the_page(
    world: World, desk: Desk, sit: Seats, picture: Picture
) -> None:
    desk.fund()
    seat = sit("sun", "loans")
    press(seat, "act_new_loan")
    fill(seat, id_number=BORROWER, name="陈示例", phone="15400002222", purpose="开办早餐店")
    fill(seat, borrower_kind=BorrowerKind.INDIVIDUAL)
    fill(seat, borrower_group="unemployed", asked=Fen(10_000_000), months_asked=24)
    picture(seat.window, "loans_enquiry")
    send(seat)
    assert state(world) is LoanState.ENQUIRED
    assert seat.page.visible_title
    seat.window.press("F9")
    seat.rest()
    picture(seat.window, "loans_qualify_open")
    assert button(seat, "act_send_form").reason == "还有条件不满足"
    fill(seat, group_proved=Answer.YES)
    picture(seat.window, "loans_qualify")
    send(seat)
    assert state(world) is LoanState.CHECKED
    seat.window.press("F9")
    seat.rest()
    fill(seat, recommended_by="道外区总工会", note="有从业经历，店面已租好")
    assert button(seat, "act_send_form").words() == "登记推荐"
    send(seat)
    (row,) = world.ask("sun", loan_rows, LoanQuery()).rows
    assert seat.window.toast.text() == f"已登记推荐：{row.number}"
    assert state(world) is LoanState.RECOMMENDED
    seat.window.press("F9")
    seat.rest()
    fill(seat, surveyors="孙丽、周明", place="南十四道街 12 号", running=Answer.YES)
    picture(seat.window, "loans_survey")
    send(seat)
    assert state(world) is LoanState.SURVEYED
    assert button(seat, "act_next").reason
    (row,) = world.ask("sun", loan_rows, LoanQuery()).rows
    zhao = sit("zhao", "loans", row.id)
    zhao.window.press("F9")
    zhao.rest()
    fill(zhao, document="纪要〔2026〕8号", attended="赵建国、钱立、周明")
    assert "还可担保" in said_below(zhao, "fund_id")
    picture(zhao.window, "loans_guarantee")
    send(zhao)
    assert state(world) is LoanState.GUARANTEED
    desk.guarantor(row.id, 10_000_000)
    seat.page.reload()
    seat.rest()
    seat.page.detail.choose(SIDES)
    seat.rest()
    picture(seat.window, "loans_sides")
    seat.window.press("F9")
    seat.rest()
    fill(seat, document="反担保合同 12 号")
    send(seat)
    assert state(world) is LoanState.SECURED
    seat.window.press("F9")
    seat.rest()
    fill(seat, bank="哈尔滨银行利达支行", document="核贷 88 号")
    send(seat)
    assert state(world) is LoanState.BANK_APPROVED
    seat.window.press("F9")
    seat.rest()
    fill(
        seat,
        contract_number="哈银利达借字 0017",
        method=RepaymentMethod.EQUAL_PRINCIPAL,
        rate="4.35",
    )
    picture(seat.window, "loans_lending")
    send(seat)
    assert state(world) is LoanState.REPAYING
    assert len(seat.page.detail.plan.rows()) == 24
    assert seat.page.detail.part() == PLAN
    picture(seat.window, "loans_plan")


def test_a_repayment_tells_what_it_settles_before_it_is_booked(
    world: World, desk: Desk, sit: Seats, picture: Picture
) -> None:
    loan = desk.lent(desk.fund())
    desk.pass_to(desk.today + timedelta(days=40))
    seat = sit("sun", "loans", loan)
    assert seat.page.detail.part() == PLAN
    seat.window.press("F9")
    seat.rest()
    assert "当日应还" in said(seat, "repayment_says")
    picture(seat.window, "loans_repayment")
    fill(seat, document="回单 0088")
    send(seat)
    (row,) = world.ask("sun", loan_rows, LoanQuery()).rows
    assert row.outstanding < 10_000_000
    fill_more(seat)


def fill_more(seat: Seat[LoansPage]) -> None:
    """Type far too much: it is refused before it is sent."""
    seat.window.press("F9")
    seat.rest()
    fill(seat, fen=Fen(99_000_000))
    assert "比全部欠款多" in button(seat, "act_send_form").reason
    seat.page.close_pane()


def test_early_settlement_is_counted(desk: Desk, sit: Seats, picture: Picture) -> None:
    loan = desk.lent(desk.fund())
    desk.pass_to(desk.today + timedelta(days=10))
    seat = sit("sun", "loans", loan)
    seat.window.press("F7")
    seat.rest()
    picture(seat.window, "loans_payoff")
    texts = [label.text() for label in seat.page.pane.findChildren(QLabel)]
    assert any("100,000.00" in text for text in texts)


def test_a_loan_is_settled_early_by_saying_so(world: World, desk: Desk, sit: Seats) -> None:
    loan = desk.lent(desk.fund())
    desk.pass_to(desk.today + timedelta(days=10))
    total = world.ask("sun", payoff, PayoffAsked(loan_id=loan, day=desk.today)).total
    seat = sit("sun", "loans", loan)
    seat.window.press("F9")
    seat.rest()
    fill(seat, fen=total)
    assert "还清全部贷款" in said(seat, "repayment_says")
    form = seat.page.pane.form
    assert form is not None
    assert not form.boxes["early"].isHidden(), "what has to be said can be said"
    fill(seat, early=True)
    send(seat)
    assert state(world) is LoanState.SETTLED


def test_a_form_starts_from_what_the_bank_approved_last(desk: Desk, sit: Seats) -> None:
    loan = desk.approved(desk.fund())
    desk.world.do("sun", send_back, EndForm(**desk.at(loan), reason="银行改批"))
    desk.bank(loan, amount=Fen(8_000_000))
    seat = sit("sun", "loans", loan)
    seat.window.press("F9")
    seat.rest()
    form = seat.page.pane.form
    assert form is not None
    assert form.value("principal") == 8_000_000


def test_a_loan_of_an_old_register_is_taken_into_the_books(
    world: World, desk: Desk, sit: Seats, picture: Picture
) -> None:
    bring_loans_in(world, written([line(1)]))
    (row,) = world.ask("sun", loan_rows, LoanQuery()).rows
    seat = sit("sun", "loans", row.id)
    press(seat, "act_next")
    fill(seat, fen=Fen(83_125), day=date(2012, 6, 5))
    assert said(seat, "repayment_says").startswith("仅登记")
    picture(seat.window, "loans_on_record_repayment")
    send(seat)
    assert state(world) is LoanState.RECORDED
    acts = {each.text(): each for each in seat.page.more().actions()}
    acts["纳入还款管理…"].trigger()
    seat.rest()
    fill(seat, left=Fen(5_000_000), day=date(2012, 6, 30), document="对账单 6 月")
    assert "2012-06-30：剩余本金 50,000.00 元" in said(seat, "take_over_says")
    picture(seat.window, "loans_take_over")
    send(seat)
    assert state(world) is LoanState.REPAYING


def test_what_was_written_off_may_still_come_in(world: World, desk: Desk, sit: Seats) -> None:
    loan = desk.lent(desk.fund())
    desk.pass_to(desk.today + timedelta(days=100))
    desk.change(loan, LoanEventKind.COMPENSATED, fen=Fen(5_000_000), document="代偿决定 3 号")
    desk.change(loan, LoanEventKind.WRITTEN_OFF, fen=Fen(5_000_000), document="纪要 9 号")
    desk.pass_to(desk.today + timedelta(days=1))
    seat = sit("sun", "loans", loan)
    seat.window.press("F9")
    seat.rest()
    fill(seat, fen=Fen(1_000), payer=Payer.BORROWER, reason="借款人退回")
    pairs = seat.page.pane.findChild(QWidget, "table_pairs")
    assert pairs is not None
    assert not pairs.isVisible(), "no empty table below"
    assert "还款计划" in " ".join(label.text() for label in seat.page.pane.findChildren(QLabel))
    send(seat)
    (change, *_) = desk.see(loan).changes
    assert (change.kind, change.fen) == (LoanEventKind.RECOVERED, 1_000)


def test_a_change_waits_for_another_person_who_confirms_it(
    world: World, desk: Desk, sit: Seats, picture: Picture
) -> None:
    loan = desk.lent(desk.fund())
    desk.pass_to(desk.today + timedelta(days=100))
    desk.enter(loan, LoanEventKind.COMPENSATED, fen=Fen(8_000_000), document="代偿决定 3 号")
    seat = sit("sun", "loans", loan)
    seat.page.detail.choose(MONEY)
    seat.rest()
    assert "另一人复核" in button(seat, "act_next").reason
    zhao = sit("zhao", "loans", loan)
    zhao.page.detail.choose(MONEY)
    zhao.rest()
    picture(zhao.window, "loans_change")
    zhao.window.press("F9")
    zhao.rest()
    view = desk.see(loan)
    assert [each.state for each in view.changes] == [ChangeState.CONFIRMED]
    assert view.row.state is LoanState.COMPENSATED
    assert zhao.window.toast.text() == f"已确认担保基金代偿：{view.row.number}"
    picture(zhao.window, "loans_compensated")


def test_the_conditions_are_those_of_the_day_that_is_chosen(
    desk: Desk, sit: Seats, picture: Picture
) -> None:
    loan = desk.enquired(asked_on=date(2023, 9, 15), asked=Fen(25_000_000))
    seat = sit("sun", "loans", loan)
    seat.window.press("F9")
    seat.rest()
    fill(seat, group_proved=Answer.YES)
    assert not button(seat, "act_send_form").reason
    fill(seat, day=date(2023, 9, 30))
    assert "最高 200,000.00 元" in said(seat, "qualify_says")
    assert button(seat, "act_send_form").reason == "还有条件不满足"
    picture(seat.window, "loans_qualify_day")
    fill(seat, day=date(2023, 10, 1))
    send(seat)
    (step, *_) = desk.see(loan).steps
    assert (step.step, step.day) == (LoanState.CHECKED, date(2023, 10, 1))


def test_the_form_of_a_compensation_offers_what_the_fund_bears(
    world: World, desk: Desk, sit: Seats, picture: Picture
) -> None:
    loan = desk.lent(desk.fund())
    desk.pass_to(desk.today + timedelta(days=100))
    asked = PayoffAsked(loan_id=loan, day=desk.today)
    seat = sit("sun", "loans", loan)
    acts = {each.text(): each for each in seat.page.more().actions()}
    acts["担保基金代偿"].trigger()
    seat.rest()
    form = seat.page.pane.form
    assert form is not None
    most = world.ask("sun", fund_part, asked).most
    assert form.value("fen") == most < world.ask("sun", payoff, asked).total
    assert "承担 80%" in said(seat, "part_of_fund")
    earlier = desk.today - timedelta(days=30)
    fill(seat, day=earlier)
    asked = PayoffAsked(loan_id=loan, day=earlier)
    assert form.value("fen") == world.ask("sun", fund_part, asked).most < most
    fill(seat, fen=Fen(5_000_000))
    fill(seat, day=desk.today, document="代偿通知书 5 号", reason="逾期三个月")
    assert form.value("fen") == 5_000_000
    picture(seat.window, "loans_compensation")
    send(seat)
    assert desk.see(loan).changes[0].fen == 5_000_000


def test_a_guarantor_before_the_borrower_is_warned_of_and_passed_with_the_reason(
    desk: Desk, sit: Seats, picture: Picture
) -> None:
    loan = desk.lent(desk.fund())
    desk.pass_to(desk.today + timedelta(days=100))
    desk.change(loan, LoanEventKind.COMPENSATED, fen=Fen(5_000_000), document="代偿决定 3 号")
    seat = sit("sun", "loans", loan)
    seat.window.press("F9")
    seat.rest()
    fill(seat, fen=Fen(1_000), payer=Payer.GUARANTOR, reason="借款人失联，保证人代还")
    assert "没有先向借款人陈示例追偿的记录" in said(seat, "change_warns")
    picture(seat.window, "loans_guarantor_first")
    send(seat)
    assert desk.see(loan).changes[0].payer is Payer.GUARANTOR


def test_a_check_is_booked(desk: Desk, sit: Seats, picture: Picture) -> None:
    loan = desk.lent(desk.fund())
    seat = sit("sun", "loans", loan)
    seat.page.detail.choose(CHECKS)
    seat.rest()
    seat.window.press("F9")
    seat.rest()
    fill(seat, result=CheckResult.CONCERN, jobs=2, findings="客流比预计少，答应改早班")
    picture(seat.window, "loans_check")
    send(seat)
    done = [each for each in desk.see(loan).checks if each.result is not None]
    assert [each.result for each in done] == [CheckResult.CONCERN]


def test_the_papers_there_can_be_are_offered(world: World, desk: Desk, sit: Seats) -> None:
    loan = desk.lent(desk.fund())
    seat = sit("sun", "loans", loan)
    menu = seat.page.papers()
    texts = [action.text() for action in menu.actions()]
    assert texts == ["创业担保贷款推荐书", "担保贷款调查审批表", "担保承诺书", "还款计划表"]
    for action in menu.actions():
        action.trigger()
        seat.rest()
    kinds = {row.kind for row in world.ask("sun", paper_rows, PaperQuery())}
    assert kinds == {
        PaperKind.LOAN_RECOMMENDATION,
        PaperKind.LOAN_SURVEY,
        PaperKind.GUARANTEE_COMMITMENT,
        PaperKind.REPAYMENT_PLAN,
    }


@pytest.mark.parametrize(
    ("scheme", "percent", "name"),
    [
        (theme.Scheme.LIGHT, 150, "loans_150"),
        (theme.Scheme.DARK, 100, "loans_dark"),
        (theme.Scheme.CONTRAST, 100, "loans_contrast"),
    ],
)
def test_the_page_in_other_looks(
    desk: Desk,
    sit: Seats,
    picture: Picture,
    qapp: QApplication,
    scheme: theme.Scheme,
    percent: int,
    name: str,
) -> None:
    loan = desk.lent(desk.fund())
    desk.pass_to(desk.today + timedelta(days=75))
    theme.use(qapp, scheme, percent)
    seat = sit("sun", "loans", loan)
    seat.page.panes.enter()
    seat.rest()
    picture(seat.window, name)
    assert seat.page.detail.plan.rows()
