"""What the store refuses of money handed out and of money that comes back, past every verb."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.engine import sqlcipher
from tests.filled import Raw, raw

REFUSED = pytest.raises(sqlcipher.DatabaseError, match=r"guard \w+|CHECK constraint")
ENTERED, CONFIRMED = "state = 'entered'", "state = 'confirmed'"


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


def post_back(sql: Raw, refund: str, **changed: Any) -> None:
    """Try to post a refund as it is, with some columns otherwise."""
    found = sql.run(
        "SELECT r.id, r.award_version_id, r.amount, v.fund_id FROM refund r "
        f"JOIN award_version v ON v.id = r.award_version_id WHERE r.{refund}"
    )[0]
    row = {
        "refund_id": found[0],
        "award_version_id": found[1],
        "amount": found[2],
        "fund_id": found[3],
        "from_account": "paid",
        "to_account": "available",
        "memo": "x",
        "posted_by": 1,
        "posted_at": "2026-11-20 00:00:00.000000",
    } | changed
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    statement = f"INSERT INTO posting ({names}) VALUES ({marks})"
    sql.run(statement, *row.values())


def test_a_refund_that_nobody_confirmed_moves_no_money(sql: Raw) -> None:
    with REFUSED:
        post_back(sql, ENTERED)


def test_a_confirmed_refund_moves_its_money_once(sql: Raw) -> None:
    sql.run("UPDATE refund SET state = 'confirmed', confirmed_by = 2 WHERE state = 'entered'")
    last = sql.one("SELECT max(id) FROM refund")
    for changed in ({"amount": 1}, {"fund_id": 2}, {"award_version_id": 1}, {"refund_id": None}):
        with REFUSED:
            post_back(sql, f"id = {last}", **changed)
    post_back(sql, f"id = {last}")
    with REFUSED:
        post_back(sql, f"id = {last}")


def test_not_more_comes_back_than_was_paid(sql: Raw) -> None:
    paid = sql.one("SELECT amount FROM posting WHERE to_account = 'paid' ORDER BY id LIMIT 1")
    left = paid - sql.one("SELECT amount FROM refund WHERE state = 'confirmed'")
    for number, (amount, fits) in enumerate(((left + 1, False), (left, True))):
        sql.again("refund", ENTERED, number=f"X{number}", amount=amount)
        sql.run(
            f"UPDATE refund SET state = 'confirmed', confirmed_by = 2 WHERE number = 'X{number}'"
        )
        if fits:
            post_back(sql, f"number = 'X{number}'")
        else:
            with REFUSED:
                post_back(sql, f"number = 'X{number}'")


def test_whoever_entered_a_refund_cannot_confirm_it(sql: Raw) -> None:
    refused(
        sql, "UPDATE refund SET state = 'confirmed', confirmed_by = entered_by WHERE " + ENTERED
    )
    refused(sql, "UPDATE refund SET state = 'confirmed' WHERE " + ENTERED)


def test_a_refund_says_what_it_said_and_stays_decided(sql: Raw) -> None:
    refused(sql, "UPDATE refund SET amount = amount - 1 WHERE " + ENTERED)
    refused(sql, "UPDATE refund SET state = 'withdrawn' WHERE " + CONFIRMED)
    refused(sql, "UPDATE refund SET confirmed_by = 3 WHERE " + CONFIRMED)
    with REFUSED:
        sql.again("refund", CONFIRMED, number="T-new")


def test_no_refund_is_replaced_by_number(sql: Raw) -> None:
    before = sql.one("SELECT count(*) FROM refund")
    names = [name for name in sql.columns("refund") if name != "id"]
    columns = ", ".join(names)
    refused(
        sql,
        f"INSERT OR REPLACE INTO refund ({columns}) SELECT {columns} FROM refund WHERE {ENTERED}",
    )
    assert sql.one("SELECT count(*) FROM refund") == before


def test_a_closed_day_stays_as_it_was_counted(sql: Raw) -> None:
    for column in ("drawn", "counted", "paid"):
        refused(sql, f"UPDATE cash_day SET {column} = {column} + 1, note = 'x'")
    refused(sql, "UPDATE cash_day SET confirmed_by = NULL")


def test_a_count_adds_up_to_what_was_signed_for_and_begins_unconfirmed(sql: Raw) -> None:
    nothing: dict[str, Any] = {"drawn": 0, "counted": 0, "paid": 0, "note": ""}
    wrong: dict[str, Any] = {"day": "2026-11-18", "confirmed_by": None, "paid": 1, "note": "x"}
    with REFUSED:
        sql.again("cash_day", "1", **wrong)
    with REFUSED:
        sql.again("cash_day", "1", day="2026-11-18", **nothing)
    sql.again("cash_day", "1", day="2026-11-18", confirmed_by=None, **nothing)


def test_nothing_is_signed_for_on_a_closed_day_nor_moved_to_another(sql: Raw) -> None:
    refused(sql, "UPDATE batch_line SET settled_on = '2026-11-19' WHERE settled_on IS NOT NULL")
    refused(sql, "UPDATE batch_line SET settled_on = NULL WHERE settled_on IS NOT NULL")


def test_an_answer_is_told_once_and_of_what_was_paid(sql: Raw) -> None:
    refused(sql, "UPDATE receipt_sample SET result = 'not_received'")
    refused(sql, "UPDATE receipt_sample SET note = 'x'")
    failed = sql.one("SELECT id FROM batch_line WHERE state = 'failed'")
    told: dict[str, Any] = {"result": None, "called_by": None, "called_at": None}
    with REFUSED:
        sql.again("receipt_sample", "1", batch_line_id=failed, **told)


def test_a_batch_pays_in_one_way_and_keeps_its_account(sql: Raw) -> None:
    refused(sql, "UPDATE batch SET way = 'cash' WHERE way = 'card'")
    refused(sql, "UPDATE batch SET payer_account = '1'")
    refused(sql, "UPDATE batch SET follows_id = 1")
