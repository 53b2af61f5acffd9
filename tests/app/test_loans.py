"""The way of a loan from the enquiry to the money: who does what, in which order, by when."""

from datetime import date
from typing import Any

import pytest

from app.core.errors import Conflict, Invalid, NotNow, Refused, RuleBroken
from app.core.money import Fen
from app.core.words import Answer
from app.core.words.loans import (
    LoanEventKind,
    LoanState,
    RepaymentMethod,
    StepOutcome,
)
from app.core.words.staff import Role
from app.disbursements.deciding_records import TieForm
from app.disbursements.rules import Related
from app.disbursements.ties import declare_tie
from app.households.queries import household_view
from app.households.records import ById
from app.households.rules import OneOfTheOthers
from app.loans.actions import change_enquiry, open_loan_form, reveal_loan
from app.loans.eligibility_records import EligibilityAnswers
from app.loans.lending import lend, preview_lending
from app.loans.money import confirm_change
from app.loans.money_queries import payoff
from app.loans.money_records import LoanChangeStep, PayoffAsked
from app.loans.qualifying import check_eligibility, preview_eligibility
from app.loans.queries import borrower_by_id, loan_rows
from app.loans.records import (
    BorrowerAsked,
    EligibilityForm,
    EndForm,
    LoanById,
    LoanQuery,
    SecurityForm,
)
from app.loans.rules import (
    AnotherPerson,
    AttendedMissing,
    CommitteeDecides,
    ContractLater,
    DayBefore,
    DocumentMissing,
    LoanHolds,
    MoreThanAllowed,
    NotQualified,
    SecurityMissing,
    StaysAsDecided,
    StepOutOfTurn,
)
from app.loans.steps import (
    refuse_guarantee,
    refuse_loan,
    send_back,
    send_back_guarantee,
    sign_security,
    withdraw_loan,
)
from app.policy.pack import Outcome
from app.work import SecondPersonNeeded
from tests.borrowing import BORROWER, GUARANTOR, Desk
from tests.filled import raw
from tests.payments import another
from tests.people import id_number
from tests.world import World, changed


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def test_a_loan_goes_the_whole_way_to_the_money(desk: Desk) -> None:
    fund_id = desk.fund()
    loan_id = desk.enquired()
    seen = desk.see(loan_id)
    assert (seen.row.number, seen.row.state) == ("贷2026-0001", LoanState.ENQUIRED)
    assert (seen.row.id_number, seen.row.phone) == ("2390**********0039", "154****2222")
    assert seen.next_step is LoanState.CHECKED
    desk.check(loan_id)
    seen = desk.see(loan_id)
    assert seen.findings
    assert all(each.held for each in seen.findings)
    assert seen.product == "创业担保贷款（个人）"
    desk.recommend(loan_id)
    desk.survey(loan_id)
    assert desk.see(loan_id).not_by_me
    assert not desk.see(loan_id, "zhao").not_by_me
    desk.guarantee(loan_id, fund_id)
    seen = desk.see(loan_id)
    assert (seen.exposure, seen.row.guaranteed) == (10_000_000, 10_000_000)
    desk.guarantor(loan_id, 10_000_000)
    desk.sign(loan_id)
    desk.bank(loan_id)
    form = desk.lend_form(loan_id)
    preview = desk.world.ask("sun", preview_lending, form)
    assert (preview.rate, len(preview.lines)) == ("4.35", 24)
    desk.world.do("sun", lend, form)
    seen = desk.see(loan_id)
    assert seen.row.state is LoanState.REPAYING
    assert sum(line.principal for line in seen.plan) == 10_000_000
    assert seen.plan == preview.lines
    assert preview.subsidy * 2 in range(preview.interest - 24, preview.interest + 25)
    assert seen.exposure == 8_000_000, "the fund bears four fifths once it is lent"
    assert [step.step for step in seen.steps] == [
        LoanState.CHECKED,
        LoanState.RECOMMENDED,
        LoanState.SURVEYED,
        LoanState.GUARANTEED,
        LoanState.SECURED,
        LoanState.BANK_APPROVED,
        LoanState.REPAYING,
    ]
    assert dict(seen.steps[3].details) == {"参加人员": "赵建国、周明、吴敏"}
    assert [event.kind for event in seen.events] == [LoanEventKind.LENT]
    assert [(check.due_on, check.result) for check in seen.checks] == [(date(2026, 12, 20), None)]
    assert seen.contract is not None
    assert (seen.contract.rate, seen.contract.bank) == ("4.35", "示例银行利达支行")
    assert seen.next_step is None


def test_every_step_is_due_by_working_days_and_told_late(desk: Desk) -> None:
    loan_id = desk.enquired()
    due = desk.see(loan_id).step_due_on
    assert due is not None
    assert desk.see(loan_id).days_left == 5
    desk.pass_to(date(2026, 12, 7))
    assert (desk.see(loan_id).days_left or 0) < 0
    desk.check(loan_id)
    step = desk.see(loan_id).steps[0]
    assert (step.due_on, step.late) == (due, True)
    assert (desk.see(loan_id).days_left or 0) > 0


def test_steps_are_taken_one_after_the_other_and_not_before_the_last(desk: Desk) -> None:
    loan_id = desk.enquired()
    with pytest.raises(StepOutOfTurn):
        desk.recommend(loan_id)
    with pytest.raises(StepOutOfTurn):
        desk.sign(loan_id)
    desk.check(loan_id)
    with pytest.raises(StepOutOfTurn):
        desk.check(loan_id)
    desk.recommend(loan_id)
    with pytest.raises(DayBefore):
        desk.survey(loan_id, day=date(2026, 11, 19))


def test_two_desks_do_not_overwrite_each_other(desk: Desk) -> None:
    loan_id = desk.enquired()
    opened = desk.world.do("sun", open_loan_form, LoanById(id=loan_id))
    desk.world.do("sun", change_enquiry, changed(opened, loan=changed(opened.loan, jobs=3)))
    with pytest.raises(Conflict):
        desk.world.do("sun", change_enquiry, changed(opened, loan=changed(opened.loan, jobs=4)))
    assert desk.see(loan_id).loan.jobs == 3


def test_an_enquiry_changes_as_far_as_nothing_rests_on_it(desk: Desk) -> None:
    loan_id = desk.enquired()

    def change(**more: Any) -> None:
        opened = desk.world.do("sun", open_loan_form, LoanById(id=loan_id))
        form = changed(opened, loan=changed(opened.loan, **more))
        desk.world.do("sun", change_enquiry, form)

    change(asked=Fen(9_000_000))
    desk.check(loan_id)
    with pytest.raises(StaysAsDecided):
        change(asked=Fen(8_000_000))
    change(purpose="开办小吃店", phone="15400003333")
    desk.recommend(loan_id)
    desk.survey(loan_id)
    desk.guarantee(loan_id, desk.fund())
    with pytest.raises(StaysAsDecided):
        change(purpose="开办理发店")
    change(address="示例街 2 号")
    shown = desk.world.do("wang", reveal_loan, LoanById(id=loan_id)).loan
    assert (shown.id_number, shown.phone, shown.address) == (BORROWER, "15400003333", "示例街 2 号")


def test_the_trail_tells_nothing_private_of_a_borrower(desk: Desk) -> None:
    loan_id = desk.enquired(phone="15400007777")
    desk.check(loan_id)
    desk.guarantor(loan_id, 1, id_number(7, "19760101"))
    with raw(desk.world.office.path) as sql:
        told = "".join(row[0] for row in sql.run("SELECT changes FROM audit"))
    for private in ("15400007777", BORROWER, id_number(7, "19760101"), "1980-01-01"):
        assert private not in told
    assert "陈示例" in told


def test_a_borrower_is_linked_to_the_file_they_are_in(desk: Desk) -> None:
    accepted = desk.world.file()
    seen = desk.world.ask("wang", household_view, ById(id=accepted.household_id))
    with raw(desk.world.office.path) as sql:
        number = sql.one("SELECT id_number FROM member WHERE id = ?", seen.members[0].id)
    found = desk.world.ask("sun", borrower_by_id, BorrowerAsked(id_number=number))
    assert [(each.member_id, each.name) for each in found.people] == [
        (seen.members[0].id, seen.name)
    ]
    assert (found.loans, found.why_not, found.previous_id) == ((), "", None)
    loan_id = desk.enquired(id_number=number, name=seen.name)
    row = desk.see(loan_id).row
    assert (row.household_id, row.member_id) == (accepted.household_id, seen.members[0].id)
    assert desk.see(loan_id).file_number == seen.file_number
    rows = desk.world.ask("sun", loan_rows, LoanQuery(household_id=accepted.household_id))
    assert [each.id for each in rows.rows] == [loan_id]
    with pytest.raises(OneOfTheOthers):
        desk.enquired(household_id=accepted.household_id, member_id=999)


def test_a_person_has_one_loan_at_a_time(desk: Desk) -> None:
    loan_id = desk.enquired()
    with pytest.raises(LoanHolds):
        desk.enquired(name="陈示例之二")
    found = desk.world.ask("sun", borrower_by_id, BorrowerAsked(id_number=BORROWER))
    assert [each.id for each in found.loans] == [loan_id]
    assert "贷2026-0001" in found.why_not
    desk.guarantor(loan_id, 1)
    stands = desk.world.ask("sun", borrower_by_id, BorrowerAsked(id_number=GUARANTOR))
    assert [each.id for each in stands.stands_for] == [loan_id]
    assert stands.why_not == ""
    desk.world.do("sun", withdraw_loan, EndForm(**desk.at(loan_id), reason="另找门路"))
    again = desk.enquired()
    opened = desk.world.do("sun", open_loan_form, LoanById(id=again))
    other = desk.enquired(id_number=id_number(21), name="另一人")
    form = changed(opened, loan=changed(opened.loan, id_number=id_number(21)))
    with pytest.raises(LoanHolds):
        desk.world.do("sun", change_enquiry, form)
    assert other != again


def test_who_does_not_qualify_or_cannot_be_told_does_not_pass(desk: Desk) -> None:
    loan_id = desk.enquired()
    with pytest.raises(NotQualified) as told:
        desk.check(loan_id, group_proved=Answer.NOT_ASKED)
    assert "就业创业证" in told.value.tell()
    too_much = desk.enquired(id_number=id_number(23), asked=Fen(30_000_001))
    with pytest.raises(NotQualified):
        desk.check(too_much)
    form = EligibilityForm(**desk.at(too_much), day=desk.today)
    found = desk.world.ask("sun", preview_eligibility, form)
    assert found.outcome is Outcome.NO
    assert desk.see(too_much).row.state is LoanState.ENQUIRED


def test_a_borrower_is_examined_by_the_rules_of_the_day_that_is_told(desk: Desk) -> None:
    loan_id = desk.enquired(asked_on=date(2023, 9, 15), asked=Fen(25_000_000))
    answers = EligibilityAnswers(group_proved=Answer.YES)

    def on(day: date) -> EligibilityForm:
        return EligibilityForm(**desk.at(loan_id), day=day, answers=answers)

    before = desk.world.ask("sun", preview_eligibility, on(date(2023, 9, 30)))
    assert (before.rules, before.most, before.outcome) == ("2021-01-01", 20_000_000, Outcome.NO)
    with pytest.raises(NotQualified):
        desk.world.do("sun", check_eligibility, on(date(2023, 9, 30)))
    since = desk.world.ask("sun", preview_eligibility, on(date(2023, 10, 1)))
    assert (since.rules, since.most, since.outcome) == ("2023-10-01", 30_000_000, Outcome.YES)
    for ask in (desk.world.ask, desk.world.do):
        verb: Any = preview_eligibility if ask == desk.world.ask else check_eligibility
        with pytest.raises(DayBefore):
            ask("sun", verb, on(date(2023, 9, 14)))


def test_the_committee_is_another_person_with_minutes(desk: Desk) -> None:
    fund_id = desk.fund()
    loan_id = desk.enquired()
    desk.check(loan_id)
    desk.recommend(loan_id)
    desk.survey(loan_id)
    with pytest.raises(Refused):
        desk.guarantee(loan_id, fund_id, user="sun")
    with pytest.raises(DocumentMissing):
        desk.guarantee(loan_id, fund_id, document="")
    with pytest.raises(AttendedMissing):
        desk.guarantee(loan_id, fund_id, attended="赵建国、周明")
    with pytest.raises(MoreThanAllowed):
        desk.guarantee(loan_id, fund_id, amount=Fen(10_000_001))
    with pytest.raises(MoreThanAllowed):
        desk.guarantee(loan_id, fund_id, months=25)
    end = EndForm(**desk.at(loan_id), reason="材料不齐")
    for verb in (send_back, refuse_loan):
        with pytest.raises(CommitteeDecides):
            desk.world.do("sun", verb, end)
    desk.world.do("zhao", send_back_guarantee, end)
    assert desk.see(loan_id).row.state is LoanState.RECOMMENDED
    desk.survey(loan_id)
    desk.world.do("zhao", refuse_guarantee, EndForm(**desk.at(loan_id), reason="风险过大"))
    seen = desk.see(loan_id)
    assert seen.row.state is LoanState.REFUSED
    assert [(step.step, step.outcome) for step in seen.steps[-3:]] == [
        (LoanState.GUARANTEED, StepOutcome.SENT_BACK),
        (LoanState.SURVEYED, StepOutcome.PASSED),
        (LoanState.GUARANTEED, StepOutcome.REFUSED),
    ]


def test_who_surveyed_a_loan_does_not_guarantee_it(desk: Desk) -> None:
    """A supervisor who is a loan officer too."""
    fund_id = desk.fund()
    loan_id = desk.enquired()
    desk.check(loan_id)
    desk.recommend(loan_id)
    desk.survey(loan_id)
    with raw(desk.world.office.path) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE loan_step SET decided_by = ?", desk.world.actor("zhao").id)
    with pytest.raises(SecondPersonNeeded):
        desk.guarantee(loan_id, fund_id)


def test_who_changed_an_enquiry_does_not_guarantee_it(desk: Desk) -> None:
    """A supervisor who is a loan officer too: what they wrote is what they would decide on."""
    another(desk.world, "wu", "吴敏", Role.SUPERVISOR, Role.LOAN_OFFICER)
    fund_id = desk.fund()
    loan_id = desk.enquired()
    opened = desk.world.do("wu", open_loan_form, LoanById(id=loan_id))
    more = changed(opened.loan, asked=Fen(12_000_000))
    desk.world.do("wu", change_enquiry, changed(opened, loan=more))
    desk.check(loan_id)
    desk.recommend(loan_id)
    desk.survey(loan_id)
    assert [desk.see(loan_id, user).not_by_me for user in ("wu", "zhao")] == [True, False]
    with pytest.raises(SecondPersonNeeded):
        desk.guarantee(loan_id, fund_id, "wu")
    desk.guarantee(loan_id, fund_id)


def test_who_is_related_to_the_borrower_neither_decides_nor_confirms(desk: Desk) -> None:
    accepted = desk.world.file()
    with raw(desk.world.office.path) as sql:
        number = sql.one(
            "SELECT id_number FROM member WHERE household_id = ? AND position = 1",
            accepted.household_id,
        )
    loan_id = desk.lent(desk.fund(), id_number=number)
    paid = desk.pay(loan_id, 1_000)
    change_id = desk.enter(loan_id, LoanEventKind.REVERSED, reverses=paid)
    zhao = desk.world.actor("zhao").id
    tie = TieForm(household_id=accepted.household_id, staff_id=zhao, note="户主的表兄")
    desk.world.do("zhao", declare_tie, tie)
    step = LoanChangeStep(id=change_id, version=1)
    with pytest.raises(Related):
        desk.world.do("zhao", confirm_change, step)
    desk.world.do("qian", confirm_change, step)
    waiting = desk.enquired(household_id=accepted.household_id, id_number=id_number(27))
    desk.check(waiting)
    desk.recommend(waiting)
    desk.survey(waiting)
    assert desk.see(waiting, "zhao").not_by_me
    with pytest.raises(Related):
        desk.guarantee(waiting, 1)


def test_what_is_sent_back_or_ended_frees_the_fund(desk: Desk) -> None:
    loan_id = desk.approved(desk.fund())
    with pytest.raises(Invalid):
        desk.world.do("sun", send_back, EndForm(**desk.at(loan_id), reason="  "))
    for state in (LoanState.SECURED, LoanState.GUARANTEED, LoanState.SURVEYED):
        desk.world.do("sun", send_back, EndForm(**desk.at(loan_id), reason="银行要求重办"))
        seen = desk.see(loan_id)
        assert seen.row.state is state
        assert seen.exposure == (0 if state is LoanState.SURVEYED else 10_000_000)
    desk.world.do("sun", withdraw_loan, EndForm(**desk.at(loan_id), reason="不贷了"))
    seen = desk.see(loan_id)
    assert (seen.row.state, seen.step_due_on) == (LoanState.WITHDRAWN, None)
    with pytest.raises(NotNow):
        desk.world.do("sun", send_back, EndForm(**desk.at(loan_id), reason="又要贷"))
    refused = desk.enquired()
    desk.world.do("sun", refuse_loan, EndForm(**desk.at(refused), reason="征信不符"))
    assert desk.see(refused).row.state is LoanState.REFUSED


def test_the_counter_guarantee_covers_what_is_guaranteed(desk: Desk) -> None:
    loan_id = desk.enquired()
    desk.check(loan_id)
    desk.recommend(loan_id)
    desk.survey(loan_id)
    desk.guarantee(loan_id, desk.fund())
    desk.guarantor(loan_id, 9_999_999)
    with pytest.raises(SecurityMissing):
        desk.sign(loan_id)
    desk.guarantor(loan_id, 1, id_number(7, "19760101"))
    form = SecurityForm(**desk.at(loan_id), day=desk.today)
    with pytest.raises(DocumentMissing):
        desk.world.do("sun", sign_security, form)
    desk.sign(loan_id)
    with pytest.raises(MoreThanAllowed):
        desk.bank(loan_id, amount=Fen(10_000_001))
    desk.bank(loan_id, amount=Fen(9_000_000))
    for wrong, broken in (
        ({"principal": Fen(9_000_001)}, MoreThanAllowed),
        ({"months": 25}, MoreThanAllowed),
        ({"contract_on": date(2026, 11, 20), "lent_on": date(2026, 11, 19)}, ContractLater),
        ({"rate": ""}, RuleBroken),
        ({"rate": "四厘"}, RuleBroken),
    ):
        form = desk.lend_form(loan_id, **{"principal": Fen(9_000_000)} | wrong)
        with pytest.raises(broken):
            desk.world.do("sun", lend, form)
    desk.world.do("sun", lend, desk.lend_form(loan_id, principal=Fen(8_800_000)))
    seen = desk.see(loan_id)
    assert (seen.row.principal, seen.exposure) == (8_800_000, 7_040_000)


def test_a_person_who_paid_off_borrows_again(desk: Desk) -> None:
    fund_id = desk.fund()
    first = desk.lent(fund_id, terms={"method": RepaymentMethod.AT_THE_END})
    with pytest.raises(LoanHolds):
        desk.enquired()
    owed = desk.world.ask("sun", payoff, PayoffAsked(loan_id=first, day=desk.today)).total
    desk.pay(first, owed, early=True)
    seen = desk.see(first)
    assert (seen.row.state, seen.row.outstanding, seen.exposure) == (LoanState.SETTLED, 0, 0)
    found = desk.world.ask("sun", borrower_by_id, BorrowerAsked(id_number=BORROWER))
    assert (found.previous_id, found.why_not) == (first, "")
    second = desk.enquired()
    seen = desk.see(second)
    assert (seen.previous_id, seen.previous_number) == (first, "贷2026-0001")
    opened = desk.world.do("sun", open_loan_form, LoanById(id=second))
    form = changed(opened, loan=changed(opened.loan, id_number=id_number(25)))
    with pytest.raises(AnotherPerson):
        desk.world.do("sun", change_enquiry, form)
    desk.check(second)
