"""The verbs that change cases: acceptance, filing by a second person, and what lies between."""

from sqlalchemy import select

from app.cases.measures import papers_missing, title_of
from app.cases.papers import CertificateFacts, ReceiptFacts
from app.cases.records import (
    Accepted,
    ApplicationForm,
    CaseStepForm,
    CertificateForm,
    IntakeForm,
    NewApplication,
)
from app.cases.rules import FLOW, WORKING_DAYS, NoFile, NotClassified, OpinionNeeded
from app.center.store import the_center
from app.core.kinds import ResidentId
from app.core.masking import mask
from app.core.words.cases import CaseState, CaseStep
from app.core.words.households import FileState
from app.core.words.papers import PaperKind
from app.documents.store import adopt
from app.drafts.actions import close_draft
from app.facts.assessing import assess_stored, seal, why_not
from app.filing.store import check_steps
from app.households.actions import close_file
from app.households.moving import subjects_of
from app.households.numbers import file_number
from app.households.standing import living
from app.households.store import fill, head_of, new_household, size_of, touch
from app.papers.store import issue
from app.policy.pack import Outcome
from app.reference.workdays import add_workdays
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.cases import Case
from db.models.households import Household

ID = ResidentId(label="")

MAKING = (
    "cases.accept_case",
    "cases.accept_further",
    "cases.resubmit_case",
    "households.change_household",
    "households.merge_households",
    "households.split_household",
    "households.move_member",
    "households.change_head",
)
"""Acts that make what is then filed: whoever did one of them does not file."""


@action(
    needs=Permission.ACCEPT_CASES,
    changes={Topic.CASES, Topic.HOUSEHOLDS, Topic.PAPERS, Topic.DRAFTS, Topic.DOCUMENTS},
)
def accept_case(work: Work, form: IntakeForm) -> Accepted:
    """Take a household in: a pending file, a numbered case and the acceptance receipt.

    Of one that is known (``known_id``) the file is brought up to date with it. Raises `NoFile`
    when it cannot apply, and what `new_household` and `change_household` raise.
    """
    household = _known(work, form) if form.known_id else new_household(work, form.household)
    accepted = _open(work, household, form.application)
    if form.draft_id:
        close_draft(work, form.draft_id)
        adopt(work, form.draft_id, household.id, accepted.case_id)
    return accepted


@action(needs=Permission.ACCEPT_CASES, changes={Topic.CASES, Topic.PAPERS})
def accept_further(work: Work, form: NewApplication) -> Accepted:
    """Accept a further application of a household that the center knows."""
    household = living(work, form.household_id)
    if not _may_apply(work, household):
        raise NoFile()
    return _open(work, household, form.application)


def _known(work: Work, form: IntakeForm) -> Household:
    """Return the household that is known, its file as it was just told."""
    household = living(work, form.known_id or 0, form.known_version)
    if not _may_apply(work, household):
        raise NoFile()
    fill(work, household, form.household)
    touch(household)
    return household


def _may_apply(work: Work, household: Household) -> bool:
    """Tell whether a household is on file, or was made by a split and never applied."""
    if household.file_state is not FileState.PENDING:
        return household.file_state is FileState.ACTIVE
    applied = select(Case.id).where(Case.household_id == household.id).limit(1)
    return work.session.scalar(applied) is None


def _open(work: Work, household: Household, application: ApplicationForm) -> Accepted:
    due = add_workdays(work.today, WORKING_DAYS)
    case = work.add(
        Case(
            number=f"{work.today.year}-{work.next_number('case'):04d}",
            household_id=household.id,
            state=CaseState.ACCEPTED,
            items=list(application.items),
            papers_handed_in=list(application.papers_handed_in),
            note=application.note.strip(),
            accepted_by=work.actor.id,
            accepted_at=work.now,
            due_on=due.day,
            due_provisional=due.provisional,
            opinion="",
        )
    )
    work.subject = f"case/{case.id}"
    head = head_of(household)
    center = the_center(work.session)
    paper = issue(
        work,
        PaperKind.ACCEPTANCE_RECEIPT,
        ReceiptFacts(
            name=head.name,
            id_number=mask(ID, head.id_number),
            case_number=case.number,
            household_size=size_of(household),
            items=tuple(title_of(item, work.today) for item in case.items),
            papers_handed_in=tuple(case.papers_handed_in),
            papers_missing=papers_missing(case.items, case.papers_handed_in, work.today),
            accepted_on=work.today,
            due_on=case.due_on,
            due_provisional=case.due_provisional,
            center_address=center.address,
            center_phone=center.telephone,
        ),
        subject=f"case/{case.id}",
        title=head.name,
        household_id=household.id,
    )
    return Accepted(
        case_id=case.id,
        case_number=case.number,
        household_id=household.id,
        paper_id=paper.id,
    )


@action(needs=Permission.FILE_CASES, changes={Topic.CASES, Topic.HOUSEHOLDS})
def file_case(work: Work, form: CaseStepForm) -> str:
    """Put the household of a case on file (在档): the second person's act; return the number.

    The classification of today is sealed with it. Raises `StepsMissing` while a step that the
    center requires is not done, `NotClassified` unless the classification says yes.
    """
    case, household = _decide(work, form, CaseStep.FILE)
    if household.file_state is not FileState.ACTIVE:
        check_steps(work, case.id)
    findings = assess_stored(work, household)
    found = findings.classification
    if found is None or found.outcome is not Outcome.YES:
        raise NotClassified(why=why_not(findings))
    case.assessment_id = seal(work, household, findings).id
    household.category = found.category
    household.category_vocabulary = found.pack.id
    if household.file_state is not FileState.ACTIVE:
        number = work.next_number("file")
        prefix = the_center(work.session).number_prefix
        household.file_number = file_number(prefix, work.today.year, number)
        household.file_state = FileState.ACTIVE
        household.filed_on = work.today
    return household.file_number or ""


@action(needs=Permission.FILE_CASES, changes={Topic.CASES})
def return_case(work: Work, form: CaseStepForm) -> None:
    """Send a case back to be mended, with what is missing."""
    _need_opinion(form)
    _decide(work, form, CaseStep.RETURN)


@action(needs=Permission.ACCEPT_CASES, changes={Topic.CASES})
def resubmit_case(work: Work, form: CaseStepForm) -> None:
    """Hand a mended case in again."""
    case = work.load(Case, form.id, form.version)
    case.state = FLOW.after(case.state, CaseStep.RESUBMIT)
    case.decided_by = case.decided_at = None
    case.note = form.opinion.strip() or case.note


@action(needs=Permission.FILE_CASES, changes={Topic.CASES, Topic.HOUSEHOLDS})
def refuse_case(work: Work, form: CaseStepForm) -> None:
    """Refuse to file, with the reason; the household can apply again."""
    _need_opinion(form)
    _, household = _decide(work, form, CaseStep.REFUSE)
    if household.file_state is FileState.PENDING:
        close_file(household, FileState.REFUSED)


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_certificate(work: Work, form: CertificateForm) -> int:
    """Issue a certificate of hardship for a household on file; return the paper's id."""
    household = living(work, form.household_id)
    if household.file_state is not FileState.ACTIVE or household.filed_on is None:
        raise NoFile()
    head = head_of(household)
    paper = issue(
        work,
        PaperKind.HARDSHIP_CERTIFICATE,
        CertificateFacts(
            name=head.name,
            id_number=mask(ID, head.id_number),
            sex=head.sex.value if head.sex else "",
            birth=head.birth,
            residence=household.district or "",
            employer=household.work_unit,
            household_size=size_of(household),
            file_number=household.file_number or "",
            filed_on=household.filed_on,
            category=household.category or "",
            purpose=form.purpose.strip(),
            valid_until=form.valid_until,
            center_phone=the_center(work.session).telephone,
        ),
        subject=f"household/{household.id}",
        title=head.name,
        household_id=household.id,
    )
    return paper.id


def _decide(work: Work, form: CaseStepForm, step: CaseStep) -> tuple[Case, Household]:
    """Take a decision that only a second person may take."""
    case = work.load(Case, form.id, form.version)
    after = FLOW.after(case.state, step)
    about = (f"case/{case.id}", *subjects_of(work, case.household_id))
    if case.accepted_by == work.actor.id or work.made_by_me(*about, verbs=MAKING):
        raise SecondPersonNeeded()
    work.subject = f"case/{case.id}"
    case.state = after
    case.decided_by = work.actor.id
    case.decided_at = work.now
    case.opinion = form.opinion.strip()
    return case, work.load(Household, case.household_id)


def _need_opinion(form: CaseStepForm) -> None:
    if not form.opinion.strip():
        raise OpinionNeeded()
