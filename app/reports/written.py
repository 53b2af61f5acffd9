"""What the trail tells of the rows that were written in bulk: their first values, kept beside."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.audit.records import Finding
from app.audit.trail import NOTHING, told_value
from app.core.columns import Columns, unpack
from app.core.i18n import _
from app.core.plain import plain
from db.base import Base, Row
from db.models.imports import BulkRows

BLANK: Final = (*NOTHING, ())
"""What a row that says nothing holds."""


class Written:
    """The rows that came in bulk, by table and id, as they were when they were written."""

    def __init__(self, session: Session, masking_key: bytes) -> None:
        self._session, self._masking_key = session, masking_key
        self._tables: dict[str, list[tuple[int, Columns]]] = {}
        self._info = {
            mapper.class_.__tablename__: {
                item.key: item.columns[0].info for item in inspect(mapper.class_).column_attrs
            }
            for mapper in Base.registry.mappers
            if issubclass(mapper.class_, Row)
        }
        self._compared = {
            table: [name for name, info in infos.items() if _is_told(name, info)]
            for table, infos in self._info.items()
        }

    def add(self, table: str, digest: str) -> None:
        """Add what one act wrote into a table; ids rise one by one from the first."""
        content = self._session.scalar(select(BulkRows.content).where(BulkRows.digest == digest))
        if content is not None and sha256(content).hexdigest() == digest:
            columns = unpack(content)
            if columns.count:
                self._tables.setdefault(table, []).append((columns.row(0)["id"], columns))

    def __contains__(self, subject: str) -> bool:
        """Tell whether a row was written in bulk."""
        return self._find(subject) is not None

    def row(self, subject: str) -> dict[str, Any] | None:
        """Return what the trail told of a row at first, or `None` for one written by itself."""
        found = self._find(subject)
        if found is None:
            return None
        columns, place = found
        info = self._info[subject.partition("/")[0]]
        return {
            name: told_value(value, info[name], self._masking_key)
            for name, value in columns.row(place).items()
            if _is_told(name, info[name]) and value not in NOTHING
        }

    def holds(self, subject: str, row: Row) -> bool:
        """Tell whether a row still is as it was written, compared in the clear: most rows are,
        and need no mask. What was not written is unknown in the row too."""
        found = self._find(subject)
        if found is None:
            return False
        columns, place = found
        was = columns.row(place)
        for name in self._compared[row.__tablename__]:
            now, then = getattr(row, name), was.get(name)
            if now != then and plain(now) != then and not (now in BLANK and then in BLANK):
                return False
        return True

    def _find(self, subject: str) -> tuple[Columns, int] | None:
        """Return where a row stands in what was written."""
        table, _slash, key = subject.partition("/")
        for first, columns in self._tables.get(table, ()):
            place = int(key) - first
            if 0 <= place < columns.count:
                return columns, place
        return None

    def subjects(self) -> Iterator[str]:
        """Yield every row that was written in bulk."""
        for table, parts in self._tables.items():
            for first, columns in parts:
                yield from (f"{table}/{first + place}" for place in range(columns.count))


def _is_told(name: str, info: dict[Any, Any]) -> bool:
    return name not in ("id", "version") and not info.get("sought")


def replay(told: dict[str, dict[str, Any]], written: Written, change: dict[str, Any]) -> None:
    """Change many rows alike in what is told, as `Work.change_many` changed them."""
    for key in range(change["first"], change["last"] + 1):
        subject = f"{change['table']}/{key}"
        now = told.get(subject, {})
        if change["moved"]:
            before = {**(written.row(subject) or {}), **now}
            now = now | {name: before.get(held) for name, held in change["moved"].items()}
        told[subject] = now | change["values"]


def bulk_findings(session: Session) -> Iterator[Finding]:
    """Find bulk content that is not as it was written."""
    for digest in session.scalars(select(BulkRows.digest).order_by(BulkRows.digest)):
        content = session.scalar(select(BulkRows.content).where(BulkRows.digest == digest))
        if content is None or sha256(content).hexdigest() != digest:
            says = _("What was written in bulk is not as it was")
            yield Finding(part="rows", row=f"bulk_rows/{digest[:16]}", says=says)
