"""Reads the money of a loan from its events, and keeps beside them what the lists need.

The plan and every sum are functions of the terms and the events. What `recount` writes beside
them holds up to the day it was counted on. Nothing has to run at night for it to stay true: whether
a line is overdue follows from its last day in time and today, which the lists compare themselves.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.money import ZERO, Fen, divide
from app.core.words.loans import LoanEventKind, LoanState, Payer
from app.loans.events import Event
from app.loans.replay import replay
from app.loans.rules import LENT, NotLent, OnRecordOnly
from app.loans.standing import Instalment, Standing
from app.loans.terms import Terms, from_plain
from app.reference.workdays import calendar
from app.work import Work
from db.models.guarantees import GuaranteeFund
from db.models.loans import Loan, LoanChange, LoanEvent, LoanInstalment, LoanStep


def event_of(row: LoanEvent) -> Event:
    """Return what the money of a loan needs of one entry."""
    return Event(row.number, row.kind, row.day, row.fen, row.months or 0, row.payer, row.reverses)


def events_of(session: Session, loan_id: int) -> tuple[Event, ...]:
    """Return what happened to a loan, in the order it became known."""
    return tuple(map(event_of, rows_of(session, loan_id)))


def rows_of(session: Session, loan_id: int) -> Sequence[LoanEvent]:
    """Return the entries of a loan, in the order they became known."""
    found = select(LoanEvent).where(LoanEvent.loan_id == loan_id).order_by(LoanEvent.number)
    return session.scalars(found).all()


def terms_of(loan: Loan) -> Terms:
    """Return what the contract of a loan says. Raises `NotLent` when there is none yet."""
    if loan.terms is None:
        raise NotLent(number=loan.number)
    return from_plain(loan.terms)


def standing_of(session: Session, loan: Loan, as_of: date) -> Standing:
    """Return how a loan stands at the end of a day. Raises `NotLent`, `ImpossibleEvent`."""
    return replay(terms_of(loan), events_of(session, loan.id), as_of, calendar())


def standing_with(session: Session, loan: Loan, event: Event, as_of: date) -> Standing:
    """Return how a loan would stand with one more entry. Raises as `standing_of`."""
    events = (*events_of(session, loan.id), event)
    return replay(terms_of(loan), events, as_of, calendar())


def next_event(session: Session, loan_id: int) -> int:
    """Return the number that the next entry of a loan gets."""
    return len(rows_of(session, loan_id)) + 1


def write_event(
    work: Work,
    loan: Loan,
    kind: LoanEventKind,
    day: date,
    *,
    fen: Fen = ZERO,
    payer: Payer | None = None,
    document: str = "",
    note: str = "",
) -> LoanEvent:
    """Write what one person may enter alone: the lending, a repayment, a misuse."""
    return work.add(
        LoanEvent(
            loan_id=loan.id,
            number=next_event(work.session, loan.id),
            kind=kind,
            day=day,
            fen=fen,
            months=None,
            payer=payer,
            reverses=None,
            change_id=None,
            document=document.strip(),
            note=note.strip(),
            entered_by=work.actor.id,
            entered_at=work.now,
        )
    )


def write_change(work: Work, change: LoanChange) -> LoanEvent:
    """Write the entry of a confirmed change."""
    return work.add(
        LoanEvent(
            loan_id=change.loan_id,
            number=next_event(work.session, change.loan_id),
            kind=change.kind,
            day=change.day,
            fen=change.fen,
            months=change.months,
            payer=change.payer,
            reverses=change.reverses,
            change_id=change.id,
            document=change.document,
            note=change.reason,
            entered_by=change.entered_by,
            entered_at=work.now,
        )
    )


def recount(work: Work, loan: Loan) -> Standing:
    """Replay a loan up to today and write its plan and its sums beside its events.

    Raises `ImpossibleEvent` when the events cannot have happened; the act is then undone.
    """
    standing = standing_of(work.session, loan, work.today)
    for name, value in derived(work.session, loan, standing).items():
        setattr(loan, name, value)
    _write_plan(work, loan, planned(loan, standing))
    work.session.flush()
    return standing


def planned(loan: Loan, standing: Standing) -> Sequence[Instalment]:
    """Return the lines that are kept of a loan; none of one that is only on record."""
    return () if loan.state is LoanState.RECORDED else standing.instalments


def derived(session: Session, loan: Loan, standing: Standing) -> dict[str, Any]:
    """Return the columns of a loan that its events decide."""
    if _only_on_record(session, loan):
        sums = dict.fromkeys(("outstanding", "owed_to_fund", "exposure"), ZERO)
        days = dict.fromkeys(("overdue_since", "next_due_on", "ends_on", "counted_on"))
        return {"state": LoanState.RECORDED, **sums, **days}
    return {
        "state": state_of(standing),
        "outstanding": standing.outstanding,
        "owed_to_fund": standing.owed_to_fund,
        "exposure": exposure_of(session, loan, standing),
        "overdue_since": standing.overdue_since,
        "next_due_on": standing.next_due.due if standing.next_due else None,
        "ends_on": standing.ends_on,
        "counted_on": standing.as_of,
    }


def _only_on_record(session: Session, loan: Loan) -> bool:
    """Tell whether of an imported loan it is not known what was repaid: nobody said yet that its
    repayments are entered whole. Those that are entered until then make no plan stand, for an
    instalment without an entry may have been paid (our rule)."""
    if loan.import_batch_id is None:
        return False
    taken_over = select(LoanStep.id).where(
        LoanStep.loan_id == loan.id, LoanStep.step == LoanState.REPAYING
    )
    return session.scalar(taken_over.limit(1)) is None


def state_of(standing: Standing) -> LoanState:
    """Return which of the states of a loan a standing is, from its lending on."""
    if standing.lent_on is None:
        return LoanState.BANK_APPROVED  # its lending is reversed
    if standing.compensated_on is None:
        return LoanState.SETTLED if standing.settled_on else LoanState.REPAYING
    if standing.recovered_fen >= standing.compensated:
        return LoanState.SETTLED
    return LoanState.COMPENSATED if standing.owed_to_fund else LoanState.WRITTEN_OFF


def exposure_of(session: Session, loan: Loan, standing: Standing) -> Fen:
    """Return what the guarantee fund stands for of a lent loan: its part of the principal."""
    if loan.guarantee_fund_id is None or state_of(standing) is not LoanState.REPAYING:
        return ZERO
    fund = session.get_one(GuaranteeFund, loan.guarantee_fund_id)
    return divide(standing.outstanding * fund.share_percent, 100)


def plan_columns(line: Instalment) -> dict[str, Any]:
    """Return how a line of the plan is kept."""
    return {
        "due_on": line.due,
        "pay_by": line.pay_by,
        "principal": line.principal,
        "interest": line.interest,
        "subsidy": line.subsidy,
        "paid": line.paid,
        "open": line.settled_on is None,
    }


NO_LINE: dict[str, Any] = {
    **dict.fromkeys(("principal", "interest", "subsidy", "paid"), ZERO),
    "open": False,
}
"""A line that the plan no longer reaches: nothing is deleted, its sums are gone."""


def kept_plan(session: Session, loan_id: int) -> Sequence[LoanInstalment]:
    """Return the plan of a loan as it is kept, lines it no longer reaches included."""
    found = select(LoanInstalment).where(LoanInstalment.loan_id == loan_id)
    return session.scalars(found.order_by(LoanInstalment.number)).all()


def _write_plan(work: Work, loan: Loan, lines: Sequence[Instalment]) -> None:
    kept = {row.number: row for row in kept_plan(work.session, loan.id)}
    for line in lines:
        columns = plan_columns(line)
        row = kept.pop(line.number, None)
        if row is None:
            work.session.add(LoanInstalment(loan_id=loan.id, number=line.number, **columns))
        else:
            _set(row, columns)
    for row in kept.values():
        _set(row, NO_LINE)


def put_aside_plan(work: Work, loan: Loan) -> None:
    """Let no line of the plan of a loan stand: its lending was taken back."""
    _write_plan(work, loan, ())


def _set(row: LoanInstalment, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def lent(loan: Loan) -> Loan:
    """Return a loan whose money can move. Raises `NotLent`."""
    if loan.state not in LENT:
        raise NotLent(number=loan.number)
    return loan


def counted(loan: Loan) -> Loan:
    """Return a loan of which it is known what was repaid. Raises `NotLent`, `OnRecordOnly`."""
    if lent(loan).state is LoanState.RECORDED:
        raise OnRecordOnly(number=loan.number)
    return loan
