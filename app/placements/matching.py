"""Finds the matches of a seeker or a vacancy in the store, and looks at one pair."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.placements.match_cards import between, seeker_card, vacancy_card
from app.placements.match_limits import Days, all_limits
from app.placements.match_merits import match
from app.placements.match_records import (
    WIDENED,
    LimitFinding,
    MatchForSeeker,
    MatchForVacancy,
    PairView,
    SealedMatch,
    SeekerCard,
    VacancyCard,
    Widening,
    to_plain,
)
from app.placements.match_sql import Search, seekers_for, vacancies_for
from app.placements.vacancy_rules import fresh_since
from app.work import Work
from db.models.seekers import JobSeeker
from db.models.vacancies import Vacancy


def days_of(today: date) -> Days:
    """Return the days that a match of today is looked at by."""
    return Days(today, fresh_since(today))


@dataclass(frozen=True)
class Found:
    """What a search for matches gives: the best, and how many there are."""

    ids: list[int]
    total: int
    widen: tuple[Widening, ...]
    """Only where the matches end."""


NOTHING: Final = Found([], 0, ())
"""What is found for a side that a limit of its own bars."""


def vacancies_matching(work: Work, seeker: SeekerCard, asked: MatchForSeeker) -> Found:
    """Find the vacancies that match a seeker, the best first."""
    return _found(work, vacancies_for(seeker, days_of(work.today)), asked)


def seekers_matching(work: Work, vacancy: VacancyCard, asked: MatchForVacancy) -> Found:
    """Find the seekers that match a vacancy, the best first."""
    return _found(work, seekers_for(vacancy, days_of(work.today)), asked)


def _found(work: Work, search: Search, asked: MatchForSeeker | MatchForVacancy) -> Found:
    bound = search.bound | {"most": asked.limit, "offset": asked.offset}
    rows = list(work.rows(search.best(asked.without), **bound))
    ids = [id_ for id_, _total in rows]
    if len(rows) == asked.limit:
        return Found(ids, rows[0][1], ())
    ((total, *without_one),) = work.rows(search.count(asked.without), **bound)
    widen = tuple(
        Widening(limit=limit, more=without - total)
        for limit, without in zip(WIDENED, without_one, strict=True)
        if limit not in asked.without
    )
    return Found(ids, total, widen)


def limits_between(work: Work, seeker: JobSeeker, vacancy: Vacancy) -> tuple[LimitFinding, ...]:
    """Return the hard limits that keep a seeker and a vacancy apart today; empty when none does."""
    return look_at(work, seeker.id, vacancy.id).stands


def sealed_match(work: Work, seeker: JobSeeker, vacancy: Vacancy) -> dict[str, Any]:
    """Return the points of a pair with every reason, as of today and as plain data."""
    found = look_at(work, seeker.id, vacancy.id).match
    sealed = SealedMatch(
        day=work.today, points=found.points, merits=found.merits, limits=found.limits
    )
    return to_plain(sealed)


def look_at(work: Work, job_seeker_id: int, vacancy_id: int) -> PairView:
    """Return one pair with every limit and merit as it comes out today. Raises `NotFound`."""
    days = days_of(work.today)
    work.session.flush()
    seeker = seeker_card(work, job_seeker_id)
    vacancy = vacancy_card(work, vacancy_id)
    done = between(work, job_seeker_id, vacancy_id)
    limits = all_limits(seeker, vacancy, days, done)
    return PairView(seeker=seeker, vacancy=vacancy, match=match(seeker, vacancy, days, limits))
