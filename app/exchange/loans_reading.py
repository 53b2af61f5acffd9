"""Reads a register of loans, and finds all that is wrong with it.

Pure, as the readers of archives and of relief are, and made of the same parts: nothing is
written, the store is asked through ``known`` only.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from app.core.i18n import N_
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import Severity, SheetColumn
from app.exchange.archive_report import Report
from app.exchange.archive_rows import Rows
from app.exchange.archive_tables import Progress, Tables, records_of
from app.exchange.loans_document import loans_shape, names, sheets_of_loans
from app.exchange.loans_problems import LOANS_CODES
from app.exchange.loans_records import Lent, LoanLine, LoanRegister
from app.exchange.registers import unread_sheets
from app.exchange.workbook import Workbook

Known = Callable[[Collection[str]], Mapping[Lent | str, str]]
"""Takes ID and contract numbers; gives the loans that are kept here, by what they are told from
others by and by their contract, each with its number."""


def _nothing_known(_numbers: Collection[str]) -> Mapping[Lent | str, str]:
    return {}


def loan_rows(book: Workbook, sheet: str, mends: Mends) -> Rows:
    """Return the rows of one sheet of loans. Raises `NoTitles`."""
    look = loans_shape()
    return Rows(book.sheet(sheet), look.columns, look, mends, codes=LOANS_CODES)


def read_loans(
    book: Workbook,
    *,
    today: date,
    known: Known = _nothing_known,
    mends: Mends | None = None,
    tick: Callable[[int], None] | None = None,
) -> LoanRegister:
    """Read and check a register. ``tick`` is told now and then how many rows were read; it may
    raise to stop.

    Raises `NoTitles`, `NotAWorkbook` or `WorkbookTooLarge`.
    """
    mends = mends or Mends()
    progress = Progress(tick)
    loans: list[LoanLine] = []
    reports: dict[str, Report] = {}
    columns: list[SheetColumn] = []
    incomplete: set[str] = set()
    for sheet in sheets_of_loans(book, mends):
        rows = loan_rows(book, sheet, mends)
        tables = Tables(
            rows,
            loans_shape().columns,
            today=today,
            starts_1904=book.starts_1904,
            progress=progress,
            names=names(),
            keys=(),
        )
        for table in tables:
            for loan in records_of(table, LoanLine):
                loan.sheet = sheet
                loans.append(loan)
        reports[sheet] = rows.report
        columns += rows.columns()
        if tables.incomplete:
            incomplete.add(sheet)
    _check(loans, reports)
    _find_twice(loans, reports, known)
    problems = [
        problem
        for report in reports.values()
        for problem in sorted(report.problems, key=lambda problem: problem.row)
    ]
    wrong = {(each.sheet, each.row) for each in problems if each.severity is Severity.ERROR}
    places = {each.place for each in loans if each.sheet in incomplete or each.place in wrong}
    unread = tuple(name for name in book.names if name not in reports)
    left_aside = unread_sheets(book, unread, "unread_sheet", LOANS_CODES["unread_sheet"])
    return LoanRegister(
        loans=loans,
        problems=[*problems, *left_aside],
        kept_out=frozenset(places),
        columns=tuple(columns),
        unread=unread,
    )


def _check(loans: Iterable[LoanLine], reports: Mapping[str, Report]) -> None:
    """Find loans of nothing, and borrowers who stand for themselves."""
    for loan in loans:
        if loan.principal == 0:
            says = N_("A loan of nothing is no loan.")
            reports[loan.sheet].add("bad_amount", loan.row, "principal", says=says, value="0")
        if loan.guarantor_id and loan.guarantor_id == loan.id_number:
            reports[loan.sheet].add("own_guarantor", loan.row, "guarantor_id")


def _find_twice(loans: Sequence[LoanLine], reports: Mapping[str, Report], known: Known) -> None:
    """Find loans that stand there twice, at every place after the first, and those kept here."""
    numbers = {loan.id_number for loan in loans} | {loan.contract_number for loan in loans}
    kept = known(numbers - {""})
    first: dict[Lent | str, LoanLine] = {}
    for loan in loans:
        keys = [key for key in (loan.lent, loan.contract_number) if key]
        number = next((kept[key] for key in keys if key in kept), "")
        if number:
            reports[loan.sheet].add("row_known", loan.row, data={"number": number})
            continue
        before = next((first[key] for key in keys if key in first), None)
        if before is not None:
            data = {"sheet": before.sheet, "row": before.row}
            reports[loan.sheet].add("row_twice", loan.row, data=data)
            continue
        first.update(dict.fromkeys(keys, loan))
