"""What can be asked about job seekers: lists of them, one with its history, who somebody is."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from app.core.errors import Problem, RuleBroken
from app.core.kinds import Phone, ResidentId
from app.core.masking import mask
from app.core.resident_id import age, normalise_id, read_id
from app.core.words.households import FileState
from app.core.words.placements import (
    PersonKind,
    RecognitionState,
    ReferralState,
    SeekerState,
)
from app.households.bearers import people_called
from app.households.store import head_of
from app.placements.recognition_queries import rows_from as recognitions_from
from app.placements.seeker_records import (
    KnownMember,
    PersonAsked,
    PersonFound,
    SeekerById,
    SeekerForm,
    SeekerPlacementRow,
    SeekerQuery,
    SeekerReferralRow,
    SeekerRow,
    SeekerView,
)
from app.placements.seeker_rules import check_age
from app.placements.seeker_store import (
    check_not_registered,
    form_of,
    live_one,
    registrations_of,
)
from app.placements.seeker_words import disabled, kind_of
from app.reference.job_rules import rules_on
from app.work import Permission, Work, query
from db.models.households import Household, Member
from db.models.placements import JobReferral, Placement
from db.models.seekers import JobSeeker, Recognition
from db.models.services import ServiceRequest
from db.models.staff import Staff
from db.models.vacancies import Employer, Vacancy

ID, PHONE = ResidentId(label=""), Phone(label="")


@query(needs=Permission.READ_JOBS)
def seeker_rows(work: Work, asked: SeekerQuery) -> list[SeekerRow]:
    """List job seekers, the newest first, a page at a time."""
    page = select(JobSeeker).where(*_wanted(work, asked)).order_by(JobSeeker.id.desc())
    return list(rows_from(work, page.offset(asked.offset).limit(asked.limit)))


@query(needs=Permission.READ_JOBS)
def seeker_count(work: Work, asked: SeekerQuery) -> int:
    """Count job seekers."""
    found = select(func.count()).select_from(JobSeeker).where(*_wanted(work, asked))
    return work.session.scalar(found) or 0


def _wanted(work: Work, asked: SeekerQuery) -> Iterator[ColumnElement[bool]]:
    if asked.states:
        yield JobSeeker.state.in_(asked.states)
    if asked.district is not None:
        yield JobSeeker.district == asked.district
    if asked.person_kind is not None:
        yield JobSeeker.person_kind == asked.person_kind
    if asked.household_id is not None:
        yield JobSeeker.household_id == asked.household_id
    if asked.recognised is not None:
        recognised = exists().where(
            Recognition.job_seeker_id == JobSeeker.id,
            Recognition.state == RecognitionState.RECOGNISED,
        )
        yield recognised if asked.recognised else ~recognised
    if asked.expired is not None:
        seeking = JobSeeker.state == SeekerState.SEEKING
        over = JobSeeker.valid_until < work.today
        yield (seeking & over) if asked.expired else ~(seeking & over)
    if text := asked.text.strip():
        begins = (JobSeeker.name, JobSeeker.number)
        yield or_(
            *(column.startswith(text, autoescape=True) for column in begins),
            JobSeeker.id_number == normalise_id(text),
        )


def rows_from(work: Work, narrowed: Select[JobSeeker]) -> Iterator[SeekerRow]:
    """Yield the lines of a list of job seekers."""
    last = (
        select(Recognition.state)
        .where(Recognition.job_seeker_id == JobSeeker.id)
        .order_by(Recognition.id.desc())
        .limit(1)
        .correlate(JobSeeker)
        .scalar_subquery()
    )
    for seeker, recognition in work.session.execute(narrowed.add_columns(last)):
        yield _row(work, seeker, recognition)


def _row(work: Work, seeker: JobSeeker, recognition: RecognitionState | None) -> SeekerRow:
    return SeekerRow(
        id=seeker.id,
        version=seeker.version,
        number=seeker.number,
        state=seeker.state,
        expired=seeker.state is SeekerState.SEEKING and seeker.valid_until < work.today,
        name=seeker.name,
        id_number=mask(ID, seeker.id_number),
        phone=mask(PHONE, seeker.phone),
        sex=seeker.sex,
        age=age(seeker.birth, work.today),
        district=seeker.district,
        person_kind=seeker.person_kind,
        recognition=recognition,
        education=seeker.education,
        wishes=seeker.wishes,
        wage_wish=seeker.wage_wish,
        registered_on=seeker.registered_on,
        valid_until=seeker.valid_until,
        household_id=seeker.household_id,
        member_id=seeker.member_id,
    )


@query(needs=Permission.READ_JOBS)
def seeker_view(work: Work, asked: SeekerById) -> SeekerView:
    """Return one job seeker as the card shows them, with all that came of the registration."""
    seeker = work.load(JobSeeker, asked.id)
    (row,) = rows_from(work, select(JobSeeker).where(JobSeeker.id == seeker.id))
    form = form_of(seeker)
    household = work.session.get(Household, seeker.household_id) if seeker.household_id else None
    request = (
        work.session.get(ServiceRequest, seeker.service_request_id)
        if seeker.service_request_id
        else None
    )
    rules = rules_on(work.today)
    no_shows = _no_shows(work, seeker)
    recognitions = select(Recognition).where(Recognition.job_seeker_id == seeker.id)
    return SeekerView(
        row=row,
        seeker=replace(form, id_number=row.id_number, phone=row.phone),
        file_number=household.file_number or "" if household else "",
        service_number=request.number if request else "",
        no_shows=no_shows,
        many_no_shows=no_shows >= rules.no_shows.times,
        rules_provisional=rules.status == "provisional",
        ended_reason=seeker.ended_reason,
        recognitions=tuple(recognitions_from(work, recognitions)),
        referrals=tuple(_referrals(work, seeker)),
        placements=tuple(_placements(work, seeker)),
        entered_by=work.load(Staff, seeker.entered_by).name,
        entered_at=seeker.entered_at,
    )


def _no_shows(work: Work, seeker: JobSeeker) -> int:
    """Count how often a person stayed away from where they were sent, in all registrations."""
    stayed_away = (
        select(func.count())
        .select_from(JobReferral)
        .join(JobSeeker, JobReferral.job_seeker_id == JobSeeker.id)
        .where(
            JobSeeker.id_number == seeker.id_number,
            JobReferral.state == ReferralState.NOT_APPEARED,
        )
    )
    return work.session.scalar(stayed_away) or 0


def _referrals(work: Work, seeker: JobSeeker) -> Iterator[SeekerReferralRow]:
    found = (
        select(JobReferral, Vacancy.occupation, Employer.name)
        .join(Vacancy, JobReferral.vacancy_id == Vacancy.id)
        .join(Employer, Vacancy.employer_id == Employer.id)
        .where(JobReferral.job_seeker_id == seeker.id)
        .order_by(JobReferral.id.desc())
    )
    for referral, occupation, employer in work.session.execute(found):
        yield SeekerReferralRow(
            id=referral.id,
            number=referral.number,
            state=referral.state,
            vacancy_id=referral.vacancy_id,
            occupation=occupation,
            employer=employer,
            issued_on=referral.issued_on,
            due_on=referral.due_on,
            overdue=referral.state is ReferralState.ISSUED and referral.due_on < work.today,
            result_on=referral.result_on,
            reason=referral.reason,
        )


def _placements(work: Work, seeker: JobSeeker) -> Iterator[SeekerPlacementRow]:
    found = (
        select(Placement)
        .where(Placement.job_seeker_id == seeker.id)
        .order_by(Placement.started_on.desc(), Placement.id.desc())
    )
    for placement in work.session.scalars(found):
        yield SeekerPlacementRow(
            id=placement.id,
            number=placement.number,
            state=placement.state,
            employer=placement.employer_name,
            occupation=placement.occupation,
            started_on=placement.started_on,
            left_on=placement.left_on,
            wage=placement.wage,
            proof=placement.proof,
        )


@query(needs=Permission.READ_JOBS)
def known_seeker(work: Work, asked: PersonAsked) -> PersonFound:
    """Tell who bears an ID number here: their registrations, their file, a form made of it."""
    seekers = registrations_of(work, asked.id_number)
    live = live_one(seekers)
    last = None if live else next(iter(seekers), None)
    people = people_called(work, asked.id_number)
    return PersonFound(
        live=_row_of(work, live) if live else None,
        earlier=_row_of(work, last) if last else None,
        people=tuple(_known(work, member) for member in people),
        form=_prefilled(work, people[0]) if people else None,
        why_not=_why_not(work, asked.id_number, people[0].name if people else ""),
    )


def _row_of(work: Work, seeker: JobSeeker) -> SeekerRow:
    (row,) = rows_from(work, select(JobSeeker).where(JobSeeker.id == seeker.id))
    return row


def _known(work: Work, member: Member) -> KnownMember:
    household = work.load(Household, member.household_id)
    return KnownMember(
        household_id=household.id,
        member_id=member.id,
        name=member.name,
        head=head_of(household).name,
        file_number=household.file_number or "",
        district=household.district,
    )


def _prefilled(work: Work, member: Member) -> SeekerForm:
    """Return a registration as far as the file of the household tells it."""
    household = work.load(Household, member.household_id)
    kind = kind_of(member.work_status, household.person_type)
    if kind is None and household.file_state is FileState.ACTIVE:
        head = head_of(household).id == member.id
        kind = PersonKind.WORKER_IN_HARDSHIP if head else PersonKind.FAMILY_IN_HARDSHIP
    return SeekerForm(
        name=member.name,
        id_number=member.id_number,
        address=household.address,
        district=household.district,
        person_kind=kind,
        household_id=household.id,
        member_id=member.id,
        residence_type=member.residence_type,
        marital_status=member.marital_status,
        unemployed_registered=household.unemployed_registered,
        unemployed_since=member.unemployed_since,
        receives_dibao=household.receives_dibao,
        zero_employment=household.zero_employment,
        disabled=disabled(member.disability),
        union_member=member.union_member,
        wish="",
        registered_on=work.today,
    )


def _why_not(work: Work, id_number: str, name: str) -> str:
    """Return why this person cannot be registered now, or nothing."""
    read = read_id(id_number, today=work.today)
    if isinstance(read, Problem):
        return read.tell()
    try:
        check_not_registered(work, read.number)
        check_age(name or read.number, read.birth, work.today)
    except RuleBroken as broken:
        return broken.tell()
    return ""
