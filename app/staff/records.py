"""What is asked and shown about staff."""

from datetime import date
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Day, Flag, Key, Many, Name, Secret, Text
from app.core.record import Record
from app.core.words.staff import Role

UserName = Annotated[
    str,
    Text(label=N_("User name"), hint=N_("Latin letters and digits"), min_length=2, max_length=24),
]
StaffName = Annotated[str, Name(label=N_("Name"))]
Roles = Annotated[tuple[Role, ...], Many(label=N_("Roles"))]
Password = Annotated[
    str, Secret(label=N_("Password"), hint=N_("At least 8 characters"), min_length=8)
]
IsActive = Annotated[bool, Flag(label=N_("Works here"))]


class StaffForm(Record):
    """A new member of staff. The password is never kept, only a key wrapped with it."""

    user: UserName
    name: StaffName
    roles: Roles
    password: Password


class StaffChange(Record):
    """Other roles, or leaving and coming back."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    name: StaffName
    roles: Roles
    active: IsActive


class PasswordForm(Record):
    """A new password for a member of staff, set by the administrator or by that person."""

    user: UserName
    password: Password


class StaffRow(Record):
    """One line of the staff list."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    name: StaffName
    user: UserName
    roles: Roles
    active: IsActive
    since: Annotated[date, Day(label=N_("Since"))]


class ByUser(Record):
    """Names a member of staff by the user name."""

    user: UserName
