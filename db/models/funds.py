"""Funds, what was granted to them, and their ledger."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.money import Fen
from app.core.words.funds import Account, BudgetState, FundSource, RefundKind
from db.base import Base, Entity, Row
from db.types import Identity, Json, Stored


class Fund(Entity):
    """One source of money for one year, with its earmark."""

    __tablename__ = "fund"

    name: Mapped[str] = mapped_column(unique=True)
    source: Mapped[FundSource] = mapped_column(Stored(FundSource))
    year: Mapped[int]
    measures: Mapped[list[str]] = mapped_column(Json)
    """The measures it may pay (ids); empty for every measure."""
    file_required: Mapped[bool]
    open: Mapped[bool]
    donor: Mapped[str]
    condition: Mapped[str]
    """What the donor wishes, in words; what of it can be checked stands in the earmarks."""
    districts: Mapped[list[str]] = mapped_column(Json)
    """The districts whose households it may pay; empty for every district."""
    categories: Mapped[list[str]] = mapped_column(Json)
    """The hardship categories it may pay; empty for every category."""
    pays_until: Mapped[date | None]
    """The last day it may pay; `None` for the last day of its year."""


class Budget(Entity):
    """An amount granted to a fund by a document: entered by one person, confirmed by another."""

    __tablename__ = "budget"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> entered_by", name="second_person"),
        CheckConstraint("state <> 'confirmed' OR confirmed_by IS NOT NULL", name="confirmed"),
    )

    fund_id: Mapped[int] = mapped_column(Identity, ForeignKey("fund.id"), index=True)
    area: Mapped[str | None]
    """The policy area it is meant for; `None` when any."""
    amount: Mapped[Fen]
    document: Mapped[str]
    granted_on: Mapped[date]
    state: Mapped[BudgetState] = mapped_column(Stored(BudgetState))
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    confirmed_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))


class CarryOver(Entity):
    """What is left of one fund goes to another: entered by one person, confirmed by another."""

    __tablename__ = "carry_over"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("from_fund_id <> to_fund_id", name="two_funds"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> entered_by", name="second_person"),
        CheckConstraint("state <> 'confirmed' OR confirmed_by IS NOT NULL", name="confirmed"),
    )

    from_fund_id: Mapped[int] = mapped_column(Identity, ForeignKey("fund.id"), index=True)
    to_fund_id: Mapped[int] = mapped_column(Identity, ForeignKey("fund.id"), index=True)
    area: Mapped[str | None]
    """The policy area whose money it is, which it stays; `None` for money of any area."""
    amount: Mapped[Fen]
    document: Mapped[str]
    state: Mapped[BudgetState] = mapped_column(Stored(BudgetState))
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    entered_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))


class Refund(Entity):
    """Money that was paid and came back: entered by one person, confirmed by another."""

    __tablename__ = "refund"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> entered_by", name="second_person"),
        CheckConstraint("state <> 'confirmed' OR confirmed_by IS NOT NULL", name="confirmed"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    award_version_id: Mapped[int] = mapped_column(
        Identity, ForeignKey("award_version.id"), index=True
    )
    kind: Mapped[RefundKind] = mapped_column(Stored(RefundKind))
    amount: Mapped[Fen]
    reason: Mapped[str]
    document: Mapped[str]
    """The bank slip or the decision it rests on."""
    came_on: Mapped[date]
    state: Mapped[BudgetState] = mapped_column(Stored(BudgetState))
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    entered_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))


def _once(column: str, where: str, what: str) -> Index:
    condition = text(where)
    return Index(
        f"uq_posting_{what}_once",
        column,
        unique=True,
        sqlite_where=condition,
        postgresql_where=condition,
    )


class Posting(Row):
    """One movement: an amount leaves one account of a fund and enters another.

    Both sides stand in the one row, so the ledger sums to zero by construction. Only ever
    added to; a correction is a movement back.
    """

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("from_account <> to_account", name="moves"),
        _once("budget_id", "from_account = 'granted'", "granted"),
        _once("award_version_id", "to_account = 'reserved'", "reserved"),
        _once("award_version_id", "to_account = 'paid'", "paid"),
        Index("uq_posting_carried_once", "carry_over_id", "fund_id", unique=True),
        Index("uq_posting_refunded_once", "refund_id", unique=True),
        Index("ix_posting_day", "fund_id", "posted_at"),
    )

    fund_id: Mapped[int] = mapped_column(Identity, ForeignKey("fund.id"), index=True)
    from_account: Mapped[Account] = mapped_column(Stored(Account))
    to_account: Mapped[Account] = mapped_column(Stored(Account))
    amount: Mapped[Fen]
    budget_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("budget.id"))
    award_version_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("award_version.id"), index=True
    )
    carry_over_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("carry_over.id"))
    refund_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("refund.id"))
    memo: Mapped[str]
    posted_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    posted_at: Mapped[datetime]


class Balance(Base):
    """What stands on one account of a fund; kept by a trigger on the ledger, never below zero
    except on the account the grants come from.

    ``posting_id`` is the movement that changed it last: the store refuses any other change.
    """

    __tablename__ = "balance"
    __table_args__ = (CheckConstraint("fen >= 0 OR account = 'granted'", name="not_below_zero"),)

    fund_id: Mapped[int] = mapped_column(Identity, ForeignKey("fund.id"), primary_key=True)
    account: Mapped[Account] = mapped_column(Stored(Account), primary_key=True)
    fen: Mapped[Fen]
    posting_id: Mapped[int | None] = mapped_column(Identity)
