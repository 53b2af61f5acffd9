"""Commands ``import``: an archive, past relief, registers of loans and of placements; ``undo``."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.arguments import add_json
from app.cli.import_registers import take_register_in
from app.cli.importing import code_of, give_read, save_bad, tell_read, tick, writes
from app.cli.output import DONE, give, say
from app.cli.stores import open_here
from app.core.i18n import _
from app.core.words.imports import ImportKind

if TYPE_CHECKING:
    from app.exchange.archive_records import Archive
    from app.exchange.importing_files import Opened
    from app.exchange.importing_records import Imported
    from app.office import Office
    from app.work import Actor


def import_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``import``."""
    acts = part.add_subparsers(dest="act", required=True, metavar="ACT")
    archive = acts.add_parser("archive", help=_("take an archive workbook of households in"))
    _describe_file(archive, _("leave out the households with errors"))
    relief = acts.add_parser("relief", help=_("take a workbook of past relief in"))
    _describe_file(relief, _("leave out the payments with errors"))
    lent = acts.add_parser("loans", help=_("take a register of loans in"))
    _describe_file(lent, _("leave out the loans with errors"))
    placed = acts.add_parser("placements", help=_("take a register of placements in"))
    what = _("the workbook, .xlsx, .xls or .csv")
    _describe_file(placed, _("leave out the placements with errors"), what)
    undo = acts.add_parser("undo", help=_("withdraw all that an import wrote"))
    undo.add_argument("batch", metavar="BATCH", help=_("the number of the import"))
    undo.add_argument("--reason", metavar="TEXT", default="", help=_("why; it is kept"))
    add_json(undo)


def _describe_file(part: argparse.ArgumentParser, skip_bad: str, what: str = "") -> None:
    """Describe how a workbook is taken in."""
    what = what or _("the workbook, .xlsx or .xls")
    part.add_argument("file", type=Path, metavar="FILE", help=what)
    part.add_argument(
        "--dry-run", action="store_true", help=_("only read and check; write nothing")
    )
    part.add_argument("--skip-bad", action="store_true", help=skip_bad)
    part.add_argument(
        "--bad-rows",
        type=Path,
        metavar="OUT.xlsx",
        help=_("write the rows that stay out into a workbook, each with what is wrong"),
    )
    part.add_argument(
        "--map",
        action="append",
        default=[],
        type=_mapping,
        metavar=_("TITLE=COLUMN"),
        help=_("read the column of this title as that one; may be given again"),
    )
    add_json(part)


def _mapping(text: str) -> tuple[str, str]:
    """Read ``title=column``; `argparse` tells the mistake."""
    title, equals, column = text.partition("=")
    if not (title.strip() and equals):
        says = _("“{text}” names no column; write it as title=column").format(text=text)
        raise argparse.ArgumentTypeError(says)
    return title.strip(), column.strip()


def import_(chosen: argparse.Namespace) -> int:
    """Import an archive, past relief or a register, or undo an import."""
    match chosen.act:
        case "undo":
            return _undo(chosen)
        case "archive":
            return _archive(chosen)
        case kind:
            return take_register_in(chosen, ImportKind(kind))


def _archive(chosen: argparse.Namespace) -> int:
    from app.exchange.archive_bad_rows import bad_rows  # noqa: PLC0415 - loads the workbook reader
    from app.exchange.archive_mending import Mends  # noqa: PLC0415 - with it
    from app.exchange.importing_columns import by_sheet, said  # noqa: PLC0415 - loads the database library
    from app.exchange.importing_files import open_import  # noqa: PLC0415 - loads the workbook reader
    from app.exchange.importing_queries import read_workbook  # noqa: PLC0415 - loads the database library
    from app.exchange.importing_records import ReadForm  # noqa: PLC0415 - with it

    opened = open_import(chosen.file, ImportKind.ARCHIVE)
    mends = Mends(columns=by_sheet(opened.book, said(dict(chosen.map))))
    office, actor = open_here(chosen)
    try:
        archive = office.ask(
            actor, read_workbook, ReadForm(book=opened.book, mends=mends, tick=tick)
        )
        if chosen.bad_rows:
            save_bad(chosen.bad_rows, bad_rows(opened.book, archive))
        done = _write(office, actor, opened, archive) if writes(chosen, archive) else None
    finally:
        office.close()
    if chosen.json:
        give_read(archive, done and done.number, done and _written(done))
    else:
        tell_read(archive)
        if done is not None:
            says = _(
                "Import {number}: {households} households with {members} people, {left} left out."
            )
            say(
                says.format(
                    number=done.number,
                    households=done.households,
                    members=done.members,
                    left=done.left_out,
                )
            )
    return code_of(chosen, archive, written=done is not None)


def _written(done: "Imported") -> dict[str, int]:
    return {
        "households": done.households,
        "members": done.members,
        "left_out": done.left_out,
    }


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
        says = _("The import {number} was undone; nothing of it counts any more.")
        say(says.format(number=chosen.batch))
    return DONE
