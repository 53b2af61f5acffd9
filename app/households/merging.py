"""Merges two files of one household into one, and takes acts on whole households back."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Index, literal, select

from app.core.errors import RuleBroken
from app.core.words.disbursements import LineState
from app.core.words.households import ChangeKind, FileState
from app.households.comparing import same_number, taken_cells
from app.households.merging_records import ApartForm, MergeForm, Taken, UndoForm
from app.households.merging_rules import (
    AlreadyUndone,
    KeepTheOpenFile,
    MoneyOnTheWay,
    NotPaired,
    SameHousehold,
    StepInBoth,
    TouchedSince,
    WrongPair,
)
from app.households.moving import Cells, Moves, cells_of, pointers, touched_since, words_for
from app.households.standing import called, given_up, living
from app.households.store import OPEN, add_search_keys, head_of, people_of
from app.work import Permission, Topic, Work, action
from db.base import Base, Row
from db.models.disbursements import Award, AwardVersion, Batch, BatchLine
from db.models.households import Household, Member
from db.models.merging import HouseholdChange

AT_THE_BANK = (LineState.PREPARED, LineState.PAYING)
"""States of a payment whose batch is not reconciled."""

RANK = {FileState.ACTIVE: 2, FileState.PENDING: 1}
"""Which of two files is in force."""

EVERYTHING = {
    *(Topic.HOUSEHOLDS, Topic.CASES, Topic.SERVICES, Topic.AWARDS, Topic.PAPERS, Topic.DOCUMENTS),
    *(Topic.LOANS, Topic.JOBS),
}


@action(needs=Permission.REGISTER_HOUSEHOLDS, changes=EVERYTHING)
def merge_households(work: Work, form: MergeForm) -> int:
    """Merge two files of one household: everything of the other goes to the file that is kept.

    Raises `SameHousehold`, `FileMerged`, `FileWithdrawn`, `KeepTheOpenFile`, `MoneyOnTheWay`,
    `StepInBoth`, `NotPaired`, `WrongPair`; returns the id of the act.
    """
    keep = work.load(Household, form.keep_id, form.keep_version)
    other = work.load(Household, form.give_up_id, form.give_up_version)
    for broken in obstacles(work, keep, other):
        raise broken
    pairs = _pairs(keep, other, form)
    relations = _relations(keep, other, form, pairs)
    moves = Moves(work, ChangeKind.MERGE, keep, form.reason, other=other)
    moves.touch(keep)
    for theirs, mine in pairs.items():
        moves.set(theirs, active=False, merged_into_id=mine.id)
        _take(work, moves, mine, theirs, form.taken)
    _join(work, moves, keep, other, relations)
    _follow(work, moves, keep, other, {theirs.id: mine.id for theirs, mine in pairs.items()})
    taken = [each.field for each in form.taken if each.kept_id is None]
    moves.set(keep, **taken_cells(work, keep, other, taken))
    moves.set(other, file_state=FileState.MERGED, merged_into_id=keep.id)
    work.session.expire(keep, ["members"])
    work.session.expire(other, ["members"])
    return moves.change.id


def obstacles(work: Work, keep: Household, other: Household) -> Iterator[RuleBroken]:
    """Yield what is in the way of merging two households."""
    if keep.id == other.id:
        yield SameHousehold()
    for household in (keep, other):
        if broken := given_up(work, household):
            yield broken
    if RANK.get(keep.file_state, 0) < RANK.get(other.file_state, 0):
        yield KeepTheOpenFile(file=called(other))
    on_the_way = work.session.execute(
        select(Batch.number, Award.number)
        .join(BatchLine, BatchLine.batch_id == Batch.id)
        .join(AwardVersion, AwardVersion.id == BatchLine.award_version_id)
        .join(Award, Award.id == AwardVersion.award_id)
        .where(BatchLine.state.in_(AT_THE_BANK), Award.household_id.in_((keep.id, other.id)))
        .limit(1)
    ).first()
    if on_the_way is not None:
        yield MoneyOnTheWay(batch=on_the_way[0], number=on_the_way[1])
    if any(_clash(work, model, keep, other) for model, _column in pointers("household")):
        yield StepInBoth()


def _clash(work: Work, model: type[Row], keep: Household, other: Household) -> bool:
    """Tell whether rows of both would stand twice under a key within one household."""
    if model is Member:
        return False  # they get new places, and a number stands in one open file already
    return any(
        _keys(work, index, keep) & _keys(work, index, other)
        for index in Base.metadata.tables[model.__tablename__].indexes
        if index.unique and "household_id" in index.columns
    )


def _keys(work: Work, index: Index, household: Household) -> set[tuple[Any, ...]]:
    """Return the keys that the rows of a household have under a unique index."""
    rest = [column for column in index.columns if column.name != "household_id"]
    found = select(literal(1), *rest).where(index.columns["household_id"] == household.id)
    where = index.dialect_options["sqlite"]["where"]
    if where is not None:
        found = found.where(where)
    return {tuple(row) for row in work.session.execute(found)}


def _pairs(keep: Household, other: Household, form: MergeForm) -> dict[Member, Member]:
    """Return who of the other household is whom of the one that is kept."""
    mine = {row.id: row for row in people_of(keep)}
    theirs = {row.id: row for row in people_of(other)}
    pairs: dict[Member, Member] = {}
    for each in form.same:
        if each.kept_id not in mine or each.other_id not in theirs:
            raise WrongPair()
        pairs[theirs[each.other_id]] = mine[each.kept_id]
    if len(set(pairs.values())) < len(form.same):
        raise WrongPair()
    for row in theirs.values():
        twin = next((each for each in mine.values() if same_number(each, row)), None)
        if twin is not None and pairs.get(row) is not twin:
            raise NotPaired(name=row.name)
    known = {None, *(row.id for row in pairs.values())}
    if any(each.kept_id not in known for each in form.taken):
        raise WrongPair()
    return pairs


def _relations(
    keep: Household, other: Household, form: MergeForm, pairs: Mapping[Member, Member]
) -> dict[Member, str | None]:
    """Return what everybody who joins is to the head that stays: as told; else as it was while
    both heads are one person; else not known."""
    told = {each.member_id: each.relation for each in form.relations}
    one_head = pairs.get(head_of(other)) is head_of(keep)
    return {
        row: told.get(row.id, row.relation if one_head else None)
        for row in other.members
        if row not in pairs
    }


def _take(work: Work, moves: Moves, mine: Member, theirs: Member, taken: Sequence[Taken]) -> None:
    """Write what was chosen of the other row into the one that is kept."""
    fields = [each.field for each in taken if each.kept_id == mine.id]
    if fields:
        moves.set(mine, **taken_cells(work, mine, theirs, fields))
        add_search_keys(work.session, mine, new=False)


def _join(
    work: Work,
    moves: Moves,
    keep: Household,
    other: Household,
    relations: Mapping[Member, str | None],
) -> None:
    """Let everybody of the other household who is nobody's double stand in the one kept. The unit
    of who was the head there is the worker's: it goes along in their own row."""
    here, head = set(people_of(other)), head_of(other)
    last = max(row.position for row in keep.members)
    for place, (row, relation) in enumerate(relations.items(), start=last + 1):
        stays = row in here
        moves.set(
            row,
            household_id=keep.id,
            position=place,
            relation=relation if stays else row.relation,
            active=stays and keep.file_state in OPEN,
            left_on=row.left_on if stays else row.left_on or work.today,
            unit=other.work_unit if row is head else row.unit,
        )


def _follow(
    work: Work, moves: Moves, keep: Household, other: Household, same: Mapping[int, int]
) -> None:
    """Let everything that points at the other household, or at a double, point at what is kept."""
    of_person = {pointer.model: pointer.column for pointer in pointers("member")}
    for model, column in pointers("household"):
        if model in (Household, Member):
            continue
        person = of_person.get(model)
        found = select(model).where(getattr(model, column) == other.id).order_by(model.id)
        for row in work.session.scalars(found).all():
            cells: dict[str, Any] = {column: keep.id}
            if person is not None:
                known = getattr(row, person)
                cells[person] = same.get(known, known)
            moves.set(row, **cells)
    for model, column in pointers("member"):
        if model is Member:
            continue
        points = getattr(model, column)
        for row in work.session.scalars(select(model).where(points.in_(same))).all():
            moves.set(row, **{column: same[getattr(row, column)]})


@action(needs=Permission.REGISTER_HOUSEHOLDS, changes={Topic.HOUSEHOLDS})
def mark_apart(work: Work, form: ApartForm) -> int:
    """Note that two households only look alike: they are no duplicates."""
    household, other = living(work, form.household_id), living(work, form.other_id)
    if household.id == other.id:
        raise SameHousehold()
    return Moves(work, ChangeKind.APART, household, form.reason, other=other).change.id


@action(needs=Permission.REGISTER_HOUSEHOLDS, changes=EVERYTHING)
def undo_change(work: Work, form: UndoForm) -> int:
    """Take an act on whole households back, as long as nothing later touched what it moved.

    Raises `AlreadyUndone`, `MoneyOnTheWay`, `TouchedSince`; returns the id of the undoing.
    """
    change = work.load(HouseholdChange, form.change_id)
    household = work.load(Household, change.household_id)
    other = work.load(Household, change.other_id) if change.other_id else None
    for broken in undo_obstacles(work, change):
        raise broken
    cells = cells_of(work, change)
    moves = Moves(work, ChangeKind.UNDO, household, form.reason, other=other, undoes=change)
    for each in filter(None, (household, other)):
        moves.touch(each)
    for each in _backwards(cells):
        moves.set(each.row, **each.was)
    if change.kind is ChangeKind.SPLIT and other is not None:
        moves.set(other, file_state=FileState.MERGED, merged_into_id=household.id)
    for each in filter(None, (household, other)):
        work.session.expire(each, ["members"])
    return moves.change.id


def undo_obstacles(work: Work, change: HouseholdChange) -> Iterator[RuleBroken]:
    """Yield what is in the way of taking an act back."""
    again = select(HouseholdChange.id).where(HouseholdChange.undoes_id == change.id)
    if change.kind is ChangeKind.UNDO or work.session.scalar(again) is not None:
        yield AlreadyUndone()
        return
    touched = touched_since(work, change, cells_of(work, change))
    if touched is not None:
        yield TouchedSince(what=words_for(touched))


def _backwards(cells: list[Cells]) -> Iterator[Cells]:
    """Yield what to write back: people first and the last one first, since a place or a number
    is free only then; what points at them in the order in which it came."""
    people = [each for each in cells if isinstance(each.row, Member)]
    rest = [each for each in cells if not isinstance(each.row, Member)]
    return chain(reversed(people), rest)
