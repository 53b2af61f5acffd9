"""The problems that a register of loans can have: those of archives, put for loans, and its own."""

from collections.abc import Mapping
from typing import Final

from app.core.i18n import N_
from app.exchange.archive_problems import CODES, Code
from app.exchange.archive_records import Severity
from app.exchange.registers import REGISTER_CODES

_E, _W = Severity.ERROR, Severity.WARNING

LOANS_CODES: Final[Mapping[str, Code]] = {
    **REGISTER_CODES,
    "negative_amount": CODES["negative_amount"]._replace(
        mend=N_("A loan is more than nothing: leave the row out, or mend the amount.")
    ),
    "total_row": CODES["total_row"]._replace(
        says=N_("This row is a total or a note, not a loan; it is left out.")
    ),
    "bad_months": Code(
        _E,
        N_("Write the months as a number, such as 24."),
        N_("“{value}” is no term from 1 to 120 months."),
    ),
    "bad_rate": Code(
        _E, N_("Write percent a year, such as 4.35."), N_("“{value}” is no rate a year.")
    ),
    "bad_share": Code(
        _E,
        N_("Write percent from 0 to 100, such as 50."),
        N_("“{value}” is no share of the interest."),
    ),
    "own_guarantor": Code(
        _W,
        N_("Compare it with the contract."),
        N_("The borrower stands for the loan as the guarantor too."),
    ),
    "row_twice": Code(
        _E,
        N_("Leave one of them out: it would count twice."),
        N_("The same loan stands in row {row} of the sheet “{sheet}” already."),
    ),
    "row_known": Code(
        _E,
        N_("Leave the row out: it would count twice."),
        N_("The same loan is kept here already ({number})."),
    ),
    "unread_sheet": Code(
        _W,
        N_("Give the sheet a row of titles if it holds loans."),
        N_("The sheet has no titles of loans; it is left out."),
    ),
}
