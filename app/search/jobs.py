"""Finds job seekers and vacancies: by their numbers, by those of letters and placements, by the
ID number or name of the person."""

from collections.abc import Iterator
from typing import Final

from app.core.words.placements import SeekerState, VacancyState
from app.placements.numbers import Series, number_of
from app.search.records import Hit, HitKind
from app.search.text import Guess, Typed
from app.work import Work

_SEEKERS: Final = "SELECT s.id, s.number, s.state, s.name, s.wishes ->> 0 FROM job_seeker s "
SEEKERS: Final = {
    Typed.BOARD_NUMBER: (
        f"{_SEEKERS}WHERE s.number = :key",
        f"{_SEEKERS}JOIN job_referral r ON r.job_seeker_id = s.id WHERE r.number = :key",
        f"{_SEEKERS}JOIN placement p ON p.job_seeker_id = s.id WHERE p.number = :key",
    ),
    Typed.ID_NUMBER: (f"{_SEEKERS}WHERE s.id_number = :key ORDER BY s.id DESC LIMIT :most",),
    Typed.NAME: (
        f"{_SEEKERS}WHERE s.name >= :key AND s.name < :end ORDER BY s.name, s.id DESC LIMIT :most",
    ),
}
"""How a text finds job seekers."""

VACANCIES: Final = (
    "SELECT v.id, v.number, v.state, v.occupation, e.name FROM vacancy v "
    "JOIN employer e ON e.id = v.employer_id WHERE v.number = :key"
)


def jobs(work: Work, guess: Guess, most: int) -> Iterator[Hit]:
    """Find seekers and vacancies by one meaning of the text; a bare number may be of either."""
    if guess.typed is Typed.NUMBER:
        year, number = map(int, guess.key.split("-"))
        yield from _vacancies(work, number_of(Series.VACANCY, year, number))
        guess = Guess(Typed.BOARD_NUMBER, number_of(Series.JOB_SEEKER, year, number))
    elif guess.typed is Typed.BOARD_NUMBER:
        yield from _vacancies(work, guess.key)
    if guess.typed not in SEEKERS or len(guess.key) == 1:
        return
    for statement in SEEKERS[guess.typed]:
        found = work.rows(statement, key=guess.key, end=guess.key + "\U0010ffff", most=most)
        for id_, number, state, name, wish in found:
            state_ = SeekerState(state)
            yield Hit(
                kind=HitKind.SEEKER,
                id=id_,
                title=number,
                matched=name,
                detail=wish or "",
                state=state_.label,
                past=state_ is SeekerState.WITHDRAWN,
            )


def _vacancies(work: Work, number: str) -> Iterator[Hit]:
    for id_, number_, state, occupation, employer in work.rows(VACANCIES, key=number):
        state_ = VacancyState(state)
        yield Hit(
            kind=HitKind.VACANCY,
            id=id_,
            title=number_,
            matched=occupation,
            detail=employer,
            state=state_.label,
            past=state_ is VacancyState.WITHDRAWN,
        )
