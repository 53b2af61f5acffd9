"""Follow-ups after one, three and six months: when they fall due, what an answer does, the list."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid, NotNow, Refused
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.placements import (
    FollowUpResult,
    PlacementState,
    Proof,
    SeekerState,
)
from app.placements.following_up import tell_follow_up
from app.placements.job_worklists import follow_ups_due, job_counts
from app.placements.placement_records import (
    FollowUpDue,
    FollowUpForm,
    FollowUpQuery,
    LeaveForm,
    PlacementById,
    PlacementView,
)
from app.placements.placement_rules import (
    ASK_AGAIN,
    AskedTooEarly,
    LeftBeforeStart,
    NoneDue,
    asked_again_on,
    at_work,
    follow_ups_of,
    open_of,
)
from app.placements.placing import leave_job, take_back_leaving
from app.reference.job_rules import rules_on
from app.reference.workdays import workdays_left
from db.engine import sqlcipher
from tests.filled import raw
from tests.hiring import JobDesk
from tests.world import World, changed

AT_WORK, LEFT, NOT_REACHED = FollowUpResult.AT_WORK, FollowUpResult.LEFT, FollowUpResult.NOT_REACHED
DAY = timedelta(days=1)
DAYS = st.dates(date(2012, 1, 1), date(2040, 12, 31))


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


def ask(
    desk: JobDesk, placement_id: int, result: FollowUpResult = AT_WORK, **over: Any
) -> PlacementView:
    version = desk.see_placement(placement_id).row.version
    form = FollowUpForm(id=placement_id, version=version, done_on=desk.today, result=result)
    desk.world.do("li", tell_follow_up, changed(form, **over))
    return desk.see_placement(placement_id)


def told(view: PlacementView) -> list[tuple[int, FollowUpResult]]:
    return [(each.month, each.result) for each in view.follow_ups]


def due(desk: JobDesk, user: str = "li", **asked: Any) -> list[FollowUpDue]:
    return desk.world.ask(user, follow_ups_due, changed(FollowUpQuery(), **asked))


# When they fall due


@pytest.mark.parametrize(
    ("started_on", "days"),
    [
        (date(2026, 11, 20), ["2026-12-20", "2027-02-20", "2027-05-20"]),
        (date(2027, 1, 31), ["2027-02-28", "2027-04-30", "2027-07-31"]),
        (date(2028, 1, 30), ["2028-02-29", "2028-04-30", "2028-07-30"]),
        (date(2026, 8, 31), ["2026-09-30", "2026-11-30", "2027-02-28"]),
        (date(2026, 12, 1), ["2027-01-01", "2027-03-01", "2027-06-01"]),
    ],
)
def test_they_fall_due_after_one_three_and_six_months(started_on: date, days: list[str]) -> None:
    assert [each.on.isoformat() for each in follow_ups_of(started_on)] == days


@given(DAYS)
def test_each_falls_due_in_its_month_and_not_before_the_day(started_on: date) -> None:
    found = follow_ups_of(started_on)
    assert tuple(each.month for each in found) == rules_on(started_on).follow_ups.months
    for month, on in found:
        passed = (on.year - started_on.year) * 12 + on.month - started_on.month
        assert passed == month
        assert on.day == started_on.day or (on + DAY).day == 1 > on.day - started_on.day


@given(DAYS, DAYS)
def test_a_late_answer_stands_for_all_that_has_come_and_for_nothing_else(
    started_on: date, asked_on: date
) -> None:
    open_ = open_of(started_on, 1)
    answered = at_work(open_, asked_on)
    assert [each.due for each in answered] == open_[: len(answered)]
    assert all(each.due.on <= asked_on for each in answered)
    assert all(each.on > asked_on for each in open_[len(answered) :])


@given(DAYS)
def test_who_was_not_reached_is_asked_again_some_working_days_later(day: date) -> None:
    assert workdays_left(day, asked_again_on(day)) == ASK_AGAIN


# What an answer does


def test_a_placement_is_asked_after_one_three_and_six_months(desk: JobDesk) -> None:
    placement_id = desk.hire()
    for month, on in follow_ups_of(date(2026, 11, 20)):
        row = desk.see_placement(placement_id).row
        assert (row.next_follow_up_month, row.next_follow_up_on) == (month, on)
        desk.pass_to(on)
        ask(desk, placement_id, wage=Fen(300_000 + month), note=" 稳定 ")
    view = desk.see_placement(placement_id)
    assert told(view) == [(1, AT_WORK), (3, AT_WORK), (6, AT_WORK)]
    assert [each.wage for each in view.follow_ups] == [300_001, 300_003, 300_006]
    assert {(each.note, each.done_by) for each in view.follow_ups} == {("稳定", "李强")}
    assert all(each.due_on == each.done_on for each in view.follow_ups)
    assert (view.row.next_follow_up_on, view.row.next_follow_up_month) == (None, None)
    assert view.row.state is PlacementState.WORKING
    with pytest.raises(NoneDue):
        ask(desk, placement_id)


def test_the_first_may_be_the_last_of_the_month(desk: JobDesk) -> None:
    placement_id = desk.hire(started_on=date(2027, 1, 31))
    assert desk.see_placement(placement_id).row.next_follow_up_on == date(2027, 2, 28)


def test_a_late_call_answers_for_the_months_it_came_too_late_for(desk: JobDesk) -> None:
    placement_id = desk.hire()
    desk.pass_to(date(2027, 3, 1))
    view = ask(desk, placement_id, wage=Fen(310_000), note="一直在岗")
    assert told(view) == [(1, AT_WORK), (3, AT_WORK)]
    assert [each.wage for each in view.follow_ups] == [None, 310_000]
    assert [each.note for each in view.follow_ups] == ["", "一直在岗"]
    assert [each.due_on for each in view.follow_ups] == [date(2026, 12, 20), date(2027, 2, 20)]
    assert (view.row.next_follow_up_month, view.row.next_follow_up_on) == (6, date(2027, 5, 20))


def test_nobody_is_at_work_for_a_month_before_it_has_passed(desk: JobDesk) -> None:
    placement_id = desk.hire()
    desk.pass_to(date(2026, 12, 19))
    with pytest.raises(AskedTooEarly):
        ask(desk, placement_id)
    desk.pass_to(date(2026, 12, 20))
    with pytest.raises(AskedTooEarly):
        ask(desk, placement_id, done_on=date(2026, 12, 19))
    assert told(ask(desk, placement_id)) == [(1, AT_WORK)]


def test_who_was_not_reached_is_asked_again_for_the_same_month(desk: JobDesk) -> None:
    placement_id = desk.hire()
    desk.pass_to(date(2026, 12, 21))
    for again in (date(2026, 12, 28), date(2027, 1, 5)):
        view = ask(desk, placement_id, NOT_REACHED, note="无人接听")
        assert (view.row.next_follow_up_month, view.row.next_follow_up_on) == (1, again)
        assert due(desk) == []
        desk.pass_to(again)
    (row,) = due(desk)
    assert (row.month, row.due_on, row.days, row.not_reached) == (1, date(2027, 1, 5), 0, 2)
    view = ask(desk, placement_id)
    assert told(view) == [(1, NOT_REACHED), (1, NOT_REACHED), (1, AT_WORK)]
    assert (view.row.next_follow_up_month, view.row.next_follow_up_on) == (3, date(2027, 2, 20))


def test_a_call_before_its_day_that_reaches_nobody_moves_nothing(desk: JobDesk) -> None:
    placement_id = desk.hire()
    view = ask(desk, placement_id, NOT_REACHED)
    assert (view.row.next_follow_up_month, view.row.next_follow_up_on) == (1, date(2026, 12, 20))


def test_who_left_looks_for_work_again(desk: JobDesk) -> None:
    seeker_id = desk.seeker()
    placement_id = desk.hire(seeker_id)
    desk.pass_to(date(2027, 3, 1))
    view = ask(desk, placement_id, LEFT, left_on=date(2027, 1, 10), reason="工资低")
    assert told(view) == [(1, AT_WORK), (3, LEFT)]
    assert (view.row.state, view.row.left_on) == (PlacementState.LEFT, date(2027, 1, 10))
    assert (view.row.end_reason, view.row.next_follow_up_on) == ("工资低", None)
    seeker = desk.see(seeker_id).row
    assert (seeker.state, seeker.valid_until) == (SeekerState.SEEKING, date(2027, 9, 1))
    with pytest.raises(NotNow):
        ask(desk, placement_id)


@pytest.mark.parametrize(
    ("left_on", "answers"),
    [
        (date(2026, 12, 20), [(1, LEFT)]),
        (date(2026, 12, 21), [(1, AT_WORK), (3, LEFT)]),
        (date(2027, 5, 20), [(1, AT_WORK), (3, AT_WORK), (6, LEFT)]),
        (date(2027, 5, 21), [(1, AT_WORK), (3, AT_WORK), (6, AT_WORK)]),
    ],
)
def test_the_day_somebody_left_tells_how_long_they_were_there(
    desk: JobDesk, left_on: date, answers: list[tuple[int, FollowUpResult]]
) -> None:
    placement_id = desk.hire()
    desk.pass_to(date(2027, 6, 1))
    assert told(ask(desk, placement_id, LEFT, left_on=left_on)) == answers


def test_leaving_told_without_a_call_tells_as_much(desk: JobDesk) -> None:
    placement_id = desk.hire()
    desk.pass_to(date(2027, 3, 1))
    version = desk.see_placement(placement_id).row.version
    form = LeaveForm(id=placement_id, version=version, left_on=date(2027, 2, 21), reason="到期")
    desk.world.do("li", leave_job, form)
    assert told(desk.see_placement(placement_id)) == [(1, AT_WORK), (3, AT_WORK)]
    desk.world.do("li", take_back_leaving, PlacementById(id=placement_id))
    row = desk.see_placement(placement_id).row
    assert (row.next_follow_up_month, row.next_follow_up_on) == (6, date(2027, 5, 20))


@pytest.mark.parametrize(
    ("result", "over", "field"),
    [
        (LEFT, {}, "left_on"),
        (LEFT, {"left_on": date(2026, 12, 21), "done_on": date(2026, 12, 20)}, "left_on"),
        (LEFT, {"left_on": date(2026, 12, 26)}, "left_on"),
        (AT_WORK, {"left_on": date(2026, 12, 21)}, "left_on"),
        (NOT_REACHED, {"left_on": date(2026, 12, 21)}, "left_on"),
        (AT_WORK, {"done_on": date(2026, 12, 26)}, "done_on"),
        (NOT_REACHED, {"done_on": date(2026, 11, 19)}, "done_on"),
        (AT_WORK, {"wage": Fen(0)}, "wage"),
    ],
)
def test_an_answer_that_cannot_be_is_not_kept(
    desk: JobDesk, result: FollowUpResult, over: dict[str, Any], field: str
) -> None:
    placement_id = desk.hire()
    desk.pass_to(date(2026, 12, 25))
    with pytest.raises(Invalid) as invalid:
        ask(desk, placement_id, result, **over)
    assert [problem.field for problem in invalid.value.problems] == [field]
    assert told(desk.see_placement(placement_id)) == []


def test_nobody_left_before_they_began(desk: JobDesk) -> None:
    placement_id = desk.hire()
    desk.pass_to(date(2026, 12, 25))
    with pytest.raises(LeftBeforeStart):
        ask(desk, placement_id, LEFT, left_on=date(2026, 11, 19))
    assert told(desk.see_placement(placement_id)) == []


# The list


def test_the_list_shows_what_is_due_the_oldest_first(desk: JobDesk) -> None:
    first = desk.hire(wage=Fen(320_000), proof=Proof.CONTRACT, proof_words="劳字 1")
    desk.pass_to(date(2026, 11, 25))
    second = desk.found(desk.seeker(name="上官示例"))
    assert due(desk) == []
    assert [row.id for row in due(desk, until=date(2026, 12, 25))] == [first, second]
    desk.pass_to(date(2026, 12, 24))
    (row,) = due(desk, "wang")
    assert (row.id, row.month, row.due_on, row.days) == (first, 1, date(2026, 12, 20), 4)
    assert (row.phone, row.employer_phone) == ("154****7777", "154****8888")
    assert (row.employer, row.occupation, row.wage) == ("示例餐饮1店", "厨师", 320_000)
    assert (row.proof, row.not_reached) == (Proof.CONTRACT, 0)
    assert desk.world.ask("li", job_counts, Nothing()).follow_ups == 1
    desk.pass_to(date(2026, 12, 25))
    (_, other) = due(desk)
    assert (other.id, other.employer_phone, other.days) == (second, "", 0)
    assert [row.id for row in due(desk, text="上官")] == [second]
    assert [row.id for row in due(desk, text="示例洗衣")] == [second]
    assert [row.id for row in due(desk, offset=1, limit=1)] == [second]
    assert due(desk, month=3) == []
    ask(desk, first)
    assert [row.id for row in due(desk)] == [second]
    desk.pass_to(date(2027, 2, 20))
    assert [row.id for row in due(desk, month=3)] == [first]


def test_a_follow_up_is_the_job_officers(desk: JobDesk) -> None:
    placement_id = desk.hire()
    form = FollowUpForm(id=placement_id, version=1, done_on=desk.today, result=NOT_REACHED)
    for user in ("wang", "zhao", "sun", "qian", "zhou"):
        with pytest.raises(Refused):
            desk.world.do(user, tell_follow_up, form)


@pytest.mark.parametrize(
    ("guard", "statement"),
    [
        ("follow_up_kept", "DELETE FROM follow_up"),
        ("follow_up_fixed", "UPDATE follow_up SET result = 'at_work'"),
        ("follow_up_fixed", "UPDATE follow_up SET month = 6"),
    ],
)
def test_the_store_itself_keeps_what_was_told(
    desk: JobDesk, store: Path, guard: str, statement: str
) -> None:
    ask(desk, desk.hire(), NOT_REACHED)
    with raw(store) as sql, pytest.raises(sqlcipher.DatabaseError, match=guard):
        sql.run(statement)
