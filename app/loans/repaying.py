"""What a repayment meets: what is due on its day, and payments that look like the same one."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from sqlalchemy import select

from app.core.money import ZERO, Fen
from app.core.words.loans import LoanEventKind
from app.loans.money_records import RepaymentForm
from app.loans.replay import payoff, replay
from app.loans.store import events_of, terms_of
from app.reference.workdays import calendar
from app.work import Work
from db.models.loans import Loan, LoanEvent

MONTH: Final = timedelta(days=31)


class Demands(NamedTuple):
    """What a payment on a day can settle."""

    due: Fen
    """Everything due by then and not paid, with overdue interest."""
    coming: Fen
    """What the next instalment still asks for, when it is due within a month: paid some days
    early it counts as paid."""
    all: Fen
    """With this the whole loan is settled on that day."""

    @property
    def in_time(self) -> Fen:
        """Return up to which sum a payment is no early repayment."""
        return Fen(min(self.due + self.coming, self.all))


def demands(work: Work, loan: Loan, day: date) -> Demands:
    """Return what a payment of a loan on a day can settle, by what is known of it today.

    Payments of later days are left out: it is told as it would have been told on that day.
    """
    terms, events = terms_of(loan), events_of(work.session, loan.id)
    standing = replay(terms, events, day, calendar())
    if standing.lent_on is None or standing.settled_on or standing.compensated_on:
        return Demands(ZERO, ZERO, ZERO)
    due = standing.due_principal + standing.due_interest + standing.penalty
    coming = next((each for each in standing.left if day < each.due <= day + MONTH), None)
    total = payoff(terms, events, day, calendar()).total
    return Demands(Fen(due), coming.open if coming else ZERO, total)


def same_payments(work: Work, form: RepaymentForm) -> tuple[int, ...]:
    """Return the numbers of repayments of that day, amount and reference that stand.

    A payment without a reference looks like any other of its day and amount.
    """
    rows = work.session.execute(
        select(
            LoanEvent.number,
            LoanEvent.kind,
            LoanEvent.day,
            LoanEvent.fen,
            LoanEvent.document,
            LoanEvent.reverses,
        )
        .where(LoanEvent.loan_id == form.loan_id)
        .order_by(LoanEvent.number)
    ).all()
    gone = {row.reverses for row in rows}
    reference = form.document.strip()
    return tuple(
        row.number
        for row in rows
        if row.kind is LoanEventKind.REPAID
        and row.number not in gone
        and (row.day, row.fen) == (form.day, form.fen)
        and (not reference or row.document in ("", reference))
    )
