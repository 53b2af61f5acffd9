"""Reads the chain of the audit trail of any store by raw SQL: fast, and whatever its schema."""

import json
import sqlite3
from dataclasses import dataclass
from hashlib import sha256

ROWS = (
    "SELECT id, at, actor_id, actor_name, verb, subject, request, changes, previous, hash "
    "FROM audit ORDER BY id"
)


@dataclass(frozen=True)
class Chain:
    """The length of a chain, its last hash, and the first act that does not continue it."""

    acts: int
    last_hash: str
    broken_at: int | None


def read_chain(connection: sqlite3.Connection) -> Chain:
    """Compute the hash of every act anew and compare it, and each act with the one before."""
    acts, previous, broken = 0, "", None
    for row in connection.execute(ROWS):
        key, before, kept = row[0], row[8], row[9]
        if broken is None and (key != acts + 1 or before != previous or kept != stored_hash(row)):
            broken = key
        acts, previous = key, kept
    return Chain(acts, previous, broken)


def stored_hash(row: tuple[object, ...]) -> str:
    """Return the hash of an act as it stands in the store.

    The same as `app.audit.trail.row_hash`: JSON is stored in its one text already, so that the
    text of the whole row is put together and not made anew.
    """
    key, at, actor_id, actor_name, verb, subject, request, changes, previous, _hash = row
    instant = str(at).replace(" ", "T").removesuffix(".000000") + "+00:00"
    text = (
        f'{{"actor":[{_json(actor_id)},{_json(actor_name)}],"at":"{instant}","changes":{changes},'
        f'"id":{key},"previous":{_json(previous)},"request":{request},"subject":{_json(subject)},'
        f'"verb":{_json(verb)}}}'
    )
    return sha256(text.encode()).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
