"""Enters a placement with all that follows from it, ends it, and takes it back.

What follows: the seeker has found work or looks for it again, the vacancy counts who was hired,
the follow-ups fall due, and the requested service that led here is closed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, true

from app.core.errors import Invalid, NotNow
from app.core.i18n import _
from app.core.text import normalise
from app.core.words.placements import PROVED, PlacementState, ReferralState
from app.core.words.services import ServiceState
from app.placements.follow_up_store import ask_from, set_next, there_until, unanswered, write
from app.placements.numbers import Series, next_number
from app.placements.placement_rules import (
    AtWorkThen,
    Beginning,
    Due,
    LeftBeforeStart,
    NoPostLeft,
    RecognitionNeeded,
    Shown,
    StillAtWork,
    follow_ups_of,
    month_of,
    open_of,
    proof_problems,
    start_problems,
)
from app.placements.public_welfare import check_wage, last_day
from app.placements.recognising import is_recognised
from app.placements.seekers import check_not_withdrawn, find_work, look_again
from app.placements.vacancies import count_hired
from app.services.actions import close_service
from app.services.records import CloseForm
from app.work import Work
from db.models.placements import JobReferral, Placement
from db.models.seekers import JobSeeker
from db.models.services import ServiceRequest
from db.models.vacancies import Employer, Vacancy


@dataclass(frozen=True)
class Job:
    """Where somebody found work, as far as it is known here."""

    employer_id: int | None
    employer_name: str
    occupation: str
    vacancy: Vacancy | None = None

    @property
    def public_welfare(self) -> bool:
        """Tell whether it is a public-welfare post."""
        return self.vacancy is not None and self.vacancy.public_welfare


def job_of(work: Work, vacancy: Vacancy) -> Job:
    """Return the job that a vacancy is."""
    employer = work.load(Employer, vacancy.employer_id)
    return Job(employer.id, employer.name, vacancy.occupation, vacancy)


def place(
    work: Work,
    seeker: JobSeeker,
    job: Job,
    beginning: Beginning,
    referral: JobReferral | None = None,
) -> Placement:
    """Enter that a seeker found work.

    A referral has its result in the store already. Raises `Invalid`, `NoPostLeft`,
    `RecognitionNeeded`, `NotWithdrawn`, and as `check_free`, `last_day` and `check_wage` do.
    """
    presumed = referral is not None and referral.state is ReferralState.PRESUMED
    ends_on = check_place(work, seeker, job, beginning, referral, presumed=presumed)
    due = follow_ups_of(beginning.started_on)[0]
    placement = work.add(
        Placement(
            number=next_number(work, Series.PLACEMENT),
            state=PlacementState.WORKING,
            job_seeker_id=seeker.id,
            household_id=seeker.household_id,
            member_id=seeker.member_id,
            job_referral_id=referral.id if referral else None,
            vacancy_id=job.vacancy.id if job.vacancy else None,
            employer_id=job.employer_id,
            name=seeker.name,
            id_number=seeker.id_number,
            person_kind=seeker.person_kind,
            employer_name=job.employer_name,
            occupation=job.occupation,
            district=seeker.district,
            public_welfare=job.public_welfare,
            started_on=beginning.started_on,
            wage=beginning.wage,
            contract_months=beginning.contract_months,
            ends_on=ends_on,
            free_of_charge=beginning.free_of_charge,
            **_proof(beginning.shown),
            end_reason="",
            next_follow_up_on=due.on,
            next_follow_up_month=due.month,
            note=beginning.note.strip(),
            entered_by=work.actor.id,
            entered_at=work.now,
        )
    )
    find_work(work, seeker)
    if job.vacancy is not None:
        count_hired(work, job.vacancy)
    if not presumed:
        close_request(work, seeker, placement)
    return placement


def check_place(
    work: Work,
    seeker: JobSeeker,
    job: Job,
    beginning: Beginning,
    referral: JobReferral | None = None,
    *,
    presumed: bool = False,
) -> date | None:
    """Raise what `place` raises, before anything is written; return the last day allowed, which
    public-welfare posts alone have."""
    not_before = referral.issued_on if referral else seeker.registered_on
    check_beginning(work, beginning, not_before, presumed=presumed)
    check_free(work, seeker, beginning.started_on)
    _check_post(work, seeker, job, beginning)
    ends_on = _ends_on(work, seeker, beginning) if job.public_welfare else None
    check_not_withdrawn(seeker)
    return ends_on


def check_beginning(
    work: Work, beginning: Beginning, not_before: date, *, presumed: bool = False
) -> None:
    """Raise `Invalid` when the first day of work or its proof cannot be right."""
    wrong = list(start_problems(beginning.started_on, not_before, work.today))
    if not presumed:
        wrong += proof_problems(beginning.shown, beginning.started_on, work.today)
    if wrong:
        raise Invalid(wrong)


def check_free(
    work: Work, seeker: JobSeeker, first: date, until: date | None = None, but: int = 0
) -> None:
    """Raise unless somebody was in no other job from a day on, up to the day they left.

    Jobs of all registrations count; an old register does not say until when. Raises `StillAtWork`
    for a job that the person has still, `AtWorkThen` for one that they left later.
    """
    other = work.session.scalar(
        select(Placement)
        .where(
            Placement.id_number == seeker.id_number,
            Placement.state != PlacementState.TAKEN_BACK,
            Placement.import_batch_id.is_(None),
            Placement.id != but,
            Placement.left_on.is_(None) | (Placement.left_on > first),
            Placement.started_on < until if until else true(),
        )
        .order_by(Placement.left_on, Placement.id)
        .limit(1)
    )
    if other is None:
        return
    told = {"name": other.name, "employer": other.employer_name, "number": other.number}
    if other.left_on is None:
        raise StillAtWork(**told, day=other.started_on)
    raise AtWorkThen(**told, first=other.started_on, last=other.left_on)


def _check_post(work: Work, seeker: JobSeeker, job: Job, beginning: Beginning) -> None:
    vacancy = job.vacancy
    if vacancy is None:
        return
    if vacancy.hired >= vacancy.heads:
        raise NoPostLeft(number=vacancy.number, heads=vacancy.heads)
    if vacancy.public_welfare:
        if not is_recognised(work.session, seeker.id):
            raise RecognitionNeeded(number=vacancy.number, name=seeker.name)
        _check_wage(work, vacancy, beginning)


def _check_wage(work: Work, vacancy: Vacancy, beginning: Beginning) -> None:
    if beginning.wage is not None:
        check_wage(work, vacancy.district, beginning.started_on, beginning.wage)


def _ends_on(work: Work, seeker: JobSeeker, beginning: Beginning, without: int = 0) -> date:
    return last_day(work, seeker.id, beginning.started_on, beginning.retires_on, without)


def close_request(work: Work, seeker: JobSeeker, placement: Placement) -> None:
    """Close the requested service that led a seeker here with what came of it, if it is open."""
    if seeker.service_request_id is None:
        return
    request = work.load(ServiceRequest, seeker.service_request_id)
    if request.state is not ServiceState.OPEN:
        return
    says = _("Began work at {employer} as {occupation} on {day}, placement {number}.").format(
        employer=placement.employer_name,
        occupation=placement.occupation or "-",
        day=placement.started_on,
        number=placement.number,
    )
    close_service.run(work, CloseForm(id=request.id, version=request.version, result=says))


def mend(work: Work, placement: Placement, seeker: JobSeeker, beginning: Beginning) -> None:
    """Put what the slip says after all in the place of what was presumed.

    Raises `Invalid`, and as `rewrite` does.
    """
    referral = work.load(JobReferral, placement.job_referral_id or 0)
    check_beginning(work, beginning, referral.issued_on)
    rewrite(work, placement, seeker, beginning)
    work.session.flush()
    close_request(work, seeker, placement)


def rewrite(
    work: Work,
    placement: Placement,
    seeker: JobSeeker | None,
    beginning: Beginning,
    *,
    moved: bool = True,
) -> None:
    """Put what is told of a job now in the place of what was told before.

    Where its first day ``moved``, the days that follow from it move too: the last one allowed of a
    public-welfare post, and the follow-ups. Raises `LeftBeforeStart`, and as `check_free`,
    `last_day` and `check_wage` do.
    """
    if placement.left_on is not None and placement.left_on < beginning.started_on:
        raise LeftBeforeStart(day=placement.left_on, before=beginning.started_on)
    if seeker is not None and placement.import_batch_id is None:
        check_free(work, seeker, beginning.started_on, placement.left_on, placement.id)
    if seeker is not None and placement.public_welfare:
        _check_wage(work, work.load(Vacancy, placement.vacancy_id or 0), beginning)
        if moved:
            placement.ends_on = _ends_on(work, seeker, beginning, without=placement.id)
    placement.started_on = beginning.started_on
    placement.wage = beginning.wage
    placement.contract_months = beginning.contract_months
    placement.free_of_charge = beginning.free_of_charge
    prove(placement, beginning.shown)
    if moved:
        ask_from(work, placement)


def prove(placement: Placement, shown: Shown) -> None:
    """Write what shows that somebody really works there."""
    for name, value in _proof(shown).items():
        setattr(placement, name, value)


def _proof(shown: Shown) -> dict[str, Any]:
    return {
        "proof": shown.proof,
        "proof_words": normalise(shown.proof_words),
        "insured_from": month_of(shown.insured_from) if shown.insured_from else None,
        "proved_on": shown.on if shown.proof in PROVED else None,
    }


# The end of a placement


def end_job(
    work: Work, placement: Placement, left_on: date, reason: str, told_on: date
) -> list[Due]:
    """Let somebody have left the job; return the follow-ups that were open still.

    Those whose day came before count as answered: the person was there. The search is open again.
    Raises `NotNow`, `LeftBeforeStart`.
    """
    if placement.state is not PlacementState.WORKING:
        raise NotNow(state=placement.state.label, step="leave")
    if left_on < placement.started_on:
        raise LeftBeforeStart(day=left_on, before=placement.started_on)
    open_ = open_of(placement.started_on, placement.next_follow_up_month)
    answered = there_until(open_, left_on)
    write(work, placement, answered, told_on)
    placement.state = PlacementState.LEFT
    placement.left_on = left_on
    placement.end_reason = reason.strip()
    set_next(placement, [])
    _free(work, placement)
    return open_[len(answered) :]


def unplace(work: Work, placement: Placement, reason: str) -> None:
    """Take a placement back that was entered in error; the vacancy has its post again.

    A requested service that it closed stays closed: ask for it anew.
    """
    placement.state = PlacementState.TAKEN_BACK
    placement.left_on = None
    placement.end_reason = reason.strip()
    set_next(placement, [])
    _free(work, placement)
    if placement.vacancy_id is not None:
        count_hired(work, work.load(Vacancy, placement.vacancy_id))


def _free(work: Work, placement: Placement) -> None:
    """Let the person of an ended placement look for work again."""
    work.session.flush()
    if placement.job_seeker_id is not None:
        look_again(work, work.load(JobSeeker, placement.job_seeker_id))


def begin_again(work: Work, placement: Placement) -> None:
    """Let somebody be in the job still, whose leaving was entered in error.

    Raises `NotWithdrawn`, and as `check_free` does for somebody who began elsewhere since.
    """
    seeker = work.load(JobSeeker, placement.job_seeker_id) if placement.job_seeker_id else None
    if seeker is not None:
        check_free(work, seeker, placement.started_on, but=placement.id)
    placement.state = PlacementState.WORKING
    placement.left_on = None
    placement.end_reason = ""
    set_next(placement, unanswered(work, placement))
    work.session.flush()
    if seeker is not None:
        find_work(work, seeker)


# The letter of a placement


def live_placement_of(work: Work, referral: JobReferral) -> Placement | None:
    """Return the placement that a referral led to, unless it was taken back."""
    return work.session.scalar(
        select(Placement).where(
            Placement.job_referral_id == referral.id,
            Placement.state != PlacementState.TAKEN_BACK,
        )
    )


def reopen(referral: JobReferral) -> None:
    """Let a referral wait for its slip again."""
    referral.state = ReferralState.ISSUED
    referral.result_on = None
    referral.reason = None
    referral.told_by = None
