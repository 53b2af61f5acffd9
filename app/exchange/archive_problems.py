"""The problems an archive can have: each code with its severity and how it is mended."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec

from app.core.i18n import N_
from app.exchange.archive_records import Severity


class Code(NamedTuple):
    """What is the same for all problems of one code."""

    severity: Severity
    mend: str
    says: str = ""
    """What is wrong, where no check says it more exactly."""


_E, _W = Severity.ERROR, Severity.WARNING

CODES: Final[Mapping[str, Code]] = {
    "missing": Code(
        _E, N_("Fill it in, or leave the household out."), N_("“{column}” has to be filled in.")
    ),
    "unknown_word": Code(
        _E,
        N_("Choose a word of the list; one choice mends all cells with this word."),
        N_("“{value}” is not in the list."),
    ),
    "bad_date": Code(
        _E, N_("Write the day as 2013-05-01, 2013/5/1 or 20130501."), N_("“{value}” is no date.")
    ),
    "bad_amount": Code(
        _E, N_("Write a number, such as 1200.00 for yuan."), N_("“{value}” is no amount.")
    ),
    "negative_amount": Code(
        _E, N_("Write the amount without the minus sign, or 0."), N_("{value} is less than zero.")
    ),
    "too_many_decimals": Code(
        _E, N_("Write at most two decimals."), N_("{value} has more than two decimals.")
    ),
    "id_scientific": Code(
        _E,
        N_("Copy the number from the card; set the column to text before typing."),
        N_("A spreadsheet turned the number into {value}; its digits are lost for good."),
    ),
    "id_rounded": Code(
        _E,
        N_("Copy the number from the card; set the column to text before typing."),
        N_("A spreadsheet rounded the number: its last digits are lost for good."),
    ),
    "id_length": Code(_E, N_("Compare the number with the card.")),
    "id_characters": Code(_E, N_("Compare the number with the card.")),
    "id_check_digit": Code(_E, N_("Compare the number with the card.")),
    "id_birth": Code(_E, N_("Compare the number with the card.")),
    "id_15": Code(
        _W,
        N_("The number of 18 characters is taken; compare it with the card."),
        N_("This is an old number of 15 digits; it becomes one of 18 characters."),
    ),
    "sex_disagrees": Code(
        _W,
        N_("The sex that the ID number tells is taken; compare it with the card."),
        N_("The column says {told}, the ID number {read}."),
    ),
    "birth_disagrees": Code(
        _E,
        N_("Compare both with the card."),
        N_("The column and the ID number tell different birth dates."),
    ),
    "person_twice": Code(
        _E,
        N_("One person is in one file only: leave one of the two out."),
        N_("The same person stands in row {row} of the sheet “{sheet}” already."),
    ),
    "household_twice": Code(
        _E,
        N_("One household has one file only: leave one of the two out."),
        N_("The same household stands in row {row} already."),
    ),
    "member_without_household": Code(
        _E,
        N_("Write the file number or the ID number of the head as in the other sheet."),
        N_("No household of the sheet “{sheet}” has this file number or head."),
    ),
    "unknown_column": Code(
        _W,
        N_("Rename the column to one that is known, if it is needed."),
        N_("The column “{column}” is not known; it is left out."),
    ),
    "total_row": Code(
        _W,
        N_("Nothing has to be done."),
        N_("This row is a total or a note, not a household; it is left out."),
    ),
    "hidden_row": Code(
        _W,
        N_("Leave the household out if it was hidden on purpose."),
        N_("The spreadsheet hides this row; it is read all the same."),
    ),
    "merged_cell": Code(
        _W,
        N_("Look whether the value is meant for each of these rows."),
        N_("Cells are merged here (rows {top} to {bottom}); each row gets their value."),
    ),
    "card_luhn": Code(_W, N_("Compare the number with the card.")),
    "too_long": Code(_E, N_("Shorten it."), N_("At most {most} characters; now {count}.")),
}


class Odd(msgspec.Struct, frozen=True, kw_only=True):
    """What a cell gives beside or instead of a plain value.

    With a ``code`` it is a problem; ``value`` is what is taken all the same. With a ``note`` the
    archive's own words are kept beside the value.
    """

    value: object = None
    code: str = ""
    says: str = ""
    data: dict[str, object] = {}
    offer: str = ""
    mend: str = ""
    """Where it is mended otherwise than all of its code."""
    note: str = ""
    severity: Severity | None = None
    """Where it is not that of the code."""
