"""The verbs of job seekers: register, change, withdraw, renew; what a placement does to them."""

from sqlalchemy import exists, select

from app.core.errors import NotNow
from app.core.words.placements import PlacementState, ReferralState, SeekerState
from app.drafts.actions import close_draft
from app.placements.numbers import Series, next_number
from app.placements.seeker_records import (
    SeekerById,
    SeekerChangeForm,
    SeekerEndForm,
    SeekerForm,
    SeekerRenewForm,
    SeekerRevealed,
)
from app.placements.seeker_rules import (
    AtWork,
    NotWithdrawn,
    PersonFixed,
    RenewedBefore,
    SlipsOut,
    valid_until,
)
from app.placements.seeker_store import check_not_registered, form_of, kept
from app.work import Permission, Topic, Work, action
from db.models.placements import JobReferral, Placement
from db.models.seekers import JobSeeker, Recognition
from db.models.training import Enrolment, TrainingVoucher


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.DRAFTS})
def register_seeker(work: Work, form: SeekerForm) -> int:
    """Register somebody who looks for work, linked to their file when there is one.

    Raises `RegisteredAlready` while a registration of this person stands, `TooYoung`,
    `OneOfTheOthers`, `OtherRequest`.
    """
    told = kept(work, form)
    check_not_registered(work, told["id_number"])
    seeker = work.add(
        JobSeeker(
            **told,
            number=next_number(work, Series.JOB_SEEKER),
            state=SeekerState.SEEKING,
            valid_until=valid_until(form.registered_on),
            ended_reason="",
            entered_by=work.actor.id,
            entered_at=work.now,
        )
    )
    work.subject = f"job_seeker/{seeker.id}"
    if form.draft_id:
        close_draft(work, form.draft_id)
    return seeker.id


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.DRAFTS})
def change_seeker(work: Work, form: SeekerChangeForm) -> None:
    """Change what a registration says.

    Raises `Conflict`, `NotWithdrawn` for one that was withdrawn, `PersonFixed` for another ID
    number once something rests on it, and as `register_seeker` does.
    """
    seeker = work.load(JobSeeker, form.id, form.version)
    work.subject = f"job_seeker/{seeker.id}"
    if seeker.state is SeekerState.WITHDRAWN:
        raise NotWithdrawn(number=seeker.number)
    told = kept(work, form.seeker, seeker)
    if told["id_number"] != seeker.id_number:
        check_not_registered(work, told["id_number"])
        if _rested_on(work, seeker):
            raise PersonFixed(number=seeker.number)
    if seeker.valid_until == valid_until(seeker.registered_on):
        seeker.valid_until = valid_until(form.seeker.registered_on)
    for name, value in told.items():
        if getattr(seeker, name) != value:
            setattr(seeker, name, value)
    if form.seeker.draft_id:
        close_draft(work, form.seeker.draft_id)


def _rested_on(work: Work, seeker: JobSeeker) -> bool:
    """Tell whether something was decided, written or entered for a seeker."""
    rests = (
        exists().where(model.job_seeker_id == seeker.id)
        for model in (Recognition, JobReferral, Placement, TrainingVoucher, Enrolment)
    )
    return any(work.session.scalar(select(each)) for each in rests)


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.DRAFTS})
def withdraw_seeker(work: Work, form: SeekerEndForm) -> None:
    """Withdraw a registration; it can be renewed.

    Raises `NotNow` for one that is withdrawn, `SlipsOut` while referrals wait for their slip.
    """
    seeker = work.load(JobSeeker, form.id, form.version)
    work.subject = f"job_seeker/{seeker.id}"
    if seeker.state is SeekerState.WITHDRAWN:
        raise NotNow(state=seeker.state.label, step="withdraw")
    out = work.session.scalars(
        select(JobReferral.number)
        .where(
            JobReferral.job_seeker_id == seeker.id,
            JobReferral.state == ReferralState.ISSUED,
        )
        .order_by(JobReferral.id)
    ).all()
    if out:
        raise SlipsOut(numbers="、".join(out))
    seeker.state = SeekerState.WITHDRAWN
    seeker.ended_reason = form.reason.strip()
    if form.draft_id:
        close_draft(work, form.draft_id)


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def renew_seeker(work: Work, form: SeekerRenewForm) -> None:
    """Make a registration valid again from a day on, also one that was withdrawn.

    Raises `AtWork` for somebody who has found work, `RenewedBefore`, `RegisteredAlready` when
    the person was registered anew since.
    """
    seeker = work.load(JobSeeker, form.id, form.version)
    work.subject = f"job_seeker/{seeker.id}"
    if seeker.state is SeekerState.PLACED or _at_work(work, seeker):
        raise AtWork(number=seeker.number)
    if form.day < seeker.registered_on:
        raise RenewedBefore(day=form.day, before=seeker.registered_on)
    if seeker.state is SeekerState.WITHDRAWN:
        check_not_registered(work, seeker.id_number)
        seeker.state = SeekerState.SEEKING
        seeker.ended_reason = ""
    seeker.valid_until = max(seeker.valid_until, valid_until(form.day))


@action(needs=Permission.KEEP_JOBS, changes={Topic.AUDIT})
def open_seeker_form(work: Work, asked: SeekerById) -> SeekerChangeForm:
    """Open a registration for changing, private values in the clear; the opening is kept."""
    seeker = work.load(JobSeeker, asked.id)
    work.subject = f"job_seeker/{seeker.id}"
    return SeekerChangeForm(id=seeker.id, version=seeker.version, seeker=form_of(seeker))


@action(needs=Permission.REVEAL_PRIVATE, changes={Topic.AUDIT})
def reveal_seeker(work: Work, asked: SeekerById) -> SeekerRevealed:
    """Show the private values of a job seeker in the clear; that it was asked is kept."""
    seeker = work.load(JobSeeker, asked.id)
    work.subject = f"job_seeker/{seeker.id}"
    return SeekerRevealed(seeker=form_of(seeker))


def find_work(work: Work, seeker: JobSeeker) -> None:
    """Let a seeker have found work: a placement was entered for them. Raises `NotWithdrawn`."""
    check_not_withdrawn(seeker)
    seeker.state = SeekerState.PLACED
    work.session.flush()


def check_not_withdrawn(seeker: JobSeeker) -> None:
    """Raise `NotWithdrawn` for a registration that has to be renewed first."""
    if seeker.state is SeekerState.WITHDRAWN:
        raise NotWithdrawn(number=seeker.number)


def look_again(work: Work, seeker: JobSeeker) -> None:
    """Let a seeker look for work again, valid from today, once no placement of theirs stands.

    Nothing happens to somebody who has another job, or who withdrew since.
    """
    if seeker.state is not SeekerState.PLACED or _at_work(work, seeker):
        return
    seeker.state = SeekerState.SEEKING
    seeker.valid_until = max(seeker.valid_until, valid_until(work.today))
    work.session.flush()


def _at_work(work: Work, seeker: JobSeeker) -> bool:
    """Tell whether a seeker is in a job that was entered here; an old register does not say so."""
    working = exists().where(
        Placement.job_seeker_id == seeker.id,
        Placement.state == PlacementState.WORKING,
        Placement.import_batch_id.is_(None),
    )
    return bool(work.session.scalar(select(working)))
