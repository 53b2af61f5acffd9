"""Staff who are related to a household: who says it, what it closes, and that the store obeys."""

import pytest

from app.core.errors import Conflict, Invalid, NotFound
from app.core.words.disbursements import AwardState, Decision
from app.disbursements.deciding_records import ApprovalQuery, TieEnd, TieForm, TieRow
from app.disbursements.queries import approval_rows, award_view, awards_waiting
from app.disbursements.records import AwardById
from app.disbursements.rules import Related
from app.disbursements.ties import (
    ForOthers,
    OwnTie,
    SaidAlready,
    check_stranger,
    colleagues,
    declare_tie,
    end_tie,
    tied_homes,
    ties_of,
)
from app.households.records import ById
from db.engine import sqlcipher
from tests.filled import Raw, raw
from tests.guarantees import working
from tests.regrouping import merge, split, view
from tests.world import World


def ties(world: World, household_id: int) -> list[TieRow]:
    return world.ask("wang", ties_of, ById(id=household_id))


def declare(world: World, household_id: int, user: str = "zhao", **more: int) -> int:
    form = TieForm(household_id=household_id, note="户主的弟弟", **more)
    return world.do(user, declare_tie, form)


def test_who_is_related_neither_proposes_nor_decides(world: World) -> None:
    accepted = world.file()
    award_id = world.propose(accepted)
    declare(world, accepted.household_id)
    with pytest.raises(Related) as refused:
        world.decide(award_id)
    assert "户主的弟弟" in refused.value.tell()
    with pytest.raises(Related):
        world.decide(award_id, Decision.REFUSED, opinion="不行")
    view = world.ask("zhao", award_view, AwardById(id=award_id))
    assert "户主的弟弟" in view.closed
    assert "本中心 赵建国 与这户有回避关系：户主的弟弟" in view.flags
    (row,) = world.ask("zhao", approval_rows, ApprovalQuery())
    assert (row.related, row.light) == (True, "look")
    assert world.ask("zhao", awards_waiting).to_decide == 0
    declare(world, accepted.household_id, "wang")
    with pytest.raises(Related):
        world.propose(accepted)


def test_it_ends_by_somebody_else_and_then_closes_nothing(world: World) -> None:
    accepted = world.file()
    award_id = world.propose(accepted)
    tie_id = declare(world, accepted.household_id)
    (row,) = ties(world, accepted.household_id)
    assert (row.id, row.name, row.note, row.declared_by) == (
        tie_id,
        "赵建国",
        "户主的弟弟",
        "赵建国",
    )
    end = TieEnd(id=tie_id, version=row.version, reason="登记有误")
    with pytest.raises(OwnTie):
        world.do("zhao", end_tie, end)
    world.do("wang", end_tie, end)
    assert ties(world, accepted.household_id) == []
    with pytest.raises(Conflict):
        world.do("wang", end_tie, end)
    world.decide(award_id)
    view = world.ask("zhao", award_view, AwardById(id=award_id))
    assert view.row.state is AwardState.APPROVED


def test_a_supervisor_says_it_of_others_and_nobody_twice(world: World) -> None:
    accepted = world.file()
    people = {each.name: each.id for each in world.ask("wang", colleagues)}
    with pytest.raises(ForOthers):
        declare(world, accepted.household_id, "wang", staff_id=people["赵建国"])
    declare(world, accepted.household_id, "zhao", staff_id=people["王芳"])
    with pytest.raises(SaidAlready):
        declare(world, accepted.household_id, "wang")
    (row,) = ties(world, accepted.household_id)
    assert (row.name, row.declared_by, row.mine) == ("王芳", "赵建国", True)
    with pytest.raises(Related):
        world.propose(accepted)
    with pytest.raises(NotFound):
        declare(world, 999)
    with pytest.raises(Invalid):
        world.do("wang", declare_tie, TieForm(household_id=accepted.household_id, note=" "))


def test_it_goes_along_when_a_file_is_merged_into_another(world: World) -> None:
    kept, gone = world.file(), world.file()
    declare(world, gone.household_id)
    declare(world, kept.household_id)
    merge(world, kept.household_id, gone.household_id)
    assert [row.name for row in ties(world, kept.household_id)] == ["赵建国", "赵建国"]
    award_id = world.propose(kept)
    with pytest.raises(Related):
        world.decide(award_id)


def test_it_goes_along_with_who_splits_off_and_ends_for_both(world: World) -> None:
    filed = world.file()
    tie_id = declare(world, filed.household_id)
    son = next(each for each in view(world, filed.household_id).members[1:] if each.id_number)
    made = split(world, filed.household_id, son.id).household_id
    assert [row.note for row in ties(world, made)] == ["户主的弟弟"]
    with working(world, "zhao") as work:
        assert tied_homes(work) == {filed.household_id, made}
        with pytest.raises(Related):
            check_stranger(work, made)
    with working(world, "wang") as work:
        assert tied_homes(work) == set()
        check_stranger(work, made)
    world.do("wang", end_tie, TieEnd(id=tie_id, version=1, reason="登记有误"))
    with working(world, "zhao") as work:
        check_stranger(work, made)


# What the store refuses by itself


def refused(store: Raw, guard: str, **changed: object) -> None:
    """Try to write a copy of the last approval past every verb."""
    where = "id = (SELECT max(id) FROM approval)"
    with pytest.raises(sqlcipher.DatabaseError, match=guard):
        store.again("approval", where, **changed)


def a_copy(world: World, award_id: int) -> dict[str, object]:
    """Return the columns that make a copy of an approval one of another award."""
    view = world.ask("zhao", award_view, AwardById(id=award_id))
    return {"award_version_id": view.row.award_version_id}


def test_the_store_takes_no_decision_of_somebody_related(world: World) -> None:
    accepted = world.file()
    world.decide(world.propose(accepted))
    other = a_copy(world, world.propose(accepted))
    declare(world, accepted.household_id)
    with raw(world.office.engines.path) as store:
        refused(store, "approval_by_a_stranger", **other)


def test_the_store_takes_no_approval_without_its_document(world: World) -> None:
    accepted = world.file()
    world.decide(world.propose(accepted))
    other = a_copy(world, world.propose(accepted))
    papers = {"step": "collective", "document": "纪要 8 号", "attended": "三人"}
    with raw(world.office.engines.path) as store:
        for step in ("collective", "province", "national"):
            refused(store, "approval_with_its_document", **other, step=step, final=0)
        refused(store, "approval_with_its_document", **other, **papers)
        store.again(
            "approval",
            "id = (SELECT max(id) FROM approval)",
            **{**other, **papers, "document_day": "2026-11-20"},
        )


def test_the_store_takes_no_last_approval_while_a_step_is_missing(world: World) -> None:
    accepted = world.file()
    world.decide(world.propose(accepted, fen=10_000))
    other = a_copy(world, world.propose(accepted, fen=500_001))
    with raw(world.office.engines.path) as store:
        refused(store, "approval_is_last", **other)


def test_the_store_takes_no_approval_of_what_was_left_to_all(world: World) -> None:
    accepted = world.file()
    world.decide(world.propose(accepted, fen=10_000))
    left = world.propose(accepted, fen=10_000)
    world.decide(left, Decision.DEFERRED, opinion="上会")
    changed = {**a_copy(world, left), "decision": "approved", "final": 1}
    with raw(world.office.engines.path) as store:
        refused(store, "approval_left_to_all", **changed)


def test_the_store_revives_no_tie_that_ended(world: World) -> None:
    accepted = world.file()
    tie_id = declare(world, accepted.household_id)
    world.do("wang", end_tie, TieEnd(id=tie_id, version=1, reason="登记有误"))
    with (
        raw(world.office.engines.path) as store,
        pytest.raises(sqlcipher.DatabaseError, match="tie_ends"),
    ):
        store.run("UPDATE staff_tie SET live = 1, version = version + 1")
