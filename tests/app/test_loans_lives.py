"""Random lives of loans through the verbs: whatever happens, nothing is lost, and what stands
beside the events is what they make."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core.days import months_after
from app.core.errors import AppError, Invalid
from app.core.money import Fen
from app.core.words.loans import LoanEventKind, LoanState, Payer, RepaymentMethod
from app.exchange.importing import undo_import
from app.exchange.importing_records import UndoForm
from app.exchange.loans_importing import LoansTouched
from app.loans.borrowers import lent_before, loans_of
from app.loans.issuing import issue_overdue_notice, issue_plan, issue_repayment_receipt
from app.loans.lending import lend
from app.loans.money_queries import payoff, preview_repayment
from app.loans.money_records import PayoffAsked, RepaymentForm, TakeOverAsked, TakeOverForm
from app.loans.paper_records import EntryPaper, NoticePaper
from app.loans.portfolio import pace
from app.loans.portfolio_records import PaceAsked
from app.loans.queries import borrower_by_id, loan_rows
from app.loans.records import BorrowerAsked, LoanById, LoanQuery
from app.loans.rules import (
    DayBefore,
    EntriesLater,
    LeftDiffers,
    LendingStays,
    NotLent,
    NotOnRecord,
    OnRecordOnly,
)
from app.loans.standing import Standing
from app.loans.store import standing_of
from app.loans.taking_over import preview_taking_over, take_over
from app.reports.loan_findings import loan_findings
from app.work import Work
from db.models.loans import Loan
from tests.borrowing import Desk
from tests.loan_registers import bring_loans_in, line, written
from tests.people import id_number
from tests.world import World, changed

K = LoanEventKind


def findings(world: World) -> list[str]:
    with world.office.engines.writer.begin() as connection:
        return [f"{each.row}: {each.says}" for each in loan_findings(Session(connection))]


def standing_on(desk: Desk, loan_id: int) -> Standing:
    with desk.world.office.engines.writer.begin() as connection:
        session = Session(connection)
        return standing_of(session, session.get_one(Loan, loan_id), desk.today)


def act(desk: Desk, loan_id: int, random: Random) -> None:
    """Try something that may happen to a loan, or may not."""
    seen = desk.see(loan_id)
    day = desk.today - timedelta(days=random.choice((0, 0, 3, 40, 90)))
    day = max(day, seen.row.lent_on or day)
    coming = next((line.left for line in seen.plan if line.left), Fen(1))
    if seen.row.state is LoanState.COMPENSATED:
        kind = random.choice((K.RECOVERED,) * 4 + (K.REVERSED, K.WRITTEN_OFF))
    else:
        kind = random.choice((K.REPAID,) * 5 + (K.REVERSED, K.EXTENDED, *(K.COMPENSATED,) * 3))
    match kind:
        case K.REPAID:
            asked = PayoffAsked(loan_id=loan_id, day=desk.today)
            whole = desk.world.ask("sun", payoff, asked).total
            fen = random.choice((coming, coming, coming * 2, coming // 3, whole // 2, whole))
            desk.pay(loan_id, fen, day, early=True, another=True)
        case K.REVERSED:
            desk.change(loan_id, kind, reverses=random.randint(2, len(seen.events) + 1))
        case K.EXTENDED:
            desk.change(loan_id, kind, day=day, months=random.randint(1, 12), document="展期合同")
        case K.COMPENSATED:
            desk.change(loan_id, kind, fen=Fen(random.randint(1, 8_000_000)), document="通知书")
        case K.WRITTEN_OFF:
            desk.change(loan_id, kind, fen=seen.row.owed_to_fund, document="纪要")
        case _:
            fen = Fen(random.choice((100_000, seen.row.owed_to_fund)))
            desk.change(loan_id, kind, fen=fen, payer=random.choice(list(Payer)))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_nothing_is_lost(world: World, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - invented loans
    desk = Desk(world)
    fund_id = desk.fund(200_000_000)
    methods = random.sample(list(RepaymentMethod), 2)
    loans = [
        desk.approved(fund_id, id_number=id_number(61 + 2 * place, "19800101"))
        for place in range(2)
    ]
    for loan_id, method in zip(loans, methods, strict=True):
        world.do("sun", lend, desk.lend_form(loan_id, method=method))
    taken = 0
    for _turn in range(14):
        desk.pass_to(desk.today + timedelta(days=random.choice((5, 30, 31))))
        loan_id = random.choice(loans)
        try:
            act(desk, loan_id, random)
            taken += 1
        except AppError:
            pass  # what cannot be is refused, and nothing of it stays
        seen = desk.see(loan_id)
        standing = standing_on(desk, loan_id)
        by_others = standing.compensated_principal + standing.uncovered_principal
        assert standing.repaid + seen.row.outstanding + by_others == 10_000_000
        assert all(0 <= line.subsidy <= line.interest for line in seen.plan)
    assert taken > 3
    assert findings(world) == []


def on_record(world: World) -> int:
    """Return a loan of an old register: 50,000 yuan of 2012-03-05, interest by the quarter."""
    bring_loans_in(world, written([line(1)]))
    (row,) = world.ask("sun", loan_rows, LoanQuery()).rows
    assert row.state is LoanState.RECORDED
    return row.id


def take(desk: Desk, loan_id: int, left: int, day: date, **more: Any) -> None:
    statement = TakeOverForm(
        **desk.at(loan_id), day=day, left=Fen(left), document="银行对账单 2012-12"
    )
    desk.world.do("sun", take_over, changed(statement, **more))


def test_a_loan_of_an_old_register_is_not_overdue_by_its_first_entry(world: World) -> None:
    loan_id, desk = on_record(world), Desk(world)
    seen = desk.see(loan_id)
    assert (seen.standing, seen.plan) == (None, ())
    assert seen.contract is not None
    with pytest.raises(LendingStays):
        desk.enter(loan_id, K.REVERSED, reverses=1)
    coming = RepaymentForm(**desk.money(loan_id), day=date(2014, 3, 5), fen=Fen(5_000_000))
    assert world.ask("sun", preview_repayment, coming).on_record
    number = desk.pay(loan_id, 5_000_000, date(2014, 3, 5))
    seen = desk.see(loan_id)
    assert (seen.row.state, seen.row.overdue_days) == (LoanState.RECORDED, 0)
    assert (seen.row.outstanding, seen.standing, seen.plan) == (0, None, ())
    paid = world.ask("sun", pace, PaceAsked(first=date(2014, 1, 1), last=date(2014, 12, 31)))
    assert {row.paid for row in paid.rows} == {0}
    for verb, asked in (
        (payoff, PayoffAsked(loan_id=loan_id, day=desk.today)),
        (issue_repayment_receipt, EntryPaper(loan_id=loan_id, entry=number)),
        (issue_overdue_notice, NoticePaper(loan_id=loan_id, side_id=None)),
        (issue_plan, LoanById(id=loan_id)),
    ):
        ask: Any = world.ask if verb is payoff else world.do
        with pytest.raises(OnRecordOnly):
            ask("sun", verb, asked)
    with pytest.raises(OnRecordOnly):
        desk.enter(loan_id, K.EXTENDED, months=6, document="展期合同")
    desk.change(loan_id, K.REVERSED, reverses=number)
    assert desk.see(loan_id).row.state is LoanState.RECORDED
    assert findings(world) == []


def test_a_loan_of_an_old_register_is_counted_once_its_entries_are_whole(world: World) -> None:
    loan_id, desk = on_record(world), Desk(world)
    for month in (6, 9, 12):
        desk.pay(loan_id, 83_125, date(2012, month, 5))  # 50,000 yuan at 6.65 % for 90 days
    year_end = date(2012, 12, 31)
    with pytest.raises(EntriesLater):
        take(desk, loan_id, 5_000_000, date(2012, 12, 1))
    with pytest.raises(DayBefore):
        take(desk, loan_id, 5_000_000, date(2012, 3, 4))
    with pytest.raises(Invalid):
        take(desk, loan_id, 5_000_000, year_end, document=" ")
    with pytest.raises(LeftDiffers):
        take(desk, loan_id, 4_000_000, year_end)
    told = world.ask("sun", preview_taking_over, TakeOverAsked(id=loan_id, day=year_end))
    assert (told.before.outstanding, told.before.days_overdue) == (5_000_000, 0)
    assert told.after.overdue_since == date(2013, 3, 5)
    take(desk, loan_id, 5_000_000, year_end)
    seen = desk.see(loan_id)
    assert (seen.row.state, seen.row.outstanding) == (LoanState.REPAYING, 5_000_000)
    assert seen.standing is not None
    assert seen.standing.overdue_since == date(2013, 3, 5)
    assert [each.due_on for each in seen.checks] == [months_after(desk.today, 1)]
    with pytest.raises(NotOnRecord):
        take(desk, loan_id, 5_000_000, year_end)
    desk.change(loan_id, K.REVERSED, reverses=4)
    standing = desk.see(loan_id).standing
    assert standing is not None
    assert standing.overdue_since == date(2012, 12, 5)
    assert findings(world) == []


def test_another_sum_of_the_bank_is_taken_over_with_its_reason(world: World) -> None:
    loan_id, desk = on_record(world), Desk(world)
    desk.pay(loan_id, 5_083_125, date(2012, 6, 5))
    take(desk, loan_id, 12, date(2012, 6, 30), note="银行按实际天数计息")
    step = desk.see(loan_id).steps[-1]
    assert (step.amount, step.note) == (12, "银行按实际天数计息")
    assert findings(world) == []


def test_an_import_stays_when_a_repayment_of_it_was_entered(world: World) -> None:
    number = bring_loans_in(world, written([line(1)])).number
    desk = Desk(world)
    (row,) = world.ask("sun", loan_rows, LoanQuery()).rows
    desk.pay(row.id, 83_125, date(2012, 6, 5))
    with pytest.raises(LoansTouched):
        world.do("sun", undo_import, UndoForm(number=number, reason="导错了文件"))


def test_an_undone_import_is_no_earlier_loan_and_owes_nothing(world: World) -> None:
    number = bring_loans_in(world, written([line(1)])).number
    desk = Desk(world)
    (row,) = world.ask("sun", loan_rows, LoanQuery()).rows
    person = BorrowerAsked(id_number=id_number(1, "19700305"))
    assert world.ask("sun", borrower_by_id, person).previous_id is None
    world.do("sun", undo_import, UndoForm(number=number, reason="导错了文件"))
    seen = desk.see(row.id)
    assert (seen.row.state, seen.standing, seen.plan) == (LoanState.WITHDRAWN, None, ())
    with world.office.engines.writer.begin() as connection:
        work = Work(connection, world.actor("sun"), desk.today, world.clock.now())
        assert lent_before(loans_of(work, person.id_number)) == []
    with pytest.raises(NotLent):
        desk.pay(row.id, 1)
    assert findings(world) == []
