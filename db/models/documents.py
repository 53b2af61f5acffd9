"""Documents: scans and files that prove what a household says, inside the encrypted store."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.words.documents import DocumentState, MediaType
from db.base import Base, Entity
from db.types import Identity, Stored


class Document(Entity):
    """One document of a household, or of a draft until its household is accepted.

    The file stays as it was added. What it is called, whose it is and what it proves can be put
    right; a wrong one is withdrawn with the reason, never deleted.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("household_id IS NOT NULL OR draft_id <> ''", name="somewhere"),
        CheckConstraint("size > 0 AND pages > 0", name="content"),
        CheckConstraint(
            "(state = 'kept') = (withdrawn_by IS NULL) AND "
            "(withdrawn_by IS NULL) = (withdrawn_at IS NULL)",
            name="withdrawn_by_someone",
        ),
        CheckConstraint("state = 'kept' OR reason <> ''", name="withdrawn_with_words"),
        Index("ix_document_draft", "draft_id", sqlite_where=text("household_id IS NULL")),
    )

    household_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("household.id"), index=True
    )
    draft_id: Mapped[str]
    """The draft it was added to; empty when the household was there already."""
    case_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("case.id"))
    member_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("member.id"), index=True)
    """The person it speaks of; `None` of the whole household."""
    kind: Mapped[str]
    """A word of the code list ``attachment``; empty while nobody said what it is."""
    proof: Mapped[str]
    """What it proves: a name in ``resources/reference/proofs.toml``, or empty."""
    name: Mapped[str]
    """The name of the file; a label, never a path."""
    media_type: Mapped[MediaType] = mapped_column(Stored(MediaType))
    digest: Mapped[str] = mapped_column(ForeignKey("document_content.digest"), index=True)
    size: Mapped[int]
    """In bytes."""
    pages: Mapped[int]
    taken_on: Mapped[date | None]
    """The day that stands on the paper."""
    valid_until: Mapped[date | None]
    state: Mapped[DocumentState] = mapped_column(Stored(DocumentState))
    reason: Mapped[str]
    """Why it was withdrawn; empty while it is kept."""
    added_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    added_at: Mapped[datetime]
    withdrawn_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))
    withdrawn_at: Mapped[datetime | None]


class DocumentContent(Base):
    """A file as it was added; the same file is stored once, whoever added it how often.

    Only ever added to; triggers refuse update and delete.
    """

    __tablename__ = "document_content"

    digest: Mapped[str] = mapped_column(primary_key=True)
    """SHA-256 of the content, in hexadecimal digits."""
    thumbnail: Mapped[bytes]
    """Its first page, too small to be read, as JPEG; empty where none could be drawn."""
    content: Mapped[bytes]
    """Last, so that a list with thumbnails does not read it."""
