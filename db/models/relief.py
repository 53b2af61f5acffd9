"""The relief book: every payment as reports count it, those of the past that were imported too.

A narrow row for each payment with what it counts under on its day, so that a year is told by
reading one index. Rows of this store follow a posting each; rows of the past follow none, and so
never touch a balance. Rows are only added; a return is a row of its own that takes off.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.money import Fen
from app.core.words.disbursements import PayWay
from app.core.words.funds import FundSource
from app.core.words.relief import ReliefItem
from db.base import PRIVATE, Entity, Row
from db.types import Identity, Stored

COUNTED_BY = (
    *("item", "source", "fund_id", "area", "district", "category", "cause", "way"),
    *("person_id", "household_id", "times", "fen"),
)
"""All that reports ask of a payment: they read the index alone, in the order of the days."""


class ReliefPerson(Row):
    """Somebody who was helped, by the number of the ID card: people are counted by this."""

    __tablename__ = "relief_person"

    id_number: Mapped[str] = mapped_column(info=PRIVATE, index=True)
    """Empty when the past gives only a name and a file number."""
    name: Mapped[str]
    household_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("household.id"))
    """The file it belonged to when it was first helped; `None` for 未建档."""


class Relief(Row):
    """One payment, or one that came back, as it counts on its day."""

    __tablename__ = "relief"
    __table_args__ = (
        CheckConstraint("times IN (-1, 0, 1)", name="times"),
        CheckConstraint("fen <> 0", name="fen"),
        CheckConstraint("(posting_id IS NULL) = (import_batch_id IS NOT NULL)", name="origin"),
        Index("uq_relief_posting_id", "posting_id", unique=True),
        Index("ix_relief_day", "counted", "day", *COUNTED_BY),
    )

    day: Mapped[date]
    item: Mapped[ReliefItem] = mapped_column(Stored(ReliefItem))
    measure: Mapped[str]
    """The measure of the policy; empty of the past."""
    area: Mapped[str | None]
    source: Mapped[FundSource] = mapped_column(Stored(FundSource))
    fund_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("fund.id"))
    """`None` of the past, whose money was in no ledger here."""
    district: Mapped[str | None]
    category: Mapped[str | None]
    cause: Mapped[str | None]
    way: Mapped[PayWay | None] = mapped_column(Stored(PayWay))
    person_id: Mapped[int] = mapped_column(Identity, ForeignKey("relief_person.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("household.id"), index=True
    )
    """`None` for somebody without a file (未建档)."""
    fen: Mapped[Fen]
    """Below zero of what came back."""
    times: Mapped[int]
    """1 for a payment, -1 when all of it came back, 0 when a part did: person-times."""
    posting_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("posting.id"))
    import_batch_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("import_batch.id"), index=True
    )
    handler: Mapped[str]
    note: Mapped[str]
    counted: Mapped[bool]
    """False once the import that brought it was undone."""


class ReliefPlan(Entity):
    """What the center means to do in a year under one item: plan against done."""

    __tablename__ = "relief_plan"
    __table_args__ = (
        CheckConstraint("households >= 0 AND fen >= 0", name="amounts"),
        Index("uq_relief_plan_item", "year", "item", unique=True),
    )

    year: Mapped[int]
    item: Mapped[ReliefItem] = mapped_column(Stored(ReliefItem))
    households: Mapped[int]
    fen: Mapped[Fen]
    document: Mapped[str]
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
