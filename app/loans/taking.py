"""Takes a step of the way to the money: writes it, moves the loan, sets the next deadline."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from app.core.errors import NotNow
from app.core.money import ZERO, Fen, yuan_text
from app.core.words.loans import LoanState, StepOutcome
from app.loans.deadlines import due_for
from app.loans.records import EndForm, LendForm, StepForm
from app.loans.rules import (
    BACK,
    NEXT,
    OPEN,
    DayBefore,
    MoreThanAllowed,
    StepOutOfTurn,
)
from app.work import Work
from db.models.loans import Loan, LoanStep


def begin(work: Work, form: StepForm | EndForm | LendForm, step: LoanState) -> Loan:
    """Return the loan a step is taken of. Raises `Conflict`, `StepOutOfTurn`."""
    loan = work.load(Loan, form.id, form.version)
    work.subject = f"loan/{loan.id}"
    if NEXT.get(loan.state) is not step:
        raise StepOutOfTurn(state=loan.state.label, step=step.label)
    return loan


def take_step(
    work: Work,
    loan: Loan,
    form: StepForm,
    *,
    details: Mapping[str, Any],
    amount: Fen | None = None,
    months: int | None = None,
    **columns: Any,
) -> None:
    """Pass the next step of a loan, and write ``columns`` of the loan with it.

    Raises `DayBefore` for a day before the step that came before.
    """
    write_step(
        work,
        loan,
        StepOutcome.PASSED,
        day=form.day,
        document=form.document,
        note=form.note,
        amount=amount,
        months=months,
        details=dict(details),
    )
    loan.state = NEXT[loan.state]
    wait(loan, form.day)
    for name, value in columns.items():
        setattr(loan, name, value)
    work.session.flush()


def wait(loan: Loan, since: date) -> None:
    """Set by when the next step is due, counted from a day."""
    step = NEXT.get(loan.state)
    loan.step_due_on = due_for(loan.asked_on, step, since) if step else None


def write_step(work: Work, loan: Loan, outcome: StepOutcome, **told: Any) -> LoanStep:
    """Write how the next step of a loan ended, before the loan itself moves."""
    day: date = told["day"]
    before = _last_day(work, loan)
    if day < before:
        raise DayBefore(day=day, before=before)
    blank: dict[str, Any] = {"document": "", "amount": None, "months": None, "details": {}}
    texts = {name: told[name].strip() for name in ("document", "note") if name in told}
    return work.add(
        LoanStep(
            **{**blank, "step": NEXT.get(loan.state), **told, **texts},
            loan_id=loan.id,
            outcome=outcome,
            due_on=loan.step_due_on,
            decided_by=work.actor.id,
            decided_at=work.now,
        )
    )


def _last_day(work: Work, loan: Loan) -> date:
    """Return the day of the step that led to where a loan stands: what was sent back since does
    not keep a document from being entered again with its own day."""
    last = last_passed(work, loan, loan.state)
    return max(last.day, loan.asked_on) if last else loan.asked_on


def last_passed(work: Work, loan: Loan, step: LoanState) -> LoanStep | None:
    """Return the step to a state as it was last passed."""
    return work.session.scalars(
        select(LoanStep)
        .where(
            LoanStep.loan_id == loan.id,
            LoanStep.step == step,
            LoanStep.outcome == StepOutcome.PASSED,
        )
        .order_by(LoanStep.id.desc())
        .limit(1)
    ).first()


def go_back(work: Work, loan: Loan, reason: str) -> None:
    """Send a loan one step back; a guarantee that is sent back is free again.

    Raises `NotNow` where there is no way back.
    """
    work.subject = f"loan/{loan.id}"
    if loan.state not in BACK:
        raise NotNow(state=loan.state.label, step="send_back")
    write_step(work, loan, StepOutcome.SENT_BACK, day=work.today, note=reason)
    if loan.state is LoanState.GUARANTEED:
        loan.guaranteed = None
        loan.exposure = ZERO
        loan.guarantee_fund_id = None
    loan.state = BACK[loan.state]
    wait(loan, work.today)


def end_loan(work: Work, loan: Loan, state: LoanState, reason: str) -> None:
    """End a loan before the bank lent; the guarantee, if there is one, is free again.

    Raises `NotNow` once it was lent or has ended.
    """
    work.subject = f"loan/{loan.id}"
    if loan.state not in OPEN:
        raise NotNow(state=loan.state.label, step=state.value)
    refused = state is LoanState.REFUSED
    outcome = StepOutcome.REFUSED if refused else StepOutcome.PASSED
    step = NEXT[loan.state] if refused else state
    write_step(work, loan, outcome, step=step, day=work.today, note=reason)
    loan.state = state
    loan.exposure = ZERO
    loan.step_due_on = None


def check_within(amount: Fen, months: int, most: Fen, longest: int) -> None:
    """Raise `MoreThanAllowed` for more, or for longer, than the step before allows."""
    if amount > most or months > longest:
        raise MoreThanAllowed(
            amount=yuan_text(amount), months=months, most=yuan_text(most), longest=longest
        )
