"""An archive comes in: what is sound, in one batch; the undoing leaves things as before."""

import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from app.core.errors import Refused, RuleBroken
from app.core.record import Nothing
from app.core.words.households import FileState
from app.core.words.imports import Decision, ImportState
from app.drafts.queries import my_drafts
from app.exchange.archive_records import Severity
from app.exchange.importing import import_archive
from app.exchange.importing_columns import ColumnsForm, chosen_columns, keep_columns
from app.exchange.importing_queries import import_rows
from app.exchange.importing_records import ImportRow
from app.exchange.importing_rows import on_file, secondary_causes
from app.exchange.importing_rules import (
    ImportHasErrors,
    ImportTouched,
    ImportUndone,
    NoSuchImport,
    NothingToImport,
    NumberInUse,
)
from app.households.queries import household_view
from app.households.records import ById
from app.households.rules import PersonOnFile
from app.reports.queries import check_store
from app.search.queries import search
from app.search.records import SearchQuery
from tests.filled import raw
from tests.imports import bring_in, read, undo, workbook, write
from tests.workbooks import Layout, plan, written
from tests.world import World, open_world

COUNTS = "SELECT (SELECT count(*) FROM household), (SELECT count(*) FROM member)"
ACTIVE = {
    "household": "SELECT * FROM household WHERE file_state IN ('active', 'pending') ORDER BY id",
    "member": "SELECT * FROM member WHERE active ORDER BY id",
}


def rows(world: World, statement: str, **bound: Any) -> list[tuple[Any, ...]]:
    with world.office.engines.reader.connect() as connection:
        return _rows(connection, statement, bound)


def _rows(connection: Connection, statement: str, bound: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(statement), bound)]


def dump(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that is in force."""
    return {table: rows(world, statement) for table, statement in ACTIVE.items()}


def acts(world: World) -> int:
    return rows(world, "SELECT count(*) FROM audit")[0][0]


def batches(world: World) -> list[ImportRow]:
    return world.ask("wang", import_rows)


def findings(world: World) -> list[Any]:
    """Return what the check of the whole store finds."""
    return list(world.ask("admin", check_store, Nothing()).findings)


def test_an_archive_comes_in_as_it_is(world: World) -> None:
    _planned, data = workbook(20)
    archive = read(world, data)
    done = write(world, data, archive)
    people = sum(1 + len(each.members) for each in archive.households)
    assert (done.households, done.members, done.left_out) == (20, people, 0)
    assert [(row.number, row.households) for row in batches(world)] == [("D2026-0001", 20)]
    for found, (id_,) in zip(
        archive.households, rows(world, "SELECT id FROM household ORDER BY id"), strict=True
    ):
        view = world.ask("wang", household_view, ById(id=id_))
        assert (view.name, view.file_number) == (found.name, found.file_number)
        assert view.file_state is FileState.ACTIVE
        assert view.form.expenditure.main_cause == found.main_cause
        assert view.form.income.income_12_months == found.income_12_months
        assert view.form.archive.secondary_causes == secondary_causes(found)
        assert [(each.name, each.relation) for each in view.members] == [
            (found.name, "本人"), *((each.name, each.relation) for each in found.members)
        ]  # fmt: skip
    assert findings(world) == []


def test_imported_people_are_found(world: World) -> None:
    _planned, data = workbook(20)
    first = read(world, data).households[0]
    bring_in(world, data)
    for typed in (first.name, first.id_number[-6:], first.phone):
        hits = world.ask("wang", search, SearchQuery(text=typed)).hits
        assert first.name in [hit.title for hit in hits], typed


def test_with_errors_nothing_is_written_unless_they_are_left_out(world: World) -> None:
    planned, data = workbook(60, 25)
    with pytest.raises(ImportHasErrors):
        bring_in(world, data)
    assert rows(world, COUNTS) == [(0, 0)]
    done = bring_in(world, data, skip_bad=True)
    assert done.households == planned.households - len(planned.kept_out)
    archive = read(world, data)
    assert all(problem.code for problem in archive.problems)
    assert findings(world) == []


def test_the_undoing_leaves_the_files_as_they_were(world: World) -> None:
    world.file()
    before, told = dump(world), acts(world)
    _planned, data = workbook(30)
    done = bring_in(world, data)
    assert dump(world) != before
    undo(world, done.number)
    assert dump(world) == before
    assert acts(world) == told + 2, "the import and its undoing"
    [batch] = batches(world)
    assert (batch.state, batch.undone_by, batch.reason) == (
        ImportState.UNDONE, "王芳", "导错了文件",
    )  # fmt: skip
    withdrawn = "SELECT count(*), count(voided_number), count(file_number) FROM household"
    assert rows(world, withdrawn + " WHERE file_state = 'withdrawn'") == [(30, 30, 0)]
    assert findings(world) == []
    with pytest.raises(ImportUndone):
        undo(world, done.number)
    again = bring_in(world, data)
    assert again.households == 30, "its numbers are free for the same archive"
    assert findings(world) == []


def test_an_import_that_was_worked_on_stays(world: World) -> None:
    _planned, data = workbook(5)
    done = bring_in(world, data)
    [(id_, number)] = rows(world, "SELECT id, file_number FROM household ORDER BY id LIMIT 1")
    world.request(measure="counselling", accepted=_Home(id_))  # pyright: ignore[reportArgumentType] - only its ids are asked for
    before = dump(world)
    with pytest.raises(ImportTouched) as refused:
        undo(world, done.number)
    assert number in refused.value.tell()
    assert dump(world) == before


class _Home:
    """A household without an application."""

    case_id = None

    def __init__(self, id_: int) -> None:
        self.household_id = id_


def test_files_without_a_number_get_one_of_the_center(world: World) -> None:
    planned = plan(6, 0, Layout())
    heads = planned.sheets["档案"]
    for row in heads[1:3]:
        row[0] = ""
    planned.sheets["家庭成员"] = planned.sheets["家庭成员"][:1]
    prefix = rows(world, "SELECT number_prefix FROM center")[0][0]
    heads[3][0] = f"{prefix}档〔2026〕第00007号"
    bring_in(world, written(planned))
    numbers = [number for (number,) in rows(world, "SELECT file_number FROM household ORDER BY id")]
    assert numbers[:3] == [f"{prefix}档〔2026〕第{n:05d}号" for n in (8, 9, 7)]
    filed = world.file()
    view = world.ask("wang", household_view, ById(id=filed.household_id))
    assert view.file_number == f"{prefix}档〔2026〕第00010号"
    assert findings(world) == []


# What is on file already


def test_who_is_on_file_already_is_decided_row_by_row(world: World) -> None:
    _planned, data = workbook(8)
    bring_in(world, data)
    archive = read(world, data)
    assert not list(archive.sound())
    assert len(on_file(archive)) == 8
    with pytest.raises(NothingToImport):
        write(world, data, archive, skip_bad=True)
    first = archive.households[0].row
    before = dump(world)
    done = write(world, data, archive, skip_bad=True, decisions={first: Decision.MERGE})
    assert (done.households, done.merged, done.left_out) == (0, 1, 7)
    assert findings(world) == []
    undo(world, done.number)
    assert _without_versions(dump(world)) == _without_versions(before)
    assert findings(world) == []


def _without_versions(dumped: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[Any]]:
    return {table: [(row[0], *row[2:]) for row in found] for table, found in dumped.items()}


def test_completing_writes_only_what_is_not_known(world: World) -> None:
    planned, data = workbook(3)
    bare = [list(row) for row in planned.sheets["档案"]]
    for title in ("手机号码", "家庭住址", "银行卡号"):
        at = bare[0].index(title)
        for row in planned.sheets["档案"][1:]:
            row[at] = ""
    planned.sheets["家庭成员"], members = planned.sheets["家庭成员"][:1], planned.sheets["家庭成员"]
    bring_in(world, written(planned))
    before = dump(world)
    planned.sheets["档案"], planned.sheets["家庭成员"] = bare, members
    archive = read(world, written(planned))
    decisions = {each.row: Decision.MERGE for each in archive.households}
    done = write(world, data, archive, decisions=decisions)
    assert done.merged == 3
    told = "SELECT address, account_number FROM household ORDER BY id"
    assert rows(world, told) == [(each.address, each.account_number) for each in archive.households]
    people = sum(1 + len(each.members) for each in archive.households)
    assert rows(world, "SELECT count(*) FROM member WHERE active") == [(people,)]
    assert findings(world) == []
    undo(world, done.number)
    assert _without_versions(dump(world)) == _without_versions(before)
    assert findings(world) == []


def test_somebody_who_came_in_meanwhile_stops_the_import(world: World) -> None:
    _planned, data = workbook(4)
    archive = read(world, data)
    bring_in(world, data)
    before = dump(world)
    with pytest.raises(RuleBroken) as stopped:
        write(world, data, archive)
    assert isinstance(stopped.value, PersonOnFile | NumberInUse)
    assert dump(world) == before


# Rights, and what is no import


def test_only_who_may_import_does(world: World) -> None:
    _planned, data = workbook(3)
    archive = read(world, data)
    assert Severity.ERROR not in {problem.severity for problem in archive.problems}
    for user in ("zhao", "qian", "zhou"):
        assert not world.actor(user).may(import_archive)
        with pytest.raises(Refused):
            world.ask(user, import_rows)


def test_an_unknown_import_cannot_be_undone(world: World) -> None:
    with pytest.raises(NoSuchImport):
        undo(world, "D2026-0099")


# The whole of it

HOUSEHOLDS = int(os.environ.get("BANGFU_IMPORT_HOUSEHOLDS", "1500"))
"""How large the workbook is; 10,000 takes half a minute."""


def test_what_a_column_is_is_kept_for_the_next_workbook(world: World) -> None:
    planned, _data = workbook(3)
    titles = planned.sheets["档案"][0]
    titles[titles.index("身份证号")] = "编码甲"
    data = written(planned)
    assert not list(read(world, data).sound())
    chosen = {"households": {"编码甲": "id_number"}, "members": {}}
    world.do("wang", keep_columns, ColumnsForm(chosen=chosen))
    others: dict[str, dict[str, str]] = {"relief": {}, "loans": {}, "placements": {}}
    assert world.ask("wang", chosen_columns).chosen == {**chosen, **others}
    assert len(list(read(world, data).sound())) == 3
    world.do("wang", keep_columns, ColumnsForm(chosen={"households": {"编码甲": ""}}))
    assert not list(read(world, data).sound())
    assert world.ask("wang", my_drafts) == []


@pytest.mark.parametrize(
    "typed",
    ["哈困000003", "哈困 000003", "哈困０００００３", "000003", "0003", "困000003", "哈困-000003"],
)
def test_an_old_file_number_finds_its_household(world: World, typed: str) -> None:
    _planned, data = workbook(5)
    bring_in(world, data)
    third = read(world, data).households[2]
    hits = world.ask("wang", search, SearchQuery(text=typed)).hits
    assert third.name in [hit.title for hit in hits if "哈困000003" in hit.state]


def test_who_holds_the_account_is_known_when_the_archive_says_so(world: World) -> None:
    planned, _data = workbook(2)
    planned.sheets["档案"][0].append("户名")
    for row, holder in zip(planned.sheets["档案"][1:], ("单示例", ""), strict=True):
        row.append(holder)
    bring_in(world, written(planned))
    found = rows(world, "SELECT account_holder FROM household ORDER BY id")
    assert found == [("单示例",), ("",)]


def test_a_large_damaged_archive_end_to_end(world: World) -> None:
    world.file()
    planned, data = workbook(HOUSEHOLDS, 300, groups=True, synonyms=True, totals=True, titles=2)
    before, told = dump(world), acts(world)
    archive = read(world, data)
    found = {(each.sheet, each.row, each.code) for each in archive.problems}
    assert planned.expected <= found
    assert len(found - planned.expected) <= HOUSEHOLDS // 100, "at most 1 % false alarms"
    assert archive.kept_out == planned.kept_out
    done = write(world, data, archive, skip_bad=True)
    assert done.households == HOUSEHOLDS - len(planned.kept_out)
    wanted = sorted(each.id_number for each in archive.sound())
    heads = "SELECT id_number FROM member WHERE active AND position = 1 AND household_id > 1"
    assert sorted(number for (number,) in rows(world, heads)) == wanted
    undo(world, done.number)
    assert dump(world) == before
    assert acts(world) == told + 2
    assert findings(world) == []


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE household SET address = '别处' WHERE id = {household}", "household/{household}"),
        ("UPDATE member SET phone = '1' WHERE id = {member}", "member/{member}"),
        ("DELETE FROM member WHERE id = {member}", "member/{member}"),
    ],
)
def test_an_imported_row_that_was_altered_unseen_is_named(
    filled: Path, statement: str, row: str
) -> None:
    with raw(filled) as sql:
        key = {
            "household": sql.one("SELECT max(id) FROM household WHERE import_batch_id = 2"),
            "member": sql.one("SELECT max(id) FROM member"),
        }
        sql.switch_off_the_guards()
        sql.run(statement.format(**key))
    world = open_world(filled)
    named = {finding.row for finding in findings(world) if finding.part == "rows"}
    world.office.close()
    assert row.format(**key) in named


def test_altered_bulk_content_is_named(filled: Path) -> None:
    with raw(filled) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE bulk_rows SET content = x'00'")
    world = open_world(filled)
    named = {finding.row.partition("/")[0] for finding in findings(world)}
    world.office.close()
    assert "bulk_rows" in named
