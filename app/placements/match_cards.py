"""Reads what a match looks at: seekers, vacancies, and what was done about a pair before.

The cards of a list are read by plain SQL: through the models they would take longer than the
search for who is on it.
"""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cache, partial
from typing import Any, Final

from sqlalchemy import Boolean, Date, select
from sqlalchemy.engine.default import DefaultDialect

from app.core.errors import NotFound
from app.core.record import specs
from app.core.resident_id import age
from app.core.words.placements import ReferralState
from app.placements.match_limits import Between
from app.placements.match_records import SeekerCard, VacancyCard
from app.placements.seeker_store import of_the_person
from app.work import Work
from db.models.placements import JobReferral
from db.models.seekers import JobSeeker, MatchExclusion
from db.models.vacancies import Vacancy
from db.types import Flags, Listed, Stored

Reader = Callable[[Any], Any]
"""Turns what is stored into the value of a record; nothing stays nothing."""

ANY: Final = DefaultDialect()
"""What our types are read alike on."""

OF_SEEKER: Final = {
    "age": "job_seeker.birth",
    "recognised": "EXISTS (SELECT 1 FROM recognition WHERE job_seeker_id = job_seeker.id "
    "AND state = 'recognised')",
}
OF_VACANCY: Final = {
    "employer": "employer.name",
    "barred": "EXISTS (SELECT 1 FROM employer_bar WHERE employer_id = vacancy.employer_id "
    "AND state = 'in_force')",
}
"""What a card shows that is no column of that name."""

SEEKER_NAMES: Final = tuple(field.name for field in specs(SeekerCard))
VACANCY_NAMES: Final = tuple(field.name for field in specs(VacancyCard))

SEEKERS: Final = (
    f"SELECT {', '.join(OF_SEEKER.get(name, f'job_seeker.{name}') for name in SEEKER_NAMES)} "  # noqa: S608 - names of ours
    "FROM json_each(:ids) asked JOIN job_seeker ON job_seeker.id = asked.value ORDER BY asked.key"
)
VACANCIES: Final = (
    f"SELECT {', '.join(OF_VACANCY.get(name, f'vacancy.{name}') for name in VACANCY_NAMES)} "  # noqa: S608 - names of ours
    "FROM json_each(:ids) asked JOIN vacancy ON vacancy.id = asked.value "
    "JOIN employer ON employer.id = vacancy.employer_id ORDER BY asked.key"
)


def seeker_cards(work: Work, ids: Collection[int]) -> list[SeekerCard]:
    """Return the cards of some seekers as of today, in the order of ``ids``."""
    cards: list[SeekerCard] = []
    for row in work.rows(SEEKERS, ids=json.dumps(ids)):
        told = _read(SEEKER_NAMES, SEEKER_READERS, row)
        told["age"] = age(told["age"], work.today)
        cards.append(SeekerCard(**told))
    return cards


def vacancy_cards(work: Work, ids: Collection[int]) -> list[VacancyCard]:
    """Return the cards of some vacancies, in the order of ``ids``."""
    return [
        VacancyCard(**_read(VACANCY_NAMES, VACANCY_READERS, row))
        for row in work.rows(VACANCIES, ids=json.dumps(ids))
    ]


def seeker_card(work: Work, id_: int) -> SeekerCard:
    """Return the card of one seeker. Raises `NotFound`."""
    for card in seeker_cards(work, [id_]):
        return card
    raise NotFound(what=f"job_seeker {id_}")


def vacancy_card(work: Work, id_: int) -> VacancyCard:
    """Return the card of one vacancy. Raises `NotFound`."""
    for card in vacancy_cards(work, [id_]):
        return card
    raise NotFound(what=f"vacancy {id_}")


def between(work: Work, job_seeker_id: int, vacancy_id: int) -> Between:
    """Return what was done about a vacancy and a person before, in whatever registration."""
    person = of_the_person(job_seeker_id)
    excluded = work.session.scalar(
        select(MatchExclusion.reason).where(
            MatchExclusion.job_seeker_id.in_(person),
            MatchExclusion.vacancy_id == vacancy_id,
            MatchExclusion.live,
        )
    )
    referred = work.session.scalar(
        select(JobReferral.number).where(
            JobReferral.job_seeker_id.in_(person),
            JobReferral.vacancy_id == vacancy_id,
            JobReferral.state != ReferralState.VOID,
        )
    )
    return Between(excluded or "", referred or "")


def _read(names: Sequence[str], readers: Sequence[Reader], row: Sequence[Any]) -> dict[str, Any]:
    """Return a row as the values of a record."""
    return {name: read(value) for name, read, value in zip(names, readers, row, strict=True)}


def _reader(column: Any) -> Reader:
    """Return how values of a column are read."""
    kind = column.type
    match kind:
        case Stored():
            return {None: None, **{word.value: word for word in kind.words}}.__getitem__
        case Flags():
            return cache(partial(kind.process_result_value, dialect=ANY))
        case Listed():
            return partial(kind.process_result_value, dialect=ANY)
        case Date():
            return _day
        case Boolean():
            return bool
        case _:
            return _as_it_is


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _as_it_is(value: Any) -> Any:
    return value


SEEKER_READERS: Final[tuple[Reader, ...]] = tuple(
    {"age": _day, "recognised": bool}.get(name) or _reader(getattr(JobSeeker, name))
    for name in SEEKER_NAMES
)
VACANCY_READERS: Final[tuple[Reader, ...]] = tuple(
    {"employer": _as_it_is, "barred": bool}.get(name) or _reader(getattr(Vacancy, name))
    for name in VACANCY_NAMES
)
