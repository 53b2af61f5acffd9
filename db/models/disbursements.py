"""Awards in versions, decisions on one version, batches and their lines.

That the person who decides is not the one who proposed, and that only an approved current
version is paid, stands here as keys and checks, not only in the verbs: a decision carries
``proposed_by`` by foreign key, so it cannot be forged, and a check compares the two.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.core.money import Fen
from app.core.words.disbursements import (
    ApprovalStep,
    AwardState,
    BatchState,
    Decision,
    LineState,
    ListKind,
    ListState,
    NeedKind,
    PayWay,
    SampleResult,
)
from db.base import GIVEN, LONG, PRIVATE, Entity, Row
from db.types import Identity, Json, Stored


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
    list_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("award_list.id"), index=True)
    """The list it is given on: a festival, a schooling season, a monthly series, a roster."""
    due_on: Mapped[date | None]
    """Of a monthly series: the day before which it is not paid."""


class AwardList(Entity):
    """Awards that are given together: whose, how much each, from which fund, on what document."""

    __tablename__ = "award_list"
    __table_args__ = (
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> opened_by", name="second_person"),
        CheckConstraint("state <> 'confirmed' OR confirmed_by IS NOT NULL", name="confirmed"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ListKind] = mapped_column(Stored(ListKind))
    title: Mapped[str]
    measure: Mapped[str]
    fund_id: Mapped[int] = mapped_column(Identity, ForeignKey("fund.id"), index=True)
    way: Mapped[PayWay] = mapped_column(Stored(PayWay))
    amount: Mapped[Fen | None]
    """What each gets; `None` when it differs."""
    goods: Mapped[str]
    quantity: Mapped[int | None]
    unit_value: Mapped[Fen | None]
    document: Mapped[str]
    """The notice or the entrusting letter it rests on."""
    roster: Mapped[Any] = mapped_column(Json, info=LONG)
    """Who is on it and what each gets; of an agency, the rows as they were entrusted."""
    left_out: Mapped[Any] = mapped_column(Json, info=LONG)
    """Why a row became no award, by its number, as it was when the list was proposed last."""
    state: Mapped[ListState] = mapped_column(Stored(ListState), index=True)
    opened_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    opened_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))


class AwardNeed(Row):
    """One need that an award meets. While it is live, no other award may meet the same."""

    __tablename__ = "award_need"
    __table_args__ = (
        Index(
            "uq_award_need_once",
            "kind",
            "key",
            unique=True,
            sqlite_where=sql("live"),
            postgresql_where=sql("live"),
        ),
    )

    award_id: Mapped[int] = mapped_column(Identity, ForeignKey("award.id"), index=True)
    kind: Mapped[NeedKind] = mapped_column(Stored(NeedKind))
    key: Mapped[str] = mapped_column(info=PRIVATE)
    live: Mapped[bool]
    """False once the award was refused or withdrawn."""


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
    account_number: Mapped[str] = mapped_column(info=PRIVATE, index=True)
    amount: Mapped[Fen]
    fund_id: Mapped[int] = mapped_column(Identity, ForeignKey("fund.id"))
    assessment_id: Mapped[int] = mapped_column(Identity, ForeignKey("assessment.id"))
    opinion: Mapped[str]
    proposed_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    proposed_at: Mapped[datetime]
    seal: Mapped[str]
    way: Mapped[PayWay] = mapped_column(Stored(PayWay), info={GIVEN: PayWay.CARD})
    goods: Mapped[str]
    quantity: Mapped[int | None]
    unit_value: Mapped[Fen | None]
    """In kind: the amount is the quantity times this."""
    flow: Mapped[str]
    """The day of the approval tiers it goes by: those in force when it was first proposed."""
    steps: Mapped[list[str]] = mapped_column(Json, info={GIVEN: ["supervisor"]})
    """Who has to decide, in order (`ApprovalStep`), as it stood at the proposal."""


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
            "uq_approval_step",
            "award_version_id",
            "step",
            unique=True,
            sqlite_where=sql("decision <> 'deferred'"),
            postgresql_where=sql("decision <> 'deferred'"),
        ),
        Index(
            "uq_approval_person",
            "award_version_id",
            "decided_by",
            unique=True,
            sqlite_where=sql("decision = 'approved' AND step IN ('supervisor', 'collective')"),
            postgresql_where=sql("decision = 'approved' AND step IN ('supervisor', 'collective')"),
        ),
    )

    award_version_id: Mapped[int] = mapped_column(Identity)
    proposed_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    decided_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    decided_at: Mapped[datetime]
    decision: Mapped[Decision] = mapped_column(Stored(Decision))
    opinion: Mapped[str]
    suggested_amount: Mapped[Fen | None]
    step: Mapped[ApprovalStep] = mapped_column(
        Stored(ApprovalStep), info={GIVEN: ApprovalStep.SUPERVISOR}
    )
    document: Mapped[str]
    """The number of the minutes of a collective decision, or of the reply of the union above."""
    document_day: Mapped[date | None]
    """The day of the meeting, or of the reply."""
    attended: Mapped[str]
    """Who attended the meeting."""
    final: Mapped[bool] = mapped_column(info={GIVEN: True})
    """Nobody has to decide after this: what it approves may be reserved and paid."""


class StaffTie(Entity):
    """A member of staff is related to a household, so others decide on it (回避)."""

    __tablename__ = "staff_tie"
    __table_args__ = (CheckConstraint("note <> ''", name="with_words"),)

    staff_id: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    household_id: Mapped[int] = mapped_column(Identity, ForeignKey("household.id"), index=True)
    note: Mapped[str]
    declared_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    declared_at: Mapped[datetime]
    live: Mapped[bool]


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
    way: Mapped[PayWay] = mapped_column(Stored(PayWay), info={GIVEN: PayWay.CARD})
    follows_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("batch.id"))
    """The batch whose failed payments it makes good, with corrected accounts."""
    payer_account: Mapped[str] = mapped_column(default="", server_default="")
    """The account of the center that the bank file names, as it was when the batch was made."""


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
    settled_on: Mapped[date | None]
    """The day it was booked as paid or failed; of cash and goods, the day of the signature."""


class CashDay(Entity):
    """One day on which cash was handed out: drawn, paid, brought back, and counted by two."""

    __tablename__ = "cash_day"
    __table_args__ = (
        CheckConstraint("drawn >= 0 AND paid >= 0 AND counted >= 0", name="amounts"),
        CheckConstraint("counted_by <> confirmed_by", name="second_person"),
        CheckConstraint("counted = drawn - paid OR note <> ''", name="explained"),
    )

    day: Mapped[date] = mapped_column(unique=True)
    drawn: Mapped[Fen]
    paid: Mapped[Fen]
    counted: Mapped[Fen]
    """What is left in the box at the close."""
    note: Mapped[str]
    """Why the count differs from what was drawn less what was paid."""
    counted_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    counted_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))


class ReceiptSample(Entity):
    """One payment drawn to be asked about by telephone, and what was said."""

    __tablename__ = "receipt_sample"
    __table_args__ = (
        CheckConstraint("(result IS NULL) = (called_by IS NULL)", name="called_by_someone"),
    )

    batch_line_id: Mapped[int] = mapped_column(Identity, ForeignKey("batch_line.id"), unique=True)
    drawn_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    drawn_at: Mapped[datetime]
    result: Mapped[SampleResult | None] = mapped_column(Stored(SampleResult))
    note: Mapped[str]
    called_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))
    called_at: Mapped[datetime | None]
