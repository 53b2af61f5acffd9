"""Staff and their roles."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from db.base import Entity
from db.types import Json


class Staff(Entity):
    """One member of staff. Nobody is deleted: who left is no longer active."""

    __tablename__ = "staff"

    user: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(Json)
    """Stored words of `app.core.words.staff.Role`, sorted."""
    active: Mapped[bool]
    since: Mapped[date]
