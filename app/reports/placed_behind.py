"""Lists what stands behind the figures of the job service."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select

from app.core.words import Answer
from app.core.words.placements import PROVED, Proof, ReferralState
from app.reports.placed import (
    begun_in,
    in_row,
    opened_in,
    recognised_in,
    referred_in,
    registered_in,
    trained_in,
)
from app.reports.records import BehindQuery, BehindRow, BehindRows, Figure, ReportQuery
from app.work import Work
from db.models.placements import JobReferral, Placement
from db.models.seekers import JobSeeker, Recognition
from db.models.training import Course, Enrolment
from db.models.vacancies import Employer, Vacancy

PAGE: Final = 200
"""Rows on a page."""


@dataclass(frozen=True)
class _Listed:
    """Where the rows of a figure are found, which of them count, and how one is shown."""

    found: Select[*tuple[Any, ...]]
    within: Callable[[ReportQuery], list[ColumnElement[bool]]]
    row: Callable[..., BehindRow]
    """Of the columns of a row."""


def _behind(
    key: int,
    day: date | None,
    number: str,
    name: str,
    says: str,
    note: str = "",
    *,
    seeker: JobSeeker | None = None,
    household_id: int | None = None,
    vacancy_id: int | None = None,
) -> BehindRow:
    return BehindRow(
        id=key,
        day=day,
        number=number,
        name=name,
        says=says,
        note=note,
        fen=None,
        household_id=seeker.household_id if seeker else household_id,
        case_id=None,
        job_seeker_id=seeker.id if seeker else None,
        vacancy_id=vacancy_id,
    )


def _placement(placement: Placement) -> BehindRow:
    row = _behind(
        placement.id,
        placement.started_on,
        placement.number,
        placement.name,
        placement.proof.label,
        f"{placement.employer_name}　{placement.occupation}",
        household_id=placement.household_id,
    )
    return replace(row, job_seeker_id=placement.job_seeker_id)


def _seeker(seeker: JobSeeker) -> BehindRow:
    return _behind(
        seeker.id,
        seeker.registered_on,
        seeker.number,
        seeker.name,
        seeker.state.label,
        "、".join(seeker.wishes),
        seeker=seeker,
    )


def _recognition(recognition: Recognition, seeker: JobSeeker) -> BehindRow:
    return _behind(
        recognition.id,
        recognition.decided_on,
        recognition.number,
        seeker.name,
        recognition.state.label,
        "、".join(recognition.grounds),
        seeker=seeker,
    )


def _referral(
    referral: JobReferral, seeker: JobSeeker, vacancy: Vacancy, employer: Employer
) -> BehindRow:
    return _behind(
        referral.id,
        referral.issued_on,
        referral.number,
        seeker.name,
        referral.state.label,
        f"{employer.name}　{vacancy.occupation}",
        seeker=seeker,
    )


def _vacancy(vacancy: Vacancy, employer: Employer) -> BehindRow:
    return _behind(
        vacancy.id,
        vacancy.opened_on,
        vacancy.number,
        "",
        vacancy.state.label,
        f"{employer.name}　{vacancy.occupation} × {vacancy.heads}",
        vacancy_id=vacancy.id,
    )


def _enrolment(enrolment: Enrolment, seeker: JobSeeker, course: Course) -> BehindRow:
    return _behind(
        enrolment.id,
        enrolment.completed_on,
        enrolment.certificate or course.number,
        seeker.name,
        course.name,
        course.school,
        seeker=seeker,
    )


_PLACEMENTS: Final = _Listed(
    select(Placement).order_by(Placement.started_on, Placement.id), begun_in, _placement
)
_REFERRALS: Final = _Listed(
    select(JobReferral, JobSeeker, Vacancy, Employer)
    .join(JobSeeker, JobReferral.job_seeker_id == JobSeeker.id)
    .join(Vacancy, JobReferral.vacancy_id == Vacancy.id)
    .join(Employer, Vacancy.employer_id == Employer.id)
    .order_by(JobReferral.issued_on, JobReferral.id),
    referred_in,
    _referral,
)

OF_JOBS: Final[dict[Figure, tuple[_Listed, tuple[ColumnElement[bool], ...]]]] = {
    Figure.PLACED: (_PLACEMENTS, ()),
    Figure.PLACED_PROVED: (_PLACEMENTS, (Placement.proof.in_(PROVED),)),
    Figure.PLACED_PRESUMED: (_PLACEMENTS, (Placement.proof == Proof.PRESUMED,)),
    Figure.PLACED_UNPROVED: (_PLACEMENTS, (Placement.proof == Proof.NOT_SHOWN,)),
    Figure.PLACED_FREE: (_PLACEMENTS, (Placement.free_of_charge == Answer.YES,)),
    Figure.REGISTERED: (
        _Listed(
            select(JobSeeker).order_by(JobSeeker.registered_on, JobSeeker.id),
            registered_in,
            _seeker,
        ),
        (),
    ),
    Figure.RECOGNISED: (
        _Listed(
            select(Recognition, JobSeeker)
            .join(JobSeeker, Recognition.job_seeker_id == JobSeeker.id)
            .order_by(Recognition.decided_on, Recognition.id),
            recognised_in,
            _recognition,
        ),
        (),
    ),
    Figure.VACANCIES: (
        _Listed(
            select(Vacancy, Employer)
            .join(Employer, Vacancy.employer_id == Employer.id)
            .order_by(Vacancy.opened_on, Vacancy.id),
            opened_in,
            _vacancy,
        ),
        (),
    ),
    Figure.REFERRED: (_REFERRALS, ()),
    Figure.HIRED: (_REFERRALS, (JobReferral.state == ReferralState.HIRED,)),
    Figure.NOT_HIRED: (_REFERRALS, (JobReferral.state == ReferralState.NOT_HIRED,)),
    Figure.NOT_APPEARED: (_REFERRALS, (JobReferral.state == ReferralState.NOT_APPEARED,)),
    Figure.PRESUMED_HIRED: (_REFERRALS, (JobReferral.state == ReferralState.PRESUMED,)),
    Figure.TRAINED: (
        _Listed(
            select(Enrolment, JobSeeker, Course)
            .join(JobSeeker, Enrolment.job_seeker_id == JobSeeker.id)
            .join(Course, Enrolment.course_id == Course.id)
            .order_by(Enrolment.completed_on, Enrolment.id),
            trained_in,
            _enrolment,
        ),
        (),
    ),
}
"""The figures of the job service, each with where its rows are and what else must hold."""


def jobs_behind(work: Work, asked: BehindQuery) -> BehindRows:
    """Return one page of what stands behind a figure of the job service, by day."""
    listed, also = OF_JOBS[asked.figure]
    where = [*listed.within(asked.asked), *also]
    if asked.placed_cut is not None:
        where.append(in_row(asked.placed_cut, asked.key or ""))
    found = listed.found.where(*where)
    counted = found.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    page = work.session.execute(found.limit(PAGE).offset(PAGE * asked.page))
    return BehindRows(
        count=work.session.scalar(counted) or 0,
        fen=None,
        rows=tuple(listed.row(*row) for row in page),
    )
