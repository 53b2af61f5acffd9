"""What the store refuses of the job service, past every verb."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.engine import sqlcipher
from tests.filled import Raw, raw


@pytest.fixture
def sql(done_store: Path) -> Iterator[Raw]:
    """Raw SQL in a transaction that is taken back."""
    with raw(done_store) as opened:
        opened.run("BEGIN IMMEDIATE")
        yield opened
        opened.run("ROLLBACK")


def check(table: str, name: str) -> str:
    """Return what the check of a table says: its whole name stands after the table once more."""
    return f"CHECK constraint failed: ck_{table}_ck_{table}_{name}"


def refused(sql: Raw, guard: str, statement: str, *values: Any) -> None:
    """Try a statement: exactly this guard answers, and no other one before it."""
    with pytest.raises(sqlcipher.DatabaseError) as answer:
        sql.run(statement, *values)
    assert str(answer.value) == guard


def refused_copy(sql: Raw, guard: str, table: str, where: str, **changed: Any) -> None:
    """Try to write a row once more, otherwise in some columns."""
    with pytest.raises(sqlcipher.DatabaseError) as answer:
        sql.again(table, where, **changed)
    assert str(answer.value) == guard


def only(sql: Raw, table: str, where: str) -> str:
    """Return the condition of one row."""
    return f"id = {sql.one(f'SELECT id FROM {table} WHERE {where} ORDER BY id LIMIT 1')}"


@pytest.mark.parametrize(
    ("table", "here", "there"),
    [
        ("job_seeker", "state = 'placed'", "enquired"),
        ("recognition", "state = 'recognised'", "refused"),
        ("vacancy", "state = 'open'", "closed"),
        ("job_referral", "state = 'issued'", "working"),
        ("job_referral", "state = 'not_hired'", "hired"),
        ("placement", "state = 'working'", "recorded"),
        ("course", "state = 'open'", "completed"),
        ("training_voucher", "state = 'used'", "void"),
        ("enrolment", "state = 'completed'", "withdrawn"),
    ],
)
def test_no_step_is_left_out(sql: Raw, table: str, here: str, there: str) -> None:
    one = only(sql, table, here)
    refused(sql, f"guard {table}_ways", f"UPDATE {table} SET state = ? WHERE {one}", there)


@pytest.mark.parametrize(
    ("table", "state"),
    [
        ("job_seeker", "placed"),
        ("recognition", "recognised"),
        ("vacancy", "filled"),
        ("employer_bar", "lifted"),
        ("job_referral", "hired"),
        ("placement", "left"),
        ("course", "ended"),
        ("training_voucher", "used"),
        ("enrolment", "completed"),
    ],
)
def test_everything_begins_at_its_beginning(sql: Raw, table: str, state: str) -> None:
    one = only(sql, table, "1")
    new = {"number": "x-new"} if "number" in sql.columns(table) else {}
    new |= standing_elsewhere(sql, table)
    refused_copy(sql, f"guard {table}_begins", table, one, state=state, **new)


def standing_elsewhere(sql: Raw, table: str) -> dict[str, Any]:
    """Return whom and what a new row may be of, so that only its state is wrong."""
    if table == "job_referral":
        seeker = sql.one("SELECT id FROM job_seeker WHERE state = 'seeking' LIMIT 1")
        vacancy = sql.one(
            "SELECT id FROM vacancy WHERE state = 'open' AND id NOT IN "
            "(SELECT vacancy_id FROM job_referral WHERE job_seeker_id = ?) LIMIT 1",
            seeker,
        )
        return {"job_seeker_id": seeker, "vacancy_id": vacancy}
    if table == "enrolment":
        sql.run("UPDATE course SET seats = 9")
        return {"job_seeker_id": without(sql, "enrolment"), "training_voucher_id": None}
    return {}


def without(sql: Raw, table: str) -> int:
    """Return a seeker of whom a table says nothing."""
    none = f"SELECT id FROM job_seeker WHERE id NOT IN (SELECT job_seeker_id FROM {table}) LIMIT 1"
    return sql.one(none)


def test_a_recognition_is_decided_by_another_person_once(sql: Raw) -> None:
    one = only(sql, "recognition", "state = 'recognised'")
    undecided = {"state": "applied", "decided_by": None, "decided_on": None, "opinion": ""}
    other = without(sql, "recognition")
    sql.again("recognition", one, number="认-new", job_seeker_id=other, **undecided)
    decide = (
        "UPDATE recognition SET state = 'recognised', decided_on = '2026-11-20', opinion = '同意', "
        "decided_by = {} WHERE number = '认-new'"
    )
    refused(sql, check("recognition", "second_person"), decide.format("applied_by"))
    second = sql.one(f"SELECT decided_by FROM recognition WHERE {one}")
    sql.run(decide.format(second))
    again = f"UPDATE recognition SET decided_on = '2026-01-01' WHERE {one}"
    refused(sql, "guard recognition_stays_decided", again)


def test_a_bar_is_lifted_by_another_person(sql: Raw) -> None:
    one = only(sql, "employer_bar", "state = 'in_force'")
    lift = "UPDATE employer_bar SET state = 'lifted', lifted_on = '2026-11-20', lifted_by = {}"
    refused(sql, check("employer_bar", "second_person"), lift.format("barred_by") + f" WHERE {one}")


def test_who_is_barred_reports_nothing_and_gets_nobody(sql: Raw) -> None:
    barred = sql.one("SELECT employer_id FROM employer_bar WHERE state = 'in_force'")
    vacancy = only(sql, "vacancy", "state = 'open'")
    guard = "guard vacancy_of_an_employer_in_good_standing"
    refused_copy(sql, guard, "vacancy", vacancy, number="岗-new", employer_id=barred)


def test_a_letter_leads_from_who_seeks_to_what_is_open(sql: Raw) -> None:
    letter = only(sql, "job_referral", "state = 'issued'")
    placed = sql.one("SELECT id FROM job_seeker WHERE state = 'placed' LIMIT 1")
    guard = "guard referral_to_what_is_open"
    refused_copy(sql, guard, "job_referral", letter, number="荐-new", job_seeker_id=placed)


def test_a_hired_letter_keeps_its_result_while_its_placement_stands(sql: Raw) -> None:
    letter = only(sql, "job_referral", "state = 'hired'")
    back = f"UPDATE job_referral SET state = 'issued', result_on = NULL WHERE {letter}"
    refused(sql, "guard referral_result_stands_with_its_placement", back)


def test_nothing_is_presumed_against_the_rules(sql: Raw) -> None:
    letter = only(sql, "job_referral", "state = 'issued' AND NOT presumable")
    presume = f"UPDATE job_referral SET state = 'presumed', result_on = '2026-11-20' WHERE {letter}"
    refused(sql, check("job_referral", "presumed_by_rule"), presume)
    refused(
        sql, "guard job_referral_fixed", f"UPDATE job_referral SET presumable = 1 WHERE {letter}"
    )
    placed = only(sql, "placement", "proof <> 'presumed'")
    shown = f"UPDATE placement SET proof = 'presumed' WHERE {placed}"
    refused(sql, "guard placement_presumed_no_more", shown)
    alone = only(sql, "placement", "job_referral_id IS NULL")
    guard = "guard placement_presumed_by_its_referral"
    refused_copy(sql, guard, "placement", alone, number="安-new", proof="presumed")


def test_a_placement_belongs_to_its_letter(sql: Raw) -> None:
    mine = only(sql, "placement", "job_referral_id IS NOT NULL AND state = 'working'")
    waiting = sql.one("SELECT id FROM job_referral WHERE state = 'issued' LIMIT 1")
    guard = "guard placement_of_its_referral"
    refused_copy(sql, guard, "placement", mine, number="安-new", job_referral_id=waiting)


def test_a_public_welfare_post_is_for_the_recognised_and_ends(sql: Raw) -> None:
    alone = only(sql, "placement", "job_referral_id IS NULL")
    guard = "guard public_welfare_post_for_the_recognised"
    new = {"number": "安-new", "public_welfare": 1}
    refused_copy(sql, guard, "placement", alone, **new, ends_on="2029-11-19")
    recognised = sql.one("SELECT job_seeker_id FROM recognition WHERE state = 'recognised'")
    refused_copy(sql, guard, "placement", alone, **new, job_seeker_id=recognised)
    sql.again("placement", alone, **new, job_seeker_id=recognised, ends_on="2029-11-19")


def test_a_limit_needs_its_ground_and_no_child_works(sql: Raw) -> None:
    vacancy = only(sql, "vacancy", "state = 'open'")
    aged = f"UPDATE vacancy SET age_to = 40 WHERE {vacancy}"
    refused(sql, check("vacancy", "limit_has_ground"), aged)
    young = f"UPDATE vacancy SET age_from = 15, limit_ground = 'x' WHERE {vacancy}"
    refused(sql, check("vacancy", "no_child_labour"), young)


def test_a_voucher_pays_for_its_own_person_and_a_course_has_seats(sql: Raw) -> None:
    seat = only(sql, "enrolment", "training_voucher_id IS NULL")
    theirs = sql.one("SELECT id FROM training_voucher WHERE state = 'issued' LIMIT 1")
    other = sql.one(
        "SELECT id FROM job_seeker WHERE id NOT IN (SELECT job_seeker_id FROM enrolment) LIMIT 1"
    )
    fresh = {"job_seeker_id": other}
    refused_copy(sql, "guard course_has_seats", "enrolment", seat, **fresh)
    sql.run("UPDATE course SET seats = 3")
    guard = "guard voucher_of_its_person"
    refused_copy(sql, guard, "enrolment", seat, **fresh, training_voucher_id=theirs)
    sql.again("enrolment", seat, **fresh)
    refused(sql, "guard course_keeps_its_seats", "UPDATE course SET seats = 1")


def test_an_exclusion_is_taken_back_once(sql: Raw) -> None:
    sql.run("UPDATE match_exclusion SET live = 0")
    refused(sql, "guard exclusion_is_taken_back_once", "UPDATE match_exclusion SET live = 1")
