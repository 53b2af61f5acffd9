"""The verbs of training: courses, their seats and what came of them."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from app.core.errors import Invalid, NotNow
from app.core.record import only, specs
from app.core.text import normalise
from app.core.words.placements import CourseState, EnrolmentState
from app.drafts.actions import close_draft
from app.placements.numbers import Series, next_number
from app.placements.seeker_store import registrations_of
from app.placements.training_records import (
    CourseCancelForm,
    CourseChangeForm,
    CourseForm,
    CourseStep,
    EnrolForm,
    EnrolmentBackForm,
    EnrolmentResultForm,
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
    course_problems,
    result_problems,
)
from app.placements.vouchers import give_back, registered, use_voucher
from app.work import Permission, Topic, Work, action
from db.models.seekers import JobSeeker
from db.models.training import Course, Enrolment

KEPT: Final = tuple(field.name for field in specs(CourseForm) if field.name != "draft_id")
"""The columns that a form fills."""


# Courses


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.DRAFTS})
def open_course(work: Work, form: CourseForm) -> int:
    """Enter a course that people can be enrolled in."""
    course = work.add(
        Course(
            **_kept(form),
            number=next_number(work, Series.COURSE),
            state=CourseState.OPEN,
            ended_reason="",
            entered_by=work.actor.id,
            entered_at=work.now,
        )
    )
    work.subject = f"course/{course.id}"
    if form.draft_id:
        close_draft(work, form.draft_id)
    return course.id


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.DRAFTS})
def change_course(work: Work, form: CourseChangeForm) -> None:
    """Change a course that enrols.

    Raises `Conflict`, `CourseClosed`, `SeatsTaken`.
    """
    course = _enrolling(work, form.id, form.version)
    if form.course.seats < (taken := len(_seats(work, course))):
        raise SeatsTaken(number=course.number, taken=taken)
    for name, value in _kept(form.course).items():
        if getattr(course, name) != value:
            setattr(course, name, value)
    if form.course.draft_id:
        close_draft(work, form.course.draft_id)


def _kept(form: CourseForm) -> dict[str, Any]:
    if wrong := list(course_problems(form)):
        raise Invalid(wrong)
    told: dict[str, Any] = only(form, {*KEPT})
    return told | {name: normalise(value) for name, value in told.items() if type(value) is str}


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def end_course(work: Work, step: CourseStep) -> None:
    """End a course on its last day or later; results can still be entered.

    Raises `CourseClosed`, `CourseRuns`.
    """
    course = _enrolling(work, step.id, step.version)
    if work.today < course.ends_on:
        raise CourseRuns(number=course.number, day=course.ends_on)
    course.state = CourseState.ENDED


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def reopen_course(work: Work, step: CourseStep) -> None:
    """Open a course again that was ended too early."""
    course = work.load(Course, step.id, step.version)
    work.subject = f"course/{course.id}"
    if course.state is not CourseState.ENDED:
        raise NotNow(state=course.state.label, step="reopen")
    course.state = CourseState.OPEN


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def cancel_course(work: Work, form: CourseCancelForm) -> None:
    """Cancel a course that does not take place: its seats are given up, vouchers are good again.

    Raises `CourseClosed`, `CourseHasResults`.
    """
    course = _enrolling(work, form.id, form.version)
    reason = form.reason.strip()
    seats = _seats(work, course)
    done = [seat for seat in seats if seat.state is EnrolmentState.COMPLETED]
    if done:
        raise CourseHasResults(number=course.number, count=len(done))
    for seat in seats:
        if seat.state is EnrolmentState.ENROLLED:
            seat.state = EnrolmentState.WITHDRAWN
            seat.note = "\n".join(filter(None, (seat.note, reason)))
            give_back(work, seat)
    course.state = CourseState.CANCELLED
    course.ended_reason = reason


def _enrolling(work: Work, course_id: int, version: int | None = None) -> Course:
    """Return a course that enrols. Raises `CourseClosed`."""
    course = work.load(Course, course_id, version)
    work.subject = f"course/{course.id}"
    if course.state is not CourseState.OPEN:
        raise CourseClosed(number=course.number, state=course.state.label)
    return course


def _seats(work: Work, course: Course) -> Sequence[Enrolment]:
    """Return who has a seat of a course."""
    found = select(Enrolment).where(
        Enrolment.course_id == course.id, Enrolment.state != EnrolmentState.WITHDRAWN
    )
    return work.session.scalars(found.order_by(Enrolment.id)).all()


# Seats


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def enrol(work: Work, form: EnrolForm) -> int:
    """Give a seat of a course to a seeker; a voucher that pays it is used up.

    Raises `CourseClosed`, `CourseFull`, `EnrolledAlready`, `SeekerGone`, and for the voucher
    `VoucherNotTheirs`, `VoucherGone`, `VoucherRunOut`.
    """
    course = _enrolling(work, form.course_id)
    seeker = registered(work, form.job_seeker_id)
    seats = _seats(work, course)
    theirs = {each.id for each in registrations_of(work, seeker.id_number)}
    if any(seat.job_seeker_id in theirs for seat in seats):
        raise EnrolledAlready(name=seeker.name, number=course.number)
    if len(seats) >= course.seats:
        raise CourseFull(number=course.number, seats=course.seats)
    if form.training_voucher_id is not None:
        use_voucher(work, form, seeker)
    seat = Enrolment(
        course_id=course.id,
        job_seeker_id=seeker.id,
        training_voucher_id=form.training_voucher_id,
        state=EnrolmentState.ENROLLED,
        enrolled_on=form.enrolled_on,
        certificate="",
        note=form.note.strip(),
        enrolled_by=work.actor.id,
        enrolled_at=work.now,
    )
    return work.add(seat).id


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def tell_enrolment(work: Work, form: EnrolmentResultForm) -> None:
    """Tell what came of a seat: completed, perhaps with a certificate, not completed, given up.

    Who gives up a seat gets the voucher back. Raises `ResultThere`, `CompletedBeforeStart`.
    """
    if wrong := list(result_problems(form)):
        raise Invalid(wrong)
    seat, course = _seat(work, form.id, form.version)
    if seat.state is not EnrolmentState.ENROLLED:
        raise ResultThere(name=_name(work, seat), state=seat.state.label)
    if form.completed_on is not None and form.completed_on < course.starts_on:
        raise CompletedBeforeStart(
            number=course.number, start=course.starts_on, day=form.completed_on
        )
    seat.state = form.state
    seat.completed_on = form.completed_on
    seat.certificate = normalise(form.certificate)
    seat.note = form.note.strip() or seat.note
    if form.state is EnrolmentState.WITHDRAWN:
        give_back(work, seat)


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def take_back_training_result(work: Work, form: EnrolmentBackForm) -> None:
    """Take back a result that was entered wrongly: the seat is as it was before.

    Raises `NoResult`, also for who gave up the seat and can be enrolled anew, `CourseClosed` in a
    course that was cancelled.
    """
    seat, course = _seat(work, form.id, form.version)
    if seat.state not in (EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED):
        raise NoResult(name=_name(work, seat), state=seat.state.label)
    if course.state is CourseState.CANCELLED:
        raise CourseClosed(number=course.number, state=course.state.label)
    work.notes["reason"] = form.reason.strip()
    seat.state = EnrolmentState.ENROLLED
    seat.completed_on = None
    seat.certificate = ""


def _seat(work: Work, seat_id: int, version: int) -> tuple[Enrolment, Course]:
    seat = work.load(Enrolment, seat_id, version)
    work.subject = f"course/{seat.course_id}"
    return seat, work.load(Course, seat.course_id)


def _name(work: Work, seat: Enrolment) -> str:
    return work.load(JobSeeker, seat.job_seeker_id).name
