"""Training: courses, the voucher for free training, enrolments."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.words.placements import CourseState, EnrolmentState, VoucherState
from db.base import Entity
from db.types import Identity, Stored


class Course(Entity):
    """A training course: what is taught, where, when, for how many."""

    __tablename__ = "course"
    __table_args__ = (
        CheckConstraint("seats > 0 AND hours > 0", name="size"),
        CheckConstraint("ends_on >= starts_on", name="days"),
        CheckConstraint("state <> 'cancelled' OR ended_reason <> ''", name="cancelled_with_words"),
        Index("ix_course_state", "state", "starts_on"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    """As 训2026-0004."""
    state: Mapped[CourseState] = mapped_column(Stored(CourseState))
    name: Mapped[str]
    occupation: Mapped[str]
    school: Mapped[str]
    """Who teaches."""
    place: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    hours: Mapped[int]
    seats: Mapped[int]
    ended_reason: Mapped[str]
    note: Mapped[str]
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    entered_at: Mapped[datetime]


class TrainingVoucher(Entity):
    """The voucher for one free training (免费技能培训卡)."""

    __tablename__ = "training_voucher"
    __table_args__ = (
        CheckConstraint("valid_until >= issued_on", name="days"),
        CheckConstraint("state <> 'void' OR reason <> ''", name="void_with_words"),
        Index(
            "uq_training_voucher_live",
            "job_seeker_id",
            unique=True,
            sqlite_where=text("state = 'issued'"),
        ),
    )

    number: Mapped[str] = mapped_column(unique=True)
    """As 培2026-0009."""
    job_seeker_id: Mapped[int] = mapped_column(Identity, ForeignKey("job_seeker.id"), index=True)
    state: Mapped[VoucherState] = mapped_column(Stored(VoucherState))
    issued_on: Mapped[date]
    valid_until: Mapped[date]
    reason: Mapped[str]
    """Why it was made void."""
    issued_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    issued_at: Mapped[datetime]


class Enrolment(Entity):
    """One seat of a course, and what came of it."""

    __tablename__ = "enrolment"
    __table_args__ = (
        CheckConstraint(
            "(state = 'completed') = (completed_on IS NOT NULL)", name="completed_on_a_day"
        ),
        CheckConstraint(
            "state NOT IN ('not_completed', 'withdrawn') OR note <> ''", name="ended_with_words"
        ),
        Index(
            "uq_enrolment_seat",
            *("course_id", "job_seeker_id"),
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
        ),
        Index(
            "uq_enrolment_voucher",
            "training_voucher_id",
            unique=True,
            sqlite_where=text("training_voucher_id IS NOT NULL AND state <> 'withdrawn'"),
        ),
        Index("ix_enrolment_completed_on", "completed_on"),
    )

    course_id: Mapped[int] = mapped_column(Identity, ForeignKey("course.id"))
    job_seeker_id: Mapped[int] = mapped_column(Identity, ForeignKey("job_seeker.id"), index=True)
    training_voucher_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("training_voucher.id")
    )
    """`None` when the seat is not paid by a voucher."""
    state: Mapped[EnrolmentState] = mapped_column(Stored(EnrolmentState))
    enrolled_on: Mapped[date]
    completed_on: Mapped[date | None]
    certificate: Mapped[str]
    """Number of the certificate; empty when none was given."""
    note: Mapped[str]
    enrolled_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    enrolled_at: Mapped[datetime]
