"""What was done with whole households and their members: merged, split, moved; and every cell
that changed by it, so that it can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.words.households import ChangeKind
from db.base import DERIVED, Row
from db.types import Identity, Json, Stored


class HouseholdChange(Row):
    """One act on whole households, never changed. An undoing is an act of its own."""

    __tablename__ = "household_change"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="with_words"),
        CheckConstraint("(kind = 'undo') = (undoes_id IS NOT NULL)", name="undoes"),
        CheckConstraint("other_id <> household_id", name="two_households"),
    )

    kind: Mapped[ChangeKind] = mapped_column(Stored(ChangeKind))
    household_id: Mapped[int] = mapped_column(Identity, ForeignKey("household.id"), index=True)
    """The household that is kept, that is split, that a member leaves, whose head changes."""
    other_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("household.id"), index=True)
    """The household that is given up, that is made, that a member joins."""
    member_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("member.id"))
    """Who moved, or who became the head."""
    reason: Mapped[str]
    undoes_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("household_change.id"), unique=True
    )
    stood: Mapped[Any] = mapped_column(Json)
    """The highest id of every table before: rows above it came later."""
    made_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    made_at: Mapped[datetime]


class HouseholdMove(Row):
    """One cell that such an act changed, from what to what; never changed.

    Noted before the cell is written: the store moves a row to another household only when the
    newest note on it says so.
    """

    __tablename__ = "household_move"
    __table_args__ = (Index("ix_household_move_cell", "place", "row_id", "name", "id"),)

    change_id: Mapped[int] = mapped_column(Identity, ForeignKey("household_change.id"), index=True)
    place: Mapped[str]
    """The table."""
    row_id: Mapped[int] = mapped_column(Identity)
    name: Mapped[str]
    """The column."""
    was: Mapped[Any] = mapped_column(Json, nullable=True, info=DERIVED)
    becomes: Mapped[Any] = mapped_column(Json, nullable=True, info=DERIVED)
    version: Mapped[int | None]
    """The version the row has then, where it has one: another one tells of a later act."""
