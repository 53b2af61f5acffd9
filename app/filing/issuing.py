"""Issues the papers of filing steps. An earlier one of the same step becomes void."""

from app.center.store import the_center
from app.core.clock import local_day
from app.core.i18n import N_, _
from app.core.kinds import ResidentId
from app.core.masking import mask, mask_name
from app.core.money import yuan_text
from app.core.record import Record
from app.core.resident_id import age
from app.core.words import Answer
from app.core.words.filing import RESULTS, StepKind, StepState
from app.core.words.papers import PaperKind
from app.filing.papers import (
    AskedAtHome,
    AuthorisationFacts,
    ExitFacts,
    NoticeFacts,
    NoticeResultFacts,
    NoticeRow,
    ObjectionFacts,
    ReviewSheetFacts,
    SignerFacts,
    VisitedMember,
    VisitFacts,
)
from app.filing.policy import Shown, filing_policy
from app.filing.records import StepById
from app.filing.reports import (
    SIX_CLEAR,
    ExitReport,
    NoticeReport,
    ReviewReport,
    VisitReport,
)
from app.filing.rules import is_adult
from app.filing.store import load_step, read, report_of
from app.households.store import head_of, people_of, size_of
from app.papers.store import issue, void_issued
from app.work import Permission, Topic, Work, action
from db.models.cases import Case
from db.models.filing import FilingStep
from db.models.households import Household, Member
from db.models.staff import Staff

ID = ResidentId(label="")


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_visit_record(work: Work, asked: StepById) -> int:
    """Issue the record of a home visit, filled in once it is reported; return the paper's id."""
    step = load_step(work, asked.id, None, StepKind.VISIT)
    household = work.load(Household, step.household_id)
    told = report_of(step)
    report = told if isinstance(told, VisitReport) else None
    head = head_of(household)
    facts = VisitFacts(
        name=head.name,
        id_number=mask(ID, head.id_number),
        home=household.address,
        work_unit=household.work_unit,
        household_size=size_of(household),
        file_number=household.file_number or "",
        case_number=_case_number(work, step),
        members=tuple(_visited(work, member) for member in people_of(household)),
        questions=tuple(_question(name, household, report) for name in SIX_CLEAR),
        visited_on=report.visited_on if report else None,
        investigators=_investigators(report) if report else (),
        spoken_with=report.spoken_with if report else "",
        found=report.found if report else "",
        result=report.result.label if report else "",
        center_phone=the_center(work.session).telephone,
    )
    return _issue(work, step, PaperKind.VISIT_RECORD, facts)


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_authorisation(work: Work, asked: StepById) -> int:
    """Issue the authorisation that all adult members sign; return the paper's id."""
    step = load_step(work, asked.id, None, StepKind.CROSS_CHECK)
    household = work.load(Household, step.household_id)
    center = the_center(work.session)
    facts = AuthorisationFacts(
        name=head_of(household).name,
        case_number=_case_number(work, step),
        file_number=household.file_number or "",
        people=tuple(
            SignerFacts(
                place=place,
                relation=member.relation or "",
                name=member.name,
                id_number=member.id_number or _("Not known"),
                signs="" if is_adult(member.birth, work.today) else _("A guardian signs"),
            )
            for place, member in enumerate(people_of(household), start=1)
        ),
        partners=filing_policy(work.today).check.partners,
        center_address=center.address,
        center_phone=center.telephone,
    )
    return _issue(work, step, PaperKind.CHECK_AUTHORISATION, facts)


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_review_sheet(work: Work, asked: StepById) -> int:
    """Issue the sheet of a review, with the decision once there is one; return the paper's id."""
    step = load_step(work, asked.id, None, StepKind.REVIEW)
    report = read(step, ReviewReport)
    household = work.load(Household, step.household_id)
    head = head_of(household)
    done = step.state is StepState.DONE
    facts = ReviewSheetFacts(
        name=head.name,
        id_number=mask(ID, head.id_number),
        work_unit=household.work_unit,
        household_size=size_of(household),
        file_number=household.file_number or "",
        filed_on=household.filed_on,
        reviewed_on=report.reviewed_on,
        way=report.way.label,
        sampled=_sampled(report),
        category_before=report.category_before,
        category_now=report.category_now or _("None"),
        assessed=report.assessed,
        assessment_number=report.assessment_number,
        changes=report.changes,
        outcome=report.outcome.label,
        opinion=report.opinion,
        reporter=_name(work, step.reported_by),
        decided=_("Agreed: {outcome}").format(outcome=report.outcome.label) if done else "",
        decider=_name(work, step.done_by) if done else "",
        decided_on=local_day(step.done_at) if done and step.done_at else None,
        decision_words=step.reason if done else "",
    )
    return _issue(work, step, PaperKind.REVIEW_SHEET, facts)


def issue_notice(work: Work, step: FilingStep, report: NoticeReport) -> int:
    """Issue the sheet for the board: what the policy lets show, the name masked."""
    household = work.load(Household, step.household_id)
    shows = filing_policy(work.today).notice.content.shows
    center, name = the_center(work.session), mask_name(head_of(household).name)
    row = NoticeRow(
        place=1,
        name=name,
        unit=_unit(household) if Shown.UNIT in shows else "",
        household_size=str(size_of(household)) if Shown.HOUSEHOLD_SIZE in shows else "",
        category=report.category if Shown.CATEGORY in shows else "",
        items=report.items if Shown.ITEMS in shows else (),
    )
    facts = NoticeFacts(
        name=name,
        rows=(row,),
        posted_on=report.posted_on,
        ends_on=report.ends_on,
        ends_provisional=report.ends_provisional,
        length=report.length,
        counted=report.unit.label,
        again=report.posted_on != report.first_posted_on,
        board=report.place,
        center_address=center.address,
        center_phone=center.telephone,
    )
    return _issue(work, step, PaperKind.PUBLIC_NOTICE, facts)


def issue_notice_result(work: Work, step: FilingStep, report: NoticeReport) -> int:
    """Issue the result of a notice for the file."""
    household = work.load(Household, step.household_id)
    facts = NoticeResultFacts(
        name=head_of(household).name,
        case_number=_case_number(work, step),
        file_number=household.file_number or "",
        category=report.category,
        board=report.place,
        first_posted_on=report.first_posted_on,
        posted_on=report.posted_on,
        ends_on=report.ends_on,
        length=report.length,
        counted=report.unit.label,
        taken_down_on=report.taken_down_on or work.today,
        taken_down_by=report.taken_down_by,
        objections=tuple(
            ObjectionFacts(
                place=place,
                received_on=objection.received_on,
                says=objection.says,
                answer=objection.answer,
                upheld=_("Upheld") if objection.upheld else _("Not upheld"),
            )
            for place, objection in enumerate(report.objections, start=1)
        ),
        count=len(report.objections),
        result=RESULTS[StepKind.NOTICE](step.result).label,
    )
    return _issue(work, step, PaperKind.NOTICE_RESULT, facts)


def issue_exit_notice(work: Work, step: FilingStep, report: ExitReport) -> int:
    """Issue the notice that tells a household that it left the files, and why."""
    household = work.load(Household, step.household_id)
    head, center = head_of(household), the_center(work.session)
    facts = ExitFacts(
        name=head.name,
        id_number=mask(ID, head.id_number),
        file_number=household.file_number or "",
        filed_on=household.filed_on,
        outcome=report.outcome.label,
        reason=report.title,
        test=report.test,
        shown=report.shown,
        months=report.months,
        effective_on=report.effective_on,
        center_address=center.address,
        center_phone=center.telephone,
    )
    return _issue(work, step, PaperKind.EXIT_NOTICE, facts)


def _issue(work: Work, step: FilingStep, kind: PaperKind, facts: Record) -> int:
    household = work.load(Household, step.household_id)
    work.subject = subject = f"filing_step/{step.id}"
    void_issued(work, kind, subject, _("Issued anew"))
    title = head_of(household).name
    paper = issue(work, kind, facts, subject=subject, title=title, household_id=household.id)
    return paper.id


def _unit(household: Household) -> str:
    """Return the work unit, or for who has none the district; never the address."""
    return household.work_unit or household.district or ""


def _name(work: Work, staff_id: int | None) -> str:
    return work.load(Staff, staff_id).name if staff_id else ""


def _case_number(work: Work, step: FilingStep) -> str:
    return work.load(Case, step.case_id).number if step.case_id else ""


def _sampled(report: ReviewReport) -> str:
    drawn = report.sampled
    if drawn is None:
        return ""
    says = _("Drawn for the check of {year}: {drawn} of {of} files")
    return says.format(year=drawn.year, drawn=drawn.drawn, of=drawn.of)


def _investigators(report: VisitReport) -> tuple[str, ...]:
    return tuple(filter(None, (report.investigator, report.second_investigator)))


def _visited(work: Work, member: Member) -> VisitedMember:
    income = member.monthly_income
    return VisitedMember(
        relation=member.relation or "",
        name=member.name,
        age=str(age(member.birth, work.today)) if member.birth else "",
        occupation=_of(member.work_status, member.school_stage),
        health=_of(member.health, member.disability),
        monthly_income="" if income is None else yuan_text(income),
    )


def _question(name: str, household: Household, report: VisitReport | None) -> AskedAtHome:
    """Return one of the six things: what was told; what was found, blank before the visit."""
    answer: Answer | None = getattr(report, name) if report else None
    found = {
        None: "",
        Answer.YES: _("Clear"),
        Answer.NO: _("Not clear"),
    }.get(answer, answer.label if answer else "")
    return AskedAtHome(title=_(TITLES[name]), told=_told(name, household), clear=found)


TITLES = {
    "members": N_("Members"),
    "address": N_("Home address"),
    "income": N_("Income"),
    "illness": N_("Illness"),
    "work": N_("Work"),
    "schooling": N_("Schooling"),
}
"""What the six things are called on paper."""


def _told(name: str, household: Household) -> str:
    people = people_of(household)
    income = household.income_12_months
    match name:
        case "members":
            return _(", ").join(member.name for member in people)
        case "address":
            return household.address
        case "income":
            amount = "" if income is None else yuan_text(income)
            return _("12 months: {amount} yuan").format(amount=amount) if amount else ""
        case "illness":
            told = {member.name: _of(member.health, member.disability) for member in people}
        case "work":
            told = {member.name: member.work_status or "" for member in people}
        case _:
            told = {member.name: member.school_stage or "" for member in people}
    return _("; ").join(f"{who} {what}" for who, what in told.items() if what)


def _of(*words: str | None) -> str:
    return _(", ").join(filter(None, words))
