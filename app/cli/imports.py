"""Commands ``import archive``, ``import relief``, ``import loans`` and ``import undo``."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.arguments import add_json
from app.cli.output import DONE, REFUSED, complain, give, say, table
from app.cli.stores import open_here
from app.core.files import why
from app.core.i18n import _
from app.core.money import yuan_text
from app.core.words.imports import ImportKind

if TYPE_CHECKING:
    from app.exchange.archive_records import Archive
    from app.exchange.importing_files import Opened
    from app.exchange.importing_records import Imported
    from app.exchange.loans_records import LoanRegister, LoansImported
    from app.exchange.relief_records import ReliefHistory, ReliefImported
    from app.office import Office
    from app.work import Actor

SHOWN = 200
"""Problems that are listed on a console; ``--json`` and ``--bad-rows`` give all."""


def import_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``import``."""
    acts = part.add_subparsers(dest="act", required=True, metavar="ACT")
    archive = acts.add_parser("archive", help=_("take an archive workbook of households in"))
    _describe_file(archive, _("leave out the households with errors"))
    relief = acts.add_parser("relief", help=_("take a workbook of past relief in"))
    _describe_file(relief, _("leave out the payments with errors"))
    loans = acts.add_parser("loans", help=_("take a register of loans in"))
    _describe_file(loans, _("leave out the loans with errors"))
    undo = acts.add_parser("undo", help=_("withdraw all that an import wrote"))
    undo.add_argument("batch", metavar="BATCH", help=_("the number of the import"))
    undo.add_argument("--reason", metavar="TEXT", default="", help=_("why; it is kept"))
    add_json(undo)


def _describe_file(part: argparse.ArgumentParser, skip_bad: str) -> None:
    """Describe how a workbook is taken in."""
    part.add_argument("file", type=Path, metavar="FILE", help=_("the workbook, .xlsx or .xls"))
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
    """Import an archive or past relief, or undo an import."""
    run = {"archive": _archive, "relief": _relief, "loans": _loans, "undo": _undo}
    return run[chosen.act](chosen)


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
            actor, read_workbook, ReadForm(book=opened.book, mends=mends, tick=_tick)
        )
        if chosen.bad_rows:
            _save(chosen.bad_rows, bad_rows(opened.book, archive))
        done = _write(office, actor, opened, archive) if _writes(chosen, archive) else None
    finally:
        office.close()
    if chosen.json:
        _give(archive, done and done.number, done and _written(done))
    else:
        _tell(archive, archive.sound_rows)
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
    return _code(chosen, archive, written=done is not None)


def _written(done: "Imported") -> dict[str, int]:
    return {
        "households": done.households,
        "members": done.members,
        "left_out": done.left_out,
    }


def _writes(chosen: argparse.Namespace, read: "Archive | ReliefHistory | LoanRegister") -> bool:
    """Tell whether anything is to be written."""
    return not chosen.dry_run and (chosen.skip_bad or not read.errors)


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


def _relief(chosen: argparse.Namespace) -> int:
    from app.entrance import prepare_relief_import  # noqa: PLC0415 - with the store
    from app.exchange.archive_mending import Mends  # noqa: PLC0415 - loads the workbook reader
    from app.exchange.importing_columns import RELIEF, on_every_sheet, said  # noqa: PLC0415 - loads the database library
    from app.exchange.importing_files import open_import  # noqa: PLC0415 - loads the workbook reader
    from app.exchange.importing_records import ReadForm  # noqa: PLC0415 - with it
    from app.exchange.relief_bad_rows import bad_relief_rows  # noqa: PLC0415 - with it
    from app.exchange.relief_importing import import_relief  # noqa: PLC0415 - loads the database library
    from app.exchange.relief_queries import read_relief_workbook  # noqa: PLC0415 - with it
    from app.exchange.relief_records import ReliefForm  # noqa: PLC0415 - with it

    opened = open_import(chosen.file, ImportKind.RELIEF)
    columns = said(dict(chosen.map), (RELIEF,))[RELIEF]
    mends = Mends(columns=on_every_sheet(opened.book, columns))
    office, actor = open_here(chosen)
    done = None
    try:
        asked = ReadForm(book=opened.book, mends=mends, tick=_tick)
        history = office.ask(actor, read_relief_workbook, asked)
        if chosen.bad_rows:
            _save(chosen.bad_rows, bad_relief_rows(opened.book, history))
        if _writes(chosen, history):
            form = ReliefForm(
                file_name=opened.name,
                digest=opened.digest,
                prepared=prepare_relief_import(office, history),
                skip_bad=True,  # without --skip-bad there are no errors here
            )
            done = office.perform(actor, import_relief, form).result
    finally:
        office.close()
    if chosen.json:
        _give(history, done and done.number, done and _relief_written(done))
    else:
        _tell(history, history.sums().rows)
        if done is not None:
            _say_relief(done)
    return _code(chosen, history, written=done is not None)


def _relief_written(done: "ReliefImported") -> dict[str, int]:
    return {
        "rows": done.payments,
        "fen": done.fen,
        "people": done.people,
        "households": done.households,
        "without_file": done.without_file,
        "left_out": done.left_out,
    }


def _loans(chosen: argparse.Namespace) -> int:
    from app.entrance import prepare_loans_import  # noqa: PLC0415 - with the store
    from app.exchange.archive_mending import Mends  # noqa: PLC0415 - loads the workbook reader
    from app.exchange.importing_columns import LOANS, on_every_sheet, said  # noqa: PLC0415 - loads the database library
    from app.exchange.importing_files import open_import  # noqa: PLC0415 - loads the workbook reader
    from app.exchange.importing_records import ReadForm  # noqa: PLC0415 - with it
    from app.exchange.loans_bad_rows import bad_loan_rows  # noqa: PLC0415 - with it
    from app.exchange.loans_importing import import_loans, read_loan_register  # noqa: PLC0415 - loads the database library
    from app.exchange.loans_records import LoanRegisterForm  # noqa: PLC0415 - with it

    opened = open_import(chosen.file, ImportKind.LOANS)
    columns = said(dict(chosen.map), (LOANS,))[LOANS]
    mends = Mends(columns=on_every_sheet(opened.book, columns))
    office, actor = open_here(chosen)
    done = None
    try:
        asked = ReadForm(book=opened.book, mends=mends, tick=_tick)
        register = office.ask(actor, read_loan_register, asked)
        if chosen.bad_rows:
            _save(chosen.bad_rows, bad_loan_rows(opened.book, register))
        if _writes(chosen, register):
            form = LoanRegisterForm(
                file_name=opened.name,
                digest=opened.digest,
                register=prepare_loans_import(office, register),
                skip_bad=True,  # without --skip-bad there are no errors here
            )
            done = office.perform(actor, import_loans, form).result
    finally:
        office.close()
    if chosen.json:
        _give(register, done and done.number, done and _loans_written(done))
    else:
        _tell(register, sum(1 for _loan in register.sound()))
        if done is not None:
            _say_loans(done)
    return _code(chosen, register, written=done is not None)


def _loans_written(done: "LoansImported") -> dict[str, int]:
    return {
        "rows": done.loans,
        "fen": done.fen,
        "people": done.people,
        "on_file": done.on_file,
        "left_out": done.left_out,
    }


def _say_loans(done: "LoansImported") -> None:
    says = _(
        "Import {number}: {count} loans of {amount} yuan to {people} people ({on_file} with a "
        "file), {left} left out."
    )
    say(
        says.format(
            number=done.number,
            count=f"{done.loans:,}",
            amount=yuan_text(done.fen),
            people=f"{done.people:,}",
            on_file=f"{done.on_file:,}",
            left=f"{done.left_out:,}",
        )
    )


def _say_relief(done: "ReliefImported") -> None:
    says = _(
        "Import {number}: {count} payments of {amount} yuan to {people} people ({households} "
        "households on file, {without} people without a file), {left} left out."
    )
    say(
        says.format(
            number=done.number,
            count=f"{done.payments:,}",
            amount=yuan_text(done.fen),
            people=f"{done.people:,}",
            households=f"{done.households:,}",
            without=f"{done.without_file:,}",
            left=f"{done.left_out:,}",
        )
    )


def _give(
    read: "Archive | ReliefHistory | LoanRegister",
    number: str | None,
    written: Mapping[str, int] | None,
) -> None:
    """Give the answer to other programs."""
    given = read.as_json()
    if number is not None:
        given |= {"batch": number, "written": written}
    give(given)


def _code(
    chosen: argparse.Namespace, read: "Archive | ReliefHistory | LoanRegister", *, written: bool
) -> int:
    """Return the exit code, and say so when nothing was written for the errors."""
    if not (chosen.json or chosen.dry_run or written):
        complain(_("Nothing was written. Mend the errors, or leave them out with --skip-bad."))
    return REFUSED if read.errors and not written else DONE


def _tell(read: "Archive | ReliefHistory | LoanRegister", sound: int) -> None:
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
            sound=sound,
            errors=read.errors,
            warnings=len(read.problems) - read.errors,
        )
    )


def _save(path: Path, content: bytes) -> None:
    """Write the workbook of bad rows."""
    from app.exchange.importing_files import NoFile  # noqa: PLC0415 - loads the workbook reader

    try:
        path.write_bytes(content)
    except OSError as error:
        raise NoFile(path=path, problem=why(error)) from None


def _tick(rows: int) -> None:
    """Show how far the reading is, where somebody looks on."""
    if sys.stderr.isatty():
        sys.stderr.write("\r" + _("{count} rows").format(count=f"{rows:,}") + "\r")
