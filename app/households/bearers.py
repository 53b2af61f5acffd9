"""Who bears an ID number in the files that count, and which file somebody means."""

from collections.abc import Sequence

from sqlalchemy import select

from app.core.resident_id import normalise_id
from app.households.rules import OneOfTheOthers
from app.households.standing import living
from app.households.store import OPEN, people_of
from app.work import Work
from db.models.households import Household, Member


def people_called(work: Work, id_number: str) -> Sequence[Member]:
    """Return who bears an ID number in a file that counts, those of open files first."""
    return work.session.scalars(
        select(Member)
        .join(Household, Household.id == Member.household_id)
        .where(
            Member.id_number == normalise_id(id_number),
            Member.left_on.is_(None),
            Member.merged_into_id.is_(None),
            Household.merged_into_id.is_(None),
        )
        .order_by(Household.file_state.in_(OPEN).desc(), Member.id.desc())
    ).all()


def person_meant(
    work: Work, id_number: str, household_id: int | None, member_id: int | None
) -> tuple[int | None, int | None]:
    """Return the household and the member that a form means, found by ID number where it names
    none. Raises `OneOfTheOthers`, and as `living` does.
    """
    if household_id is None:
        found = people_called(work, id_number)
        return (found[0].household_id, found[0].id) if found else (None, None)
    household = living(work, household_id)
    people = {member.id: member for member in people_of(household)}
    if member_id is not None and member_id not in people:
        raise OneOfTheOthers()
    if member_id is None:
        number = normalise_id(id_number)
        same = [member.id for member in people.values() if member.id_number == number]
        return household.id, same[0] if same else None
    return household.id, member_id
