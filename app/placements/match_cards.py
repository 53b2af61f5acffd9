"""Reads what a match looks at: seekers, vacancies, and what was done about a pair before."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.record import specs
from app.core.resident_id import age
from app.core.words.placements import BarState, RecognitionState, ReferralState
from app.placements.match_limits import Between
from app.placements.match_records import SeekerCard, VacancyCard
from db.models.placements import JobReferral
from db.models.seekers import JobSeeker, MatchExclusion, Recognition
from db.models.vacancies import Employer, EmployerBar, Vacancy

RECOGNISED: Final = exists().where(
    Recognition.job_seeker_id == JobSeeker.id, Recognition.state == RecognitionState.RECOGNISED
)
BARRED: Final = exists().where(
    EmployerBar.employer_id == Vacancy.employer_id, EmployerBar.state == BarState.IN_FORCE
)

OF_SEEKER: Final[dict[str, Any]] = {"age": JobSeeker.birth, "recognised": RECOGNISED}
OF_VACANCY: Final[dict[str, Any]] = {"employer": Employer.name, "barred": BARRED}
"""What a card shows that is no column of its row of the same name."""

SEEKER_NAMES: Final = tuple(field.name for field in specs(SeekerCard))
VACANCY_NAMES: Final = tuple(field.name for field in specs(VacancyCard))

SEEKERS: Final = select(
    *(OF_SEEKER[name] if name in OF_SEEKER else getattr(JobSeeker, name) for name in SEEKER_NAMES)
)
VACANCIES: Final = select(
    *(OF_VACANCY[name] if name in OF_VACANCY else getattr(Vacancy, name) for name in VACANCY_NAMES)
).join(Employer, Employer.id == Vacancy.employer_id)


def seeker_cards(session: Session, ids: Collection[int], today: date) -> dict[int, SeekerCard]:
    """Return the cards of some seekers, by id."""
    cards: dict[int, SeekerCard] = {}
    for row in session.execute(SEEKERS.where(JobSeeker.id.in_(ids))):
        told: dict[str, Any] = dict(zip(SEEKER_NAMES, row, strict=True))
        told["age"] = age(told["age"], today)
        cards[told["id"]] = SeekerCard(**told)
    return cards


def vacancy_cards(session: Session, ids: Collection[int]) -> dict[int, VacancyCard]:
    """Return the cards of some vacancies, by id."""
    cards: dict[int, VacancyCard] = {}
    for row in session.execute(VACANCIES.where(Vacancy.id.in_(ids))):
        told: dict[str, Any] = dict(zip(VACANCY_NAMES, row, strict=True))
        cards[told["id"]] = VacancyCard(**told)
    return cards


def seeker_card(session: Session, id_: int, today: date) -> SeekerCard:
    """Return the card of one seeker. Raises `NotFound`."""
    if card := seeker_cards(session, [id_], today).get(id_):
        return card
    raise NotFound(what=f"job_seeker {id_}")


def vacancy_card(session: Session, id_: int) -> VacancyCard:
    """Return the card of one vacancy. Raises `NotFound`."""
    if card := vacancy_cards(session, [id_]).get(id_):
        return card
    raise NotFound(what=f"vacancy {id_}")


def between(session: Session, job_seeker_id: int, vacancy_id: int) -> Between:
    """Return what was done about a pair before."""
    excluded = session.scalar(
        select(MatchExclusion.reason).where(
            MatchExclusion.job_seeker_id == job_seeker_id,
            MatchExclusion.vacancy_id == vacancy_id,
            MatchExclusion.live,
        )
    )
    referred = session.scalar(
        select(JobReferral.number).where(
            JobReferral.job_seeker_id == job_seeker_id,
            JobReferral.vacancy_id == vacancy_id,
            JobReferral.state != ReferralState.VOID,
        )
    )
    return Between(excluded or "", referred or "")
