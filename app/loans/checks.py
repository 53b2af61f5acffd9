"""Post-loan checks: when the next one is due, and what it found."""

from datetime import date

from sqlalchemy import select

from app.core.days import months_after
from app.core.words.loans import CheckResult, LoanEventKind, LoanState
from app.loans.deadlines import rules_of
from app.loans.records import LoanCheckForm
from app.loans.rules import CheckDone, FindingsNeeded
from app.loans.store import lent, recount, rows_of, write_event
from app.work import Permission, Topic, Work, action
from db.models.loans import Loan, LoanCheck

QUARTER = 3
"""Months between two checks where the rules do not say [our rule; domain.md 4.5: monthly or
quarterly]."""


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def do_check(work: Work, form: LoanCheckForm) -> None:
    """Report what a post-loan check found; misuse ends the subsidy from that day.

    The next check becomes due. Raises `CheckDone`, `FindingsNeeded`.
    """
    check = work.load(LoanCheck, form.id, form.version)
    loan = lent(work.load(Loan, check.loan_id))
    work.subject = f"loan/{loan.id}"
    if check.result is not None:
        raise CheckDone()
    findings = form.findings.strip()
    if form.result is not CheckResult.IN_ORDER and not findings:
        raise FindingsNeeded()
    check.done_on = form.done_on
    check.result = form.result
    check.findings = findings
    check.jobs = form.jobs
    check.done_by = work.actor.id
    if form.result is CheckResult.MISUSE and not _misused(work, loan):
        write_event(work, loan, LoanEventKind.MISUSED, form.done_on, note=findings)
        recount(work, loan)
    if loan.state is LoanState.REPAYING:
        plan_check(work, loan, form.done_on)


def plan_check(work: Work, loan: Loan, since: date) -> None:
    """Let the next check of a loan be due, so many months after a day as the rules say.

    One that is open still, of a lending that was taken back, is the next one then.
    """
    rules = rules_of(loan)
    months = rules.checks.months if rules and rules.checks else QUARTER
    due_on = months_after(since, months)
    waits = select(LoanCheck).where(LoanCheck.loan_id == loan.id, LoanCheck.result.is_(None))
    if check := work.session.scalars(waits.limit(1)).first():
        check.due_on = due_on
        return
    work.add(
        LoanCheck(
            loan_id=loan.id,
            due_on=due_on,
            done_on=None,
            result=None,
            findings="",
            jobs=None,
            done_by=None,
        )
    )


def _misused(work: Work, loan: Loan) -> bool:
    """Tell whether misuse of a loan was found before and stands."""
    rows = rows_of(work.session, loan.id)
    gone = {row.reverses for row in rows}
    return any(row.kind is LoanEventKind.MISUSED and row.number not in gone for row in rows)
