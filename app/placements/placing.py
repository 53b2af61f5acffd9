"""The verbs of placements: entered without a letter, proved, left, taken back."""

from sqlalchemy import select

from app.core.errors import Invalid, NotNow, Problem
from app.core.i18n import N_
from app.core.text import normalise
from app.core.words.placements import PROVED, PlacementState, Proof, ReferralState
from app.drafts.actions import close_draft
from app.placements.placement_records import (
    LeaveForm,
    PlacementById,
    PlacementForm,
    PlacementStep,
    ProofForm,
)
from app.placements.placement_rules import (
    Beginning,
    LetterOut,
    ProofNeeded,
    Shown,
    proof_problems,
)
from app.placements.placement_store import (
    Job,
    begin_again,
    close_request,
    end_job,
    job_of,
    place,
    prove,
    reopen,
    unplace,
)
from app.placements.public_welfare import check_wage
from app.work import Permission, Topic, Work, action
from db.models.placements import JobReferral, Placement
from db.models.seekers import JobSeeker
from db.models.vacancies import Employer, Vacancy


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.SERVICES, Topic.DRAFTS})
def enter_placement(work: Work, form: PlacementForm) -> int:
    """Enter that a job seeker found work without a letter of the center.

    The requested service that led the person here is closed with it. Raises `LetterOut`, and as
    `place` does.
    """
    seeker = work.load(JobSeeker, form.job_seeker_id)
    job = _job(work, form)
    beginning = Beginning(
        started_on=form.started_on,
        shown=Shown(
            on=work.today,
            proof=form.proof,
            proof_words=form.proof_words,
            insured_from=form.insured_from,
        ),
        wage=form.wage,
        contract_months=form.contract_months,
        retires_on=form.retires_on,
        free_of_charge=form.free_of_charge,
        note=form.note,
    )
    placement = place(work, seeker, job, beginning)
    work.subject = f"placement/{placement.id}"
    if form.draft_id:
        close_draft(work, form.draft_id)
    return placement.id


def _job(work: Work, form: PlacementForm) -> Job:
    """Return where somebody found work: a vacancy, an employer known here, or one by its name."""
    if form.vacancy_id is not None:
        vacancy = work.load(Vacancy, form.vacancy_id)
        _check_no_letter(work, form.job_seeker_id, vacancy)
        return job_of(work, vacancy)
    occupation = normalise(form.occupation)
    if form.employer_id is not None:
        employer = work.load(Employer, form.employer_id)
        return Job(employer.id, employer.name, occupation)
    if not (name := normalise(form.employer_name)):
        raise Invalid([Problem("employer_name", "missing", N_("Enter who hired the person."))])
    return Job(None, name, occupation)


def _check_no_letter(work: Work, seeker_id: int, vacancy: Vacancy) -> None:
    number = work.session.scalar(
        select(JobReferral.number).where(
            JobReferral.job_seeker_id == seeker_id,
            JobReferral.vacancy_id == vacancy.id,
            JobReferral.state == ReferralState.ISSUED,
        )
    )
    if number is not None:
        raise LetterOut(number=number)


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.SERVICES})
def prove_placement(work: Work, form: ProofForm) -> None:
    """Keep what shows that somebody really works there: contract, insurance or wage.

    What was presumed is hired from then on. A proof entered in error is taken back by saying
    that it is not shown. Raises `NotNow` for what was taken back, `ProofNeeded`, `Invalid`,
    `BelowMinimumWage` for what a public-welfare post is said to pay.
    """
    placement = work.load(Placement, form.id, form.version)
    work.subject = f"placement/{placement.id}"
    if placement.state is PlacementState.TAKEN_BACK:
        raise NotNow(state=placement.state.label, step="prove")
    if form.proof is Proof.NOT_SHOWN and placement.proof not in PROVED:
        raise ProofNeeded()
    shown = Shown(
        on=form.day,
        proof=form.proof,
        proof_words=form.proof_words,
        insured_from=form.insured_from,
    )
    if wrong := list(proof_problems(shown, placement.started_on, work.today)):
        raise Invalid(wrong)
    if placement.public_welfare and form.wage is not None:
        vacancy = work.load(Vacancy, placement.vacancy_id or 0)
        check_wage(work, vacancy.district, placement.started_on, form.wage)
    presumed = placement.proof is Proof.PRESUMED
    prove(placement, shown)
    placement.wage = form.wage or placement.wage
    placement.contract_months = form.contract_months or placement.contract_months
    if presumed:
        _hired_after_all(work, placement, form)


def _hired_after_all(work: Work, placement: Placement, form: ProofForm) -> None:
    """Let a presumed referral be hired, now that something shows it."""
    referral = work.load(JobReferral, placement.job_referral_id or 0)
    referral.state = ReferralState.HIRED
    referral.result_on = form.day
    referral.told_by = work.actor.id
    close_request(work, work.load(JobSeeker, referral.job_seeker_id), placement)


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def leave_job(work: Work, form: LeaveForm) -> None:
    """Enter that somebody left the job; the search begins again, the registration is valid anew.

    Raises `NotNow` for somebody who is not there any more, `LeftBeforeStart`.
    """
    placement = work.load(Placement, form.id, form.version)
    work.subject = f"placement/{placement.id}"
    end_job(work, placement, form.left_on, form.reason, work.today)


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def take_back_leaving(work: Work, form: PlacementById) -> None:
    """Take back that somebody left the job: it was entered in error.

    Raises `NotNow` for somebody who did not leave, `StillAtWork` and `AtWorkThen` for somebody who
    began elsewhere since, `NotWithdrawn`.
    """
    placement = work.load(Placement, form.id)
    work.subject = f"placement/{placement.id}"
    if placement.state is not PlacementState.LEFT:
        raise NotNow(state=placement.state.label, step="take back")
    begin_again(work, placement)


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def take_back_placement(work: Work, form: PlacementStep) -> None:
    """Take back a placement that was entered in error, with the reason.

    The letter it came from waits for its slip again. A requested service that it closed stays
    closed. Raises `NotNow` for one that was taken back.
    """
    placement = work.load(Placement, form.id, form.version)
    work.subject = f"placement/{placement.id}"
    if placement.state is PlacementState.TAKEN_BACK:
        raise NotNow(state=placement.state.label, step="take back")
    unplace(work, placement, form.reason)
    if placement.job_referral_id is not None:
        reopen(work.load(JobReferral, placement.job_referral_id))
