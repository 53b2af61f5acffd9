"""Helps to test acts on whole households: what stands in the store, and each act in one line."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.cases.actions import accept_case
from app.core.money import Fen
from app.core.record import Nothing
from app.documents.actions import add_document
from app.documents.records import AddForm
from app.households.merging import merge_households, undo_change
from app.households.merging_queries import compare_households, household_changes
from app.households.merging_records import (
    ChangeQuery,
    ChangeView,
    Comparison,
    MergeForm,
    MoveForm,
    PairQuery,
    Related,
    SamePerson,
    SplitForm,
    Taken,
    UndoForm,
)
from app.households.moving import NOTES
from app.households.moving_people import move_member, split_household
from app.households.queries import household_view
from app.households.records import ById, HouseholdForm, HouseholdView
from app.work import Action, Permission, Work
from db.models import Base
from tests.people import household, intake, member
from tests.scans import scan
from tests.world import World, changed

A, B, C = member("甲", 4), member("乙", 6), member("丙", 8)
TRAIL = {"audit", "number_series", "search_key", *(model.__tablename__ for model in NOTES)}
"""Tables that only grow: what was undone stands there."""


def dump(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the store but the trail, without the versions."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for name, table in Base.metadata.tables.items():
        if name not in TRAIL:
            columns = ", ".join(
                f'"{each.name}"' for each in table.columns if each.name != "version"
            )
            rows = connection.exec_driver_sql(f'SELECT {columns} FROM "{name}"')
            found[name] = sorted(map(tuple, rows), key=repr)
    return found


def stands(world: World) -> dict[str, list[tuple[Any, ...]]]:
    with world.office.engines.reader.connect() as connection:
        return dump(connection)


def view(world: World, household_id: int) -> HouseholdView:
    return world.ask("wang", household_view, ById(id=household_id))


def compare(world: World, keep: int, other: int) -> Comparison:
    return world.ask("wang", compare_households, PairQuery(keep_id=keep, other_id=other))


def merge_form(comparison: Comparison, **more: Any) -> MergeForm:
    """Return the form that the comparison suggests: every pair one person, gaps filled."""
    form = MergeForm(
        keep_id=comparison.keep.id,
        keep_version=comparison.keep.version,
        give_up_id=comparison.other.id,
        give_up_version=comparison.other.version,
        same=tuple(
            SamePerson(kept_id=each.kept_id, other_id=each.other_id) for each in comparison.pairs
        ),
        taken=tuple(
            Taken(kept_id=each.kept_id, field=each.field)
            for some in (comparison.differences, *(pair.differences for pair in comparison.pairs))
            for each in some
            if each.suggested
        ),
        reason="同一户重复建档",
    )
    return changed(form, **more)


def merge(world: World, keep: int, other: int, **more: Any) -> int:
    return world.do("wang", merge_households, merge_form(compare(world, keep, other), **more))


def undo(world: World, change_id: int, user: str = "wang") -> int:
    return world.do(user, undo_change, UndoForm(change_id=change_id, reason="并错了"))


def changes(world: World, household_id: int) -> list[ChangeView]:
    return world.ask("wang", household_changes, ChangeQuery(household_id=household_id))


def register(world: World, form: HouseholdForm) -> int:
    return world.accept(intake(form)).household_id


def two_files(world: World) -> tuple[int, int]:
    """Return two pending files of one household: the head has no number in the second one, the
    daughter is the same, a son stands in the second only."""
    first = register(world, household(members=(A,), card=""))
    wife = changed(household("配偶", 12, members=(member("单示例", None, "丈夫"), B)))
    return first, register(world, wife)


def family(world: World) -> tuple[int, dict[str, int]]:
    """Return a pending household of four, and its rows by name."""
    form = household(members=(A, B, member("无证")))
    id_ = register(world, changed(form, income=changed(form.income, income_12_months=Fen(4800))))
    return id_, {each.name: each.id for each in view(world, id_).members}


def split(world: World, id_: int, head: int, *others: int, **more: Any) -> Any:
    form = SplitForm(
        household_id=id_,
        version=view(world, id_).version,
        head_id=head,
        others=tuple(Related(member_id=each, relation="儿子") for each in others),
        phone="15400007777",
        address="示例路 7号",
        district="道里区",
        reason="已分户另过",
    )
    return world.do("wang", split_household, changed(form, **more))


def without(
    dumped: dict[str, list[tuple[Any, ...]]], table: str, id_: int
) -> dict[str, list[tuple[Any, ...]]]:
    """Leave one row out of a dump."""
    return dumped | {table: [row for row in dumped[table] if row[0] != id_]}


def move(world: World, id_: int, member_id: int, to: int, **more: Any) -> int:
    form = MoveForm(
        member_id=member_id,
        household_id=id_,
        version=view(world, id_).version,
        to_id=to,
        to_version=view(world, to).version,
        relation="女儿",
        joined_on=date(2026, 10, 1),
        reason="随母亲生活",
    )
    return world.do("wang", move_member, changed(form, **more))


class Undo(Exception):
    """Takes a try back."""


def tried(world: World, run: Callable[[Work], None]) -> None:
    """Run something in a transaction that is taken back."""

    def act(work: Work, _: Nothing) -> None:
        run(work)
        raise Undo

    with pytest.raises(Undo):
        world.do("wang", Action("t.t", act, Permission.READ_CENTER, "", frozenset()), Nothing())


@st.composite
def lookalikes(draw: st.DrawFn) -> tuple[HouseholdForm, HouseholdForm]:
    """Draw two households in which some people stand twice, with a number in one of them only,
    and whose fields differ here and there."""
    forms: list[HouseholdForm] = []
    numbered = draw(st.lists(st.booleans(), min_size=4, max_size=4))
    for which in (0, 1):
        people = draw(st.lists(st.sampled_from("甲乙丙丁"), unique=True, max_size=4))
        members = tuple(
            member(
                name,
                20 + 2 * ord(name) % 900
                if numbered["甲乙丙丁".index(name)] is (which == 0)
                else None,
                draw(st.sampled_from(["女儿", "儿子", "妻子"])),
            )
            for name in people
        )
        same_head = draw(st.booleans())
        form = household(
            "单示例" if same_head else f"户主{which}",
            2 + 2 * which,
            phone=draw(st.sampled_from(["15400001234", "15400009999"])),
            members=members,
            card=draw(st.sampled_from(["", "6222021234567890128"])),
        )
        address = draw(st.sampled_from(["", "示例路 1号院", "示例路 2号院"]))
        forms.append(changed(form, head=changed(form.head, address=address)))
    return forms[0], forms[1]


def with_everything(work: Work, form: HouseholdForm) -> int:
    """Register a household with an application, papers and a document for its last member."""
    accepted = accept_case.run(work, intake(form))
    last = view_in(work, accepted.household_id).members[-1].id
    asked = AddForm(
        file=scan(text=str(accepted.case_id)),
        household_id=accepted.household_id,
        member_id=last,
        kind="身份证",
    )
    add_document.run(work, asked)
    return accepted.household_id


def view_in(work: Work, id_: int) -> HouseholdView:
    return household_view.run(work, ById(id=id_))


def dumped(work: Work) -> dict[str, list[tuple[Any, ...]]]:
    work.session.flush()
    return dump(work.connection)
