"""The verbs that change services and referrals: ask, close, take back."""

from sqlalchemy import select

from app.cases.rules import NotOneOfThem
from app.cases.whose import answer_for, member_of
from app.center.store import the_center
from app.core.i18n import N_, _
from app.core.kinds import ResidentId
from app.core.masking import mask
from app.core.words.papers import PaperKind
from app.core.words.services import ServiceState, ServiceStep
from app.facts.assessing import assess_stored, seal
from app.households.standing import living
from app.households.store import OPEN, head_of
from app.papers.store import issue, void_issued
from app.policy.explain import why_not
from app.policy.findings import Assessment
from app.policy.pack import Measure, MeasureKind, Outcome
from app.services.papers import ReferralFacts
from app.services.records import CloseForm, Requested, ServiceForm, WithdrawForm
from app.services.rules import (
    FLOW,
    AlreadyInHand,
    FileClosed,
    NoSuchService,
    NotEntitled,
)
from app.work import Permission, Topic, Work, action
from db.models.cases import Case
from db.models.households import Household, Member
from db.models.services import ServiceRequest

ID = ResidentId(label="")

UNCONFIRMED = N_(" (to be confirmed)"), N_(", to be confirmed")
"""How the texts of a pack mark what no center has confirmed yet."""


@action(needs=Permission.REQUEST_SERVICES, changes={Topic.SERVICES, Topic.PAPERS})
def request_service(work: Work, form: ServiceForm) -> Requested:
    """Ask for a service or referral; a referral gets its slip.

    The household is assessed today and the answer sealed. Raises `NotEntitled` unless it is
    yes: what cannot be told yet is settled first, with the paper that is missing.
    """
    household = living(work, form.household_id)
    if household.file_state not in OPEN:
        raise FileClosed()
    if form.case_id is not None and work.load(Case, form.case_id).household_id != household.id:
        raise NotOneOfThem()
    findings = assess_stored(work, household)
    assessment = answer_for(findings, household, form.measure, form.member_id)
    measure = assessment.measure if assessment else None
    if assessment is None or measure is None or measure.kind is MeasureKind.GRANT:
        raise NoSuchService(measure=form.measure)
    if assessment.outcome is not Outcome.YES:
        raise NotEntitled(title=measure.title, why=why_not(assessment))
    member = member_of(household, assessment)
    _refuse_twice(work, household, measure, member)
    request = work.add(
        ServiceRequest(
            number=f"F{work.today.year}-{work.next_number('service'):05d}",
            household_id=household.id,
            case_id=form.case_id,
            member_id=member.id if member else None,
            measure=measure.id,
            kind=measure.kind,
            title=measure.title,
            department=measure.department,
            entitlement=measure.entitlement,
            papers=list(measure.papers),
            assessment_id=seal(work, household, findings, measure.id).id,
            note=form.note.strip(),
            requested_by=work.actor.id,
            requested_at=work.now,
            due_on=form.due_on,
            state=ServiceState.OPEN,
            result="",
        )
    )
    work.subject = f"service_request/{request.id}"
    paper_id = None
    if measure.kind is MeasureKind.REFERRAL:
        paper_id = _slip(work, request, household, member or head_of(household), assessment)
    return Requested(
        id=request.id, number=request.number, household_id=household.id, paper_id=paper_id
    )


@action(needs=Permission.CLOSE_SERVICES, changes={Topic.SERVICES})
def close_service(work: Work, form: CloseForm) -> None:
    """Close a request with what came of it."""
    _close(work, form.id, form.version, ServiceStep.CLOSE, form.result)


@action(needs=Permission.CLOSE_SERVICES, changes={Topic.SERVICES, Topic.PAPERS})
def withdraw_service(work: Work, form: WithdrawForm) -> None:
    """Take a request back, with the reason; its referral slip becomes void."""
    request = _close(work, form.id, form.version, ServiceStep.WITHDRAW, form.reason)
    void_issued(work, PaperKind.REFERRAL_SLIP, f"service_request/{request.id}", request.result)


def _close(work: Work, id_: int, version: int, step: ServiceStep, words: str) -> ServiceRequest:
    request = work.load(ServiceRequest, id_, version)
    work.subject = f"service_request/{request.id}"
    request.state = FLOW.after(request.state, step)
    request.result = words.strip()
    request.closed_by = work.actor.id
    request.closed_at = work.now
    return request


def _refuse_twice(
    work: Work, household: Household, measure: Measure, member: Member | None
) -> None:
    number = work.session.scalar(
        select(ServiceRequest.number).where(
            ServiceRequest.household_id == household.id,
            ServiceRequest.measure == measure.id,
            ServiceRequest.member_id.is_not_distinct_from(member.id if member else None),
            ServiceRequest.state == ServiceState.OPEN,
        )
    )
    if number:
        raise AlreadyInHand(title=measure.title, number=number)


def for_others(text: str) -> str:
    """Return a text of the policy without our own mark that the center has still to confirm it:
    the department we write to knows its measures, and decides on them itself."""
    for mark in UNCONFIRMED:
        text = text.replace(_(mark), "")
    return text


def _slip(
    work: Work,
    request: ServiceRequest,
    household: Household,
    person: Member,
    assessment: Assessment,
) -> int:
    """Issue the referral slip of a request; return the paper's id."""
    center, head = the_center(work.session), head_of(household)
    facts = ReferralFacts(
        name=person.name,
        id_number=mask(ID, person.id_number),
        head="" if person is head else head.name,
        file_number=household.file_number or "",
        request_number=request.number,
        area=assessment.pack.area.label,
        measure=for_others(request.title),
        department=request.department,
        entitlement=for_others(request.entitlement),
        papers=tuple(request.papers),
        note=request.note,
        center_address=center.address,
        center_phone=center.telephone,
    )
    return issue(
        work,
        PaperKind.REFERRAL_SLIP,
        facts,
        subject=f"service_request/{request.id}",
        title=person.name,
        household_id=household.id,
    ).id
