"""The list of a claim of interest subsidy as a workbook, for the bank and the treasury."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from app.core.i18n import N_, _
from app.core.words import Word
from app.loans.subsidy_queries import open_claim_list
from app.loans.subsidy_records import ClaimBook, ClaimById, ClaimLineRow, ClaimView
from app.work import Permission, Topic, Work, action

Cell = str | int | date | Decimal | None
"""What stands in a cell: text, a count, a day, yuan or percent."""


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen) / 100


COLUMNS: Final[tuple[tuple[str, int, Callable[[ClaimLineRow], Cell]], ...]] = (
    (N_("No."), 6, lambda line: line.number),
    (N_("Loan number"), 14, lambda line: line.loan_number),
    (N_("Contract number"), 20, lambda line: line.contract_number),
    (N_("Borrower"), 12, lambda line: line.name),
    (N_("Resident ID number"), 22, lambda line: line.id_number),
    (N_("Lent on"), 12, lambda line: line.lent_on),
    (N_("Principal (yuan)"), 16, lambda line: _yuan(line.principal)),
    (N_("Kind"), 10, lambda line: _word(line.kind)),
    (N_("From day"), 12, lambda line: line.from_on),
    (N_("To day"), 12, lambda line: line.to_on),
    (N_("Days"), 8, lambda line: line.days),
    (N_("Interest on (yuan)"), 16, lambda line: _yuan(line.base)),
    (N_("Subsidised rate, percent"), 12, lambda line: line.rate),
    (N_("Subsidy (yuan)"), 16, lambda line: _yuan(line.fen)),
    (N_("Reason"), 30, lambda line: line.reason),
)
SUM: Final = 13
"""The column of the subsidy, whose sum stands below."""

HEAD: Final = 3
"""Rows above the lines: title, sum, an empty one."""


def _word(word: Word) -> str:
    return word.label


@action(needs=Permission.KEEP_LOANS, changes={Topic.AUDIT})
def claim_book(work: Work, asked: ClaimById) -> ClaimBook:
    """Write the list of a claim as a workbook, ID numbers in the clear; the writing is kept."""
    view = open_claim_list.run(work, asked)
    name = f"{view.row.number}_{view.row.bank}_{view.row.first_day:%Y-%m}.xlsx"
    return ClaimBook(name=name, data=_workbook(view))


def _workbook(view: ClaimView) -> bytes:
    """Return the lines as a workbook: figures are numbers, texts are never formulas."""
    import xlsxwriter  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] - heavy, on first use; it has no stubs

    file = io.BytesIO()
    book: Any = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet(_("Subsidy"))
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    formats = {
        Decimal: book.add_format({"num_format": "#,##0.00"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    row = view.row
    title = _("{bank}: interest subsidy from {first} to {last}, {number}").format(
        bank=row.bank, first=row.first_day, last=row.last_day, number=row.number
    )
    sheet.write_string(0, 0, title, bold)
    sheet.write_string(1, 0, f"{row.state.label}　{row.note}".strip())
    for at, (name, width, _value) in enumerate(COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(HEAD, at, _(name), head)
    for place, line in enumerate(view.lines, start=HEAD + 1):
        for at, (_name, _width, value) in enumerate(COLUMNS):
            _write(sheet, place, at, value(line), formats)
    end = HEAD + 1 + len(view.lines)
    sheet.write_string(end, 0, _("Total"), bold)
    _write(sheet, end, SUM, _yuan(row.fen), formats)
    sheet.freeze_panes(HEAD + 1, 0)
    sheet.set_landscape()
    sheet.repeat_rows(HEAD)
    sheet.fit_to_pages(1, 0)
    book.close()
    return file.getvalue()


def _write(sheet: Any, row: int, column: int, value: Cell, formats: dict[Any, Any]) -> None:
    match value:
        case str():
            sheet.write_string(row, column, value)
        case date():
            sheet.write_datetime(row, column, value, formats[date])
        case Decimal():
            sheet.write_number(row, column, value, formats[Decimal])
        case int():
            sheet.write_number(row, column, value)
        case None:
            pass
