"""The guarantee fund: its capital, the quotas of the districts, and what it paid and got back."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.money import Fen
from app.core.words.loans import ChangeState, GuaranteeMoveKind
from db.base import Entity
from db.types import Identity, Stored


class GuaranteeFund(Entity):
    """Money that stands for loans: they may be so many times as large as it is."""

    __tablename__ = "guarantee_fund"
    __table_args__ = (
        CheckConstraint("leverage BETWEEN 1 AND 10", name="leverage"),
        CheckConstraint("share_percent BETWEEN 1 AND 100", name="share"),
        CheckConstraint("stop_percent BETWEEN 1 AND 100", name="stop"),
    )

    name: Mapped[str] = mapped_column(unique=True)
    leverage: Mapped[int]
    """How many times its capital the guaranteed principal may be: 3 or 5."""
    share_percent: Mapped[int]
    """Its part of the risk of a loan, of the principal."""
    stop_percent: Mapped[int]
    """New guarantees stop when so much of what it stands for is bad."""
    document: Mapped[str]
    open: Mapped[bool]


class GuaranteeMove(Entity):
    """Money that went into the fund or out of it; two people each time."""

    __tablename__ = "guarantee_move"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> entered_by", name="second_person"),
        CheckConstraint("state <> 'confirmed' OR confirmed_by IS NOT NULL", name="confirmed"),
        CheckConstraint(
            "(kind NOT IN ('capital_in', 'capital_out')) = (change_id IS NOT NULL)", name="change"
        ),
        Index("uq_guarantee_move_change_id", "change_id", unique=True),
    )

    guarantee_fund_id: Mapped[int] = mapped_column(
        Identity, ForeignKey("guarantee_fund.id"), index=True
    )
    kind: Mapped[GuaranteeMoveKind] = mapped_column(Stored(GuaranteeMoveKind))
    amount: Mapped[Fen]
    day: Mapped[date]
    document: Mapped[str]
    change_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("loan_change.id"))
    """Of a compensation, a recovery or its reversal: the change of the loan it belongs to."""
    state: Mapped[ChangeState] = mapped_column(Stored(ChangeState))
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    entered_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))


class GuaranteeQuota(Entity):
    """How much of a fund the loans of one district may take in a year."""

    __tablename__ = "guarantee_quota"
    __table_args__ = (
        CheckConstraint("fen >= 0", name="fen"),
        Index("uq_guarantee_quota_district", "guarantee_fund_id", "year", "district", unique=True),
    )

    guarantee_fund_id: Mapped[int] = mapped_column(Identity, ForeignKey("guarantee_fund.id"))
    year: Mapped[int]
    district: Mapped[str]
    fen: Mapped[Fen]
    document: Mapped[str]
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
