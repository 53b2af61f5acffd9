"""The one door: an act is done whole or not at all; conflicts; a writer beside readers."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from app.cases.actions import accept_case, issue_certificate
from app.cases.queries import case_counts, case_view
from app.cases.records import CaseById, CertificateForm, IntakeForm
from app.core.errors import AppError, Conflict, Invalid, NotFound, StoreBusy
from app.core.record import Nothing
from app.core.words.papers import PaperKind
from app.households.actions import change_household, open_form
from app.households.records import ChangeForm, Reveal
from app.households.rules import PersonOnFile
from app.office import Office
from app.papers.fonts import GlyphMissing
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery
from app.work import Action, Permission, Query, Topic, Work
from db.keys import KeyFile, key_file_of
from db.models.households import Household, Member
from db.models.staff import Staff
from db.trouble import WrongPassword
from tests.papers import NOWHERE
from tests.world import World, changed


def act(run: Callable[[Work, Nothing], Any]) -> Action[Nothing, Any]:
    """Make an action that no role is refused, for one test."""
    return Action("test.act", run, Permission.READ_CENTER, "Try.", frozenset({Topic.CENTER}))


def ask(run: Callable[[Work, Nothing], Any]) -> Query[Nothing, Any]:
    return Query("test.ask", run, Permission.READ_CENTER, "Try.")


def count(world: World, table: str) -> int:
    with world.office.engines.reader.connect() as connection:
        return connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()


def counts(world: World) -> dict[str, int]:
    tables = ("audit", "household", "member", "case", "paper", "number_series", "assessment")
    return {table: count(world, table) for table in tables}


def renamed(form: IntakeForm, name: str) -> IntakeForm:
    head = changed(form.household.head, name=name)
    household = changed(form.household, head=head)
    return changed(form, household=household)


def test_an_act_says_what_it_changed(world: World) -> None:
    done = world.office.perform(world.people["wang"], accept_case, world.form())
    shown = {Topic.CASES, Topic.HOUSEHOLDS, Topic.DOCUMENTS, Topic.PAPERS, Topic.DRAFTS}
    assert done.topics == shown
    assert done.result.case_number == "2026-0001"


def test_a_wrong_record_is_told_field_by_field_and_nothing_is_begun(world: World) -> None:
    before = counts(world)
    form = world.form()
    head = changed(form.household.head, id_number="239081198001010011", phone="123")
    household = changed(form.household, head=head)
    with pytest.raises(Invalid) as wrong:
        world.accept(changed(form, household=household))
    fields = {problem.field for problem in wrong.value.problems}
    assert fields == {"household.head.id_number", "household.head.phone"}
    assert counts(world) == before


def test_an_act_that_fails_leaves_nothing_and_its_numbers_are_free_again(world: World) -> None:
    before = counts(world)
    form = world.form()
    with pytest.raises(GlyphMissing):  # the receipt cannot be printed, after case and file exist
        world.accept(renamed(form, f"王{NOWHERE}"))
    assert counts(world) == before
    accepted = world.accept(form)
    assert accepted.case_number == "2026-0001"
    receipt = world.ask("wang", paper_rows, PaperQuery(household_id=accepted.household_id))[0]
    assert receipt.number.endswith("第00001号")


def test_a_certificate_that_cannot_be_printed_takes_no_number(world: World) -> None:
    accepted = world.file()
    form = CertificateForm(
        household_id=accepted.household_id,
        purpose=f"子女{NOWHERE}",
        valid_until=world.clock.today(),
    )
    with pytest.raises(GlyphMissing):
        world.do("wang", issue_certificate, form)
    world.do("wang", issue_certificate, changed(form, purpose="子女就学"))
    kind = PaperQuery(kind=PaperKind.HARDSHIP_CERTIFICATE)
    assert [row.number[-7:] for row in world.ask("wang", paper_rows, kind)] == ["第00001号"]


def test_a_bug_in_the_middle_leaves_nothing(world: World) -> None:
    def fail(work: Work, _: Nothing) -> None:
        work.next_number("case")
        work.add(Staff(user="x", name="某", roles=[], active=True, since=work.today))
        raise ZeroDivisionError

    before = counts(world), count(world, "staff")
    with pytest.raises(ZeroDivisionError):
        world.do("wang", act(fail), Nothing())
    assert (counts(world), count(world, "staff")) == before


def test_numbers_count_from_one_in_every_year(world: World) -> None:
    def number(work: Work, _: Nothing) -> int:
        return work.next_number("test")

    assert [world.do("wang", act(number), Nothing()) for _ in range(3)] == [1, 2, 3]
    world.clock.instant = world.clock.instant.replace(year=2027)
    assert world.do("wang", act(number), Nothing()) == 1


# Optimistic versions


def opened(world: World, household_id: int) -> ChangeForm:
    return world.do("wang", open_form, Reveal(household_id=household_id))


def moved(change: ChangeForm, address: str) -> ChangeForm:
    head = changed(change.household.head, address=address)
    household = changed(change.household, head=head)
    return changed(change, household=household)


def test_a_conflict_names_who_changed_it_meanwhile(world: World) -> None:
    accepted = world.accept()
    mine, theirs = opened(world, accepted.household_id), opened(world, accepted.household_id)
    world.people["chen"] = replace(world.people["wang"], name="陈红")
    world.do("chen", change_household, moved(theirs, "新址 1 号"))
    with pytest.raises(Conflict) as conflict:
        world.do("wang", change_household, moved(mine, "新址 2 号"))
    assert conflict.value.data["who"] == "陈红"
    assert "陈红" in conflict.value.tell()


def test_a_conflict_names_who_changed_it_by_an_act_about_something_else(world: World) -> None:
    accepted = world.accept()
    change = opened(world, accepted.household_id)
    world.do("wang", change_household, moved(change, "新址 1 号"))
    mine = opened(world, accepted.household_id)
    world.file(accepted)  # is about the case, and changes the household
    with pytest.raises(Conflict) as conflict:
        world.do("wang", change_household, moved(mine, "新址 2 号"))
    assert conflict.value.data["who"] == "赵建国"


def test_what_is_not_there_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        world.ask("wang", case_view, CaseById(id=99))


# What the store refuses comes back in words


def test_a_broken_guard_is_told_in_words(world: World) -> None:
    accepted = world.accept()

    def double(work: Work, _: Nothing) -> None:
        first = work.load(Household, accepted.household_id).members[0]
        other = {
            column.key: getattr(first, column.key)
            for column in Member.__mapper__.column_attrs
            if column.key not in ("id", "version")
        }
        work.add(Member(**other | {"position": 99}))

    with pytest.raises(PersonOnFile):
        world.do("wang", act(double), Nothing())


def test_a_broken_constraint_that_is_a_bug_tells_no_personal_data(world: World) -> None:
    def wrong(work: Work, _: Nothing) -> None:
        work.add(Staff(user="x", name="秘密的名字", active=True, since=work.today))

    with pytest.raises(IntegrityError) as bug:
        world.do("wang", act(wrong), Nothing())
    assert "秘密的名字" not in str(bug.value)


def test_nothing_is_deleted_through_the_session_either(world: World) -> None:
    def delete(work: Work, _: Nothing) -> None:
        work.session.delete(work.load(Staff, 1))

    with pytest.raises(RuntimeError, match="nothing is deleted"):
        world.do("wang", act(delete), Nothing())


def test_many_rows_are_changed_by_one_statement_that_the_trail_names(world: World) -> None:
    def close(work: Work, _: Nothing) -> int:
        return work.change_many(Staff, 2, 3, {"active": False})

    assert world.do("wang", act(close), Nothing()) == 2
    with world.office.engines.reader.connect() as connection:
        told = connection.execute(text("SELECT changes FROM audit ORDER BY id DESC")).scalars()
        assert (
            '"notes":{"changed":[{"first":2,"last":3,"moved":{},"table":"staff",'
            '"values":{"active":false}}]}' in str(told.first())
        )


# One writer, two readers


def test_a_query_cannot_write(world: World) -> None:
    def write(work: Work, _: Nothing) -> None:
        work.session.execute(update(Staff).values(name="x"))

    with pytest.raises(AppError):
        world.ask("wang", ask(write))
    with world.office.engines.reader.connect() as connection:
        assert connection.execute(text("PRAGMA query_only")).scalar() == 1
        names = connection.execute(text("SELECT name FROM staff")).scalars().all()
    assert "x" not in names


def test_readers_see_whole_acts_while_the_writer_works(world: World) -> None:
    seen: list[tuple[int, int]] = []
    errors: list[BaseException] = []
    done = threading.Event()

    def both(work: Work, _: Nothing) -> tuple[int, int]:
        households = work.session.scalar(text("SELECT count(*) FROM household")) or 0
        return households, work.session.scalar(text('SELECT count(*) FROM "case"')) or 0

    def read() -> None:
        try:
            while not done.is_set():
                seen.append(world.ask("zhao", ask(both)))
                world.ask("zhao", case_counts)
        except BaseException as error:  # noqa: BLE001 - handed to the test
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(12):
        world.accept()
    done.set()
    for reader in readers:
        reader.join()
    assert not errors
    assert all(households == cases for households, cases in seen), "never half an act"
    assert world.ask("zhao", case_counts).accepted == 12


def test_two_writers_take_turns(world: World) -> None:
    numbers: list[int] = []

    def number(work: Work, _: Nothing) -> int:
        return work.next_number("test")

    def write() -> None:
        for _ in range(10):
            numbers.append(world.do("wang", act(number), Nothing()))

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(numbers) == list(range(1, 21))


def test_a_store_that_another_program_writes_to_is_busy_not_broken(world: World) -> None:
    office: Office = world.office
    with office.engines.writer.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout = 1"))
    other = office.engines.reader.connect()
    other.exec_driver_sql("ROLLBACK")
    other.exec_driver_sql("PRAGMA query_only = OFF")
    other.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreBusy):
            world.accept()
    finally:
        other.exec_driver_sql("ROLLBACK")
        other.exec_driver_sql("BEGIN")
        other.exec_driver_sql("PRAGMA query_only = ON")
        other.close()
    world.accept()


# The way in


def test_a_person_signs_in_with_their_own_password(world: World) -> None:
    assert world.office.sign_in("zhao", "demo-2012").name == "赵建国"
    for user, password in (("zhao", "demo-2013"), ("nobody", "demo-2012"), ("", "")):
        with pytest.raises(WrongPassword):
            world.office.sign_in(user, password)


def test_signing_in_and_out_stands_in_the_trail(world: World) -> None:
    world.office.note_sign_out(world.people["wang"], locked=True)
    world.office.note_sign_out(world.people["wang"], locked=False)

    def last(work: Work, _: Nothing) -> list[Any]:
        return list(
            work.session.execute(
                text("SELECT verb, actor_name, subject FROM audit ORDER BY id DESC LIMIT 2")
            ).all()
        )

    assert world.ask("wang", ask(last)) == [
        ("office.sign_out", "王芳", "staff/1"),
        ("office.lock", "王芳", "staff/1"),
    ]


def test_the_office_knows_its_key(world: World) -> None:
    key = KeyFile.read(key_file_of(world.office.path)).open_with_password("wang", "demo-2012")
    assert key is not None
    assert world.office.key_fits(key)
    assert not world.office.key_fits(b"0" * 32)
