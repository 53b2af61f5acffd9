"""Moves a job seeker between the form and the row, linked to the file of the person."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from app.core.contact import normalise_phone
from app.core.errors import Invalid, Problem
from app.core.record import specs
from app.core.resident_id import normalise_id, read_id
from app.core.text import normalise
from app.core.words.placements import SeekerState
from app.households.bearers import person_meant
from app.placements.seeker_records import SeekerForm
from app.placements.seeker_rules import (
    OtherRequest,
    RegisteredAlready,
    check_age,
    problems,
    registered,
    wishes_of,
)
from app.work import Work
from db.models.households import Member
from db.models.seekers import JobSeeker
from db.models.services import ServiceRequest

WISHES: Final = ("wish", "second_wish", "third_wish")

KEPT: Final = tuple(
    field.name for field in specs(SeekerForm) if field.name not in {*WISHES, "draft_id"}
)
"""The columns that a form fills as they are."""

LINKS: Final = ("household_id", "member_id")
REQUEST: Final = ("service_request_id",)

JOB_PLACEMENT: Final = "job_placement"
"""The measure of the employment pack whose requests lead to a registration."""


def kept(work: Work, form: SeekerForm, seeker: JobSeeker | None = None) -> dict[str, Any]:
    """Return what a form says as a registration keeps it, linked to the file of the person.

    What ``seeker`` is linked to already stays as it is: the person may have left that file, or
    moved away from the household of the request, since. Raises `Invalid`, `TooYoung`,
    `OneOfTheOthers`, `OtherRequest`, and as `living` does.
    """
    read = read_id(form.id_number, today=work.today)
    if isinstance(read, Problem):
        raise Invalid([read])
    if wrong := list(problems(form)):
        raise Invalid(wrong)
    check_age(form.name, read.birth, form.registered_on)
    told: dict[str, Any] = {name: getattr(form, name) for name in KEPT}
    told |= {name: normalise(value) for name, value in told.items() if type(value) is str}
    told |= {"id_number": read.number, "sex": read.sex, "birth": read.birth}
    told |= {"wishes": wishes_of(form), "unemployed_registered": registered(form)}
    household_id, member_id = form.household_id, form.member_id
    if seeker is None or household_id is None or not _same(form, seeker, LINKS):
        household_id, member_id = person_meant(work, form.id_number, household_id, member_id)
    told |= {"household_id": household_id, "member_id": member_id}
    member = work.load(Member, member_id) if member_id is not None else None
    told["phone"] = normalise_phone(form.phone) or (member.phone if member else "")
    if seeker is None or not _same(form, seeker, REQUEST):
        _check_request(work, form.service_request_id, household_id)
    return told


def _same(form: SeekerForm, seeker: JobSeeker, names: Sequence[str]) -> bool:
    return all(getattr(form, name) == getattr(seeker, name) for name in names)


def _check_request(work: Work, request_id: int | None, household_id: int | None) -> None:
    if request_id is None:
        return
    request = work.load(ServiceRequest, request_id)
    if request.measure != JOB_PLACEMENT or request.household_id != household_id:
        raise OtherRequest(number=request.number)


def form_of(seeker: JobSeeker) -> SeekerForm:
    """Return the registration of a seeker as it was told."""
    wishes = dict(zip(WISHES, seeker.wishes, strict=False))
    return SeekerForm(**{name: getattr(seeker, name) for name in KEPT}, **wishes)


def registrations_of(work: Work, id_number: str) -> Sequence[JobSeeker]:
    """Return the registrations of a person, the newest first."""
    return work.session.scalars(
        select(JobSeeker)
        .where(JobSeeker.id_number == normalise_id(id_number))
        .order_by(JobSeeker.id.desc())
    ).all()


def of_the_person(job_seeker_id: int) -> Select[int]:
    """Select the ids of all registrations of the person of one: what was said of a person and a
    vacancy holds for whichever registration comes after."""
    number = select(JobSeeker.id_number).where(JobSeeker.id == job_seeker_id).scalar_subquery()
    person = aliased(JobSeeker)
    return select(person.id).where(person.id_number == number)


def live_one(seekers: Sequence[JobSeeker]) -> JobSeeker | None:
    """Return the registration of a person that stands, of all they had."""
    return next((each for each in seekers if each.state is not SeekerState.WITHDRAWN), None)


def check_not_registered(work: Work, id_number: str) -> None:
    """Raise `RegisteredAlready` for somebody whose registration stands."""
    live = live_one(registrations_of(work, id_number))
    if live is not None:
        raise RegisteredAlready(name=live.name, number=live.number, state=live.state.label)
