"""Who may do what: every verb with every role, as `docs/rights.md` says, as the office obeys it.

``python -m tests.app.test_rights`` writes the table anew after a verb or a right has changed; the
change then stands in the diff, for a person to judge.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_origin, get_type_hints

import pytest

from app import verbs
from app.cases.actions import file_case
from app.cases.records import CaseStepForm
from app.center.actions import confirm_value, enter_value
from app.center.records import ValueForm, ValueStep
from app.core.columns import Columns
from app.core.errors import AppError, Refused
from app.core.money import Fen
from app.core.record import Nothing, Record, specs
from app.core.words.staff import Role
from app.disbursements.batch_queries import batch_view
from app.disbursements.batch_records import BatchById, BatchForm, BatchStepForm
from app.disbursements.batches import open_batch
from app.exchange.actions import freeze_batch
from app.exchange.importing_records import Prepared
from app.exchange.loans_records import LoanRegister
from app.exchange.placements_records import PlacementRegister
from app.exchange.relief_records import PreparedRelief, Sums
from app.exchange.workbook import Workbook, open_workbook
from app.funds.actions import confirm_budget, enter_budget
from app.funds.records import BudgetForm, BudgetStep
from app.reference.dated import ValueArea
from app.reports.queries import check_store
from app.staff.actions import add_staff
from app.staff.records import PasswordForm, StaffForm
from app.staff.rights import RIGHTS, permissions_of
from app.work import (
    ACTIONS,
    QUERIES,
    Action,
    Actor,
    Permission,
    Query,
    SecondPersonNeeded,
    Topic,
    Verb,
)
from tests.filled import copy_center, raw
from tests.imports import workbook
from tests.world import World, open_world

verbs.load()

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "rights.md"
VERBS: dict[str, Verb[Any, Any]] = {**ACTIONS, **QUERIES}
YES = "●"

WITHOUT_CONTENT = {
    *(Permission.READ_CENTER, Permission.KEEP_CENTER, Permission.ENTER_VALUES),
    *(Permission.CONFIRM_VALUES, Permission.READ_STAFF, Permission.KEEP_STAFF),
    *(Permission.CHECK_STORE, Permission.KEEP_BACKUPS),
}
"""The rights that show nothing of any household."""


def table() -> str:
    """Return the table as the program has it."""
    lines = [
        f"| Verb | What it does | {' | '.join(role.label for role in Role)} |",
        f"|---|---|{':-:|' * len(Role)}",
    ]
    for name, verb in sorted(VERBS.items()):
        marks = [YES if verb.needs in RIGHTS[role] else "" for role in Role]
        lines.append(f"| `{name}` | {verb.says} | {' | '.join(marks)} |")
    return "\n".join(lines)


def documented() -> dict[str, set[Role]]:
    """Read the table of the document: verb to the roles that have it."""
    found: dict[str, set[Role]] = {}
    for line in DOCUMENT.read_text("utf-8").splitlines():
        if match := re.match(r"\| `([\w.]+)` \|", line):
            marks = [mark.strip() for mark in line.strip("|").split("|")[2:]]
            found[match[1]] = {role for role, mark in zip(Role, marks, strict=True) if mark == YES}
    return found


def any_request(record: type[Record]) -> Record:
    """Return some request of a type; it need not make sense."""
    hints = get_type_hints(record)
    given = {field.name: _any(hints[field.name]) for field in specs(record) if field.required}
    return record(**given)


def _any(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        return None
    if get_origin(hint) is tuple:
        return ()
    if isinstance(hint, type) and issubclass(hint, Record):
        return any_request(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    if hint is Workbook:
        return open_workbook(workbook(3)[1])
    if hint is Prepared:
        return Prepared(Columns(0), Columns(0), [], [], [], rows=0, left_out=0, errors=0)
    if hint is PreparedRelief:
        return PreparedRelief(Columns(0), [], Sums(0, Fen(0), 0, 0, 0), rows=0, errors=0)
    if hint is LoanRegister:
        return LoanRegister(loans=[], problems=[], kept_out=frozenset(), columns=(), unread=())
    if hint is PlacementRegister:
        return PlacementRegister(lines=[], problems=[], kept_out=frozenset(), columns=(), unread=())
    plain = {int: 0, Fen: 100, bool: False, bytes: b"", date: date(2026, 11, 20), str: "某某"}
    return {} if get_origin(hint) is Mapping else plain[hint]


@pytest.fixture(scope="module")
def office(done_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A store in which the whole job was done, for requests that mostly lead nowhere."""
    store = tmp_path_factory.mktemp("rights") / "center.db"
    copy_center(done_store, store)
    world = open_world(store)
    yield world
    world.office.close()


def test_the_document_holds_every_verb_with_its_roles() -> None:
    said = {
        name: {role for role in Role if verb.needs in RIGHTS[role]} for name, verb in VERBS.items()
    }
    assert documented() == said, "python -m tests.app.test_rights writes the table anew"


def admitted(office: World, role: Role, verb: Verb[Any, Any]) -> bool:
    """Tell whether the office lets a person of one role past the door."""
    person = next(actor for actor in office.people.values() if set(actor.roles) == {role})
    request = any_request(list(get_type_hints(verb.run).values())[1])
    try:
        if isinstance(verb, Action):
            office.office.perform(person, verb, request)
        elif isinstance(verb, Query):
            office.office.ask(person, verb, request)
    except Refused:
        return False
    except AppError:
        return True
    return True


@pytest.mark.parametrize("name", sorted(VERBS))
def test_the_office_obeys_the_document(office: World, name: str) -> None:
    assert {role for role in Role if admitted(office, role, VERBS[name])} == documented()[name]


def test_nobody_is_without_rights_and_nobody_has_all() -> None:
    assert set(RIGHTS) == set(Role)
    assert all(rights and rights != set(Permission) for rights in RIGHTS.values())
    assert {right for rights in RIGHTS.values() for right in rights} == set(Permission)
    assert permissions_of(()) == frozenset()


def test_the_administrator_sees_no_case_content() -> None:
    assert RIGHTS[Role.ADMINISTRATOR] <= WITHOUT_CONTENT


def test_what_the_administrator_reads_of_an_altered_store_names_nobody(filled: Path) -> None:
    with raw(filled) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE household SET address = '别处'")
        sql.run("UPDATE member SET name = '别人', id_number = id_number || '1'")
        people = {value for row in sql.run("SELECT name, id_number FROM member") for value in row}
    world = open_world(filled)
    report = world.ask("admin", check_store)
    world.office.close()
    assert report.findings
    assert not [who for who in people if len(who) > 1 and who in str(report)]


def test_the_auditor_changes_nothing_of_the_center() -> None:
    """Opening a document leaves its trace in the trail and nothing else."""
    changing = {verb.needs for verb in ACTIONS.values() if verb.changes - {Topic.AUDIT}}
    assert not RIGHTS[Role.AUDITOR] & changing


def test_reading_private_values_in_the_clear_is_an_action() -> None:
    clear = {"households.reveal", "households.open_form", "exchange.bank_file"}
    clear.add("documents.open_document")
    assert clear <= ACTIONS.keys()
    assert all(ACTIONS[name].audited for name in clear)


def test_passwords_of_others_are_for_those_who_keep_staff(world: World) -> None:
    person = StaffForm(user="chen", name="陈", roles=(Role.CASEWORKER,), password="long-enough-1")
    with pytest.raises(Refused):
        world.office.add_staff(world.people["wang"], person)
    with pytest.raises(Refused):
        world.do("wang", add_staff, person)
    other = PasswordForm(user="zhao", password="long-enough-1")
    with pytest.raises(Refused):
        world.office.change_password(world.people["wang"], other)
    own = PasswordForm(user="wang", password="long-enough-1")
    world.office.change_password(world.people["wang"], own)
    assert world.office.sign_in("wang", "long-enough-1").id == world.people["wang"].id


class TestWhoHoldsEveryRole:
    """Maker is never checker, whatever roles a person holds."""

    @pytest.fixture(autouse=True)
    def everybody_may_everything(self, world: World) -> None:
        everything = permissions_of(Role)
        world.people = {
            user: dataclasses.replace(actor, roles=frozenset(Role), permissions=everything)
            for user, actor in world.people.items()
        }

    def test_does_not_file_what_they_accepted(self, world: World) -> None:
        step = CaseStepForm(id=world.accept().case_id, version=1)
        with pytest.raises(SecondPersonNeeded):
            world.do("wang", file_case, step)
        world.do("qian", file_case, step)

    def test_does_not_approve_what_they_proposed(self, world: World) -> None:
        award = world.propose()
        with pytest.raises(SecondPersonNeeded):
            world.decide(award, user="wang")
        world.decide(award, user="qian")

    @pytest.mark.parametrize("user", ["wang", "zhao"])
    def test_does_not_pay_what_they_proposed_or_approved(self, world: World, user: str) -> None:
        form = BatchForm(award_ids=(world.approved(),), layout="delimited")
        with pytest.raises(SecondPersonNeeded):
            world.do(user, open_batch, form)
        batch = world.do("qian", open_batch, form)
        version = world.ask("qian", batch_view, BatchById(id=batch)).row.version
        step = BatchStepForm(id=batch, version=version)
        with pytest.raises(SecondPersonNeeded):
            world.do(user, freeze_batch, step)
        world.do("sun", freeze_batch, step)

    def test_does_not_confirm_a_standard_they_entered(self, world: World) -> None:
        form = ValueForm(
            area=ValueArea.DISTRICTS,
            amount=Fen(100_000),
            effective_from=date(2026, 7, 1),
            effective_to=date(2027, 6, 30),
            document="哈民发〔2026〕1号",
        )
        step = ValueStep(id=world.do("zhao", enter_value, form), version=1)
        with pytest.raises(SecondPersonNeeded):
            world.do("zhao", confirm_value, step)
        world.do("wang", confirm_value, step)

    def test_does_not_confirm_a_budget_they_entered(self, world: World) -> None:
        form = BudgetForm(
            fund_id=world.fund_id(),
            amount=Fen(1_000),
            document="追加预算",
            granted_on=date(2026, 11, 20),
        )
        step = BudgetStep(id=world.do("qian", enter_budget, form), version=1)
        with pytest.raises(SecondPersonNeeded):
            world.do("qian", confirm_budget, step)
        world.do("zhao", confirm_budget, step)


def test_an_actor_knows_what_they_may(world: World) -> None:
    wang: Actor = world.people["wang"]
    assert wang.may(ACTIONS["cases.accept_case"])
    assert not wang.may(ACTIONS["cases.file_case"])
    assert world.ask("wang", QUERIES["center.center_facts"], Nothing())


if __name__ == "__main__":
    text = DOCUMENT.read_text("utf-8")
    head, _, rest = text.partition("| Verb |")
    tail = rest.partition("\n\n")[2]
    DOCUMENT.write_text(f"{head}{table()}\n" + (f"\n{tail}" if tail else ""), "utf-8")
