"""The verbs that issue the papers of a loan, from the recommendation to the certificate."""

from typing import Any

from sqlalchemy import select

from app.core.errors import NotNow, RuleBroken
from app.core.i18n import N_, _
from app.core.kinds import Phone, ResidentId
from app.core.masking import mask
from app.core.money import ZERO, Fen
from app.core.words.loans import LoanEventKind, LoanParty, LoanState, OwedPart
from app.core.words.papers import PaperKind
from app.loans.explain import explain
from app.loans.findings import finding_rows
from app.loans.paper_records import EntryPaper, NoticePaper
from app.loans.papers import (
    CommitmentFacts,
    OverdueFacts,
    PlanFacts,
    PlanRow,
    RecommendationFacts,
    RepaymentFacts,
    SettlementFacts,
    SideFacts,
    SurveyFacts,
)
from app.loans.plan import plan
from app.loans.records import LoanById
from app.loans.rules import WAY
from app.loans.sides import guarantors_of, sides_of
from app.loans.standing import Standing
from app.loans.store import counted, events_of, standing_of, terms_of
from app.loans.taking import last_passed
from app.loans.terms import percent_text
from app.papers.store import issue
from app.reference.loan_rules import group_label, rules_called
from app.reference.workdays import add_workdays, calendar
from app.work import Permission, Topic, Work, action
from db.models.guarantees import GuaranteeFund
from db.models.households import Household
from db.models.loans import Loan, LoanEvent, LoanSide, LoanStep
from db.models.staff import Staff

ID, PHONE = ResidentId(label=""), Phone(label="")
TO_PAY_WITHIN = 10
"""Working days that an overdue notice gives [our rule]."""


class NothingOverdue(RuleBroken):
    """A notice is for what is overdue."""

    says = N_("Nothing of loan {number} is overdue today.")


class NoRepayment(RuleBroken):
    """A receipt is for a repayment that stands."""

    says = N_("Entry {entry} of loan {number} is no repayment that stands; no receipt is given.")


class StandsNot(RuleBroken):
    """A notice of a debt goes to nobody but who owes it or stands for it."""

    says = N_("{name} does not stand for {number}; no notice is sent there.")


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_recommendation(work: Work, asked: LoanById) -> int:
    """Issue the recommendation (推荐书) of a loan that was recommended; return the paper's id."""
    loan = _loan(work, asked.id)
    step = _taken(work, loan, LoanState.RECOMMENDED)
    rules = rules_called(loan.rules) if loan.rules else None
    partners = (
        side.name
        for side in sides_of(work, loan.id)
        if side.live and side.party is LoanParty.PARTNER
    )
    facts = RecommendationFacts(
        name=loan.name,
        id_number=mask(ID, loan.id_number),
        phone=mask(PHONE, loan.phone),
        address=loan.address,
        loan_number=loan.number,
        file_number=_file_number(work, loan),
        borrower_kind=loan.borrower_kind.label,
        group=group_label(loan.borrower_group) if loan.borrower_group else "",
        firm=loan.firm,
        purpose=loan.purpose,
        industry=loan.industry,
        jobs=loan.jobs,
        partners=tuple(partners),
        amount=loan.asked,
        months=loan.months_asked,
        reasons=tuple(row.says for row in finding_rows(loan.findings)),
        rules=rules.title if rules else "",
        provisional=rules is not None and rules.status == "provisional",
        opinion=step.note,
        recommended_by=step.details.get("recommended_by") or _name(work, step.decided_by),
        recommended_on=step.day,
    )
    return _issue(work, PaperKind.LOAN_RECOMMENDATION, facts, loan)


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_survey_form(work: Work, asked: LoanById) -> int:
    """Issue the survey and approval form (担保调查审批表); return the paper's id.

    Before the committee decided it leaves room for the decision.
    """
    loan = _loan(work, asked.id)
    survey = _taken(work, loan, LoanState.SURVEYED)
    decided = last_passed(work, loan, LoanState.GUARANTEED) if loan.guaranteed else None
    decision: dict[str, Any] = {}
    if decided is not None and loan.guarantee_fund_id is not None:
        decision = {
            "decision": _("Guarantee approved"),
            "minutes": decided.document,
            "attended": str(decided.details.get("attended") or ""),
            "amount": decided.amount,
            "fund": work.load(GuaranteeFund, loan.guarantee_fund_id).name,
            "decided_by": _name(work, decided.decided_by),
            "decided_on": decided.day,
        }
    details = survey.details
    found = [str(details.get("place") or ""), survey.note]
    facts = SurveyFacts(
        name=loan.name,
        id_number=mask(ID, loan.id_number),
        phone=mask(PHONE, loan.phone),
        address=loan.address,
        loan_number=loan.number,
        firm=loan.firm,
        purpose=loan.purpose,
        jobs=details.get("jobs") or loan.jobs,
        asked=loan.asked,
        months=loan.months_asked,
        sides=tuple(_side(side) for side in guarantors_of(work, loan.id)),
        survey="；".join(part for part in found if part),
        surveyed_by=str(details.get("surveyors") or _name(work, survey.decided_by)),
        surveyed_on=survey.day,
        **decision,
    )
    checker = str(decision.get("decided_by", ""))
    return _issue(work, PaperKind.LOAN_SURVEY, facts, loan, checker=checker)


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_commitment(work: Work, asked: LoanById) -> int:
    """Issue the guarantee commitment (担保承诺书) towards the bank; return the paper's id."""
    loan = _loan(work, asked.id)
    decided = _taken(work, loan, LoanState.GUARANTEED)
    ended = loan.state in (LoanState.REFUSED, LoanState.WITHDRAWN)
    if ended or loan.guarantee_fund_id is None or not loan.guaranteed:
        raise NotNow(state=loan.state.label, step="issue")
    fund = work.load(GuaranteeFund, loan.guarantee_fund_id)
    facts = CommitmentFacts(
        bank=loan.bank or _("The lending bank"),
        name=loan.name,
        id_number=mask(ID, loan.id_number),
        loan_number=loan.number,
        purpose=loan.purpose,
        amount=loan.guaranteed,
        months=decided.months or loan.months_asked,
        fund=fund.name,
        share_percent=fund.share_percent,
        minutes=decided.document,
        decided_on=decided.day,
    )
    checker = _name(work, decided.decided_by)
    return _issue(work, PaperKind.GUARANTEE_COMMITMENT, facts, loan, checker=checker)


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_plan(work: Work, asked: LoanById) -> int:
    """Issue the repayment plan (还款计划表) as it stands today; return the paper's id."""
    loan = counted(_loan(work, asked.id))
    terms = terms_of(loan)
    standing = standing_of(work.session, loan, work.today)
    rows = tuple(
        PlanRow(
            line=line.number,
            due=line.due,
            pay_by=line.pay_by,
            principal=line.principal,
            interest=line.interest,
            subsidy=line.subsidy,
            amount=line.total,
            left=line.balance,
        )
        for line in standing.instalments
    )
    untouched = all(each.kind is LoanEventKind.LENT for each in events_of(work.session, loan.id))
    told = explain(plan(terms, calendar())) if untouched else ()
    facts = PlanFacts(
        name=loan.name,
        loan_number=loan.number,
        contract_number=loan.contract_number,
        bank=loan.bank,
        principal=terms.principal,
        months=terms.months,
        rate=f"{percent_text(terms.rate)}%",
        method=terms.method.label,
        day_count=terms.day_count.label,
        lent_on=terms.lent_on,
        rows=rows,
        principal_left=Fen(sum(row.principal for row in rows)),
        interest_left=Fen(sum(row.interest for row in rows)),
        subsidy_left=Fen(sum(row.subsidy for row in rows)),
        amount=Fen(sum(row.amount for row in rows)),
        explained=tuple(each.tell() for each in told),
        provisional=any(line.provisional for line in standing.instalments),
    )
    return _issue(work, PaperKind.REPAYMENT_PLAN, facts, loan)


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_repayment_receipt(work: Work, asked: EntryPaper) -> int:
    """Issue the receipt of one repayment (还款收据); return the paper's id.

    Raises `NoRepayment` for an entry that is none, or that was undone.
    """
    loan = counted(_loan(work, asked.loan_id))
    entry = work.session.scalar(
        select(LoanEvent).where(LoanEvent.loan_id == loan.id, LoanEvent.number == asked.entry)
    )
    undone = select(LoanEvent.id).where(
        LoanEvent.loan_id == loan.id, LoanEvent.reverses == asked.entry
    )
    if (
        entry is None
        or entry.kind is not LoanEventKind.REPAID
        or work.session.scalar(undone) is not None
    ):
        raise NoRepayment(entry=asked.entry, number=loan.number)
    standing = standing_of(work.session, loan, entry.day)
    parts = {part: _settled(standing, entry, part) for part in OwedPart}
    facts = RepaymentFacts(
        name=loan.name,
        loan_number=loan.number,
        contract_number=loan.contract_number,
        payer=entry.payer.label if entry.payer else "",
        paid_on=entry.day,
        amount=entry.fen,
        penalty=parts[OwedPart.PENALTY],
        interest=parts[OwedPart.INTEREST],
        principal=Fen(entry.fen - parts[OwedPart.PENALTY] - parts[OwedPart.INTEREST]),
        left=standing.outstanding,
        document=entry.document,
    )
    subject = f"loan_event/{entry.id}"
    return _issue(work, PaperKind.REPAYMENT_RECEIPT, facts, loan, subject=subject)


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_overdue_notice(work: Work, asked: NoticePaper) -> int:
    """Issue an overdue notice (逾期催收通知书) to the borrower or to a guarantor.

    Raises `NothingOverdue` when nothing is, `StandsNot` for somebody who does not stand for it.
    """
    loan = counted(_loan(work, asked.loan_id))
    standing = standing_of(work.session, loan, work.today)
    if standing.overdue_since is None:
        raise NothingOverdue(number=loan.number)
    side = work.load(LoanSide, asked.side_id) if asked.side_id is not None else None
    if side is not None and side not in guarantors_of(work, loan.id):
        raise StandsNot(name=side.name, number=loan.number)
    late = [line for line in standing.instalments if line.open and line.pay_by < work.today]
    principal = Fen(sum(line.principal - line.principal_paid for line in late))
    interest = Fen(sum(line.interest - line.interest_paid for line in late))
    penalty = standing.penalty
    facts = OverdueFacts(
        to=side.name if side else loan.name,
        is_guarantor=side is not None,
        name=loan.name,
        loan_number=loan.number,
        contract_number=loan.contract_number,
        bank=loan.bank,
        overdue_since=standing.overdue_since,
        as_of=work.today,
        days=(work.today - standing.overdue_since).days,
        principal=principal,
        interest=interest,
        penalty=penalty,
        amount=Fen(principal + interest + penalty),
        pay_by=add_workdays(work.today, TO_PAY_WITHIN).day,
    )
    subject = f"loan_side/{side.id}" if side else f"loan/{loan.id}"
    return _issue(work, PaperKind.OVERDUE_NOTICE, facts, loan, subject=subject)


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_settlement_certificate(work: Work, asked: LoanById) -> int:
    """Issue the certificate that a loan is settled (结清证明); return the paper's id."""
    loan = _loan(work, asked.id)
    if loan.state is not LoanState.SETTLED or loan.lent_on is None or loan.principal is None:
        raise NotNow(state=loan.state.label, step="issue")
    standing = standing_of(work.session, loan, work.today)
    facts = SettlementFacts(
        name=loan.name,
        id_number=mask(ID, loan.id_number),
        loan_number=loan.number,
        contract_number=loan.contract_number,
        bank=loan.bank,
        amount=loan.principal,
        lent_on=loan.lent_on,
        settled_on=standing.settled_on or work.today,
        compensated=bool(standing.compensated),
        guarantors=tuple(side.name for side in guarantors_of(work, loan.id)),
    )
    return _issue(work, PaperKind.SETTLEMENT_CERTIFICATE, facts, loan)


def _loan(work: Work, loan_id: int) -> Loan:
    loan = work.load(Loan, loan_id)
    work.subject = f"loan/{loan.id}"
    return loan


def _taken(work: Work, loan: Loan, step: LoanState) -> LoanStep:
    """Return the step as it was passed last. Raises `NotNow` before that, and once it was sent
    back."""
    taken = last_passed(work, loan, step)
    if taken is None or loan.state in WAY[: WAY.index(step)]:
        raise NotNow(state=loan.state.label, step="issue")
    return taken


def _issue(
    work: Work,
    kind: PaperKind,
    facts: Any,
    loan: Loan,
    *,
    subject: str = "",
    checker: str = "",
) -> int:
    return issue(
        work,
        kind,
        facts,
        subject=subject or f"loan/{loan.id}",
        title=f"{loan.name} {loan.number}",
        household_id=loan.household_id,
        checker=checker,
    ).id


def _settled(standing: Standing, entry: LoanEvent, part: OwedPart) -> Fen:
    """Return what of a repayment went to one part of the debt."""
    return Fen(
        sum(
            each.fen
            for each in standing.allocations
            if each.event == entry.number and each.part is part
        )
    )


def _side(side: LoanSide) -> SideFacts:
    return SideFacts(
        what=(side.form.label if side.form else side.party.label),
        name=side.name,
        unit=side.unit or side.thing,
        monthly_income=side.monthly_income,
        covers=side.covers or ZERO,
    )


def _file_number(work: Work, loan: Loan) -> str:
    if loan.household_id is None:
        return ""
    return work.load(Household, loan.household_id).file_number or ""


def _name(work: Work, staff_id: int) -> str:
    return work.load(Staff, staff_id).name
