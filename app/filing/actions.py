"""The verbs of the steps before filing: visit, cross-check, public notice; and which of them the
center requires."""

from datetime import date
from typing import Any

from app.center.store import the_center
from app.core.record import values
from app.core.words.filing import (
    BEFORE_FILING,
    NoticeResult,
    StepAct,
    StepKind,
)
from app.core.words.papers import PaperKind
from app.facts.assessing import assess_stored, why_not
from app.filing.issuing import issue_notice, issue_notice_result
from app.filing.policy import filing_policy
from app.filing.records import (
    AnswerForm,
    BeginForm,
    CheckForm,
    ObjectionForm,
    Posted,
    PostForm,
    RequiredForm,
    TakeDownForm,
    VisitForm,
    VoidStepForm,
)
from app.filing.reports import NoticeReport, Objection
from app.filing.rules import (
    FileClosed,
    NoObjectionOpen,
    NotClassified,
    PostedBefore,
    TooFewInvestigators,
    check_answers,
    check_take_down,
    last_day,
    notice_end,
)
from app.filing.store import (
    adults_of,
    begin,
    close,
    due_of,
    keep,
    load_step,
    name_documents,
    read,
    write,
)
from app.households.standing import living
from app.households.store import OPEN
from app.papers.store import void_issued
from app.policy.findings import Findings
from app.policy.pack import Outcome
from app.work import Permission, Topic, Work, action
from db.models.cases import Case
from db.models.filing import FilingStep
from db.models.households import Household

STEPS = {Topic.FILING, Topic.PAPERS}


@action(needs=Permission.TAKE_STEPS, changes={Topic.FILING})
def begin_visit(work: Work, form: BeginForm) -> int:
    """Begin a home visit of a household; return the step's id."""
    return _begin(work, form, StepKind.VISIT)


@action(needs=Permission.TAKE_STEPS, changes={Topic.FILING})
def begin_check(work: Work, form: BeginForm) -> int:
    """Begin a cross-check of a household; return the step's id."""
    return _begin(work, form, StepKind.CROSS_CHECK)


def _begin(work: Work, form: BeginForm, kind: StepKind) -> int:
    household = _open_household(work, form.household_id)
    due = due_of(filing_policy(work.today), kind, work.today)
    return begin(work, household, kind, case_id=_case(work, form), due=due).id


@action(needs=Permission.TAKE_STEPS, changes={Topic.FILING})
def report_visit(work: Work, form: VisitForm) -> None:
    """Report what a home visit found; the step is done with it."""
    step = load_step(work, form.id, form.version, StepKind.VISIT)
    needed = filing_policy(work.today).visit.investigators
    people = {form.report.investigator.strip(), form.report.second_investigator.strip()} - {""}
    if len(people) < needed:
        raise TooFewInvestigators(count=needed)
    write(work, step, form.report.result, form.report, form.documents)


@action(needs=Permission.TAKE_STEPS, changes={Topic.FILING})
def report_check(work: Work, form: CheckForm) -> None:
    """Report what the departments answered; every adult member has to have signed before."""
    step = load_step(work, form.id, form.version, StepKind.CROSS_CHECK)
    household = work.load(Household, step.household_id)
    adults = adults_of(household, form.report.authorised_on)
    check_answers(form.report, [(member.id, member.name) for member in adults])
    write(work, step, form.report.result, form.report, form.documents)


@action(needs=Permission.TAKE_STEPS, changes=STEPS)
def post_notice(work: Work, form: PostForm) -> Posted:
    """Post the notice of a household with the category of today's assessment; issue its sheet.

    Its last day is counted from the day after. Raises `NotClassified`.
    """
    household = _open_household(work, form.household_id)
    case_id = _case(work, form)
    rule = filing_policy(work.today).notice
    findings = assess_stored(work, household)
    end = notice_end(rule, form.posted_on)
    step = begin(work, household, StepKind.NOTICE, case_id=case_id, due=end)
    report = NoticeReport(
        place=form.place.strip(),
        first_posted_on=form.posted_on,
        posted_on=form.posted_on,
        ends_on=end.day,
        ends_provisional=end.provisional,
        length=rule.length,
        unit=rule.unit,
        category=_category(findings),
        items=_items(work, case_id, findings),
    )
    return _show(work, step, report)


@action(needs=Permission.TAKE_STEPS, changes={Topic.FILING})
def note_objection(work: Work, form: ObjectionForm) -> None:
    """Note an objection to a notice; it cannot come down before it is answered."""
    step = load_step(work, form.id, form.version, StepKind.NOTICE)
    report = read(step, NoticeReport)
    said = Objection(received_on=form.received_on, says=form.says.strip())
    keep(step, _with(report, objections=(*report.objections, said)))


@action(needs=Permission.TAKE_STEPS, changes=STEPS)
def answer_objection(work: Work, form: AnswerForm) -> Posted:
    """Say how the open objection was dealt with: posting begins anew, or it is upheld.

    An upheld objection ends the notice; the household is not filed on it.
    """
    step = load_step(work, form.id, form.version, StepKind.NOTICE)
    report = read(step, NoticeReport)
    said = next((each for each in report.objections if not each.answer), None)
    if said is None:
        raise NoObjectionOpen()
    name_documents(work, step, form.documents)
    if form.posted_on < said.received_on:
        raise PostedBefore(received=said.received_on)
    answered = Objection(
        received_on=said.received_on,
        says=said.says,
        answer=form.answer.strip(),
        answered_on=work.today,
        upheld=form.upheld,
    )
    objections = tuple(answered if each is said else each for each in report.objections)
    report = _with(report, objections=objections)
    if form.upheld:
        down_on = min(form.posted_on, work.today)
        return _end(work, step, report, NoticeResult.UPHELD, down_on)
    if filing_policy(work.today).notice.objection.restarts:
        end = last_day(report.length, report.unit, form.posted_on)
        report = _with(
            report, posted_on=form.posted_on, ends_on=end.day, ends_provisional=end.provisional
        )
    return _show(work, step, report)


@action(needs=Permission.TAKE_STEPS, changes=STEPS)
def take_down(work: Work, form: TakeDownForm) -> Posted:
    """Take a notice down after its last day; its result is issued for the file."""
    step = load_step(work, form.id, form.version, StepKind.NOTICE)
    report = read(step, NoticeReport)
    check_take_down(report, form.taken_down_on)
    name_documents(work, step, form.documents)
    end = last_day(report.length, report.unit, report.posted_on)  # the calendar may know more now
    report = _with(report, ends_on=end.day, ends_provisional=end.provisional)
    result = NoticeResult.ANSWERED if report.objections else NoticeResult.NO_OBJECTION
    return _end(work, step, report, result, form.taken_down_on)


@action(needs=Permission.TAKE_STEPS, changes=STEPS)
def void_step(work: Work, form: VoidStepForm) -> None:
    """Make a step void that was begun by mistake; the papers it issued become void too."""
    step = load_step(work, form.id, form.version, *StepKind)
    close(work, step, StepAct.VOID, form.reason)
    for kind in PAPERS.get(step.kind, ()):
        void_issued(work, kind, f"filing_step/{step.id}", form.reason.strip())


PAPERS = {
    StepKind.VISIT: (PaperKind.VISIT_RECORD,),
    StepKind.CROSS_CHECK: (PaperKind.CHECK_AUTHORISATION,),
    StepKind.NOTICE: (PaperKind.PUBLIC_NOTICE,),
    StepKind.REVIEW: (PaperKind.REVIEW_SHEET,),
}
"""The papers that a step issues while it runs."""


@action(needs=Permission.KEEP_CENTER, changes={Topic.CENTER, Topic.FILING})
def require_steps(work: Work, form: RequiredForm) -> None:
    """Say which steps this center requires before filing, beside acceptance and filing."""
    wanted = values(form)
    the_center(work.session).required_steps = [
        kind.value for kind in BEFORE_FILING if wanted[kind.value]
    ]


def _open_household(work: Work, household_id: int) -> Household:
    household = living(work, household_id)
    if household.file_state not in OPEN:
        raise FileClosed()
    return household


def _case(work: Work, form: BeginForm | PostForm) -> int | None:
    """Return the application a step is for; the store refuses one of another household."""
    return work.load(Case, form.case_id).id if form.case_id else None


def _category(findings: Findings) -> str:
    found = findings.classification
    if found is None or found.outcome is not Outcome.YES:
        raise NotClassified(why=why_not(findings))
    return found.category or ""


def _items(work: Work, case_id: int | None, findings: Findings) -> tuple[str, ...]:
    """Return what is applied for, in the words of the policy."""
    wanted = work.load(Case, case_id).items if case_id else ()
    titles = {each.measure.id: each.measure.title for each in findings.all if each.measure}
    return tuple(titles.get(item, item) for item in wanted)


def _show(work: Work, step: FilingStep, report: NoticeReport) -> Posted:
    """Keep how a notice stands and issue its sheet."""
    keep(step, report)
    step.due_on, step.due_provisional = report.ends_on, report.ends_provisional
    return Posted(
        id=step.id,
        paper_id=issue_notice(work, step, report),
        ends_on=report.ends_on,
        ends_provisional=report.ends_provisional,
    )


def _end(
    work: Work, step: FilingStep, report: NoticeReport, result: NoticeResult, on: date
) -> Posted:
    """End a notice: the sheet comes down, its result goes to the file."""
    report = _with(report, taken_down_on=on, taken_down_by=work.actor.name)
    write(work, step, result, report, step.documents)
    return Posted(
        id=step.id,
        paper_id=issue_notice_result(work, step, report),
        ends_on=report.ends_on,
        ends_provisional=report.ends_provisional,
    )


def _with(report: NoticeReport, **changes: Any) -> NoticeReport:
    return NoticeReport(**{**values(report), **changes})
