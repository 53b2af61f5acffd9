"""Holds what the job service keeps beside its placements against the placements themselves."""

from collections.abc import Iterator

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.audit.records import Finding
from app.core.i18n import _
from app.core.words.placements import PlacementState, ReferralState, SeekerState
from db.models.placements import JobReferral, Placement
from db.models.seekers import JobSeeker
from db.models.vacancies import Vacancy

_STANDS = Placement.state != PlacementState.TAKEN_BACK


def job_findings(session: Session) -> Iterator[Finding]:
    """Yield every vacancy, seeker and referral that its placements do not make."""
    yield from _vacancies(session)
    yield from _seekers(session)
    yield from _referrals(session)


def _vacancies(session: Session) -> Iterator[Finding]:
    """As many as a vacancy says were hired stand as placements."""
    stand = (
        select(func.count())
        .where(Placement.vacancy_id == Vacancy.id, _STANDS)
        .correlate(Vacancy)
        .scalar_subquery()
    )
    found = select(Vacancy.id, Vacancy.hired, stand).where(Vacancy.hired != stand)
    for key, hired, placed in session.execute(found):
        says = _("{hired} are counted as hired, {placed} placements stand")
        says = says.format(hired=hired, placed=placed)
        yield Finding(part="jobs", row=f"vacancy/{key}", says=says)


def _seekers(session: Session) -> Iterator[Finding]:
    """Who has found work has a placement that stands, and who has one does not look for work."""
    works = exists().where(
        Placement.job_seeker_id == JobSeeker.id, Placement.state == PlacementState.WORKING
    )
    alone = select(JobSeeker.id).where(JobSeeker.state == SeekerState.PLACED, ~works)
    for key in session.scalars(alone):
        says = _("Has found work, but no placement says so")
        yield Finding(part="jobs", row=f"job_seeker/{key}", says=says)
    both = select(JobSeeker.id).where(JobSeeker.state == SeekerState.SEEKING, works)
    for key in session.scalars(both):
        says = _("Looks for work, but a placement says the person is in a job")
        yield Finding(part="jobs", row=f"job_seeker/{key}", says=says)


def _referrals(session: Session) -> Iterator[Finding]:
    """A referral that ended in work has its placement."""
    placed = exists().where(Placement.job_referral_id == JobReferral.id, _STANDS)
    hired = JobReferral.state.in_((ReferralState.HIRED, ReferralState.PRESUMED))
    for key in session.scalars(select(JobReferral.id).where(hired, ~placed)):
        says = _("Ended in work, but no placement says so")
        yield Finding(part="jobs", row=f"job_referral/{key}", says=says)
