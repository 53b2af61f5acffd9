"""What can be asked about staff."""

from sqlalchemy import select

from app.core.record import Nothing
from app.core.words.staff import Role
from app.staff.records import StaffRow
from app.work import Permission, Work, query
from db.models.staff import Staff


@query(needs=Permission.READ_STAFF)
def staff_rows(work: Work, _: Nothing) -> list[StaffRow]:
    """List all staff, those who work here first."""
    people = work.session.scalars(select(Staff).order_by(Staff.active.desc(), Staff.user))
    return [
        StaffRow(
            id=person.id,
            version=person.version,
            name=person.name,
            user=person.user,
            roles=tuple(Role(role) for role in person.roles),
            active=person.active,
            since=person.since,
        )
        for person in people
    ]
