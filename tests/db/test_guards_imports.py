"""What the store itself refuses of imports and of what they wrote in bulk."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.engine import sqlcipher
from tests.filled import Raw, raw

REFUSED = pytest.raises(sqlcipher.DatabaseError, match=r"guard \w+|CHECK constraint")
STANDING = "SELECT id FROM import_batch WHERE state = 'imported'"
UNDONE = "SELECT id FROM import_batch WHERE state = 'undone'"


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
        *("id", "number", "kind", "file_name", "digest", "rows", "households", "members"),
        *("merged", "left_out", "numbers", "completed", "made_by", "made_at"),
    ],
)
def test_an_import_stays_as_it_was(sql: Raw, column: str) -> None:
    refused(sql, f"UPDATE import_batch SET {column} = 99 WHERE id = ({STANDING})")


@pytest.mark.parametrize("change", ["state = 'imported'", "reason = 'x'", "undone_by = 2"])
def test_what_is_undone_stays_so(sql: Raw, change: str) -> None:
    refused(sql, f"UPDATE import_batch SET {change} WHERE id = ({UNDONE})")


def test_an_import_is_undone_by_somebody_with_words(sql: Raw) -> None:
    undo = "UPDATE import_batch SET state = 'undone', {} WHERE id = (" + STANDING + ")"
    refused(sql, undo.format("reason = 'x'"))
    by = "undone_by = 1, undone_at = '2026-11-20 00:00:00'"
    refused(sql, undo.format(by))
    sql.run(undo.format(f"reason = 'x', {by}"))


def test_an_import_begins_imported(sql: Raw) -> None:
    with REFUSED:
        sql.again("import_batch", f"id = ({UNDONE})", number="x")


def test_a_file_is_withdrawn_with_its_import_only(sql: Raw) -> None:
    withdraw = "UPDATE household SET file_state = 'withdrawn' WHERE "
    refused(sql, withdraw + f"import_batch_id = ({STANDING})")
    refused(sql, withdraw + "import_batch_id IS NULL AND file_state = 'active'")


def test_a_withdrawn_file_stays_so(sql: Raw) -> None:
    refused(sql, "UPDATE household SET file_state = 'closed' WHERE file_state = 'withdrawn'")


def test_a_household_stays_with_its_import(sql: Raw) -> None:
    refused(sql, "UPDATE household SET import_batch_id = NULL WHERE import_batch_id IS NOT NULL")
    refused(sql, f"UPDATE household SET import_batch_id = ({STANDING}) WHERE id = 1")


def test_what_was_written_in_bulk_stays(sql: Raw) -> None:
    refused(sql, "UPDATE bulk_rows SET content = x'00'")
