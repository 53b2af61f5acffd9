"""A lending that was entered wrongly is taken back, and what is looked at again on confirming."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.core.money import Fen, divide
from app.core.words.loans import LoanEventKind, LoanState, StepOutcome
from app.loans.guarantee_rules import NoRoomInFund
from app.loans.lending import lend
from app.loans.money import confirm_change, withdraw_change
from app.loans.money_queries import change_preview, payoff
from app.loans.money_records import ChangeAsked, LoanChangeStep, PayoffAsked
from app.loans.rules import ChangeWaits, LaterEntries, MoreThanShare, NotLent
from app.loans.terms import Rate, percent_text
from app.reports.loan_findings import loan_findings
from tests.borrowing import Desk
from tests.people import id_number
from tests.world import World, changed

K = LoanEventKind


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


@pytest.fixture
def loan_id(desk: Desk) -> int:
    """A loan over 100,000 yuan in 24 equal instalments from 2026-11-20."""
    return desk.lent(desk.fund())


def findings(world: World) -> list[str]:
    with world.office.engines.writer.begin() as connection:
        return [f"{each.row}: {each.says}" for each in loan_findings(Session(connection))]


def test_a_wrong_lending_is_taken_back_by_two_and_entered_anew(desk: Desk, loan_id: int) -> None:
    before = desk.see(loan_id)
    paid = desk.pay(loan_id, 1_000)
    with pytest.raises(LaterEntries, match="2"):
        desk.enter(loan_id, K.REVERSED, reverses=1)
    desk.change(loan_id, K.REVERSED, reverses=paid)
    desk.pass_to(date(2026, 11, 25))
    change_id = desk.enter(loan_id, K.REVERSED, reverses=1)
    shown = desk.world.ask("zhao", change_preview, ChangeAsked(id=change_id))
    assert (shown.after.state, shown.after.outstanding) == (LoanState.BANK_APPROVED, 0)
    assert {pair.principal_after for pair in shown.plan} == {None}
    assert desk.see(loan_id).row.state is LoanState.REPAYING
    desk.world.do("zhao", confirm_change, LoanChangeStep(id=change_id, version=1))
    seen = desk.see(loan_id)
    assert (seen.row.state, seen.contract, seen.plan) == (LoanState.BANK_APPROVED, None, ())
    assert (seen.exposure, seen.row.outstanding, seen.row.lent_on) == (10_000_000, 0, None)
    assert (seen.steps[-1].outcome, seen.steps[-1].document) == (
        StepOutcome.SENT_BACK,
        before.contract and before.contract.number,
    )
    assert findings(desk.world) == []
    with pytest.raises(NotLent):
        desk.pay(loan_id, 1_000)
    form = desk.lend_form(loan_id, rate="4", lent_on=date(2026, 11, 23))
    form = changed(form, contract_on=date(2026, 11, 23))
    desk.world.do("sun", lend, form)
    seen = desk.see(loan_id)
    assert seen.contract is not None
    assert (seen.contract.rate, seen.contract.lent_on) == (percent_text(Rate(40_000)), form.lent_on)
    assert (seen.row.outstanding, seen.exposure, len(seen.plan)) == (10_000_000, 8_000_000, 24)
    assert [check.due_on for check in seen.checks] == [date(2026, 12, 23)]
    assert [event.kind for event in seen.events] == [
        *(K.LENT, K.REPAID, K.REVERSED, K.REVERSED, K.LENT)
    ]
    assert findings(desk.world) == []


def test_a_lending_is_not_taken_back_over_what_others_took_or_wait_for(desk: Desk) -> None:
    fund_id = desk.fund(4_000_000, name="小基金", leverage=5)
    one = desk.lent(fund_id, id_number=id_number(51, "19850101"))
    two = desk.lent(fund_id, id_number=id_number(53, "19860101"), asked=Fen(10_000_000))
    waits = desk.enter(one, K.EXTENDED, months=6, document="展期合同")
    with pytest.raises(ChangeWaits):
        desk.enter(one, K.REVERSED, reverses=1)
    desk.world.do("sun", withdraw_change, LoanChangeStep(id=waits, version=1))
    three = desk.enquired(id_number=id_number(55, "19870101"), asked=Fen(3_000_000))
    desk.check(three)
    desk.recommend(three)
    desk.survey(three)
    desk.guarantee(three, fund_id)
    with pytest.raises(NoRoomInFund):
        desk.change(one, K.REVERSED, reverses=1)
    assert {desk.see(each).row.state for each in (one, two)} == {LoanState.REPAYING}


def test_the_fund_pays_no_more_than_its_part_on_the_day_of_the_second_person(
    desk: Desk, loan_id: int
) -> None:
    desk.pass_to(date(2027, 4, 25))
    owed = desk.world.ask("sun", payoff, PayoffAsked(loan_id=loan_id, day=desk.today)).total
    share = divide(owed * 80, 100)
    change_id = desk.enter(loan_id, K.COMPENSATED, fen=Fen(share), document="代偿通知书 5 号")
    desk.pay(loan_id, 500_000)
    with pytest.raises(MoreThanShare):
        desk.world.do("zhao", confirm_change, LoanChangeStep(id=change_id, version=1))
