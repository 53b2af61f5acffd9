"""The audit trail: one row an act, in the order of the acts, chained by hashes."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Row
from db.types import Json


class AuditRow(Row):
    """Who did what, when, and what it changed from and to. Only ever added to.

    ``hash`` covers the row and the hash before it; triggers refuse update, delete and a row
    that does not continue the chain.
    """

    __tablename__ = "audit"

    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    actor_name: Mapped[str]
    verb: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str | None] = mapped_column(index=True)
    """What the act is about, as ``case/12``; the first changed row when the verb names none."""
    request: Mapped[Any] = mapped_column(Json)
    changes: Mapped[Any] = mapped_column(Json)
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
