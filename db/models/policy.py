"""The policy documents that decisions rested on, kept as they were."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class PolicyDocument(Base):
    """One pack as it was in use, so that an assessment can be replayed when its file has changed.

    Only ever added to; triggers refuse update and delete.
    """

    __tablename__ = "policy_document"

    digest: Mapped[str] = mapped_column(primary_key=True)
    """The digest of the pack, as sealed assessments name it."""
    pack: Mapped[str] = mapped_column(index=True)
    """The id of the pack, such as ``medical/2020-01-01``."""
    content: Mapped[str]
    """The whole document as canonical JSON."""
    first_seen_at: Mapped[datetime]
