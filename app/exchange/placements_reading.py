"""Reads a register of placements, and finds all that is wrong with it. Pure: see `registers`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Final

from app.exchange.archive_mending import Mends
from app.exchange.archive_report import Report
from app.exchange.placements_document import (
    TELLING,
    names,
    placements_shape,
    shared_in_placements,
    usual_words,
)
from app.exchange.placements_problems import KEPT_HERE, NO_WAGE, PLACEMENTS_CODES
from app.exchange.placements_records import Placed, PlacementLine, PlacementRegister
from app.exchange.registers import Look, bad_register_rows, find_twice, read_register
from app.exchange.workbook import Workbook

Known = Callable[[Collection[str]], Mapping[Placed, str]]
"""Takes ID numbers; gives the placements of these people that are kept here, with their number."""

PLACEMENTS_LOOK: Final = Look(
    PlacementLine,
    placements_shape,
    TELLING,
    names,
    usual_words,
    shared_in_placements,
    PLACEMENTS_CODES,
)


def _nothing_known(_numbers: Collection[str]) -> Mapping[Placed, str]:
    return {}


def read_placements(
    book: Workbook,
    *,
    today: date,
    known: Known = _nothing_known,
    mends: Mends | None = None,
    tick: Callable[[int], None] | None = None,
) -> PlacementRegister:
    """Read and check a register, as `read_register` does."""

    def check(lines: Sequence[PlacementLine], reports: Mapping[str, Report]) -> None:
        for line in lines:
            if line.wage == 0:  # the cell is empty when a wage is not known
                report = reports[line.sheet]
                report.add("bad_amount", line.row, "wage", says=NO_WAGE, value="0")
        kept = known({line.id_number for line in lines} - {""})
        twice = "placement_twice"
        find_twice(lines, reports, kept, code=twice, kept_code=twice, kept_says=KEPT_HERE)

    lines, found = read_register(book, PLACEMENTS_LOOK, check, today=today, mends=mends, tick=tick)
    return PlacementRegister(lines=lines, **found)


def bad_placement_rows(
    book: Workbook, register: PlacementRegister, mends: Mends | None = None
) -> bytes:
    """Return a workbook with the placements that were kept out, as `bad_register_rows` does."""
    return bad_register_rows(PLACEMENTS_LOOK, book, register, mends)
