"""What can be asked about placements: lists, one with its follow-ups. Private values are masked."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.core.kinds import ResidentId
from app.core.masking import mask
from app.core.resident_id import normalise_id
from app.placements.job_worklists import unassessed
from app.placements.placement_records import (
    FollowUpRow,
    PlacementById,
    PlacementQuery,
    PlacementRow,
    PlacementView,
)
from app.reference.job_rules import rules_on
from app.work import Permission, Work, query
from db.models.households import Household
from db.models.placements import FollowUp, JobReferral, Placement
from db.models.seekers import JobSeeker
from db.models.staff import Staff
from db.models.vacancies import Vacancy

ID = ResidentId(label="")


@query(needs=Permission.READ_JOBS)
def placement_rows(work: Work, asked: PlacementQuery) -> list[PlacementRow]:
    """List placements, the newest first, a page at a time."""
    page = select(Placement).where(*_wanted(asked)).order_by(Placement.id.desc())
    return list(_rows(work, page.offset(asked.offset).limit(asked.limit)))


@query(needs=Permission.READ_JOBS)
def placement_count(work: Work, asked: PlacementQuery) -> int:
    """Count placements."""
    found = select(func.count()).select_from(Placement).where(*_wanted(asked))
    return work.session.scalar(found) or 0


@query(needs=Permission.READ_JOBS)
def placement_view(work: Work, asked: PlacementById) -> PlacementView:
    """Return one placement with its follow-ups."""
    placement = work.load(Placement, asked.id)
    seeker = work.session.get(JobSeeker, placement.job_seeker_id or 0)
    household = work.session.get(Household, placement.household_id or 0)
    referral = work.session.get(JobReferral, placement.job_referral_id or 0)
    vacancy = work.session.get(Vacancy, placement.vacancy_id or 0)
    waits = select(Placement.id).where(Placement.id == placement.id, *unassessed())
    return PlacementView(
        row=_row(placement),
        seeker_number=seeker.number if seeker else "",
        file_number=household.file_number or "" if household else "",
        referral_number=referral.number if referral else "",
        vacancy_number=vacancy.number if vacancy else "",
        follow_ups=tuple(_follow_ups(work, placement)),
        to_reassess=work.session.scalar(waits) is not None,
        rules_provisional=rules_on(placement.started_on).status == "provisional",
        note=placement.note,
        entered_by=work.load(Staff, placement.entered_by).name,
        entered_at=placement.entered_at,
    )


def _wanted(asked: PlacementQuery) -> Iterator[ColumnElement[bool]]:
    if asked.states:
        yield Placement.state.in_(asked.states)
    if asked.proofs:
        yield Placement.proof.in_(asked.proofs)
    named = (
        (Placement.job_seeker_id, asked.job_seeker_id),
        (Placement.vacancy_id, asked.vacancy_id),
        (Placement.employer_id, asked.employer_id),
        (Placement.household_id, asked.household_id),
    )
    for column, key in named:
        if key is not None:
            yield column == key
    if asked.from_day is not None:
        yield Placement.started_on >= asked.from_day
    if asked.to_day is not None:
        yield Placement.started_on <= asked.to_day
    if asked.imported is not None:
        own = Placement.import_batch_id.is_(None)
        yield ~own if asked.imported else own
    if text := asked.text.strip():
        begins = (Placement.name, Placement.employer_name, Placement.number)
        yield or_(
            *(column.startswith(text, autoescape=True) for column in begins),
            Placement.id_number == normalise_id(text),
        )


def _rows(work: Work, narrowed: Select[Placement]) -> Iterator[PlacementRow]:
    return map(_row, work.session.scalars(narrowed))


def _row(placement: Placement) -> PlacementRow:
    return PlacementRow(
        id=placement.id,
        version=placement.version,
        number=placement.number,
        state=placement.state,
        job_seeker_id=placement.job_seeker_id,
        household_id=placement.household_id,
        member_id=placement.member_id,
        job_referral_id=placement.job_referral_id,
        vacancy_id=placement.vacancy_id,
        employer_id=placement.employer_id,
        name=placement.name,
        id_number=mask(ID, placement.id_number),
        person_kind=placement.person_kind,
        employer=placement.employer_name,
        occupation=placement.occupation,
        district=placement.district,
        public_welfare=placement.public_welfare,
        started_on=placement.started_on,
        ends_on=placement.ends_on,
        wage=placement.wage,
        contract_months=placement.contract_months,
        free_of_charge=placement.free_of_charge,
        proof=placement.proof,
        proof_words=placement.proof_words,
        insured_from=placement.insured_from,
        proved_on=placement.proved_on,
        left_on=placement.left_on,
        end_reason=placement.end_reason,
        next_follow_up_on=placement.next_follow_up_on,
        next_follow_up_month=placement.next_follow_up_month,
        imported=placement.import_batch_id is not None,
    )


def _follow_ups(work: Work, placement: Placement) -> Iterator[FollowUpRow]:
    found = (
        select(FollowUp, Staff.name)
        .join(Staff, FollowUp.done_by == Staff.id)
        .where(FollowUp.placement_id == placement.id)
        .order_by(FollowUp.id)
    )
    for told, done_by in work.session.execute(found):
        yield FollowUpRow(
            id=told.id,
            month=told.month,
            due_on=told.due_on,
            done_on=told.done_on,
            result=told.result,
            wage=told.wage,
            note=told.note,
            done_by=done_by,
        )
