"""What is asked and given when files go to the bank and come back."""

from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Count, Flag, Key, Kind, Many, Text
from app.core.record import Record
from app.disbursements.batch_records import CheckRow
from app.exchange.bank_layout import BankBatch


class BankFile(Record):
    """A file for the bank, ready to be saved."""

    name: Annotated[str, Text(label=N_("File name"))]
    data: Annotated[bytes, Kind(label=N_("Content"), private=True)]
    """Holds accounts and names in the clear."""
    batch: Annotated[BankBatch, Kind(label=N_("Batch"), private=True)]
    """What stands in it."""


class ResultForm(Record):
    """Takes what the bank says of a batch."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    data: Annotated[bytes, Kind(label=N_("Bank result"), private=True)]
    despite_problems: Annotated[bool, Flag(label=N_("Book what fits"))] = False
    """Book the payments that fit although other lines of the file do not."""


class LineDoubt(Record):
    """A payment that the bank's layout cannot hold."""

    line: Annotated[int, Count(label=N_("No."))]
    says: Annotated[str, Text(label=N_("What it says"))]


class BankCheck(Record):
    """Whether a batch can be written as its bank wants it, payment by payment."""

    row: CheckRow
    lines: Annotated[tuple[LineDoubt, ...], Many(label=N_("Payments"))]


class LayoutRow(Record):
    """One bank layout that a batch can be sent in."""

    name: Annotated[str, Text(label=N_("Bank layout"))]
    title: Annotated[str, Text(label=N_("Name"))]
    encoding: Annotated[str, Text(label=N_("Encoding"))]
