"""What the store refuses of filing steps, asked with raw SQL by somebody who holds the key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.engine import sqlcipher
from tests.filled import Raw, raw

REFUSED = pytest.raises(sqlcipher.DatabaseError, match=r"guard \w+|CHECK constraint")
REPORTED = "(SELECT id FROM filing_step WHERE state = 'reported')"
DONE = "(SELECT max(id) FROM filing_step WHERE state = 'done')"


@pytest.fixture
def sql(done_store: Path) -> Iterator[Raw]:
    with raw(done_store) as opened:
        opened.run("BEGIN IMMEDIATE")
        yield opened
        opened.run("ROLLBACK")


def refused(sql: Raw, change: str, where: str, *values: Any) -> None:
    with REFUSED:
        sql.run(f"UPDATE filing_step SET {change} WHERE {where}", *values)


@pytest.mark.parametrize("column", ["kind", "opened_by", "opened_at", "case_id", "household_id"])
def test_what_a_step_is_and_who_began_it_stays(sql: Raw, column: str) -> None:
    refused(sql, f"{column} = 5", f"id = {REPORTED}")


@pytest.mark.parametrize(
    "column", ["state", "result", "report", "documents", "reported_by", "done_by", "reason"]
)
def test_a_step_that_is_done_or_void_stays_so(sql: Raw, column: str) -> None:
    refused(sql, f"{column} = '5'", f"id = {DONE}")
    refused(sql, f"{column} = '5'", "state = 'void'")


def test_whoever_reported_cannot_be_made_the_one_who_decides(sql: Raw) -> None:
    decided = "state = 'done', done_at = reported_at, done_by"
    refused(sql, f"{decided} = reported_by", f"id = {REPORTED}")
    refused(sql, f"{decided} = 2, reported_by = 3", f"id = {REPORTED}")
    refused(sql, f"{decided} = 2, report = '{{}}'", f"id = {REPORTED}")
    sql.run(f"UPDATE filing_step SET {decided} = 2 WHERE id = {REPORTED}")


def test_a_report_that_waits_is_not_rewritten(sql: Raw) -> None:
    for column in ("result", "report", "assessment_id", "reported_by", "documents"):
        refused(sql, f"{column} = 2", f"id = {REPORTED}")


def test_a_review_is_not_done_without_a_report_that_waited(sql: Raw) -> None:
    sql.again("filing_step", f"id = {DONE}", **begun("review"))
    done = (
        "state = 'done', result = 'kept', report = '{}', reported_by = 1, "
        "reported_at = opened_at, done_by = 2, done_at = opened_at"
    )
    refused(sql, done, "id = (SELECT max(id) FROM filing_step)")


def begun(kind: str) -> dict[str, Any]:
    """Return the columns of a step that nobody has reported."""
    empty = dict.fromkeys(
        ("reported_by", "reported_at", "done_by", "done_at", "report", "assessment_id", "case_id")
    )
    return {"kind": kind, "state": "open", "result": "", "reason": "", **empty}


def test_a_step_begins_open_and_one_of_a_kind_runs_for_a_household(sql: Raw) -> None:
    for state in ("done", "void", "reported"):
        with REFUSED:
            sql.again("filing_step", f"id = {DONE}", kind="notice", state=state)
    sql.again("filing_step", f"id = {DONE}", **begun("visit"))
    with REFUSED:
        sql.again("filing_step", f"id = {DONE}", **begun("visit"))
    sql.again("filing_step", f"id = {DONE}", **begun("notice"))
    with REFUSED:
        sql.run(
            "UPDATE OR REPLACE filing_step SET kind = 'visit' "
            "WHERE id = (SELECT max(id) FROM filing_step)"
        )


def test_a_step_is_for_an_application_of_its_household(sql: Raw) -> None:
    strange = sql.one('SELECT min(id) FROM "case"')
    with REFUSED:
        sql.again("filing_step", f"id = {DONE}", **{**begun("visit"), "case_id": strange})


def test_a_step_is_not_made_void_without_words(sql: Raw) -> None:
    refused(sql, "state = 'void', done_by = 1, done_at = opened_at", f"id = {REPORTED}")
