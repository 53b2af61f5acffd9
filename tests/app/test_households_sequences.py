"""Acts on whole households in any order, and taken back in the reverse one; two desks at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.core.errors import Conflict, RuleBroken
from app.core.words.households import ChangeKind
from app.households.actions import change_household, open_form
from app.households.merging import merge_households, undo_change
from app.households.merging_queries import compare_households, household_changes
from app.households.merging_records import (
    ChangeQuery,
    HeadChangeForm,
    MoveForm,
    PairQuery,
    Related,
    SplitForm,
    UndoForm,
)
from app.households.merging_rules import AlreadyUndone, TouchedSince
from app.households.moving_people import change_head, move_member, split_household
from app.households.records import HouseholdForm, Reveal
from app.households.store import OPEN
from app.work import Work
from db.models.households import Household, Member
from db.models.merging import HouseholdChange, HouseholdMove
from tests.people import household, member
from tests.regrouping import (
    compare,
    dumped,
    family,
    merge,
    merge_form,
    move,
    register,
    split,
    stands,
    tried,
    undo,
    view,
    view_in,
    with_everything,
)
from tests.world import World, changed

RELATIONS = st.sampled_from([None, "女儿", "儿子", "妻子"])


@st.composite
def families(draw: st.DrawFn) -> list[HouseholdForm]:
    """Draw two or three households; a name without a number may stand in several of them."""
    forms: list[HouseholdForm] = []
    order = 100
    for which in range(draw(st.integers(2, 3))):
        people = draw(st.lists(st.sampled_from("甲乙丙丁"), unique=True, max_size=4))
        members = list[Any]()
        for name in people:
            order += 2
            told = member(name, order if draw(st.booleans()) else None, "女儿")
            unit = draw(st.sampled_from(["", "示例学校"]))
            members.append(changed(told, relation=draw(RELATIONS), unit=unit))
        form = household(
            draw(st.sampled_from(["单示例", f"户主{which}"])),
            2 + 2 * which,
            members=tuple(members),
            card=draw(st.sampled_from(["", "6222021234567890128"])),
        )
        head = changed(form.head, work_unit=draw(st.sampled_from(["", "示例机械厂"])))
        forms.append(changed(form, head=head))
    return forms


class Done(NamedTuple):
    """An act, and the household it made, if it did."""

    change_id: int
    made: int | None = None


class Acts:
    """Draws acts on the households of one store."""

    def __init__(self, work: Work, data: st.DataObject, households: list[int]) -> None:
        self.work, self.data, self.households = work, data, households

    def draw(self) -> Done | None:
        """Try one act; `None` when the center does not allow it."""
        acts: list[Callable[[], Done]] = [self.merge, self.split, self.move, self.head]
        act = self.data.draw(st.sampled_from(acts))
        before = dumped(self.work)
        try:
            done = act()
        except RuleBroken:
            assert dumped(self.work) == before, "a refusal writes nothing"
            return None
        self.work.session.expire_all()
        return done

    def _any(self) -> int:
        return self.data.draw(st.sampled_from(self.households))

    def _person(self, id_: int) -> int:
        return self.data.draw(
            st.sampled_from([each.id for each in view_in(self.work, id_).members])
        )

    def _version(self, id_: int) -> int:
        return self.work.load(Household, id_).version

    def merge(self) -> Done:
        asked = PairQuery(keep_id=self._any(), other_id=self._any())
        form = merge_form(compare_households.run(self.work, asked))
        return Done(merge_households.run(self.work, form))

    def split(self) -> Done:
        id_ = self._any()
        seen, head = view_in(self.work, id_), self._person(id_)
        along = [each.id for each in seen.members[1:] if each.id != head]
        others = self.data.draw(st.lists(st.sampled_from(along), unique=True)) if along else []
        form = SplitForm(
            household_id=id_,
            version=self._version(id_),
            head_id=head,
            others=tuple(Related(member_id=each) for each in others),
            phone=self.data.draw(st.sampled_from(["", "15400007777"])),
            reason="分户",
        )
        done = split_household.run(self.work, form)
        self.households.append(done.household_id)
        return Done(done.change_id, done.household_id)

    def move(self) -> Done:
        id_, to = self._any(), self._any()
        form = MoveForm(
            member_id=self._person(id_),
            household_id=id_,
            version=self._version(id_),
            to_id=to,
            to_version=self._version(to),
            relation=self.data.draw(RELATIONS),
            joined_on=date(2026, 11, 1),
            reason="同住",
        )
        return Done(move_member.run(self.work, form))

    def head(self) -> Done:
        id_ = self._any()
        people = view_in(self.work, id_).members
        form = HeadChangeForm(
            household_id=id_,
            version=self._version(id_),
            head_id=self._person(id_),
            relations=tuple(
                Related(member_id=each.id, relation=self.data.draw(RELATIONS)) for each in people
            ),
            phone=self.data.draw(st.sampled_from(["", "15400006666"])),
            work_unit=self.data.draw(st.sampled_from(["", "示例纺织厂"])),
            reason="户主更换",
        )
        return Done(change_head.run(self.work, form))


def count(work: Work, model: Any) -> int:
    return work.session.scalar(select(func.count(model.id))) or 0


def whole(work: Work) -> None:
    """Assert what holds of any households: one head each, nobody in two open files, no orphan."""
    found = work.session.scalars(select(Household)).all()
    for each in found:
        if each.file_state in OPEN:
            assert [row.position for row in each.members].count(1) == 1, each.id
    active = work.session.scalars(select(Member).where(Member.active)).all()
    numbers = [row.id_number for row in active if row.id_number]
    assert len(numbers) == len(set(numbers))
    assert all(row.household.file_state in OPEN for row in active)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(forms=families(), data=st.data())
def test_any_acts_taken_back_in_reverse_leave_everything_as_it_was(
    world: World, forms: list[HouseholdForm], data: st.DataObject
) -> None:
    def run(work: Work) -> None:
        first = [with_everything(work, form) for form in forms]
        before = [dumped(work)]
        acts = Acts(work, data, list(first))
        done: list[Done] = []
        for _step in range(data.draw(st.integers(1, 4))):
            act = acts.draw()
            if act is not None:
                done.append(act)
                before.append(dumped(work))
                whole(work)
        trail = count(work, HouseholdChange), count(work, HouseholdMove)
        gone = set[int]()
        for act in reversed(done):
            undo_change.run(work, UndoForm(change_id=act.change_id, reason="办错了"))
            work.session.expire_all()
            whole(work)
            before.pop()
            if act.made is not None:
                gone.add(act.made)
            assert _without(dumped(work), gone) == _without(before[-1], gone)
        if done:
            assert count(work, HouseholdChange) == trail[0] + len(done), "the trail grows"
            assert count(work, HouseholdMove) > trail[1]
        for act in done:
            with pytest.raises(AlreadyUndone):
                undo_change.run(work, UndoForm(change_id=act.change_id, reason="再来"))
        for id_ in first:
            asked = ChangeQuery(household_id=id_)
            assert all(each.undone for each in household_changes.run(work, asked))

    tried(world, run)


def _without(found: dict[str, list[tuple[Any, ...]]], gone: set[int]) -> dict[str, list[Any]]:
    """Leave out the households that a split had made: they stay, empty, and lead back."""
    return found | {"household": [row for row in found["household"] if row[0] not in gone]}


# Two desks


class Case(NamedTuple):
    """An act that was done, and a household with a person that it touched."""

    change_id: int
    household_id: int
    name: str


def _merged(world: World) -> Case:
    id_, _rows = family(world)
    other = register(world, household("别人", 12, members=(member("丙", 8),), card=""))
    return Case(merge(world, id_, other), id_, "丙")


def _split(world: World) -> Case:
    id_, rows = family(world)
    done = split(world, id_, rows["甲"], rows["乙"])
    return Case(done.change_id, done.household_id, "乙")


def _moved(world: World) -> Case:
    id_, rows = family(world)
    to = register(world, household("别人", 12, card=""))
    return Case(move(world, id_, rows["甲"], to), to, "甲")


def _headed(world: World) -> Case:
    id_, rows = family(world)
    form = HeadChangeForm(
        household_id=id_,
        version=view(world, id_).version,
        head_id=rows["甲"],
        relations=tuple(Related(member_id=each, relation="其他") for each in rows.values()),
        phone="15400003333",
        reason="户主更换",
    )
    return Case(world.do("wang", change_head, form), id_, "乙")


ACTS = {
    ChangeKind.MERGE: _merged,
    ChangeKind.SPLIT: _split,
    ChangeKind.MOVE: _moved,
    ChangeKind.HEAD: _headed,
}


@pytest.fixture
def second(world: World) -> Iterator[str]:
    """Sign a second caseworker in."""
    rights = world.people["wang"]
    world.people["second"] = replace(
        world.people["zhao"], roles=rights.roles, permissions=rights.permissions
    )
    yield "second"
    del world.people["second"]


@pytest.mark.parametrize("kind", ACTS)
def test_what_another_desk_changed_meanwhile_is_not_undone(
    world: World, second: str, kind: ChangeKind
) -> None:
    done = ACTS[kind](world)
    form = world.do(second, open_form, Reveal(household_id=done.household_id))
    members = tuple(
        changed(each, health="良好", relation="其他") if each.name == done.name else each
        for each in form.household.members
    )
    theirs = changed(form, household=changed(form.household, members=members))
    world.do(second, change_household, theirs)
    before = stands(world)
    with pytest.raises(TouchedSince) as told:
        undo(world, done.change_id)
    assert told.value.data["what"] in (f"成员{done.name}", "家庭"), told.value.tell()
    assert stands(world) == before, "a refusal writes nothing"


@pytest.mark.parametrize("kind", ACTS)
def test_what_another_desk_undid_is_not_undone_again(
    world: World, second: str, kind: ChangeKind
) -> None:
    done = ACTS[kind](world)
    undo(world, done.change_id, second)
    with pytest.raises(AlreadyUndone):
        undo(world, done.change_id)


def test_who_has_an_old_state_in_sight_is_told(world: World, second: str) -> None:
    """The two were laid side by side before the other desk changed one of them."""
    keep = register(world, household(members=(member("甲", 4),)))
    other = register(world, household("别人", 12, card=""))
    form = merge_form(compare(world, keep, other))
    theirs = world.do(second, open_form, Reveal(household_id=other))
    head = changed(theirs.household.head, phone="15400005555")
    mended = changed(theirs, household=changed(theirs.household, head=head))
    world.do(second, change_household, mended)
    with pytest.raises(Conflict):
        world.do("wang", merge_households, form)
    world.do("wang", merge_households, merge_form(compare(world, keep, other)))
