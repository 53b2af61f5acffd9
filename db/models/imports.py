"""Imports: each file that came in is one batch, which can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.words.imports import ImportKind, ImportState
from db.base import Base, Entity
from db.types import Identity, Json, Stored


class ImportBatch(Entity):
    """One file that was imported: how much, by whom, and whether it was undone."""

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint(
            "(state = 'undone') = (undone_by IS NOT NULL) AND "
            "(undone_by IS NULL) = (undone_at IS NULL)",
            name="undone_by_someone",
        ),
        CheckConstraint("state <> 'undone' OR reason <> ''", name="undone_with_words"),
        CheckConstraint("households >= 0 AND members >= 0 AND merged >= 0", name="counts"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ImportKind] = mapped_column(Stored(ImportKind))
    file_name: Mapped[str]
    digest: Mapped[str]
    """SHA-256 of the file."""
    rows: Mapped[int]
    """Rows of the file that hold somebody, those with errors too."""
    households: Mapped[int]
    members: Mapped[int]
    """People of the new households, the heads too."""
    merged: Mapped[int]
    """Households whose file was there already and was completed."""
    left_out: Mapped[int]
    """Households of the file that were not taken in."""
    numbers: Mapped[Any] = mapped_column(Json)
    """File numbers by year: how many were drawn, and past how many the counter was moved."""
    completed: Mapped[Any] = mapped_column(Json)
    """What was written into files that were there: what each cell held, and who was added."""
    state: Mapped[ImportState] = mapped_column(Stored(ImportState))
    made_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    undone_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))
    undone_at: Mapped[datetime | None]
    reason: Mapped[str]


class BulkRows(Base):
    """What one act wrote in bulk, as it was written: the audit trail names it by its digest."""

    __tablename__ = "bulk_rows"

    digest: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]
    """Compressed JSON, column by column (`app.audit.bulk`)."""
