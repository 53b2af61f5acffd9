"""The verb that takes past relief into the relief book, and what its undoing does there.

The rows follow no posting: no fund, no balance and no cap is touched. Reports count them.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from app.cases.measures import area_of
from app.core.columns import Columns
from app.core.words.imports import ImportKind
from app.core.words.relief import ReliefItem
from app.exchange.importing_rules import ImportHasErrors
from app.exchange.register_store import change_rows, imported_as, new_batch, parts_of
from app.exchange.relief_records import PreparedRelief, ReliefForm, ReliefImported, Who
from app.exchange.relief_rules import FileImported, FileWithdrawn, NoReliefToImport
from app.reference.relief_items import items
from app.work import Permission, Topic, Work, action
from db.models.households import Household
from db.models.imports import ImportBatch
from db.models.relief import Relief, ReliefPerson


@action(needs=Permission.IMPORT_ARCHIVE, changes={Topic.IMPORTS, Topic.FUNDS})
def import_relief(work: Work, form: ReliefForm) -> ReliefImported:
    """Take past relief into the relief book, as one import that can be undone.

    Raises `ImportHasErrors` unless what is wrong may be left out, `NoReliefToImport`,
    `FileImported` for a workbook that came in before, `FileWithdrawn` for the file of a household
    that is gone since the workbook was read.
    """
    prepared = form.prepared
    if prepared.errors and not form.skip_bad:
        raise ImportHasErrors(count=prepared.errors)
    if not prepared.payments.count:
        raise NoReliefToImport
    if number := imported_as(work, form.digest, ImportKind.RELIEF):
        raise FileImported(number=number)
    _refuse_gone(work, prepared)
    sums = prepared.sums
    batch = new_batch(
        work,
        ImportKind.RELIEF,
        form,
        rows=prepared.rows,
        left_out=prepared.rows - sums.rows,
        households=sums.households,
        members=sums.people,
    )
    _write(work, prepared, batch.id)
    return ReliefImported(
        id=batch.id,
        number=batch.number,
        payments=sums.rows,
        fen=sums.fen,
        people=sums.people,
        households=sums.households,
        without_file=sums.without_file,
        left_out=batch.left_out,
    )


def _refuse_gone(work: Work, prepared: PreparedRelief) -> None:
    """Raise `FileWithdrawn` for a file that lost its number since the workbook was read."""
    homes = {home for home in prepared.payments.each["household_id"] if home is not None}
    for part in parts_of(homes):
        filed = select(Household.id).where(
            Household.id.in_(part), Household.file_number.is_not(None)
        )
        if gone := set(part) - set(work.session.scalars(filed)):
            name = next(name for _who, name, home in prepared.people if home in gone)
            raise FileWithdrawn(name=name)


def _write(work: Work, prepared: PreparedRelief, batch_id: int) -> None:
    """Write the people who are new to the book, and the payments, in bulk."""
    known = known_people(work, [who for who, _name, _home in prepared.people])
    fresh = [each for each in prepared.people if each[0] not in known]
    first = work.next_id(ReliefPerson)
    ids = list(range(first, first + len(fresh)))
    new: dict[str, list[Any]] = {
        "id": ids,
        "id_number": [who.id_number for who, _name, _home in fresh],
        "name": [name for _who, name, _home in fresh],
        "household_id": [home for _who, _name, home in fresh],
    }
    work.insert_many(ReliefPerson, Columns(len(fresh), new))
    known |= {who: key for key, (who, _name, _home) in zip(ids, fresh, strict=True)}
    keys = [known[who] for who, _name, _home in prepared.people]
    payments = prepared.payments
    start = work.next_id(Relief)
    areas = _areas(work)
    each: dict[str, list[Any]] = {
        **payments.each,
        "id": list(range(start, start + payments.count)),
        "person_id": [keys[place] for place in payments.each["person_id"]],
        "area": [areas[item] for item in payments.each["item"]],
    }
    same = {**payments.same, "import_batch_id": batch_id}
    work.insert_many(Relief, Columns(payments.count, each, same).settled())


def _areas(work: Work) -> Mapping[ReliefItem, str | None]:
    """Return the area of the policy that each item belongs to, by its first measure."""
    found: dict[ReliefItem, str | None] = dict.fromkeys(ReliefItem)
    for measure, item in items().by_measure.items():
        found[item] = found[item] or area_of(measure, work.today)
    return found


def known_people(work: Work, people: Collection[Who]) -> dict[Who, int]:
    """Return those of the people who are in the relief book, each with the id of the row there."""
    found: dict[Who, int] = {}
    for part in parts_of([who.id_number for who in people if who.id_number]):
        rows = work.session.execute(
            select(ReliefPerson.id_number, ReliefPerson.id)
            .where(ReliefPerson.id_number.in_(part))
            .order_by(ReliefPerson.id.desc())
        )
        found.update((Who(number), key) for number, key in rows)
    if any(not who.id_number for who in people):
        rows = work.session.execute(
            select(ReliefPerson.name, ReliefPerson.household_id, ReliefPerson.id)
            .where(ReliefPerson.id_number == "")
            .order_by(ReliefPerson.id.desc())
        )
        wanted = set(people)
        found.update(
            (who, key) for name, home, key in rows if (who := Who("", name, home)) in wanted
        )
    return found


def take_out(work: Work, batch: ImportBatch) -> None:
    """Let the payments of an undone import count no more."""
    change_rows(work, Relief, batch, {"counted": False})
