"""What is asked and shown about payments whose receipt is asked about."""

from datetime import datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, Choice, Count, Flag, Key, Many, Moment, Name, Phone, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words.disbursements import SampleResult
from app.disbursements.records import Measure

CallNote = Annotated[str, Text(label=N_("What was said"), max_length=200)]


class DrawForm(Record):
    """Draws payments of a batch by lot: so many, or so many in a hundred."""

    batch_id: Annotated[int, Key()]
    count: Annotated[int | None, Count(label=N_("How many"), at_least=1)] = None
    percent: Annotated[int | None, Count(label=N_("In a hundred"), at_least=1, at_most=100)] = None


class CallForm(Record):
    """Records what somebody said who was asked."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    result: Annotated[SampleResult, Choice(label=N_("Answer"), words=SampleResult)]
    note: CallNote = ""


class SampleById(Record):
    """Names a payment that was drawn."""

    id: Annotated[int, Key()]


class SampleRow(Record):
    """One payment that was drawn, and what was said."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    line: Annotated[int, Count(label=N_("No."))]
    name: Annotated[str, Name(label=N_("Payee"))]
    phone: Annotated[str, Text(label=N_("Mobile"))]
    """Masked."""
    title: Measure
    amount: Annotated[Fen, Amount(label=N_("Amount"))]
    result: Annotated[SampleResult | None, Choice(label=N_("Answer"), words=SampleResult)]
    note: CallNote
    drawn_by: Annotated[str, Name(label=N_("Drawn by"))]
    called_by: Annotated[str, Name(label=N_("Called by"))]
    called_at: Annotated[datetime | None, Moment(label=N_("Called"))]
    mine: Annotated[bool, Flag(label=N_("My own payment"))]
    """The person asking had a part in this payment, so another person calls."""


class Sample(Record):
    """What was drawn of a batch, and how many said that all of it came."""

    paid: Annotated[int, Count(label=N_("Paid"))]
    drawn: Annotated[int, Count(label=N_("Drawn"))]
    called: Annotated[int, Count(label=N_("Called"))]
    received: Annotated[int, Count(label=N_("Received in full"))]
    rows: Annotated[tuple[SampleRow, ...], Many(label=N_("Payments"))]


class Callee(Record):
    """Whom to call, in the clear."""

    name: Annotated[str, Name(label=N_("Name"))]
    phone: Annotated[str, Phone(label=N_("Mobile"))]
