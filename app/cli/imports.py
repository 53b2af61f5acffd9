"""Commands ``import archive`` and ``import undo``."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.arguments import add_json
from app.cli.files import why
from app.cli.output import DONE, REFUSED, complain, give, say, table
from app.cli.stores import open_here
from app.core.i18n import _

if TYPE_CHECKING:
    from app.exchange.archive_records import Archive
    from app.exchange.importing_files import Opened
    from app.exchange.importing_records import Imported
    from app.exchange.workbook import Workbook
    from app.office import Office
    from app.work import Actor

SHOWN = 200
"""Problems that are listed on a console; ``--json`` and ``--bad-rows`` give all."""


def import_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``import``."""
    acts = part.add_subparsers(dest="act", required=True, metavar="ACT")
    archive = acts.add_parser("archive", help=_("take an archive workbook of households in"))
    archive.add_argument("file", type=Path, metavar="FILE", help=_("the workbook, .xlsx or .xls"))
    archive.add_argument(
        "--dry-run", action="store_true", help=_("only read and check; write nothing")
    )
    archive.add_argument(
        "--skip-bad", action="store_true", help=_("leave out the households with errors")
    )
    archive.add_argument(
        "--bad-rows",
        type=Path,
        metavar="OUT.xlsx",
        help=_("write the rows that stay out into a workbook, each with what is wrong"),
    )
    archive.add_argument(
        "--map",
        action="append",
        default=[],
        type=_mapping,
        metavar=_("TITLE=COLUMN"),
        help=_("read the column of this title as that one; may be given again"),
    )
    add_json(archive)
    undo = acts.add_parser("undo", help=_("withdraw all that an import wrote"))
    undo.add_argument("batch", metavar="BATCH", help=_("the number of the import"))
    undo.add_argument("--reason", metavar="TEXT", default="", help=_("why; it is kept"))
    add_json(undo)


def _mapping(text: str) -> tuple[str, str]:
    """Read ``title=column``; `argparse` tells the mistake."""
    title, equals, column = text.partition("=")
    if not (title.strip() and equals):
        says = _("“{text}” names no column; write it as title=column").format(text=text)
        raise argparse.ArgumentTypeError(says)
    return title.strip(), column.strip()


def import_(chosen: argparse.Namespace) -> int:
    """Import an archive, or undo an import."""
    return _undo(chosen) if chosen.act == "undo" else _archive(chosen)


def _archive(chosen: argparse.Namespace) -> int:
    from app.exchange.archive_mending import Mends  # noqa: PLC0415 - loads the workbook reader
    from app.exchange.importing_columns import by_sheet, said  # noqa: PLC0415 - loads the database library
    from app.exchange.importing_files import open_archive  # noqa: PLC0415 - loads the workbook reader
    from app.exchange.importing_queries import read_workbook  # noqa: PLC0415 - loads the database library
    from app.exchange.importing_records import ReadForm  # noqa: PLC0415 - with it

    opened = open_archive(chosen.file)
    mends = Mends(columns=by_sheet(opened.book, said(dict(chosen.map))))
    office, actor = open_here(chosen)
    try:
        archive = office.ask(
            actor, read_workbook, ReadForm(book=opened.book, mends=mends, tick=_tick)
        )
        if chosen.bad_rows:
            _write_bad_rows(chosen.bad_rows, opened.book, archive)
        writes = not chosen.dry_run and (chosen.skip_bad or not archive.errors)
        return _tell(archive, chosen, _write(office, actor, opened, archive) if writes else None)
    finally:
        office.close()


def _write(office: "Office", actor: "Actor", opened: "Opened", archive: "Archive") -> "Imported":
    from app.entrance import prepare_import  # noqa: PLC0415 - with the store
    from app.exchange.importing import import_archive  # noqa: PLC0415 - loads the database library
    from app.exchange.importing_records import Decided, ImportForm  # noqa: PLC0415 - with it

    form = ImportForm(
        file_name=opened.name,
        digest=opened.digest,
        prepared=prepare_import(office, Decided(archive)),
        skip_bad=True,  # without --skip-bad there are no errors here
    )
    return office.perform(actor, import_archive, form).result


def _undo(chosen: argparse.Namespace) -> int:
    from app.exchange.importing import undo_import  # noqa: PLC0415 - loads the database library
    from app.exchange.importing_records import UndoForm  # noqa: PLC0415 - with it

    office, actor = open_here(chosen)
    try:
        reason = chosen.reason or _("Undone on the command line")
        office.perform(actor, undo_import, UndoForm(number=chosen.batch, reason=reason))
    finally:
        office.close()
    if chosen.json:
        give({"batch": chosen.batch, "state": "undone"})
    else:
        says = _("The import {number} was undone; its file numbers are void.")
        say(says.format(number=chosen.batch))
    return DONE


def _tell(archive: "Archive", chosen: argparse.Namespace, done: "Imported | None") -> int:
    code = REFUSED if archive.errors and (done is None) else DONE
    if chosen.json:
        given = archive.as_json()
        if done is not None:
            given["batch"] = done.number
            given["written"] = {
                "households": done.households,
                "members": done.members,
                "left_out": done.left_out,
            }
        give(given)
        return code
    shown = [
        (each.sheet, str(each.row), each.column, each.severity.label, each.tell(), each.tell_mend())
        for each in archive.problems[:SHOWN]
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
    if more := len(archive.problems) - len(shown):
        say(_("… and {count} more; --bad-rows or --json gives all of them.").format(count=more))
    read = _("{rows} rows read, {sound} sound; {errors} errors, {warnings} to look at.")
    say(
        read.format(
            rows=archive.rows,
            sound=archive.sound_rows,
            errors=archive.errors,
            warnings=len(archive.problems) - archive.errors,
        )
    )
    if done is not None:
        wrote = _(
            "Import {number}: {households} households with {members} people, {left} left out."
        )
        say(
            wrote.format(
                number=done.number,
                households=done.households,
                members=done.members,
                left=done.left_out,
            )
        )
    elif not chosen.dry_run:
        complain(_("Nothing was written. Mend the errors, or leave them out with --skip-bad."))
    return code


def _write_bad_rows(path: Path, book: "Workbook", archive: "Archive") -> None:
    from app.exchange.archive_bad_rows import bad_rows  # noqa: PLC0415 - loads the workbook writer
    from app.exchange.importing_files import NoFile  # noqa: PLC0415 - loads the workbook reader

    try:
        path.write_bytes(bad_rows(book, archive))
    except OSError as error:
        raise NoFile(path=path, problem=why(error)) from None


def _tick(rows: int) -> None:
    """Show how far the reading is, where somebody looks on."""
    if sys.stderr.isatty():
        sys.stderr.write("\r" + _("{count} rows").format(count=f"{rows:,}") + "\r")
