"""What the store refuses by itself of services, of grants for a member, and of kept policy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.engine import sqlcipher
from tests.filled import Raw, raw

REFUSED = pytest.raises(sqlcipher.DatabaseError, match=r"guard \w+|CHECK constraint")


@pytest.fixture
def sql(done_store: Path) -> Iterator[Raw]:
    """Raw SQL in a transaction that is taken back."""
    with raw(done_store) as opened:
        opened.run("BEGIN IMMEDIATE")
        yield opened
        opened.run("ROLLBACK")


def refused(sql: Raw, statement: str, *values: Any) -> None:
    with REFUSED:
        sql.run(statement, *values)


@pytest.mark.parametrize(
    "column",
    [
        *("number", "household_id", "case_id", "member_id", "measure", "kind", "title"),
        *("department", "entitlement", "papers", "assessment_id", "note", "requested_by"),
        *("requested_at", "due_on"),
    ],
)
def test_what_was_asked_for_stays_as_it_was_asked(sql: Raw, column: str) -> None:
    refused(sql, f"UPDATE service_request SET {column} = 9 WHERE state = 'open'")


@pytest.mark.parametrize(
    "change", ["state = 'open'", "state = 'withdrawn'", "result = 'x'", "closed_by = 2"]
)
def test_what_is_closed_stays_closed(sql: Raw, change: str) -> None:
    refused(sql, f"UPDATE service_request SET {change} WHERE state = 'done'")


def test_a_request_is_closed_by_somebody_with_words(sql: Raw) -> None:
    close = "UPDATE service_request SET state = 'done', {} WHERE state = 'open'"
    refused(sql, close.format("result = 'x'"))
    by = "closed_by = 1, closed_at = '2026-11-20 00:00:00'"
    refused(sql, close.format(by))
    sql.run(close.format(f"result = 'x', {by}"))


def test_a_request_begins_open_for_a_member_of_its_household(sql: Raw) -> None:
    done = sql.one("SELECT id FROM service_request WHERE state = 'done'")
    with REFUSED:
        sql.again("service_request", f"id = {done}", number="x")
    stranger = sql.one(
        "SELECT id FROM member WHERE household_id <> "
        "(SELECT household_id FROM service_request WHERE id = ?)",
        done,
    )
    opened = sql.one("SELECT id FROM service_request WHERE state = 'open'")
    for member in (stranger, 9_999):
        with REFUSED:
            sql.again("service_request", f"id = {opened}", number="x", member_id=member)
    with REFUSED:
        sql.again("service_request", f"id = {opened}", number="x", kind="grant")


def test_an_award_stays_with_its_member_who_is_of_the_household(sql: Raw) -> None:
    award, household = sql.run("SELECT id, household_id FROM award LIMIT 1")[0]
    own = sql.one("SELECT max(id) FROM member WHERE household_id = ?", household)
    stranger = sql.one("SELECT max(id) FROM member WHERE household_id <> ?", household)
    refused(sql, "UPDATE award SET member_id = ? WHERE id = ?", own, award)
    with REFUSED:
        sql.again("award", f"id = {award}", number="x", member_id=stranger)
    sql.again("award", f"id = {award}", number="x", member_id=own)
    refused(sql, "UPDATE award SET member_id = NULL WHERE number = 'x'")


@pytest.mark.parametrize("column", ["digest", "pack", "content", "first_seen_at"])
def test_a_kept_policy_document_stays_as_it_was_seen(sql: Raw, column: str) -> None:
    refused(sql, f"UPDATE policy_document SET {column} = 'x'")
