"""What can be asked about training: courses, one with its people, vouchers, seats."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    func,
    or_,
    select,
)

from app.core.kinds import Phone
from app.core.masking import mask
from app.core.words.placements import CourseState, EnrolmentState, PlacementState, VoucherState
from app.placements.training import KEPT
from app.placements.training_records import (
    CourseById,
    CourseForm,
    CourseQuery,
    CourseRow,
    CourseView,
    EnrolmentQuery,
    EnrolmentRow,
    VoucherQuery,
    VoucherRow,
)
from app.placements.training_rules import counts_until
from app.reference.job_rules import rules_on
from app.work import Permission, Work, query
from db.models.placements import Placement
from db.models.seekers import JobSeeker
from db.models.staff import Staff
from db.models.training import Course, Enrolment, TrainingVoucher

PHONE = Phone(label="")
ENROLLED, COMPLETED = EnrolmentState.ENROLLED, EnrolmentState.COMPLETED


def _seats(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    """Count the seats of the course of a row."""
    return (
        select(func.count())
        .select_from(Enrolment)
        .where(Enrolment.course_id == Course.id, *conditions)
        .correlate(Course)
        .scalar_subquery()
    )


TAKEN = _seats(Enrolment.state != EnrolmentState.WITHDRAWN)

WORK_BEGAN = (
    select(func.min(Placement.started_on))
    .where(
        Placement.id_number == JobSeeker.id_number,
        Placement.started_on >= Enrolment.completed_on,
        Placement.state != PlacementState.TAKEN_BACK,
    )
    .correlate(JobSeeker, Enrolment)
    .scalar_subquery()
)
"""The first day of work of a person after a seat was completed."""


# Courses


@query(needs=Permission.READ_JOBS)
def course_rows(work: Work, asked: CourseQuery) -> list[CourseRow]:
    """List courses by the day they begin, the latest first, a page at a time."""
    order = (Course.starts_on.desc(), Course.id.desc())
    page = select(Course).where(*_courses(asked)).order_by(*order)
    return list(_course_rows(work, page.offset(asked.offset).limit(asked.limit)))


@query(needs=Permission.READ_JOBS)
def course_count(work: Work, asked: CourseQuery) -> int:
    """Count courses."""
    found = select(func.count()).select_from(Course).where(*_courses(asked))
    return work.session.scalar(found) or 0


def _courses(asked: CourseQuery) -> Iterator[ColumnElement[bool]]:
    if asked.states:
        yield Course.state.in_(asked.states)
    if asked.free is not None:
        free = and_(Course.state == CourseState.OPEN, Course.seats > TAKEN)
        yield free if asked.free else ~free
    if text := asked.text.strip():
        yield or_(
            Course.number.startswith(text, autoescape=True),
            *(
                column.contains(text, autoescape=True)
                for column in (Course.name, Course.school, Course.occupation)
            ),
        )


def _course_rows(work: Work, narrowed: Select[Course]) -> Iterator[CourseRow]:
    completed = Enrolment.state == COMPLETED
    found = narrowed.add_columns(
        TAKEN,
        _seats(completed),
        _seats(completed, Enrolment.certificate != ""),
        _seats(Enrolment.state == ENROLLED),
    )
    rows = work.session.execute(found).all()
    placed = _placed(work, [row[0].id for row in rows if row[2]])
    for course, taken, done, certified, open_ in rows:
        yield CourseRow(
            id=course.id,
            version=course.version,
            number=course.number,
            state=course.state,
            name=course.name,
            occupation=course.occupation,
            school=course.school,
            place=course.place,
            starts_on=course.starts_on,
            ends_on=course.ends_on,
            over=course.state is CourseState.OPEN and course.ends_on < work.today,
            hours=course.hours,
            seats=course.seats,
            taken=taken,
            free_seats=course.seats - taken if course.state is CourseState.OPEN else 0,
            completed=done,
            certified=certified,
            open_results=open_,
            placed=placed[course.id],
        )


def _placed(work: Work, courses: Sequence[int]) -> Counter[int]:
    """Count who completed a course and began work in time to count as placed after it."""
    found = (
        select(Enrolment.course_id, Enrolment.completed_on, WORK_BEGAN)
        .join(JobSeeker, Enrolment.job_seeker_id == JobSeeker.id)
        .where(Enrolment.course_id.in_(courses), Enrolment.state == COMPLETED)
    )
    return Counter(
        course for course, day, began in work.session.execute(found) if _in_time(day, began)
    )


def _in_time(completed_on: date | None, began: date | None) -> date | None:
    """Return the day work began when that counts as placement after the training."""
    if completed_on is None or began is None or began > counts_until(completed_on):
        return None
    return began


@query(needs=Permission.READ_JOBS)
def course_view(work: Work, asked: CourseById) -> CourseView:
    """Return one course as the card shows it, with everybody who has or had a seat."""
    course = work.load(Course, asked.id)
    (row,) = _course_rows(work, select(Course).where(Course.id == course.id))
    rules = rules_on(course.ends_on)
    seats = _enrolments(EnrolmentQuery(course_id=course.id))
    return CourseView(
        row=row,
        course=CourseForm(**{name: getattr(course, name) for name in KEPT}),
        enrolments=tuple(_enrolment_rows(work, seats.order_by(Enrolment.id))),
        placed_months=rules.placed_after_training.months,
        rules_provisional=rules.status == "provisional",
        ended_reason=course.ended_reason,
        entered_by=work.load(Staff, course.entered_by).name,
        entered_at=course.entered_at,
    )


# Vouchers


@query(needs=Permission.READ_JOBS)
def voucher_rows(work: Work, asked: VoucherQuery) -> list[VoucherRow]:
    """List training vouchers, the newest first, a page at a time."""
    page = _vouchers(work, asked).order_by(TrainingVoucher.id.desc())
    return list(_voucher_rows(work, page.offset(asked.offset).limit(asked.limit)))


@query(needs=Permission.READ_JOBS)
def voucher_count(work: Work, asked: VoucherQuery) -> int:
    """Count training vouchers."""
    found = select(func.count()).select_from(_vouchers(work, asked).subquery())
    return work.session.scalar(found) or 0


def _vouchers(work: Work, asked: VoucherQuery) -> Select[TrainingVoucher]:
    found = select(TrainingVoucher).join(JobSeeker, TrainingVoucher.job_seeker_id == JobSeeker.id)
    if asked.states:
        found = found.where(TrainingVoucher.state.in_(asked.states))
    if asked.job_seeker_id is not None:
        found = found.where(TrainingVoucher.job_seeker_id == asked.job_seeker_id)
    if asked.expired is not None:
        over = and_(
            TrainingVoucher.state == VoucherState.ISSUED,
            TrainingVoucher.valid_until < work.today,
        )
        found = found.where(over if asked.expired else ~over)
    if text := asked.text.strip():
        begins = (TrainingVoucher.number, JobSeeker.name, JobSeeker.number)
        found = found.where(or_(*(each.startswith(text, autoescape=True) for each in begins)))
    return found


def _voucher_rows(work: Work, narrowed: Select[TrainingVoucher]) -> Iterator[VoucherRow]:
    names: dict[int, str] = dict(work.session.execute(select(Staff.id, Staff.name)).all())
    found = (
        narrowed.outerjoin(
            Enrolment,
            and_(
                Enrolment.training_voucher_id == TrainingVoucher.id,
                Enrolment.state != EnrolmentState.WITHDRAWN,
            ),
        )
        .outerjoin(Course, Enrolment.course_id == Course.id)
        .add_columns(JobSeeker.number, JobSeeker.name, Course.id, Course.name)
    )
    for voucher, number, name, course_id, course in work.session.execute(found):
        unused = voucher.state is VoucherState.ISSUED
        yield VoucherRow(
            id=voucher.id,
            version=voucher.version,
            number=voucher.number,
            state=voucher.state,
            job_seeker_id=voucher.job_seeker_id,
            seeker_number=number,
            name=name,
            issued_on=voucher.issued_on,
            valid_until=voucher.valid_until,
            expired=unused and voucher.valid_until < work.today,
            course_id=course_id,
            course=course or "",
            reason=voucher.reason,
            issued_by=names[voucher.issued_by],
        )


# Seats


@query(needs=Permission.READ_JOBS)
def enrolment_rows(work: Work, asked: EnrolmentQuery) -> list[EnrolmentRow]:
    """List seats of courses with what came of them, the newest first, a page at a time."""
    page = _enrolments(asked).order_by(Enrolment.id.desc())
    return list(_enrolment_rows(work, page.offset(asked.offset).limit(asked.limit)))


def _enrolments(asked: EnrolmentQuery) -> Select[Enrolment]:
    found = select(Enrolment).join(JobSeeker, Enrolment.job_seeker_id == JobSeeker.id)
    if asked.states:
        found = found.where(Enrolment.state.in_(asked.states))
    if asked.course_id is not None:
        found = found.where(Enrolment.course_id == asked.course_id)
    if asked.job_seeker_id is not None:
        found = found.where(Enrolment.job_seeker_id == asked.job_seeker_id)
    return found


def _enrolment_rows(work: Work, narrowed: Select[Enrolment]) -> Iterator[EnrolmentRow]:
    found = (
        narrowed.join(Course, Enrolment.course_id == Course.id)
        .outerjoin(TrainingVoucher, Enrolment.training_voucher_id == TrainingVoucher.id)
        .add_columns(JobSeeker, Course.number, Course.name, TrainingVoucher.number, WORK_BEGAN)
    )
    for seat, seeker, number, course, voucher, began in work.session.execute(found):
        yield EnrolmentRow(
            id=seat.id,
            version=seat.version,
            state=seat.state,
            course_id=seat.course_id,
            course_number=number,
            course=course,
            job_seeker_id=seeker.id,
            seeker_number=seeker.number,
            name=seeker.name,
            phone=mask(PHONE, seeker.phone),
            voucher=voucher or "",
            enrolled_on=seat.enrolled_on,
            completed_on=seat.completed_on,
            certificate=seat.certificate,
            placed_on=_in_time(seat.completed_on, began),
            note=seat.note,
        )
