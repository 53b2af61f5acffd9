"""Commands about stores: ``init``, ``demo create``, ``staff``, ``check``."""

import argparse
import getpass
import os
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.output import DONE, REFUSED, complain, give, say, table
from app.core.errors import AppError
from app.core.i18n import N_, _
from app.core.words.staff import Role

if TYPE_CHECKING:
    from app.office import Office
    from app.work import Actor


class BadStaffFile(AppError):
    """The staff file is not as described in the exchange formats."""

    says = N_("{file}: {problem}. Each person needs user, name and roles, as in the manual.")


class NoStore(AppError):
    """Nobody said which store."""

    says = N_("Which store? Give --store PATH, or choose one in the desk first.")


def open_here(chosen: argparse.Namespace) -> "tuple[Office, Actor]":
    """Open the store of ``--store`` or of this workstation, signed in.

    User and password are asked for, or taken from BANGFU_USER and BANGFU_PASSWORD.
    """
    from app.entrance import open_store  # noqa: PLC0415 - loads the database library
    from app.settings import read_settings  # noqa: PLC0415 - only when a store is needed

    path = chosen.store or read_settings().store
    if not path:
        raise NoStore
    user = os.environ.get("BANGFU_USER") or input(_("User name: "))
    password = os.environ.get("BANGFU_PASSWORD") or getpass.getpass(_("Password: "))
    return open_store(Path(path), user, password)


def init_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``init``."""
    part.add_argument("path", type=Path, help=_("where the store shall be"))
    part.add_argument("--center", required=True, help=_("name of the center"))
    part.add_argument("--union", default="", help=_("the trade union above it"))
    part.add_argument("--staff", type=Path, required=True, help=_("TOML file with the staff"))


def init(chosen: argparse.Namespace) -> int:
    """Make a new real store; first passwords are asked for or read from standard input."""
    from app.center.records import CenterForm  # noqa: PLC0415 - on first use
    from app.entrance import make_store  # noqa: PLC0415 - loads the database library

    staff = read_staff(chosen.staff)
    center = CenterForm(name=chosen.center, union_name=chosen.union)
    recovery_key = make_store(chosen.path, center, staff)
    say(
        _("Made {path}.").format(path=chosen.path),
        _("Recovery key, shown only now: print it twice and seal it:"),
        recovery_key,
    )
    return DONE


def read_staff(path: Path) -> list[Any]:
    """Read a staff file and the first passwords; raise `BadStaffFile`."""
    from app.staff.records import StaffForm  # noqa: PLC0415 - on first use

    try:
        people = tomllib.loads(path.read_text(encoding="utf-8"))["staff"]
        named = [
            (str(row["user"]), str(row["name"]), tuple(Role(role) for role in row["roles"]))
            for row in people
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadStaffFile(file=path.name, problem=error) from None
    return [
        StaffForm(user=user, name=name, roles=roles, password=_first_password(user))
        for user, name, roles in named
    ]


def _first_password(user: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(_("First password of {user}: ").format(user=user))
    return sys.stdin.readline().rstrip("\n")


def demo_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``demo create``."""
    acts = part.add_subparsers(dest="act", required=True, metavar="create")
    create = acts.add_parser("create", help=_("make a demonstration center"))
    create.add_argument("path", type=Path)
    create.add_argument("--households", type=int, default=None, metavar="N")
    create.add_argument("--seed", type=int, default=None, metavar="S")


def demo(chosen: argparse.Namespace) -> int:
    """Make a demonstration center: the same seed gives the same data."""
    from app.demo import center  # noqa: PLC0415 - loads the database library

    households = center.HOUSEHOLDS if chosen.households is None else chosen.households
    seed = center.SEED if chosen.seed is None else chosen.seed
    center.create(chosen.path, households=households, seed=seed)
    say(
        _("Made {path} with {count} invented households.").format(
            path=chosen.path, count=households
        ),
        _("Sign in as {users}, each with the password {password}.").format(
            users="、".join(user for user, _name, _role in center.STAFF),
            password=center.PASSWORD,
        ),
    )
    return DONE


def staff_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``staff``."""
    acts = part.add_subparsers(dest="act", required=True, metavar="list|add|roles|leave|password")
    acts.add_parser("list", help=_("list the accounts")).add_argument("--json", action="store_true")
    add = acts.add_parser("add", help=_("add a person; the first password is asked for"))
    add.add_argument("user")
    add.add_argument("--name", required=True)
    add.add_argument("--role", dest="roles", action="append", required=True, choices=list(Role))
    roles = acts.add_parser("roles", help=_("give a person other roles"))
    roles.add_argument("user")
    roles.add_argument("--role", dest="roles", action="append", required=True, choices=list(Role))
    for name, says in (
        ("leave", N_("note that a person left")),
        ("return", N_("note that a person came back")),
        ("password", N_("give a person a new password")),
    ):
        acts.add_parser(name, help=_(says)).add_argument("user")


def staff(chosen: argparse.Namespace) -> int:
    """Keep the accounts of a store."""
    from app.core.record import Nothing  # noqa: PLC0415 - on first use
    from app.staff.actions import change_staff  # noqa: PLC0415 - loads the database library
    from app.staff.queries import staff_rows  # noqa: PLC0415 - loads the database library
    from app.staff.records import (  # noqa: PLC0415 - on first use
        PasswordForm,
        StaffChange,
        StaffForm,
    )

    office, actor = open_here(chosen)
    try:
        if chosen.act == "add":
            roles = tuple(Role(role) for role in chosen.roles)
            password = _first_password(chosen.user)
            form = StaffForm(user=chosen.user, name=chosen.name, roles=roles, password=password)
            office.add_staff(actor, form)
            return DONE
        if chosen.act == "password":
            form = PasswordForm(user=chosen.user, password=_first_password(chosen.user))
            office.change_password(actor, form)
            return DONE
        rows = office.ask(actor, staff_rows, Nothing())
        if chosen.act == "list":
            _list_staff(rows, as_json=chosen.json)
            return DONE
        row = next((row for row in rows if row.user == chosen.user), None)
        if row is None:
            complain(_("There is nobody of that user name: {user}").format(user=chosen.user))
            return REFUSED
        change = StaffChange(
            id=row.id,
            version=row.version,
            name=row.name,
            roles=tuple(Role(role) for role in chosen.roles)
            if chosen.act == "roles"
            else row.roles,
            active=row.active if chosen.act == "roles" else chosen.act == "return",
        )
        office.perform(actor, change_staff, change)
        return DONE
    finally:
        office.close()


def _list_staff(rows: list[Any], *, as_json: bool) -> None:
    if as_json:
        give(
            [
                {
                    "user": row.user,
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
            "、".join(role.label for role in row.roles),
            _("works here") if row.active else _("left"),
            row.since.isoformat(),
        )
        for row in rows
    ]
    say(*table(cells, (_("User name"), _("Name"), _("Roles"), _("State"), _("Since"))))


def check_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``check``."""
    part.add_argument("path", type=Path, nargs="?", help=_("the store; else that of --store"))
    part.add_argument("--json", action="store_true")


def check(chosen: argparse.Namespace) -> int:
    """Check a store and name every row that is not as it was written."""
    from app.core.record import Nothing  # noqa: PLC0415 - on first use
    from app.reports.queries import check_store  # noqa: PLC0415 - loads the database library

    chosen.store = chosen.path or chosen.store
    office, actor = open_here(chosen)
    try:
        report = office.ask(actor, check_store, Nothing())
    finally:
        office.close()
    if chosen.json:
        give(
            report.parts
            | {
                "findings": [
                    {"part": item.part, "row": item.row, "says": item.says}
                    for item in report.findings
                ],
                "acts": report.rows,
                "last_hash": report.last_hash,
                "checked_on": date.today().isoformat(),  # noqa: DTZ011 - the local day
            }
        )
    else:
        say(*(f"{part:12} {verdict}" for part, verdict in report.parts.items()))
        say(*(f"{item.part}: {item.row} {item.says}" for item in report.findings))
    return REFUSED if report.findings else DONE
