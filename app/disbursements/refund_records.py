"""What is asked and shown about money that was paid and comes back."""

from datetime import date
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, Choice, Day, Flag, Key, Lines, Name, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words.funds import BudgetState, RefundKind
from app.disbursements.records import AwardNumber, Money

RefundNumber = Annotated[str, Text(label=N_("Refund number"))]
RefundReason = Annotated[str, Lines(label=N_("Reason"), max_length=300)]
RefundDocument = Annotated[str, Text(label=N_("Bank slip or decision"), max_length=120)]
Kinds = Annotated[RefundKind, Choice(label=N_("Why it comes back"), words=RefundKind)]


class RefundForm(Record):
    """Enters money that came back, to be confirmed by a second person."""

    award_id: Annotated[int, Key()]
    kind: Kinds
    amount: Money
    reason: RefundReason
    document: RefundDocument = ""
    """Needed of the bank (its slip) and of what is recovered (the decision)."""
    came_on: Annotated[date, Day(label=N_("Came on"), may_be_future=False)]


class RefundStep(Record):
    """Confirms or withdraws a refund."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]


class RefundById(Record):
    """Names a refund."""

    id: Annotated[int, Key()]


class RefundRow(Record):
    """One refund, and whether it counts yet."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    award_id: Annotated[int, Key()]
    number: RefundNumber
    award_number: AwardNumber
    name: Annotated[str, Name(label=N_("Payee"))]
    fund: Annotated[str, Text(label=N_("Fund"))]
    kind: Kinds
    amount: Money
    reason: RefundReason
    document: RefundDocument
    came_on: Annotated[date, Day(label=N_("Came on"))]
    state: Annotated[BudgetState, Choice(label=N_("State"), words=BudgetState)]
    entered_by: Annotated[str, Name(label=N_("Entered by"))]
    confirmed_by: Annotated[str, Name(label=N_("Confirmed by"))]
    mine: Annotated[bool, Flag(label=N_("Entered by me"))]


class Returnable(Record):
    """What of an award was paid, came back, and may still come back."""

    paid: Annotated[Fen, Amount(label=N_("Paid"))]
    back: Annotated[Fen, Amount(label=N_("Came back"))]
    waiting: Annotated[Fen, Amount(label=N_("To be confirmed"))]
    left: Annotated[Fen, Amount(label=N_("May still come back"))]


class DemandForm(Record):
    """Demands money back that was claimed falsely."""

    award_id: Annotated[int, Key()]
    amount: Money
    reason: RefundReason
    document: Annotated[str, Text(label=N_("Decision"), min_length=4, max_length=120)]
    due_on: Annotated[date, Day(label=N_("To be paid back by"))]
