"""Writes the loans that were kept out as a workbook of their own, each with what is wrong."""

from app.exchange.archive_bad_rows import as_read
from app.exchange.archive_mending import Mends
from app.exchange.loans_document import loans_shape
from app.exchange.loans_reading import loan_rows
from app.exchange.loans_records import LoanRegister
from app.exchange.registers import bad_register_rows
from app.exchange.workbook import Workbook


def bad_loan_rows(book: Workbook, register: LoanRegister, mends: Mends | None = None) -> bytes:
    """Return a workbook with the loans that were kept out; it can be mended and read again."""
    look = loans_shape()
    read = as_read(register.columns, mends)
    return bad_register_rows(
        lambda sheet: loan_rows(book, sheet, read),
        look.columns,
        look.ignored[0],
        sheets=[sheet for sheet in book.names if sheet not in register.unread],
        places={loan.place for loan in register.loans},
        kept_out=register.kept_out,
        problems=register.problems,
    )
