"""The base of every table: names of constraints, ids, versions."""

from datetime import datetime
from typing import Any, ClassVar, Final, cast

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from app.core.money import Fen
from app.core.words import Answer
from db.types import Identity, Instant, Stored

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

PRIVATE: dict[Any, Any] = {"private": True}
"""Marks a column whose value the audit trail masks."""

DERIVED: dict[Any, Any] = {"derived": True}
"""Marks a private column made from another one, as a number reversed for the search: of it the
audit trail tells the keyed hash alone, since a second mask would show the other end."""

SECRET: dict[Any, Any] = {"secret": True}
"""Marks a column that the audit trail never mentions by value, such as a key."""

SOUGHT: dict[Any, Any] = {"sought": True}
"""Marks a column made from another one for the search; the trail does not tell of it."""

GIVEN: Final = "given"
"""Marks a column of a later schema with what that gave the rows before it, which no act wrote."""

LONG: dict[Any, Any] = {"digest": True}
"""Marks a column of long content, which the audit trail names by its digest."""


class Base(DeclarativeBase):
    """The base of every stored class."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        Fen: Identity,
        datetime: Instant,
        Answer: Stored(Answer),
    }


class Row(Base):
    """A row with an id of its own."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(Identity, primary_key=True, sort_order=-2)


class Entity(Row):
    """A row that people edit: its version goes up with every change, and a stale one is refused."""

    __abstract__ = True

    version: Mapped[int] = mapped_column(sort_order=-1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let SQLAlchemy count and compare the version."""
        return {"version_id_col": cast("Any", cls).__table__.c.version}
