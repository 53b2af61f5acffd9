"""The verbs of the way to the money: each passes one step, sends one back, or ends the loan.

The eligibility is checked by `app.loans.qualifying`, the lending by `app.loans.lending`.
"""

from sqlalchemy import select

from app.core.plain import plain
from app.core.words.loans import LoanState
from app.disbursements.rules import attended_names
from app.disbursements.ties import check_stranger
from app.drafts.actions import close_draft
from app.loans.guarantees import check_room
from app.loans.records import (
    BankForm,
    EndForm,
    GuaranteeForm,
    RecommendForm,
    SecurityForm,
    SurveyForm,
)
from app.loans.rules import (
    COMMITTEE_LEAST,
    AttendedMissing,
    CommitteeDecides,
    DocumentMissing,
)
from app.loans.sides import check_security
from app.loans.taking import begin, check_within, end_loan, go_back, last_passed, take_step
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.loans import Loan, LoanStep


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def recommend(work: Work, form: RecommendForm) -> None:
    """Note who recommends a borrower whose eligibility was checked."""
    loan = begin(work, form, LoanState.RECOMMENDED)
    take_step(work, loan, form, details={"recommended_by": form.recommended_by})


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def survey(work: Work, form: SurveyForm) -> None:
    """Report what the survey of a borrower found on the spot, and what it advises."""
    loan = begin(work, form, LoanState.SURVEYED)
    check_within(form.amount, form.months, loan.asked, loan.months_asked)
    found = ("place", "surveyors", "running", "monthly_income", "monthly_costs", "other_debts")
    details = {name: plain(getattr(form, name)) for name in (*found, "jobs")}
    take_step(work, loan, form, details=details, amount=form.amount, months=form.months)


@action(needs=Permission.DECIDE_GUARANTEES, changes={Topic.LOANS})
def decide_guarantee(work: Work, form: GuaranteeForm) -> None:
    """Commit the guarantee fund to a loan, as the minutes of the committee say.

    From now on the sum counts against the fund and the quota of the district. Raises
    `SecondPersonNeeded` for who entered, changed or surveyed the loan, `Related`,
    `DocumentMissing`, `AttendedMissing`, `MoreThanAllowed`, and what `check_room` raises.
    """
    loan = begin(work, form, LoanState.GUARANTEED)
    check_decides(work, loan)
    attended = attended_names(form.attended)
    if len(attended) < COMMITTEE_LEAST:
        raise AttendedMissing(least=COMMITTEE_LEAST, count=len(attended))
    check_within(form.amount, form.months, loan.asked, loan.months_asked)
    _need_document(form.document)
    check_room(work, loan, form.fund_id, form.amount, form.day)
    take_step(
        work,
        loan,
        form,
        details={"attended": "、".join(attended)},
        amount=form.amount,
        months=form.months,
        guarantee_fund_id=form.fund_id,
        guaranteed=form.amount,
        exposure=form.amount,
    )


def check_decides(work: Work, loan: Loan) -> None:
    """Raise `SecondPersonNeeded` for who entered, changed or surveyed a loan, `Related` for who is
    related to the borrower's household."""
    if loan.household_id is not None:
        check_stranger(work, loan.household_id)
    surveyed = select(LoanStep.id).where(
        LoanStep.loan_id == loan.id,
        LoanStep.step == LoanState.SURVEYED,
        LoanStep.decided_by == work.actor.id,
    )
    if (
        loan.entered_by == work.actor.id
        or work.session.scalar(surveyed.limit(1)) is not None
        or work.made_by_me(f"loan/{loan.id}", verbs=("loans.change_enquiry",))
    ):
        raise SecondPersonNeeded()


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def sign_security(work: Work, form: SecurityForm) -> None:
    """Note that the counter-guarantee contract is signed.

    Raises `SecurityMissing` and whatever else `check_security` finds.
    """
    loan = begin(work, form, LoanState.SECURED)
    _need_document(form.document)
    check_security(work, loan)
    take_step(work, loan, form, details={})


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def bank_answer(work: Work, form: BankForm) -> None:
    """Note that the bank approved a loan; its refusal is entered as `refuse_loan`."""
    loan = begin(work, form, LoanState.BANK_APPROVED)
    _need_document(form.document)
    decided = last_passed(work, loan, LoanState.GUARANTEED)
    months = decided.months if decided else None
    check_within(
        form.amount, form.months, loan.guaranteed or loan.asked, months or loan.months_asked
    )
    take_step(
        work,
        loan,
        form,
        details={"bank": form.bank},
        amount=form.amount,
        months=form.months,
        bank=form.bank.strip(),
    )


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS, Topic.DRAFTS})
def send_back(work: Work, form: EndForm) -> None:
    """Send a loan one step back, with what is missing.

    What the committee has before it only the committee sends back. Raises `CommitteeDecides`.
    """
    go_back(work, _not_of_committee(work, form), form.reason)
    _close(work, form)


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS, Topic.DRAFTS})
def refuse_loan(work: Work, form: EndForm) -> None:
    """Refuse a loan, with the reason: the rules or the bank say no.

    Raises `CommitteeDecides`.
    """
    loan = _not_of_committee(work, form)
    end_loan(work, loan, LoanState.REFUSED, form.reason)
    _close(work, form)


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS, Topic.DRAFTS})
def withdraw_loan(work: Work, form: EndForm) -> None:
    """Note that the borrower withdraws: the guarantee, if there is one, is free again."""
    loan = work.load(Loan, form.id, form.version)
    end_loan(work, loan, LoanState.WITHDRAWN, form.reason)
    _close(work, form)


@action(needs=Permission.DECIDE_GUARANTEES, changes={Topic.LOANS, Topic.DRAFTS})
def send_back_guarantee(work: Work, form: EndForm) -> None:
    """Send a loan back to the survey as the guarantee committee decided, with what is missing."""
    loan = begin(work, form, LoanState.GUARANTEED)
    go_back(work, loan, form.reason)
    _close(work, form)


@action(needs=Permission.DECIDE_GUARANTEES, changes={Topic.LOANS, Topic.DRAFTS})
def refuse_guarantee(work: Work, form: EndForm) -> None:
    """Refuse a guarantee as the guarantee committee decided, with the reason."""
    loan = begin(work, form, LoanState.GUARANTEED)
    check_decides(work, loan)
    end_loan(work, loan, LoanState.REFUSED, form.reason)
    _close(work, form)


def _not_of_committee(work: Work, form: EndForm) -> Loan:
    loan = work.load(Loan, form.id, form.version)
    if loan.state is LoanState.SURVEYED:
        raise CommitteeDecides()
    return loan


def _need_document(document: str) -> None:
    if not document.strip():
        raise DocumentMissing()


def _close(work: Work, form: EndForm) -> None:
    if form.draft_id:
        close_draft(work, form.draft_id)
