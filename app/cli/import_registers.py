"""Commands ``import loans`` and ``import placements``: registers of one row a case."""

import argparse
from typing import TYPE_CHECKING

from app.cli.importing import code_of, give_read, save_bad, tell_read, tick, writes
from app.cli.output import say
from app.cli.stores import open_here
from app.core.i18n import _
from app.core.money import yuan_text
from app.core.words.imports import ImportKind

if TYPE_CHECKING:
    from app.exchange.loans_records import LoansImported
    from app.exchange.placements_records import PlacementsImported


def loans(chosen: argparse.Namespace) -> int:
    """Take a register of loans in."""
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
        asked = ReadForm(book=opened.book, mends=mends, tick=tick)
        register = office.ask(actor, read_loan_register, asked)
        if chosen.bad_rows:
            save_bad(chosen.bad_rows, bad_loan_rows(opened.book, register))
        if writes(chosen, register):
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
        give_read(register, done and done.number, done and _loans_written(done))
    else:
        tell_read(register, sum(1 for _loan in register.sound()))
        if done is not None:
            _say_loans(done)
    return code_of(chosen, register, written=done is not None)


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


def placements(chosen: argparse.Namespace) -> int:
    """Take a register of placements in."""
    from app.entrance import prepare_placements_import  # noqa: PLC0415 - with the store
    from app.exchange.archive_mending import Mends  # noqa: PLC0415 - loads the workbook reader
    from app.exchange.importing_columns import PLACEMENTS, on_every_sheet, said  # noqa: PLC0415 - loads the database library
    from app.exchange.importing_files import open_import  # noqa: PLC0415 - loads the workbook reader
    from app.exchange.importing_records import ReadForm  # noqa: PLC0415 - with it
    from app.exchange.placements_bad_rows import bad_placement_rows  # noqa: PLC0415 - with it
    from app.exchange.placements_importing import (  # noqa: PLC0415 - loads the database library
        import_placements,
        read_placement_register,
    )
    from app.exchange.placements_records import PlacementRegisterForm  # noqa: PLC0415 - with it

    opened = open_import(chosen.file, ImportKind.PLACEMENTS)
    columns = said(dict(chosen.map), (PLACEMENTS,))[PLACEMENTS]
    mends = Mends(columns=on_every_sheet(opened.book, columns))
    office, actor = open_here(chosen)
    done = None
    try:
        asked = ReadForm(book=opened.book, mends=mends, tick=tick)
        register = office.ask(actor, read_placement_register, asked)
        if chosen.bad_rows:
            save_bad(chosen.bad_rows, bad_placement_rows(opened.book, register))
        if writes(chosen, register):
            form = PlacementRegisterForm(
                file_name=opened.name,
                digest=opened.digest,
                register=prepare_placements_import(office, register),
                skip_bad=True,  # without --skip-bad there are no errors here
            )
            done = office.perform(actor, import_placements, form).result
    finally:
        office.close()
    if chosen.json:
        give_read(register, done and done.number, done and _placements_written(done))
    else:
        tell_read(register, sum(1 for _line in register.sound()))
        if done is not None:
            _say_placements(done)
    return code_of(chosen, register, written=done is not None)


def _placements_written(done: "PlacementsImported") -> dict[str, int]:
    return {
        "rows": done.placements,
        "people": done.people,
        "on_file": done.on_file,
        "left_out": done.left_out,
    }


def _say_placements(done: "PlacementsImported") -> None:
    says = _(
        "Import {number}: {count} placements of {people} people ({on_file} with a file), {left} "
        "left out."
    )
    say(
        says.format(
            number=done.number,
            count=f"{done.placements:,}",
            people=f"{done.people:,}",
            on_file=f"{done.on_file:,}",
            left=f"{done.left_out:,}",
        )
    )
