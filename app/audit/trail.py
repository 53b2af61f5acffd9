"""Collects what an act changes and writes its audit row, in the same transaction.

Old values are read before the flush and ids and versions after it. Private values are masked,
with a keyed hash beside the mask so that a change shows; secret ones are only named.
"""

import hashlib
import hmac
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from app.core.kinds import Secret
from app.core.plain import canonical, plain
from app.core.record import Record, specs
from app.core.text import mask_tail
from app.core.words import Answer
from app.work import Work, subject_of
from db.base import Row
from db.models.audit import AuditRow
from db.models.drafts import Draft
from db.models.numbers import NumberSeries

UNTOLD = (AuditRow, Draft, NumberSeries)
"""Rows that are not told: the trail itself, drafts, and series (their numbers stand in rows)."""

NOTHING: tuple[object, ...] = (None, "", [], Answer.NOT_ASKED)
"""Values of a new row that are not told, and those that a later schema gives an older row."""


class Trail:
    """Watches one session and knows what it changed."""

    def __init__(self, session: Session, masking_key: bytes) -> None:
        self._session = session
        self._masking_key = masking_key
        self._rows: list[Row] = []
        self._old: dict[int, dict[str, Any] | None] = {}
        event.listen(session, "before_flush", self._collect)

    def _collect(self, session: Session, *_: Any) -> None:
        if session.deleted:
            raise RuntimeError("nothing is deleted: move the state instead")
        for row in session.new:
            if isinstance(row, Row) and not isinstance(row, UNTOLD) and id(row) not in self._old:
                self._rows.append(row)
                self._old[id(row)] = None
        for row in session.dirty:
            if isinstance(row, Row) and not isinstance(row, UNTOLD):
                self._collect_old(row)

    def _collect_old(self, row: Row) -> None:
        state = inspect(row)
        old: dict[str, Any] = {}
        for attribute in state.mapper.column_attrs:
            history = state.attrs[attribute.key].history
            if history.has_changes() and history.deleted:
                old[attribute.key] = history.deleted[0]
        if not old:
            return
        if id(row) not in self._old:
            self._rows.append(row)
            self._old[id(row)] = {}
        known = self._old[id(row)]
        if known is not None:
            self._old[id(row)] = old | known

    def changes(self) -> dict[str, dict[str, Any]]:
        """Return what changed: row to column to [old, new], or to the value of a new row."""
        told: dict[str, dict[str, Any]] = {}
        for row in self._rows:
            old = self._old[id(row)]
            columns: dict[str, Any] = {}
            for attribute in inspect(type(row)).column_attrs:
                info = attribute.columns[0].info
                name, value = attribute.key, getattr(row, attribute.key)
                if name in ("id", "version") or info.get("sought"):
                    continue
                if old is None:
                    if value not in NOTHING:
                        columns[name] = told_value(value, info, self._masking_key)
                elif name in old and old[name] != value:
                    columns[name] = [
                        told_value(old[name], info, self._masking_key),
                        told_value(value, info, self._masking_key),
                    ]
            if old is None or columns:
                told[subject_of(row)] = columns
        return told

    def write(self, work: Work, verb: str, request: Record | None) -> AuditRow:
        """Write the audit row of one act at the end of the chain."""
        changes: dict[str, Any] = dict(self.changes())
        if work.notes:
            changes["notes"] = plain(work.notes)
        last = self._session.execute(
            select(AuditRow.id, AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)
        ).first()
        row = AuditRow(
            id=last.id + 1 if last else 1,
            at=work.now,
            actor_id=work.actor.id or None,
            actor_name=work.actor.name,
            verb=verb,
            subject=work.subject or next(iter(changes), None),
            request=self._request(request) if request else {},
            changes=changes,
            previous=last.hash if last else "",
        )
        row.hash = row_hash(row)
        self._session.add(row)
        self._session.flush()
        return row

    def _request(self, request: Record) -> dict[str, Any]:
        """Return what was asked: ids and plain choices; what it changed stands in the changes."""
        asked: dict[str, Any] = {}
        for field in specs(type(request)):
            value = getattr(request, field.name)
            if isinstance(value, Record | list | tuple | bytes) or value in (None, ""):
                continue
            if isinstance(field.kind, Secret):
                continue
            asked[field.name] = (
                masked(str(value), self._masking_key) if field.private else plain(value)
            )
        return asked


def told_value(value: Any, info: dict[Any, Any], masking_key: bytes) -> Any:
    """Return a value of a column as the trail tells it: private ones masked, secrets hidden."""
    if value in (None, ""):
        return value
    if info.get("secret"):
        return "***"
    if info.get("digest"):
        return "#" + hashlib.sha256(canonical(value).encode()).hexdigest()[:16]
    if info.get("derived"):
        return "*** " + _mark(str(value), masking_key)
    return masked(str(value), masking_key) if info.get("private") else plain(value)


def masked(text: str, masking_key: bytes) -> str:
    """Return the mask of a private value and the start of its keyed hash."""
    return f"{mask_tail(text, 0, min(4, len(text) // 3))} {_mark(text, masking_key)}"


def _mark(text: str, masking_key: bytes) -> str:
    """Return the start of a keyed hash, by which a change of a value shows."""
    return "#" + hmac.new(masking_key, text.encode(), hashlib.sha256).hexdigest()[:12]


def row_hash(row: AuditRow) -> str:
    """Return the hash of one audit row and the hash before it."""
    content = {
        "id": row.id,
        "at": row.at.isoformat(),
        "actor": [row.actor_id, row.actor_name],
        "verb": row.verb,
        "subject": row.subject,
        "request": row.request,
        "changes": row.changes,
        "previous": row.previous,
    }
    return hashlib.sha256(canonical(content).encode()).hexdigest()
