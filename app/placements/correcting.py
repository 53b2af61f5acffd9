"""The verb that mends what was entered wrongly of a placement."""

from collections.abc import Iterator

from app.core.errors import Invalid, NotNow, Problem
from app.core.text import normalise
from app.core.words.placements import PlacementState, Proof
from app.placements.placement_records import CorrectionForm
from app.placements.placement_rules import (
    Beginning,
    Shown,
    StillPresumed,
    month_of,
    proof_problems,
    start_problems,
)
from app.placements.placement_store import rewrite
from app.work import Permission, Topic, Work, action
from db.models.placements import JobReferral, Placement
from db.models.seekers import JobSeeker


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def correct_placement(work: Work, form: CorrectionForm) -> None:
    """Mend the first day, the wage, the contract or the proof of a placement, with the reason.

    Who works where stays: where that is wrong, it is taken back. What is mended is checked as on
    entering. Raises `NotNow` for what was taken back, `StillPresumed`, `Invalid`, and as `rewrite`
    does.
    """
    placement = work.load(Placement, form.id, form.version)
    work.subject = f"placement/{placement.id}"
    if placement.state is PlacementState.TAKEN_BACK:
        raise NotNow(state=placement.state.label, step="correct")
    if placement.proof is Proof.PRESUMED:
        raise StillPresumed(number=placement.number)
    key = placement.job_seeker_id
    seeker = work.load(JobSeeker, key) if key is not None else None
    shown = Shown(
        on=form.day or placement.proved_on or work.today,
        proof=form.proof,
        proof_words=form.proof_words,
        insured_from=form.insured_from,
    )
    if wrong := list(_problems(work, placement, seeker, form, shown)):
        raise Invalid(wrong)
    beginning = Beginning(
        started_on=form.started_on,
        shown=shown,
        wage=form.wage,
        contract_months=form.contract_months,
        retires_on=form.retires_on,
        free_of_charge=form.free_of_charge,
    )
    moved = form.started_on != placement.started_on or form.retires_on is not None
    rewrite(work, placement, seeker, beginning, moved=moved)


def _problems(
    work: Work, placement: Placement, seeker: JobSeeker | None, form: CorrectionForm, shown: Shown
) -> Iterator[Problem]:
    """Yield what is wrong with what is said otherwise now; an old register proves less."""
    moved = form.started_on != placement.started_on
    if moved:
        not_before = form.started_on
        if placement.job_referral_id is not None:
            not_before = work.load(JobReferral, placement.job_referral_id).issued_on
        elif seeker is not None and placement.import_batch_id is None:
            not_before = seeker.registered_on
        yield from start_problems(form.started_on, not_before, work.today)
    insured = shown.insured_from and month_of(shown.insured_from)
    told = (shown.proof, normalise(shown.proof_words), insured)
    if moved or told != (placement.proof, placement.proof_words, placement.insured_from):
        yield from proof_problems(shown, form.started_on, work.today)
