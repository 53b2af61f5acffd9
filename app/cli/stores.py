"""Commands about whole stores: ``init``, ``demo create``, ``check``."""

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.audit.records import PARTS, CheckReport
from app.cli.arguments import add_json
from app.cli.output import DONE, REFUSED, give, say, table
from app.core.clock import SystemClock
from app.core.errors import AppError, StoreTrouble
from app.core.i18n import N_, _

if TYPE_CHECKING:
    from app.office import Office
    from app.work import Actor


class NoStore(AppError):
    """Nobody said which store."""

    says = N_("Which store? Give --store PATH, or choose one in the desk first.")


class NobodyToAsk(AppError):
    """User and password are needed and there is no keyboard to type them."""

    says = N_("User name and password are needed: set BANGFU_USER and BANGFU_PASSWORD.")


class WrongSignIn(AppError):
    """The user or the password is not right; which of the two is not said."""

    says = N_("The user name or the password is not right.")


def open_here(chosen: argparse.Namespace) -> "tuple[Office, Actor]":
    """Open the store of ``--store`` or of this workstation, signed in.

    User and password are asked for, or taken from BANGFU_USER and BANGFU_PASSWORD. Raises
    `NoStore`, `WrongSignIn` and what is wrong with the store.
    """
    from app.entrance import accounts, is_wrong_password, open_store  # noqa: PLC0415 - the store's
    from app.settings import read_settings  # noqa: PLC0415 - only when a store is needed

    known = chosen.store or read_settings().store
    if not known:
        raise NoStore
    path = Path(known)
    accounts(path)  # what is wrong with the files is said before a password is asked for
    user, password = _credentials()
    try:
        return open_store(path, user, password)
    except StoreTrouble as error:
        if is_wrong_password(error):
            raise WrongSignIn from None
        raise


def _credentials() -> tuple[str, str]:
    user, password = (os.environ.get(name) for name in ("BANGFU_USER", "BANGFU_PASSWORD"))
    if not (user and password) and not sys.stdin.isatty():
        raise NobodyToAsk
    return user or input(_("User name: ")), password or getpass.getpass(_("Password: "))


def init_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``init``."""
    part.add_argument("path", type=Path, metavar="PATH", help=_("where the store shall be"))
    part.add_argument("--center", required=True, metavar="NAME", help=_("name of the center"))
    part.add_argument("--union", default="", metavar="NAME", help=_("the trade union above it"))
    part.add_argument(
        "--staff", type=Path, required=True, metavar="FILE.toml", help=_("file with the staff")
    )


def init(chosen: argparse.Namespace) -> int:
    """Make a new real store; first passwords are asked for or read from standard input."""
    from app.center.records import CenterForm  # noqa: PLC0415 - on first use
    from app.cli.staff import read_staff  # noqa: PLC0415 - on first use
    from app.entrance import make_store  # noqa: PLC0415 - loads the database library

    staff = read_staff(chosen.staff)
    center = CenterForm(name=chosen.center, union_name=chosen.union)
    recovery_key = make_store(chosen.path, center, staff)
    say(
        _("Made {path} with {count} members of staff.").format(path=chosen.path, count=len(staff)),
        _("The recovery key, shown only now; write it down twice and lock it away:"),
        recovery_key,
    )
    return DONE


def demo_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``demo create``."""
    acts = part.add_subparsers(dest="act", required=True, metavar="create")
    create = acts.add_parser("create", help=_("make a demonstration center"))
    create.add_argument("path", type=Path, metavar="PATH", help=_("where the store shall be"))
    create.add_argument(
        "--households", type=_count, metavar="N", help=_("how many households; 0 for none")
    )
    create.add_argument(
        "--seed", type=int, metavar="S", help=_("the same number makes the same people")
    )


def demo(chosen: argparse.Namespace) -> int:
    """Make a demonstration center: the same seed gives the same data."""
    from app.demo import center  # noqa: PLC0415 - loads the database library

    households = center.HOUSEHOLDS if chosen.households is None else chosen.households
    seed = center.SEED if chosen.seed is None else chosen.seed
    center.create(chosen.path, households=households, seed=seed)
    made = _("Made {path} with {count} invented households.")
    sign_in = _("Sign in as {users}, each with the password {password}.")
    say(
        made.format(path=chosen.path, count=households),
        sign_in.format(
            users=_(", ").join(user for user, _name, _role in center.STAFF),
            password=center.PASSWORD,
        ),
    )
    return DONE


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(_("“{text}” is no number").format(text=text))
    return int(text)


def check_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``check``."""
    part.add_argument(
        "path", type=Path, nargs="?", metavar="PATH", help=_("the store; else that of --store")
    )
    add_json(part)


def check(chosen: argparse.Namespace) -> int:
    """Check a store and name every row that is not as it was written."""
    from app.core.record import Nothing  # noqa: PLC0415 - on first use
    from app.reports.queries import check_store  # noqa: PLC0415 - loads the database library

    chosen.store = chosen.path or chosen.store
    try:
        office, actor = open_here(chosen)
    except StoreTrouble as error:
        if chosen.json:
            give({"integrity": error.tell()})
            return REFUSED
        raise
    try:
        report = office.ask(actor, check_store, Nothing())
    finally:
        office.close()
    if chosen.json:
        give(_report(report))
    else:
        _tell(report)
    return REFUSED if report.findings else DONE


def _report(report: CheckReport) -> dict[str, object]:
    findings = [{"part": each.part, "row": each.row, "says": each.says} for each in report.findings]
    return {
        **report.parts,
        "findings": findings,
        "acts": report.rows,
        "last_hash": report.last_hash,
        "checked_on": SystemClock().today().isoformat(),
    }


def _tell(report: CheckReport) -> None:
    rows = [(_(PARTS.get(part, part)), _(verdict)) for part, verdict in report.parts.items()]
    say(*table(rows, (_("Part"), _("State"))), "")
    for each in report.findings:
        part = _(PARTS.get(each.part, each.part))
        say(_("{part}, {row}: {says}").format(part=part, row=each.row or "-", says=each.says))
    last = _("{count} acts in the audit trail, the last hash is {hash}.")
    say(last.format(count=report.rows, hash=report.last_hash))
