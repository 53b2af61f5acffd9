"""What can be asked about matches: the best ones both ways, some side by side, why one is none."""

from sqlalchemy import ColumnElement, select

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.placements.match_cards import seeker_card, seeker_cards, vacancy_card, vacancy_cards
from app.placements.match_limits import (
    limits_of_seeker,
    limits_of_vacancy,
    limits_shown,
    standing,
)
from app.placements.match_merits import match
from app.placements.match_records import (
    MOST_COMPARED,
    ExclusionQuery,
    ExclusionRow,
    MatchesAsked,
    MatchesForSeeker,
    MatchesForVacancy,
    MatchForSeeker,
    MatchForVacancy,
    Pair,
    PairView,
    SeekerMatch,
    VacancyMatch,
)
from app.placements.matching import NOTHING, days_of, look_at, seekers_matching, vacancies_matching
from app.placements.seeker_store import of_the_person
from app.work import Permission, Work, query
from db.models.seekers import JobSeeker, MatchExclusion
from db.models.staff import Staff
from db.models.vacancies import Employer, Vacancy


class TooManyCompared(RuleBroken):
    """More do not fit side by side."""

    says = N_("At most {most} matches stand side by side. Choose fewer.")


@query(needs=Permission.READ_JOBS)
def vacancies_for(work: Work, asked: MatchForSeeker) -> MatchesForSeeker:
    """Find the vacancies that fit a seeker, the best first, each with its reasons."""
    days = days_of(work.today)
    seeker = seeker_card(work, asked.job_seeker_id)
    stands = standing(limits_of_seeker(seeker, days))
    found = NOTHING if stands else vacancies_matching(work, seeker, asked)
    return MatchesForSeeker(
        seeker=seeker,
        stands=stands,
        rows=tuple(
            VacancyMatch(vacancy=each, match=match(seeker, each, days, limits_shown(seeker, each)))
            for each in vacancy_cards(work, found.ids)
        ),
        total=found.total,
        widen=found.widen,
    )


@query(needs=Permission.READ_JOBS)
def seekers_for(work: Work, asked: MatchForVacancy) -> MatchesForVacancy:
    """Find the seekers that fit a vacancy, the best first, each with their reasons."""
    days = days_of(work.today)
    vacancy = vacancy_card(work, asked.vacancy_id)
    stands = standing(limits_of_vacancy(vacancy, days))
    found = NOTHING if stands else seekers_matching(work, vacancy, asked)
    return MatchesForVacancy(
        vacancy=vacancy,
        stands=stands,
        rows=tuple(
            SeekerMatch(seeker=each, match=match(each, vacancy, days, limits_shown(each, vacancy)))
            for each in seeker_cards(work, found.ids)
        ),
        total=found.total,
        widen=found.widen,
    )


@query(needs=Permission.READ_JOBS)
def compare_matches(work: Work, asked: MatchesAsked) -> tuple[PairView, ...]:
    """Return some pairs side by side, with every limit and merit.

    Raises `TooManyCompared`.
    """
    if len(asked.pairs) > MOST_COMPARED:
        raise TooManyCompared(most=MOST_COMPARED)
    return tuple(look_at(work, pair.job_seeker_id, pair.vacancy_id) for pair in asked.pairs)


@query(needs=Permission.READ_JOBS)
def why_not(work: Work, asked: Pair) -> PairView:
    """Return every limit and merit of one pair, whether it matches or not."""
    return look_at(work, asked.job_seeker_id, asked.vacancy_id)


@query(needs=Permission.READ_JOBS)
def exclusion_rows(work: Work, asked: ExclusionQuery) -> tuple[ExclusionRow, ...]:
    """List the pairs that were excluded from the matches, the newest first."""
    wanted: list[ColumnElement[bool]] = []
    if asked.job_seeker_id is not None:
        wanted.append(MatchExclusion.job_seeker_id.in_(of_the_person(asked.job_seeker_id)))
    if asked.vacancy_id is not None:
        wanted.append(MatchExclusion.vacancy_id == asked.vacancy_id)
    if asked.live:
        wanted.append(MatchExclusion.live.is_(True))
    found = (
        select(MatchExclusion, JobSeeker, Vacancy, Employer.name, Staff.name)
        .join(JobSeeker, JobSeeker.id == MatchExclusion.job_seeker_id)
        .join(Vacancy, Vacancy.id == MatchExclusion.vacancy_id)
        .join(Employer, Employer.id == Vacancy.employer_id)
        .join(Staff, Staff.id == MatchExclusion.entered_by)
        .where(*wanted)
        .order_by(MatchExclusion.id.desc())
        .offset(asked.offset)
        .limit(asked.limit)
    )
    return tuple(
        ExclusionRow(
            id=row.id,
            version=row.version,
            live=row.live,
            reason=row.reason,
            job_seeker_id=seeker.id,
            seeker_number=seeker.number,
            name=seeker.name,
            vacancy_id=vacancy.id,
            vacancy_number=vacancy.number,
            occupation=vacancy.occupation,
            employer=employer,
            entered_by=who,
            entered_at=row.entered_at,
        )
        for row, seeker, vacancy, employer, who in work.session.execute(found)
    )
