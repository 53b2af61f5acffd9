"""Makes what lists and pages show of the rows of a loan. Private values are masked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from app.core.i18n import N_, _
from app.core.kinds import Phone, ResidentId
from app.core.masking import mask
from app.core.money import yuan_text
from app.core.words import Answer
from app.core.words.loans import LoanState
from app.loans.money_records import LineState, LoanChangeRow, LoanEventRow, PlanLine
from app.loans.records import LoanCheckRow, LoanRow, StepRow
from app.loans.standing import Instalment
from app.loans.terms import Terms, percent_text
from app.loans.view_records import ContractView
from app.reference.workdays import workdays_left
from app.work import Work
from db.models.loans import Loan, LoanChange, LoanCheck, LoanEvent, LoanStep

ID, PHONE = ResidentId(label=""), Phone(label="")
WEEK: Final = 7

DETAILS: Final[Mapping[str, str]] = {
    "recommended_by": N_("Recommended by"),
    "place": N_("Place"),
    "surveyors": N_("Surveyed by"),
    "running": N_("The business runs"),
    "monthly_income": N_("Income a month"),
    "monthly_costs": N_("Costs a month"),
    "other_debts": N_("Other debts"),
    "jobs": N_("People at work there"),
    "attended": N_("Attended by"),
    "bank": N_("Lending bank"),
}
"""What steps find beside, with the labels of the forms that asked for it."""

MONEY: Final = {"monthly_income", "monthly_costs", "other_debts"}


def loan_row(work: Work, loan: Loan, late_since: date | None, next_due: date | None) -> LoanRow:
    """Return a line of a list; what is late and what comes next as of today."""
    due = loan.step_due_on
    return LoanRow(
        id=loan.id,
        version=loan.version,
        number=loan.number,
        state=loan.state,
        name=loan.name,
        id_number=mask(ID, loan.id_number),
        phone=mask(PHONE, loan.phone),
        household_id=loan.household_id,
        member_id=loan.member_id,
        district=loan.district or "",
        borrower_kind=loan.borrower_kind,
        borrower_group=loan.borrower_group,
        purpose=loan.purpose,
        bank=loan.bank,
        asked=loan.asked,
        guaranteed=loan.guaranteed,
        principal=loan.principal,
        months=loan.terms["months"] if loan.terms else loan.months_asked,
        lent_on=loan.lent_on,
        outstanding=loan.outstanding,
        owed_to_fund=loan.owed_to_fund,
        overdue_days=(work.today - late_since).days if late_since else 0,
        next_due_on=next_due,
        ends_on=loan.ends_on,
        step_due_on=due,
        days_left=workdays_left(work.today, due) if due else None,
        mine=loan.entered_by == work.actor.id,
    )


def plan_line(line: Instalment, today: date) -> PlanLine:
    """Return a line of the plan as it stands today."""
    left = line.open
    late = (today - line.pay_by).days if line.settled_on is None else 0
    if line.settled_on is not None:
        state = LineState.PAID
    elif late > 0:
        state = LineState.OVERDUE
    elif line.paid:
        state = LineState.PART
    else:
        state = LineState.SOON if -late < WEEK else LineState.OPEN
    return PlanLine(
        number=line.number,
        due_on=line.due,
        pay_by=line.pay_by,
        provisional=line.provisional,
        principal=line.principal,
        interest=line.interest,
        subsidy=line.subsidy,
        penalty=line.penalty,
        due=line.total,
        paid=line.paid,
        left=left,
        balance=line.balance,
        paid_on=line.settled_on,
        days_late=max(0, late),
        state=state,
    )


def step_row(step: LoanStep, by: str) -> StepRow:
    """Return a step as it was taken."""
    return StepRow(
        id=step.id,
        step=step.step,
        outcome=step.outcome,
        day=step.day,
        due_on=step.due_on,
        late=step.due_on is not None and step.day > step.due_on,
        document=step.document,
        note=step.note,
        amount=step.amount,
        months=step.months,
        details=tuple(_details(step.details)),
        decided_by=by,
        decided_at=step.decided_at,
    )


def _details(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, label in DETAILS.items():
        value = details.get(name)
        if value in (None, "", Answer.NOT_ASKED):
            continue
        if name in MONEY:
            value = yuan_text(value)
        elif name == "running":
            value = Answer(value).label
        yield _(label), str(value)


def event_rows(
    events: Iterable[LoanEvent], confirmed: Mapping[int, int | None], names: Mapping[int, str]
) -> Iterator[LoanEventRow]:
    """Yield the entries of a loan; ``confirmed`` says who confirmed which change."""
    rows = list(events)
    undone = {row.reverses: row.number for row in rows if row.reverses is not None}
    for row in rows:
        second = confirmed.get(row.change_id) if row.change_id is not None else None
        yield LoanEventRow(
            number=row.number,
            kind=row.kind,
            day=row.day,
            fen=row.fen,
            months=row.months,
            payer=row.payer,
            reverses=row.reverses,
            reversed_by=undone.get(row.number),
            document=row.document,
            note=row.note,
            entered_by=names[row.entered_by],
            entered_at=row.entered_at,
            confirmed_by=names[second] if second is not None else "",
        )


def change_row(work: Work, change: LoanChange, names: Mapping[int, str]) -> LoanChangeRow:
    """Return a change as it was entered."""
    second = change.confirmed_by
    return LoanChangeRow(
        id=change.id,
        version=change.version,
        loan_id=change.loan_id,
        kind=change.kind,
        day=change.day,
        fen=change.fen,
        months=change.months,
        payer=change.payer,
        reverses=change.reverses,
        reason=change.reason,
        document=change.document,
        state=change.state,
        entered_by=names[change.entered_by],
        entered_at=change.entered_at,
        confirmed_by=names[second] if second is not None else "",
        mine=change.entered_by == work.actor.id,
    )


def check_row(work: Work, loan: Loan, check: LoanCheck, names: Mapping[int, str]) -> LoanCheckRow:
    """Return a post-loan check, done or due."""
    open_ = check.result is None and loan.state is LoanState.REPAYING
    return LoanCheckRow(
        id=check.id,
        version=check.version,
        due_on=check.due_on,
        done_on=check.done_on,
        result=check.result,
        findings=check.findings,
        jobs=check.jobs,
        done_by=names[check.done_by] if check.done_by is not None else "",
        overdue=open_ and check.due_on < work.today,
    )


def contract_view(loan: Loan, terms: Terms) -> ContractView | None:
    """Return what the contract of a loan says, in words."""
    if loan.lent_on is None or loan.principal is None:
        return None
    return ContractView(
        number=loan.contract_number,
        bank=loan.bank,
        signed_on=loan.contract_on,
        lent_on=loan.lent_on,
        principal=loan.principal,
        months=terms.months,
        rate=percent_text(terms.rate),
        method=terms.method.label,
        day_count=terms.day_count.label,
        due_days=terms.due_days.label,
        prepayment=terms.prepayment.label,
        order=tuple(part.label for part in terms.order),
    )
