"""Issued papers, frozen with their facts, and every print of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.words.papers import PaperKind, PaperState
from db.base import LONG, Entity, Row
from db.types import Identity, Json, Stored


class Paper(Entity):
    """An issued paper. What it says never changes; it can only become void."""

    __tablename__ = "paper"
    __table_args__ = (
        CheckConstraint("state <> 'void' OR voided_by IS NOT NULL", name="voided_by_someone"),
    )

    kind: Mapped[PaperKind] = mapped_column(Stored(PaperKind), index=True)
    number: Mapped[str] = mapped_column(unique=True)
    template: Mapped[str]
    title: Mapped[str]
    """Whom or what it is about, for the register."""
    household_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("household.id"), index=True
    )
    subject: Mapped[str] = mapped_column(index=True)
    """The row it was made from, as ``case/12``."""
    issued_on: Mapped[date]
    facts: Mapped[Any] = mapped_column(Json, info=LONG)
    digest: Mapped[str]
    payload: Mapped[str] = mapped_column(index=True)
    """The signed text in the QR code."""
    check_code: Mapped[str] = mapped_column(unique=True)
    issued_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    issued_at: Mapped[datetime]
    state: Mapped[PaperState] = mapped_column(Stored(PaperState), index=True)
    void_reason: Mapped[str]
    voided_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))


class PaperPrint(Row):
    """One print that the printer accepted; viewing is none."""

    __tablename__ = "paper_print"
    __table_args__ = (UniqueConstraint("paper_id", "copy", name="uq_paper_print_copy"),)

    paper_id: Mapped[int] = mapped_column(Identity, ForeignKey("paper.id"))
    copy: Mapped[int]
    reason: Mapped[str]
    """Why it was printed again; empty for the first copy."""
    printed_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    printed_at: Mapped[datetime]
