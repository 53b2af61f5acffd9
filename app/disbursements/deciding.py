"""The verbs of approval: decide one award, or approve several that nothing stands against."""

from sqlalchemy import select

from app.core.errors import Conflict, NotNow
from app.core.money import Fen
from app.core.words.disbursements import ApprovalStep, AwardState, AwardStep, Decision
from app.disbursements.deciding_records import DecidedTogether, LeftOut, TogetherForm
from app.disbursements.limits import cap_of, check_payable
from app.disbursements.looking import light_of
from app.disbursements.needs import end
from app.disbursements.records import DecisionForm
from app.disbursements.rosters import parts
from app.disbursements.rules import (
    FLOW,
    STEP_OF,
    AmountNeeded,
    MinutesNeeded,
    NothingToPay,
    NotTogether,
    OnePersonOneStep,
    OpinionNeeded,
    ReplyNeeded,
    StepNeeded,
    TooFewAttended,
    attended_names,
    check_cap,
)
from app.disbursements.store import assess_award, check_eligible, newest_version
from app.disbursements.tiers import INTERNAL
from app.disbursements.ties import check_stranger
from app.disbursements.ways import WAITING, Way, least_attended, way_of
from app.drafts.actions import close_draft
from app.facts.payments import keep_loaded, read_at_once
from app.funds.budgets import reserve
from app.households.store import head_of
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.cases import Case, SealedAssessment
from db.models.disbursements import Approval, Award, AwardVersion
from db.models.households import Household

CHANGES = {Topic.AWARDS, Topic.FUNDS}


@action(needs=Permission.APPROVE_AWARDS, changes=CHANGES)
def decide_award(work: Work, form: DecisionForm) -> None:
    """Decide the next step of one version of an award: the second person's act.

    Approving the last step reserves the money. Raises `Conflict` when the version decided on is
    not the newest, `SecondPersonNeeded` for whoever proposed a version of it, `Related`,
    `OnePersonOneStep`, `StepNeeded` when another step is due than the one decided, `NotEnough`
    when the fund does not hold the amount.
    """
    decide(work, form)


@action(needs=Permission.APPROVE_AWARDS, changes=CHANGES)
def decide_many(work: Work, form: TogetherForm) -> DecidedTogether:
    """Approve several awards that one supervisor decides, each with a decision of its own.

    One that changed since it was seen is left out and named. Raises `NotTogether`, and approves
    none, when something stands against any of the others.
    """
    if not form.awards:
        raise NothingToPay()
    with read_at_once(work.session, _homes(work, form), work.today.year):
        asked, left = _clear(work, form)
        for decision, _amount in asked:
            decide(work, decision)
    return DecidedTogether(
        approved=tuple(decision.award_id for decision, _amount in asked),
        amount=Fen(sum(amount for _decision, amount in asked)),
        left=tuple(left),
    )


def _homes(work: Work, form: TogetherForm) -> list[int]:
    """Return the households of awards, loaded with what else is looked at of each award."""
    keep_loaded(work.session)
    homes: set[int] = set()
    for part in parts({seen.award_id for seen in form.awards}):
        found = work.session.execute(
            select(Award, Household, Case, AwardVersion, SealedAssessment)
            .join(Household, Award.household_id == Household.id)
            .join(Case, Award.case_id == Case.id)
            .join(AwardVersion, AwardVersion.award_id == Award.id)
            .join(SealedAssessment, AwardVersion.assessment_id == SealedAssessment.id)
            .where(Award.id.in_(part))
        )
        homes.update(household.id for _award, household, *_rest in found)
    return sorted(homes)


def _clear(work: Work, form: TogetherForm) -> tuple[list[tuple[DecisionForm, Fen]], list[LeftOut]]:
    """Return the decisions on awards as they were seen, and the awards that changed since; raise
    `NotTogether` when something stands against one of the others."""
    asked: list[tuple[DecisionForm, Fen]] = []
    left: list[LeftOut] = []
    flagged: list[str] = []
    for seen in form.awards:
        award = work.load(Award, seen.award_id)
        version = newest_version(work.session, award.id)
        name = head_of(work.load(Household, award.household_id)).name
        if (award.version, version.id) != (seen.version, seen.award_version_id):
            why = Conflict(who=work.last_to_change(award)).tell()
            left.append(LeftOut(award_id=award.id, name=name, why=why))
        elif award.state is not AwardState.PROPOSED:
            why = NotNow(state=award.state.label, step=AwardStep.APPROVE.value).tell()
            left.append(LeftOut(award_id=award.id, name=name, why=why))
        elif light_of(work, award, version).light != "ok":
            flagged.append(name)
        else:
            decision = DecisionForm(
                award_id=award.id,
                version=award.version,
                award_version_id=version.id,
                decision=Decision.APPROVED,
                opinion=form.opinion,
            )
            asked.append((decision, version.amount))
    if flagged:
        raise NotTogether(names="、".join(flagged))
    return asked, left


def decide(work: Work, form: DecisionForm) -> None:
    """Decide one award; see `decide_award`."""
    award = work.load(Award, form.award_id, form.version)
    version = newest_version(work.session, award.id)
    if version.id != form.award_version_id:
        raise Conflict(who=work.last_to_change(award))
    if award.state not in WAITING:
        raise NotNow(state=award.state.label, step=STEP_OF[form.decision].value)
    way = way_of(work, award, version)
    check_may_decide(work, award, version, way)
    step = _step(form, way)
    opinion = form.opinion.strip()
    if form.decision is not Decision.APPROVED and not opinion:
        raise OpinionNeeded()
    if form.decision is Decision.CHANGE_AMOUNT and not form.suggested_amount:
        raise AmountNeeded()
    approves = form.decision is Decision.APPROVED
    final = approves and len(way.left) == 1
    award.state = FLOW.after(award.state, _move(form.decision, way))
    work.subject = f"award/{award.id}"
    if award.state is AwardState.REFUSED:
        end(work, award)
    if approves:
        _check_document(work, form, version)
    work.add(
        Approval(
            award_version_id=version.id,
            proposed_by=version.proposed_by,
            decided_by=work.actor.id,
            decided_at=work.now,
            decision=form.decision,
            opinion=opinion,
            suggested_amount=form.suggested_amount
            if form.decision is Decision.CHANGE_AMOUNT
            else None,
            step=step,
            document=form.document.strip(),
            document_day=form.document_day,
            attended="、".join(attended_names(form.attended)),
            final=final or form.decision in STOPS,
        )
    )
    if approves:
        _check_again(work, award, version)
    if form.draft_id:
        close_draft(work, form.draft_id)
    if final:
        reserve(work, version.fund_id, award.measure, version.amount, award.number, version.id)


STOPS = (Decision.REFUSED, Decision.SENT_BACK, Decision.CHANGE_AMOUNT)
"""Decisions after which nobody decides on that version."""


def check_may_decide(work: Work, award: Award, version: AwardVersion, way: Way) -> None:
    """Raise unless the person acting may take the next step of an award: whoever proposed any
    version of it may not, or two would propose for each other by turns."""
    proposed = select(AwardVersion.proposed_by).where(AwardVersion.award_id == award.id)
    if work.actor.id in work.session.scalars(proposed).all():
        raise SecondPersonNeeded()
    check_stranger(work, award.household_id)
    if way.next not in INTERNAL:
        return
    mine = select(Approval.id).where(
        Approval.award_version_id == version.id,
        Approval.decided_by == work.actor.id,
        Approval.decision == Decision.APPROVED,
        Approval.step.in_(INTERNAL),
    )
    if work.session.scalar(mine.limit(1)) is not None:
        raise OnePersonOneStep()


def _step(form: DecisionForm, way: Way) -> ApprovalStep:
    """Return the step that is decided: the next one, which an approval has to have meant."""
    step = way.next or way.steps[-1]
    if form.decision is Decision.APPROVED and form.step is not step:
        raise StepNeeded(step=step.label, why=why_text(way))
    return step


def why_text(way: Way) -> str:
    """Return why an award needs the way it has, in words."""
    return "；".join(way.why)


def _move(decision: Decision, way: Way) -> AwardStep:
    """Return what a decision does with the award: the last approval approves it."""
    if decision is not Decision.APPROVED or len(way.left) < 2:
        return STEP_OF[decision]
    return AwardStep.DEFER if way.left[1] is ApprovalStep.COLLECTIVE else AwardStep.FORWARD


def _check_document(work: Work, form: DecisionForm, version: AwardVersion) -> None:
    """Raise unless an approval beyond the supervisor's names what it rests on."""
    if form.step is ApprovalStep.SUPERVISOR:
        return
    collective = form.step is ApprovalStep.COLLECTIVE
    names = attended_names(form.attended)
    if not form.document.strip() or form.document_day is None or (collective and not names):
        raise MinutesNeeded() if collective else ReplyNeeded()
    least = least_attended(work, version)
    if collective and len(names) < least:
        raise TooFewAttended(least=least, count=len(names))


def _check_again(work: Work, award: Award, version: AwardVersion) -> None:
    """Raise when an award may no longer be given as it was proposed."""
    household = work.load(Household, award.household_id)
    assessment = assess_award(work, award, household)
    check_eligible(assessment)
    check_cap(version.amount, cap_of(work, household, assessment, without=award.id))
    case = work.load(Case, award.case_id)
    fund_id, amount = version.fund_id, version.amount
    check_payable(work, case, household, assessment, fund_id, amount, without=award.id)
