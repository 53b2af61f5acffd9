"""Awards in versions, decisions on one version, batches and their lines.

That the person who decides is not the one who proposed, and that only an approved current
version is paid, stands here as keys and checks, not only in the verbs: a decision carries
``proposed_by`` by foreign key, so it cannot be forged, and a check compares the two.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.core.money import Fen
from app.core.words.disbursements import AwardState, BatchState, Decision, LineState
from db.base import PRIVATE, Entity, Row
from db.types import Identity, Stored


class Award(Entity):
    """Relief proposed for a household; what exactly stands in its versions."""

    __tablename__ = "award"

    number: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(Identity, ForeignKey("case.id"), index=True)
    household_id: Mapped[int] = mapped_column(Identity, ForeignKey("household.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("member.id"), index=True)
    """Of a grant per member: the pupil or patient it is for."""
    measure: Mapped[str]
    year: Mapped[int]
    """The calendar year in which it was proposed; caps count by the day of payment."""
    state: Mapped[AwardState] = mapped_column(Stored(AwardState), index=True)


class AwardVersion(Row):
    """One version of an award, never changed: who gets how much from where, and why.

    ``seal`` is the hash of all of it and stands on the approval form.
    """

    __tablename__ = "award_version"
    __table_args__ = (
        UniqueConstraint("award_id", "sequence", name="uq_award_version_sequence"),
        UniqueConstraint("id", "proposed_by", name="uq_award_version_proposer"),
        CheckConstraint("amount > 0", name="amount_positive"),
    )

    award_id: Mapped[int] = mapped_column(Identity, ForeignKey("award.id"))
    sequence: Mapped[int]
    payee: Mapped[str]
    account_holder: Mapped[str]
    account_bank: Mapped[str]
    account_number: Mapped[str] = mapped_column(info=PRIVATE)
    amount: Mapped[Fen]
    fund_id: Mapped[int] = mapped_column(Identity, ForeignKey("fund.id"))
    assessment_id: Mapped[int] = mapped_column(Identity, ForeignKey("assessment.id"))
    opinion: Mapped[str]
    proposed_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    proposed_at: Mapped[datetime]
    seal: Mapped[str]


class Approval(Row):
    """What the second person decided on one version; never changed."""

    __tablename__ = "approval"
    __table_args__ = (
        ForeignKeyConstraint(
            ["award_version_id", "proposed_by"],
            ["award_version.id", "award_version.proposed_by"],
            name="fk_approval_version_proposer",
        ),
        UniqueConstraint(
            "id",
            "award_version_id",
            "decision",
            "proposed_by",
            "decided_by",
            name="uq_approval_identity",
        ),
        CheckConstraint("decided_by <> proposed_by", name="second_person"),
        CheckConstraint("suggested_amount > 0", name="suggested_positive"),
        Index(
            "uq_approval_final",
            "award_version_id",
            unique=True,
            sqlite_where=sql("decision <> 'deferred'"),
            postgresql_where=sql("decision <> 'deferred'"),
        ),
    )

    award_version_id: Mapped[int] = mapped_column(Identity)
    proposed_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    decided_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    decided_at: Mapped[datetime]
    decision: Mapped[Decision] = mapped_column(Stored(Decision))
    opinion: Mapped[str]
    suggested_amount: Mapped[Fen | None]


class Batch(Entity):
    """Disbursements that go to the bank together; frozen before they go."""

    __tablename__ = "batch"
    __table_args__ = (
        CheckConstraint("state = 'draft' OR frozen_digest IS NOT NULL", name="frozen_digest"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    state: Mapped[BatchState] = mapped_column(Stored(BatchState), index=True)
    layout: Mapped[str]
    prepared_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    prepared_at: Mapped[datetime]
    frozen_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))
    frozen_at: Mapped[datetime | None]
    frozen_digest: Mapped[str | None]
    bank_file: Mapped[str | None]
    result_digest: Mapped[str | None] = mapped_column(unique=True)


class BatchLine(Row):
    """One disbursement of a batch, tied by key to the approval that allows it."""

    __tablename__ = "batch_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["approval_id", "award_version_id", "decision", "proposed_by", "decided_by"],
            [
                "approval.id",
                "approval.award_version_id",
                "approval.decision",
                "approval.proposed_by",
                "approval.decided_by",
            ],
            name="fk_batch_line_approval",
        ),
        CheckConstraint("decision = 'approved'", name="approved"),
        CheckConstraint(
            "entered_by <> proposed_by AND entered_by <> decided_by", name="third_person"
        ),
        UniqueConstraint("batch_id", "line", name="uq_batch_line_number"),
        Index(
            "uq_batch_line_paid_once",
            "award_version_id",
            unique=True,
            sqlite_where=sql("state IN ('prepared', 'paying', 'paid')"),
            postgresql_where=sql("state IN ('prepared', 'paying', 'paid')"),
        ),
    )

    batch_id: Mapped[int] = mapped_column(Identity, ForeignKey("batch.id"))
    line: Mapped[int]
    approval_id: Mapped[int] = mapped_column(Identity)
    award_version_id: Mapped[int] = mapped_column(Identity, ForeignKey("award_version.id"))
    decision: Mapped[Decision] = mapped_column(Stored(Decision))
    proposed_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    decided_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    state: Mapped[LineState] = mapped_column(Stored(LineState))
    reason: Mapped[str]
    """Why it was taken out, or what the bank said."""
