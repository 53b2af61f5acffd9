"""What can be asked about loans: lists of them, one with its whole history, who wants to borrow."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, SQLColumnExpression, func, or_, select

from app.core.errors import RuleBroken
from app.core.masking import mask
from app.core.resident_id import normalise_id
from app.core.words.loans import LoanState
from app.disbursements.rules import Related
from app.households.bearers import people_called
from app.households.store import head_of
from app.loans.actions import form_of
from app.loans.borrowers import check_further, loans_of, paid_off, stood_for
from app.loans.deadlines import is_provisional, rules_of
from app.loans.findings import finding_rows
from app.loans.money_queries import standing_view
from app.loans.records import (
    BorrowerAsked,
    BorrowerFound,
    KnownPerson,
    LoanById,
    LoanPage,
    LoanQuery,
    LoanRow,
)
from app.loans.rules import LENT, NEXT
from app.loans.showing import (
    ID,
    PHONE,
    change_row,
    check_row,
    contract_view,
    event_rows,
    loan_row,
    plan_line,
    step_row,
)
from app.loans.steps import check_decides
from app.loans.store import rows_of, standing_of, terms_of
from app.loans.view_records import LoanView
from app.reference.loan_rules import group_label
from app.work import Permission, SecondPersonNeeded, Work, query
from db.models.guarantees import GuaranteeFund
from db.models.households import Household, Member
from db.models.loans import Loan, LoanChange, LoanCheck, LoanInstalment, LoanStep
from db.models.staff import Staff


def late_since(today: date) -> ScalarSelect[date]:
    """Select the last day in time of the oldest line of a loan that is late today, if one is."""
    return _first(LoanInstalment.pay_by, LoanInstalment.pay_by < today)


def next_due(today: date) -> ScalarSelect[date]:
    """Select the due day of the next line of a loan that is not late, if there is one."""
    return _first(LoanInstalment.due_on, LoanInstalment.pay_by >= today)


def _first(day: SQLColumnExpression[date], condition: ColumnElement[bool]) -> ScalarSelect[date]:
    return (
        select(func.min(day))
        .where(LoanInstalment.loan_id == Loan.id, LoanInstalment.open, condition)
        .correlate(Loan)
        .scalar_subquery()
    )


def rows_from(work: Work, narrowed: Select[Loan]) -> tuple[LoanRow, ...]:
    """Return the lines of a list of loans, with what is late and what comes next as of today."""
    found = narrowed.add_columns(late_since(work.today), next_due(work.today))
    return tuple(loan_row(work, *each) for each in work.session.execute(found))


@query(needs=Permission.READ_LOANS)
def loan_rows(work: Work, asked: LoanQuery) -> LoanPage:
    """List loans, the newest first, a page at a time."""
    wanted: list[ColumnElement[bool]] = []
    if asked.states:
        wanted.append(Loan.state.in_(asked.states))
    if asked.household_id:
        wanted.append(Loan.household_id == asked.household_id)
    if asked.bank:
        wanted.append(Loan.bank == asked.bank)
    if text := asked.text.strip():
        wanted.append(called(text))
    page = select(Loan).where(*wanted).order_by(Loan.id.desc())
    total = select(func.count()).select_from(Loan).where(*wanted)
    return LoanPage(
        rows=rows_from(work, page.offset(asked.offset).limit(asked.limit)),
        total=work.session.scalar(total) or 0,
    )


def called(text: str) -> ColumnElement[bool]:
    """Return the condition that a loan is called so: by the beginning of its number, of the
    contract's or of the borrower's name, or by a whole ID number."""
    begins = (Loan.name, Loan.number, Loan.contract_number)
    return or_(
        *(column.startswith(text, autoescape=True) for column in begins),
        Loan.id_number == normalise_id(text),
    )


@query(needs=Permission.READ_LOANS)
def loan_view(work: Work, asked: LoanById) -> LoanView:
    """Return one loan as its page shows it: the way to the money, the plan, all that happened."""
    loan = work.load(Loan, asked.id)
    (row,) = rows_from(work, select(Loan).where(Loan.id == loan.id))
    names: dict[int, str] = dict(work.session.execute(select(Staff.id, Staff.name)).all())
    steps, changes, checks = _steps(work, loan), _changes(work, loan), _checks(work, loan)
    events = rows_of(work.session, loan.id)
    kept = loan.state in LENT and loan.state is not LoanState.RECORDED
    standing = standing_of(work.session, loan, work.today) if kept else None
    confirmed = {change.id: change.confirmed_by for change in changes}
    rules = rules_of(loan)
    product = rules.product(loan.borrower_kind) if rules and loan.product else None
    step = NEXT.get(loan.state)
    household = work.session.get(Household, loan.household_id) if loan.household_id else None
    previous = work.session.get(Loan, loan.previous_id) if loan.previous_id else None
    fund = (
        work.session.get(GuaranteeFund, loan.guarantee_fund_id) if loan.guarantee_fund_id else None
    )
    lines = standing.instalments if standing else ()
    form = form_of(loan)
    return LoanView(
        row=row,
        loan=replace(form, id_number=mask(ID, form.id_number), phone=mask(PHONE, form.phone)),
        group=group_label(loan.borrower_group) if loan.borrower_group else "",
        file_number=household.file_number or "" if household else "",
        previous_number=previous.number if previous else "",
        previous_id=loan.previous_id,
        next_step=step,
        step_due_on=loan.step_due_on,
        due_provisional=is_provisional(loan.step_due_on),
        days_left=row.days_left,
        not_by_me=step is LoanState.GUARANTEED and _mine(work, loan),
        rules=rules.title if rules else "",
        rules_provisional=rules is not None and rules.status == "provisional",
        product=product.title if product else "",
        findings=finding_rows(loan.findings),
        fund=fund.name if fund else "",
        exposure=loan.exposure,
        contract=contract_view(loan, terms_of(loan)) if loan.terms else None,
        standing=standing_view(standing) if standing else None,
        plan=tuple(plan_line(line, work.today) for line in lines),
        steps=tuple(step_row(each, names[each.decided_by]) for each in steps),
        events=tuple(event_rows(events, confirmed, names)),
        changes=tuple(change_row(work, change, names) for change in changes),
        checks=tuple(check_row(work, loan, check, names) for check in checks),
        entered_by=names[loan.entered_by],
    )


def _steps(work: Work, loan: Loan) -> Sequence[LoanStep]:
    found = select(LoanStep).where(LoanStep.loan_id == loan.id)
    return work.session.scalars(found.order_by(LoanStep.id)).all()


def _changes(work: Work, loan: Loan) -> Sequence[LoanChange]:
    found = select(LoanChange).where(LoanChange.loan_id == loan.id)
    return work.session.scalars(found.order_by(LoanChange.id.desc())).all()


def _checks(work: Work, loan: Loan) -> Sequence[LoanCheck]:
    found = select(LoanCheck).where(LoanCheck.loan_id == loan.id)
    return work.session.scalars(found.order_by(LoanCheck.id.desc())).all()


def _mine(work: Work, loan: Loan) -> bool:
    """Tell whether somebody else than the person asking has to decide on a loan."""
    try:
        check_decides(work, loan)
    except (Related, SecondPersonNeeded):
        return True
    return False


@query(needs=Permission.READ_LOANS)
def borrower_by_id(work: Work, asked: BorrowerAsked) -> BorrowerFound:
    """Tell who bears an ID number here, what they borrowed, and for whom they stand."""
    without = asked.except_loan or 0
    loans = loans_of(work, asked.id_number, without)
    last = paid_off(loans)
    people = people_called(work, asked.id_number)
    name = next((each.name for each in (*loans, *people)), asked.id_number)
    return BorrowerFound(
        people=tuple(_known(work, member) for member in people),
        loans=_rows_of(work, loans),
        stands_for=_rows_of(work, stood_for(work, asked.id_number)),
        previous_id=last.id if last else None,
        why_not=_why_not(work, asked, name, without),
    )


def _known(work: Work, member: Member) -> KnownPerson:
    household = work.load(Household, member.household_id)
    return KnownPerson(
        household_id=household.id,
        member_id=member.id,
        name=member.name,
        head=head_of(household).name,
        file_number=household.file_number or "",
        district=household.district,
    )


def _rows_of(work: Work, loans: Sequence[Loan]) -> tuple[LoanRow, ...]:
    ids = [loan.id for loan in loans]
    if not ids:
        return ()
    return rows_from(work, select(Loan).where(Loan.id.in_(ids)).order_by(Loan.id.desc()))


def _why_not(work: Work, asked: BorrowerAsked, name: str, without: int) -> str:
    """Return why this person can have no loan now, or nothing."""
    try:
        check_further(work, asked.id_number, name, work.today, asked.borrower_kind, without)
    except RuleBroken as broken:
        return broken.tell()
    return ""
