"""Reads what a match looks at: seekers, vacancies, and what was done about a pair before."""

from collections.abc import Collection
from datetime import date
from typing import Any

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

OF_SEEKER = tuple(
    getattr(JobSeeker, field.name)
    for field in specs(SeekerCard)
    if field.name not in ("age", "recognised")
)
"""The columns a card shows as they are."""

OF_VACANCY = tuple(
    getattr(Vacancy, field.name)
    for field in specs(VacancyCard)
    if field.name not in ("employer", "barred")
)

RECOGNISED = exists().where(
    Recognition.job_seeker_id == JobSeeker.id, Recognition.state == RecognitionState.RECOGNISED
)
BARRED = exists().where(
    EmployerBar.employer_id == Vacancy.employer_id, EmployerBar.state == BarState.IN_FORCE
)


def seeker_cards(session: Session, ids: Collection[int], today: date) -> dict[int, SeekerCard]:
    """Return the cards of some seekers, by id."""
    found = select(JobSeeker.birth, RECOGNISED.label("recognised"), *OF_SEEKER)
    cards: list[SeekerCard] = []
    for row in session.execute(found.where(JobSeeker.id.in_(ids))).mappings():
        told: dict[str, Any] = dict(row)
        cards.append(SeekerCard(age=age(told.pop("birth"), today), **told))
    return {card.id: card for card in cards}


def vacancy_cards(session: Session, ids: Collection[int]) -> dict[int, VacancyCard]:
    """Return the cards of some vacancies, by id."""
    found = (
        select(*OF_VACANCY, Employer.name.label("employer"), BARRED.label("barred"))
        .join(Employer, Employer.id == Vacancy.employer_id)
        .where(Vacancy.id.in_(ids))
    )
    cards: list[VacancyCard] = []
    for row in session.execute(found).mappings():
        told: dict[str, Any] = dict(row)
        cards.append(VacancyCard(**told))
    return {card.id: card for card in cards}


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
