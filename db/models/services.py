"""Requested services and referrals: what a household gets beside money."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.words.services import ServiceState
from app.policy.pack import MeasureKind
from db.base import Entity
from db.types import Identity, Json, Stored


class ServiceRequest(Entity):
    """One service or referral asked for a household, on a sealed assessment.

    What was asked, for whom and by whom stays as it was; it is closed once, with its result.
    """

    __tablename__ = "service_request"
    __table_args__ = (
        CheckConstraint("kind IN ('service', 'referral')", name="no_money"),
        CheckConstraint(
            "(state = 'open') = (closed_by IS NULL) AND (closed_by IS NULL) = (closed_at IS NULL)",
            name="closed_by_someone",
        ),
        CheckConstraint("state = 'open' OR result <> ''", name="closed_with_words"),
        Index("ix_service_request_state", "state", "id"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    household_id: Mapped[int] = mapped_column(Identity, ForeignKey("household.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("case.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("member.id"), index=True)
    """Of a measure per member: the person it is for."""
    measure: Mapped[str]
    kind: Mapped[MeasureKind] = mapped_column(Stored(MeasureKind))
    title: Mapped[str]
    department: Mapped[str]
    """Who does it, in the words of the policy of the day."""
    entitlement: Mapped[str]
    """What the person gets, in the words of the policy of the day."""
    papers: Mapped[list[str]] = mapped_column(Json)
    """What to bring."""
    assessment_id: Mapped[int] = mapped_column(Identity, ForeignKey("assessment.id"))
    note: Mapped[str]
    requested_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    requested_at: Mapped[datetime]
    due_on: Mapped[date | None]
    state: Mapped[ServiceState] = mapped_column(Stored(ServiceState))
    result: Mapped[str]
    """What came of it, or why it was withdrawn; empty while it is open."""
    closed_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))
    closed_at: Mapped[datetime | None]
