"""What stands beside the events of a loan is what they make: checked, and found when altered; and
a loan follows its borrower's file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.core.words.loans import LoanState
from app.households.merging import merge_households, undo_change
from app.households.merging_queries import compare_households
from app.households.merging_records import (
    MergeForm,
    MoveForm,
    PairQuery,
    SamePerson,
    UndoForm,
)
from app.households.moving_people import move_member
from app.households.queries import household_view
from app.households.records import ById, MemberForm
from app.loans.queries import loan_rows
from app.loans.records import LoanQuery
from app.reports.loan_findings import loan_findings
from tests.borrowing import Desk
from tests.filled import Raw, raw
from tests.people import household, id_number, intake, member
from tests.world import World, open_world


@pytest.fixture
def alter(filled: Path) -> Callable[[str], list[tuple[str, str]]]:
    """Alter a store with the guards off and tell what the check finds of its loans."""

    def run(statement: str) -> list[tuple[str, str]]:
        with raw(filled) as sql:
            sql.switch_off_the_guards()
            sql.run("PRAGMA ignore_check_constraints = ON")
            sql.run(statement)
        world = open_world(filled)
        try:
            with world.office.engines.writer.begin() as connection:
                found = list(loan_findings(Session(connection)))
            return [(each.row, each.says) for each in found]
        finally:
            world.office.close()

    return run


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE loan SET outstanding = outstanding - 1 WHERE state = 'repaying'", "outstanding"),
        ("UPDATE loan SET exposure = 1 WHERE state = 'repaying'", "exposure"),
        ("UPDATE loan SET owed_to_fund = 0 WHERE state = 'compensated'", "owed_to_fund"),
        ("UPDATE loan SET state = 'settled' WHERE state = 'compensated'", "state"),
        ("UPDATE loan SET overdue_since = NULL WHERE state = 'repaying'", "overdue_since"),
        ("UPDATE loan SET exposure = 7 WHERE state = 'enquired'", "没有放款"),
        ("UPDATE loan SET counted_on = NULL WHERE state = 'repaying'", "没有核算"),
        ("UPDATE loan SET terms = '{}' WHERE state = 'repaying'", "被改动"),
        ("UPDATE loan_event SET fen = fen - 1 WHERE number = 2 AND loan_id = 2", "与资金记录不符"),
        ("DELETE FROM loan_event WHERE number = 2 AND loan_id = 2", "缺少"),
        ("UPDATE loan_instalment SET paid = 0 WHERE number = 1 AND loan_id = 2", "还款计划"),
        ("UPDATE loan_instalment SET open = 0 WHERE number = 3 AND loan_id = 2", "还款计划"),
        ("DELETE FROM loan_instalment WHERE number = 24 AND loan_id = 2", "还款计划"),
    ],
)
def test_what_was_altered_is_found(
    alter: Callable[[str], list[tuple[str, str]]], statement: str, says: str
) -> None:
    found = alter(statement)
    assert len(found) == 1
    assert says in found[0][1]


def test_a_sound_store_has_no_finding(
    alter: Callable[[str], list[tuple[str, str]]],
) -> None:
    assert alter("SELECT 1") == []


def home_of(sql: Raw, loan_id: int) -> tuple[int, int]:
    return sql.run("SELECT household_id, member_id FROM loan WHERE id = ?", loan_id)[0]


def register(world: World, name: str, order: int, *members: MemberForm) -> int:
    return world.accept(intake(household(name, order, members=members))).household_id


def test_a_loan_follows_its_borrower_when_files_are_merged_and_back(world: World) -> None:
    desk = Desk(world)
    keep, other = register(world, "单示例", 2), register(world, "别示例", 12)
    number = id_number(12)
    loan_id = desk.enquired(id_number=number, name="别示例")
    with raw(world.office.path) as sql:
        before = home_of(sql, loan_id)
    assert before[0] == other
    seen = world.ask("wang", compare_households, PairQuery(keep_id=keep, other_id=other))
    assert "贷款" in {each.label for each in seen.follows}
    form = MergeForm(
        keep_id=keep,
        keep_version=seen.keep.version,
        give_up_id=other,
        give_up_version=seen.other.version,
        reason="同一户",
        same=(SamePerson(kept_id=seen.keep.members[0].id, other_id=seen.other.members[0].id),)
        if seen.pairs
        else (),
    )
    change = world.do("wang", merge_households, form)
    rows = world.ask("sun", loan_rows, LoanQuery(household_id=keep)).rows
    assert [row.id for row in rows] == [loan_id]
    world.do("wang", undo_change, UndoForm(change_id=change, reason="并错了"))
    with raw(world.office.path) as sql:
        assert home_of(sql, loan_id) == before
    assert desk.see(loan_id).row.state is LoanState.ENQUIRED


def test_a_loan_goes_with_the_member_who_took_it_out(world: World) -> None:
    desk = Desk(world)
    order = 41
    there = register(world, "单示例", 2, member("子示例", order))
    to = register(world, "别示例", 12)
    loan_id = desk.enquired(id_number=id_number(order, "20100101"), name="子示例")
    old, new = (world.ask("wang", household_view, ById(id=each)) for each in (there, to))
    form = MoveForm(
        household_id=there,
        version=old.version,
        member_id=old.members[1].id,
        to_id=to,
        to_version=new.version,
        reason="另住",
        relation="其他",
        joined_on=world.clock.today(),
    )
    change = world.do("wang", move_member, form)
    with raw(world.office.path) as sql:
        assert home_of(sql, loan_id) == (to, old.members[1].id)
    world.do("wang", undo_change, UndoForm(change_id=change, reason="没有搬"))
    with raw(world.office.path) as sql:
        assert home_of(sql, loan_id) == (there, old.members[1].id)
