"""Rosters of agencies: read with a few statements, and known by every row of a person."""

from collections.abc import Mapping

from app.core.money import Fen
from app.core.words.disbursements import ListKind
from app.core.words.funds import FundSource
from app.disbursements.list_queries import list_view
from app.disbursements.list_records import (
    ListById,
    ListForm,
    ListStep,
    RosterForm,
    RosterLine,
    RosterTaken,
)
from app.disbursements.lists import confirm_list, open_list, take_roster
from app.disbursements.rosters import entrusted
from app.households.merging_records import SamePerson
from app.households.records import ById
from app.work import Permission, Query, Work
from tests.app.test_disbursements_members import fund
from tests.filled import raw
from tests.imports import bring_in, workbook
from tests.regrouping import merge
from tests.statements import statements
from tests.world import World


def by_person(work: Work, asked: ById) -> Mapping[int, Fen]:
    """Ask the roster once a person, as a list that is handed in does."""
    return {member: entrusted(work, asked.id)[member] for member in entrusted(work, asked.id)}


BY_PERSON = Query("rosters.by_person", by_person, Permission.READ_AWARDS, "")


def opened(world: World) -> ListStep:
    """Open the list of an agency."""
    form = ListForm(
        kind=ListKind.AGENCY,
        title="民政局代发",
        measure="",
        fund_id=fund(world, FundSource.AGENCY),
        document="代发委托函〔2026〕3 号",
    )
    return ListStep(id=world.do("wang", open_list, form), version=1)


def everybody(world: World, fen: int = 12_345) -> tuple[RosterLine, ...]:
    """Return a line for everybody with an ID number in the register."""
    with raw(world.office.path) as store:
        people = store.run("SELECT name, id_number FROM member WHERE id_number <> '' ORDER BY id")
    return tuple(
        RosterLine(name=name, id_number=number, amount=Fen(fen + line))
        for line, (name, number) in enumerate(people)
    )


def taken(world: World, step: ListStep, *lines: RosterLine) -> RosterTaken:
    return world.do("wang", take_roster, RosterForm(id=step.id, version=step.version, rows=lines))


def confirmed(world: World, step: ListStep) -> None:
    version = world.ask("zhao", list_view, ListById(id=step.id)).row.version
    world.do("zhao", confirm_list, ListStep(id=step.id, version=version))


def test_a_thousand_people_do_not_take_a_thousand_statements(world: World) -> None:
    bring_in(world, workbook(420)[1])
    lines, step = everybody(world), opened(world)
    assert len(lines) > 1_000
    with statements(world) as seen:
        told = taken(world, step, *lines)
    assert told.known == len(lines)
    assert len(seen) < 20, seen
    confirmed(world, step)
    with statements(world) as seen:
        found = world.ask("zhao", BY_PERSON, ById(id=step.id))
    assert sorted(found.values()) == [line.amount for line in lines]
    assert len(seen) < 20, seen


def test_a_roster_that_nobody_confirmed_gives_nobody_anything(world: World) -> None:
    world.file()
    step = opened(world)
    taken(world, step, *everybody(world))
    assert world.ask("zhao", BY_PERSON, ById(id=step.id)) == {}


def test_who_was_merged_is_known_by_each_of_their_rows(world: World) -> None:
    files = [world.accept().household_id for _each in range(3)]
    lines = everybody(world)
    step = opened(world)
    taken(world, step, *lines)
    confirmed(world, step)
    with raw(world.office.path) as store:
        heads = [
            store.one("SELECT id FROM member WHERE household_id = ? AND position = 1", each)
            for each in files
        ]
    before = world.ask("zhao", BY_PERSON, ById(id=step.id))
    for keep, other in ((1, 2), (0, 1)):
        one = SamePerson(kept_id=heads[keep], other_id=heads[other])
        merge(world, files[keep], files[other], same=(one,))
    after = world.ask("zhao", BY_PERSON, ById(id=step.id))
    assert after[heads[2]] == before[heads[2]]
    assert after[heads[1]] == before[heads[1]] + before[heads[2]]
    assert after[heads[0]] == sum(before[each] for each in heads)
