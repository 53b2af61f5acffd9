"""The lists of the loan desk: due, overdue, checks, steps, second persons; and a household's loans
when it is merged or somebody moves."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.loans import LoanEventKind, LoanState
from app.loans.queries import loan_rows
from app.loans.records import EndForm, LoanQuery
from app.loans.steps import withdraw_loan
from app.loans.view_records import LoanList, LoanSort, WorkPage, WorkQuery
from app.loans.worklists import loan_counts, loan_work, waiting
from tests.borrowing import Desk
from tests.filled import raw
from tests.people import id_number
from tests.world import World


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def listed(desk: Desk, which: LoanList, **more: Any) -> WorkPage:
    return desk.world.ask("sun", loan_work, WorkQuery(list=which, **more))


def ids(page: WorkPage) -> list[int]:
    return [row.loan_id for row in page.rows]


def counts(desk: Desk) -> dict[LoanList, int]:
    found = desk.world.ask("sun", loan_counts, Nothing())
    return {each.list: each.count for each in found.lists if each.count}


def three(desk: Desk) -> tuple[int, int, int]:
    """Return three loans lent ten days after each other, of different sums."""
    fund_id = desk.fund()
    made: list[int] = []
    for order, fen in enumerate((10_000_000, 6_000_000, 8_000_000)):
        number = id_number(31 + 2 * order)
        name = ("丙示例", "甲示例", "乙示例")[order]
        made.append(desk.lent(fund_id, id_number=number, name=name, asked=Fen(fen)))
        desk.pass_to(desk.today + timedelta(days=10))
    return made[0], made[1], made[2]


def test_what_is_due_moves_to_the_overdue_lists_as_days_pass(desk: Desk) -> None:
    one, two, three_ = three(desk)
    desk.pass_to(date(2026, 12, 16))
    page = listed(desk, LoanList.DUE)
    assert [(row.loan_id, row.days, row.lines) for row in page.rows] == [(one, 4, 1)]
    assert page.amount == page.rows[0].amount == desk.see(one).plan[0].due
    desk.pass_to(date(2026, 12, 21))
    assert ids(listed(desk, LoanList.OVERDUE_30)) == [one]
    desk.pass_to(date(2027, 1, 19))
    assert ids(listed(desk, LoanList.OVERDUE_30)) == [one, two, three_]
    assert [row.days for row in listed(desk, LoanList.OVERDUE_30).rows] == [30, 20, 9]
    desk.pass_to(date(2027, 1, 20))
    assert ids(listed(desk, LoanList.OVERDUE_90)) == [one]
    assert ids(listed(desk, LoanList.DUE)) == [one], "its second line can still be paid in time"
    desk.pass_to(date(2027, 3, 21))
    late = listed(desk, LoanList.OVERDUE_MORE)
    assert [(row.loan_id, row.days, row.lines) for row in late.rows] == [(one, 91, 4)]
    assert late.rows[0].phone == "154****2222"
    assert desk.see(one).row.overdue_days == 91
    desk.pay(one, desk.see(one).plan[0].left + desk.see(one).plan[1].left)
    assert ids(listed(desk, LoanList.OVERDUE_MORE)) == []
    assert one in ids(listed(desk, LoanList.OVERDUE_30)), "since its third line of 20 February"


def test_a_list_is_sorted_searched_and_paged_by_the_store(desk: Desk) -> None:
    one, two, three_ = three(desk)
    desk.pass_to(date(2027, 1, 19))
    overdue = LoanList.OVERDUE_30
    assert ids(listed(desk, overdue, sort=LoanSort.AMOUNT)) == [two, three_, one]
    assert ids(listed(desk, overdue, sort=LoanSort.AMOUNT, descending=True)) == [one, three_, two]
    assert ids(listed(desk, overdue, sort=LoanSort.NUMBER, descending=True)) == [three_, two, one]
    assert len(ids(listed(desk, overdue, sort=LoanSort.NAME))) == 3
    assert len(ids(listed(desk, overdue, sort=LoanSort.BANK))) == 3
    page = listed(desk, overdue, offset=1, limit=1)
    assert (ids(page), page.total) == ([two], 3)
    assert ids(listed(desk, overdue, text="丙")) == [one]
    assert ids(listed(desk, overdue, text="贷2026-0002")) == [two]
    assert ids(listed(desk, overdue, text=id_number(35))) == [three_]
    assert listed(desk, overdue, text="丙").amount < page.amount
    rows = desk.world.ask("zhou", loan_rows, LoanQuery(states=(LoanState.REPAYING,), limit=2))
    assert ([row.id for row in rows.rows], rows.total) == ([three_, two], 3)
    assert [row.overdue_days for row in rows.rows] == [9, 20]


def test_steps_wait_by_their_deadline_and_checks_by_their_day(desk: Desk) -> None:
    first = desk.enquired(id_number=id_number(41))
    desk.pass_to(date(2026, 11, 24))
    second = desk.enquired(id_number=id_number(43))
    desk.check(first)
    assert ids(listed(desk, LoanList.STEPS, step=LoanState.CHECKED)) == [second]
    assert ids(listed(desk, LoanList.STEPS, step=LoanState.RECOMMENDED)) == [first]
    page = listed(desk, LoanList.STEPS)
    days = [row.day for row in page.rows]
    assert days == sorted(day for day in days if day)
    assert [row.days for row in page.rows if row.loan_id == second] == [5]
    desk.pass_to(date(2027, 1, 4))
    assert desk.world.ask("sun", loan_counts, Nothing()).steps_overdue == 2
    for each in (first, second):
        desk.world.do("sun", withdraw_loan, EndForm(**desk.at(each), reason="不办了"))
    assert counts(desk) == {}
    lent = desk.lent(desk.fund(), id_number=id_number(45))
    desk.pass_to(date(2027, 1, 28))
    assert LoanList.CHECKS not in counts(desk)
    desk.pass_to(date(2027, 2, 6))
    page = listed(desk, LoanList.CHECKS)
    assert [(row.loan_id, row.days) for row in page.rows] == [(lent, -2)]


def test_a_change_waits_for_somebody_else(desk: Desk) -> None:
    loan_id = desk.lent(desk.fund())
    number = desk.pay(loan_id, 1_000, early=True)
    change_id = desk.enter(loan_id, LoanEventKind.REVERSED, reverses=number)
    (row,) = listed(desk, LoanList.SECOND_PERSON).rows
    assert (row.id, row.loan_id, row.version) == (change_id, loan_id, 1)
    assert (row.change, row.mine, row.days) == (LoanEventKind.REVERSED, True, None)
    asked = WorkQuery(list=LoanList.SECOND_PERSON)
    assert not desk.world.ask("zhao", loan_work, asked).rows[0].mine
    assert counts(desk) == {LoanList.SECOND_PERSON: 1}


@pytest.mark.parametrize(
    ("which", "index"),
    [
        (LoanList.DUE, "ix_loan_instalment_open"),
        (LoanList.OVERDUE_30, "ix_loan_instalment_open"),
        (LoanList.OVERDUE_MORE, "ix_loan_instalment_open"),
        (LoanList.CHECKS, "ix_loan_check_due"),
        (LoanList.STEPS, "ix_loan_state"),
        (LoanList.SECOND_PERSON, "ix_loan_change_state"),
    ],
)
def test_a_list_is_a_read_of_an_index(world: World, which: LoanList, index: str) -> None:
    waits = waiting(which, world.clock.today(), None)
    statement = select(waits.c.loan_id).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    with raw(world.office.path) as sql:
        plan = [row[-1] for row in sql.run(f"EXPLAIN QUERY PLAN {statement}")]
    assert any(index in line for line in plan), plan
