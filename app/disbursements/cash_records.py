"""What is asked and shown about days on which cash was handed out."""

from datetime import date
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, Count, Day, Flag, Key, Name, Text
from app.core.money import Fen
from app.core.record import Record

Drawn = Annotated[Fen, Amount(label=N_("Drawn from the bank"))]
Counted = Annotated[Fen, Amount(label=N_("Left, as counted"))]
CashNote = Annotated[str, Text(label=N_("Why it differs"), max_length=120)]


class CloseDayForm(Record):
    """Counts the cash of a day; counted once more until a second person confirms it."""

    day: Annotated[date, Day(label=N_("Day"), may_be_future=False)]
    drawn: Drawn
    counted: Counted
    note: CashNote = ""
    version: Annotated[int | None, Key()] = None
    """Of the count that this one takes the place of."""


class CashDayStep(Record):
    """Confirms the count of a day."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]


class CashDayById(Record):
    """Names a closed day."""

    id: Annotated[int, Key()]


class CashDayRow(Record):
    """One day of cash: handed out, and counted or not yet."""

    id: Annotated[int | None, Key()]
    """`None` while nobody has counted it."""
    version: Annotated[int | None, Key()]
    day: Annotated[date, Day(label=N_("Day"))]
    payments: Annotated[int, Count(label=N_("Payments"))]
    paid: Annotated[Fen, Amount(label=N_("Handed out"))]
    drawn: Annotated[Fen | None, Amount(label=N_("Drawn from the bank"))]
    counted: Annotated[Fen | None, Amount(label=N_("Left, as counted"))]
    difference: Annotated[Fen, Amount(label=N_("Difference"))]
    """Below zero when cash is missing; zero while nobody has counted."""
    note: CashNote
    counted_by: Annotated[str, Name(label=N_("Counted by"))]
    confirmed_by: Annotated[str, Name(label=N_("Confirmed by"))]
    mine: Annotated[bool, Flag(label=N_("Counted by me"))]
