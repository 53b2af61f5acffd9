"""The problems that past relief can have: those of archives, put for payments, and its own."""

from collections.abc import Mapping
from typing import Final

from app.core.i18n import N_
from app.exchange.archive_problems import CODES, Code
from app.exchange.archive_records import Severity
from app.exchange.registers import REGISTER_CODES

_E, _W = Severity.ERROR, Severity.WARNING

RELIEF_CODES: Final[Mapping[str, Code]] = {
    **REGISTER_CODES,
    "negative_amount": CODES["negative_amount"]._replace(
        mend=N_("Money that came back is no relief: leave the row out.")
    ),
    "total_row": CODES["total_row"]._replace(
        says=N_("This row is a total or a note, not a payment; it is left out.")
    ),
    "unknown_file": Code(
        _E,
        N_("Compare the number with the file, or empty the cell: then the ID number tells."),
        N_("The center has no file “{value}”."),
    ),
    "file_disagrees": Code(
        _W,
        N_("Compare both with the file; the file number is taken."),
        N_("The person with this ID number is in the file {file}."),
    ),
    "name_disagrees": Code(
        _W,
        N_("Compare it with the file; the number is taken."),
        N_("Nobody of this name has this number in the center."),
    ),
    "no_number": Code(
        _W,
        N_("Fill one of them in if it is known."),
        N_("Neither a file number nor an ID number is given: counted as without a file."),
    ),
    "row_twice": Code(
        _W,
        N_("Leave one of them out if it was entered twice; both count."),
        N_("The same payment stands in row {row} of the sheet “{sheet}” already."),
    ),
    "row_known": Code(
        _E,
        N_("Leave the row out: it would count twice."),
        N_("The same payment is in the relief book already ({origin})."),
    ),
    "unread_sheet": Code(
        _W,
        N_("Give the sheet a row of titles if it holds payments."),
        N_("The sheet has no titles of relief; it is left out."),
    ),
}
