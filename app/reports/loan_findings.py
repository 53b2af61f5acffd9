"""Holds every loan against what happened to it: its plan and its sums are made of its events.

A loan is played again up to the day it was last counted on; whatever stands beside its events and
is not what they make was altered, or is a mistake of the program.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.records import Finding
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.words.loans import LoanEventKind, LoanState
from app.loans.events import in_order
from app.loans.replay import replay
from app.loans.store import derived, event_of, plan_columns, planned
from app.loans.terms import from_plain
from app.reference.workdays import calendar
from db.models.loans import Loan, LoanEvent, LoanInstalment

AT_ONCE = 200
"""Loans that are read and played together."""

RESERVED = (LoanState.GUARANTEED, LoanState.SECURED, LoanState.BANK_APPROVED)
"""States in which the guarantee fund stands for all that the committee guaranteed."""

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)
"""What reading a row raises whose content is none that the program writes."""


def loan_findings(session: Session) -> Iterator[Finding]:
    """Yield every loan whose plan or sums are not what its events make."""
    ids = session.scalars(select(Loan.id).order_by(Loan.id)).all()
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        events = _by_loan(session, LoanEvent, part)
        lines = _by_loan(session, LoanInstalment, part)
        for key in part:
            try:
                loan = session.get_one(Loan, key)
                wrong = _wrong(session, loan, events[key], lines[key])
            except (*UNREADABLE, RuleBroken):
                wrong = _("Its entries or its contract were altered")
            if wrong:
                yield Finding(part="loans", row=f"loan/{key}", says=wrong)
        session.expunge_all()


def _by_loan(
    session: Session, model: type[LoanEvent] | type[LoanInstalment], ids: Sequence[int]
) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.scalars(
        select(model).where(model.loan_id.in_(ids)).order_by(model.loan_id, model.number)
    ):
        found[row.loan_id].append(row)
    return found


def _wrong(
    session: Session, loan: Loan, events: Sequence[LoanEvent], lines: Sequence[LoanInstalment]
) -> str:
    """Return what of a loan is not what its events make, or nothing."""
    numbers = [event.number for event in events]
    if numbers != list(range(1, len(events) + 1)):
        return _("Entries are missing")
    if loan.terms is None or loan.state is LoanState.WITHDRAWN:
        return _wrong_before(loan, events if loan.terms is None else (), lines)
    if loan.state is not LoanState.RECORDED and loan.counted_on is None:
        return _("It was never counted")
    if not any(event.kind is LoanEventKind.LENT for event in events):
        return _("Entries are missing")
    counted_on = loan.counted_on or events[-1].day
    standing = replay(from_plain(loan.terms), [*map(event_of, events)], counted_on, calendar())
    for name, value in derived(session, loan, standing).items():
        if getattr(loan, name) != value:
            return _("{column} is not what the entries make").format(column=name)
    made = {line.number: plan_columns(line) for line in planned(loan, standing)}
    kept = {
        line.number: {name: getattr(line, name) for name in made.get(line.number, ())}
        for line in lines
        if line.number in made or line.open or line.principal or line.interest
    }
    return "" if kept == made else _("The plan is not what the entries make")


def _wrong_before(loan: Loan, events: Sequence[LoanEvent], lines: Sequence[LoanInstalment]) -> str:
    """Return what is wrong with a loan that was not lent, or nothing."""
    reserved = loan.guaranteed if loan.state in RESERVED else 0
    standing = in_order([*map(event_of, events)], date.max)
    planned = any(line.open or line.principal or line.interest for line in lines)
    if standing or planned or loan.outstanding or loan.owed_to_fund or loan.exposure != reserved:
        return _("It was not lent, and money stands beside it")
    return ""
