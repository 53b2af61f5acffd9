"""Writes the loans that were kept out as a workbook of their own, each with what is wrong."""

from collections import defaultdict

from app.exchange.archive_bad_rows import BadSheet, as_read, explain, written
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import ArchiveProblem, Severity
from app.exchange.loans_document import loans_shape
from app.exchange.loans_reading import loan_rows
from app.exchange.loans_records import LoanRegister
from app.exchange.workbook import Workbook


def bad_loan_rows(book: Workbook, register: LoanRegister, mends: Mends | None = None) -> bytes:
    """Return a workbook with the loans that were kept out; it can be mended and read again."""
    look = loans_shape()
    mends = as_read(register.columns, mends)
    loans = {each.place for each in register.loans}
    of_row: dict[tuple[str, int], list[ArchiveProblem]] = defaultdict(list)
    of_titles: dict[str, list[ArchiveProblem]] = defaultdict(list)
    for problem in register.problems:
        of_row[problem.sheet, problem.row].append(problem)
        if problem.severity is Severity.ERROR and (problem.sheet, problem.row) not in loans:
            of_titles[problem.sheet].append(problem)
    lines: dict[str, dict[int, str]] = {
        sheet: {} for sheet in book.names if sheet not in register.unread
    }
    for sheet, row in sorted(register.kept_out):
        lines[sheet][row] = explain(of_row[sheet, row] or of_titles[sheet])
    return written(
        (
            BadSheet(loan_rows(book, sheet, mends), look.columns, rows)
            for sheet, rows in lines.items()
            if rows or len(lines) == 1
        ),
        look.ignored[0],
    )
