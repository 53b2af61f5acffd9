"""The verbs of money out: propose, decide, batch, freeze, settle."""

import hashlib

from sqlalchemy import func, select

from app.core.contact import normalise_card
from app.core.errors import Conflict, NotNow
from app.core.i18n import _
from app.core.plain import canonical
from app.core.text import normalise
from app.core.words.disbursements import (
    ApprovalStep,
    AwardState,
    AwardStep,
    BatchState,
    BatchStep,
    Decision,
    LineState,
    PayWay,
)
from app.core.words.funds import Account
from app.core.words.papers import PaperKind
from app.disbursements.book import enter
from app.disbursements.issuing import approval_facts, payment_facts
from app.disbursements.limits import cap_of, check_file, check_payable
from app.disbursements.preflight import checked_lines
from app.disbursements.records import (
    AwardById,
    AwardChange,
    AwardForm,
    AwardStepForm,
    BatchById,
    BatchForm,
    BatchStepForm,
    DecisionForm,
    ProposalForm,
    TakeOut,
)
from app.disbursements.rules import (
    BATCH_FLOW,
    FLOW,
    STEP_OF,
    AmountNeeded,
    NothingToPay,
    OpinionNeeded,
    StoppedByCheck,
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
from db.models.disbursements import Approval, Award, AwardVersion, Batch, BatchLine
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


@action(needs=Permission.PREPARE_BATCHES, changes={Topic.BATCHES, Topic.AWARDS})
def open_batch(work: Work, form: BatchForm) -> int:
    """Open a batch with approved awards; return its id."""
    if not form.award_ids:
        raise NothingToPay()
    batch = work.add(
        Batch(
            number=f"B{work.today.year}-{work.next_number('batch'):04d}",
            state=BatchState.DRAFT,
            layout=form.layout,
            prepared_by=work.actor.id,
            prepared_at=work.now,
            way=PayWay.CARD,
        )
    )
    work.subject = f"batch/{batch.id}"
    for line, award_id in enumerate(form.award_ids, 1):
        award = work.load(Award, award_id)
        award.state = FLOW.after(award.state, AwardStep.PUT_IN_BATCH)
        version = newest_version(work.session, award.id)
        approval = work.session.scalars(
            select(Approval).where(
                Approval.award_version_id == version.id, Approval.decision == Decision.APPROVED
            )
        ).one()
        if work.actor.id in (approval.decided_by, approval.proposed_by):
            raise SecondPersonNeeded()
        work.session.add(
            BatchLine(
                batch_id=batch.id,
                line=line,
                approval_id=approval.id,
                award_version_id=version.id,
                decision=approval.decision,
                proposed_by=approval.proposed_by,
                decided_by=approval.decided_by,
                entered_by=work.actor.id,
                state=LineState.PREPARED,
                reason="",
            )
        )
    return batch.id


@action(needs=Permission.PREPARE_BATCHES, changes={Topic.BATCHES, Topic.AWARDS})
def take_out(work: Work, form: TakeOut) -> None:
    """Take one payment out of a batch that is not frozen; its award stays approved."""
    batch = work.load(Batch, form.batch_id, form.version)
    line = work.load(BatchLine, form.line_id)
    if batch.state is not BatchState.DRAFT or line.batch_id != batch.id:
        raise NotNow(state=batch.state.label, step="take_out")
    if line.state is not LineState.PREPARED:
        raise NotNow(state=line.state.label, step="take_out")
    line.state = LineState.REMOVED
    line.reason = form.reason.strip()
    award = award_of(work, line)
    award.state = FLOW.after(award.state, AwardStep.TAKE_OUT)
    work.subject = f"batch/{batch.id}"


def freeze(work: Work, form: BatchStepForm) -> str:
    """Freeze a batch, for `app.exchange.actions.freeze_batch`; return its digest.

    Every payment is checked and its eligibility assessed anew; raises `StoppedByCheck` while
    one must not go out.
    """
    batch = work.load(Batch, form.id, form.version)
    after = BATCH_FLOW.after(batch.state, BatchStep.FREEZE)
    lines = checked_lines(work, batch)
    if not lines:
        raise NothingToPay()
    if any(work.actor.id in (item.line.proposed_by, item.line.decided_by) for item in lines):
        raise SecondPersonNeeded()
    stopped = [line for line in lines if line.level == "stop"]
    if stopped:
        raise StoppedByCheck(count=len(stopped))
    batch.state = after
    batch.frozen_by = work.actor.id
    batch.frozen_at = work.now
    batch.frozen_digest = digest_of(batch, [(line.line, line.version) for line in lines])
    work.session.flush()
    for line in lines:
        line.line.state = LineState.PAYING
    return batch.frozen_digest or ""


def digest_of(batch: Batch, lines: list[tuple[BatchLine, AwardVersion]]) -> str:
    """Return the SHA-256 over the payments of a batch, as it prints on the list."""
    content = [
        [line.line, version.seal, version.account_number, version.amount] for line, version in lines
    ]
    return hashlib.sha256(canonical([batch.number, content]).encode()).hexdigest()


def award_of(work: Work, line: BatchLine) -> Award:
    """Return the award that a line of a batch pays."""
    return work.load(Award, work.load(AwardVersion, line.award_version_id).award_id)


def settle_line(work: Work, batch: Batch, line: BatchLine, *, paid: bool, reason: str) -> None:
    """Post what the bank said of one payment: paid, or the money back to its fund."""
    version = work.load(AwardVersion, line.award_version_id)
    award = work.load(Award, version.award_id)
    line.reason = reason
    if paid:
        line.state = LineState.PAID
        award.state = FLOW.after(award.state, AwardStep.PAY)
    else:
        line.state = LineState.FAILED
        award.state = FLOW.after(award.state, AwardStep.RETURN_MONEY)
    line.settled_on = work.today
    work.session.flush()
    posting = move(
        work,
        version.fund_id,
        version.amount,
        from_account=Account.RESERVED,
        to_account=Account.PAID if paid else Account.AVAILABLE,
        memo=f"{batch.number} {award.number}" + (f" {reason}" if reason else ""),
        award_version_id=version.id,
    )
    if paid:
        enter(work, posting, version, award)


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


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_payment_list(work: Work, asked: BatchById) -> int:
    """Issue the payment list of a frozen batch; return the paper's id."""
    batch = work.load(Batch, asked.id)
    if batch.state is BatchState.DRAFT:
        raise NotNow(state=batch.state.label, step="issue")
    facts = payment_facts(work, batch)
    return issue(
        work,
        PaperKind.PAYMENT_LIST,
        facts,
        subject=f"batch/{batch.id}",
        title=batch.number,
        checker=facts.approver,
    ).id
