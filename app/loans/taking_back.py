"""Takes a lending back that was entered wrongly: the loan waits for the bank's money again.

The contract of a loan is fixed by its lending. While nothing else stands of the loan, two people
may reverse that entry; the voided contract stays in the entries, the steps and the trail.
"""

from sqlalchemy import select

from app.core.money import ZERO
from app.core.words.loans import ChangeState, ClaimState, LoanEventKind, LoanState, StepOutcome
from app.loans.guarantees import check_limits
from app.loans.rules import ChangeWaits, LaterEntries, LendingStays, SubsidyClaimed
from app.loans.store import put_aside_plan, rows_of
from app.loans.taking import last_passed, wait, write_step
from app.work import Work
from db.models.guarantees import GuaranteeFund
from db.models.loans import Loan, LoanChange, SubsidyClaim, SubsidyLine


def undoes_lending(work: Work, loan: Loan, number: int | None) -> bool:
    """Tell whether an entry of a loan is a lending."""
    rows = rows_of(work.session, loan.id)
    return any(row.number == number and row.kind is LoanEventKind.LENT for row in rows)


def check_taking_back(work: Work, loan: Loan, without: int = 0) -> None:
    """Raise unless nothing but the lending of a loan stands; ``without`` is the change itself.

    Raises `LendingStays` for an imported loan, `LaterEntries`, `ChangeWaits`, `SubsidyClaimed`.
    """
    if loan.import_batch_id is not None:
        raise LendingStays(number=loan.number)
    rows = rows_of(work.session, loan.id)
    gone = {row.reverses for row in rows}
    own = (LoanEventKind.LENT, LoanEventKind.REVERSED)
    later = [str(row.number) for row in rows if row.kind not in own and row.number not in gone]
    if later:
        raise LaterEntries(entries="、".join(later), number=loan.number)
    waits = select(LoanChange.kind).where(
        LoanChange.loan_id == loan.id,
        LoanChange.state == ChangeState.ENTERED,
        LoanChange.id != without,
    )
    if (kind := work.session.scalar(waits.limit(1))) is not None:
        raise ChangeWaits(kind=kind.label)
    claimed = (
        select(SubsidyClaim.number)
        .join(SubsidyLine, SubsidyLine.claim_id == SubsidyClaim.id)
        .where(SubsidyLine.loan_id == loan.id, SubsidyClaim.state != ClaimState.WITHDRAWN)
    )
    if (number := work.session.scalar(claimed.limit(1))) is not None:
        raise SubsidyClaimed(number=loan.number, claim=number)


def take_back(work: Work, loan: Loan, reason: str) -> None:
    """Let a loan whose lending was reversed wait for the bank again, guaranteed as before.

    Raises `NoRoomInFund`, `NoRoomInQuota` when others took what the lending had freed.
    """
    guaranteed = loan.guaranteed or ZERO
    decided = last_passed(work, loan, LoanState.GUARANTEED)
    if loan.guarantee_fund_id is not None and decided is not None:
        fund = work.load(GuaranteeFund, loan.guarantee_fund_id)
        check_limits(work, loan, fund, guaranteed, decided.day.year)
    approved = last_passed(work, loan, LoanState.BANK_APPROVED)
    told = {"document": loan.contract_number, "amount": loan.principal, "note": reason}
    loan.state = LoanState.BANK_APPROVED
    loan.exposure = guaranteed
    loan.outstanding = loan.owed_to_fund = ZERO
    loan.bank = approved.details["bank"] if approved else loan.bank
    loan.contract_number = ""
    loan.principal = loan.contract_on = loan.terms = loan.lent_on = None
    loan.overdue_since = loan.next_due_on = loan.ends_on = loan.counted_on = None
    write_step(work, loan, StepOutcome.SENT_BACK, day=work.today, **told)
    wait(loan, work.today)
    put_aside_plan(work, loan)
    work.session.flush()
