"""The verbs that two people take together: review, exit and return; and the yearly sample."""

from datetime import date

from sqlalchemy import func, select

from app.core.i18n import _
from app.core.record import values
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState
from app.core.words.filing import (
    DECIDED,
    ReturnResult,
    ReviewResult,
    StepAct,
    StepDecision,
    StepKind,
    StepState,
)
from app.core.words.households import FileState
from app.facts.assessing import assess_stored, seal, why_not
from app.filing.issuing import issue_exit_notice
from app.filing.policy import filing_policy
from app.filing.records import DecideForm, ExitForm, ReturnForm, ReviewForm, SampleForm
from app.filing.reports import ExitReport, ReturnReport, ReviewReport, Sampled
from app.filing.rules import (
    FLOW,
    AssessmentChanged,
    CaseUnderway,
    MoneyUnderway,
    NoSampleAsked,
    NotClassified,
    NotOnFile,
    NotOut,
    OpinionMissing,
    ReviewDoesNotFit,
    SampleDrawn,
    check_exit,
    drawn,
    fits,
)
from app.filing.store import begin, close, keep, load_step, read, report_of, running, write
from app.households.actions import close_file
from app.households.standing import living
from app.households.store import people_of
from app.policy.explain import conclusion
from app.policy.findings import Findings
from app.policy.pack import Outcome
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.audit import AuditRow
from db.models.cases import Case
from db.models.disbursements import Award
from db.models.filing import FilingStep
from db.models.households import Household

UNDERWAY = (
    *(AwardState.PROPOSED, AwardState.COLLECTIVE, AwardState.UPWARD),
    *(AwardState.APPROVED, AwardState.IN_BATCH),
)
"""Awards whose money is on its way."""

CHANGES = {Topic.FILING, Topic.HOUSEHOLDS, Topic.CASES, Topic.PAPERS}


@action(needs=Permission.TAKE_STEPS, changes={Topic.FILING})
def report_review(work: Work, form: ReviewForm) -> int:
    """Report a review with the sealed assessment of today, for another person to decide.

    A review that was drawn is the one reported. Raises `ReviewDoesNotFit` when the proposal
    contradicts the assessment.
    """
    household = _on_file(work, form.household_id)
    findings = assess_stored(work, household)
    before, now, assessed = household.category or "", _category(findings), _assessed(findings)
    if not fits(form.told.outcome, before, now):
        raise ReviewDoesNotFit(assessed=assessed, outcome=form.told.outcome.label)
    step = running(work, household.id, StepKind.REVIEW) or begin(work, household, StepKind.REVIEW)
    sealed = seal(work, household, findings)
    step.assessment_id = sealed.id
    report = ReviewReport(
        **values(form.told),
        category_before=before,
        category_now=now,
        vocabulary=_vocabulary(findings),
        assessed=assessed,
        assessment_number=sealed.number,
        sampled=_sampled(step),
    )
    write(work, step, form.told.outcome, report, form.documents)
    work.subject = f"filing_step/{step.id}"
    return step.id


@action(needs=Permission.TAKE_STEPS, changes={Topic.FILING})
def propose_exit(work: Work, form: ExitForm) -> int:
    """Propose that a household leaves the files, with what shows it; another person decides."""
    household = _on_file(work, form.household_id)
    reason = check_exit(form.told, filing_policy(work.today).exit(form.told.reason))
    step = running(work, household.id, StepKind.EXIT) or begin(work, household, StepKind.EXIT)
    report = ExitReport(
        **values(form.told),
        title=reason.title,
        test=reason.test,
        outcome=reason.outcome,
        members=tuple(member.id for member in people_of(household)),
    )
    write(work, step, reason.outcome, report, form.documents)
    work.subject = f"filing_step/{step.id}"
    return step.id


@action(needs=Permission.TAKE_STEPS, changes={Topic.FILING})
def propose_return(work: Work, form: ReturnForm) -> int:
    """Propose that a household that left comes back, on the sealed assessment of today."""
    household = living(work, form.household_id)
    _members_out(work, household)
    findings = assess_stored(work, household)
    category = _category(findings)
    if not category:
        raise NotClassified(why=why_not(findings))
    step = running(work, household.id, StepKind.RETURN) or begin(work, household, StepKind.RETURN)
    sealed = seal(work, household, findings)
    step.assessment_id = sealed.id
    report = ReturnReport(
        **values(form.told),
        category=category,
        vocabulary=_vocabulary(findings),
        assessment_number=sealed.number,
    )
    write(work, step, ReturnResult.RETURNED, report, form.documents)
    work.subject = f"filing_step/{step.id}"
    return step.id


@action(needs=Permission.DECIDE_STEPS, changes=CHANGES)
def decide_step(work: Work, form: DecideForm) -> int | None:
    """Decide a review, an exit or a return that somebody else reported.

    Return the id of the exit notice when a household leaves. Sending back and refusing need
    words; a review that is refused is made anew.
    """
    step = load_step(work, form.id, form.version, *DECIDED)
    if step.reported_by == work.actor.id:
        raise SecondPersonNeeded()
    if form.decision is StepDecision.AGREE:
        return _agree(work, step, form.opinion)
    if not form.opinion.strip():
        raise OpinionMissing()
    if form.decision is StepDecision.REFUSE and step.kind is not StepKind.REVIEW:
        close(work, step, StepAct.VOID, form.opinion)
        return None
    step.state = FLOW.after(step.state, StepAct.SEND_BACK)
    step.reported_by = step.reported_at = None
    step.result, step.reason = "", form.opinion.strip()
    return None


def _agree(work: Work, step: FilingStep, opinion: str) -> int | None:
    household = work.load(Household, step.household_id)
    match report_of(step):
        case ReviewReport() as report:
            _review(work, household, report)
        case ExitReport() as report:
            _refuse_underway(work, household)
            close_file(household, FileState.CLOSED)
            close(work, step, StepAct.FINISH, opinion)
            return issue_exit_notice(work, step, report)
        case ReturnReport() as report:
            _bring_back(work, household, report)
        case report:
            raise TypeError(f"{step.kind} with {report}")
    close(work, step, StepAct.FINISH, opinion)
    return None


def _review(work: Work, household: Household, report: ReviewReport) -> None:
    if household.file_state is not FileState.ACTIVE:
        raise NotOnFile()
    _as_reported(assess_stored(work, household), report.category_now)
    if report.outcome is ReviewResult.CATEGORY_CHANGED:
        household.category = report.category_now
        household.category_vocabulary = report.vocabulary
    elif report.outcome is ReviewResult.EXIT and not running(work, household.id, StepKind.EXIT):
        subject = work.subject
        begin(work, household, StepKind.EXIT)
        work.subject = subject


def _as_reported(findings: Findings, category: str) -> None:
    """Raise `AssessmentChanged` when today's assessment is not the one that was reported."""
    if _category(findings) != category:
        raise AssessmentChanged(assessed=_assessed(findings))


def _vocabulary(findings: Findings) -> str:
    """Return the id of the classification whose words the category is one of."""
    found = findings.classification
    return found.pack.id if found else ""


def _category(findings: Findings) -> str:
    """Return the category of an assessment; empty while it is not found to be in hardship."""
    found = findings.classification
    return (found.category if found and found.outcome is Outcome.YES else None) or ""


def _assessed(findings: Findings) -> str:
    found = findings.classification
    return conclusion(found) if found else why_not(findings)


def _refuse_underway(work: Work, household: Household) -> None:
    """Raise what has to be settled before a household leaves."""
    if household.file_state is not FileState.ACTIVE:
        raise NotOnFile()
    numbers = work.session.scalars(
        select(Award.number).where(Award.household_id == household.id, Award.state.in_(UNDERWAY))
    ).all()
    if numbers:
        raise MoneyUnderway(numbers=_(", ").join(numbers))
    number = work.session.scalar(
        select(Case.number).where(
            Case.household_id == household.id,
            Case.state.in_((CaseState.ACCEPTED, CaseState.RETURNED)),
        )
    )
    if number:
        raise CaseUnderway(number=number)


def _bring_back(work: Work, household: Household, report: ReturnReport) -> None:
    """Put a household on file again under its old number, with those who left with it."""
    left = _members_out(work, household)
    findings = assess_stored(work, household)
    _as_reported(findings, report.category)
    household.file_state = FileState.ACTIVE
    household.filed_on = work.today
    household.category = report.category
    household.category_vocabulary = report.vocabulary
    for member in household.members:
        member.active = member.id in left
    work.session.flush()  # the store refuses a person who stands in another open file


def _members_out(work: Work, household: Household) -> frozenset[int]:
    """Return who left with a household: by its exit, else all whom its file ever had.

    Raises `NotOut` for a household whose file is not closed.
    """
    if household.file_state is not FileState.CLOSED or not household.file_number:
        raise NotOut()
    step = work.session.scalar(
        select(FilingStep)
        .where(
            FilingStep.household_id == household.id,
            FilingStep.kind == StepKind.EXIT,
            FilingStep.state == StepState.DONE,
        )
        .order_by(FilingStep.id.desc())
        .limit(1)
    )
    if step is not None:
        return frozenset(read(step, ExitReport).members)
    return frozenset(member.id for member in people_of(household))


def _on_file(work: Work, household_id: int) -> Household:
    household = living(work, household_id)
    if household.file_state is not FileState.ACTIVE:
        raise NotOnFile()
    return household


@action(needs=Permission.DECIDE_STEPS, changes={Topic.FILING})
def draw_sample(work: Work, form: SampleForm) -> int:
    """Draw the files to be checked this year, at random but so that it can be drawn again.

    The seed is the end of the audit trail, which nobody chooses. Return how many were drawn.
    """
    rule = filing_policy(work.today).sample
    if rule is None:
        raise NoSampleAsked()
    end = date(form.year, 12, 31)
    of_year = (FilingStep.kind == StepKind.REVIEW) & (FilingStep.due_on == end)
    if count := work.session.scalar(select(func.count()).where(of_year)):
        raise SampleDrawn(year=form.year, count=count)
    on_file = work.session.scalars(
        select(Household.id).where(Household.file_state == FileState.ACTIVE)
    ).all()
    seed = work.session.scalar(select(AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)) or ""
    chosen = drawn(on_file, seed, rule.percent)
    sampled = Sampled(year=form.year, seed=seed, drawn=len(chosen), of=len(on_file))
    for household_id in chosen:
        household = work.load(Household, household_id)
        step = running(work, household_id, StepKind.REVIEW)
        if step is not None and step.state is StepState.REPORTED:
            continue  # it is checked at this moment
        step = step or begin(work, household, StepKind.REVIEW)
        step.due_on = end
        if report_of(step) is None:
            keep(step, sampled)
    work.notes |= values(sampled)
    work.subject = "center/1"
    return len(chosen)


def _sampled(step: FilingStep) -> Sampled | None:
    """Return how the file of a review was drawn, if it was."""
    match report_of(step):
        case Sampled() as sampled:
            return sampled
        case ReviewReport(sampled=sampled):
            return sampled
        case _:
            return None
