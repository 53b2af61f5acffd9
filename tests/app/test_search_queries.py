"""The search box against the store: whatever is typed finds the person, by an index."""

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.households.duplicates import likenesses
from app.households.queries import household_view
from app.households.records import ById, DuplicateQuery
from app.papers.queries import paper_view, verify
from app.papers.records import Code, PaperById
from app.search.queries import search
from app.search.records import Hit, HitKind, SearchQuery
from db.engine import READERS
from tests.borrowing import BORROWER, Desk
from tests.filled import copy_center, raw
from tests.hiring import SEEKER, JobDesk
from tests.people import household, id_number, intake, member
from tests.steps import come_back, decide, leave
from tests.world import World, open_world

NUMBER, PHONE, CARD = id_number(2), "15400001234", "6222021234567890128"


@pytest.fixture
def town(world: World) -> World:
    """A center with four people to be found."""
    daughter = member("买买提·艾力", 4, "其他")
    world.accept(intake(household("单示例", 2, phone=PHONE, card=CARD, members=(daughter,))))
    world.accept(intake(household("李示例", 6, phone="0451-82345678", card="6222020000000000003")))
    world.accept(intake(household("李吕", 8, phone="15400005678", card="")))
    world.accept(intake(household("John O’Neil", 10, phone="15400009999", card="")))
    return world


def find(world: World, text: str, limit: int = 8) -> list[Hit]:
    return list(world.ask("wang", search, SearchQuery(text=text, limit=limit)).hits)


def people(world: World, text: str) -> list[str]:
    return [hit.title for hit in find(world, text) if hit.kind is HitKind.PERSON]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("单示例", "单示例"),
        ("单示", "单示例"),
        (" 单 示 例 ", "单示例"),
        ("shanshili", "单示例"),
        ("danshili", "单示例"),  # the second reading of the surname
        ("ssl", "单示例"),
        ("dsl", "单示例"),
        ("lilv", "李吕"),
        ("lǐ lǚ", "李吕"),
        ("示例", "单示例"),  # the given name alone
        ("单事例", "单示例"),  # another character that sounds the same
        ("单示历", "单示例"),
        ("弹示例", "单示例"),
        ("单石例", "单示例"),
        ("艾力", "买买提·艾力"),
        ("买买提", "买买提·艾力"),
        ("买买提·艾力", "买买提·艾力"),
        ("买买提艾力", "买买提·艾力"),
        ("买买提•艾力", "买买提·艾力"),
        (NUMBER, "单示例"),
        (f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", "单示例"),
        (NUMBER[-4:], "单示例"),
        (NUMBER[-6:].lower(), "单示例"),
        (PHONE, "单示例"),
        ("154-0000-1234", "单示例"),
        ("1540000", "单示例"),
        ("1234", "单示例"),
        ("00001234", "单示例"),
        ("0451-82345678", "李示例"),
        ("82345678", "李示例"),
        ("5678", "李示例"),
        (CARD, "单示例"),
        ("6222 0212 3456 7890 128", "单示例"),
        ("0128", "单示例"),
        ("67890128", "单示例"),
    ],
)
def test_each_kind_of_text_finds_the_person(town: World, text: str, name: str) -> None:
    assert name in people(town, text)


@pytest.mark.parametrize("text", ["john", "JOHN", "John O'Neil"[:6]])
def test_a_latin_name_is_found_in_any_case(town: World, text: str) -> None:
    assert "John O’Neil" in people(town, text)


@pytest.mark.parametrize(
    "text", ["王某某", "xyz", "9999999", "〔2026〕第99999号", "", "  ", ">命令"]
)
def test_what_is_not_there_is_not_found(town: World, text: str) -> None:
    assert find(town, text) == []


def test_a_bare_surname_gives_the_newest_first(town: World) -> None:
    assert people(town, "李") == ["李吕", "李示例"]


def test_a_hit_tells_masked_what_matched(town: World) -> None:
    for text, matched in (
        (NUMBER, f"2390{'*' * 10}{NUMBER[-4:]}"),
        (PHONE, "154****1234"),
        (CARD, "6222 **** 0128"),
    ):
        hit = find(town, text)[0]
        assert hit.matched.endswith(matched)
        assert text not in str(hit)
    assert find(town, "单示例")[0].matched == ""


def test_a_household_is_one_hit_and_no_more_come_than_were_asked_for(town: World) -> None:
    assert [hit.id for hit in find(town, CARD)] == [1]
    assert len(find(town, "李", limit=1)) == 1


def test_the_state_of_the_file_stands_beside_the_name(world: World) -> None:
    accepted = world.file()
    name = world.ask("wang", search, SearchQuery(text="2026-0001")).hits[0].detail
    hit = next(hit for hit in find(world, name) if hit.id == accepted.household_id)
    assert "档〔2026〕第00001号" in hit.state


def test_cases_are_found_by_number_and_its_end(town: World) -> None:
    for text in ("2026-0002", "2026年2号", "2", "0002"):
        assert "2026-0002" in [hit.title for hit in find(town, text) if hit.kind is HitKind.CASE]


def test_files_and_papers_are_found_by_number_code_and_scan(world: World) -> None:
    accepted = world.file()
    paper = world.ask("wang", paper_view, PaperById(id=accepted.paper_id))
    number = paper.row.number
    for text in (
        number,
        number.replace("〔", "[").replace("〕", "]"),
        number.removeprefix("哈工帮"),
        "〔2026〕第1号",
        paper.sheet.check_code,
        paper.sheet.check_code.lower(),
        paper.sheet.payload,
    ):
        papers = [hit.id for hit in find(world, text) if hit.kind is HitKind.PAPER]
        assert papers == [accepted.paper_id], text
    for text in ("哈工帮档〔2026〕第00001号", "档〔2026〕1号", "〔2026〕第1号"):
        files = [hit.id for hit in find(world, text) if hit.kind is HitKind.PERSON]
        assert files == [accepted.household_id], text
    assert not [hit for hit in find(world, number) if hit.kind is HitKind.PERSON]


def test_a_loan_is_found_by_its_number_and_by_its_borrower(town: World) -> None:
    desk = Desk(town)
    loan_id = desk.enquired()
    loan = desk.see(loan_id)
    number = loan.row.number
    for text in (number, number[1:], "贷2026-1", BORROWER, loan.row.name, loan.row.name[:2]):
        loans = [hit for hit in find(town, text) if hit.kind is HitKind.LOAN]
        assert [(hit.id, hit.title, hit.matched) for hit in loans] == [
            (loan_id, number, loan.row.name)
        ], text
    request = SearchQuery(text=number)
    assert not town.ask("li", search, request).hits, "who may not see loans finds none"


def test_a_job_seeker_is_found_by_number_and_by_name(town: World) -> None:
    desk = JobDesk(town)
    seeker_id = desk.seeker(id_number=SEEKER)
    row = desk.see(seeker_id).row
    for text in (row.number, row.number[1:], "求2026-1", SEEKER, row.name, row.name[:2]):
        seekers = [hit for hit in find(town, text) if hit.kind is HitKind.SEEKER]
        assert [(hit.id, hit.title, hit.matched, hit.detail) for hit in seekers] == [
            (seeker_id, row.number, row.name, "厨师")
        ], text
    assert not town.ask("qian", search, SearchQuery(text=row.number)).hits, "finance sees no jobs"


# Every look-up uses an index


@contextmanager
def asked(world: World) -> Generator[list[str]]:
    """Collect the statements that the readers run, with their values, as the driver sees them."""
    seen: list[str] = []
    readers = [world.office.engines.reader.raw_connection() for _ in range(READERS)]
    drivers: list[Any] = [reader.driver_connection for reader in readers]
    for reader, driver in zip(readers, drivers, strict=True):
        driver.set_trace_callback(seen.append)
        reader.close()
    try:
        yield seen
    finally:
        for driver in drivers:
            driver.set_trace_callback(None)


TEXTS = (
    "单示例",
    "李",
    "贷2026-0001",
    "岗2026-0001",
    "danshili",
    "dsl",
    NUMBER,
    NUMBER[-4:],
    PHONE,
    "1234",
    CARD,
    "2026-0001",
)


@pytest.fixture(scope="module")
def found_world(done_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    store = tmp_path_factory.mktemp("search") / "center.db"
    copy_center(done_store, store)
    world = open_world(store)
    yield world
    world.office.close()


@pytest.mark.parametrize("text", [*TEXTS, "〔2026〕第1号", "7K2M-QX4D", "BF1:ABCDEF", "1"])
def test_every_statement_of_a_search_uses_an_index(found_world: World, text: str) -> None:
    with asked(found_world) as seen:
        found_world.ask("wang", search, SearchQuery(text=text))
    check_plans(found_world, seen)


def test_every_statement_of_the_duplicate_panel_uses_an_index(found_world: World) -> None:
    typed = DuplicateQuery(id_number=NUMBER, name="单示例", phone=PHONE, account_number=CARD)
    with asked(found_world) as seen:
        found_world.ask("wang", likenesses, typed)
    check_plans(found_world, seen)


def check_plans(world: World, seen: list[str]) -> None:
    selects = [statement for statement in seen if statement.startswith("SELECT")]
    assert selects
    with raw(world.office.path) as sql:
        steps = [step for each in selects for *_, step in sql.run(f"EXPLAIN QUERY PLAN {each}")]
    assert any(step.startswith("SEARCH") for step in steps)
    assert not [step for step in steps if re.match("SCAN (?!center|CONSTANT)", step)]


def test_a_code_is_verified_by_an_index(found_world: World) -> None:
    with asked(found_world) as seen:
        found_world.ask("wang", verify, Code(text="7K2M-QX4D"))
    check_plans(found_world, seen)


def test_a_file_that_was_left_says_in_which_way(world: World) -> None:
    accepted = world.file()
    name = world.ask("wang", household_view, ById(id=accepted.household_id)).name
    assert find(world, name)[0].state.endswith("　在档")
    leave(world, accepted)
    assert find(world, name)[0].state.endswith("　在档"), "it is not decided yet"
    decide(world, accepted)
    assert find(world, name)[0].state.endswith("　已结档：脱困")
    come_back(world, accepted)
    decide(world, accepted)
    assert find(world, name)[0].state.endswith("　在档")
