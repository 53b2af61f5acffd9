"""Commands ``import relief``, ``loans`` and ``placements``: registers of one row a case."""

import argparse
from collections.abc import Mapping
from typing import Final

from app.cli.importing import code_of, give_read, save_bad, tell_read, tick, writes
from app.cli.output import say
from app.cli.stores import open_here
from app.core.i18n import N_, _
from app.core.words.imports import ImportKind

_SAYS: Final[Mapping[ImportKind, str]] = {
    ImportKind.RELIEF: N_(
        "Import {number}: {count} payments of {amount} yuan to {people} people ({households} "
        "households on file, {without} people without a file), {left} left out."
    ),
    ImportKind.LOANS: N_(
        "Import {number}: {count} loans of {amount} yuan to {people} people ({on_file} with a "
        "file), {left} left out."
    ),
    ImportKind.PLACEMENTS: N_(
        "Import {number}: {count} placements of {people} people ({on_file} with a file), {left} "
        "left out."
    ),
}


def take_register_in(chosen: argparse.Namespace, kind: ImportKind) -> int:
    """Take a register of a kind in."""
    from app.exchange.archive_mending import Mends  # noqa: PLC0415 - loads the workbook reader
    from app.exchange.importing_columns import on_every_sheet, said  # noqa: PLC0415 - loads the database library
    from app.exchange.importing_files import open_import  # noqa: PLC0415 - loads the workbook reader
    from app.exchange.importing_records import ReadForm  # noqa: PLC0415 - with it
    from app.exchange.register_records import in_words  # noqa: PLC0415 - with it
    from app.register_imports import REGISTERS  # noqa: PLC0415 - loads the database library

    how = REGISTERS[kind]
    opened = open_import(chosen.file, kind)
    mends = Mends(columns=on_every_sheet(opened.book, said(dict(chosen.map), (kind,))[kind]))
    office, actor = open_here(chosen)
    done = None
    try:
        asked = ReadForm(book=opened.book, mends=mends, tick=tick)
        register = office.ask(actor, how.read, asked)
        if chosen.bad_rows:
            save_bad(chosen.bad_rows, how.bad_rows(opened.book, register, None))
        if writes(chosen, register):
            form = how.prepare(office, opened, register)  # without --skip-bad no row is wrong here
            done = office.perform(actor, how.write, form).result
    finally:
        office.close()
    if chosen.json:
        give_read(register, done and done.number, done and done.counts())
    else:
        tell_read(register)
        if done is not None:
            say(_(_SAYS[kind]).format(number=done.number, **in_words(done.counts())))
    return code_of(chosen, register, written=done is not None)
