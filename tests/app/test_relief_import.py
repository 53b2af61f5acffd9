"""Past relief comes in: counted to the fen, in no balance, and undone as a whole."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core.errors import Refused
from app.core.record import Nothing
from app.core.words.imports import ImportKind, ImportState
from app.exchange.archive_records import Severity
from app.exchange.importing_queries import import_rows
from app.exchange.importing_rules import ImportHasErrors, ImportTouched, ImportUndone
from app.exchange.relief_importing import import_relief
from app.exchange.relief_queries import history_books
from app.exchange.relief_rules import FileImported, FileWithdrawn, NoReliefToImport
from app.facts.payments import payments_of
from app.funds.queries import fund_rows
from app.households.merging import merge_households
from app.households.merging_records import MergeForm
from app.reports.queries import check_store
from db.engine import sqlcipher
from tests.filled import pay, raw
from tests.imports import bring_in, undo, workbook
from tests.relief_workbooks import TITLES, Home, Part, relief_workbook, write
from tests.reliefs import bring_relief_in, homes_of, prepared_form, read_relief
from tests.world import World, open_world

PARTS = "SELECT {0}, sum(times), sum(fen) FROM relief WHERE counted GROUP BY 1"
MONTH = "CAST(strftime('%m', day) AS INTEGER)"
LEDGER = "SELECT fund_id, account, fen FROM balance ORDER BY fund_id, account"


def rows(world: World, statement: str) -> list[tuple[Any, ...]]:
    with world.office.engines.reader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def parts(world: World, key: str) -> dict[Any, Part]:
    return {kind or "": Part(times, fen) for kind, times, fen in rows(world, PARTS.format(key))}


def findings(world: World) -> list[Any]:
    return list(world.ask("admin", check_store, Nothing()).findings)


def on_file(world: World, count: int = 40) -> list[Home]:
    """Bring an archive in, and return its households that have a file."""
    bring_in(world, workbook(count)[1])
    return homes_of(world)


def one(home: Home, **cells: Any) -> list[Any]:
    """Return a payment to a household, with other cells."""
    usual = [
        "2012-03-05",
        "",
        home.id_number,
        home.name,
        "医疗救助",
        300,
        "市财政",
        "银行卡",
        "",
        "",
    ]
    named = {**dict(zip(TITLES, usual, strict=True)), **cells}
    return [named[title] for title in TITLES]


def test_the_year_2012_comes_in_to_the_fen(world: World, tmp_path: Path) -> None:
    split = relief_workbook(tmp_path / "2012.xlsx", households=on_file(world, 60))
    ledger, funds = rows(world, LEDGER), world.ask("qian", fund_rows)
    done = bring_relief_in(world, tmp_path / "2012.xlsx")
    assert (done.payments, done.fen, done.left_out) == (22_298, 598_000_000, 0)
    assert (done.people, done.households) == (split.people, split.households)
    assert done.without_file == split.without_file
    assert rows(world, "SELECT sum(times), sum(fen) FROM relief") == [(22_298, 598_000_000)]
    assert parts(world, "item") == split.by_item
    assert parts(world, "source") == split.by_source
    assert parts(world, MONTH) == split.by_month
    assert parts(world, "district") == split.by_district
    assert rows(world, "SELECT count(DISTINCT person_id) FROM relief") == [(split.people,)]
    assert (rows(world, LEDGER), world.ask("qian", fund_rows)) == (ledger, funds)
    assert not findings(world)


def test_what_came_in_stands_in_books_of_its_own(world: World, tmp_path: Path) -> None:
    first = relief_workbook(tmp_path / "a.xlsx", rows=200, fen=5_000_000, year=2012)
    second = relief_workbook(tmp_path / "b.xlsx", rows=100, fen=2_000_000, year=2013, seed=2)
    numbers = {
        each.year: bring_relief_in(world, path).number
        for each, path in ((first, tmp_path / "a.xlsx"), (second, tmp_path / "b.xlsx"))
    }
    books = world.ask("qian", history_books)
    assert [book.year for book in books] == sorted((book.year for book in books), reverse=True)
    for split in (first, second):
        of_year = {str(book.source): book for book in books if book.year == split.year}
        assert {
            source: Part(book.payments, book.fen) for source, book in of_year.items()
        } == split.by_source
        assert {book.batches for book in of_year.values()} == {numbers[split.year]}
        assert all(0 < book.people <= book.payments for book in of_year.values())


def test_no_cap_knows_of_the_past(world: World, tmp_path: Path) -> None:
    home = on_file(world, 5)[0]
    write(tmp_path / "a.xlsx", [TITLES, one(home, 日期=date(2026, 3, 5))])
    bring_relief_in(world, tmp_path / "a.xlsx")
    [(household, day)] = rows(world, "SELECT household_id, day FROM relief")
    assert day == "2026-03-05"
    with Session(world.office.engines.reader) as session:
        assert not payments_of(session, household, 2026)


def test_a_payment_is_told_as_it_was(world: World, tmp_path: Path) -> None:
    home = on_file(world, 5)[0]
    row = one(
        home, 发放方式="现金", 经办人="张经办", 备注="走访", 资金来源="社会捐赠", 金额="1,200.50元"
    )
    write(tmp_path / "a.xlsx", [TITLES, row])
    done = bring_relief_in(world, tmp_path / "a.xlsx")
    told = "day, item, area, source, fund_id, way, fen, times, handler, note, counted, district"
    [found] = rows(world, f"SELECT {told} FROM relief")
    assert found == (
        *("2012-03-05", "medical", "medical", "donation", None, "cash", 120_050, 1),
        *("张经办", "走访", 1, home.district),
    )
    state = (
        "SELECT h.category, h.main_cause FROM household h JOIN relief r ON r.household_id = h.id"
    )
    assert rows(world, "SELECT category, cause FROM relief") == rows(world, state)
    [batch] = [each for each in world.ask("wang", import_rows) if each.kind is ImportKind.RELIEF]
    assert (batch.number, batch.households, batch.members) == (done.number, 1, 1)


def test_one_person_counts_once_however_named(world: World, tmp_path: Path) -> None:
    home = on_file(world, 5)[0]
    write(
        tmp_path / "a.xlsx",
        [
            TITLES,
            one(home),
            one(home, 日期="2012-04-01", 身份证号="", 档案号=home.file_number),
            one(home, 日期="2012-05-01", 档案号=home.file_number),
        ],
    )
    done = bring_relief_in(world, tmp_path / "a.xlsx")
    assert (done.payments, done.people, done.households, done.without_file) == (3, 1, 1, 0)


def test_who_has_no_file_is_counted_so(world: World, tmp_path: Path) -> None:
    known = "239081198001010020"
    nobody = Home("", known, "李示例", "")
    write(
        tmp_path / "a.xlsx",
        [
            TITLES,
            one(nobody),
            one(nobody, 日期="2012-06-01"),
            one(nobody, 身份证号="", 姓名="王示例"),
            one(nobody, 身份证号="", 姓名="王示例", 日期="2012-07-01"),
        ],
    )
    history = read_relief(world, tmp_path / "a.xlsx")
    assert [(each.code, each.row) for each in history.problems] == [
        ("no_number", 4),
        ("no_number", 5),
    ]
    done = bring_relief_in(world, tmp_path / "a.xlsx")
    assert (done.payments, done.people, done.households, done.without_file) == (4, 2, 0, 2)
    assert rows(world, "SELECT DISTINCT household_id, district, category FROM relief") == [
        (None, None, None)
    ]
    assert rows(world, "SELECT id_number, name FROM relief_person ORDER BY id") == [
        (known, "李示例"),
        ("", "王示例"),
    ]


def test_people_of_the_book_come_in_once(world: World, tmp_path: Path) -> None:
    home = on_file(world, 5)[0]
    for year in (2011, 2012):
        write(tmp_path / f"{year}.xlsx", [TITLES, one(home, 日期=f"{year}-05-01")])
        bring_relief_in(world, tmp_path / f"{year}.xlsx")
    assert rows(world, "SELECT count(*), count(DISTINCT person_id) FROM relief") == [(2, 1)]
    assert not findings(world)


def test_the_undoing_takes_all_of_it_out(world: World, tmp_path: Path) -> None:
    relief_workbook(tmp_path / "a.xlsx", rows=120, fen=900_000, households=on_file(world))
    done = bring_relief_in(world, tmp_path / "a.xlsx")
    relief_workbook(tmp_path / "b.xlsx", rows=30, fen=70_000, seed=9)
    kept = bring_relief_in(world, tmp_path / "b.xlsx")
    undo(world, done.number)
    assert rows(world, "SELECT sum(fen), count(*) FROM relief WHERE counted") == [(70_000, 30)]
    assert {book.batches for book in world.ask("qian", history_books)} == {kept.number}
    states = {each.number: each.state for each in world.ask("wang", import_rows)}
    assert states[done.number] is ImportState.UNDONE
    assert states[kept.number] is ImportState.IMPORTED
    assert not findings(world)
    with pytest.raises(ImportUndone):
        undo(world, done.number)
    assert bring_relief_in(world, tmp_path / "a.xlsx").payments == 120, "it may come in once more"


def test_the_same_file_is_told(world: World, tmp_path: Path) -> None:
    relief_workbook(tmp_path / "a.xlsx", rows=50, fen=70_000)
    form = prepared_form(world, tmp_path / "a.xlsx")
    done = world.do("wang", import_relief, form)
    with pytest.raises(FileImported, match=done.number):
        world.do("wang", import_relief, form)
    history = read_relief(world, tmp_path / "a.xlsx")
    assert {each.code for each in history.problems} == {"row_known"}
    assert done.number in history.problems[0].tell()
    assert len(history.kept_out) == 50


def test_a_mended_file_brings_only_what_is_new(world: World, tmp_path: Path) -> None:
    home = on_file(world, 5)[0]
    write(tmp_path / "a.xlsx", [TITLES, one(home), one(home, 金额="三百")])
    with pytest.raises(ImportHasErrors):
        bring_relief_in(world, tmp_path / "a.xlsx")
    assert bring_relief_in(world, tmp_path / "a.xlsx", skip_bad=True).left_out == 1
    write(tmp_path / "b.xlsx", [TITLES, one(home), one(home, 金额=301)])
    done = bring_relief_in(world, tmp_path / "b.xlsx", skip_bad=True)
    assert (done.payments, done.fen) == (1, 30_100)
    write(tmp_path / "c.xlsx", [TITLES, one(home)])
    with pytest.raises(NoReliefToImport):
        bring_relief_in(world, tmp_path / "c.xlsx", skip_bad=True)


def test_what_the_center_paid_itself_is_told(world: World, tmp_path: Path) -> None:
    """A history that holds what went through the program would count it twice."""
    pay(world, world.frozen(world.approved(fen=20_000)))
    [(day, number, name, fen)] = rows(
        world,
        "SELECT r.day, p.id_number, p.name, r.fen FROM relief r "
        "JOIN relief_person p ON p.id = r.person_id",
    )
    [source] = rows(world, "SELECT source FROM relief")
    words = {
        "central": "中央财政",
        "provincial": "省财政",
        "city": "市财政",
        "union_fees": "工会经费",
    }
    row = one(Home("", number, name, ""), 日期=day, 救助项目="生活救助", 金额=fen / 100)
    row[TITLES.index("资金来源")] = words[source[0]]
    write(tmp_path / "a.xlsx", [TITLES, row])
    [problem] = read_relief(world, tmp_path / "a.xlsx").problems
    assert (problem.code, problem.severity) == ("row_known", Severity.ERROR)
    assert "本中心发放" in problem.tell()


def test_a_merged_file_leads_to_the_one_it_went_to(world: World, tmp_path: Path) -> None:
    kept, gone = on_file(world, 5)[:2]
    ids = dict(rows(world, "SELECT file_number, id FROM household"))
    world.do(
        "wang",
        merge_households,
        MergeForm(
            keep_id=ids[kept.file_number],
            keep_version=1,
            give_up_id=ids[gone.file_number],
            give_up_version=1,
            reason="同一户",
        ),
    )
    write(tmp_path / "a.xlsx", [TITLES, one(gone, 身份证号="", 档案号=gone.file_number)])
    bring_relief_in(world, tmp_path / "a.xlsx")
    assert rows(world, "SELECT household_id FROM relief") == [(ids[kept.file_number],)]


def test_an_archive_is_not_undone_below_its_payments(world: World, tmp_path: Path) -> None:
    archive = bring_in(world, workbook(5)[1])
    write(tmp_path / "a.xlsx", [TITLES, one(homes_of(world)[0])])
    done = bring_relief_in(world, tmp_path / "a.xlsx")
    with pytest.raises(ImportTouched, match="发放过救助"):
        undo(world, archive.number)
    undo(world, done.number)
    undo(world, archive.number)
    assert not findings(world)


def test_a_file_that_was_withdrawn_meanwhile_is_told(world: World, tmp_path: Path) -> None:
    archive = bring_in(world, workbook(5)[1])
    write(tmp_path / "a.xlsx", [TITLES, one(homes_of(world)[0])])
    form = prepared_form(world, tmp_path / "a.xlsx")
    undo(world, archive.number)
    with pytest.raises(FileWithdrawn):
        world.do("wang", import_relief, form)
    assert rows(world, "SELECT count(*) FROM relief") == [(0,)]


@pytest.mark.parametrize("user", ["zhao", "zhou", "qian", "admin"])
def test_who_may_not_import_is_refused(world: World, tmp_path: Path, user: str) -> None:
    relief_workbook(tmp_path / "a.xlsx", rows=3, fen=300)
    form = prepared_form(world, tmp_path / "a.xlsx")
    with pytest.raises(Refused):
        world.do(user, import_relief, form)


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE relief SET fen = fen + 1 WHERE id = 7", "relief/7"),
        ("UPDATE relief SET counted = 0 WHERE id = 7", "relief/7"),
        ("UPDATE relief SET district = '某区' WHERE id = 7", "relief/7"),
        ("DELETE FROM relief WHERE id = 7", "relief/7"),
        ("UPDATE relief_person SET id_number = '1' WHERE id = 2", "relief_person/2"),
    ],
)
def test_a_row_that_was_altered_unseen_is_named(
    store: Path, tmp_path: Path, statement: str, row: str
) -> None:
    world = open_world(store)
    relief_workbook(tmp_path / "a.xlsx", rows=30, fen=70_000)
    bring_relief_in(world, tmp_path / "a.xlsx")
    world.office.close()
    with raw(store) as sql:
        sql.switch_off_the_guards()
        sql.run(statement)
    world = open_world(store)
    named = {finding.row for finding in findings(world) if finding.part == "rows"}
    world.office.close()
    assert row in named


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE relief SET fen = fen + 1 WHERE id = 7",
        "UPDATE relief SET counted = 0 WHERE id = 7",
        "UPDATE relief SET import_batch_id = NULL WHERE id = 7",
        "DELETE FROM relief WHERE id = 7",
    ],
)
def test_the_store_keeps_what_came_in(store: Path, tmp_path: Path, statement: str) -> None:
    world = open_world(store)
    relief_workbook(tmp_path / "a.xlsx", rows=30, fen=70_000)
    bring_relief_in(world, tmp_path / "a.xlsx")
    world.office.close()
    with raw(store) as sql, pytest.raises(sqlcipher.DatabaseError, match="guard"):
        sql.run(statement)
