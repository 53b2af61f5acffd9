"""A list is handed in, and awards are approved, in sets: the store ends up as by one at a time."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import RuleBroken
from app.core.money import Fen
from app.core.words.disbursements import Decision, ListKind
from app.disbursements import writing
from app.disbursements.deciding import decide_award, decide_many
from app.disbursements.deciding_records import AwardToDecide, DecidedTogether, TogetherForm
from app.disbursements.list_queries import candidates
from app.disbursements.list_records import CandidateQuery, ListOffForm, ListPick
from app.disbursements.lists import take_off_list
from app.disbursements.queries import award_rows
from app.disbursements.records import AwardQuery, AwardRow, DecisionForm
from app.funds.rules import NotEnoughForArea
from db.keys import key_file_of
from tests.app.test_lists import hand_in, on_list, opened, put, view
from tests.app.test_needs import pupil
from tests.filled import raw
from tests.funds import granted
from tests.funds import opened as fund_opened
from tests.imports import bring_in, workbook
from tests.regrouping import merge
from tests.statements import statements
from tests.workbooks import last_character
from tests.world import World, open_world

YOUNGER = "23900120080316001" + last_character("23900120080316001")

Tables = dict[str, list[Any]]


def two_of(store: Path) -> tuple[Path, Path]:
    """Return two copies of a closed store."""
    copies: list[Path] = []
    for name in ("together", "single"):
        copies.append(store.with_name(f"{name}.db"))
        shutil.copyfile(store, copies[-1])
        shutil.copyfile(key_file_of(store), key_file_of(copies[-1]))
    return copies[0], copies[1]


def everything(store: Path) -> Tables:
    """Return every row of a closed store, those of the trail with their hashes."""
    with raw(store) as watch:
        tables = watch.run("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name: sorted(watch.run(f'SELECT * FROM "{name}"'), key=repr) for (name,) in tables}


def of_festival(world: World) -> int:
    """Return a list of people with an application, without one, without an account, one with the
    most already, and two who are one household since."""
    bring_in(world, workbook(3)[1])
    found = world.ask("wang", candidates, CandidateQuery(measure="festival_relief"))
    list_id, filed = on_list(world, 5)
    put(world, list_id, *(ListPick(household_id=each.household_id) for each in found.yes))
    for _each in range(2):
        world.propose(filed[1], 300_000, measure="festival_relief")
    merge(world, filed[0].household_id, filed[3].household_id)
    return list_id


def of_pupils(world: World) -> int:
    """Return a list of two pupils of one household, and one of another whose year is met."""
    first, elder = pupil(world, world.file())
    _same, younger = pupil(world, first, number=YOUNGER)
    second, other = pupil(world, world.file(), number="23900120080315004X")
    world.propose(second, 100_000, measure="schooling_relief", member_id=other)
    list_id = opened(
        world, kind=ListKind.SEASON, title="金秋助学", measure="golden_autumn", amount=Fen(300_000)
    )
    people = ((first, elder), (first, younger), (second, other))
    picks = (ListPick(household_id=each.household_id, member_id=id_) for each, id_ in people)
    put(world, list_id, *picks)
    return list_id


@pytest.mark.parametrize(("fill", "given"), [(of_festival, 6), (of_pupils, 2)])
def test_a_list_in_sets_writes_what_one_row_after_the_other_writes(
    world: World, store: Path, monkeypatch: pytest.MonkeyPatch, fill: Any, given: int
) -> None:
    list_id = fill(world)
    world.office.close()
    together, single = two_of(store)
    told: list[Any] = []
    for copy, at_once in ((together, writing.AT_ONCE), (single, 1)):
        monkeypatch.setattr(writing, "AT_ONCE", at_once)
        desk = open_world(copy)
        told.append([hand_in(desk, list_id), hand_in(desk, list_id)])
        desk.office.close()
    assert told[0] == told[1]
    assert [done.proposed for done in told[0]] == [given, 0]
    assert told[0][0].left
    assert everything(together) == everything(single)


def imported(world: World, count: int, **more: Any) -> int:
    """Return a list of so many imported households, in whom nothing stands out."""
    bring_in(world, workbook(count)[1])
    found = world.ask("wang", candidates, CandidateQuery(measure="festival_relief"))
    list_id = opened(world, **more)
    put(world, list_id, *(ListPick(household_id=each.household_id) for each in found.yes[:count]))
    return list_id


def test_a_list_asks_the_store_no_more_for_more_rows(world: World, store: Path) -> None:
    list_id = imported(world, 6)
    world.office.close()
    asked: list[int] = []
    for copy, count in zip(two_of(store), (2, 6), strict=True):
        desk = open_world(copy)
        version = view(desk, list_id).row.version
        lines = tuple(range(count + 1, 7))
        if lines:
            desk.do("wang", take_off_list, ListOffForm(id=list_id, version=version, lines=lines))
        with statements(desk) as seen:
            assert hand_in(desk, list_id).proposed == count
        asked.append(len(seen))
        desk.office.close()
    assert asked[0] == asked[1]


def waiting(world: World) -> list[AwardRow]:
    return world.ask("zhao", award_rows, AwardQuery())


def together_form(rows: list[AwardRow]) -> TogetherForm:
    seen = tuple(
        AwardToDecide(award_id=row.id, version=row.version, award_version_id=row.award_version_id)
        for row in rows
    )
    return TogetherForm(awards=seen, opinion="同意。")


def one_after_the_other(world: World, rows: list[AwardRow]) -> None:
    for row in rows:
        form = DecisionForm(
            award_id=row.id,
            version=row.version,
            award_version_id=row.award_version_id,
            decision=Decision.APPROVED,
            opinion="同意。",
        )
        world.do("zhao", decide_award, form)


def test_awards_approved_together_are_approved_as_each_alone(world: World, store: Path) -> None:
    hand_in(world, imported(world, 4))
    world.office.close()
    together, single = two_of(store)
    desk = open_world(together)
    rows = waiting(desk)
    done: DecidedTogether = desk.do("zhao", decide_many, together_form(rows))
    assert len(done.approved) == 4
    desk.office.close()
    desk = open_world(single)
    one_after_the_other(desk, rows)
    desk.office.close()
    left, right = everything(together), everything(single)
    assert len(left.pop("audit")) == len(right.pop("audit")) - 3
    assert left == right


def test_approved_together_an_area_gives_no_more_than_it_has(world: World) -> None:
    fund_id = fund_opened(world)
    granted(world, fund_id, 120_000, area="social_security")
    hand_in(world, imported(world, 3, fund_id=fund_id))
    with pytest.raises(RuleBroken) as refused:
        world.do("zhao", decide_many, together_form(waiting(world)))
    assert isinstance(refused.value, NotEnoughForArea)
    assert {row.state.value for row in waiting(world)} == {"proposed"}
