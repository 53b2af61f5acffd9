"""The verbs of referrals: the letter, its slip, what is presumed when the slip does not come."""

from sqlalchemy import select

from app.core.errors import AppError, Invalid, NotNow
from app.core.words import Answer
from app.core.words.papers import PaperKind
from app.core.words.placements import Proof, ReferralState
from app.drafts.actions import close_draft
from app.papers.store import void_issued
from app.placements.issuing import issue_letter
from app.placements.matching import limits_between, sealed_match
from app.placements.numbers import Series, next_number
from app.placements.placement_rules import Beginning, Shown
from app.placements.placement_store import (
    check_place,
    job_of,
    live_placement_of,
    mend,
    place,
    reopen,
    unplace,
)
from app.placements.referral_records import (
    NotPresumable,
    PresumedTogether,
    PresumeForm,
    ReferralForm,
    ReferralIssued,
    ReferralStep,
    ResultForm,
)
from app.placements.referral_rules import (
    TOLD,
    LimitStands,
    NothingToPresume,
    NotPresumed,
    PairReferred,
    SlipInTime,
    due_on,
    interview_problems,
    problems,
)
from app.reference.job_rules import rules_on
from app.work import Permission, Topic, Work, action
from db.models.placements import JobReferral, Placement
from db.models.seekers import JobSeeker
from db.models.vacancies import Vacancy


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.PAPERS, Topic.DRAFTS})
def issue_referral(work: Work, form: ReferralForm) -> ReferralIssued:
    """Send a job seeker to the employer of a vacancy, with a letter and its slip.

    Why they fit is sealed, and whether the rules of today count an overdue slip as hired. Raises
    `PairReferred`, `LimitStands`, `Invalid`.
    """
    seeker = work.load(JobSeeker, form.job_seeker_id)
    vacancy = work.load(Vacancy, form.vacancy_id)
    if wrong := list(interview_problems(form, work.today)):
        raise Invalid(wrong)
    _check_not_sent(work, seeker, vacancy)
    _check_limits(work, seeker, vacancy)
    rules = rules_on(work.today)
    referral = work.add(
        JobReferral(
            number=next_number(work, Series.JOB_REFERRAL),
            state=ReferralState.ISSUED,
            job_seeker_id=seeker.id,
            vacancy_id=vacancy.id,
            interview_on=form.interview_on,
            interview_at=form.interview_at.strip(),
            issued_on=work.today,
            due_on=due_on(rules, work.today, form.interview_on),
            presumable=rules.slip_overdue.presumed,
            rules=rules.id,
            match=sealed_match(work, seeker, vacancy),
            note=form.note.strip(),
            issued_by=work.actor.id,
            issued_at=work.now,
        )
    )
    work.subject = f"job_referral/{referral.id}"
    if form.draft_id:
        close_draft(work, form.draft_id)
    return ReferralIssued(
        id=referral.id,
        number=referral.number,
        paper_id=issue_letter(work, referral),
        due_on=referral.due_on,
    )


def _check_not_sent(work: Work, seeker: JobSeeker, vacancy: Vacancy) -> None:
    """Raise `PairReferred` for a person who was sent there, in this registration or another."""
    sent = work.session.scalar(
        select(JobReferral)
        .join(JobSeeker, JobReferral.job_seeker_id == JobSeeker.id)
        .where(
            JobSeeker.id_number == seeker.id_number,
            JobReferral.vacancy_id == vacancy.id,
            JobReferral.state != ReferralState.VOID,
        )
    )
    if sent is not None:
        raise PairReferred(name=seeker.name, number=sent.number, state=sent.state.label)


def _check_limits(work: Work, seeker: JobSeeker, vacancy: Vacancy) -> None:
    stands = limits_between(work, seeker, vacancy)
    if stands:
        why = "；".join(each.says for each in stands)
        raise LimitStands(name=seeker.name, vacancy=vacancy.number, why=why)


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.PAPERS})
def void_referral(work: Work, form: ReferralStep) -> None:
    """Make a letter void that was not used, with the reason; the pair may get a new one.

    Raises `NotNow` once its result was told.
    """
    referral = work.load(JobReferral, form.id, form.version)
    work.subject = f"job_referral/{referral.id}"
    if referral.state is not ReferralState.ISSUED:
        raise NotNow(state=referral.state.label, step="void")
    referral.state = ReferralState.VOID
    referral.note = form.reason.strip()
    void_issued(work, PaperKind.REFERRAL_LETTER, work.subject, referral.note)


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.SERVICES, Topic.DRAFTS})
def tell_result(work: Work, form: ResultForm) -> int | None:
    """Enter what the slip of a letter says; hired, it makes the placement and returns its id.

    What was presumed is mended by the slip that came after all, or taken back. Raises `NotNow`
    once there is another result, `Invalid`, and as `place` does.
    """
    referral = work.load(JobReferral, form.id, form.version)
    work.subject = f"job_referral/{referral.id}"
    if referral.state not in (ReferralState.ISSUED, ReferralState.PRESUMED):
        raise NotNow(state=referral.state.label, step="tell")
    if wrong := list(problems(form, referral.issued_on)):
        raise Invalid(wrong)
    presumed = live_placement_of(work, referral)
    if presumed is not None and form.result is not ReferralState.HIRED:
        unplace(work, presumed, form.result.label)
    referral.state = form.result
    referral.result_on = form.day
    referral.reason = form.reason
    referral.note = form.note.strip() or referral.note
    referral.told_by = work.actor.id
    work.session.flush()
    if form.draft_id:
        close_draft(work, form.draft_id)
    if form.result is ReferralState.HIRED:
        return _hired(work, referral, form, presumed)
    return None


def _hired(work: Work, referral: JobReferral, form: ResultForm, presumed: Placement | None) -> int:
    """Enter the placement that a slip tells of, or mend the one that was presumed."""
    seeker = work.load(JobSeeker, referral.job_seeker_id)
    beginning = Beginning(
        started_on=form.started_on or form.day,
        shown=Shown(
            on=form.day,
            proof=form.proof,
            proof_words=form.proof_words,
            insured_from=form.insured_from,
        ),
        wage=form.wage,
        contract_months=form.contract_months,
        retires_on=form.retires_on,
        free_of_charge=form.free_of_charge,
    )
    if presumed is not None:
        mend(work, presumed, seeker, beginning)
        return presumed.id
    job = job_of(work, work.load(Vacancy, referral.vacancy_id))
    return place(work, seeker, job, beginning, referral).id


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def presume_overdue(work: Work, form: PresumeForm) -> PresumedTogether:
    """Count overdue slips as hired, each by itself, where the rules of their day say so.

    Of several, one that cannot be presumed waits on and is named with the reason. One alone raises
    it: `NotNow`, `NotPresumed`, `SlipInTime`, and as `place` does. Raises `NothingToPresume`.
    """
    if not form.ids:
        raise NothingToPresume()
    placements: list[int] = []
    left: list[NotPresumable] = []
    for referral in [work.load(JobReferral, key) for key in form.ids]:
        seeker = work.load(JobSeeker, referral.job_seeker_id)
        job = job_of(work, work.load(Vacancy, referral.vacancy_id))
        beginning = Beginning(
            started_on=referral.due_on,
            shown=Shown(on=work.today, proof=Proof.PRESUMED),
            free_of_charge=Answer.NOT_KNOWN,
        )
        try:
            _check_presumable(work, referral)
            check_place(work, seeker, job, beginning, referral, presumed=True)
        except AppError as error:
            if len(form.ids) == 1:
                raise
            why = error.problems[0].tell() if isinstance(error, Invalid) else error.tell()
            row = NotPresumable(id=referral.id, number=referral.number, name=seeker.name, why=why)
            left.append(row)
            continue
        referral.state = ReferralState.PRESUMED
        referral.result_on = work.today
        referral.told_by = work.actor.id
        work.session.flush()
        placements.append(place(work, seeker, job, beginning, referral).id)
    return PresumedTogether(placements=tuple(placements), left=tuple(left))


def _check_presumable(work: Work, referral: JobReferral) -> None:
    if referral.state is not ReferralState.ISSUED:
        raise NotNow(state=referral.state.label, step="presume")
    if not referral.presumable:
        raise NotPresumed(number=referral.number)
    if referral.due_on >= work.today:
        raise SlipInTime(number=referral.number, day=referral.due_on)


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def take_back_result(work: Work, form: ReferralStep) -> None:
    """Take back a result that was entered in error, with the reason: the slip is awaited again.

    The placement it made is taken back with it. Raises `NotNow` while there is no result.
    """
    referral = work.load(JobReferral, form.id, form.version)
    work.subject = f"job_referral/{referral.id}"
    if referral.state not in TOLD:
        raise NotNow(state=referral.state.label, step="take back")
    placement = live_placement_of(work, referral)
    if placement is not None:
        unplace(work, placement, form.reason)
    reopen(referral)
    referral.note = form.reason.strip()
