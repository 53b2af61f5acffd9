"""An intake saved and synced to disk, against raw SQL writing the same rows."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Final

from app.cases.actions import accept_case
from app.cases.records import IntakeForm
from app.demo.center import intake_form
from app.demo.people import demo_households
from app.office import Office, enter_store, open_with_key
from app.work import Actor
from benchmarks.measure import Goal, Row, in_turn
from benchmarks.stores import PASSWORD, TODAY, USER, copy_center, data_key, new_center, scratch
from db.engine import connect

COUNT: Final = 300
MEMBERS: Final = 4
SEED: Final = 11
TABLES: Final = ("household", "member", "search_key", "case", "paper", "audit")
SERIES: Final = ("case", "paper.acceptance_receipt")

Insert = tuple[str, list[tuple[Any, ...]]]
"""A statement and the rows it writes."""


def intake_row() -> Row:
    """Measure households of four people: file, case, receipt and audit row in one transaction.

    What is written raw is read back from a rehearsal; both then write to copies of one store,
    with the same key, pragmas, indexes and triggers.
    """
    with scratch() as folder:
        fresh, ours, raw = folder / "fresh.db", folder / "ours.db", folder / "raw.db"
        new_center(fresh)
        key, forms = data_key(fresh), _forms()
        office, actor = enter_store(fresh, USER, PASSWORD)
        office.perform(actor, accept_case, next(forms))  # begins the number series
        office.close()
        copy_center(fresh, ours)
        copy_center(fresh, raw)
        batch = [next(forms) for _ in range(COUNT)]
        office, watch = open_with_key(fresh, key), connect(fresh, key, read_only=True)
        rows = _rehearsed(office, actor, watch, batch)
        watch.close()
        office.close()
        office, writer = open_with_key(ours, key), connect(raw, key)
        mine, floor = in_turn(
            lambda form: office.perform(actor, accept_case, form),
            lambda form: _write(writer, rows[form.household.head.id_number]),
            batch,
        )
        writer.close()
        office.close()
    return Row(
        "intake saved and synced: household of 4, case, receipt, audit row",
        "raw SQL writing the same rows, same key and pragmas",
        mine,
        floor,
        [Goal("p50", 8, mine.median / floor.median), Goal("p99", 15, mine.p99 * 1e3, "ms")],
        why="The slowest wait for the disk or for another program; so do those of the floor.",
    )


def _forms() -> Iterator[IntakeForm]:
    people = demo_households(100 * COUNT, seed=SEED, today=TODAY)
    return (intake_form(each) for each in people if len(each.members) == MEMBERS)


def _rehearsed(
    office: Office, actor: Actor, watch: sqlite3.Connection, forms: Sequence[IntakeForm]
) -> dict[str, list[Insert]]:
    """Take the households in; return the rows that each wrote, by the head's ID number."""
    written: dict[str, list[Insert]] = {}
    for form in forms:
        before = [_last(watch, table) for table in TABLES]
        office.perform(actor, accept_case, form)
        written[form.household.head.id_number] = [
            _rows_after(watch, table, last) for table, last in zip(TABLES, before, strict=True)
        ]
    return written


def _last(connection: sqlite3.Connection, table: str) -> int:
    return connection.execute(f'SELECT coalesce(max(rowid), 0) FROM "{table}"').fetchone()[0]


def _rows_after(connection: sqlite3.Connection, table: str, last: int) -> Insert:
    """Return the statement that writes again what was written to ``table`` after ``last``."""
    found = connection.execute(f'SELECT * FROM "{table}" WHERE rowid > ? ORDER BY rowid', (last,))
    places = ", ".join("?" * len(found.description))
    return f'INSERT INTO "{table}" VALUES ({places})', found.fetchall()


def _write(connection: sqlite3.Connection, inserts: Sequence[Insert]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement, rows in inserts:
        connection.executemany(statement, rows)
    connection.executemany(
        "UPDATE number_series SET last = last + 1 WHERE series = ?", [(each,) for each in SERIES]
    )
    connection.execute("COMMIT")
