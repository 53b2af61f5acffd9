"""The verbs of the quarterly claims of interest subsidy: made by one, confirmed by another."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.core.errors import NotNow
from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words.loans import ClaimState, LoanState, SubsidyLineKind
from app.loans.claim_rules import (
    ClaimStale,
    ClaimThere,
    LaterClaim,
    NothingToClaim,
    QuarterRuns,
    ReceivedBeforeSent,
    ReceivedOtherwise,
)
from app.loans.numbers import claim_number
from app.loans.replay import replay, subsidised
from app.loans.rules import LENT
from app.loans.store import event_of
from app.loans.subsidy_lines import Due, Line, Quarter, Said, entitled, lines, quarter
from app.loans.subsidy_records import (
    ClaimForm,
    ClaimReceived,
    ClaimSent,
    ClaimStep,
    ClaimWithdrawal,
)
from app.loans.terms import from_plain
from app.reference.workdays import calendar
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.loans import Loan, LoanEvent, SubsidyClaim, SubsidyLine

KEPT: Final = tuple(state for state in LENT if state is not LoanState.RECORDED)
"""States of a loan whose repayments are known here."""


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def draft_claim(work: Work, form: ClaimForm) -> int:
    """Make the claim of a bank for a quarter that is over; another person confirms it.

    Raises `QuarterRuns`, `ClaimThere`, `NothingToClaim`.
    """
    asked = quarter(form.year, form.quarter)
    if work.today < asked.after:
        raise QuarterRuns(last=asked.last)
    bank = form.bank.strip()
    there = select(SubsidyClaim).where(
        SubsidyClaim.bank == bank,
        SubsidyClaim.first_day == asked.first,
        SubsidyClaim.state != ClaimState.WITHDRAWN,
    )
    if other := work.session.scalar(there):
        raise ClaimThere(bank=bank, number=other.number)
    found = owed(work, bank, asked)
    if not found:
        raise NothingToClaim(bank=bank)
    claim = work.add(
        SubsidyClaim(
            number=claim_number(work.today.year, work.next_number("subsidy_claim")),
            bank=bank,
            first_day=asked.first,
            last_day=asked.last,
            fen=Fen(sum(line.due.fen for _loan, line, _why in found)),
            state=ClaimState.DRAFTED,
            made_by=work.actor.id,
            made_at=work.now,
            confirmed_by=None,
            sent_on=None,
            received_on=None,
            received=None,
            note=form.note.strip(),
        )
    )
    for loan_id, line, why in found:
        row = SubsidyLine(
            claim_id=claim.id, loan_id=loan_id, kind=line.kind, reason=why, **line.due._asdict()
        )
        work.add(row)
    work.subject = f"subsidy_claim/{claim.id}"
    return claim.id


@action(needs=Permission.CONFIRM_LOANS, changes={Topic.LOANS})
def confirm_claim(work: Work, step: ClaimStep) -> None:
    """Confirm a claim somebody else made, when it still says what is owed.

    Raises `SecondPersonNeeded`, `ClaimStale`.
    """
    claim = _claim(work, step, ClaimState.DRAFTED)
    if claim.made_by == work.actor.id:
        raise SecondPersonNeeded()
    if is_stale(work, claim):
        raise ClaimStale(number=claim.number)
    claim.state = ClaimState.CONFIRMED
    claim.confirmed_by = work.actor.id


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def send_claim(work: Work, step: ClaimSent) -> None:
    """Note on which day a confirmed claim went to the treasury."""
    claim = _claim(work, step, ClaimState.CONFIRMED)
    claim.state = ClaimState.SENT
    claim.sent_on = step.day


@action(needs=Permission.CONFIRM_LOANS, changes={Topic.LOANS})
def receive_claim(work: Work, step: ClaimReceived) -> None:
    """Note what the treasury paid for a claim.

    Raises `ReceivedBeforeSent`, and `ReceivedOtherwise` when a difference is not explained.
    """
    claim = _claim(work, step, ClaimState.SENT)
    if claim.sent_on is not None and step.day < claim.sent_on:
        raise ReceivedBeforeSent(sent=claim.sent_on, day=step.day)
    note = step.note.strip()
    if step.amount != claim.fen and not note:
        raise ReceivedOtherwise(received=yuan_text(step.amount), claimed=yuan_text(claim.fen))
    claim.note = note or claim.note
    claim.received = step.amount
    claim.received_on = step.day
    claim.state = ClaimState.RECEIVED


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def withdraw_claim(work: Work, step: ClaimWithdrawal) -> None:
    """Withdraw the newest claim of a bank that was not paid; its quarter can be claimed anew.

    Raises `LaterClaim`.
    """
    claim = _claim(work, step, ClaimState.DRAFTED, ClaimState.CONFIRMED, ClaimState.SENT)
    later = later_claim(work, claim)
    if later is not None:
        raise LaterClaim(number=later.number)
    claim.state = ClaimState.WITHDRAWN
    claim.note = step.reason.strip()


def _claim(work: Work, step: ClaimStep, *states: ClaimState) -> SubsidyClaim:
    claim = work.load(SubsidyClaim, step.id, step.version)
    if claim.state not in states:
        raise NotNow(state=claim.state.label, step="claim")
    return claim


def later_claim(work: Work, claim: SubsidyClaim) -> SubsidyClaim | None:
    """Return a claim of the same bank that was made later and stands."""
    return work.session.scalar(
        select(SubsidyClaim)
        .where(
            SubsidyClaim.bank == claim.bank,
            SubsidyClaim.id > claim.id,
            SubsidyClaim.state != ClaimState.WITHDRAWN,
        )
        .order_by(SubsidyClaim.id.desc())
        .limit(1)
    )


def is_stale(work: Work, claim: SubsidyClaim) -> bool:
    """Tell whether a claim would say something else if it were made now."""
    days = Quarter(claim.first_day, claim.last_day + timedelta(days=1))
    again = [(loan, line) for loan, line, _why in owed(work, claim.bank, days, without=claim.id)]
    return again != _lines_of(work, claim)


def _lines_of(work: Work, claim: SubsidyClaim) -> list[tuple[int, Line]]:
    rows = work.session.scalars(
        select(SubsidyLine).where(SubsidyLine.claim_id == claim.id).order_by(SubsidyLine.id)
    )
    return [(row.loan_id, Line(row.kind, _due(row))) for row in rows]


def _due(row: SubsidyLine) -> Due:
    return Due(row.from_on, row.to_on, row.days, row.base, row.rate, row.fen)


# What is owed


def owed(work: Work, bank: str, asked: Quarter, without: int = 0) -> list[tuple[int, Line, str]]:
    """Return the lines of a claim of a bank with their loans and reasons, in the loans' order.

    What earlier claims said is looked at again; ``without`` names a claim that does not count.
    """
    quarters = {asked, *_claimed_quarters(work, bank, without)}
    last = max(each.last for each in quarters)
    said = _said(work, bank, without)
    days = calendar()
    found: list[tuple[int, Line, str]] = []
    for loan, events in _loans(work, bank, last):
        terms = from_plain(loan.terms)
        before = said.get(loan.id, [])
        if terms.subsidy is None and not before:
            continue
        happened = tuple(map(event_of, events))
        standing = replay(terms, happened, work.today, days)
        stretches = subsidised(terms, happened, work.today, days)
        why = _why(standing.misused_on)
        found += [
            (loan.id, line, why if line.kind is not SubsidyLineKind.CLAIMED else "")
            for line in lines(entitled(terms, standing, stretches, quarters), before)
        ]
    return found


def _why(misused_on: date | None) -> str:
    """Return why an earlier claim is put right."""
    if misused_on is not None:
        return _("Misuse found on {day}").format(day=misused_on)
    return _("Entries that became known since")


def _claimed_quarters(work: Work, bank: str, without: int) -> Iterator[Quarter]:
    """Yield the quarters that a bank claimed here; others were claimed on paper, if at all."""
    rows = work.session.execute(
        select(SubsidyClaim.first_day, SubsidyClaim.last_day).where(
            SubsidyClaim.bank == bank,
            SubsidyClaim.state != ClaimState.WITHDRAWN,
            SubsidyClaim.id != without,
        )
    )
    for first, last in rows:
        yield Quarter(first, last + timedelta(days=1))


def _said(work: Work, bank: str, without: int) -> dict[int, list[Said]]:
    """Return what the claims of a bank that stand say, by loan."""
    rows = work.session.scalars(
        select(SubsidyLine)
        .join(SubsidyClaim, SubsidyLine.claim_id == SubsidyClaim.id)
        .where(
            SubsidyClaim.bank == bank,
            SubsidyClaim.state != ClaimState.WITHDRAWN,
            SubsidyClaim.id != without,
        )
        .order_by(SubsidyLine.id)
    )
    said: dict[int, list[Said]] = defaultdict(list)
    for row in rows:
        said[row.loan_id].append(Said(row.kind, _due(row)))
    return said


def _loans(work: Work, bank: str, last: date) -> Iterator[tuple[Loan, Sequence[LoanEvent]]]:
    """Yield the loans that a bank lent until a day, each with what happened to it."""
    loans = work.session.scalars(
        select(Loan)
        .where(Loan.bank == bank, Loan.state.in_(KEPT), Loan.lent_on <= last)
        .order_by(Loan.id)
    ).all()
    events: dict[int, list[LoanEvent]] = defaultdict(list)
    for event in work.session.scalars(
        select(LoanEvent)
        .join(Loan, LoanEvent.loan_id == Loan.id)
        .where(Loan.bank == bank)
        .order_by(LoanEvent.loan_id, LoanEvent.number)
    ):
        events[event.loan_id].append(event)
    for loan in loans:
        yield loan, events[loan.id]
