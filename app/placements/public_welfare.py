"""The limits of public-welfare posts against what the store knows: the minimum wage of district and
day, and the months that somebody has left."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.center.store import values_in_use
from app.core.money import yuan_text
from app.core.words.placements import PlacementState
from app.placements.public_welfare_rules import (
    BelowMinimumWage,
    PensionReached,
    Period,
    StillInPost,
    YearsUsedUp,
    check_pension,
    days_used,
    last_day_of,
)
from app.placements.vacancy_records import WageFloor
from app.reference.dated import ValueKind
from app.reference.job_rules import rules_on
from app.work import Work
from db.models.placements import Placement
from db.models.seekers import JobSeeker


def wage_floor(work: Work, district: str | None, day: date) -> WageFloor:
    """Return the minimum wage of a district on a day, with its document, as far as it is known."""
    found = (
        values_in_use(work.session).line(ValueKind.MINIMUM_WAGE, district, day)
        if district
        else None
    )
    if found is None:
        return WageFloor(district=district, day=day, amount=None)
    return WageFloor(
        district=district,
        day=day,
        amount=found.amount_fen,
        document=found.document or found.source,
        confidence=found.confidence,
        effective_from=found.effective_from,
    )


def check_wage(work: Work, district: str | None, day: date, wage: int) -> WageFloor:
    """Return the minimum wage that a public-welfare post has to pay; raise when it pays less.

    A minimum wage that is not known refuses nothing: the floor returned says so. Raises
    `BelowMinimumWage`.
    """
    floor = wage_floor(work, district, day)
    if floor.amount is not None and floor.below(wage):
        raise BelowMinimumWage(
            district=district,
            day=day,
            least=yuan_text(floor.amount),
            document=floor.document,
            wage=yuan_text(wage),
        )
    return floor


def last_day(
    work: Work, seeker_id: int, started_on: date, retires_on: date | None = None, without: int = 0
) -> date:
    """Return the last day that a seeker may hold a public-welfare post which begins on a day.

    ``retires_on`` is the day of the pension as the officer states it, ``without`` a placement that
    is not counted. Raises `PensionReached`, `PensionTooEarly`, `StillInPost`, `YearsUsedUp`.
    """
    seeker = work.load(JobSeeker, seeker_id)
    rules = rules_on(started_on).public_welfare
    if retires_on is not None and retires_on <= started_on:
        raise PensionReached(name=seeker.name, day=retires_on)
    if retires_on is not None:
        check_pension(seeker.name, seeker.sex, seeker.birth, retires_on)
    earlier = periods_of(work, seeker, without)
    last = last_day_of(rules, started_on, retires_on, earlier)
    if last is None:
        raise YearsUsedUp(
            name=seeker.name,
            used=days_used(earlier),
            months=rules.months,
            years=rules.near_retirement_years,
        )
    return last


def periods_of(work: Work, seeker: JobSeeker, without: int = 0) -> Sequence[Period]:
    """Return when a person was in public-welfare posts, in all registrations and old registers.

    Raises `StillInPost`.
    """
    posts = work.session.scalars(
        select(Placement)
        .where(
            Placement.id_number == seeker.id_number,
            Placement.public_welfare,
            Placement.state != PlacementState.TAKEN_BACK,
            Placement.id != without,
        )
        .order_by(Placement.started_on)
    )
    return [_period(seeker, post) for post in posts]


def _period(seeker: JobSeeker, post: Placement) -> Period:
    if post.left_on is None:
        raise StillInPost(name=seeker.name, number=post.number)
    return post.started_on, post.left_on
