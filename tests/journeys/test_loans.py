"""A loan from the enquiry to the money and, gone wrong, to the fund and back, verb by verb."""

from datetime import date

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.loans import ChangeState, LoanState, Payer
from app.core.words.loans import LoanEventKind as Kind
from app.loans.guarantee_queries import guarantee_fund_rows
from app.loans.guarantee_records import GuaranteeFundRow
from app.reports.queries import check_store, report
from app.reports.records import of_year
from tests.borrowing import Desk
from tests.world import World


def fund(world: World) -> GuaranteeFundRow:
    (row,) = world.ask("qian", guarantee_fund_rows, Nothing())
    return row


def test_the_life_of_a_loan_that_is_compensated_and_recovered(world: World) -> None:
    desk = Desk(world, date(2026, 6, 10))
    loan_id = desk.lent(desk.fund(), jobs=3)  # 孙明 enters, 赵建国 guarantees
    asked = desk.see(loan_id).row.asked
    desk.on = date(2026, 7, 10)
    first = desk.see(loan_id).plan[0].due
    desk.pay(loan_id, first)
    desk.on = None
    late = desk.see(loan_id)
    assert late.row.overdue_days is not None
    assert late.row.overdue_days > 90

    paid_out = Fen(5_000_000)
    desk.change(loan_id, Kind.COMPENSATED, fen=paid_out, document="代偿通知书 1 号")
    compensated = desk.see(loan_id)
    assert compensated.row.state is LoanState.COMPENSATED
    assert compensated.standing is not None
    assert compensated.standing.owed_to_fund == paid_out
    desk.recover(loan_id, 3_000_000)
    desk.recover(loan_id, 2_000_000, Payer.GUARANTOR)
    whole = desk.see(loan_id)
    assert whole.standing is not None
    assert whole.standing.owed_to_fund == 0
    assert [change.state for change in whole.changes] == [ChangeState.CONFIRMED] * 3
    assert {(each.entered_by, each.confirmed_by) for each in whole.changes} == {("孙明", "赵建国")}
    assert fund(world).lent == 0

    told = world.ask("zhou", report, of_year(2026)).loans
    assert (told.lent.count, told.lent.fen, told.lent.jobs) == (1, asked, 3)
    assert (told.repaid.fen, told.compensated.fen) == (first, paid_out)
    assert (told.recovered.count, told.recovered.fen) == (2, paid_out)
    acts = world.ask("zhou", audit_rows, AuditQuery(subject=f"loan/{loan_id}"))
    assert {"loans.enquire", "loans.decide_guarantee", "loans.lend"} <= {act.verb for act in acts}
    assert not world.ask("zhou", check_store, Nothing()).findings
