"""What is asked and shown about the money of a loan: its plan, what was paid, what changes it."""

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
from app.core.words import Word
from app.core.words.loans import ChangeState, LoanEventKind, LoanState, OwedPart, Payer

LoanId = Annotated[int, Key()]
Version = Annotated[int, Key()]
Event = Annotated[LoanEventKind, Choice(label=N_("What happened"), words=LoanEventKind)]
PaidBy = Annotated[Payer | None, Choice(label=N_("Paid by"), words=Payer)]
Reference = Annotated[
    str,
    Text(
        label=N_("Bank reference"),
        hint=N_("The number on the bank's statement or slip."),
        max_length=60,
    ),
]
Principal = Annotated[Fen, Amount(label=N_("Principal"))]
Interest = Annotated[Fen, Amount(label=N_("Interest"))]
Penalty = Annotated[Fen, Amount(label=N_("Overdue interest"))]


class LineState(Word):
    """Where a line of the plan stands today."""

    PAID = "paid", N_("Paid")
    PART = "part", N_("Paid in part")
    OVERDUE = "overdue", N_("Overdue")
    SOON = "soon", N_("Due this week")
    OPEN = "open", N_("To come")


# The plan


class PlanLine(Record):
    """One line of the plan as it stands."""

    number: Annotated[int, Count(label=N_("No."))]
    due_on: Annotated[date, Day(label=N_("Due on"))]
    pay_by: Annotated[date, Day(label=N_("Pay by"))]
    provisional: Annotated[bool, Flag(label=N_("Provisional"))]
    """``pay_by`` rests on a year whose holidays are not announced."""
    principal: Principal
    interest: Interest
    subsidy: Annotated[Fen, Amount(label=N_("Borne by the treasury"))]
    penalty: Penalty
    due: Annotated[Fen, Amount(label=N_("To be paid"))]
    paid: Annotated[Fen, Amount(label=N_("Paid"))]
    left: Annotated[Fen, Amount(label=N_("Left"))]
    """With overdue interest up to today."""
    balance: Annotated[Fen, Amount(label=N_("Principal left"))]
    """Not due yet after this line."""
    paid_on: Annotated[date | None, Day(label=N_("Paid on"))]
    """The day it was paid in full."""
    days_late: Annotated[int, Count(label=N_("Days overdue"))]
    state: Annotated[LineState, Choice(label=N_("State"), words=LineState)]


class LendPreview(Record):
    """What a contract would fix, before it is entered."""

    rate: Annotated[str, Text(label=N_("Rate a year, percent"))]
    lines: Annotated[tuple[PlanLine, ...], Many(label=N_("Plan"))]
    interest: Annotated[Fen, Amount(label=N_("Interest"))]
    subsidy: Annotated[Fen, Amount(label=N_("Borne by the treasury"))]
    explained: Annotated[tuple[str, ...], Kind(label=N_("How it is counted"))]
    not_checked: Annotated[tuple[str, ...], Kind(label=N_("Not checked, for want of a source"))]


class PlanPair(Record):
    """One due day of the plan before and after a change; `None` where one plan has nothing due."""

    number: Annotated[int, Count(label=N_("No."))]
    due_on: Annotated[date, Day(label=N_("Due on"))]
    principal_before: Annotated[Fen | None, Amount(label=N_("Principal before"))]
    principal_after: Annotated[Fen | None, Amount(label=N_("Principal after"))]
    interest_before: Annotated[Fen | None, Amount(label=N_("Interest before"))]
    interest_after: Annotated[Fen | None, Amount(label=N_("Interest after"))]
    subsidy_before: Annotated[Fen | None, Amount(label=N_("Subsidy before"))]
    subsidy_after: Annotated[Fen | None, Amount(label=N_("Subsidy after"))]
    open_before: Annotated[Fen | None, Amount(label=N_("To be paid before"))]
    open_after: Annotated[Fen | None, Amount(label=N_("To be paid after"))]
    changed: Annotated[bool, Flag(label=N_("Changed"))]


class StandingView(Record):
    """What a loan owes at the end of one day."""

    as_of: Annotated[date, Day(label=N_("As of"))]
    state: Annotated[LoanState, Choice(label=N_("State"), words=LoanState)]
    outstanding: Annotated[Fen, Amount(label=N_("Principal left"))]
    repaid: Annotated[Fen, Amount(label=N_("Principal repaid"))]
    """To the bank, by the borrower's side."""
    interest_paid: Annotated[Fen, Amount(label=N_("Interest paid"))]
    penalty_paid: Annotated[Fen, Amount(label=N_("Overdue interest paid"))]
    principal_overdue: Annotated[Fen, Amount(label=N_("Principal overdue"))]
    interest_overdue: Annotated[Fen, Amount(label=N_("Interest overdue"))]
    penalty: Penalty
    overdue_since: Annotated[date | None, Day(label=N_("Overdue since"))]
    days_overdue: Annotated[int, Count(label=N_("Days overdue"))]
    owed_to_fund: Annotated[Fen, Amount(label=N_("Owed to the guarantee fund"))]
    compensated: Annotated[Fen, Amount(label=N_("Paid by the guarantee fund"))]
    recovered: Annotated[Fen, Amount(label=N_("Recovered"))]
    written_off: Annotated[Fen, Amount(label=N_("Written off"))]
    ahead: Annotated[Fen, Amount(label=N_("Paid ahead"))]
    next_due_on: Annotated[date | None, Day(label=N_("Next due"))]
    next_due: Annotated[Fen, Amount(label=N_("To be paid then"))]
    ends_on: Annotated[date | None, Day(label=N_("Ends on"))]
    settled_on: Annotated[date | None, Day(label=N_("Settled on"))]


# Repayments


class RepaymentForm(Record):
    """Money that came in for a loan, as the bank's statement says."""

    loan_id: LoanId
    version: Version
    day: Annotated[date, Day(label=N_("Paid on"), may_be_future=False)]
    """May lie long before today: the plan is made anew as if it had been entered then."""
    fen: Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]
    payer: Annotated[Payer, Choice(label=N_("Paid by"), words=Payer)] = Payer.BORROWER
    document: Reference = ""
    note: Annotated[str, Text(label=N_("Note"))] = ""
    early: Annotated[bool, Flag(label=N_("Early repayment"))] = False
    """Said when the money is more than is due on that day."""
    another: Annotated[bool, Flag(label=N_("Another payment, not a double entry"))] = False
    """Said when a payment of that day, amount and reference was entered before."""


class Allocated(Record):
    """What of a payment goes to which part of which line of the plan."""

    number: Annotated[int, Count(label=N_("No."))]
    due_on: Annotated[date | None, Day(label=N_("Due on"))]
    part: Annotated[OwedPart, Choice(label=N_("Settles"), words=OwedPart)]
    fen: Annotated[Fen, Amount(label=N_("Amount"))]
    early: Annotated[bool, Flag(label=N_("Early repayment"))] = False


class RepaymentPreview(Record):
    """What a payment would settle, before it is entered."""

    due: Annotated[Fen, Amount(label=N_("Due on that day"))]
    """Everything that is due by then with overdue interest and not paid."""
    coming: Annotated[Fen, Amount(label=N_("Next instalment"))]
    """When it is due within a month: paid some days early it counts as paid, and only what goes
    beyond it is an early repayment."""
    payoff: Annotated[Fen, Amount(label=N_("Settles the whole loan"))]
    """With this the loan would be settled on that day."""
    lines: Annotated[tuple[Allocated, ...], Many(label=N_("What it settles"))]
    held: Annotated[Fen, Amount(label=N_("Paid ahead"))]
    """Less than the next instalment asks for: it waits for the due day."""
    beyond: Annotated[Fen, Amount(label=N_("More than is due"))]
    """More than is due and the next instalment: the form has to say that it is paid early."""
    over: Annotated[Fen, Amount(label=N_("More than the whole loan"))]
    """Too much: it cannot be entered."""
    settles: Annotated[bool, Flag(label=N_("Settles the loan"))]
    back_dated: Annotated[bool, Flag(label=N_("Before what was entered already"))]
    """Later entries are counted anew."""
    twice: Annotated[tuple[int, ...], Kind(label=N_("Entered before as"))]
    """Numbers of the events that look like the same payment."""
    plan: Annotated[tuple[PlanPair, ...], Many(label=N_("Plan before and after"))]
    outstanding_after: Annotated[Fen, Amount(label=N_("Principal left after"))]
    on_record: Annotated[bool, Flag(label=N_("On record only"))] = False
    """The loan is not in the books yet: the payment is kept, what it settles is not told."""


class TakeOverForm(Record):
    """Takes a loan of an old register into the books: all that was repaid by a day is entered."""

    id: LoanId
    version: Version
    day: Annotated[date, Day(label=N_("Bank statement of"), may_be_future=False)]
    left: Annotated[Fen, Amount(label=N_("Principal left, as the bank says"))]
    document: Annotated[str, Text(label=N_("Number of the statement"), max_length=60)]
    note: Annotated[str, Lines(label=N_("Why the bank has another sum"), max_length=300)] = ""


class TakeOverAsked(Record):
    """Asks how a loan of an old register stood on a day by what is entered of it."""

    id: LoanId
    day: Annotated[date, Day(label=N_("Day"))]


class PayoffAsked(Record):
    """Asks what would settle a loan on a day (提前结清试算)."""

    loan_id: LoanId
    day: Annotated[date, Day(label=N_("Day"))]


class PayoffView(Record):
    """What would settle a loan on a day, part by part."""

    day: Annotated[date, Day(label=N_("Day"))]
    principal: Principal
    interest: Interest
    penalty: Penalty
    total: Annotated[Fen, Amount(label=N_("Total"))]
    ahead: Annotated[Fen, Amount(label=N_("Paid ahead"))]
    """Taken off the total."""
    saved: Annotated[Fen, Amount(label=N_("Interest saved"))]
    """Against paying as the plan says."""
    explained: Annotated[tuple[str, ...], Kind(label=N_("How it is counted"))]


# Changes by two people


class ChangeForm(Record):
    """What one person enters and another confirms.

    - reversed: ``reverses`` is the number of the event that was wrong;
    - extended: ``months`` more, from the end of the term;
    - compensated: ``fen`` of principal paid by the guarantee fund;
    - recovered: ``fen`` from ``payer`` for the fund;
    - written off: what is owed to the fund, with the minutes as the document.
    """

    loan_id: LoanId
    version: Version
    kind: Event
    day: Annotated[date, Day(label=N_("Day"), may_be_future=False)]
    fen: Annotated[Fen, Amount(label=N_("Amount"))] = Fen(0)
    months: Annotated[int | None, Count(label=N_("Months more"), at_least=1, at_most=60)] = None
    payer: PaidBy = None
    reverses: Annotated[int | None, Count(label=N_("Entry no."), at_least=1)] = None
    reason: Annotated[str, Lines(label=N_("Reason"), max_length=300)]
    document: Annotated[str, Text(label=N_("Document"), max_length=60)] = ""


class LoanChangeStep(Record):
    """Confirms or withdraws a change that was entered."""

    id: Annotated[int, Key()]
    version: Version


class ChangeAsked(Record):
    """Asks for one change that was entered."""

    id: Annotated[int, Key()]


class ChangePreview(Record):
    """What a change would do, before and after side by side."""

    before: Annotated[StandingView, Part()]
    after: Annotated[StandingView, Part()]
    plan: Annotated[tuple[PlanPair, ...], Many(label=N_("Plan before and after"))]
    warns: Annotated[str, Text(label=N_("Out of order"))] = ""
    """What speaks against it and can be passed, for the reason says why."""


class FundPartView(Record):
    """What the guarantee fund bears of a loan when it pays the bank on a day."""

    most: Annotated[Fen, Amount(label=N_("The fund pays"))]
    explained: Annotated[str, Text(label=N_("How it is counted"))]


class LoanChangeRow(Record):
    """One change: who entered it, who confirmed it."""

    id: Annotated[int, Key()]
    version: Version
    loan_id: LoanId
    kind: Event
    day: Annotated[date, Day(label=N_("Day"))]
    fen: Annotated[Fen, Amount(label=N_("Amount"))]
    months: Annotated[int | None, Count(label=N_("Months more"))]
    payer: PaidBy
    reverses: Annotated[int | None, Count(label=N_("Entry no."))]
    reason: Annotated[str, Lines(label=N_("Reason"))]
    document: Annotated[str, Text(label=N_("Document"))]
    state: Annotated[ChangeState, Choice(label=N_("State"), words=ChangeState)]
    entered_by: Annotated[str, Name(label=N_("Entered by"))]
    entered_at: Annotated[datetime, Moment(label=N_("Entered"))]
    confirmed_by: Annotated[str, Name(label=N_("Confirmed by"))]
    mine: Annotated[bool, Flag(label=N_("Entered by me"))]


class LoanEventRow(Record):
    """One entry of the money of a loan, in the order it became known."""

    number: Annotated[int, Count(label=N_("Entry no."))]
    kind: Event
    day: Annotated[date, Day(label=N_("Day"))]
    fen: Annotated[Fen, Amount(label=N_("Amount"))]
    months: Annotated[int | None, Count(label=N_("Months more"))]
    payer: PaidBy
    reverses: Annotated[int | None, Count(label=N_("Reverses entry no."))]
    reversed_by: Annotated[int | None, Count(label=N_("Reversed by entry no."))]
    document: Annotated[str, Text(label=N_("Document"))]
    note: Annotated[str, Text(label=N_("Note"))]
    entered_by: Annotated[str, Name(label=N_("Entered by"))]
    entered_at: Annotated[datetime, Moment(label=N_("Entered"))]
    confirmed_by: Annotated[str, Name(label=N_("Confirmed by"))]
    """Of what needs two people; empty for what one may enter alone."""
