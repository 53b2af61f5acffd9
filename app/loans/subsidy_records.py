"""What is asked and shown about the claims of interest subsidy (贴息申报)."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import (
    Amount,
    Choice,
    Count,
    Day,
    Flag,
    Key,
    Kind,
    Lines,
    Many,
    Moment,
    Name,
    Part,
    Text,
)
from app.core.money import Fen
from app.core.record import Record
from app.core.words.loans import ClaimState, SubsidyLineKind

Bank = Annotated[str, Text(label=N_("Lending bank"), min_length=2, max_length=60)]
Year = Annotated[int, Count(label=N_("Year"), at_least=2002, at_most=2100)]
QuarterNumber = Annotated[int, Count(label=N_("Quarter"), at_least=1, at_most=4)]
ClaimNumber = Annotated[str, Text(label=N_("Claim number"))]
State = Annotated[ClaimState, Choice(label=N_("State"), words=ClaimState)]
Claimed = Annotated[Fen, Amount(label=N_("Claimed"))]
ClawedBack = Annotated[Fen, Amount(label=N_("Clawed back"))]
Note = Annotated[str, Lines(label=N_("Note"), max_length=300)]


class ClaimForm(Record):
    """What one bank claims for one quarter that is over."""

    bank: Bank
    year: Year
    quarter: QuarterNumber
    note: Note = ""


class ClaimStep(Record):
    """Confirms a claim."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]


class ClaimSent(ClaimStep):
    """Says on which day a claim went to the treasury."""

    day: Annotated[date, Day(label=N_("Sent on"), may_be_future=False)]


class ClaimReceived(ClaimStep):
    """Says what the treasury paid, and why when it is not what was claimed."""

    day: Annotated[date, Day(label=N_("Came on"), may_be_future=False)]
    amount: Annotated[Fen, Amount(label=N_("Sum that came"))]
    note: Note = ""


class ClaimWithdrawal(ClaimStep):
    """Withdraws a claim, so that its quarter can be claimed anew."""

    reason: Annotated[str, Text(label=N_("Reason"), min_length=2, max_length=200)]


class ClaimsAsked(Record):
    """Asks for claims, the newest first; every part narrows the list."""

    year: Annotated[int | None, Count(label=N_("Year"))] = None
    bank: Annotated[str, Text(label=N_("Lending bank"))] = ""


class ClaimById(Record):
    """Names a claim."""

    id: Annotated[int, Key()]


class ClaimRow(Record):
    """One claim."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    number: ClaimNumber
    bank: Bank
    first_day: Annotated[date, Day(label=N_("From day"))]
    last_day: Annotated[date, Day(label=N_("To day"))]
    loans: Annotated[int, Count(label=N_("Loans"))]
    claimed: Claimed
    clawed_back: ClawedBack
    fen: Annotated[Fen, Amount(label=N_("Total"))]
    state: State
    made_by: Annotated[str, Name(label=N_("Made by"))]
    made_at: Annotated[datetime, Moment(label=N_("Time"))]
    confirmed_by: Annotated[str, Name(label=N_("Confirmed by"))]
    mine: Annotated[bool, Flag(label=N_("Entered by me"))]
    sent_on: Annotated[date | None, Day(label=N_("Sent on"))]
    received_on: Annotated[date | None, Day(label=N_("Came on"))]
    received: Annotated[Fen | None, Amount(label=N_("Sum that came"))]
    note: Note


class ClaimLineRow(Record):
    """One line of a claim. Private values are masked, or in the clear in the list that goes out."""

    number: Annotated[int, Count(label=N_("No."))]
    loan_id: Annotated[int, Key()]
    loan_number: Annotated[str, Text(label=N_("Loan number"))]
    contract_number: Annotated[str, Text(label=N_("Contract number"))]
    name: Annotated[str, Name(label=N_("Borrower"))]
    id_number: Annotated[str, Text(label=N_("Resident ID number"))]
    lent_on: Annotated[date | None, Day(label=N_("Lent on"))]
    principal: Annotated[Fen | None, Amount(label=N_("Principal"))]
    kind: Annotated[SubsidyLineKind, Choice(label=N_("Kind"), words=SubsidyLineKind)]
    from_on: Annotated[date, Day(label=N_("From day"))]
    to_on: Annotated[date, Day(label=N_("To day"))]
    """The last day that is counted."""
    days: Annotated[int, Count(label=N_("Days"))]
    base: Annotated[Fen, Amount(label=N_("Interest on"))]
    rate: Annotated[str, Text(label=N_("Subsidised rate, percent"))]
    fen: Annotated[Fen, Amount(label=N_("Subsidy"))]
    reason: Annotated[str, Text(label=N_("Reason"))]


class ClaimView(Record):
    """A claim with its lines."""

    row: Annotated[ClaimRow, Part()]
    lines: Annotated[tuple[ClaimLineRow, ...], Many(label=N_("Lines"))]
    newest: Annotated[bool, Flag(label=N_("The newest of its bank"))]
    """Only the newest claim of a bank can be withdrawn: later ones rest on it."""
    stale: Annotated[bool, Flag(label=N_("Entries became known since"))]
    """Of a draft: it has to be withdrawn and made anew before it can be confirmed."""


class ClaimDue(Record):
    """A quarter of a bank that is over and was not claimed."""

    bank: Bank
    year: Year
    quarter: QuarterNumber


class ClaimBook(Record):
    """The list of a claim as a workbook."""

    name: Annotated[str, Text(label=N_("File name"))]
    data: Annotated[bytes, Kind(label=N_("File"))]
