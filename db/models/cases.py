"""Cases (applications) and sealed assessments."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.words.cases import CaseState
from db.base import LONG, Entity, Row
from db.types import Identity, Json, Stored


class Case(Entity):
    """One application of a household, from acceptance by one person to filing by another."""

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> accepted_by", name="second_person"),
        CheckConstraint("state <> 'filed' OR decided_by IS NOT NULL", name="filed_by_someone"),
        Index("ix_case_state", "state", "decided_at"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    household_id: Mapped[int] = mapped_column(Identity, ForeignKey("household.id"), index=True)
    state: Mapped[CaseState] = mapped_column(Stored(CaseState))
    items: Mapped[list[str]] = mapped_column(Json)
    """What is applied for: measure ids."""
    papers_handed_in: Mapped[list[str]] = mapped_column(Json)
    note: Mapped[str]
    accepted_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    accepted_at: Mapped[datetime] = mapped_column(index=True)
    due_on: Mapped[date]
    due_provisional: Mapped[bool]
    decided_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    opinion: Mapped[str]
    assessment_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("assessment.id"))


class SealedAssessment(Row):
    """An assessment a decision rests on, as it was: facts, packs, dated values, result."""

    __tablename__ = "assessment"

    number: Mapped[str] = mapped_column(unique=True)
    household_id: Mapped[int] = mapped_column(Identity, ForeignKey("household.id"), index=True)
    as_of: Mapped[date]
    facts: Mapped[Any] = mapped_column(Json, info=LONG)
    packs: Mapped[Any] = mapped_column(Json, info=LONG)
    values_used: Mapped[Any] = mapped_column(Json, info=LONG)
    result: Mapped[Any] = mapped_column(Json, info=LONG)
    digest: Mapped[str]
    made_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    made_at: Mapped[datetime]
