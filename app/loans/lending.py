"""The last step to the money: the bank lends, and the contract fixes the terms of the loan."""

from app.core.money import Fen
from app.core.words.loans import LoanEventKind, LoanState
from app.loans.borrowers import lent_before, loans_of
from app.loans.checks import plan_check
from app.loans.explain import explain
from app.loans.findings import micro_profit
from app.loans.money_records import LendPreview
from app.loans.plan import plan
from app.loans.products import Contract, not_checked, product_of
from app.loans.products import terms_of as agreed
from app.loans.records import LendForm, StepForm
from app.loans.rules import ContractLater, NoRules
from app.loans.showing import plan_line
from app.loans.store import recount, write_event
from app.loans.taking import begin, check_within, last_passed, take_step
from app.loans.terms import Rate, parse_percent, percent_text, to_plain
from app.reference.loan_rules import LoanRules, rules_on
from app.reference.workdays import calendar
from app.work import Permission, Topic, Work, action, query
from db.models.loans import Loan


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def lend(work: Work, form: LendForm) -> None:
    """Note that the bank lent: the terms are fixed, the plan is made, the first check is due.

    Raises `MoreThanAllowed` for more than the bank approved, `ContractLater`, `NoRules`, and what
    the rules of the day of the contract forbid (`app.loans.products`).
    """
    loan = begin(work, form, LoanState.REPAYING)
    _check(work, loan, form)
    contract = _contract(work, loan, form)
    terms = agreed(_rules(loan, form), contract)
    write_event(
        work,
        loan,
        LoanEventKind.LENT,
        form.lent_on,
        fen=form.principal,
        document=form.contract_number,
        note=form.note,
    )
    step = StepForm(
        id=form.id,
        version=form.version,
        day=form.lent_on,
        document=form.contract_number,
        note=form.note,
    )
    take_step(
        work,
        loan,
        step,
        details={"bank": form.bank},
        amount=form.principal,
        months=form.months,
        bank=form.bank.strip(),
        principal=form.principal,
        contract_number=form.contract_number.strip(),
        contract_on=form.contract_on,
        terms=to_plain(terms),
        lent_on=form.lent_on,
    )
    recount(work, loan)
    plan_check(work, loan, form.lent_on)


@query(needs=Permission.READ_LOANS)
def preview_lending(work: Work, form: LendForm) -> LendPreview:
    """Show the plan that a contract would fix, how it is counted, and what nobody could check.

    Raises as `lend` does.
    """
    loan = work.load(Loan, form.id)
    _check(work, loan, form)
    contract = _contract(work, loan, form)
    rules = _rules(loan, form)
    terms = agreed(rules, contract)
    planned = plan(terms, calendar())
    return LendPreview(
        rate=percent_text(terms.rate),
        lines=tuple(plan_line(line, work.today) for line in planned.instalments),
        interest=planned.interest,
        subsidy=planned.subsidy,
        explained=tuple(each.tell() for each in explain(planned)),
        not_checked=not_checked(product_of(rules, loan.borrower_kind), contract),
    )


def _check(work: Work, loan: Loan, form: LendForm) -> None:
    """Raise unless the contract keeps within what the bank approved, and came before the money."""
    approved = last_passed(work, loan, LoanState.BANK_APPROVED)
    if approved is not None:
        most, longest = approved.amount or Fen(0), approved.months or 0
        check_within(form.principal, form.months, most, longest)
    if form.contract_on > form.lent_on:
        raise ContractLater(contract=form.contract_on, lent=form.lent_on)


def _rules(loan: Loan, form: LendForm) -> LoanRules:
    rules = rules_on(form.contract_on)
    if rules is None:
        raise NoRules(kind=loan.borrower_kind.label, day=form.contract_on)
    return rules


def _contract(work: Work, loan: Loan, form: LendForm) -> Contract:
    """Return what the contract says. Raises `NotARate`."""
    before = loans_of(work, loan.id_number, loan.id)
    return Contract(
        kind=loan.borrower_kind,
        principal=form.principal,
        months=form.months,
        method=form.method,
        contract_on=form.contract_on,
        lent_on=form.lent_on,
        rate=_rate(form.rate),
        base=_rate(form.base_rate),
        heads=loan.heads,
        staff=loan.staff,
        earlier=len(lent_before(before)),
        micro_profit=micro_profit(loan),
        day_count=form.day_count,
        due_day=form.due_day or 0,
        grace=form.grace,
        due_days=form.due_days,
        prepayment=form.prepayment,
        overdue_percent=form.overdue_percent,
    )


def _rate(text: str) -> Rate | None:
    return parse_percent(text) if text.strip() else None
