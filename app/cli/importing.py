"""What the commands that take workbooks in have in common: what they say, and when they write."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.output import DONE, REFUSED, complain, give, say, table
from app.core.files import why
from app.core.i18n import _

if TYPE_CHECKING:
    from app.exchange.archive_records import Archive
    from app.exchange.register_records import Register

    Read = Archive | Register[Any]

SHOWN = 200
"""Problems that are listed on a console; ``--json`` and ``--bad-rows`` give all."""


def writes(chosen: argparse.Namespace, read: "Read") -> bool:
    """Tell whether anything is to be written."""
    return not chosen.dry_run and (chosen.skip_bad or not read.errors)


def give_read(
    read: "Read",
    number: str | None,
    written: Mapping[str, int] | None,
) -> None:
    """Give the answer to other programs."""
    given = read.as_json()
    if number is not None:
        given |= {"batch": number, "written": written}
    give(given)


def code_of(chosen: argparse.Namespace, read: "Read", *, written: bool) -> int:
    """Return the exit code, and say so when nothing was written for the errors."""
    if not (chosen.json or chosen.dry_run or written):
        complain(_("Nothing was written. Mend the errors, or leave them out with --skip-bad."))
    return REFUSED if read.errors and not written else DONE


def tell_read(read: "Read") -> None:
    """Say what was read and what is wrong with it."""
    shown = [
        (each.sheet, str(each.row), each.column, each.severity.label, each.tell(), each.tell_mend())
        for each in read.problems[:SHOWN]
    ]
    if shown:
        head = (
            _("Worksheet"),
            _("Row number"),
            _("Column"),
            _("Kind"),
            _("What is wrong"),
            _("How to mend"),
        )
        say(*table(shown, head), "")
    if more := len(read.problems) - len(shown):
        say(_("… and {count} more; --bad-rows or --json gives all of them.").format(count=more))
    says = _("{rows} rows read, {sound} sound; {errors} errors, {warnings} to look at.")
    say(
        says.format(
            rows=read.rows,
            sound=read.sound_rows,
            errors=read.errors,
            warnings=len(read.problems) - read.errors,
        )
    )


def save_bad(path: Path, content: bytes) -> None:
    """Write the workbook of bad rows."""
    from app.exchange.importing_files import NoFile  # noqa: PLC0415 - loads the workbook reader

    try:
        path.write_bytes(content)
    except OSError as error:
        raise NoFile(path=path, problem=why(error)) from None


def tick(rows: int) -> None:
    """Show how far the reading is, where somebody looks on."""
    if sys.stderr.isatty():
        sys.stderr.write("\r" + _("{count} rows").format(count=f"{rows:,}") + "\r")
