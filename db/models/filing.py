"""Filing steps: visit, cross-check, notice, review, exit and return."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.words.filing import StepKind, StepState
from db.base import LONG, Entity
from db.types import Identity, Json, Stored

RUNNING = text("state IN ('open', 'reported')")


class FilingStep(Entity):
    """One step of a household's file, with the report of what was done.

    A review, an exit and a return are reported by one person and decided by another; every other
    step is finished by whoever reports it. What is done or void stays as it was.
    """

    __tablename__ = "filing_step"
    __table_args__ = (
        CheckConstraint(
            "(state IN ('done', 'void')) = (done_by IS NOT NULL) AND "
            "(done_by IS NULL) = (done_at IS NULL)",
            name="done_by_someone",
        ),
        CheckConstraint(
            "(reported_by IS NULL) = (reported_at IS NULL) AND "
            "(state NOT IN ('reported', 'done') OR reported_by IS NOT NULL)",
            name="reported_by_someone",
        ),
        CheckConstraint(
            "state NOT IN ('reported', 'done') OR (result <> '' AND report IS NOT NULL)",
            name="done_with_result",
        ),
        CheckConstraint("state <> 'void' OR reason <> ''", name="void_with_words"),
        CheckConstraint(
            "state <> 'done' OR kind NOT IN ('review', 'exit', 'return') OR done_by <> reported_by",
            name="second_person",
        ),
        Index(
            "uq_filing_step_running",
            "household_id",
            "kind",
            unique=True,
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        ),
        Index("ix_filing_step_state", "state", "kind", "due_on"),
        Index("ix_filing_step_household", "household_id", "kind", "done_at"),
    )

    household_id: Mapped[int] = mapped_column(Identity, ForeignKey("household.id"))
    case_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("case.id"), index=True)
    """The application it was taken for; a step of the file itself has none."""
    kind: Mapped[StepKind] = mapped_column(Stored(StepKind))
    state: Mapped[StepState] = mapped_column(Stored(StepState))
    due_on: Mapped[date | None]
    """Until when; of a notice, its last day."""
    due_provisional: Mapped[bool]
    opened_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    opened_at: Mapped[datetime]
    reported_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))
    reported_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))
    """Who finished it, decided it or made it void."""
    done_at: Mapped[datetime | None]
    result: Mapped[str]
    """A word of the results of its kind (`app.core.words.filing.RESULTS`); empty while open."""
    report: Mapped[Any | None] = mapped_column(Json, info=LONG)
    """The report of its kind (`app.filing.records.REPORTS`) as plain data."""
    documents: Mapped[list[int]] = mapped_column(Json)
    """Ids of the documents that belong to it: the signed sheet, pictures."""
    assessment_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("assessment.id"))
    """The sealed assessment that a review or a return rests on."""
    reason: Mapped[str]
    """The words of the decision: why it was sent back, refused or made void."""
