"""Training: courses and their seats, one free one by voucher, certificates, work after it."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.core.days import months_after
from app.core.errors import Conflict, Invalid, NotNow, Refused
from app.core.words.papers import PaperKind, PaperState
from app.core.words.placements import CourseState, EnrolmentState, VoucherState
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery
from app.placements.seeker_records import SeekerEndForm
from app.placements.seekers import withdraw_seeker
from app.placements.training import (
    cancel_course,
    change_course,
    end_course,
    open_course,
    reopen_course,
    take_back_training_result,
    tell_enrolment,
)
from app.placements.training_queries import (
    course_count,
    course_rows,
    enrolment_rows,
    voucher_count,
    voucher_rows,
)
from app.placements.training_records import (
    CourseCancelForm,
    CourseChangeForm,
    CourseQuery,
    CourseRow,
    CourseStep,
    EnrolmentBackForm,
    EnrolmentQuery,
    EnrolmentResultForm,
    EnrolmentRow,
    VoucherQuery,
    VoucherRow,
    VoucherVoidForm,
)
from app.placements.training_rules import (
    CompletedBeforeStart,
    CourseClosed,
    CourseFull,
    CourseHasResults,
    CourseRuns,
    EnrolledAlready,
    NoResult,
    ResultThere,
    SeatsTaken,
    SeekerGone,
    VoucherGone,
    VoucherLive,
    VoucherNotTheirs,
    VoucherRunOut,
    counts_until,
    voucher_valid_until,
)
from app.placements.vouchers import void_voucher
from tests.hiring import JobDesk, course_form
from tests.people import id_number
from tests.world import World, changed

DAY = timedelta(days=1)


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


def seat(desk: JobDesk, seat_id: int) -> EnrolmentRow:
    rows = desk.world.ask("li", enrolment_rows, EnrolmentQuery())
    return next(row for row in rows if row.id == seat_id)


def tell(desk: JobDesk, seat_id: int, state: EnrolmentState, **over: Any) -> None:
    form = EnrolmentResultForm(id=seat_id, version=seat(desk, seat_id).version, state=state)
    desk.world.do("li", tell_enrolment, changed(form, **over))


def complete(desk: JobDesk, seat_id: int, **over: Any) -> None:
    told = {"completed_on": desk.today, "certificate": "初级 0012", **over}
    tell(desk, seat_id, EnrolmentState.COMPLETED, **told)


def take_back(desk: JobDesk, seat_id: int) -> None:
    form = EnrolmentBackForm(id=seat_id, version=seat(desk, seat_id).version, reason="录错人")
    desk.world.do("li", take_back_training_result, form)


def step(desk: JobDesk, course_id: int) -> CourseStep:
    return CourseStep(id=course_id, version=desk.see_course(course_id).row.version)


def change(desk: JobDesk, course_id: int, **over: Any) -> None:
    view = desk.see_course(course_id)
    form = CourseChangeForm(
        id=course_id, version=view.row.version, course=changed(view.course, **over)
    )
    desk.world.do("li", change_course, form)


def cancel(desk: JobDesk, course_id: int) -> None:
    form = CourseCancelForm(**vars(step(desk, course_id)), reason="报名人数不足")
    desk.world.do("li", cancel_course, form)


def voucher(desk: JobDesk, voucher_id: int) -> VoucherRow:
    rows = desk.world.ask("li", voucher_rows, VoucherQuery())
    return next(row for row in rows if row.id == voucher_id)


def withdraw(desk: JobDesk, seeker_id: int) -> None:
    form = SeekerEndForm(**desk.at(seeker_id), reason="迁往外地")
    desk.world.do("li", withdraw_seeker, form)


# Courses


def test_a_course_is_entered_and_changed(desk: JobDesk) -> None:
    course = desk.course(name=" 中式　烹调 ")
    view = desk.see_course(course, "zhao")
    assert view.row.number.startswith("训2026-")
    assert (view.row.name, view.row.state) == ("中式 烹调", CourseState.OPEN)
    assert (view.row.seats, view.row.taken, view.row.free_seats) == (2, 0, 2)
    assert (view.entered_by, view.placed_months, view.rules_provisional) == ("李强", 6, True)
    form = CourseChangeForm(id=course, version=1, course=changed(view.course, seats=30))
    desk.world.do("li", change_course, form)
    assert desk.see_course(course).row.seats == 30
    with pytest.raises(Conflict):
        desk.world.do("li", change_course, form)
    with pytest.raises(Refused):
        desk.world.do("zhao", open_course, course_form(desk.today))


def test_a_course_does_not_end_before_it_begins(desk: JobDesk) -> None:
    with pytest.raises(Invalid):
        desk.course(ends_on=desk.today - DAY)
    assert desk.course(ends_on=desk.today)


def test_a_course_ends_on_its_last_day_and_can_be_opened_again(desk: JobDesk) -> None:
    course = desk.course()
    desk.pass_to(desk.today + 9 * DAY)
    with pytest.raises(CourseRuns):
        desk.world.do("li", end_course, step(desk, course))
    with pytest.raises(NotNow):
        desk.world.do("li", reopen_course, step(desk, course))
    desk.pass_to(desk.today + DAY)
    assert not desk.see_course(course).row.over
    desk.pass_to(desk.today + DAY)
    assert desk.see_course(course).row.over
    desk.world.do("li", end_course, step(desk, course))
    row = desk.see_course(course).row
    assert (row.state, row.over, row.free_seats) == (CourseState.ENDED, False, 0)
    with pytest.raises(CourseClosed):
        desk.enrolled(course, desk.seeker())
    with pytest.raises(CourseClosed):
        change(desk, course, seats=5)
    desk.world.do("li", reopen_course, step(desk, course))
    assert desk.enrolled(course, desk.seeker())


def test_courses_are_found_by_what_they_teach_and_whether_a_seat_is_free(desk: JobDesk) -> None:
    cook = desk.course()
    sew = desk.course(name="缝纫班", occupation="缝纫工", school="某职校", seats=1)
    early = desk.course(starts_on=desk.today - 30 * DAY)
    cancel(desk, early)
    desk.enrolled(sew, desk.seeker())

    def found(**asked: Any) -> list[int]:
        query = CourseQuery(**asked)
        rows: list[CourseRow] = desk.world.ask("zhou", course_rows, query)
        assert desk.world.ask("zhou", course_count, query) == len(rows)
        return [row.id for row in rows]

    assert found() == [sew, cook, early]
    assert found(text="缝纫") == found(text="某职校") == found(text="训2026-0002") == [sew]
    assert found(free=True) == [cook]
    assert found(free=False) == [sew, early]
    assert found(states=(CourseState.CANCELLED,)) == [early]


def test_nobody_completes_a_course_that_was_cancelled(desk: JobDesk) -> None:
    course = desk.course()
    failed = desk.enrolled(course, desk.seeker())
    tell(desk, failed, EnrolmentState.NOT_COMPLETED, note="没有来")
    cancel(desk, course)
    with pytest.raises(CourseClosed):
        take_back(desk, failed)
    assert seat(desk, failed).state is EnrolmentState.NOT_COMPLETED


# Seats


def test_every_seat_is_given_once_and_every_person_has_one(desk: JobDesk) -> None:
    course = desk.course(seats=2)
    first, second = desk.seeker(), desk.seeker()
    given = desk.enrolled(course, first)
    with pytest.raises(EnrolledAlready):
        desk.enrolled(course, first)
    desk.enrolled(course, second)
    with pytest.raises(CourseFull):
        desk.enrolled(course, desk.seeker())
    with pytest.raises(SeatsTaken):
        change(desk, course, seats=1)
    tell(desk, given, EnrolmentState.WITHDRAWN, note="家中有事")
    row = desk.see_course(course).row
    assert (row.taken, row.free_seats, row.open_results) == (1, 1, 1)
    assert desk.enrolled(course, first)


def test_a_seat_is_for_who_is_registered(desk: JobDesk) -> None:
    seeker = desk.seeker()
    withdraw(desk, seeker)
    with pytest.raises(SeekerGone):
        desk.enrolled(desk.course(), seeker)
    with pytest.raises(SeekerGone):
        desk.voucher(seeker)


def test_what_came_of_a_seat_is_told_with_the_certificate(desk: JobDesk) -> None:
    course = desk.course(seats=3)
    done, plain, failed = (desk.enrolled(course, desk.seeker()) for _ in range(3))
    complete(desk, done, certificate=" 初级　0012 ")
    complete(desk, plain, certificate="")
    tell(desk, failed, EnrolmentState.NOT_COMPLETED, note="缺课过多")
    row = desk.see_course(course).row
    assert (row.completed, row.certified, row.open_results, row.taken) == (2, 1, 0, 3)
    told = seat(desk, done)
    assert (told.certificate, told.completed_on) == ("初级 0012", desk.today)
    assert told.phone == "154****7777"
    with pytest.raises(ResultThere):
        tell(desk, done, EnrolmentState.WITHDRAWN, note="录错")
    take_back(desk, done)
    told = seat(desk, done)
    assert (told.state, told.certificate, told.completed_on) == (
        EnrolmentState.ENROLLED,
        "",
        None,
    )
    take_back(desk, failed)
    with pytest.raises(NoResult):
        take_back(desk, failed)
    query = EnrolmentQuery(states=(EnrolmentState.COMPLETED,), course_id=course)
    assert [row.id for row in desk.world.ask("zhou", enrolment_rows, query)] == [plain]


@pytest.mark.parametrize(
    ("state", "over", "field"),
    [
        (EnrolmentState.ENROLLED, {}, "state"),
        (EnrolmentState.COMPLETED, {}, "completed_on"),
        (EnrolmentState.NOT_COMPLETED, {}, "note"),
        (EnrolmentState.WITHDRAWN, {"note": " "}, "note"),
        (EnrolmentState.WITHDRAWN, {"note": "有事", "certificate": "1"}, "certificate"),
        (
            EnrolmentState.NOT_COMPLETED,
            {"note": "缺课", "completed_on": date(2026, 11, 20)},
            "completed_on",
        ),
    ],
)
def test_a_result_that_does_not_fit_is_named(
    desk: JobDesk, state: EnrolmentState, over: dict[str, Any], field: str
) -> None:
    given = desk.enrolled(desk.course(), desk.seeker())
    with pytest.raises(Invalid) as refused:
        tell(desk, given, state, **over)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_nobody_completes_a_course_before_it_begins(desk: JobDesk) -> None:
    given = desk.enrolled(desk.course(starts_on=desk.today), desk.seeker())
    with pytest.raises(CompletedBeforeStart):
        complete(desk, given, completed_on=desk.today - DAY)
    complete(desk, given)


# Vouchers


def test_a_voucher_is_issued_with_its_paper_for_the_months_of_the_rules(desk: JobDesk) -> None:
    seeker = desk.seeker()
    issued = desk.voucher(seeker)
    assert issued.number.startswith("培2026-")
    assert issued.valid_until == voucher_valid_until(desk.today) == date(2027, 11, 20)
    papers = desk.world.ask("li", paper_rows, PaperQuery(kind=PaperKind.TRAINING_VOUCHER))
    assert [paper.id for paper in papers] == [issued.paper_id]
    row = voucher(desk, issued.id)
    assert (row.state, row.expired, row.course, row.issued_by) == (
        VoucherState.ISSUED,
        False,
        "",
        "李强",
    )
    with pytest.raises(VoucherLive, match=issued.number):
        desk.voucher(seeker)
    desk.pass_to(issued.valid_until + DAY)
    assert voucher(desk, issued.id).expired


def test_another_registration_gets_nobody_a_second_seat_or_voucher(desk: JobDesk) -> None:
    course, number = desk.course(), id_number(92, "19780305")
    first = desk.seeker(id_number=number)
    desk.enrolled(course, first)
    issued = desk.voucher(first)
    withdraw(desk, first)
    again = desk.seeker(id_number=number)
    with pytest.raises(EnrolledAlready):
        desk.enrolled(course, again)
    with pytest.raises(VoucherLive, match=issued.number):
        desk.voucher(again)


def test_a_voucher_pays_one_seat_of_its_person(desk: JobDesk) -> None:
    seeker, other = desk.seeker(), desk.seeker()
    issued = desk.voucher(seeker)
    course = desk.course()
    with pytest.raises(VoucherNotTheirs):
        desk.enrolled(course, other, training_voucher_id=issued.id)
    given = desk.enrolled(course, seeker, training_voucher_id=issued.id)
    row = voucher(desk, issued.id)
    assert (row.state, row.course_id) == (VoucherState.USED, course)
    assert seat(desk, given).voucher == issued.number
    with pytest.raises(VoucherGone):
        desk.enrolled(desk.course(), seeker, training_voucher_id=issued.id)
    with pytest.raises(VoucherLive):
        desk.voucher(seeker)
    complete(desk, given)
    assert desk.voucher(seeker).id != issued.id


@pytest.mark.parametrize(("after", "taken"), [(0, True), (1, False)])
def test_a_voucher_is_good_up_to_its_last_day(desk: JobDesk, after: int, taken: bool) -> None:
    seeker = desk.seeker()
    issued = desk.voucher(seeker)
    desk.pass_to(issued.valid_until + after * DAY)
    course = desk.course()
    if taken:
        assert desk.enrolled(course, seeker, training_voucher_id=issued.id)
    else:
        with pytest.raises(VoucherRunOut):
            desk.enrolled(course, seeker, training_voucher_id=issued.id)


def test_a_voucher_pays_nothing_before_it_was_issued(desk: JobDesk) -> None:
    seeker = desk.seeker()
    before = {"training_voucher_id": desk.voucher(seeker).id, "enrolled_on": desk.today - DAY}
    with pytest.raises(VoucherRunOut):
        desk.enrolled(desk.course(), seeker, **before)


def test_who_gives_up_a_seat_has_the_voucher_back(desk: JobDesk) -> None:
    seeker = desk.seeker()
    issued = desk.voucher(seeker)
    course = desk.course()
    given = desk.enrolled(course, seeker, training_voucher_id=issued.id)
    tell(desk, given, EnrolmentState.WITHDRAWN, note="家中有事")
    assert voucher(desk, issued.id).state is VoucherState.ISSUED
    assert desk.enrolled(course, seeker, training_voucher_id=issued.id)


def test_a_course_that_is_cancelled_gives_seats_and_vouchers_back(desk: JobDesk) -> None:
    seeker, other = desk.seeker(), desk.seeker()
    issued = desk.voucher(seeker)
    course = desk.course()
    given = desk.enrolled(course, seeker, training_voucher_id=issued.id, note="自带工具")
    done = desk.enrolled(course, other)
    complete(desk, done)
    with pytest.raises(CourseHasResults):
        cancel(desk, course)
    take_back(desk, done)
    cancel(desk, course)
    view = desk.see_course(course)
    assert (view.row.state, view.ended_reason) == (CourseState.CANCELLED, "报名人数不足")
    assert {row.state for row in view.enrolments} == {EnrolmentState.WITHDRAWN}
    assert "自带工具" in seat(desk, given).note
    assert "报名人数不足" in seat(desk, given).note
    assert voucher(desk, issued.id).state is VoucherState.ISSUED
    with pytest.raises(CourseClosed):
        cancel(desk, course)


def test_a_used_voucher_stays_used_when_another_was_given_since(desk: JobDesk) -> None:
    seeker = desk.seeker()
    first = desk.voucher(seeker)
    given = desk.enrolled(desk.course(), seeker, training_voucher_id=first.id)
    complete(desk, given)
    second = desk.voucher(seeker)
    take_back(desk, given)
    tell(desk, given, EnrolmentState.WITHDRAWN, note="没有来上课")
    assert voucher(desk, first.id).state is VoucherState.USED
    assert voucher(desk, second.id).state is VoucherState.ISSUED


def test_a_used_voucher_stays_used_when_another_registration_was_given_one(desk: JobDesk) -> None:
    number = id_number(92, "19780305")
    seeker = desk.seeker(id_number=number)
    first = desk.voucher(seeker)
    given = desk.enrolled(desk.course(), seeker, training_voucher_id=first.id)
    complete(desk, given)
    withdraw(desk, seeker)
    second = desk.voucher(desk.seeker(id_number=number))
    take_back(desk, given)
    tell(desk, given, EnrolmentState.WITHDRAWN, note="另有工作")
    assert voucher(desk, first.id).state is VoucherState.USED
    assert voucher(desk, second.id).state is VoucherState.ISSUED


def test_a_voucher_that_was_not_used_is_made_void(desk: JobDesk) -> None:
    seeker = desk.seeker()
    issued = desk.voucher(seeker)
    form = VoucherVoidForm(id=issued.id, version=1, reason="遗失")
    desk.world.do("li", void_voucher, form)
    row = voucher(desk, issued.id)
    assert (row.state, row.reason) == (VoucherState.VOID, "遗失")
    (paper,) = desk.world.ask("li", paper_rows, PaperQuery(kind=PaperKind.TRAINING_VOUCHER))
    assert paper.state is PaperState.VOID
    with pytest.raises(VoucherGone):
        desk.world.do("li", void_voucher, changed(form, version=row.version))
    with pytest.raises(VoucherGone):
        desk.enrolled(desk.course(), seeker, training_voucher_id=issued.id)
    desk.voucher(seeker)


def test_vouchers_are_found_by_person_number_and_state(desk: JobDesk) -> None:
    seeker = desk.seeker(name="闵示例")
    old = desk.voucher(seeker)
    desk.pass_to(old.valid_until + DAY)
    new = desk.voucher(desk.seeker())

    def found(**asked: Any) -> list[int]:
        query = VoucherQuery(**asked)
        rows: list[VoucherRow] = desk.world.ask("wang", voucher_rows, query)
        assert desk.world.ask("wang", voucher_count, query) == len(rows)
        return [row.id for row in rows]

    assert found() == [new.id, old.id]
    assert found(text="闵") == found(job_seeker_id=seeker) == found(text=old.number) == [old.id]
    assert found(expired=True) == [old.id]
    assert found(expired=False) == [new.id]
    assert found(states=(VoucherState.USED,)) == []


# Work after it


@pytest.mark.parametrize(("after", "counts"), [(0, True), (1, False)])
def test_work_begun_within_the_months_counts_as_placed_after_training(
    desk: JobDesk, after: int, counts: bool
) -> None:
    seeker = desk.seeker()
    course = desk.course()
    given = desk.enrolled(course, seeker)
    complete(desk, given)
    last = counts_until(desk.today)
    assert last == months_after(desk.today, 6)
    assert desk.see_course(course).row.placed == 0
    desk.pass_to(last + after * DAY)
    desk.found(seeker)
    assert seat(desk, given).placed_on == (desk.today if counts else None)
    assert desk.see_course(course).row.placed == int(counts)


def test_work_begun_before_the_end_of_a_course_does_not_come_of_it(desk: JobDesk) -> None:
    seeker = desk.seeker()
    given = desk.enrolled(desk.course(), seeker)
    desk.found(seeker)
    desk.pass_to(desk.today + DAY)
    complete(desk, given)
    assert seat(desk, given).placed_on is None
