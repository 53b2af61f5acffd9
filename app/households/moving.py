"""Moves rows between households cell by cell. Every cell is noted before it is written, so that
the store lets it pass and the act can be undone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Date, exists, func, inspect, select
from sqlalchemy.orm import aliased

from app.core.clock import local_day
from app.core.i18n import N_, _
from app.core.plain import plain
from app.core.words.households import ChangeKind
from app.households.records import FormerMember, MergedFile
from app.households.store import touch
from app.work import Work
from db.base import Base, Entity, Row
from db.models.households import Household, Member
from db.models.merging import HouseholdChange, HouseholdMove
from db.models.papers import Paper
from db.types import Listed, Stored

WORDS: Final = {
    "household": N_("The household"),
    "member": N_("A person"),
    "case": N_("An application"),
    "award": N_("An award"),
    "assessment": N_("An assessment"),
    "paper": N_("A paper"),
    "service_request": N_("A service or referral"),
    "document": N_("A document"),
    "filing_step": N_("A step of the file"),
    "relief": N_("Relief of the past"),
    "relief_person": N_("Who was helped in the past"),
    "staff_tie": N_("Related"),
    "loan": N_("A loan"),
    "loan_side": N_("Who stands for a loan"),
    "job_seeker": N_("A job seeker"),
    "placement": N_("A placement"),
}
"""What rows are called that go from household to household."""

NOTES = (HouseholdChange, HouseholdMove)
"""What tells of the moves, and does not move itself."""


class Pointer(NamedTuple):
    """A column that points at rows of another table."""

    model: type[Row]
    column: str


@cache
def pointers(table: str) -> tuple[Pointer, ...]:
    """Return every column that points at ``table``: of cases before what points at cases."""
    models = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    return tuple(
        Pointer(model, column.key)
        for each in Base.metadata.sorted_tables
        if issubclass(model := models[each], Row) and model not in NOTES
        for column in each.columns
        if any(key.column.table.name == table for key in column.foreign_keys)
    )


class Moves:
    """One act on whole households: what it is, and the cells it writes."""

    def __init__(
        self,
        work: Work,
        kind: ChangeKind,
        household: Household,
        reason: str,
        *,
        other: Household | None = None,
        member: Member | None = None,
        undoes: HouseholdChange | None = None,
    ) -> None:
        self._work = work
        work.subject = f"household/{household.id}"
        self.change = work.add(
            HouseholdChange(
                kind=kind,
                household_id=household.id,
                other_id=other.id if other else None,
                member_id=member.id if member else None,
                reason=reason.strip(),
                undoes_id=undoes.id if undoes else None,
                stood=_highest_ids(work),
                made_by=work.actor.id,
                made_at=work.now,
            )
        )

    def set(self, row: Row, **columns: Any) -> None:
        """Write cells of one row; those that stay as they are are not noted."""
        new = {name: value for name, value in columns.items() if getattr(row, name) != value}
        if not new:
            return
        self._note(row, new)
        for name, value in new.items():
            setattr(row, name, value)
        self._work.session.flush()

    def touch(self, household: Household) -> None:
        """Give a household a new version: whoever has it open is told that its members changed."""
        self._note(household, {"district": household.district})
        touch(household)
        self._work.session.flush()

    def _note(self, row: Row, new: Mapping[str, Any]) -> None:
        session = self._work.session
        session.flush()  # what the verb changed itself counts in the version
        for name, value in new.items():
            session.add(
                HouseholdMove(
                    change_id=self.change.id,
                    place=row.__tablename__,
                    row_id=row.id,
                    name=name,
                    was=plain(getattr(row, name)),
                    becomes=plain(value),
                    version=row.version + 1 if isinstance(row, Entity) else None,
                )
            )
        session.flush()  # the note first: the store asks for it


def _highest_ids(work: Work) -> dict[str, int]:
    followed = ("household", "member", "case", "award", "loan", "job_seeker", "placement")
    models = {pointer.model for table in followed for pointer in pointers(table)}
    return {
        model.__tablename__: work.session.scalar(select(func.max(model.id))) or 0
        for model in models
    }


@dataclass
class Cells:
    """The cells of one row that changed together, each with what it was and what it is."""

    row: Row
    note: int
    """The id of the last note on them."""
    version: int | None
    was: dict[str, Any] = field(default_factory=dict[str, Any])
    becomes: dict[str, Any] = field(default_factory=dict[str, Any])


def cells_of(work: Work, change: HouseholdChange) -> list[Cells]:
    """Return what an act wrote, row by row in its order."""
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    notes = work.session.scalars(
        select(HouseholdMove).where(HouseholdMove.change_id == change.id).order_by(HouseholdMove.id)
    )
    found: list[Cells] = []
    for note in notes:
        if note.was == note.becomes:
            continue  # only a new version
        model: type[Row] = models[note.place]
        row = work.load(model, note.row_id)
        if not found or found[-1].row is not row:
            found.append(Cells(row, note.id, note.version))
        cells = found[-1]
        cells.note = note.id
        cells.was[note.name] = _typed(model, note.name, note.was)
        cells.becomes[note.name] = _typed(model, note.name, note.becomes)
    return found


def _typed(model: type[Row], name: str, value: Any) -> Any:
    """Return a noted value as the column holds it."""
    kind = inspect(model).columns[name].type
    if value is None:
        return None
    if isinstance(kind, Stored):
        return kind.words(value)
    if isinstance(kind, Listed):
        return tuple(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def touched_since(work: Work, change: HouseholdChange, cells: list[Cells]) -> Row | None:
    """Return a row that a later act changed or added to what ``change`` moved, if there is one.

    A later act that was taken back itself changed nothing.
    """
    for each in {each.row: each for each in cells}.values():
        moved = any(getattr(each.row, name) != value for name, value in each.becomes.items())
        if moved or not _as_left(work, each):
            return each.row
    return next(_added_since(work, change, cells), None)


def _as_left(work: Work, cells: Cells) -> bool:
    """Tell whether every version of a row since is of an act that was taken back, or an undoing."""
    row = cells.row
    if not isinstance(row, Entity):
        return True
    undoing = aliased(HouseholdChange)
    later = work.session.execute(
        select(HouseholdMove.version, HouseholdChange.kind, undoing.undoes_id)
        .join(HouseholdChange, HouseholdChange.id == HouseholdMove.change_id)
        .outerjoin(undoing, undoing.undoes_id == HouseholdChange.id)
        .where(
            HouseholdMove.place == row.__tablename__,
            HouseholdMove.row_id == row.id,
            HouseholdMove.id > cells.note,
        )
        .order_by(HouseholdMove.id)
    )
    reached = cells.version
    for version, kind, undone in later:
        if reached is None or version not in (reached, reached + 1):
            return False
        if kind is not ChangeKind.UNDO and undone is None:
            return False
        reached = version
    return row.version == reached


def _added_since(work: Work, change: HouseholdChange, cells: list[Cells]) -> Iterator[Row]:
    """Yield what points at a row that went to another household, and came later."""
    moved: dict[str, list[int]] = {}
    for each in cells:
        if "household_id" in each.becomes or "split_from_id" in each.becomes:
            moved.setdefault(each.row.__tablename__, []).append(each.row.id)
    for table, ids in moved.items():
        for model, column in sorted(pointers(table), key=_telling):
            later = model.id > change.stood.get(model.__tablename__, 0)
            points = getattr(model, column).in_(ids)
            yield from work.session.scalars(select(model).where(later, points).limit(1))
    yield from _papers_since(work, change, moved)


def _telling(pointer: Pointer) -> int:
    """Put first what tells most of a later act: the application before its receipt."""
    words = list(WORDS)
    return words.index(name) if (name := pointer.model.__tablename__) in words else len(words)


def _papers_since(
    work: Work, change: HouseholdChange, moved: dict[str, list[int]]
) -> Iterator[Row]:
    """Yield a paper that was issued on a row that moved: it names the row in words."""
    subjects = [f"{table}/{id_}" for table, ids in moved.items() for id_ in ids]
    later = Paper.id > change.stood["paper"]
    found = select(Paper).where(later, Paper.subject.in_(subjects)).limit(1)
    yield from work.session.scalars(found)


def words_for(row: Row) -> str:
    """Return what a row is called, with its number or name where it has one."""
    word = _(WORDS.get(row.__tablename__, N_("Something")))
    if isinstance(row, Member):
        return _("{what} {name}").format(what=word, name=row.name)
    return f"{word} {getattr(row, 'number', '')}".strip()


def former_members(work: Work, household: Household) -> Iterator[FormerMember]:
    """Yield who stood in a household and does not any more."""
    for row in household.members:
        if row.left_on is not None:
            yield FormerMember(
                name=row.name, relation=row.relation, joined_on=row.joined_on, left_on=row.left_on
            )
    again = aliased(HouseholdChange)
    undone = exists().where(again.undoes_id == HouseholdChange.id)
    went = select(HouseholdChange).where(
        HouseholdChange.household_id == household.id,
        HouseholdChange.kind.in_((ChangeKind.SPLIT, ChangeKind.MOVE)),
        ~undone,
    )
    for change in work.session.scalars(went).all():
        for cells in cells_of(work, change):
            if isinstance(cells.row, Member) and "household_id" in cells.was:
                yield FormerMember(
                    name=cells.row.name,
                    relation=cells.was.get("relation"),
                    joined_on=cells.was.get("joined_on"),
                    left_on=local_day(change.made_at),
                    household_id=cells.row.household_id,
                )


def merged_files(work: Work, household: Household) -> Iterator[MergedFile]:
    """Yield the files that were merged into a household, and those merged into them."""
    found = select(Household).where(Household.merged_into_id == household.id)
    for given_up in work.session.scalars(found.order_by(Household.id)).all():
        yield MergedFile(household_id=given_up.id, file_number=given_up.file_number or "")
        yield from merged_files(work, given_up)


def subjects_of(work: Work, household_id: int) -> list[str]:
    """Return what the trail calls a household and those that went into it or that it came from:
    who made a file there made what stands here."""
    household = work.load(Household, household_id)
    ids = [household.id, *(each.household_id for each in merged_files(work, household))]
    changes = select(HouseholdChange.household_id).where(HouseholdChange.other_id.in_(ids))
    return [f"household/{id_}" for id_ in {*ids, *work.session.scalars(changes)}]
