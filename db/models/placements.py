"""Referrals of seekers to vacancies, placements, and the follow-ups after them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.money import Fen
from app.core.words import Answer
from app.core.words.placements import (
    FollowUpResult,
    NotHiredReason,
    PersonKind,
    PlacementState,
    Proof,
    ReferralState,
)
from db.base import LONG, PRIVATE, Entity, Row
from db.types import Identity, Json, Stored


class JobReferral(Entity):
    """A letter that sends a seeker to an employer, with the slip that has to come back."""

    __tablename__ = "job_referral"
    __table_args__ = (
        CheckConstraint(
            "(state IN ('issued', 'void')) = (result_on IS NULL)", name="result_has_a_day"
        ),
        CheckConstraint("state <> 'not_hired' OR reason IS NOT NULL", name="not_hired_why"),
        CheckConstraint("state <> 'presumed' OR presumable", name="presumed_by_rule"),
        CheckConstraint("state <> 'void' OR note <> ''", name="void_with_words"),
        Index(
            "uq_job_referral_pair",
            *("job_seeker_id", "vacancy_id"),
            unique=True,
            sqlite_where=text("state <> 'void'"),
        ),
        Index("ix_job_referral_state", "state", "due_on"),
        Index("ix_job_referral_issued_on", "issued_on"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    """As 荐2026-0102."""
    state: Mapped[ReferralState] = mapped_column(Stored(ReferralState))
    job_seeker_id: Mapped[int] = mapped_column(Identity, ForeignKey("job_seeker.id"))
    vacancy_id: Mapped[int] = mapped_column(Identity, ForeignKey("vacancy.id"), index=True)
    interview_on: Mapped[date | None]
    interview_at: Mapped[str]
    """Hour and place of the interview, in words."""
    issued_on: Mapped[date]
    due_on: Mapped[date]
    """The day by which the slip has to be back."""
    presumable: Mapped[bool]
    """Whether the rules of the day it was issued count an overdue slip as hired."""
    rules: Mapped[str]
    """The document of job rules it was issued by: the day it begins."""
    match: Mapped[Any] = mapped_column(Json, info=LONG)
    """The reasons of the match as they stood, sealed."""
    result_on: Mapped[date | None]
    reason: Mapped[NotHiredReason | None] = mapped_column(Stored(NotHiredReason))
    note: Mapped[str]
    issued_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    issued_at: Mapped[datetime]
    told_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))
    """Who entered the result."""


class Placement(Entity):
    """Somebody who began work: through a referral, by themselves, or from an old register."""

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("wage IS NULL OR wage > 0", name="wage_positive"),
        CheckConstraint("(state = 'left') = (left_on IS NOT NULL)", name="left_on"),
        CheckConstraint("left_on IS NULL OR left_on >= started_on", name="left_after_start"),
        CheckConstraint("state <> 'taken_back' OR end_reason <> ''", name="taken_back_with_words"),
        CheckConstraint("(proof = 'insurance') <= (insured_from IS NOT NULL)", name="insured"),
        Index(
            "uq_placement_job_referral_id",
            "job_referral_id",
            unique=True,
            sqlite_where=text("state <> 'taken_back'"),
        ),
        Index("ix_placement_started_on", "started_on"),
        Index("ix_placement_state", "state", "id"),
        Index(
            "ix_placement_next_follow_up_on",
            "next_follow_up_on",
            sqlite_where=text("next_follow_up_on IS NOT NULL"),
        ),
    )

    number: Mapped[str] = mapped_column(unique=True)
    """As 安2026-0044."""
    state: Mapped[PlacementState] = mapped_column(Stored(PlacementState))
    job_seeker_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("job_seeker.id"), index=True
    )
    """`None` when it came from an old register and nobody was registered here."""
    household_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("household.id"), index=True
    )
    member_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("member.id"), index=True)
    job_referral_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("job_referral.id"))
    """`None` when the person found the work without a letter."""
    vacancy_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("vacancy.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("employer.id"), index=True)

    name: Mapped[str] = mapped_column(index=True)
    id_number: Mapped[str] = mapped_column(info=PRIVATE, index=True)
    person_kind: Mapped[PersonKind | None] = mapped_column(Stored(PersonKind))
    employer_name: Mapped[str]
    occupation: Mapped[str]
    district: Mapped[str | None]
    """Of the person."""
    public_welfare: Mapped[bool]
    started_on: Mapped[date]
    wage: Mapped[Fen | None]
    """A month."""
    contract_months: Mapped[int | None]
    ends_on: Mapped[date | None]
    """Of a public-welfare post: the last day the rules of the day allow."""
    free_of_charge: Mapped[Answer]
    proof: Mapped[Proof] = mapped_column(Stored(Proof))
    proof_words: Mapped[str]
    """Number of the contract, or what was seen."""
    insured_from: Mapped[date | None]
    """First day of the first month whose insurance was paid."""
    proved_on: Mapped[date | None]
    left_on: Mapped[date | None]
    end_reason: Mapped[str]
    next_follow_up_on: Mapped[date | None]
    """The day the next follow-up is due; `None` when all are done or the person left."""
    next_follow_up_month: Mapped[int | None]
    note: Mapped[str]
    import_batch_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("import_batch.id"), index=True
    )
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    entered_at: Mapped[datetime]


class FollowUp(Row):
    """One call or visit after so many months at work. Only added."""

    __tablename__ = "follow_up"
    __table_args__ = (Index("ix_follow_up_placement_id", "placement_id", "month"),)

    placement_id: Mapped[int] = mapped_column(Identity, ForeignKey("placement.id"))
    month: Mapped[int]
    """After how many months it was due."""
    due_on: Mapped[date]
    done_on: Mapped[date]
    result: Mapped[FollowUpResult] = mapped_column(Stored(FollowUpResult))
    wage: Mapped[Fen | None]
    """What the person earns a month now; `None` when it was not said."""
    note: Mapped[str]
    done_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    done_at: Mapped[datetime]
