"""Commands ``backup`` and ``restore``."""

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.arguments import add_json
from app.cli.output import DONE, REFUSED, complain, give, say, table
from app.cli.stores import open_here
from app.core.errors import AppError
from app.core.i18n import N_, _

if TYPE_CHECKING:
    from app.backups.manifest import Backup
    from app.office import Office
    from app.work import Actor


class NoKey(AppError):
    """Nobody gave what opens a backup, and there is no keyboard to type it."""

    says = N_(
        "What opens the backup? Set BANGFU_RECOVERY_KEY, or BANGFU_USER and BANGFU_PASSWORD, or "
        "give the recovery key on standard input."
    )


def backup_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``backup``."""
    part.add_argument(
        "--to",
        type=Path,
        metavar="DIR",
        help=_("another folder, this once; no older backup there is removed"),
    )
    part.add_argument("--list", action="store_true", help=_("list the backups there are"))
    part.add_argument(
        "--check", type=Path, metavar="BACKUP", help=_("read a backup of this store through again")
    )
    add_json(part)


def backup(chosen: argparse.Namespace) -> int:
    """Make a backup of the store, list the backups, or check one."""
    office, actor = open_here(chosen)
    try:
        if chosen.list:
            return _list(office, actor, as_json=chosen.json)
        if chosen.check:
            found = office.check_backup(actor, chosen.check, _tell)
            says = _("{place} is as it was made.")
        else:
            folder = chosen.to.absolute() if chosen.to else None
            found = office.back_up(actor, _tell, folder).result
            says = _("The backup is in {place}.")
    finally:
        office.close()
    return _answer(found, says.format(place=found.place), as_json=chosen.json)


def restore_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``restore``."""
    part.add_argument(
        "backup", type=Path, metavar="BACKUP", help=_("the folder of the backup, or a file in it")
    )
    part.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="PATH",
        help=_("where the store shall be; nothing may stand there"),
    )
    add_json(part)


def restore(chosen: argparse.Namespace) -> int:
    """Restore a backup to a new place; the recovery key or a staff password opens it."""
    from app.backups.manifest import open_backup  # noqa: PLC0415 - loads the database library
    from app.entrance import restore_backup  # noqa: PLC0415 - with it

    open_backup(chosen.backup)  # what is wrong with it is said before a key is asked for
    store, found = restore_backup(chosen.backup, chosen.to.absolute(), _tell, **_opens())
    says = _("The backup of {day} was restored to {place}.")
    says = says.format(day=_minute(found), place=store)
    return _answer(found, says, as_json=chosen.json, store=str(store))


def _opens() -> dict[str, str]:
    """Return the recovery key, or user and password: from the environment or as typed."""
    if key := os.environ.get("BANGFU_RECOVERY_KEY"):
        return {"recovery_key": key}
    user, password = (os.environ.get(name) for name in ("BANGFU_USER", "BANGFU_PASSWORD"))
    if user and password:
        return {"user": user, "password": password}
    if not sys.stdin.isatty():
        if not (key := sys.stdin.readline().strip()):
            raise NoKey
        return {"recovery_key": key}
    if key := getpass.getpass(_("Recovery key (leave empty to use a password): ")).strip():
        return {"recovery_key": key}
    return {"user": input(_("User name: ")), "password": getpass.getpass(_("Password: "))}


def _list(office: "Office", actor: "Actor", *, as_json: bool) -> int:
    from app.backups.queries import backup_rows  # noqa: PLC0415 - loads the database library
    from app.core.plain import plain  # noqa: PLC0415 - with it
    from app.core.record import Nothing, values  # noqa: PLC0415 - with it

    rows = office.ask(actor, backup_rows, Nothing())
    if as_json:
        give([plain(values(row)) for row in rows])
    else:
        cells = [
            (
                f"{row.made_at.astimezone():%Y-%m-%d %H:%M}",
                row.reason.label,
                row.soundness.label,
                f"{row.size / 1e6:,.1f} MB",
                row.place,
            )
            for row in rows
        ]
        say(*table(cells, (_("Made"), _("Occasion"), _("State"), _("Size"), _("Where"))))
    return DONE


def _answer(found: "Backup", says: str, *, as_json: bool, **more: Any) -> int:
    """Say what was done and what is in the backup; tell whether its data agree."""
    manifest, contents = found.manifest, found.manifest.contents
    troubles = contents.troubles()
    if as_json:
        give(
            {
                **more,
                "backup": str(found.place),
                "made_at": manifest.made_at.isoformat(),
                "reason": manifest.reason.value,
                "state": manifest.soundness.value,
                "program": manifest.program,
                "schema": contents.schema,
                "bytes": manifest.store.size,
                "sha256": manifest.store.sha256,
                "rows": contents.rows,
                "ledger": contents.ledger,
                "acts": contents.acts,
                "last_hash": contents.last_hash,
                "problems": troubles,
            }
        )
    else:
        rows = _("Read through: {size} MB, {rows} rows in {tables} tables.")
        acts = _("{count} acts in the audit trail, the last hash is {hash}.")
        say(
            says,
            rows.format(
                size=f"{manifest.store.size / 1e6:,.1f}",
                rows=f"{sum(contents.rows.values()):,}",
                tables=len(contents.rows),
            ),
            acts.format(count=contents.acts, hash=contents.last_hash),
        )
        if troubles:
            complain(*troubles, _("The copy is faithful; look into it with “bangfu check”."))
    return REFUSED if troubles else DONE


def _minute(found: "Backup") -> str:
    return f"{found.manifest.made_at.astimezone():%Y-%m-%d %H:%M}"


def _tell(share: float) -> None:
    """Show how far the work is, where somebody looks on."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{share:4.0%}" if share < 1 else "\r     \r")
