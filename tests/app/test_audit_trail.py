"""The audit trail: one row an act, chained, with nothing private in the clear."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.audit.queries import OFFICE, audit_rows
from app.audit.records import AuditQuery, AuditView
from app.audit.trail import masked, row_hash
from app.cases.actions import accept_case
from app.core.errors import AppError, RuleBroken
from app.core.record import Nothing
from app.core.words.staff import Role
from app.demo.center import PASSWORD
from app.drafts.actions import discard_draft, save_draft
from app.drafts.records import DraftById, DraftForm
from app.households.actions import change_household, open_form, reveal
from app.households.records import Reveal
from app.staff.records import StaffForm
from app.work import ACTIONS, Action, Permission, Work
from db.models.audit import AuditRow
from tests.filled import Raw, raw
from tests.world import World, changed


def acts(world: World, **asked: Any) -> list[AuditView]:
    return world.ask("zhou", audit_rows, AuditQuery(**asked))


def everything_told(sql: Raw) -> str:
    """Return all that stands in the trail, as one text."""
    return json.dumps(sql.run("SELECT * FROM audit"), ensure_ascii=False)


def test_every_act_of_the_whole_job_has_one_row(filled: Path) -> None:
    with raw(filled) as sql:
        told = [verb for (verb,) in sql.run("SELECT verb FROM audit ORDER BY id")]
        cases = sql.one('SELECT count(*) FROM "case"')
        prints = sql.one("SELECT count(*) FROM paper_print")
        approvals = sql.one("SELECT count(*) FROM approval")
    assert told.count("cases.accept_case") == cases
    assert told.count("papers.note_print") == prints
    assert told.count("disbursements.decide_award") == approvals
    assert {verb for verb in told if not verb.startswith("office.")} <= ACTIONS.keys()
    assert {verb for verb in told if verb.startswith("office.")} <= OFFICE.keys()


def test_the_trail_is_chained(filled: Path) -> None:
    with raw(filled) as sql:
        links = sql.run("SELECT previous, hash FROM audit ORDER BY id")
        ids = [key for (key,) in sql.run("SELECT id FROM audit ORDER BY id")]
    assert ids == list(range(1, len(ids) + 1))
    assert [previous for previous, _ in links] == ["", *(hash_ for _, hash_ in links[:-1])]


@pytest.mark.parametrize(
    "column", ["id", "at", "actor_id", "actor_name", "verb", "subject", "request", "changes"]
)
def test_the_hash_of_a_row_covers_each_of_its_columns(world: World, column: str) -> None:
    def altered(work: Work, _: Nothing) -> tuple[str, str, str]:
        row = work.session.get_one(AuditRow, 16)
        stored, kept = row.hash, row_hash(row)
        setattr(row, column, world.clock.now() if column == "at" else {"x": 1})
        with work.session.no_autoflush:
            other = row_hash(row)
        work.session.expunge(row)
        return stored, kept, other

    look = Action("test.look", altered, Permission.READ_CENTER, "Look.", frozenset())
    stored, kept, other = world.do("wang", look, Nothing())
    assert stored == kept != other


def test_nothing_private_stands_in_the_trail_in_the_clear(filled: Path) -> None:
    with raw(filled) as sql:
        told = everything_told(sql)
        private = sql.run(
            "SELECT id_number, id_reversed, phone, phone_reversed, birth FROM member"
        ) + sql.run("SELECT account_number, account_reversed, '', '', '' FROM household")
        private += sql.run("SELECT account_number, '', '', '', '' FROM award_version")
        secrets = sql.run("SELECT signing_key, masking_key FROM center")[0]
    values = {value for row in private for value in row if value}
    assert len(values) > 20
    assert not [value for value in values if value in told]
    assert not [secret for secret in secrets if secret in told]
    assert PASSWORD not in told
    assert "head.name" not in told, "drafts are not told"


def test_a_password_leaves_no_trace_in_the_trail(world: World) -> None:
    person = StaffForm(user="chen", name="陈红", roles=(Role.AUDITOR,), password="long-enough-1")
    world.office.add_staff(world.people["admin"], person)
    newest = acts(world, limit=1)[0]
    assert newest.verb == "staff.add_staff"
    assert newest.request == {"user": "chen", "name": "陈红"}
    assert "gh-1" not in str(newest)
    assert "password" not in str(newest.request)


def test_a_change_of_a_private_value_shows_and_the_value_does_not(world: World) -> None:
    accepted = world.accept()
    change = world.do("wang", open_form, Reveal(household_id=accepted.household_id))
    head = changed(change.household.head, phone="15400009876")
    household = changed(change.household, head=head)
    world.do("wang", change_household, changed(change, household=household))
    newest = acts(world, limit=1)[0]
    old, new = newest.changes["member/1"]["phone"]
    assert old != new
    assert new.startswith("********876 #")
    assert "15400009876" not in str(newest)
    was, now = newest.changes["member/1"]["phone_reversed"]
    assert was != now
    assert now.startswith("*** #"), "a number reversed shows nothing of its other end"
    assert newest.subject == f"household/{accepted.household_id}"


def test_the_mark_beside_a_mask_is_the_same_for_the_same_value_under_one_key() -> None:
    first, again = masked("239081198001010010", b"k1"), masked("239081198001010010", b"k1")
    assert first == again
    assert first != masked("239081198001010010", b"k2")
    assert first.split(" ")[0] == "*" * 14 + "0010"
    assert first != masked("239082198001010010", b"k1")
    assert "1234" not in masked("1234", b"k1")


def test_a_failing_act_leaves_no_row(world: World) -> None:
    before = len(acts(world))
    with pytest.raises(AppError):
        world.do("zhao", accept_case, world.form())
    form = world.form()
    world.accept(form)
    with pytest.raises(RuleBroken):
        world.accept(form)
    assert len(acts(world)) == before + 1


def test_drafts_are_not_told(world: World) -> None:
    before = len(acts(world))
    world.do("wang", save_draft, DraftForm(id="d", form="intake", title="户", content={"a": "b"}))
    world.do("wang", discard_draft, DraftById(id="d"))
    assert len(acts(world)) == before


def test_looking_at_private_values_is_told(world: World) -> None:
    accepted = world.accept()
    shown = world.do("qian", reveal, Reveal(household_id=accepted.household_id))
    newest = acts(world, limit=1)[0]
    assert len(shown.id_number) == 18
    assert (newest.verb, newest.actor) == ("households.reveal", "钱立")
    assert newest.subject == f"household/{accepted.household_id}"
    assert newest.changes == {}
    assert shown.id_number not in str(newest)


def test_the_trail_is_asked_by_who_what_and_which(world: World) -> None:
    first, second = world.accept(), world.accept()
    of_second = acts(world, subject=f"case/{second.case_id}")
    assert [row.verb for row in of_second] == ["cases.accept_case"]
    assert of_second[0].says == ACTIONS["cases.accept_case"].says
    assert [row.subject for row in acts(world, verb="cases.accept_case")] == [
        f"case/{second.case_id}",
        f"case/{first.case_id}",
    ]
    assert {row.actor for row in acts(world, actor="赵建国")} == {"赵建国"}
    ids = [row.id for row in acts(world, limit=5)]
    assert ids == sorted(ids, reverse=True)
    assert [row.id for row in acts(world, before=ids[-1], limit=2)] == [ids[-1] - 1, ids[-1] - 2]


def test_a_new_row_is_told_whole_and_a_changed_one_from_and_to(world: World) -> None:
    accepted = world.file()
    filed, accepting = acts(world, limit=2)
    assert accepting.changes[f"case/{accepted.case_id}"]["state"] == "accepted"
    assert filed.changes[f"case/{accepted.case_id}"]["state"] == ["accepted", "filed"]
    assert filed.changes["household/1"]["file_state"] == ["pending", "active"]
    assert filed.changes["assessment/1"]["facts"].startswith("#"), "long content by its digest"


def test_what_a_request_asked_is_told_without_what_it_wrote(world: World) -> None:
    award = world.propose()
    asked = acts(world, limit=1)[0].request
    assert asked["measure"] == "living_relief"
    assert asked["account_number"].startswith("***************0128 #")
    world.decide(award)
    assert acts(world, limit=1)[0].request["decision"] == "approved"
