"""The verbs of the money of a loan: what was repaid, and what two people change.

A repayment is entered by the loan officer alone, as the bank's statement says. Whatever undoes an
entry, moves the end, or concerns the guarantee fund is entered by one and confirmed by another.
"""

from app.core.errors import NotNow
from app.core.money import yuan_text
from app.core.words.loans import ChangeState, LoanEventKind, LoanState
from app.disbursements.ties import check_stranger
from app.loans.changing import as_event, check_change, check_rules
from app.loans.guarantees import book
from app.loans.money_records import ChangeForm, LoanChangeStep, RepaymentForm
from app.loans.repaying import demands, same_payments
from app.loans.rules import BeyondDue, PaidTwice
from app.loans.store import lent, recount, standing_with, write_change, write_event
from app.loans.taking_back import take_back, undoes_lending
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.loans import Loan, LoanChange


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def record_repayment(work: Work, form: RepaymentForm) -> int:
    """Enter money that came in for a loan; a day of the past makes the plan anew from there.

    Raises `PaidTwice` and `BeyondDue` unless the form says that it is another payment or an early
    repayment; `ImpossibleEvent` for more than is owed. Returns the number of the entry.
    """
    loan = lent(work.load(Loan, form.loan_id, form.version))
    work.subject = f"loan/{loan.id}"
    twice = same_payments(work, form)
    if twice and not form.another:
        raise PaidTwice(amount=yuan_text(form.fen), day=form.day, number=twice[-1])
    if loan.state is not LoanState.RECORDED and not form.early:
        due = demands(work, loan, form.day)
        if form.fen > due.in_time and due.all:
            beyond = yuan_text(form.fen - due.in_time)
            raise BeyondDue(amount=yuan_text(form.fen), beyond=beyond, due=yuan_text(due.in_time))
    event = write_event(
        work,
        loan,
        LoanEventKind.REPAID,
        form.day,
        fen=form.fen,
        payer=form.payer,
        document=form.document,
        note=form.note,
    )
    recount(work, loan)
    return event.number


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def enter_change(work: Work, form: ChangeForm) -> int:
    """Enter a reversal, an extension, a compensation, a recovery or a write-off of a loan.

    It counts once a second person confirms it. Raises what `check_change` does, and
    `ImpossibleEvent` for what cannot have happened.
    """
    loan = lent(work.load(Loan, form.loan_id, form.version))
    work.subject = f"loan/{loan.id}"
    check_change(work, loan, form)
    standing_with(work.session, loan, as_event(work, form), work.today)
    change = LoanChange(
        loan_id=loan.id,
        kind=form.kind,
        day=form.day,
        fen=form.fen,
        months=form.months,
        payer=form.payer,
        reverses=form.reverses,
        reason=form.reason.strip(),
        document=form.document.strip(),
        state=ChangeState.ENTERED,
        entered_by=work.actor.id,
        entered_at=work.now,
        confirmed_by=None,
    )
    return work.add(change).id


@action(needs=Permission.CONFIRM_LOANS, changes={Topic.LOANS})
def confirm_change(work: Work, step: LoanChangeStep) -> None:
    """Confirm what somebody else entered: the plan is made anew, the guarantee fund moves.

    Raises `SecondPersonNeeded`, `Related`, `CapitalNeeded`, and for what has become impossible
    since `ImpossibleEvent` and what `check_rules` raises.
    """
    change = _entered(work, step)
    if change.entered_by == work.actor.id:
        raise SecondPersonNeeded()
    loan = work.load(Loan, change.loan_id)
    work.subject = f"loan/{loan.id}"
    if loan.household_id is not None:
        check_stranger(work, loan.household_id)
    check_rules(work, loan, change)
    change.state = ChangeState.CONFIRMED
    change.confirmed_by = work.actor.id
    work.session.flush()
    write_change(work, change)
    book(work, change, loan)
    if change.reverses is not None and undoes_lending(work, loan, change.reverses):
        take_back(work, loan, change.reason)
    else:
        recount(work, loan)


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def withdraw_change(work: Work, step: LoanChangeStep) -> None:
    """Withdraw a change of a loan that was entered wrongly and is not confirmed yet."""
    change = _entered(work, step)
    work.subject = f"loan/{change.loan_id}"
    change.state = ChangeState.WITHDRAWN


def _entered(work: Work, step: LoanChangeStep) -> LoanChange:
    change = work.load(LoanChange, step.id, step.version)
    if change.state is not ChangeState.ENTERED:
        raise NotNow(state=change.state.label, step="confirm")
    return change
