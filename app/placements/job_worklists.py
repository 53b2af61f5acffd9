"""The lists that the job desk works from: follow-ups due, households to be assessed again, counts.

Every list is made as of today of days that stand in the store: nothing has to run at night.
"""

from typing import Final

from sqlalchemy import ColumnElement, exists, func, or_, select

from app.core.kinds import Phone
from app.core.masking import mask
from app.core.record import Nothing
from app.core.resident_id import normalise_id
from app.core.words.placements import (
    FollowUpResult,
    PlacementState,
    Proof,
    RecognitionState,
    ReferralState,
    SeekerState,
)
from app.households.store import OPEN, head_of
from app.placements.placement_records import (
    FollowUpDue,
    FollowUpQuery,
    JobCounts,
    ReassessQuery,
    ReassessRow,
)
from app.placements.referral_queries import overdue
from app.work import Permission, Work, query
from db.base import Entity
from db.models.cases import SealedAssessment
from db.models.households import Household
from db.models.placements import FollowUp, JobReferral, Placement
from db.models.seekers import JobSeeker, Recognition
from db.models.vacancies import Employer

PHONE: Final = Phone(label="")
WORKING: Final = (
    Placement.state == PlacementState.WORKING,
    Placement.import_batch_id.is_(None),
)
"""Placements that are looked after: an old register asks nobody."""


# Follow-ups


@query(needs=Permission.READ_JOBS)
def follow_ups_due(work: Work, asked: FollowUpQuery) -> list[FollowUpDue]:
    """List the follow-ups that are due, the oldest first."""
    not_reached = (
        select(func.count())
        .where(
            FollowUp.placement_id == Placement.id,
            FollowUp.month == Placement.next_follow_up_month,
            FollowUp.result == FollowUpResult.NOT_REACHED,
        )
        .correlate(Placement)
        .scalar_subquery()
    )
    found = (
        select(Placement, JobSeeker.phone, Employer.phone, not_reached)
        .outerjoin(JobSeeker, Placement.job_seeker_id == JobSeeker.id)
        .outerjoin(Employer, Placement.employer_id == Employer.id)
        .where(Placement.next_follow_up_on <= (asked.until or work.today))
        .order_by(Placement.next_follow_up_on, Placement.id)
    )
    if asked.month is not None:
        found = found.where(Placement.next_follow_up_month == asked.month)
    if text := asked.text.strip():
        begins = (Placement.name, Placement.employer_name, Placement.number)
        found = found.where(
            or_(
                *(column.startswith(text, autoescape=True) for column in begins),
                Placement.id_number == normalise_id(text),
            )
        )
    page = found.offset(asked.offset).limit(asked.limit)
    return [_due(work, *each) for each in work.session.execute(page)]


def _due(
    work: Work, placement: Placement, phone: str | None, employer_phone: str | None, failed: int
) -> FollowUpDue:
    due_on = placement.next_follow_up_on or work.today
    return FollowUpDue(
        id=placement.id,
        version=placement.version,
        number=placement.number,
        job_seeker_id=placement.job_seeker_id,
        name=placement.name,
        phone=mask(PHONE, phone or ""),
        employer=placement.employer_name,
        employer_phone=mask(PHONE, employer_phone or ""),
        occupation=placement.occupation,
        started_on=placement.started_on,
        wage=placement.wage,
        proof=placement.proof,
        month=placement.next_follow_up_month or 0,
        due_on=due_on,
        days=(work.today - due_on).days,
        not_reached=failed,
    )


# Households to be assessed again


def unassessed() -> tuple[ColumnElement[bool], ...]:
    """Say that a placement changed the income of an open file since it was assessed last.

    An assessment knows of a placement when it was made after that was entered, as of a day when
    the work had begun. Old registers prompt nothing, nor does somebody who left again.
    """
    knows = exists().where(
        SealedAssessment.household_id == Placement.household_id,
        SealedAssessment.as_of >= Placement.started_on,
        SealedAssessment.made_at > Placement.entered_at,
    )
    in_open_file = exists().where(
        Household.id == Placement.household_id, Household.file_state.in_(OPEN)
    )
    return (*WORKING, in_open_file, ~knows)


@query(needs=Permission.READ_JOBS)
def to_reassess(work: Work, asked: ReassessQuery) -> list[ReassessRow]:
    """List the households a member of which found work after the last assessment, by its day."""
    assessed_on = (
        select(func.max(SealedAssessment.as_of))
        .where(SealedAssessment.household_id == Household.id)
        .correlate(Household)
        .scalar_subquery()
    )
    last = (
        select(func.max(Placement.id).label("id"))
        .where(*unassessed())
        .group_by(Placement.household_id)
        .subquery()
    )
    found = (
        select(Placement, Household, assessed_on)
        .join(last, last.c.id == Placement.id)
        .join(Household, Household.id == Placement.household_id)
        .order_by(Placement.started_on, Placement.id)
    )
    page = found.offset(asked.offset).limit(asked.limit)
    return [
        ReassessRow(
            household_id=household.id,
            file_number=household.file_number or "",
            head=head_of(household).name,
            district=household.district,
            placement_id=placement.id,
            name=placement.name,
            employer=placement.employer_name,
            started_on=placement.started_on,
            wage=placement.wage,
            proof=placement.proof,
            assessed_on=day,
        )
        for placement, household, day in work.session.execute(page)
    ]


# How much there is


@query(needs=Permission.READ_JOBS)
def job_counts(work: Work, _: Nothing) -> JobCounts:
    """Count what stands in the lists of the job service, and what waits."""
    seeking = JobSeeker.state == SeekerState.SEEKING
    late = overdue(work)
    return JobCounts(
        seeking=_count(work, JobSeeker, seeking),
        expired=_count(work, JobSeeker, seeking, JobSeeker.valid_until < work.today),
        referred=_count(work, JobReferral, JobReferral.state == ReferralState.ISSUED),
        overdue=_count(work, JobReferral, late),
        presumable=_count(work, JobReferral, late, JobReferral.presumable.is_(True)),
        working=_count(work, Placement, *WORKING),
        unproved=_count(work, Placement, *WORKING, Placement.proof == Proof.NOT_SHOWN),
        presumed=_count(work, Placement, *WORKING, Placement.proof == Proof.PRESUMED),
        follow_ups=_count(work, Placement, Placement.next_follow_up_on <= work.today),
        to_decide=_count(work, Recognition, Recognition.state == RecognitionState.APPLIED),
        to_reassess=work.session.scalar(
            select(func.count(Placement.household_id.distinct())).where(*unassessed())
        )
        or 0,
    )


def _count(work: Work, what: type[Entity], *where: ColumnElement[bool]) -> int:
    return work.session.scalar(select(func.count()).select_from(what).where(*where)) or 0
