"""Job seekers: the registration, the recognition as difficult to employ, what was excluded."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.core.money import Fen
from app.core.words import Answer, Word
from app.core.words.households import Sex
from app.core.words.placements import (
    Education,
    PersonKind,
    RecognitionState,
    SeekerState,
    Shift,
    SkillGrade,
    Strain,
)
from db.base import LONG, PRIVATE, Entity
from db.types import Flags, Identity, Json, Listed, Stored, in_order


class JobSeeker(Entity):
    """Somebody who looks for work, with what they can do, want, and cannot bear."""

    __tablename__ = "job_seeker"
    __table_args__ = (
        CheckConstraint("wage_wish IS NULL OR wage_wish > 0", name="wage_wish_positive"),
        CheckConstraint("shifts > 0", name="some_shift"),
        CheckConstraint("state <> 'withdrawn' OR ended_reason <> ''", name="withdrawn_with_words"),
        Index(
            "uq_job_seeker_live",
            "id_number",
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
        ),
        Index(  # holds all that a match looks at
            "ix_job_seeker_match",
            *("state", "valid_until", "birth", "sex", "limits", "districts", "shifts", "wishes"),
            *("wage_wish", "district", "education", "skill_grade", "board"),
        ),
        Index("ix_job_seeker_name", "name"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    """As 求2026-0017."""
    state: Mapped[SeekerState] = mapped_column(Stored(SeekerState))
    household_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("household.id"), index=True
    )
    """The file of the person; `None` for somebody without one."""
    member_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("member.id"), index=True)

    name: Mapped[str]
    id_number: Mapped[str] = mapped_column(info=PRIVATE, index=True)
    sex: Mapped[Sex] = mapped_column(Stored(Sex))
    birth: Mapped[date] = mapped_column(info=PRIVATE)
    phone: Mapped[str] = mapped_column(info=PRIVATE)
    address: Mapped[str]
    district: Mapped[str | None]
    person_kind: Mapped[PersonKind | None] = mapped_column(Stored(PersonKind))
    residence_type: Mapped[str | None]
    marital_status: Mapped[str | None]
    employment_number: Mapped[str]
    """Number of the 就业创业证."""
    unemployed_registered: Mapped[Answer]
    unemployed_since: Mapped[date | None]
    """The day of the registration as unemployed."""
    receives_dibao: Mapped[Answer]
    zero_employment: Mapped[Answer]
    disabled: Mapped[Answer]
    union_member: Mapped[Answer]

    education: Mapped[Education | None] = mapped_column(Stored(Education))
    major: Mapped[str]
    skill_grade: Mapped[SkillGrade | None] = mapped_column(Stored(SkillGrade))
    skills: Mapped[str]
    """Certificates and what the person can do."""
    resume: Mapped[str]
    limits: Mapped[tuple[Strain, ...]] = mapped_column(Flags(Strain))
    """What the person cannot bear; empty also when nothing was said."""

    wishes: Mapped[tuple[str, ...]] = mapped_column(Listed)
    """One to three occupations, the dearest first."""
    wage_wish: Mapped[Fen | None]
    """A month, at least."""
    districts: Mapped[tuple[str, ...]] = mapped_column(Listed)
    """Where the person would work; empty: anywhere."""
    shifts: Mapped[tuple[Shift, ...]] = mapped_column(Flags(Shift))
    board: Mapped[Answer]
    """Whether they need food and a bed."""
    wants_training: Mapped[Answer]
    available_on: Mapped[date | None]
    registered_on: Mapped[date]
    valid_until: Mapped[date]
    ended_reason: Mapped[str]
    note: Mapped[str]
    service_request_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("service_request.id"), index=True
    )
    """The request for job placement of an assessment that led here."""
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    entered_at: Mapped[datetime]

    @validates("limits", "shifts")
    def _in_order(self, _name: str, words: Iterable[Word]) -> tuple[Word, ...]:
        """Keep a set of words as it is read again, so that the trail finds it unchanged."""
        return in_order(words)


class Recognition(Entity):
    """One recognition as difficult to employ: applied by one, decided by another person."""

    __tablename__ = "recognition"
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> applied_by", name="second_person"),
        CheckConstraint(
            "(state = 'applied') = (decided_by IS NULL) AND "
            "(decided_by IS NULL) = (decided_on IS NULL)",
            name="decided_by_someone",
        ),
        CheckConstraint("state <> 'refused' OR opinion <> ''", name="refused_with_words"),
        CheckConstraint(
            "(state = 'ended') = (ended_on IS NOT NULL) AND "
            "(state = 'ended') <= (ended_reason <> '')",
            name="ended_with_words",
        ),
        Index(
            "uq_recognition_live",
            "job_seeker_id",
            unique=True,
            sqlite_where=text("state IN ('applied', 'recognised')"),
        ),
        Index("ix_recognition_state", "state", "id"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    """As 认2026-0003."""
    job_seeker_id: Mapped[int] = mapped_column(Identity, ForeignKey("job_seeker.id"), index=True)
    state: Mapped[RecognitionState] = mapped_column(Stored(RecognitionState))
    grounds: Mapped[tuple[str, ...]] = mapped_column(Listed)
    """The grounds that hold, as the policy of the day names them."""
    findings: Mapped[Any] = mapped_column(Json, info=LONG)
    """Every condition of the policy of the day as it came out, sealed."""
    applied_on: Mapped[date]
    applied_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    applied_at: Mapped[datetime]
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))
    opinion: Mapped[str]
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str]
    note: Mapped[str]


class MatchExclusion(Entity):
    """A vacancy that is not shown to a seeker any more, nor the other way round, and why."""

    __tablename__ = "match_exclusion"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="with_words"),
        Index(
            "uq_match_exclusion_pair",
            *("job_seeker_id", "vacancy_id"),
            unique=True,
            sqlite_where=text("live"),
        ),
        Index("ix_match_exclusion_vacancy_id", "vacancy_id"),
    )

    job_seeker_id: Mapped[int] = mapped_column(Identity, ForeignKey("job_seeker.id"))
    vacancy_id: Mapped[int] = mapped_column(Identity, ForeignKey("vacancy.id"))
    reason: Mapped[str]
    live: Mapped[bool]
    """False once somebody takes the exclusion back."""
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    entered_at: Mapped[datetime]
