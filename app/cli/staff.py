"""Command ``staff``: the accounts of a store, and the staff file of a new one."""

import argparse
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from app.cli.arguments import add_json
from app.cli.output import DONE, give, say, table
from app.cli.stores import open_here
from app.core.errors import AppError, NotFound
from app.core.i18n import N_, _
from app.core.words.staff import Role

if TYPE_CHECKING:
    from app.office import Office
    from app.staff.records import StaffForm, StaffRow
    from app.work import Actor

ROLES: Final = [role.value for role in Role]


class BadStaffFile(AppError):
    """The staff file is not as described in the exchange formats."""

    says = N_("{file}, person {place}: {problem}. Nothing was made.")


class NoAdministrator(AppError):
    """Nobody in the staff file could keep staff."""

    says = N_("{file}: nobody has the role “administrator”. Nothing was made.")


class PasswordsDiffer(AppError):
    """The password was typed in two ways."""

    says = N_("The two passwords differ. Nothing was changed.")


class NoPassword(AppError):
    """Standard input ended before everybody had a password."""

    says = N_(
        "There is no password for {user}. Nothing was changed: type it, or give one line for each "
        "person on standard input."
    )


def read_staff(path: Path) -> "list[StaffForm]":
    """Read the staff file of a new center, and the first passwords, which it never holds.

    Raises `BadStaffFile`, `NoAdministrator`, or a `DocumentProblem` for what is no TOML.
    """
    from app.policy.documents import read_toml  # noqa: PLC0415 - on first use
    from app.staff.records import StaffForm  # noqa: PLC0415 - on first use

    people: Any = read_toml(path).get("staff")
    if not isinstance(people, list) or not people:
        raise BadStaffFile(file=path.name, place=1, problem=_("there is no [[staff]]"))
    listed = [
        _person(path.name, place, person)
        for place, person in enumerate(cast("list[object]", people), start=1)
    ]
    if not any(Role.ADMINISTRATOR in roles for _user, _name, roles in listed):
        raise NoAdministrator(file=path.name)
    return [
        StaffForm(user=user, name=name, roles=roles, password=_new_password(user))
        for user, name, roles in listed
    ]


def _person(file: str, place: int, raw: object) -> tuple[str, str, tuple[Role, ...]]:
    """Read one entry of the staff file: user, name, roles."""
    entry = cast("dict[str, Any]", raw) if isinstance(raw, dict) else {}
    user, name, words = entry.get("user"), entry.get("name"), entry.get("roles")
    roles = cast("list[object]", words) if isinstance(words, list) else []
    if set(entry) != {"user", "name", "roles"}:
        problem = _("exactly user, name and roles are needed")
    elif not isinstance(user, str) or not isinstance(name, str):
        problem = _("user and name must be texts")
    elif not roles or not all(role in ROLES for role in roles):
        problem = _("roles must be a list of: {roles}").format(roles=_(", ").join(ROLES))
    else:
        return user, name, tuple(Role(role) for role in roles)
    raise BadStaffFile(file=file, place=place, problem=problem)


def _new_password(user: str) -> str:
    """Ask for a new password twice, or read it as one line of standard input."""
    if not sys.stdin.isatty():
        if not (line := sys.stdin.readline().rstrip("\r\n")):
            raise NoPassword(user=user)
        return line
    password = getpass.getpass(_("New password of {user}: ").format(user=user))
    if getpass.getpass(_("Once more: ")) != password:
        raise PasswordsDiffer
    return password


def staff_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``staff``."""
    acts = part.add_subparsers(
        dest="act", required=True, metavar="list|add|roles|leave|return|password"
    )
    add_json(acts.add_parser("list", help=_("list the accounts")))
    add = _about_one(acts, "add", _("add a person; the first password is asked for"))
    add.add_argument("--name", required=True, metavar="NAME", help=_("as it stands on papers"))
    roles = _about_one(acts, "roles", _("give a person other roles"))
    for each in (add, roles):
        each.add_argument(
            "--role",
            dest="roles",
            action="append",
            required=True,
            choices=ROLES,
            help=_("may be given several times"),
        )
    _about_one(acts, "leave", _("note that a person left; the password opens nothing any more"))
    _about_one(acts, "return", _("note that a person came back; a new password is asked for"))
    _about_one(acts, "password", _("give a person a new password"))


def _about_one(acts: Any, name: str, says: str) -> argparse.ArgumentParser:
    part: argparse.ArgumentParser = acts.add_parser(name, help=says, description=says)
    part.add_argument("user", metavar="USER", help=_("the user name"))
    return part


def staff(chosen: argparse.Namespace) -> int:
    """Keep the accounts of a store."""
    office, actor = open_here(chosen)
    try:
        if chosen.act == "list":
            _list(office, actor, as_json=chosen.json)
        elif chosen.act == "add":
            _add(office, actor, chosen)
        elif chosen.act == "password":
            _password(office, actor, chosen.user)
        else:
            _change(office, actor, chosen)
    finally:
        office.close()
    return DONE


def _list(office: "Office", actor: "Actor", *, as_json: bool) -> None:
    rows = _rows(office, actor)
    if as_json:
        give(
            [
                {
                    "user": row.user,
                    "name": row.name,
                    "roles": [role.value for role in row.roles],
                    "active": row.active,
                    "since": row.since.isoformat(),
                }
                for row in rows
            ]
        )
        return
    cells = [
        (
            row.user,
            row.name,
            _(", ").join(role.label for role in row.roles),
            _("works here") if row.active else _("left"),
            row.since.isoformat(),
        )
        for row in rows
    ]
    say(*table(cells, (_("User name"), _("Name"), _("Roles"), _("State"), _("Since"))))


def _add(office: "Office", actor: "Actor", chosen: argparse.Namespace) -> None:
    from app.staff.records import StaffForm  # noqa: PLC0415 - on first use

    form = StaffForm(
        user=chosen.user,
        name=chosen.name,
        roles=tuple(Role(role) for role in chosen.roles),
        password=_new_password(chosen.user),
    )
    office.add_staff(actor, form)
    say(_("{user} can sign in now.").format(user=chosen.user))


def _password(office: "Office", actor: "Actor", user: str) -> None:
    from app.staff.records import PasswordForm  # noqa: PLC0415 - on first use

    office.change_password(actor, PasswordForm(user=user, password=_new_password(user)))
    say(_("{user} has a new password.").format(user=user))


def _change(office: "Office", actor: "Actor", chosen: argparse.Namespace) -> None:
    """Give other roles, or note that a person left or came back."""
    from app.staff.actions import change_staff  # noqa: PLC0415 - loads the database library
    from app.staff.records import StaffChange  # noqa: PLC0415 - on first use

    row = next((row for row in _rows(office, actor) if row.user == chosen.user), None)
    if row is None:
        raise NotFound(what=chosen.user)
    roles, active = row.roles, row.active
    if chosen.act == "roles":
        roles = tuple(Role(role) for role in chosen.roles)
    else:
        active = chosen.act == "return"
    change = StaffChange(id=row.id, version=row.version, name=row.name, roles=roles, active=active)
    office.perform(actor, change_staff, change)
    say(_("{user} is changed.").format(user=chosen.user))
    if chosen.act == "return":
        _password(office, actor, chosen.user)


def _rows(office: "Office", actor: "Actor") -> "list[StaffRow]":
    from app.core.record import Nothing  # noqa: PLC0415 - on first use
    from app.staff.queries import staff_rows  # noqa: PLC0415 - loads the database library

    return office.ask(actor, staff_rows, Nothing())
