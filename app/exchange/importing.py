"""The verbs of an import: an archive becomes files, as one batch that can be undone."""

from collections.abc import Iterator
from itertools import count
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Select, func, or_, select

from app.center.store import the_center
from app.core.columns import Columns
from app.core.i18n import N_, _
from app.core.words.households import FileState
from app.core.words.imports import ImportKind, ImportState
from app.core.words.loans import LoanState
from app.core.words.placements import PlacementState
from app.exchange.importing_completing import Completed, complete, take_back
from app.exchange.importing_records import Imported, ImportForm, Prepared, UndoForm
from app.exchange.importing_rules import (
    FileGone,
    ImportHasErrors,
    ImportTouched,
    ImportUndone,
    NoSuchImport,
    NothingToImport,
    NumberInUse,
)
from app.exchange.loans_importing import refuse_touched_loans, take_loans_out
from app.exchange.placements_importing import refuse_touched_placements, take_placements_out
from app.exchange.register_store import new_batch, parts_of
from app.exchange.relief_importing import take_out
from app.households.moving import WORDS, pointers
from app.households.numbers import file_number, own_number
from app.work import Permission, Topic, Work, action
from db.models.households import Household, Member, SearchKey
from db.models.imports import ImportBatch
from db.models.loans import Loan
from db.models.numbers import NumberSeries
from db.models.placements import Placement
from db.models.relief import Relief, ReliefPerson

SERIES: Final = "file"


@action(needs=Permission.IMPORT_ARCHIVE, changes={Topic.IMPORTS, Topic.HOUSEHOLDS, Topic.CASES})
def import_archive(work: Work, form: ImportForm) -> Imported:
    """Take the households of an old archive in, as one import that can be undone.

    Raises `ImportHasErrors` unless what is wrong may be left out, `NothingToImport`,
    `PersonOnFile` or `NumberInUse` for what was taken since the workbook was read, `FileGone`.
    """
    prepared = form.prepared
    if prepared.errors and not form.skip_bad:
        raise ImportHasErrors(count=prepared.errors)
    if not prepared.households.count and not prepared.completing:
        raise NothingToImport
    _refuse_used(work, prepared)
    completed = list(_complete(work, prepared))
    first = work.next_id(Household)
    numbers = _number_files(work, prepared)
    batch = new_batch(
        work,
        ImportKind.ARCHIVE,
        form,
        rows=prepared.rows,
        left_out=prepared.left_out,
        households=prepared.households.count,
        members=prepared.members.count,
        merged=len(completed),
        numbers=numbers,
        completed=msgspec.to_builtins(completed),
    )
    _write(work, prepared, batch.id, first)
    return Imported(
        id=batch.id,
        number=batch.number,
        households=batch.households,
        members=batch.members,
        merged=batch.merged,
        left_out=batch.left_out,
    )


def _refuse_used(work: Work, prepared: Prepared) -> None:
    """Raise `NumberInUse` for a file number that somebody got since the workbook was read."""
    numbers = [number for number in prepared.households.each.get("file_number", ()) if number]
    for part in parts_of(numbers):
        used = select(Household.id).where(Household.file_number.in_(part)).limit(1)
        if work.session.scalar(used) is not None:
            raise NumberInUse


def _complete(work: Work, prepared: Prepared) -> Iterator[Completed]:
    for household in prepared.completing:
        done = complete(work, household)
        if done is None:
            raise FileGone(name=household.name)
        yield done


def _number_files(work: Work, prepared: Prepared) -> dict[str, dict[str, int]]:
    """Give new numbers to the files without one, above those that the archive brings of the
    center's own series; return what became of the series of this year."""
    year, prefix = work.today.year, the_center(work.session).number_prefix
    column = prepared.households.each["file_number"]
    brought = [own_number(prefix, year, number) or 0 for number in column if number]
    told = {"passed": 0, "drawn": len(prepared.unnumbered)}
    highest = max(brought, default=0)
    series = work.session.get(NumberSeries, (SERIES, year))
    behind = highest - (series.last if series else 0)
    if behind > 0:
        told["passed"] = behind
        work.next_numbers(SERIES, behind)
    if prepared.unnumbered:
        first = work.next_numbers(SERIES, len(prepared.unnumbered))
        for number, place in zip(count(first), prepared.unnumbered, strict=False):
            column[place] = file_number(prefix, year, number)
    return {str(year): told} if any(told.values()) else {}


def _write(work: Work, prepared: Prepared, batch_id: int, first: int) -> None:
    """Write the rows in bulk."""
    new, people = prepared.households, prepared.members
    member = work.next_id(Member)
    ids = list(range(first, first + new.count))
    same = {**new.same, "import_batch_id": batch_id}
    work.insert_many(Household, Columns(new.count, {"id": ids, **new.each}, same).settled())
    each: dict[str, list[Any]] = {
        **people.each,
        "id": list(range(member, member + people.count)),
        "household_id": [first + place for place in people.each["household_id"]],
    }
    work.insert_many(Member, Columns(people.count, each, {**people.same}).settled())
    keys: dict[str, list[Any]] = {
        "key": [key for key, _place in prepared.keys],
        "member_id": [member + place for _key, place in prepared.keys],
    }
    work.insert_many(SearchKey, Columns(len(prepared.keys), keys))


@action(
    needs=Permission.IMPORT_ARCHIVE,
    changes={
        Topic.IMPORTS,
        Topic.HOUSEHOLDS,
        Topic.CASES,
        Topic.FUNDS,
        Topic.LOANS,
        Topic.JOBS,
    },
)
def undo_import(work: Work, form: UndoForm) -> None:
    """Withdraw what an import wrote: its files leave the archive, its payments the relief book.

    The numbers of the files are void, their people free for other files. Raises `NoSuchImport`,
    `ImportUndone`, and `ImportTouched` when a later act rests on a file.
    """
    batch = work.session.scalar(
        select(ImportBatch).where(ImportBatch.number == form.number.strip())
    )
    if batch is None:
        raise NoSuchImport(what=form.number.strip())
    if batch.state is ImportState.UNDONE:
        raise ImportUndone(number=batch.number)
    work.subject = f"import_batch/{batch.id}"
    if batch.kind is ImportKind.ARCHIVE:
        _refuse_touched(work, batch)
    elif batch.kind is ImportKind.LOANS:
        refuse_touched_loans(work, batch)
    elif batch.kind is ImportKind.PLACEMENTS:
        refuse_touched_placements(work, batch)
    batch.state = ImportState.UNDONE
    batch.undone_by, batch.undone_at = work.actor.id, work.now
    batch.reason = form.reason.strip()
    work.session.flush()
    if batch.kind is ImportKind.RELIEF:
        take_out(work, batch)
    elif batch.kind is ImportKind.LOANS:
        take_loans_out(work, batch)
    elif batch.kind is ImportKind.PLACEMENTS:
        take_placements_out(work, batch)
    else:
        _withdraw(work, batch)
    work.session.expire_all()


def _withdraw(work: Work, batch: ImportBatch) -> None:
    """Withdraw the files of an archive, and give back what completed ones held."""
    for done in reversed(msgspec.convert(batch.completed, list[Completed])):
        take_back(work, done)
    mine = Household.import_batch_id == batch.id
    if batch.households:
        first, last = _range(work, select(func.min(Household.id), func.max(Household.id)), mine)
        people = select(func.min(Member.id), func.max(Member.id)).join(Household)
        first_member, last_member = _range(work, people, mine)
        work.change_many(Member, first_member, last_member, {"active": False})
        withdrawn = {"file_state": FileState.WITHDRAWN, "file_number": None}
        work.change_many(Household, first, last, withdrawn, {"voided_number": "file_number"})


def _range(work: Work, ends: Select[int, int], mine: ColumnElement[bool]) -> tuple[int, int]:
    found = work.session.execute(ends.where(mine)).one()
    return found[0], found[1]


def _refuse_touched(work: Work, batch: ImportBatch) -> None:
    """Raise `ImportTouched` when something came after: a change, an application, a document …"""
    mine = select(Household.id).where(Household.import_batch_id == batch.id)
    changed = (
        select(Household)
        .join(Member)
        .where(
            Household.import_batch_id == batch.id,
            or_(Household.version > 1, Member.version > 1),
        )
    )
    if household := work.session.scalar(changed.limit(1)):
        raise _touched(household, N_("The household"))
    people = select(Member.id).where(Member.household_id.in_(mine))
    for table, ids in (("household", mine), ("member", people)):
        for model, column in pointers(table):
            if (model is Member and column == "household_id") or model is ReliefPerson:
                continue
            pointing = select(model).where(getattr(model, column).in_(ids))
            if model is Relief:  # of an import that was undone itself, nothing is left
                pointing = pointing.where(Relief.counted)
            elif model is Placement:
                pointing = pointing.where(Placement.state != PlacementState.TAKEN_BACK)
            elif model is Loan:
                pointing = pointing.where(
                    or_(Loan.import_batch_id.is_(None), Loan.state != LoanState.WITHDRAWN)
                )
            if found := work.session.scalar(pointing.limit(1)):
                key = getattr(found, column)
                home = work.load(Household if table == "household" else Member, key)
                household = home if isinstance(home, Household) else home.household
                raise _touched(household, WORDS.get(model.__tablename__, N_("Something")))
    joined = work.session.scalar(select(func.count(Member.id)).where(Member.household_id.in_(mine)))
    if joined != batch.members:
        later = select(Household).where(Household.import_batch_id == batch.id).join(Member)
        newest = work.session.scalar(later.order_by(Member.id.desc()).limit(1))
        if newest is not None:
            raise _touched(newest, N_("A person"))


def _touched(household: Household, what: str) -> ImportTouched:
    head = next((each for each in household.members if each.position == 1), None)
    return ImportTouched(
        name=head.name if head else "?",
        file=household.file_number or _("no file number yet"),
        what=_(what),
    )
