"""The problems that a register of placements can have: those of archives, put for placements, and
its own."""

from collections.abc import Mapping
from typing import Final

from app.core.i18n import N_
from app.exchange.archive_problems import CODES, Code
from app.exchange.archive_records import Severity
from app.exchange.registers import REGISTER_CODES

_E, _W = Severity.ERROR, Severity.WARNING

PLACEMENTS_CODES: Final[Mapping[str, Code]] = {
    **REGISTER_CODES,
    "bad_amount": CODES["bad_amount"]._replace(
        mend=N_("Write a number, such as 2600.00 for yuan; leave it empty when it is not known.")
    ),
    "negative_amount": CODES["negative_amount"]._replace(
        mend=N_("A wage is more than nothing; leave it empty when it is not known.")
    ),
    "total_row": CODES["total_row"]._replace(
        says=N_("This row is a total or a note, not a placement; it is left out.")
    ),
    "bad_months": Code(
        _E,
        N_("Write the months as a number, such as 24."),
        N_("“{value}” is no term from 1 to 600 months."),
    ),
    "placement_twice": Code(
        _E,
        N_("Leave one of them out: it would count twice."),
        N_("The same placement stands in row {row} of the sheet “{sheet}” already."),
    ),
    "unread_sheet": Code(
        _W,
        N_("Give the sheet a row of titles if it holds placements."),
        N_("The sheet has no titles of placements; it is left out."),
    ),
}

KEPT_HERE: Final = N_("The same placement is kept here already ({number}).")
"""What is wrong with a placement that came in before, or was entered here."""

NO_WAGE: Final = N_("A wage of nothing is no wage.")
