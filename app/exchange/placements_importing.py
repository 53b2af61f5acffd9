"""The verbs that take a register of placements in, and what its undoing does.

The placements are those of the past: nobody is registered as a job seeker for them, nothing proves
them yet, no follow-up falls due. They count in reports.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.core.columns import Columns
from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.core.words import Answer
from app.core.words.imports import ImportKind
from app.core.words.placements import PlacementState, Proof
from app.exchange.importing_records import ReadForm
from app.exchange.importing_rules import ImportHasErrors
from app.exchange.placements_reading import read_placements
from app.exchange.placements_records import (
    Placed,
    PlacementLine,
    PlacementRegister,
    PlacementRegisterForm,
    PlacementsImported,
    placed,
)
from app.exchange.register_store import (
    change_rows,
    homes_of,
    imported_as,
    mends_of,
    new_batch,
    parts_of,
)
from app.placements.numbers import Series, number_of
from app.work import Permission, Topic, Work, action, query
from db.models.imports import ImportBatch
from db.models.placements import Placement
from db.models.vacancies import Employer


class NoPlacementsToImport(RuleBroken):
    """No placement of the workbook can be taken in."""

    says = N_("There is no placement to import in the workbook. Nothing was written.")


class PlacementsImportedBefore(RuleBroken):
    """The same file came in before: its placements would count twice."""

    says = N_(
        "This file came in as import {number} already; its placements would count twice. Nothing "
        "was written; undo that import first if it was wrong."
    )


class PlacementsTouched(RuleBroken):
    """A placement of the import was worked with since, so it cannot be taken out again."""

    says = N_(
        "Placement {number} of this import was worked with since; the import stays. Mend the "
        "placement itself."
    )


@query(needs=Permission.IMPORT_ARCHIVE)
def read_placement_register(work: Work, asked: ReadForm) -> PlacementRegister:
    """Read and check a register of placements against those kept here; nothing is written."""
    return read_placements(
        asked.book,
        today=work.today,
        known=lambda numbers: _known(work, numbers),
        mends=mends_of(work, asked, ImportKind.PLACEMENTS),
        tick=asked.tick,
    )


@action(needs=Permission.IMPORT_ARCHIVE, changes={Topic.IMPORTS, Topic.JOBS})
def import_placements(work: Work, form: PlacementRegisterForm) -> PlacementsImported:
    """Take a register of placements in, as one import that can be undone.

    Raises `ImportHasErrors` unless what is wrong may be left out, `NoPlacementsToImport`,
    `PlacementsImportedBefore` for a file that came in before.
    """
    register = form.register
    if register.errors and not form.skip_bad:
        raise ImportHasErrors(count=register.errors)
    sound = list(register.sound())
    known = _known(work, {line.id_number for line in sound})
    lines = [line for line in sound if known.keys().isdisjoint(line.keys)]
    if not lines:
        raise NoPlacementsToImport
    if number := imported_as(work, form.digest, ImportKind.PLACEMENTS):
        raise PlacementsImportedBefore(number=number)
    left_out = register.rows - len(lines)
    batch = new_batch(work, ImportKind.PLACEMENTS, form, rows=register.rows, left_out=left_out)
    columns = _columns(work, lines, batch.id)
    work.insert_many(Placement, columns.settled())
    return PlacementsImported(
        id=batch.id,
        number=batch.number,
        placements=len(lines),
        people=len({line.id_number for line in lines}),
        on_file=sum(home is not None for home in columns.each["household_id"]),
        left_out=batch.left_out,
    )


def refuse_touched_placements(work: Work, batch: ImportBatch) -> None:
    """Raise `PlacementsTouched` when a placement of the import was worked with since."""
    touched = select(Placement.number).where(
        Placement.import_batch_id == batch.id, Placement.version > 1
    )
    if number := work.session.scalar(touched.limit(1)):
        raise PlacementsTouched(number=number)


def take_placements_out(work: Work, batch: ImportBatch) -> None:
    """Let the placements of an undone import count no more; they stay, as entered in error."""
    taken_back = {"state": PlacementState.TAKEN_BACK, "end_reason": batch.reason}
    change_rows(work, Placement, batch, taken_back)


def _known(work: Work, numbers: Collection[str]) -> Mapping[Placed, str]:
    """Return the placements of people that are kept here."""
    found: dict[Placed, str] = {}
    for part in parts_of(numbers):
        rows = work.session.execute(
            select(
                Placement.number,
                Placement.id_number,
                Placement.employer_name,
                Placement.started_on,
            ).where(Placement.state != PlacementState.TAKEN_BACK, Placement.id_number.in_(part))
        )
        found.update((placed(person, at, day), number) for number, person, at, day in rows)
    return found


def _employers(work: Work, names: Collection[str]) -> Mapping[str, int]:
    """Return the employers that are kept here under exactly these names, each name of one alone."""
    found: dict[str, set[int]] = {}
    for part in parts_of(names):
        rows = work.session.execute(
            select(Employer.name, Employer.id).where(Employer.name.in_(part))
        )
        for name, key in rows:
            found.setdefault(name, set()).add(key)
    return {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}


def _columns(work: Work, lines: Sequence[PlacementLine], batch_id: int) -> Columns:
    """Return the rows of the placements, linked to files and employers that are kept here."""
    homes = homes_of(work, {line.id_number for line in lines})
    employers = _employers(work, {line.employer for line in lines})
    linked = [homes.get(line.id_number, (None, None, None)) for line in lines]
    number = work.next_numbers(Series.PLACEMENT.name.lower(), len(lines))
    first, year, count = work.next_id(Placement), work.today.year, len(lines)
    each: dict[str, list[Any]] = {
        "id": list(range(first, first + count)),
        "number": [number_of(Series.PLACEMENT, year, number + at) for at in range(count)],
        "household_id": [household for household, _member, _district in linked],
        "member_id": [member for _household, member, _district in linked],
        "district": [district for _household, _member, district in linked],
        "employer_id": [employers.get(line.employer) for line in lines],
        "name": [line.name for line in lines],
        "id_number": [line.id_number for line in lines],
        "person_kind": [line.person_kind for line in lines],
        "employer_name": [line.employer for line in lines],
        "occupation": [line.occupation for line in lines],
        "started_on": [line.started_on for line in lines],
        "wage": [line.wage for line in lines],
        "contract_months": [line.contract_months for line in lines],
        "free_of_charge": [line.free or Answer.NOT_ASKED for line in lines],
        "note": [line.note for line in lines],
    }
    same: dict[str, Any] = {
        "state": PlacementState.WORKING,
        "job_seeker_id": None,
        "job_referral_id": None,
        "vacancy_id": None,
        "public_welfare": False,
        "ends_on": None,
        "proof": Proof.NOT_SHOWN,
        "proof_words": "",
        "insured_from": None,
        "proved_on": None,
        "left_on": None,
        "end_reason": "",
        "next_follow_up_on": None,
        "next_follow_up_month": None,
        "import_batch_id": batch_id,
        "entered_by": work.actor.id,
        "entered_at": work.now,
    }
    return Columns(count, each, same)
