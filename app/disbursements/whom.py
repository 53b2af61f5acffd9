"""Whom a row of a list means today: files are merged and people move after they were put on it."""

import msgspec

from app.disbursements.rosters import Entry
from app.households.standing import standing
from app.work import Work
from db.models.households import Member

Whom = tuple[int | None, int | None]
"""A household as a whole, or a person wherever they live by now; the other one is `None`."""


def whom(household_id: int | None, member_id: int | None) -> Whom:
    """Return whom an award or a row is for; two with the same one mean the same people."""
    return (None, member_id) if member_id is not None else (household_id, None)


def as_it_stands(work: Work, row: Entry) -> Entry:
    """Return a row with its household, and its person, as they stand now."""
    home = row.household
    if row.member is not None:
        person = work.load(Member, row.member)
        while person.merged_into_id is not None:
            person = work.load(Member, person.merged_into_id)
        row, home = msgspec.structs.replace(row, member=person.id), person.household_id
    if home is None:
        return row
    return msgspec.structs.replace(row, household=standing(work, home).id)
