"""What is asked and shown about batches, and what the bank says of them."""

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
    Many,
    Moment,
    Name,
    Text,
)
from app.core.money import Fen
from app.core.record import Record
from app.core.words.disbursements import BatchState, LineState, PayWay
from app.disbursements.records import AwardRow, Holder, HowPaid, MaskedCard, Money

BatchNumber = Annotated[str, Text(label=N_("Batch number"))]
LineIds = Annotated[tuple[int, ...], Many(label=N_("Payments"))]
Reason = Annotated[str, Text(label=N_("Reason"), min_length=2, max_length=100)]


class BatchForm(Record):
    """Opens a batch with approved awards."""

    award_ids: Annotated[tuple[int, ...], Many(label=N_("Awards"))]
    layout: Annotated[str, Text(label=N_("Bank layout"))] = ""
    """None of cash and goods."""
    way: HowPaid = PayWay.CARD


class CorrectionForm(Record):
    """Opens the batch that makes failed payments of another good."""

    batch_id: Annotated[int, Key()]
    award_ids: Annotated[tuple[int, ...], Many(label=N_("Awards"))]


class BatchById(Record):
    """Names a batch."""

    id: Annotated[int, Key()]


class BatchStepForm(Record):
    """A step of a batch."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]


class CallOff(BatchStepForm):
    """Gives up a frozen batch that did not go out."""

    reason: Reason


class TakeOut(Record):
    """Takes one line out of a batch that is not frozen; the award stays approved."""

    batch_id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    line_id: Annotated[int, Key()]
    reason: Reason


class HandOut(Record):
    """Says that people signed for their cash or goods today."""

    batch_id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    line_ids: LineIds


class NotCollected(HandOut):
    """Says that cash or goods were not collected: the money goes back to its fund."""

    reason: Reason


class BatchRow(Record):
    """One line of the list of batches."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    number: BatchNumber
    way: HowPaid
    state: Annotated[BatchState, Choice(label=N_("State"), words=BatchState)]
    count: Annotated[int, Count(label=N_("Payments"))]
    amount: Annotated[Fen, Amount(label=N_("Total"))]
    paid: Annotated[int, Count(label=N_("Paid"))]
    failed: Annotated[int, Count(label=N_("Not paid"))]
    prepared_by: Annotated[str, Name(label=N_("Prepared by"))]
    prepared_at: Annotated[datetime, Moment(label=N_("Prepared"))]


class BatchLineRow(Record):
    """One payment of a batch with what the pre-flight says."""

    id: Annotated[int, Key()]
    line: Annotated[int, Count(label=N_("No."))]
    award_id: Annotated[int, Key()]
    check: Annotated[str, Text(label=N_("Pre-flight"))]
    """``ok``, ``look`` or ``stop``."""
    check_says: Annotated[str, Text(label=N_("What it says"))]
    name: Annotated[str, Name(label=N_("Payee"))]
    case_number: Annotated[str, Text(label=N_("Case number"))]
    title: Annotated[str, Text(label=N_("Measure"))]
    amount: Money
    account_holder: Holder
    account_number: MaskedCard
    fund: Annotated[str, Text(label=N_("Fund"))]
    state: Annotated[LineState, Choice(label=N_("State"), words=LineState)]
    reason: Annotated[str, Text(label=N_("Reason"))]
    goods: Annotated[str, Text(label=N_("Goods"))]
    """What is given in kind, with quantity and unit value; empty of money."""
    settled_on: Annotated[date | None, Day(label=N_("Booked on"))]
    back: Annotated[Fen, Amount(label=N_("Came back"))]
    """What of a paid amount came back and was confirmed."""


class CheckRow(Record):
    """One check of the pre-flight over the whole batch."""

    title: Annotated[str, Text(label=N_("Check"))]
    says: Annotated[str, Text(label=N_("Result"))]
    level: Annotated[str, Text(label=N_("Level"))]
    """``ok``, ``look`` or ``stop``."""
    passed: Annotated[int, Count(label=N_("Passed"))]
    total: Annotated[int, Count(label=N_("Of"))]


class BatchLink(Record):
    """Another batch that this one follows, or that follows it."""

    id: Annotated[int, Key()]
    number: BatchNumber
    count: Annotated[int, Count(label=N_("Payments"))]


class BatchView(Record):
    """A batch as its page shows it."""

    row: BatchRow
    layout: Annotated[str, Text(label=N_("Bank layout"))]
    households: Annotated[int, Count(label=N_("Households"))]
    capitals: Annotated[str, Text(label=N_("In capitals"))]
    by_fund: Annotated[tuple[tuple[str, int, Fen], ...], Many(label=N_("By fund"))]
    lines: Annotated[tuple[BatchLineRow, ...], Many(label=N_("Payments"))]
    checks: Annotated[tuple[CheckRow, ...], Many(label=N_("Pre-flight"))]
    digest: Annotated[str, Text(label=N_("Digest of the batch"))]
    bank_file: Annotated[str, Text(label=N_("Bank file"))]
    frozen_at: Annotated[datetime | None, Moment(label=N_("Frozen"))]
    follows: Annotated[BatchLink | None, Kind(label=N_("Makes good"))]
    followed_by: Annotated[tuple[BatchLink, ...], Many(label=N_("Made good by"))]
    correctable: Annotated[tuple[AwardRow, ...], Many(label=N_("For a correction batch"))]
    """Failed payments that were mended and approved anew, and are in no batch yet."""


class Cause(Record):
    """Payments of a batch that failed for one reason; the money is back in its fund."""

    reason: Annotated[str, Text(label=N_("Reason"))]
    count: Annotated[int, Count(label=N_("Payments"))]
    amount: Annotated[Fen, Amount(label=N_("Returned"))]


class Settlement(Record):
    """What taking a bank result in did."""

    paid: Annotated[int, Count(label=N_("Paid"))]
    failed: Annotated[int, Count(label=N_("Not paid"))]
    paid_amount: Annotated[Fen, Amount(label=N_("Paid"))]
    returned_amount: Annotated[Fen, Amount(label=N_("Returned"))]
    again: Annotated[bool, Flag(label=N_("Taken in before"))]
    """True when nothing was booked because all of it was booked already."""
    unanswered: Annotated[int, Count(label=N_("Without an answer"))] = 0
    """Payments the bank has said nothing of yet; the batch stays open for a further result."""
    causes: Annotated[tuple[Cause, ...], Many(label=N_("Causes"))] = ()
    problems: Annotated[tuple[str, ...], Many(label=N_("Problems"))] = ()
    """Lines of the file that fit no payment; while there are any, nothing was booked unless
    the request said so."""
