"""What can be asked about referrals: lists, one with why it was thought to fit, overdue slips.

Private values are masked.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.core.kinds import Phone, ResidentId
from app.core.masking import mask
from app.core.resident_id import normalise_id
from app.core.words.papers import PaperKind, PaperState
from app.core.words.placements import PlacementState, ReferralState
from app.placements.match_records import from_plain
from app.placements.referral_records import (
    OverdueQuery,
    ReferralById,
    ReferralQuery,
    ReferralRow,
    ReferralView,
)
from app.reference.job_rules import rules_called
from app.work import Permission, Work, query
from db.models.papers import Paper
from db.models.placements import JobReferral, Placement
from db.models.seekers import JobSeeker
from db.models.staff import Staff
from db.models.vacancies import Employer, Vacancy

ID, PHONE = ResidentId(label=""), Phone(label="")


@query(needs=Permission.READ_JOBS)
def referral_rows(work: Work, asked: ReferralQuery) -> list[ReferralRow]:
    """List referrals, the newest first, a page at a time."""
    page = _found(work, asked).order_by(JobReferral.id.desc())
    return list(_rows(work, page.offset(asked.offset).limit(asked.limit)))


@query(needs=Permission.READ_JOBS)
def referral_count(work: Work, asked: ReferralQuery) -> int:
    """Count referrals."""
    found = _found(work, asked).with_only_columns(func.count())
    return work.session.scalar(found) or 0


@query(needs=Permission.READ_JOBS)
def slips_overdue(work: Work, asked: OverdueQuery) -> list[ReferralRow]:
    """List the referrals whose slip is overdue, the oldest first."""
    found = _joined().where(overdue(work))
    if asked.presumable is not None:
        found = found.where(JobReferral.presumable.is_(asked.presumable))
    page = found.order_by(JobReferral.due_on, JobReferral.id)
    return list(_rows(work, page.offset(asked.offset).limit(asked.limit)))


@query(needs=Permission.READ_JOBS)
def referral_view(work: Work, asked: ReferralById) -> ReferralView:
    """Return one referral, with why it was thought to fit on the day of the letter."""
    referral = work.load(JobReferral, asked.id)
    (row,) = _rows(work, _joined().where(JobReferral.id == referral.id))
    rules = rules_called(referral.rules)
    return ReferralView(
        row=row,
        match=from_plain(referral.match),
        rules=rules.title if rules else referral.rules,
        rules_provisional=rules is None or rules.status == "provisional",
        presume_source=rules.names(rules.slip_overdue) if rules else "",
        issued_by=work.load(Staff, referral.issued_by).name,
        issued_at=referral.issued_at,
        told_by=work.load(Staff, referral.told_by).name if referral.told_by else "",
    )


def overdue(work: Work) -> ColumnElement[bool]:
    """Return the condition that the slip of a referral is overdue today."""
    return and_(JobReferral.state == ReferralState.ISSUED, JobReferral.due_on < work.today)


def _joined() -> Select[JobReferral]:
    return (
        select(JobReferral)
        .join(JobSeeker, JobReferral.job_seeker_id == JobSeeker.id)
        .join(Vacancy, JobReferral.vacancy_id == Vacancy.id)
        .join(Employer, Vacancy.employer_id == Employer.id)
    )


def _found(work: Work, asked: ReferralQuery) -> Select[JobReferral]:
    return _joined().where(*_wanted(work, asked))


def _wanted(work: Work, asked: ReferralQuery) -> Iterator[ColumnElement[bool]]:
    if asked.states:
        yield JobReferral.state.in_(asked.states)
    if asked.job_seeker_id is not None:
        yield JobReferral.job_seeker_id == asked.job_seeker_id
    if asked.vacancy_id is not None:
        yield JobReferral.vacancy_id == asked.vacancy_id
    if asked.employer_id is not None:
        yield Vacancy.employer_id == asked.employer_id
    if asked.overdue is not None:
        yield overdue(work) if asked.overdue else ~overdue(work)
    if text := asked.text.strip():
        begins = (JobSeeker.name, Employer.name, JobReferral.number)
        yield or_(
            *(column.startswith(text, autoescape=True) for column in begins),
            JobSeeker.id_number == normalise_id(text),
        )


def _rows(work: Work, narrowed: Select[JobReferral]) -> Iterator[ReferralRow]:
    """Yield the lines of a list of referrals, as of today."""
    live = aliased(Placement)
    letter = (
        select(func.max(Paper.id))
        .where(
            Paper.subject == func.concat("job_referral/", JobReferral.id),
            Paper.kind == PaperKind.REFERRAL_LETTER,
            Paper.state == PaperState.ISSUED,
        )
        .correlate(JobReferral)
        .scalar_subquery()
    )
    found = narrowed.add_columns(JobSeeker, Vacancy, Employer, live.id, letter).outerjoin(
        live,
        and_(live.job_referral_id == JobReferral.id, live.state != PlacementState.TAKEN_BACK),
    )
    for referral, seeker, vacancy, employer, placement_id, paper_id in work.session.execute(found):
        late = 0
        if referral.state is ReferralState.ISSUED:
            late = max(0, (work.today - referral.due_on).days)
        yield ReferralRow(
            id=referral.id,
            version=referral.version,
            number=referral.number,
            state=referral.state,
            job_seeker_id=seeker.id,
            name=seeker.name,
            id_number=mask(ID, seeker.id_number),
            phone=mask(PHONE, seeker.phone),
            vacancy_id=vacancy.id,
            vacancy_number=vacancy.number,
            occupation=vacancy.occupation,
            employer_id=employer.id,
            employer=employer.name,
            contact=employer.contact,
            employer_phone=mask(PHONE, employer.phone),
            public_welfare=vacancy.public_welfare,
            interview_on=referral.interview_on,
            interview_at=referral.interview_at,
            issued_on=referral.issued_on,
            due_on=referral.due_on,
            overdue=late > 0,
            days_overdue=late,
            presumable=referral.presumable,
            result_on=referral.result_on,
            reason=referral.reason,
            note=referral.note,
            placement_id=placement_id,
            paper_id=paper_id,
        )
