"""The money of a loan through its verbs: repayments early and late, what two people change."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.core.errors import Conflict, NotNow, Refused
from app.core.money import Fen, yuan_text
from app.core.record import values
from app.core.words.loans import (
    CheckResult,
    LoanEventKind,
    LoanState,
    OwedPart,
    Payer,
    RepaymentMethod,
)
from app.loans.checks import do_check
from app.loans.events import ClosedAtBank, ImpossibleEvent, MoreThanOwed, NotYetLent
from app.loans.guarantee_queries import guarantee_fund_view
from app.loans.guarantee_records import GuaranteeFundAsked
from app.loans.issuing import issue_overdue_notice
from app.loans.money import confirm_change, record_repayment, withdraw_change
from app.loans.money_queries import (
    change_preview,
    fund_part,
    payoff,
    preview_change,
    preview_repayment,
)
from app.loans.money_records import (
    ChangeAsked,
    ChangeForm,
    LineState,
    LoanChangeStep,
    PayoffAsked,
    RepaymentForm,
    RepaymentPreview,
)
from app.loans.paper_records import NoticePaper
from app.loans.product_rules import ExtendedOften, ExtensionTooLong
from app.loans.records import LoanCheckForm
from app.loans.rules import (
    BeyondDue,
    ChangeIncomplete,
    ChangeWaits,
    CheckDone,
    DocumentMissing,
    FindingsNeeded,
    MoreThanShare,
    NotAChange,
    NothingOverdue,
    NotLent,
    PaidTwice,
)
from app.work import SecondPersonNeeded
from tests.borrowing import Desk
from tests.filled import raw
from tests.world import World, changed

K = LoanEventKind


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


@pytest.fixture
def loan_id(desk: Desk) -> int:
    """A loan over 100,000 yuan in 24 equal instalments from 2026-11-20."""
    return desk.lent(desk.fund())


def kept(desk: Desk, loan_id: int) -> list[tuple[Any, ...]]:
    """Return what stands beside the events of a loan."""
    with raw(desk.world.office.path) as sql:
        columns = "state, outstanding, owed_to_fund, exposure, overdue_since, next_due_on, ends_on"
        own = sql.run(f"SELECT {columns} FROM loan WHERE id = ?", loan_id)
        lines = "number, due_on, pay_by, principal, interest, subsidy, paid, open"
        return own + sql.run(
            f"SELECT {lines} FROM loan_instalment WHERE loan_id = ? AND "
            "(open OR principal + interest > 0) ORDER BY number",
            loan_id,
        )


def shown_of(desk: Desk, loan_id: int) -> tuple[Any, ...]:
    """Return all that a page shows of the money of a loan today, but not how it came about."""
    seen = desk.see(loan_id)
    return seen.plan, seen.standing, changed(seen.row, version=0), seen.exposure


def preview(desk: Desk, loan_id: int, fen: int, **more: Any) -> RepaymentPreview:
    form = RepaymentForm(**desk.money(loan_id), day=desk.today, fen=Fen(fen))
    return desk.world.ask("sun", preview_repayment, changed(form, **more))


def first_due(desk: Desk, loan_id: int) -> Fen:
    return desk.see(loan_id).plan[0].due


# Repayments


def test_an_instalment_is_paid_some_days_early_without_a_question(desk: Desk, loan_id: int) -> None:
    due = first_due(desk, loan_id)
    desk.pass_to(date(2026, 12, 18))
    shown = preview(desk, loan_id, due)
    assert (shown.due, shown.coming, shown.beyond, shown.over) == (0, due, 0, 0)
    assert [(each.number, each.part) for each in shown.lines] == [
        (1, OwedPart.INTEREST),
        (1, OwedPart.PRINCIPAL),
    ]
    assert sum(each.fen for each in shown.lines) == due
    assert not any(pair.changed for pair in shown.plan[1:])
    assert desk.pay(loan_id, due, document="流水 1") == 2
    seen = desk.see(loan_id)
    line = seen.plan[0]
    assert (line.state, line.left, line.paid_on) == (LineState.PAID, 0, date(2026, 12, 18))
    assert seen.row.outstanding == 10_000_000 - line.principal == shown.outstanding_after
    assert seen.row.next_due_on == date(2027, 1, 20)


def test_more_than_is_due_has_to_be_called_early(desk: Desk, loan_id: int) -> None:
    due = first_due(desk, loan_id)
    desk.pass_to(date(2026, 12, 20))
    shown = preview(desk, loan_id, due + 3_000_000)
    assert shown.beyond
    assert any(pair.changed for pair in shown.plan)
    with pytest.raises(BeyondDue) as told:
        desk.pay(loan_id, due + 3_000_000)
    assert "提前还款" in told.value.tell()
    desk.pay(loan_id, due + 3_000_000, early=True)
    seen = desk.see(loan_id)
    assert seen.row.outstanding == shown.outstanding_after
    assert sum(line.principal for line in seen.plan) == 10_000_000
    assert seen.exposure == (seen.row.outstanding * 4 * 2 + 5) // 10


def test_what_looks_like_the_same_payment_has_to_be_called_another(
    desk: Desk, loan_id: int
) -> None:
    desk.pass_to(date(2026, 12, 20))
    number = desk.pay(loan_id, 100_000, document="流水 7")
    assert preview(desk, loan_id, 100_000, document="流水 7").twice == (number,)
    assert preview(desk, loan_id, 100_000, document="流水 8").twice == ()
    with pytest.raises(PaidTwice):
        desk.pay(loan_id, 100_000, document="流水 7")
    with pytest.raises(PaidTwice):
        desk.pay(loan_id, 100_000)
    desk.pay(loan_id, 100_000, document="流水 8")
    desk.pay(loan_id, 100_000, document="流水 7", another=True)
    desk.change(loan_id, K.REVERSED, reverses=number)
    assert len(preview(desk, loan_id, 100_000, document="流水 7").twice) == 1


def test_a_payment_of_an_earlier_day_is_counted_as_if_entered_then(
    desk: Desk, loan_id: int
) -> None:
    other = desk.lent(desk.fund(name="另一基金"), id_number="239001197902141339")
    due = first_due(desk, loan_id)
    desk.pass_to(date(2026, 12, 20))
    desk.pay(other, due)
    desk.pass_to(date(2027, 2, 25))
    assert desk.see(loan_id).row.overdue_days == 67
    desk.pay(loan_id, due * 2)
    desk.pay(other, due * 2)
    assert kept(desk, loan_id) != kept(desk, other)
    shown = preview(desk, loan_id, due, day=date(2026, 12, 20))
    assert shown.back_dated
    desk.pay(loan_id, due, date(2026, 12, 20))
    assert kept(desk, loan_id)[1:] == kept(desk, other)[1:], "in whichever order it became known"
    with pytest.raises(NotYetLent):
        desk.pay(loan_id, due, date(2026, 11, 19), early=True)


def test_more_than_everything_is_refused(desk: Desk, loan_id: int) -> None:
    desk.pass_to(date(2026, 12, 1))
    all_of_it = desk.world.ask("sun", payoff, PayoffAsked(loan_id=loan_id, day=desk.today))
    assert all_of_it.total == all_of_it.principal + all_of_it.interest
    assert all_of_it.saved > 0
    assert "节省利息" in all_of_it.explained[-1]
    shown = preview(desk, loan_id, all_of_it.total + 1)
    assert (shown.over, shown.payoff) == (1, all_of_it.total)
    with pytest.raises(MoreThanOwed):
        desk.pay(loan_id, all_of_it.total + 1, early=True)
    assert preview(desk, loan_id, all_of_it.total).settles
    desk.pay(loan_id, all_of_it.total, early=True)
    seen = desk.see(loan_id)
    assert (seen.row.state, seen.row.next_due_on) == (LoanState.SETTLED, None)
    desk.pass_to(date(2026, 12, 2))
    with pytest.raises(ClosedAtBank):
        desk.pay(loan_id, 1)


def test_money_waits_for_the_lending_and_for_the_newest_page(desk: Desk) -> None:
    fund_id = desk.fund()
    waiting = desk.approved(fund_id)
    with pytest.raises(NotLent):
        desk.pay(waiting, 1)
    loan_id = desk.lent(fund_id, id_number="239001197902141339")
    stale = desk.money(loan_id)
    desk.pass_to(date(2026, 12, 20))
    desk.pay(loan_id, 1)
    form = RepaymentForm(**stale, day=desk.today, fen=Fen(1))
    with pytest.raises(Conflict):
        desk.world.do("sun", record_repayment, form)
    with pytest.raises(Refused):
        desk.world.do("qian", record_repayment, changed(form, **desk.money(loan_id)))


# What two people change


def test_a_reversed_payment_is_as_if_it_had_never_been(desk: Desk, loan_id: int) -> None:
    due = first_due(desk, loan_id)
    desk.pass_to(date(2027, 2, 3))
    before = shown_of(desk, loan_id)
    number = desk.pay(loan_id, due + 1_234_567, date(2026, 12, 20), early=True)
    assert shown_of(desk, loan_id) != before
    waits = desk.enter(loan_id, K.REVERSED, reverses=number)
    assert shown_of(desk, loan_id) != before, "it counts once a second person confirms it"
    shown = desk.world.ask("zhao", change_preview, ChangeAsked(id=waits))
    assert shown.after.outstanding == 10_000_000
    desk.world.do("qian", confirm_change, LoanChangeStep(id=waits, version=1))
    assert shown_of(desk, loan_id) == before
    row = desk.see(loan_id).events[-1]
    assert (row.reverses, row.entered_by != row.confirmed_by) == (number, True)
    assert desk.see(loan_id).events[1].reversed_by == row.number
    with pytest.raises(ImpossibleEvent):
        desk.enter(loan_id, K.REVERSED, reverses=number)


def test_a_change_is_confirmed_by_another_person_once(desk: Desk, loan_id: int) -> None:
    desk.pass_to(date(2026, 12, 20))
    number = desk.pay(loan_id, 1_000)
    change_id = desk.enter(loan_id, K.REVERSED, reverses=number)
    step = LoanChangeStep(id=change_id, version=1)
    with pytest.raises(Refused):
        desk.world.do("sun", confirm_change, step)
    with pytest.raises(ChangeWaits):
        desk.enter(loan_id, K.REVERSED, reverses=number)
    with raw(desk.world.office.path) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE loan_change SET entered_by = ?", desk.world.actor("zhao").id)
    with pytest.raises(SecondPersonNeeded):
        desk.world.do("zhao", confirm_change, step)
    desk.world.do("sun", withdraw_change, step)
    with pytest.raises(NotNow):
        desk.world.do("qian", confirm_change, changed(step, version=2))
    assert len(desk.see(loan_id).events) == 2


@pytest.mark.parametrize(
    ("kind", "more", "broken"),
    [
        (K.REPAID, {"fen": Fen(1)}, NotAChange),
        (K.LENT, {"fen": Fen(1)}, NotAChange),
        (K.REVERSED, {}, ChangeIncomplete),
        (K.REVERSED, {"reverses": 1, "fen": Fen(1)}, ChangeIncomplete),
        (K.REVERSED, {"reverses": 9}, ImpossibleEvent),
        (K.EXTENDED, {"fen": Fen(1)}, ChangeIncomplete),
        (K.EXTENDED, {"months": 6}, DocumentMissing),
        (K.EXTENDED, {"months": 13, "document": "展期合同"}, ExtensionTooLong),
        (K.COMPENSATED, {}, ChangeIncomplete),
        (K.COMPENSATED, {"fen": Fen(1)}, DocumentMissing),
        (K.COMPENSATED, {"fen": Fen(1), "document": "代偿通知书"}, NothingOverdue),
        (K.RECOVERED, {"fen": Fen(1)}, ChangeIncomplete),
        (K.RECOVERED, {"fen": Fen(1), "payer": Payer.BORROWER}, ImpossibleEvent),
        (K.WRITTEN_OFF, {"fen": Fen(1)}, DocumentMissing),
        (K.WRITTEN_OFF, {"fen": Fen(1), "document": "纪要 9 号"}, ImpossibleEvent),
    ],
)
def test_a_change_says_what_it_needs_and_no_more(
    desk: Desk, loan_id: int, kind: K, more: dict[str, Any], broken: type[Exception]
) -> None:
    form = ChangeForm(**desk.money(loan_id), kind=kind, day=desk.today, reason="x", **more)
    with pytest.raises(broken):
        desk.world.ask("sun", preview_change, form)
    with pytest.raises(broken):
        desk.enter(loan_id, kind, **more)


def test_an_extension_spreads_what_is_left_and_ends_its_subsidy(desk: Desk, loan_id: int) -> None:
    desk.pass_to(date(2026, 12, 1))
    form = ChangeForm(
        **desk.money(loan_id),
        kind=K.EXTENDED,
        day=desk.today,
        months=12,
        reason="经营困难，担保人同意",
        document="展期合同 3 号",
    )
    shown = desk.world.ask("sun", preview_change, form)
    assert (shown.before.ends_on, shown.after.ends_on) == (date(2028, 11, 20), date(2029, 11, 20))
    assert len(shown.plan) == 36
    assert shown.plan[-1].principal_before is None
    assert not any(pair.subsidy_after for pair in shown.plan[24:])
    desk.change(loan_id, K.EXTENDED, months=12, document="展期合同 3 号")
    assert desk.see(loan_id).row.ends_on == date(2029, 11, 20)
    with pytest.raises(ExtendedOften):
        desk.enter(loan_id, K.EXTENDED, months=1, document="再次展期")


def overdue(desk: Desk, loan_id: int) -> int:
    """Let a loan be four months late; return what the fund bears of all that is owed."""
    desk.pass_to(date(2027, 4, 25))
    owed = desk.world.ask("sun", payoff, PayoffAsked(loan_id=loan_id, day=desk.today)).total
    return (owed * 80 * 2 + 100) // 200


def test_the_fund_pays_for_the_borrower_and_gets_it_back(desk: Desk, loan_id: int) -> None:
    share = overdue(desk, loan_id)
    fund_id = desk.world.ask("qian", guarantee_fund_view, GuaranteeFundAsked(id=1)).row.id
    told = {"document": "代偿通知书 5 号"}
    with pytest.raises(MoreThanShare):
        desk.enter(loan_id, K.COMPENSATED, fen=Fen(share + 1), **told)
    desk.change(loan_id, K.COMPENSATED, fen=Fen(share), **told)
    seen = desk.see(loan_id)
    assert seen.row.state is LoanState.COMPENSATED
    assert (seen.row.outstanding, seen.row.owed_to_fund, seen.exposure) == (0, share, 0)
    assert seen.row.overdue_days == 0
    view = desk.world.ask("qian", guarantee_fund_view, GuaranteeFundAsked(id=fund_id))
    assert view.balance == 50_000_000 - share
    assert (view.row.owed, view.moves[-1].loan_number) == (share, seen.row.number)
    desk.pass_to(date(2027, 5, 6))
    with pytest.raises(ClosedAtBank):
        desk.pay(loan_id, 1_000)
    desk.recover(loan_id, 1_000_000)
    desk.recover(loan_id, 2_000_000, Payer.GUARANTOR)
    seen = desk.see(loan_id)
    assert seen.standing is not None
    assert (seen.row.owed_to_fund, seen.standing.recovered) == (share - 3_000_000, 3_000_000)
    wrong = seen.events[-1].number
    desk.change(loan_id, K.REVERSED, reverses=wrong)
    assert desk.see(loan_id).row.owed_to_fund == share - 1_000_000
    desk.recover(loan_id, share - 1_000_000)
    assert desk.see(loan_id).row.state is LoanState.SETTLED
    view = desk.world.ask("qian", guarantee_fund_view, GuaranteeFundAsked(id=fund_id))
    assert (view.balance, view.row.owed) == (50_000_000, 0)


def test_the_part_of_the_fund_is_offered_with_how_it_comes_about(desk: Desk, loan_id: int) -> None:
    share = overdue(desk, loan_id)
    asked = PayoffAsked(loan_id=loan_id, day=desk.today)
    owed = desk.world.ask("sun", payoff, asked).total
    part = desk.world.ask("sun", fund_part, asked)
    assert part.most == share < owed
    for words in ("80%", yuan_text(owed), yuan_text(share), yuan_text(Fen(owed - share))):
        assert words in part.explained
    desk.change(loan_id, K.COMPENSATED, fen=part.most, document="代偿通知书 5 号")


def test_recovering_from_a_guarantor_before_the_borrower_was_asked_is_warned_of(
    desk: Desk, loan_id: int
) -> None:
    def warned(payer: Payer) -> str:
        form = ChangeForm(
            **desk.money(loan_id),
            kind=K.RECOVERED,
            day=desk.today,
            fen=Fen(1_000),
            payer=payer,
            reason="保证人主动代还",
        )
        return desk.world.ask("sun", preview_change, form).warns

    share = overdue(desk, loan_id)
    desk.change(loan_id, K.COMPENSATED, fen=Fen(share), document="代偿通知书 5 号")
    assert "陈示例" in warned(Payer.GUARANTOR)
    assert not warned(Payer.BORROWER)
    change_id = desk.enter(
        loan_id, K.RECOVERED, fen=Fen(1_000), payer=Payer.GUARANTOR
    )  # the warning can be passed: the reason says why
    assert desk.world.ask("zhao", change_preview, ChangeAsked(id=change_id)).warns
    desk.world.do("zhao", confirm_change, LoanChangeStep(id=change_id, version=1))
    desk.recover(loan_id, 1_000)
    assert not warned(Payer.GUARANTOR)


def test_a_notice_to_the_borrower_shows_that_they_were_asked(desk: Desk, loan_id: int) -> None:
    share = overdue(desk, loan_id)
    desk.world.do("sun", issue_overdue_notice, NoticePaper(loan_id=loan_id, side_id=None))
    desk.change(loan_id, K.COMPENSATED, fen=Fen(share), document="代偿通知书 5 号")
    change_id = desk.enter(loan_id, K.RECOVERED, fen=Fen(1_000), payer=Payer.GUARANTOR)
    assert not desk.world.ask("zhao", change_preview, ChangeAsked(id=change_id)).warns


def test_a_reversed_compensation_leads_back_to_the_bank(desk: Desk, loan_id: int) -> None:
    share = overdue(desk, loan_id)
    before = shown_of(desk, loan_id)
    desk.change(loan_id, K.COMPENSATED, fen=Fen(share), document="代偿通知书 5 号")
    number = desk.see(loan_id).events[-1].number
    desk.change(loan_id, K.REVERSED, reverses=number)
    assert shown_of(desk, loan_id) == before
    assert desk.see(loan_id).row.state is LoanState.REPAYING
    view = desk.world.ask("qian", guarantee_fund_view, GuaranteeFundAsked(id=1))
    assert view.balance == 50_000_000


def test_what_cannot_be_recovered_is_written_off_with_minutes(desk: Desk, loan_id: int) -> None:
    share = overdue(desk, loan_id)
    desk.change(loan_id, K.COMPENSATED, fen=Fen(share), document="代偿通知书 5 号")
    desk.recover(loan_id, 500_000)
    with pytest.raises(MoreThanOwed):
        desk.enter(loan_id, K.WRITTEN_OFF, fen=Fen(share), document="纪要〔2027〕2 号")
    rest = Fen(share - 500_000)
    desk.change(loan_id, K.WRITTEN_OFF, fen=rest, document="纪要〔2027〕2 号")
    seen = desk.see(loan_id)
    assert (seen.row.state, seen.row.owed_to_fund) == (LoanState.WRITTEN_OFF, 0)
    desk.pass_to(date(2027, 6, 1))
    desk.recover(loan_id, 1_000, Payer.COLLATERAL)
    assert desk.see(loan_id).row.state is LoanState.WRITTEN_OFF
    desk.recover(loan_id, rest - 1_000)
    assert desk.see(loan_id).row.state is LoanState.SETTLED


# Checks


def check_form(desk: Desk, loan_id: int, **more: Any) -> LoanCheckForm:
    due = desk.see(loan_id).checks[0]
    form = LoanCheckForm(
        id=due.id, version=due.version, done_on=desk.today, result=CheckResult.IN_ORDER, jobs=2
    )
    return changed(form, **more)


def test_a_check_makes_the_next_one_due(desk: Desk, loan_id: int) -> None:
    desk.pass_to(date(2026, 12, 28))
    assert desk.see(loan_id).checks[0].overdue
    with pytest.raises(FindingsNeeded):
        desk.world.do("sun", do_check, check_form(desk, loan_id, result=CheckResult.CONCERN))
    form = check_form(desk, loan_id)
    desk.world.do("sun", do_check, form)
    newest, done = desk.see(loan_id).checks
    assert (newest.due_on, newest.result) == (date(2027, 1, 28), None)
    assert (done.result, done.jobs, done.done_on) == (CheckResult.IN_ORDER, 2, desk.today)
    with pytest.raises(CheckDone):
        desk.world.do("sun", do_check, changed(form, version=done.version))


def test_misuse_ends_the_subsidy_once(desk: Desk, loan_id: int) -> None:
    desk.pass_to(date(2026, 12, 28))
    due = first_due(desk, loan_id)
    desk.pay(loan_id, due, date(2026, 12, 20))
    told = {"result": CheckResult.MISUSE, "findings": "用于购房"}
    desk.world.do("sun", do_check, check_form(desk, loan_id, **told))
    seen = desk.see(loan_id)
    assert [event.kind for event in seen.events] == [K.LENT, K.REPAID, K.MISUSED]
    assert seen.plan[0].subsidy
    assert not any(line.subsidy for line in seen.plan[2:])
    desk.pass_to(desk.today + timedelta(days=31))
    desk.world.do("sun", do_check, check_form(desk, loan_id, **told))
    assert len(desk.see(loan_id).events) == 3
    desk.change(loan_id, K.REVERSED, reverses=3)
    assert all(line.subsidy for line in desk.see(loan_id).plan[3:])


def test_interest_alone_with_principal_at_the_end(desk: Desk) -> None:
    loan_id = desk.lent(desk.fund(), terms={"method": RepaymentMethod.QUARTERLY_INTEREST})
    plan = desk.see(loan_id).plan
    assert [line.principal for line in plan] == [0] * 7 + [10_000_000]
    assert [line.state for line in plan] == [LineState.OPEN] * 8
    with pytest.raises(BeyondDue):
        desk.pay(loan_id, plan[0].due)
    desk.pass_to(date(2027, 2, 15))
    desk.pay(loan_id, plan[0].due)
    assert values(desk.see(loan_id).plan[0])["state"] is LineState.PAID
