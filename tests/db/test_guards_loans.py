"""What the store refuses of loans, past every verb."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.engine import sqlcipher
from tests.filled import Raw, raw

REPAYING = "state = 'repaying'"
COMPENSATED = "state = 'compensated'"


@pytest.fixture
def sql(done_store: Path) -> Iterator[Raw]:
    """Raw SQL in a transaction that is taken back."""
    with raw(done_store) as opened:
        opened.run("BEGIN IMMEDIATE")
        yield opened
        opened.run("ROLLBACK")


def refused(sql: Raw, guard: str, statement: str, *values: Any) -> None:
    """Try a statement that a guard refuses, whole."""
    with pytest.raises(sqlcipher.DatabaseError, match=guard):
        sql.run(statement, *values)


def refused_copy(sql: Raw, guard: str, table: str, where: str, **changed: Any) -> None:
    """Try to write a row once more, otherwise in some columns."""
    with pytest.raises(sqlcipher.DatabaseError, match=guard):
        sql.again(table, where, **changed)


def only(sql: Raw, table: str, where: str) -> str:
    """Return the condition of one row."""
    return f"id = {sql.one(f'SELECT id FROM {table} WHERE {where} ORDER BY id LIMIT 1')}"


BLANK: dict[str, Any] = {"number": "贷-new", "terms": None, "lent_on": None, "exposure": 0}


def test_a_loan_begins_as_an_enquiry(sql: Raw) -> None:
    one = only(sql, "loan", REPAYING)
    begins = "guard loan_begins_as_enquiry"
    refused_copy(sql, begins, "loan", one, **BLANK)
    refused_copy(sql, begins, "loan", one, **BLANK | {"state": "enquired", "exposure": 1})
    refused_copy(sql, begins, "loan", one, number="贷-new", state="enquired", exposure=0)
    sql.again("loan", one, **BLANK, state="enquired")


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("enquired", "recommended"),
        ("enquired", "guaranteed"),
        ("enquired", "repaying"),
        ("enquired", "settled"),
        ("repaying", "enquired"),
        ("repaying", "withdrawn"),
        ("repaying", "refused"),
        ("repaying", "written_off"),
        ("compensated", "bank_approved"),
    ],
)
def test_a_loan_takes_its_steps_in_order(sql: Raw, here: str, there: str) -> None:
    statement = f"UPDATE loan SET state = '{there}' WHERE state = '{here}'"
    refused(sql, "guard (loan_ways|loan_has_its_guarantee)", statement)


def test_what_has_ended_stays_ended(sql: Raw) -> None:
    one = only(sql, "loan", "state = 'enquired'")
    sql.run(f"UPDATE loan SET state = 'withdrawn' WHERE {one}")
    for there in ("enquired", "checked", "refused"):
        refused(sql, "guard loan_ways", f"UPDATE loan SET state = '{there}' WHERE {one}")


def test_a_contract_stays_as_it_was_fixed(sql: Raw) -> None:
    for change in (
        "principal = principal - 1",
        "terms = replace(terms, '43500', '43501')",
        "contract_number = 'x'",
        "contract_on = '2026-01-01'",
        "lent_on = '2026-01-01'",
        "bank = 'x'",
    ):
        refused(sql, "guard loan_keeps_its_contract", f"UPDATE loan SET {change} WHERE {REPAYING}")


def test_a_lending_is_taken_back_whole_or_not(sql: Raw) -> None:
    one = only(sql, "loan", REPAYING)
    freed = {
        "state": "'bank_approved'",
        "terms": "NULL",
        "principal": "NULL",
        "contract_number": "''",
        "contract_on": "NULL",
        "lent_on": "NULL",
        "outstanding": "0",
        "exposure": "guaranteed",
    }
    guard = "guard lending_is_taken_back_whole"
    refused(sql, guard, _back(one, freed))  # a repayment stands
    sql.run("DROP TRIGGER loan_event_kept")
    sql.run(f"DELETE FROM loan_event WHERE loan_id = (SELECT id FROM loan WHERE {one})")
    refused(sql, guard, _back(one, freed))  # its subsidy was claimed
    sql.run("DROP TRIGGER subsidy_line_kept")
    sql.run("DELETE FROM subsidy_line")
    for name, value in (("principal", "principal"), ("exposure", "guaranteed + 1")):
        refused(sql, guard, _back(one, freed | {name: value}))
    refused(sql, "(guard|CHECK)", _back(one, freed | {"terms": "terms"}))
    sql.run(_back(one, freed))


def _back(one: str, columns: dict[str, str]) -> str:
    told = ", ".join(f"{name} = {value}" for name, value in columns.items())
    return f"UPDATE loan SET {told} WHERE {one}"


def test_a_guarantee_rests_on_its_decision(sql: Raw) -> None:
    one = at_committee(sql)
    told = "state = 'guaranteed', guaranteed = 100, exposure = 100, guarantee_fund_id = 1"
    guard = "guard loan_has_its_guarantee"
    refused(sql, guard, f"UPDATE loan SET {told} WHERE {one}")
    decide(sql, one, amount=99)
    refused(sql, guard, f"UPDATE loan SET {told} WHERE {one}")
    decide(sql, one, amount=100)
    sql.run(f"UPDATE loan SET {told} WHERE {one}")


def at_committee(sql: Raw) -> str:
    """Bring the loan that is asked for to the committee; return its condition."""
    one = only(sql, "loan", "state = 'enquired'")
    for state in ("checked", "recommended", "surveyed"):
        sql.run(f"UPDATE loan SET state = '{state}' WHERE {one}")
    return one


def decide(sql: Raw, one: str, **changed: Any) -> None:
    """Write the committee's decision on a loan."""
    loan_id = sql.one(f"SELECT id FROM loan WHERE {one}")
    where = only(sql, "loan_step", "step = 'guaranteed'")
    sql.again("loan_step", where, loan_id=loan_id, **changed)


def test_a_fund_does_not_stand_for_more_than_its_capital_allows(sql: Raw) -> None:
    one = at_committee(sql)
    fen = 10**12
    sql.run("UPDATE guarantee_quota SET fen = ?", fen * 2)
    decide(sql, one, amount=fen)
    refused(
        sql,
        "guard fund_stands_for_so_much",
        f"UPDATE loan SET state = 'guaranteed', guaranteed = {fen}, exposure = {fen}, "
        f"guarantee_fund_id = 1 WHERE {one}",
    )


def test_the_bank_lends_within_the_guarantee_and_its_event_comes_first(sql: Raw) -> None:
    one = at_committee(sql)
    decide(sql, one, amount=100)
    sql.run(
        "UPDATE loan SET state = 'guaranteed', guaranteed = 100, exposure = 100, "
        f"guarantee_fund_id = 1 WHERE {one}"
    )
    for state in ("secured", "bank_approved"):
        sql.run(f"UPDATE loan SET state = '{state}' WHERE {one}")
    lent = "UPDATE loan SET state = 'repaying', terms = '{}', lent_on = '2026-11-20', principal = "
    refused(sql, "guard loan_is_lent_by_the_bank", f"{lent} 100 WHERE {one}")
    event = only(sql, "loan_event", "kind = 'lent'")
    loan_id = sql.one(f"SELECT id FROM loan WHERE {one}")
    sql.again("loan_event", event, loan_id=loan_id, fen=101)
    refused(sql, "guard loan_is_lent_by_the_bank", f"{lent} 100 WHERE {one}")
    refused(sql, "guard loan_within_its_guarantee", f"{lent} 101 WHERE {one}")
    sql.again("loan_event", event, loan_id=loan_id, number=2, fen=99)
    sql.run(f"{lent} 99 WHERE {one}")


def test_a_guarantee_is_decided_by_who_did_not_enter_or_survey_the_loan(sql: Raw) -> None:
    one = at_committee(sql)
    guard = "guard guarantee_by_another_person"
    loan_id, by = sql.run(f"SELECT id, entered_by FROM loan WHERE {one}")[0]
    step = only(sql, "loan_step", "step = 'guaranteed'")
    refused_copy(sql, guard, "loan_step", step, loan_id=loan_id, decided_by=by)
    surveyed = only(sql, "loan_step", "step = 'surveyed'")
    supervisor = sql.one(f"SELECT decided_by FROM loan_step WHERE {step}")
    sql.again("loan_step", surveyed, loan_id=loan_id, decided_by=supervisor)
    refused_copy(sql, guard, "loan_step", step, loan_id=loan_id)


@pytest.mark.parametrize("step", ["guaranteed", "secured", "bank_approved"])
def test_some_steps_rest_on_a_document(sql: Raw, step: str) -> None:
    one = only(sql, "loan_step", f"step = '{step}'")
    refused_copy(sql, "guard step_with_its_document", "loan_step", one, document="")
    refused_copy(sql, "CHECK constraint", "loan_step", one, outcome="refused", note="")


@pytest.mark.parametrize(
    "kind", ["reversed", "extended", "compensated", "recovered", "written_off"]
)
def test_an_event_of_two_people_needs_its_change(sql: Raw, kind: str) -> None:
    repaid = only(sql, "loan_event", "kind = 'repaid'")
    refused_copy(sql, "guard event_of_its_change", "loan_event", repaid, number=99, kind=kind)


def test_a_change_writes_its_own_event_alone(sql: Raw) -> None:
    guard = "guard event_of_its_change"
    change, loan_id = sql.run("SELECT id, loan_id FROM loan_change WHERE state = 'entered'")[0]
    told: dict[str, Any] = {"loan_id": loan_id, "number": 99, "change_id": change}
    event = {"kind": "extended", "fen": 0, "months": 6, "day": "2026-11-20", "reverses": None}
    repaid = only(sql, "loan_event", "kind = 'repaid'")
    refused_copy(sql, guard, "loan_event", repaid, **told, **event)
    sql.run(f"UPDATE loan_change SET state = 'confirmed', confirmed_by = 2 WHERE id = {change}")
    for wrong in (
        {"months": 7},
        {"fen": 1},
        {"day": "2026-11-19"},
        {"reverses": 2},
        {"kind": "written_off"},
        {"loan_id": loan_id - 1},
    ):
        refused_copy(sql, guard, "loan_event", repaid, **told | event | wrong)
    sql.again("loan_event", repaid, **told, **event)
    refused_copy(
        sql, "guard loan_event_not_replaced", "loan_event", repaid, **told | event | {"number": 98}
    )


def test_a_change_begins_entered_and_stays_decided(sql: Raw) -> None:
    decided = only(sql, "loan_change", "state = 'confirmed'")
    refused_copy(sql, "guard loan_change_begins_entered", "loan_change", decided)
    guard = "guard loan_change_stays_decided"
    refused(sql, guard, f"UPDATE loan_change SET state = 'withdrawn' WHERE {decided}")
    refused(sql, guard, f"UPDATE loan_change SET confirmed_by = 3 WHERE {decided}")
    for change in ("fen = fen + 1", "day = '2026-01-01'", "reason = 'x'", "entered_by = 9"):
        refused(
            sql,
            "guard loan_change_fixed",
            f"UPDATE loan_change SET {change} WHERE state = 'entered'",
        )
    refused(
        sql,
        "CHECK constraint",
        "UPDATE loan_change SET state = 'confirmed', confirmed_by = entered_by "
        "WHERE state = 'entered'",
    )


def test_a_check_is_told_once(sql: Raw) -> None:
    for change in ("result = 'misuse', findings = 'x'", "jobs = 9", "done_on = '2026-01-01'"):
        refused(
            sql,
            "guard loan_check_is_told_once",
            f"UPDATE loan_check SET {change} WHERE result IS NOT NULL",
        )
    told = "UPDATE loan_check SET due_on = '2027-01-01' WHERE result IS"
    refused(sql, "guard loan_check_is_told_once", f"{told} NOT NULL")
    sql.run(f"{told} NULL")
    refused(sql, "guard loan_check_fixed", "UPDATE loan_check SET loan_id = loan_id + 1")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("loan", "number = 'x' || id"),
        ("loan", "entered_by = 9"),
        ("loan_step", "amount = 1"),
        ("loan_step", "note = 'x'"),
        ("loan_event", "fen = fen + 1"),
        ("loan_event", "day = '2026-01-01'"),
        ("loan_instalment", "number = number + 100"),
    ],
)
def test_what_was_written_stays(sql: Raw, table: str, change: str) -> None:
    refused(sql, f"guard {table}_fixed", f"UPDATE {table} SET {change}")
