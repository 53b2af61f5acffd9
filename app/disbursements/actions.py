"""The verbs of money out: propose, decide, batch, freeze, settle."""

from sqlalchemy import func, select

from app.core.contact import normalise_card
from app.core.errors import Conflict
from app.core.i18n import _
from app.core.text import normalise
from app.core.words.disbursements import (
    ApprovalStep,
    AwardState,
    AwardStep,
    Decision,
    PayWay,
)
from app.core.words.funds import Account
from app.core.words.papers import PaperKind
from app.disbursements.issuing import approval_facts
from app.disbursements.limits import cap_of, check_file, check_payable
from app.disbursements.records import (
    AwardById,
    AwardChange,
    AwardForm,
    AwardStepForm,
    DecisionForm,
    ProposalForm,
)
from app.disbursements.rules import (
    FLOW,
    STEP_OF,
    AmountNeeded,
    OpinionNeeded,
    check_cap,
)
from app.disbursements.store import (
    assess_award,
    assessed,
    check_eligible,
    expected_seal,
    measure_of,
    newest_version,
)
from app.drafts.actions import close_draft
from app.facts.assessing import assess_stored, seal
from app.funds.ledger import move
from app.households.store import head_of
from app.papers.store import issue, void_issued
from app.policy.findings import Assessment, Findings
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.cases import Case
from db.models.disbursements import Approval, Award, AwardVersion
from db.models.households import Household


@action(needs=Permission.PROPOSE_AWARDS, changes={Topic.AWARDS, Topic.CASES, Topic.DRAFTS})
def propose_award(work: Work, form: AwardForm) -> int:
    """Propose relief for the household of a case, or for one member; return the award's id.

    Eligibility is assessed today and sealed; raises `NoFile`, `NotEligible`, `OverCap`,
    `Earmarked`, `FileNeeded`.
    """
    case = work.load(Case, form.case_id)
    household = work.load(Household, case.household_id)
    findings = assess_stored(work, household)
    assessment = assessed(findings, household, form.measure, form.member_id)
    check_file(case, household, measure_of(assessment))
    check_eligible(assessment)
    check_cap(form.amount, cap_of(work, household, assessment))
    award = work.add(
        Award(
            number=f"J{work.today.year}-{work.next_number('award'):05d}",
            case_id=case.id,
            household_id=household.id,
            member_id=form.member_id,
            measure=form.measure,
            year=work.today.year,
            state=AwardState.PROPOSED,
        )
    )
    work.subject = f"award/{award.id}"
    _write_version(work, award, household, form, findings, assessment)
    return award.id


@action(needs=Permission.PROPOSE_AWARDS, changes={Topic.AWARDS, Topic.DRAFTS})
def amend_award(work: Work, form: AwardChange) -> None:
    """Propose an award anew after it was sent back: a new version that nobody has approved."""
    award = work.load(Award, form.award_id, form.version)
    award.state = FLOW.after(award.state, AwardStep.AMEND)
    work.subject = f"award/{award.id}"
    household = work.load(Household, award.household_id)
    findings = assess_stored(work, household)
    assessment = assessed(findings, household, award.measure, award.member_id)
    check_eligible(assessment)
    check_cap(form.amount, cap_of(work, household, assessment, without=award.id))
    void_issued(work, PaperKind.APPROVAL_FORM, work.subject, _("The award was proposed anew"))
    _write_version(work, award, household, form, findings, assessment)


def _write_version(
    work: Work,
    award: Award,
    household: Household,
    form: ProposalForm,
    findings: Findings,
    assessment: Assessment,
) -> None:
    case = work.load(Case, award.case_id)
    check_payable(work, case, household, measure_of(assessment), form.fund_id)
    last = work.session.scalar(
        select(func.max(AwardVersion.sequence)).where(AwardVersion.award_id == award.id)
    )
    version = AwardVersion(
        award_id=award.id,
        sequence=(last or 0) + 1,
        payee=head_of(household).name,
        account_holder=normalise(form.account_holder),
        account_bank=normalise(form.account_bank),
        account_number=normalise_card(form.account_number),
        amount=form.amount,
        fund_id=form.fund_id,
        assessment_id=seal(work, household, findings, award.measure).id,
        opinion=form.opinion.strip(),
        proposed_by=work.actor.id,
        proposed_at=work.now,
        way=PayWay.CARD,
        goods="",
        flow="",
        steps=[ApprovalStep.SUPERVISOR.value],
    )
    version.seal = expected_seal(version)
    work.add(version)
    if form.draft_id:
        close_draft(work, form.draft_id)


@action(needs=Permission.PROPOSE_AWARDS, changes={Topic.AWARDS, Topic.FUNDS})
def withdraw_award(work: Work, form: AwardStepForm) -> None:
    """Take back an award that is in no batch and not paid; money reserved goes back to its fund."""
    award = work.load(Award, form.award_id, form.version)
    reserved = award.state is AwardState.APPROVED
    award.state = FLOW.after(award.state, AwardStep.WITHDRAW)
    if not reserved:
        return
    work.session.flush()
    version = newest_version(work.session, award.id)
    move(
        work,
        version.fund_id,
        version.amount,
        from_account=Account.RESERVED,
        to_account=Account.AVAILABLE,
        memo=award.number,
        award_version_id=version.id,
    )


@action(needs=Permission.APPROVE_AWARDS, changes={Topic.AWARDS, Topic.FUNDS})
def decide_award(work: Work, form: DecisionForm) -> None:
    """Decide one version of an award: the second person's act. Approving reserves the money.

    Raises `Conflict` when the version decided on is not the newest, `SecondPersonNeeded` for
    the person who proposed it, `NotEnough` when the fund does not hold the amount.
    """
    award = work.load(Award, form.award_id, form.version)
    version = newest_version(work.session, award.id)
    if version.id != form.award_version_id:
        raise Conflict(who=work.last_to_change(award))
    if version.proposed_by == work.actor.id:
        raise SecondPersonNeeded()
    opinion = form.opinion.strip()
    if form.decision is not Decision.APPROVED and not opinion:
        raise OpinionNeeded()
    if form.decision is Decision.CHANGE_AMOUNT and not form.suggested_amount:
        raise AmountNeeded()
    award.state = FLOW.after(award.state, STEP_OF[form.decision])
    work.subject = f"award/{award.id}"
    changes_amount = form.decision is Decision.CHANGE_AMOUNT
    work.add(
        Approval(
            award_version_id=version.id,
            proposed_by=version.proposed_by,
            decided_by=work.actor.id,
            decided_at=work.now,
            decision=form.decision,
            opinion=opinion,
            suggested_amount=form.suggested_amount if changes_amount else None,
            step=ApprovalStep.SUPERVISOR,
            document="",
            final=True,
        )
    )
    if form.decision is Decision.APPROVED:
        _check_again(work, award, version)
        move(
            work,
            version.fund_id,
            version.amount,
            from_account=Account.AVAILABLE,
            to_account=Account.RESERVED,
            memo=award.number,
            award_version_id=version.id,
        )


def _check_again(work: Work, award: Award, version: AwardVersion) -> None:
    """Raise when an award may no longer be given as it was proposed."""
    household = work.load(Household, award.household_id)
    assessment = assess_award(work, award, household)
    check_eligible(assessment)
    check_cap(version.amount, cap_of(work, household, assessment, without=award.id))
    case, measure = work.load(Case, award.case_id), measure_of(assessment)
    check_payable(work, case, household, measure, version.fund_id)


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_approval_form(work: Work, asked: AwardById) -> int:
    """Issue the approval form of an award as it stands; return the paper's id."""
    award = work.load(Award, asked.id)
    facts = approval_facts(work, award)
    return issue(
        work,
        PaperKind.APPROVAL_FORM,
        facts,
        subject=f"award/{award.id}",
        title=facts.name,
        household_id=award.household_id,
        checker=facts.approver,
    ).id
