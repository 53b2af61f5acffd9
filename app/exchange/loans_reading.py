"""Reads a register of loans, and finds all that is wrong with it. Pure: see `registers`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Final

from app.core.i18n import N_
from app.exchange.archive_mending import Mends
from app.exchange.archive_report import Report
from app.exchange.loans_document import TELLING, loans_shape, names, shared_in_loans, usual_words
from app.exchange.loans_problems import LOANS_CODES
from app.exchange.loans_records import Lent, LoanLine, LoanRegister
from app.exchange.registers import Look, bad_register_rows, find_twice, read_register
from app.exchange.workbook import Workbook

Known = Callable[[Collection[str]], Mapping[Lent | str, str]]
"""Takes ID and contract numbers; gives the loans that are kept here, by what they are told from
others by and by their contract, each with its number."""

LOANS_LOOK: Final = Look(
    LoanLine, loans_shape, TELLING, names, usual_words, shared_in_loans, LOANS_CODES
)


def _nothing_known(_numbers: Collection[str]) -> Mapping[Lent | str, str]:
    return {}


def read_loans(
    book: Workbook,
    *,
    today: date,
    known: Known = _nothing_known,
    mends: Mends | None = None,
    tick: Callable[[int], None] | None = None,
) -> LoanRegister:
    """Read and check a register, as `read_register` does."""

    def check(loans: Sequence[LoanLine], reports: Mapping[str, Report]) -> None:
        for loan in loans:
            _check(loan, reports[loan.sheet])
        numbers = {loan.id_number for loan in loans} | {loan.contract_number for loan in loans}
        find_twice(loans, reports, known(numbers - {""}))

    loans, found = read_register(book, LOANS_LOOK, check, today=today, mends=mends, tick=tick)
    return LoanRegister(loans=loans, **found)


def _check(loan: LoanLine, report: Report) -> None:
    """Note a loan of nothing, and a borrower who stands for himself."""
    if loan.principal == 0:
        says = N_("A loan of nothing is no loan.")
        report.add("bad_amount", loan.row, "principal", says=says, value="0")
    if loan.guarantor_id and loan.guarantor_id == loan.id_number:
        report.add("own_guarantor", loan.row, "guarantor_id")


def bad_loan_rows(book: Workbook, register: LoanRegister, mends: Mends | None = None) -> bytes:
    """Return a workbook with the loans that were kept out, as `bad_register_rows` does."""
    return bad_register_rows(LOANS_LOOK, book, register, mends)
