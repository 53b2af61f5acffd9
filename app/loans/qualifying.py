"""The first step to the money: whether the borrower qualifies, by the rules of the day."""

from app.cases.rules import NotOneOfThem
from app.cases.whose import answer_for
from app.core.i18n import _
from app.core.resident_id import ResidentIdFacts, read_id
from app.core.words import Answer
from app.core.words.loans import LoanState
from app.facts.assessing import assess_stored
from app.households.standing import standing
from app.households.store import OPEN
from app.loans.borrowers import lent_before, loans_of
from app.loans.eligibility import MICROLOAN, examine
from app.loans.eligibility_records import Application, EligibilityFindings, to_plain
from app.loans.records import EligibilityForm
from app.loans.rules import LIVE, DayBefore, NoRules, NotQualified
from app.loans.taking import begin, take_step
from app.policy.findings import Assessment
from app.reference.loan_rules import rules_on
from app.work import Permission, Topic, Work, action, query
from db.models.loans import Loan


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def check_eligibility(work: Work, form: EligibilityForm) -> None:
    """Check whether a borrower qualifies, and seal what was found with all its reasons.

    Raises `NotQualified` unless the answer is yes: what cannot be told yet is settled first.
    """
    loan = begin(work, form, LoanState.CHECKED)
    found = _examined(work, loan, form)
    if not found.qualifies:
        why = found.why_not
        if found.missing:
            papers = "、".join(found.missing)
            why = _("{why}; what settles it: {papers}").format(why=why, papers=papers)
        raise NotQualified(why=why)
    take_step(
        work,
        loan,
        form,
        details={},
        rules=found.rules,
        product=found.product,
        findings=to_plain(found),
    )


@query(needs=Permission.READ_LOANS)
def preview_eligibility(work: Work, form: EligibilityForm) -> EligibilityFindings:
    """Tell whether a borrower qualifies by what a form says; nothing is kept.

    Raises `DayBefore`, `NoRules`.
    """
    return _examined(work, work.load(Loan, form.id), form)


def _examined(work: Work, loan: Loan, form: EligibilityForm) -> EligibilityFindings:
    if form.day < loan.asked_on:
        raise DayBefore(day=form.day, before=loan.asked_on)
    rules = rules_on(form.day)
    if rules is None:
        raise NoRules(kind=loan.borrower_kind.label, day=form.day)
    facts = read_id(loan.id_number, today=work.today)
    before = loans_of(work, loan.id_number, loan.id)
    application = Application(
        day=form.day,
        kind=loan.borrower_kind,
        group=loan.borrower_group,
        birth=facts.birth if isinstance(facts, ResidentIdFacts) else None,
        asked=loan.asked,
        months=loan.months_asked,
        heads=loan.heads,
        staff=loan.staff,
        earlier=len(lent_before(before)),
        running=Answer.YES if any(each.state in LIVE for each in before) else Answer.NO,
        answers=form.answers,
    )
    return examine(application, rules, _of_file(work, loan, form))


def _of_file(work: Work, loan: Loan, form: EligibilityForm) -> Assessment | None:
    """Return what the employment policy says of the borrower by the household file.

    `None` for somebody without an open file, or who does not stand in it any more.
    """
    if loan.household_id is None or loan.member_id is None:
        return None
    household = standing(work, loan.household_id)
    if household.file_state not in OPEN:
        return None
    findings = assess_stored(work, household, form.day)
    best = findings.measure(MICROLOAN)
    per_member = best is not None and best.measure is not None and best.measure.per_member
    try:
        return answer_for(findings, household, MICROLOAN, loan.member_id if per_member else None)
    except NotOneOfThem:
        return None
