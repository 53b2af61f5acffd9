"""Reads a workbook of past relief, and finds all that is wrong with it. Pure: see `registers`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from app.core.i18n import N_
from app.exchange.archive_mending import Mends
from app.exchange.archive_report import Report
from app.exchange.registers import Look, bad_register_rows, read_register
from app.exchange.relief_document import (
    KEYS,
    TELLING,
    names,
    relief_shape,
    shared_in_relief,
    usual_words,
)
from app.exchange.relief_problems import RELIEF_CODES
from app.exchange.relief_records import ReliefHistory, ReliefRow
from app.exchange.relief_who import NO_CENTER, Center, settle
from app.exchange.workbook import Workbook

RELIEF_LOOK: Final = Look(
    ReliefRow, relief_shape, TELLING, names, usual_words, shared_in_relief, RELIEF_CODES, KEYS
)


def read_relief(
    book: Workbook,
    *,
    today: date,
    center: Center = NO_CENTER,
    mends: Mends | None = None,
    tick: Callable[[int], None] | None = None,
) -> ReliefHistory:
    """Read and check a workbook, as `read_register` does."""

    def check(payments: Sequence[ReliefRow], reports: Mapping[str, Report]) -> None:
        for each in payments:
            if each.fen == 0:
                says = N_("A payment of nothing is no relief.")
                reports[each.sheet].add("bad_amount", each.row, "fen", says=says, value="0")
        settle(payments, reports, center)

    payments, found = read_register(book, RELIEF_LOOK, check, today=today, mends=mends, tick=tick)
    return ReliefHistory(payments=payments, **found)


def bad_relief_rows(book: Workbook, history: ReliefHistory, mends: Mends | None = None) -> bytes:
    """Return a workbook with the payments that were kept out, as `bad_register_rows` does."""
    return bad_register_rows(RELIEF_LOOK, book, history, mends)
