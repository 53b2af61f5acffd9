"""Drafts: what was typed and not handed in yet. Not audited, never lost."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Identity, Json


class Draft(Base):
    """The content of one form as last typed by its owner."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_open", "owner_id", sqlite_where=text("open")),)

    id: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    form: Mapped[str]
    title: Mapped[str]
    content: Mapped[Any] = mapped_column(Json, nullable=True)
    """Field values of the form, as typed; `None` once the draft is closed."""
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    open: Mapped[bool]
