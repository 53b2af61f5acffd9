"""The verbs that change the staff list. Passwords and keys are the office's (`app.office`)."""

from sqlalchemy import select

from app.core.errors import NotFound
from app.core.words.staff import Role
from app.staff.records import ByUser, StaffChange, StaffForm
from app.staff.rules import LastAdministrator, UserTaken, check_roles, check_user_name
from app.work import Permission, Topic, Work, action
from db.models.staff import Staff


@action(needs=Permission.KEEP_STAFF, changes={Topic.STAFF})
def add_staff(work: Work, form: StaffForm) -> int:
    """Take a person into the staff list."""
    check_user_name(form.user)
    check_roles(form.roles)
    if work.session.scalar(select(Staff.id).where(Staff.user == form.user)):
        raise UserTaken(user=form.user)
    person = Staff(
        user=form.user,
        name=form.name,
        roles=sorted(role.value for role in form.roles),
        active=True,
        since=work.today,
    )
    return work.add(person).id


@action(needs=Permission.KEEP_STAFF, changes={Topic.STAFF})
def change_staff(work: Work, form: StaffChange) -> None:
    """Change a person's name or roles, or note that they left or came back."""
    check_roles(form.roles)
    person = work.load(Staff, form.id, form.version)
    keeps = form.active and Role.ADMINISTRATOR in form.roles
    if not keeps and _administrators(work) == [person.id]:
        raise LastAdministrator(name=person.name)
    person.name = form.name
    person.roles = sorted(role.value for role in form.roles)
    person.active = form.active
    if not person.active:
        work.leavers.append(person.user)


@action(needs=Permission.KEEP_STAFF, changes={Topic.STAFF})
def note_new_password(work: Work, form: ByUser) -> None:
    """Note in the trail that a person who works here got a new password."""
    person = work.session.scalars(
        select(Staff).where(Staff.user == form.user, Staff.active)
    ).one_or_none()
    if person is None:
        raise NotFound(what=form.user)
    work.subject = f"staff/{person.id}"


def _administrators(work: Work) -> list[int]:
    people = work.session.scalars(select(Staff).where(Staff.active))
    return [person.id for person in people if Role.ADMINISTRATOR in person.roles]
