"""What the store refuses of guarantee funds, counter-guarantees and claims of subsidy, past every
verb."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.engine import sqlcipher
from tests.filled import Raw, raw

REFUSED = pytest.raises(sqlcipher.DatabaseError, match=r"guard \w+|CHECK constraint")
CAPITAL = "kind = 'capital_in'"
DRAFT = "state = 'drafted'"
RECEIVED = "state = 'received'"
LONG_AGO = {"from_on": "2001-01-01", "to_on": "2001-02-01"}
"""Days that nobody claimed."""


@pytest.fixture
def sql(done_store: Path) -> Iterator[Raw]:
    """Raw SQL in a transaction that is taken back."""
    with raw(done_store) as opened:
        opened.run("BEGIN IMMEDIATE")
        yield opened
        opened.run("ROLLBACK")


def refused(sql: Raw, guard: str, statement: str, *values: Any) -> None:
    with pytest.raises(sqlcipher.DatabaseError, match=rf"guard {guard}$|CHECK constraint.*{guard}"):
        sql.run(statement, *values)


def enter(sql: Raw, kind: str, amount: int, state: str = "entered") -> int:
    """Enter capital by the first person."""
    sql.run(
        "INSERT INTO guarantee_move (version, guarantee_fund_id, kind, amount, day, document, "
        "state, entered_by, entered_at) SELECT 1, id, ?, ?, '2026-11-20', '拨款通知书', ?, 3, "
        "'2026-11-20 00:00:00.000000' FROM guarantee_fund LIMIT 1",
        kind,
        amount,
        state,
    )
    return sql.one("SELECT max(id) FROM guarantee_move")


def confirm(sql: Raw, move: int) -> None:
    sql.run("UPDATE guarantee_move SET state = 'confirmed', confirmed_by = 2 WHERE id = ?", move)


# Capital


def test_capital_begins_unconfirmed_and_is_confirmed_by_another(sql: Raw) -> None:
    with REFUSED:
        enter(sql, "capital_in", 1, "confirmed")
    move = enter(sql, "capital_in", 1)
    change = "UPDATE guarantee_move SET state = 'confirmed', confirmed_by = {} WHERE id = ?"
    refused(sql, "ck_guarantee_move_second_person", change.format("entered_by"), move)
    refused(sql, "ck_guarantee_move_confirmed", change.format("NULL"), move)
    confirm(sql, move)
    stays = "guarantee_move_stays_decided"
    refused(sql, stays, "UPDATE guarantee_move SET state = 'withdrawn' WHERE id = ?", move)
    refused(sql, stays, "UPDATE guarantee_move SET confirmed_by = 4 WHERE id = ?", move)


def test_capital_says_what_it_said(sql: Raw) -> None:
    move = enter(sql, "capital_in", 1)
    for column in ("guarantee_fund_id", "amount", "entered_by"):
        change = f"UPDATE guarantee_move SET {column} = {column} + 1 WHERE id = ?"
        refused(sql, "guarantee_move_fixed", change, move)
    refused(sql, "guarantee_move_fixed", "UPDATE guarantee_move SET kind = 'x' WHERE id = ?", move)
    with REFUSED:
        enter(sql, "capital_in", 0)


def test_capital_that_stands_for_loans_does_not_go(sql: Raw) -> None:
    leverage, held, exposure = sql.run(
        "SELECT f.leverage, (SELECT sum(CASE WHEN kind IN ('capital_in', 'recovered') THEN amount "
        "ELSE -amount END) FROM guarantee_move m WHERE m.guarantee_fund_id = f.id "
        "AND m.state = 'confirmed'), (SELECT sum(exposure) FROM loan l "
        "WHERE l.guarantee_fund_id = f.id) FROM guarantee_fund f LIMIT 1"
    )[0]
    assert exposure > 0
    free = held - -(-exposure // leverage)
    too_much, fits = enter(sql, "capital_out", free + 1), enter(sql, "capital_out", free)
    with pytest.raises(sqlcipher.DatabaseError, match="guard guarantee_capital_stands"):
        confirm(sql, too_much)
    confirm(sql, fits)


def test_what_is_paid_for_a_borrower_belongs_to_a_confirmed_change(sql: Raw) -> None:
    with pytest.raises(sqlcipher.DatabaseError, match="ck_guarantee_move_change"):
        enter(sql, "compensated", 1)
    paid = "kind = 'compensated'"
    with REFUSED:
        sql.again("guarantee_move", paid)  # a change moves money once
    entered = sql.one("SELECT id FROM loan_change WHERE state = 'entered' LIMIT 1")
    confirmed = sql.one("SELECT id FROM loan_change WHERE kind = 'reversed' LIMIT 1")
    for change in (entered, confirmed):
        with pytest.raises(sqlcipher.DatabaseError, match="guarantee_move_of_its_change"):
            sql.again("guarantee_move", paid, change_id=change)


def test_the_fund_pays_no_more_than_it_holds(sql: Raw) -> None:
    sql.run("DROP TRIGGER guarantee_move_of_its_change")
    change = sql.one("SELECT id FROM loan_change WHERE kind = 'reversed' LIMIT 1")
    with pytest.raises(sqlcipher.DatabaseError, match="guarantee_fund_pays_what_it_holds"):
        sql.again("guarantee_move", "kind = 'compensated'", change_id=change, amount=10**12)
    sql.again("guarantee_move", "kind = 'compensated'", change_id=change, amount=1)


def test_a_fund_keeps_to_what_is_possible(sql: Raw) -> None:
    for change in ("leverage = 0", "leverage = 11", "share_percent = 0", "stop_percent = 101"):
        with REFUSED:
            sql.run(f"UPDATE guarantee_fund SET {change}")


def test_the_part_of_the_risk_stays_while_a_fund_stands_for_loans(sql: Raw) -> None:
    taken = "UPDATE guarantee_fund SET share_percent = share_percent - 1 WHERE id IN"
    stands = "(SELECT guarantee_fund_id FROM loan WHERE exposure > 0)"
    refused(sql, "guarantee_share_stands", f"{taken} {stands}")


def test_a_quota_stays_that_of_its_district_and_year(sql: Raw) -> None:
    for change in ("year = year + 1", "district = '道里区'", "guarantee_fund_id = 9"):
        refused(sql, "guarantee_quota_fixed", f"UPDATE guarantee_quota SET {change}")
    refused(sql, "ck_guarantee_quota_fen", "UPDATE guarantee_quota SET fen = -1")
    with REFUSED:
        sql.again("guarantee_quota", "1")


# How much a fund stands for


def decide(sql: Raw, fen: int) -> None:
    """Let the committee guarantee a loan that was surveyed, as raw rows."""
    sql.run("DROP TRIGGER IF EXISTS loan_begins_as_enquiry")
    fund = sql.one("SELECT id FROM guarantee_fund LIMIT 1")
    sql.again(
        "loan",
        "state = 'enquired'",
        number=f"贷-{fen}",
        state="surveyed",
        district="南岗区",
        guarantee_fund_id=fund,
    )
    loan = sql.one("SELECT max(id) FROM loan")
    sql.again(
        "loan_step",
        "step = 'guaranteed' AND outcome = 'passed'",
        loan_id=loan,
        amount=fen,
        day="2026-11-20",
        decided_by=2,
    )
    sql.run(
        "UPDATE loan SET state = 'guaranteed', guaranteed = ?, exposure = ? WHERE id = ?",
        *(fen, fen, loan),
    )


def left_of_fund(sql: Raw) -> int:
    return sql.one(
        "SELECT f.leverage * (SELECT sum(CASE WHEN kind IN ('capital_in', 'recovered') "
        "THEN amount ELSE -amount END) FROM guarantee_move m WHERE m.guarantee_fund_id = f.id "
        "AND m.state = 'confirmed') - (SELECT sum(exposure) FROM loan l "
        "WHERE l.guarantee_fund_id = f.id) FROM guarantee_fund f LIMIT 1"
    )


def test_a_fund_stands_for_no_more_than_its_capital_allows(sql: Raw) -> None:
    sql.run("UPDATE guarantee_quota SET fen = 1000000000000")
    left = left_of_fund(sql)
    with pytest.raises(sqlcipher.DatabaseError, match="fund_stands_for_so_much"):
        decide(sql, left + 1)
    decide(sql, left)


def test_a_district_takes_no_more_than_its_quota(sql: Raw) -> None:
    taken = sql.one(
        "SELECT sum(exposure + owed_to_fund) FROM loan WHERE guarantee_fund_id IS NOT NULL "
        "AND district = '南岗区'"
    )
    sql.run("UPDATE guarantee_quota SET fen = ? WHERE district = '南岗区'", taken + 1_000)
    with pytest.raises(sqlcipher.DatabaseError, match="district_stays_within_its_quota"):
        decide(sql, 1_001)
    decide(sql, 1_000)


# Who stands beside


def test_a_side_stays_with_its_loan_and_is_released_once(sql: Raw) -> None:
    refused(sql, "loan_side_fixed", "UPDATE loan_side SET loan_id = loan_id + 1")
    refused(sql, "loan_side_fixed", "UPDATE loan_side SET party = 'partner', form = NULL")
    refused(sql, "ck_loan_side_form", "UPDATE loan_side SET form = NULL")
    refused(sql, "ck_loan_side_covers", "UPDATE loan_side SET covers = -1")
    sql.run("UPDATE loan_side SET live = 0")
    refused(sql, "side_is_released_once", "UPDATE loan_side SET live = 1")


# Claims of subsidy


def test_a_claim_goes_its_way_by_two_people(sql: Raw) -> None:
    with REFUSED:
        sql.again("subsidy_claim", RECEIVED, number="贴-x", first_day="2020-01-01")
    confirmed = f"UPDATE subsidy_claim SET state = 'confirmed', confirmed_by = {{}} WHERE {DRAFT}"
    refused(sql, "ck_subsidy_claim_second_person", confirmed.format("made_by"))
    refused(sql, "ck_subsidy_claim_confirmed", confirmed.format("NULL"))
    skipped = f"UPDATE subsidy_claim SET state = 'sent', confirmed_by = 2 WHERE {DRAFT}"
    refused(sql, "subsidy_claim_ways", skipped)
    back = f"UPDATE subsidy_claim SET state = 'drafted' WHERE {RECEIVED}"
    refused(sql, "subsidy_claim_ways", back)
    sql.run(confirmed.format("2"))
    sent = "UPDATE subsidy_claim SET state = 'sent' {} WHERE state = 'confirmed'"
    refused(sql, "subsidy_claim_ways", sent.format(""))
    sql.run(sent.format(", sent_on = '2026-11-19'"))
    paid = "UPDATE subsidy_claim SET state = 'received' {} WHERE state = 'sent'"
    refused(sql, "subsidy_claim_ways", paid.format(""))
    otherwise = paid.format(", received = fen - 1, received_on = '2026-11-20'")
    refused(sql, "subsidy_claim_ways", otherwise)
    sql.run(paid.format(", received = fen, received_on = '2026-11-20'"))


def test_a_claim_is_the_sum_of_its_lines(sql: Raw) -> None:
    sql.run(f"UPDATE subsidy_claim SET fen = fen + 1 WHERE {DRAFT}")
    change = f"UPDATE subsidy_claim SET state = 'confirmed', confirmed_by = 2 WHERE {DRAFT}"
    refused(sql, "subsidy_claim_adds_up", change)
    for column in ("fen = fen + 1", "confirmed_by = 3"):
        refused(sql, "subsidy_claim_adds_up", f"UPDATE subsidy_claim SET {column} WHERE {RECEIVED}")


def test_what_was_paid_stays_as_it_was_noted(sql: Raw) -> None:
    for column in ("received = received + 1", "received_on = '2026-11-19'", "sent_on = NULL"):
        change = f"UPDATE subsidy_claim SET {column} WHERE {RECEIVED}"
        refused(sql, "subsidy_claim_stays_settled", change)
    for column in ("number", "bank", "first_day", "made_by"):
        change = f"UPDATE subsidy_claim SET {column} = 'x'"
        refused(sql, "subsidy_claim_fixed", change)


def test_lines_are_written_into_a_draft_alone_and_stay(sql: Raw) -> None:
    refused(sql, "subsidy_line_fixed", "UPDATE subsidy_line SET fen = fen + 1")
    done = sql.one(f"SELECT id FROM subsidy_claim WHERE {RECEIVED}")
    with pytest.raises(sqlcipher.DatabaseError, match="subsidy_line_of_a_draft"):
        sql.again("subsidy_line", f"claim_id = {done}", **LONG_AGO)


def one_line(sql: Raw) -> tuple[int, int]:
    """Return the draft, and a line of the claim that was paid."""
    draft = sql.one(f"SELECT id FROM subsidy_claim WHERE {DRAFT}")
    line = sql.one(
        f"SELECT min(l.id) FROM subsidy_line l JOIN subsidy_claim c ON c.id = l.claim_id "
        f"WHERE c.{RECEIVED}"
    )
    return draft, line


def test_no_day_of_a_loan_is_claimed_twice(sql: Raw) -> None:
    draft, line = one_line(sql)
    for kind in ("claimed", "restored"):
        with pytest.raises(sqlcipher.DatabaseError, match="subsidy_day_claimed_once"):
            sql.again("subsidy_line", f"id = {line}", claim_id=draft, kind=kind)
    fen = sql.one(f"SELECT fen FROM subsidy_line WHERE id = {line}")
    back = {"claim_id": draft, "kind": "clawed_back", "fen": -fen}
    sql.again("subsidy_line", f"id = {line}", **back)
    with pytest.raises(sqlcipher.DatabaseError, match="subsidy_clawed_back_was_claimed"):
        sql.again("subsidy_line", f"id = {line}", **back)
    sql.again("subsidy_line", f"id = {line}", claim_id=draft, kind="restored")


def test_what_was_not_claimed_is_not_clawed_back(sql: Raw) -> None:
    draft, line = one_line(sql)
    back = {"claim_id": draft, "kind": "clawed_back", "fen": -1}
    with pytest.raises(sqlcipher.DatabaseError, match="subsidy_clawed_back_was_claimed"):
        sql.again("subsidy_line", f"id = {line}", **back)
    with pytest.raises(sqlcipher.DatabaseError, match="ck_subsidy_line_sign"):
        sql.again("subsidy_line", f"id = {line}", claim_id=draft, fen=-1, **LONG_AGO)
