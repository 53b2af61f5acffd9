"""Finds the matches of a seeker or a vacancy in the store, and looks at one pair."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.placements.match_cards import between, seeker_card, vacancy_card
from app.placements.match_limits import GROWN, Days, all_limits
from app.placements.match_merits import match
from app.placements.match_records import (
    WIDENED,
    LimitFinding,
    MatchForSeeker,
    MatchForVacancy,
    PairView,
    SealedMatch,
    Widening,
    to_plain,
)
from app.placements.match_sql import BEST_SEEKERS, BEST_VACANCIES, COUNT_SEEKERS, COUNT_VACANCIES
from app.placements.seeker_rules import YOUNGEST
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


def vacancies_matching(work: Work, asked: MatchForSeeker) -> Found:
    """Find the vacancies that match a seeker, the best first."""
    bound = _bound(work.today, asked) | {"job_seeker_id": asked.job_seeker_id}
    return _found(work, BEST_VACANCIES, COUNT_VACANCIES, bound)


def seekers_matching(work: Work, asked: MatchForVacancy) -> Found:
    """Find the seekers that match a vacancy, the best first."""
    bound = _bound(work.today, asked) | {"vacancy_id": asked.vacancy_id}
    return _found(work, BEST_SEEKERS, COUNT_SEEKERS, bound)


def _found(work: Work, best: str, count: str, bound: Mapping[str, Any]) -> Found:
    rows = list(work.rows(best, **bound))
    ids = [id_ for id_, _total in rows]
    if len(rows) == bound["most"]:
        return Found(ids, rows[0][1], ())
    ((total, *without_one),) = work.rows(count, **bound)
    widen = tuple(
        Widening(limit=limit, more=without - total)
        for limit, without in zip(WIDENED, without_one, strict=True)
        if not bound[limit]
    )
    return Found(ids, total, widen)


def _bound(today: date, asked: MatchForSeeker | MatchForVacancy) -> dict[str, Any]:
    """Return the values of the statements that both directions have."""
    days = days_of(today)
    return {
        "today": today.isoformat(),
        "year": today.year,
        "same_day": f"{today:-%m-%d}",
        "sixteen": born_by(today, YOUNGEST),
        "eighteen": born_by(today, GROWN),
        "fresh_since": days.fresh_since.isoformat(),
        "newly_since": days.newly_since.isoformat(),
        "most": asked.limit,
        "offset": asked.offset,
        **{limit.value: limit in asked.without for limit in WIDENED},
    }


def born_by(today: date, years: int) -> str:
    """Return the last day of birth of those who are so many years old, as the store compares it.

    On a 29 February it may be one that never was: text compares it rightly.
    """
    return f"{today.year - years:04}{today:-%m-%d}"


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
    seeker = seeker_card(work.session, job_seeker_id, work.today)
    vacancy = vacancy_card(work.session, vacancy_id)
    done = between(work.session, job_seeker_id, vacancy_id)
    limits = all_limits(seeker, vacancy, days, done)
    return PairView(seeker=seeker, vacancy=vacancy, match=match(seeker, vacancy, days, limits))
