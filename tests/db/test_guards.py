"""What the store refuses by itself, asked with raw SQL by somebody who holds the key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import UniqueConstraint

from db.engine import sqlcipher
from db.models import Base
from tests.filled import Raw, raw

TABLES = sorted(Base.metadata.tables)
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


# Nothing is deleted


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_any_table_can_be_deleted(sql: Raw, table: str) -> None:
    assert sql.one(f'SELECT count(*) FROM "{table}"'), "the whole job fills every table"
    refused(sql, f'DELETE FROM "{table}" WHERE rowid = (SELECT max(rowid) FROM "{table}")')


@pytest.mark.parametrize("table", TABLES)
def test_no_row_can_be_replaced_under_its_key(sql: Raw, table: str) -> None:
    columns = ", ".join(f'"{name}"' for name in sql.columns(table))
    refused(
        sql,
        f'INSERT OR REPLACE INTO "{table}" ({columns}) SELECT {columns} FROM "{table}" '
        f'WHERE rowid = (SELECT min(rowid) FROM "{table}")',
    )


def unique_keys() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the unique keys of the schema beside the ids, table by table."""
    for table in Base.metadata.sorted_tables:
        uniques = [item for item in table.constraints if isinstance(item, UniqueConstraint)]
        indexes = [item for item in table.indexes if item.unique]
        for key in (*uniques, *indexes):
            names = tuple(column.name for column in key.columns)
            if "id" not in names:
                yield table.name, names


@pytest.mark.parametrize(("table", "columns"), sorted(set(unique_keys())))
def test_no_row_is_pushed_out_under_another_key(
    sql: Raw, table: str, columns: tuple[str, ...]
) -> None:
    """OR REPLACE deletes what stands in the way without asking the guards of deletion."""
    taken = " AND ".join(f'"{name}" IS NOT NULL' for name in columns)
    before = sql.one(f'SELECT count(*) FROM "{table}"')
    with REFUSED:
        sql.run(
            f'INSERT OR REPLACE INTO "{table}" SELECT * FROM '
            f'(SELECT {_with_a_new_id(sql, table)} FROM "{table}" WHERE {taken} '
            "ORDER BY id LIMIT 1)"
        )
    assert sql.one(f'SELECT count(*) FROM "{table}"') == before


def _with_a_new_id(sql: Raw, table: str) -> str:
    fresh = f'(SELECT max(id) + 1 FROM "{table}")'
    return ", ".join(fresh if name == "id" else f'"{name}"' for name in sql.columns(table))


def test_an_update_pushes_nobody_out_of_the_files(sql: Raw) -> None:
    refused(
        sql,
        "UPDATE OR REPLACE member SET id_number = (SELECT id_number FROM member WHERE id = 1) "
        "WHERE id = (SELECT max(id) FROM member)",
    )
    refused(
        sql,
        "UPDATE OR REPLACE household SET file_number = "
        "(SELECT file_number FROM household WHERE id = 1) WHERE id = 2",
    )


# The audit trail


@pytest.mark.parametrize("column", ["at", "actor_id", "actor_name", "verb", "changes", "hash"])
def test_no_audit_row_can_be_changed(sql: Raw, column: str) -> None:
    refused(sql, f"UPDATE audit SET {column} = 'x' WHERE id = 3")


def test_an_audit_row_can_only_be_added_at_the_end_of_the_chain(sql: Raw) -> None:
    last, end = sql.run("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")[0]
    insert = (
        "INSERT INTO audit (id, at, actor_name, verb, request, changes, previous, hash) "
        "VALUES (?, '2026-11-20 00:00:00.000000', 'x', 'x', '{}', '{}', ?, ?)"
    )
    refused(sql, insert, last + 2, end, "h1")
    refused(sql, insert, last + 1, "another", "h2")
    refused(sql, insert, 3, end, "h3")
    refused(sql, insert.replace("INSERT", "INSERT OR REPLACE"), 3, end, "h4")
    oldest = sql.one("SELECT hash FROM audit WHERE id = 2")
    refused(sql, insert.replace("INSERT", "INSERT OR REPLACE"), last + 1, end, oldest)


# The maker is not the approver


def test_the_maker_cannot_be_made_the_approver(sql: Raw) -> None:
    approval, maker = sql.run("SELECT id, proposed_by FROM approval LIMIT 1")[0]
    refused(sql, "UPDATE approval SET decided_by = proposed_by WHERE id = ?", approval)
    refused(sql, "UPDATE approval SET proposed_by = 2 WHERE id = ?", approval)
    refused(sql, "UPDATE award_version SET proposed_by = 2")
    undecided = sql.one("SELECT max(id) FROM award_version")
    for proposed_by in (maker, 2, 3):  # true, forged, forged
        with REFUSED:
            sql.again(
                "approval",
                f"id = {approval}",
                award_version_id=undecided,
                proposed_by=proposed_by,
                decided_by=maker,
            )


def test_a_forged_proposer_is_refused_although_two_people_are_named(sql: Raw) -> None:
    approval = sql.one("SELECT id FROM approval WHERE decision = 'approved' LIMIT 1")
    undecided = sql.one("SELECT max(id) FROM award_version")
    with REFUSED:
        sql.again(
            "approval", f"id = {approval}", award_version_id=undecided, proposed_by=4, decided_by=1
        )


def test_whoever_proposed_or_approved_cannot_pay(sql: Raw) -> None:
    line = sql.one("SELECT id FROM batch_line WHERE state = 'removed'")
    fresh = sql.one("SELECT max(line) + 1 FROM batch_line")
    for payer in (1, 2):
        with REFUSED:
            sql.again("batch_line", f"id = {line}", line=fresh, entered_by=payer, state="prepared")
        refused(sql, "UPDATE batch_line SET entered_by = ?", payer)
        refused(
            sql,
            "UPDATE batch SET state = 'frozen', frozen_digest = 'x', frozen_by = ? "
            "WHERE state = 'draft'",
            payer,
        )


def test_whoever_approved_an_earlier_step_cannot_pay(sql: Raw) -> None:
    """Here the fifth person gave the consent of all before the supervisor's last word."""
    batch = sql.one("SELECT max(id) FROM batch WHERE state = 'draft'")
    approval = sql.one(
        "SELECT l.approval_id FROM batch_line l WHERE l.batch_id = ? AND l.state <> 'removed'",
        batch,
    )
    freeze = "UPDATE batch SET state = 'frozen', frozen_digest = 'x', frozen_by = ? WHERE id = ?"
    sql.again(
        "approval",
        f"id = {approval}",
        decided_by=5,
        step="collective",
        document="纪要 3 号",
        document_day="2026-11-20",
        attended="三人",
        final=False,
    )
    refused(sql, freeze, 5, batch)
    sql.run(freeze, 4, batch)


@pytest.mark.parametrize("table", ["budget", "center_value"])
def test_whoever_entered_an_amount_cannot_confirm_it(sql: Raw, table: str) -> None:
    who = sql.one(f"SELECT entered_by FROM {table} LIMIT 1")
    row = sql.one(f"SELECT id FROM {table} LIMIT 1")
    sql.again(table, f"id = {row}", state="entered", confirmed_by=None)
    fresh = sql.one(f"SELECT max(id) FROM {table}")
    refused(sql, f"UPDATE {table} SET state = 'confirmed' WHERE id = ?", fresh)
    confirm = f"UPDATE {table} SET state = 'confirmed', confirmed_by = ? WHERE id = ?"
    refused(sql, confirm, who, fresh)
    refused(sql, f"UPDATE {table} SET entered_by = 5 WHERE id = ?", fresh)
    refused(sql, f"UPDATE {table} SET amount = amount + 1 WHERE id = ?", row)
    sql.run(confirm, 2, fresh)
    refused(sql, f"UPDATE {table} SET confirmed_by = 5 WHERE id = ?", fresh)


def test_whoever_accepted_a_case_cannot_file_it(sql: Raw) -> None:
    filed = sql.one("SELECT id FROM \"case\" WHERE state = 'filed' LIMIT 1")
    with REFUSED:
        sql.again("case", f"id = {filed}", number="x", decided_by=1)
    with REFUSED:
        sql.again("case", f"id = {filed}", number="x", decided_by=None)
    refused(sql, 'UPDATE "case" SET decided_by = accepted_by')
    refused(sql, 'UPDATE "case" SET accepted_by = 2')
    refused(sql, "UPDATE \"case\" SET decided_by = 5 WHERE state = 'filed'")
    refused(sql, "UPDATE \"case\" SET state = 'accepted' WHERE state = 'filed'")


# What is approved is one version of an award

CHANGES = {
    "payee": "'别人'",
    "account_number": "'6222020000000000003'",
    "amount": "amount + 1",
    "fund_id": "2",
    "assessment_id": "1",
}


@pytest.mark.parametrize("column", CHANGES)
def test_no_payable_approval_is_left_after_a_change_of(sql: Raw, column: str) -> None:
    version, award, sequence, approval = sql.run(
        "SELECT v.id, v.award_id, v.sequence, a.id FROM award_version v JOIN approval a ON "
        "a.award_version_id = v.id AND a.decision = 'approved' JOIN batch_line l ON "
        "l.award_version_id = v.id WHERE l.state = 'removed'"
    )[0]
    pay = f"approval_id = {approval}"
    draft = sql.one("SELECT id FROM batch WHERE state = 'draft'")
    assert sql.one("SELECT fund_id FROM award_version WHERE id = ?", version) == 1
    refused(sql, f"UPDATE award_version SET {column} = {CHANGES[column]} WHERE id = ?", version)

    line = {"batch_id": draft, "line": 99, "state": "prepared"}
    sql.run("SAVEPOINT payable")
    sql.again("batch_line", pay, **line)
    sql.run("ROLLBACK TO payable")

    changed = sql.one(f"SELECT {CHANGES[column]} FROM award_version WHERE id = ?", version)
    new = {column: changed, "sequence": sequence + 1}
    sql.again("award_version", f"id = {version}", **new)
    with REFUSED:
        sql.again("batch_line", pay, **line)
    fresh = sql.one("SELECT max(id) FROM award_version WHERE award_id = ?", award)
    with REFUSED:
        sql.again("batch_line", pay, **line, award_version_id=fresh)
    refused(
        sql, "UPDATE batch_line SET award_version_id = ? WHERE approval_id = ?", fresh, approval
    )


def test_what_is_being_paid_gets_no_new_version(sql: Raw) -> None:
    for state in ("prepared", "paid"):
        version, sequence = sql.run(
            "SELECT v.id, v.sequence FROM award_version v JOIN batch_line l "
            "ON l.award_version_id = v.id WHERE l.state = ?",
            state,
        )[0]
        with REFUSED:
            sql.again("award_version", f"id = {version}", sequence=sequence + 1)


def test_versions_follow_each_other(sql: Raw) -> None:
    version = sql.one("SELECT max(id) FROM award_version")
    for sequence in (1, 3):
        with REFUSED:
            sql.again("award_version", f"id = {version}", sequence=sequence)


def test_a_version_is_decided_once(sql: Raw) -> None:
    approval = sql.one("SELECT id FROM approval WHERE decision = 'approved' LIMIT 1")
    for decision in ("approved", "refused", "sent_back"):
        with REFUSED:
            sql.again("approval", f"id = {approval}", decision=decision)


def test_nothing_is_paid_twice(sql: Raw) -> None:
    paid = sql.one("SELECT id FROM batch_line WHERE state = 'paid'")
    draft = sql.one("SELECT id FROM batch WHERE state = 'draft'")
    with REFUSED:
        sql.again("batch_line", f"id = {paid}", batch_id=draft, line=99, state="prepared")


# Batches


@pytest.mark.parametrize("state", ["draft", "sent", "reconciled"])
def test_a_batch_takes_its_steps_in_order(sql: Raw, state: str) -> None:
    closed = sql.one("SELECT id FROM batch WHERE state = 'reconciled'")
    refused(sql, "UPDATE batch SET state = 'draft' WHERE id = ?", closed)
    opened = sql.one("SELECT id FROM batch WHERE state = 'draft'")
    if state != "draft":
        refused(sql, f"UPDATE batch SET state = '{state}', frozen_digest = 'x' WHERE id = {opened}")
    with REFUSED:
        sql.again("batch", f"id = {closed}", number="x", result_digest=None)


def test_a_frozen_batch_stays_as_it_was_frozen(sql: Raw) -> None:
    for column in ("frozen_digest", "frozen_by", "frozen_at", "layout", "number", "prepared_by"):
        refused(sql, f"UPDATE batch SET {column} = 5 WHERE state = 'reconciled'")
    frozen = sql.one("SELECT id FROM batch WHERE state = 'reconciled'")
    waiting = sql.one("SELECT id FROM batch_line WHERE state = 'removed'")
    with REFUSED:
        sql.again("batch_line", f"id = {waiting}", batch_id=frozen, line=99, state="prepared")


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("prepared", "paying"),  # the batch is not frozen
        ("prepared", "paid"),
        ("removed", "prepared"),
        ("failed", "paying"),
        ("paid", "removed"),
    ],
)
def test_a_payment_takes_its_steps_in_order(sql: Raw, was: str, becomes: str) -> None:
    refused(sql, "UPDATE batch_line SET state = ? WHERE state = ?", becomes, was)


# The ledger


def post(sql: Raw, start: str, end: str, amount: int, **more: int) -> None:
    names = ", ".join(more)
    sql.run(
        "INSERT INTO posting (fund_id, from_account, to_account, amount, memo, posted_by, "
        f"posted_at, {names}) VALUES (1, ?, ?, ?, '', 3, '2026-11-20 00:00:00', "
        f"{', '.join('?' * len(more))})",
        start,
        end,
        amount,
        *more.values(),
    )


def test_money_is_granted_by_a_confirmed_budget_once(sql: Raw) -> None:
    budget, amount = sql.run("SELECT id, amount FROM budget WHERE fund_id = 1")[0]
    sql.again("budget", f"id = {budget}", state="entered", confirmed_by=None)
    entered = sql.one("SELECT max(id) FROM budget")
    for wrong in ((budget, amount), (entered, amount), (0, amount)):
        with REFUSED:
            post(sql, "granted", "available", wrong[1], budget_id=wrong[0])
    sql.run("UPDATE budget SET state = 'confirmed', confirmed_by = 2 WHERE id = ?", entered)
    with REFUSED:
        post(sql, "granted", "available", amount + 1, budget_id=entered)
    post(sql, "granted", "available", amount, budget_id=entered)


def test_money_is_reserved_for_what_is_approved_once(sql: Raw) -> None:
    proposed, amount = sql.run("SELECT max(id), amount FROM award_version")[0]
    approved, reserved = sql.run(
        "SELECT award_version_id, amount FROM posting WHERE to_account = 'reserved' LIMIT 1"
    )[0]
    for version, fen in ((proposed, amount), (approved, reserved)):
        with REFUSED:
            post(sql, "available", "reserved", fen, award_version_id=version)


def test_money_is_paid_for_what_is_at_the_bank_and_released_for_what_is_not_paid(sql: Raw) -> None:
    for state in ("prepared", "paid", "removed", "failed"):
        version, amount = sql.run(
            "SELECT v.id, v.amount FROM award_version v JOIN batch_line l "
            "ON l.award_version_id = v.id WHERE l.state = ?",
            state,
        )[0]
        for end in ("paid", "available"):
            with REFUSED:
                post(sql, "reserved", end, amount, award_version_id=version)


@pytest.mark.parametrize(
    ("start", "end"),
    [("paid", "available"), ("available", "paid"), ("available", "granted"), ("paid", "reserved")],
)
def test_money_moves_in_no_other_way(sql: Raw, start: str, end: str) -> None:
    with REFUSED:
        post(sql, start, end, 1, award_version_id=1)


def test_a_balance_follows_the_postings_and_nothing_else(sql: Raw) -> None:
    refused(sql, "UPDATE balance SET fen = fen + 1 WHERE account = 'available'")
    refused(sql, "UPDATE balance SET fen = -1 WHERE account = 'available'")
    newest = sql.one("SELECT max(id) FROM posting")
    refused(
        sql, "UPDATE balance SET fen = fen + 1, posting_id = ? WHERE account = 'granted'", newest
    )
    refused(sql, "INSERT INTO balance (fund_id, account, fen) VALUES (99, 'available', 1)")


def test_the_ledger_sums_to_zero(sql: Raw) -> None:
    assert sql.one("SELECT sum(fen) FROM balance") == 0
    assert sql.one("SELECT sum(fen <> 0) FROM balance") > 3


# Documents


@pytest.mark.parametrize("column", ["digest", "name", "size", "pages", "added_by", "draft_id"])
def test_a_document_stays_the_file_it_was(sql: Raw, column: str) -> None:
    refused(sql, f"UPDATE document SET {column} = 9 WHERE id = 1")


def test_a_withdrawn_document_stays_withdrawn(sql: Raw) -> None:
    gone = sql.one("SELECT id FROM document WHERE state = 'withdrawn'")
    back = "UPDATE document SET state = 'kept', withdrawn_by = NULL, withdrawn_at = NULL"
    refused(sql, f"{back} WHERE id = ?", gone)
    refused(sql, "UPDATE document SET reason = 'x' WHERE id = ?", gone)
    refused(sql, "UPDATE document SET state = 'withdrawn' WHERE id = 1")


def test_a_document_has_a_place_and_its_content(sql: Raw) -> None:
    refused(sql, "UPDATE document SET household_id = NULL WHERE id = 1")
    refused(sql, "UPDATE document SET member_id = (SELECT max(id) FROM member) WHERE id = 1")
    refused(sql, 'UPDATE document SET case_id = (SELECT max(id) FROM "case") WHERE id = 1')
    refused(sql, "UPDATE document_content SET content = x'00'")
    for changes in ({"digest": "none such"}, {"household_id": None}, {"state": "withdrawn"}):
        with REFUSED:
            sql.again("document", "id = 1", **changes)
    sql.again("document", "id = 1")


# Numbers, papers, the center


def test_numbers_only_rise_by_one(sql: Raw) -> None:
    for change in ("last = last + 2", "last = last - 1", "last = last", "year = year + 1"):
        refused(sql, f"UPDATE number_series SET {change} WHERE series = 'case'")
    refused(sql, "INSERT INTO number_series (series, year, last) VALUES ('new', 2026, 2)")
    refused(sql, "INSERT OR REPLACE INTO number_series VALUES ('case', 2026, 1)")
    sql.run("UPDATE number_series SET last = last + 1 WHERE series = 'case'")


@pytest.mark.parametrize("column", ["number", "facts", "digest", "payload", "issued_on", "title"])
def test_an_issued_paper_says_what_it_said(sql: Raw, column: str) -> None:
    refused(sql, f"UPDATE paper SET {column} = 'x' WHERE id = 1")


def test_a_void_paper_stays_void(sql: Raw) -> None:
    refused(sql, "UPDATE paper SET state = 'void' WHERE id = 1")
    sql.run("UPDATE paper SET state = 'void', voided_by = 2 WHERE id = 1")
    refused(sql, "UPDATE paper SET state = 'issued' WHERE id = 1")


@pytest.mark.parametrize("column", ["signing_key", "verifying_key", "masking_key", "demonstration"])
def test_the_keys_of_the_center_stay(sql: Raw, column: str) -> None:
    refused(sql, f"UPDATE center SET {column} = 0")


def test_a_person_is_in_one_open_file(sql: Raw) -> None:
    with REFUSED:
        sql.again("member", "id = 1", household_id=2, position=99)
    sql.again("member", "id = 1", household_id=2, position=99, active=0)


def test_an_active_file_has_a_number(sql: Raw) -> None:
    refused(sql, "UPDATE household SET file_number = NULL WHERE file_state = 'active'")
