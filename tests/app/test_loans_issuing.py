"""The papers of a loan are issued when there is something to say, and say what the store says."""

from datetime import timedelta
from typing import Any

import pytest

from app.core.errors import NotNow
from app.core.money import Fen
from app.core.record import Record
from app.core.words.loans import LoanEventKind
from app.loans.issuing import (
    NoRepayment,
    NothingOverdue,
    StandsNot,
    issue_commitment,
    issue_overdue_notice,
    issue_plan,
    issue_recommendation,
    issue_repayment_receipt,
    issue_settlement_certificate,
    issue_survey_form,
)
from app.loans.money_queries import payoff
from app.loans.money_records import PayoffAsked
from app.loans.paper_records import EntryPaper, NoticePaper
from app.loans.records import EndForm, LoanById
from app.loans.side_queries import sides_view
from app.loans.side_records import SidesOf
from app.loans.steps import send_back, withdraw_loan
from app.papers.queries import paper_view
from app.papers.records import PaperById
from app.work import Action
from tests.borrowing import Desk
from tests.people import id_number
from tests.world import World


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def said(desk: Desk, issue: Action[Any, int], asked: Record, user: str = "sun") -> dict[str, Any]:
    """Issue a paper; return what it says."""
    paper = desk.world.do(user, issue, asked)
    return desk.world.ask(user, paper_view, PaperById(id=paper)).sheet.facts


def test_papers_of_steps_wait_for_their_step(desk: Desk) -> None:
    loan = desk.enquired()
    for issue in (issue_recommendation, issue_survey_form, issue_commitment):
        with pytest.raises(NotNow):
            desk.world.do("sun", issue, LoanById(id=loan))
    with pytest.raises(NotNow):
        desk.world.do("sun", issue_settlement_certificate, LoanById(id=loan))


def test_the_recommendation_tells_the_sealed_reasons(desk: Desk) -> None:
    loan = desk.enquired()
    desk.check(loan)
    desk.recommend(loan)
    facts = said(desk, issue_recommendation, LoanById(id=loan))
    assert facts["loan_number"] == "贷2026-0001"
    assert facts["amount"] == 10_000_000
    assert facts["reasons"] == [each.says for each in desk.see(loan).findings]
    assert facts["provisional"] is True
    assert "19800101" not in str(facts)


def test_the_survey_form_gains_the_decision_and_the_bank_its_commitment(desk: Desk) -> None:
    fund = desk.fund()
    loan = desk.enquired()
    desk.check(loan)
    desk.recommend(loan)
    desk.survey(loan)
    assert said(desk, issue_survey_form, LoanById(id=loan))["amount"] is None
    desk.guarantee(loan, fund)
    desk.guarantor(loan, 10_000_000)
    facts = said(desk, issue_survey_form, LoanById(id=loan))
    assert (facts["amount"], facts["minutes"]) == (10_000_000, "担保会纪要〔2026〕3 号")
    assert [side["name"] for side in facts["sides"]] == ["许示例"]
    commitment = said(desk, issue_commitment, LoanById(id=loan))
    assert (commitment["amount"], commitment["share_percent"]) == (10_000_000, 80)


def test_no_paper_of_a_step_that_was_sent_back_and_no_commitment_of_what_has_ended(
    desk: Desk,
) -> None:
    loan = desk.enquired()
    desk.check(loan)
    desk.recommend(loan)
    desk.world.do("sun", send_back, EndForm(**desk.at(loan), reason="推荐人有误"))
    with pytest.raises(NotNow):
        desk.world.do("sun", issue_recommendation, LoanById(id=loan))
    desk.recommend(loan)
    desk.survey(loan)
    desk.guarantee(loan, desk.fund())
    desk.world.do("sun", withdraw_loan, EndForm(**desk.at(loan), reason="不再需要"))
    with pytest.raises(NotNow):
        desk.world.do("sun", issue_commitment, LoanById(id=loan))


def test_a_notice_goes_to_nobody_who_does_not_stand_for_the_loan(desk: Desk) -> None:
    fund = desk.fund()
    loan = desk.lent(fund)
    other = desk.lent(fund, id_number=id_number(51, "19850101"), name="冯示例")
    desk.pass_to(desk.today + timedelta(days=75))
    sides = [desk.world.ask("sun", sides_view, SidesOf(loan_id=each)) for each in (loan, other)]
    own, theirs = (view.rows[0].id for view in sides)
    with pytest.raises(StandsNot):
        desk.world.do("sun", issue_overdue_notice, NoticePaper(loan_id=loan, side_id=theirs))
    facts = said(desk, issue_overdue_notice, NoticePaper(loan_id=loan, side_id=own))
    assert facts["is_guarantor"] is True


def test_a_plan_adds_up_and_explains_itself_while_nothing_happened(desk: Desk) -> None:
    loan = desk.lent(desk.fund())
    facts = said(desk, issue_plan, LoanById(id=loan))
    assert facts["principal_left"] == 10_000_000
    assert len(facts["rows"]) == 24
    assert facts["explained"]
    desk.pass_to(desk.today + timedelta(days=31))
    desk.pay(loan, desk.see(loan).plan[0].left)
    assert not said(desk, issue_plan, LoanById(id=loan))["explained"]


def test_a_receipt_says_what_a_repayment_settled(desk: Desk) -> None:
    loan = desk.lent(desk.fund())
    desk.pass_to(desk.today + timedelta(days=50))
    line = desk.see(loan).plan[0]
    entry = desk.pay(loan, line.left)
    facts = said(desk, issue_repayment_receipt, EntryPaper(loan_id=loan, entry=entry))
    assert facts["amount"] == line.left
    assert (facts["penalty"], facts["interest"], facts["principal"]) == (
        line.penalty,
        line.interest,
        line.principal,
    )
    assert facts["left"] == 10_000_000 - line.principal


def test_no_receipt_for_the_lending_or_for_what_was_undone(desk: Desk) -> None:
    loan = desk.lent(desk.fund())
    with pytest.raises(NoRepayment):
        desk.world.do("sun", issue_repayment_receipt, EntryPaper(loan_id=loan, entry=1))
    desk.pass_to(desk.today + timedelta(days=31))
    entry = desk.pay(loan, desk.see(loan).plan[0].left)
    desk.change(loan, LoanEventKind.REVERSED, reverses=entry)
    with pytest.raises(NoRepayment):
        desk.world.do("sun", issue_repayment_receipt, EntryPaper(loan_id=loan, entry=entry))


def test_a_notice_tells_what_is_overdue_and_is_not_given_for_nothing(desk: Desk) -> None:
    loan = desk.lent(desk.fund())
    with pytest.raises(NothingOverdue):
        desk.world.do("sun", issue_overdue_notice, NoticePaper(loan_id=loan))
    desk.pass_to(desk.today + timedelta(days=75))
    standing = desk.see(loan).standing
    assert standing is not None
    facts = said(desk, issue_overdue_notice, NoticePaper(loan_id=loan))
    assert facts["amount"] == (
        standing.principal_overdue + standing.interest_overdue + standing.penalty
    )
    assert facts["days"] == standing.days_overdue
    assert facts["is_guarantor"] is False


def test_a_certificate_once_all_is_paid(desk: Desk) -> None:
    loan = desk.lent(desk.fund())
    desk.pass_to(desk.today + timedelta(days=31))
    asked = PayoffAsked(loan_id=loan, day=desk.today)
    total: Fen = desk.world.ask("sun", payoff, asked).total
    desk.pay(loan, total, early=True)
    facts = said(desk, issue_settlement_certificate, LoanById(id=loan))
    assert facts["amount"] == 10_000_000
    assert facts["settled_on"] == desk.today.isoformat()
    assert facts["guarantors"]
    assert facts["compensated"] is False
