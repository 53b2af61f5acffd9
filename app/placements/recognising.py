"""The verbs of recognitions as difficult to employ: one applies, another person decides."""

from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.core.errors import NotNow
from app.core.words.papers import PaperKind
from app.core.words.placements import RecognitionState, SeekerState
from app.disbursements.ties import check_stranger
from app.facts.gather import known_of as known_of_file
from app.facts.payments import values_of
from app.households.standing import standing
from app.households.store import OPEN, people_of
from app.packs.store import keep_packs
from app.papers.store import void_issued
from app.placements.numbers import Series, next_number
from app.placements.recognition_records import (
    RecognitionAsked,
    RecognitionDecision,
    RecognitionEndForm,
    RecognitionFindings,
    RecognitionForm,
    to_plain,
)
from app.placements.recognition_rules import (
    BeforeThat,
    NotDifficult,
    OpenUndecided,
    OpenUnsaid,
    OpinionMissing,
    RecognitionLive,
    examine,
)
from app.placements.seeker_rules import NotWithdrawn
from app.placements.seeker_store import form_of, registrations_of
from app.policy.facts import Known
from app.policy.findings import Assessment
from app.policy.pack import Outcome
from app.work import Permission, SecondPersonNeeded, Topic, Work, action, query
from db.models.seekers import JobSeeker, Recognition

LIVE = (RecognitionState.APPLIED, RecognitionState.RECOGNISED)
"""States of a recognition beside which the person gets no other one."""


def is_recognised(session: Session, seeker_id: int) -> bool:
    """Tell whether a seeker is recognised as difficult to employ."""
    recognised = exists().where(
        Recognition.job_seeker_id == seeker_id, Recognition.state == RecognitionState.RECOGNISED
    )
    return bool(session.scalar(select(recognised)))


@query(needs=Permission.READ_JOBS)
def examine_recognition(work: Work, asked: RecognitionAsked) -> RecognitionFindings:
    """Tell what the policy of a day says of a seeker, before anybody applies.

    Raises `NoPolicyOfDay`.
    """
    findings, _assessment = examined(work, work.load(JobSeeker, asked.id), asked.day or work.today)
    return findings


def examined(work: Work, seeker: JobSeeker, day: date) -> tuple[RecognitionFindings, Assessment]:
    """Return what the policy of a day says of a seeker. Raises `NoPolicyOfDay`."""
    placed = seeker.state is SeekerState.PLACED
    file = _of_file(work, seeker, day)
    return examine(form_of(seeker), day, file, values_of(work.session), placed=placed)


def _of_file(work: Work, seeker: JobSeeker, day: date) -> Known | None:
    """Return what the open file of a seeker tells of the household and of them alone."""
    if seeker.household_id is None or seeker.member_id is None:
        return None
    household = standing(work, seeker.household_id)
    places = [member.id for member in people_of(household)]
    if household.file_state not in OPEN or seeker.member_id not in places:
        return None
    known = known_of_file(work.session, household, day)
    return Known(known.household, [known.members[places.index(seeker.member_id)]])


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def apply_recognition(work: Work, form: RecognitionForm) -> int:
    """Apply for the recognition of a seeker; what the policy says of them is sealed.

    Raises `NotDifficult` where the policy says no, `OpenUnsaid` where it cannot tell yet and the
    note says nothing of it, `RecognitionLive`, `NotWithdrawn`, `NoPolicyOfDay`.
    """
    seeker = work.load(JobSeeker, form.job_seeker_id, form.version)
    if seeker.state is SeekerState.WITHDRAWN:
        raise NotWithdrawn(number=seeker.number)
    _check_first(work, seeker)
    findings, assessment = examined(work, seeker, form.applied_on)
    _check_met(seeker, findings)
    note = form.note.strip()
    if findings.outcome is Outcome.UNKNOWN and not note:
        papers = "、".join(findings.missing)
        raise OpenUnsaid(name=seeker.name, why=findings.why_not, papers=papers)
    keep_packs(work, [assessment.pack])
    recognition = work.add(
        Recognition(
            number=next_number(work, Series.RECOGNITION),
            job_seeker_id=seeker.id,
            state=RecognitionState.APPLIED,
            grounds=findings.grounds,
            findings=to_plain(findings),
            applied_on=form.applied_on,
            applied_by=work.actor.id,
            applied_at=work.now,
            opinion="",
            ended_reason="",
            note=note,
        )
    )
    work.subject = f"recognition/{recognition.id}"
    return recognition.id


def _check_first(work: Work, seeker: JobSeeker) -> None:
    """Raise `RecognitionLive` for whoever has a recognition, in this registration or another."""
    keys = [each.id for each in registrations_of(work, seeker.id_number)]
    live = work.session.scalars(
        select(Recognition).where(Recognition.job_seeker_id.in_(keys), Recognition.state.in_(LIVE))
    ).first()
    if live is not None:
        raise RecognitionLive(name=seeker.name, number=live.number, state=live.state.label)


def _check_met(seeker: JobSeeker, findings: RecognitionFindings) -> None:
    if findings.outcome is Outcome.NO:
        raise NotDifficult(name=seeker.name, day=findings.day, why=findings.why_not)


@action(needs=Permission.DECIDE_JOBS, changes={Topic.JOBS})
def decide_recognition(work: Work, form: RecognitionDecision) -> None:
    """Recognise a seeker as difficult to employ, or refuse: never by who applied.

    Raises `SecondPersonNeeded`, `Related`, `OpinionMissing` for a refusal without words,
    `NotDifficult` where the policy of the day of the decision says no, `OpenUndecided` where it
    cannot tell and the opinion says nothing of it.
    """
    recognition = work.load(Recognition, form.id, form.version)
    work.subject = f"recognition/{recognition.id}"
    if recognition.state is not RecognitionState.APPLIED:
        raise NotNow(state=recognition.state.label, step="decide")
    if recognition.applied_by == work.actor.id:
        raise SecondPersonNeeded()
    if form.day < recognition.applied_on:
        raise BeforeThat(day=form.day, before=recognition.applied_on)
    seeker = work.load(JobSeeker, recognition.job_seeker_id)
    if seeker.household_id is not None:
        check_stranger(work, seeker.household_id)
    opinion = form.opinion.strip()
    if form.recognised:
        findings, _assessment = examined(work, seeker, form.day)
        _check_met(seeker, findings)
        if findings.outcome is Outcome.UNKNOWN and not opinion:
            raise OpenUndecided(name=seeker.name, why=findings.why_not)
    elif not opinion:
        raise OpinionMissing()
    recognition.state = RecognitionState.RECOGNISED if form.recognised else RecognitionState.REFUSED
    recognition.decided_on = form.day
    recognition.decided_by = work.actor.id
    recognition.opinion = opinion


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.PAPERS})
def end_recognition(work: Work, form: RecognitionEndForm) -> None:
    """End a recognition, with the reason.

    Its certificates are void from then on. Raises `NotNow` for one that does not stand,
    `BeforeThat`.
    """
    recognition = work.load(Recognition, form.id, form.version)
    work.subject = f"recognition/{recognition.id}"
    if recognition.state is not RecognitionState.RECOGNISED or recognition.decided_on is None:
        raise NotNow(state=recognition.state.label, step="end")
    if form.day < recognition.decided_on:
        raise BeforeThat(day=form.day, before=recognition.decided_on)
    recognition.state = RecognitionState.ENDED
    recognition.ended_on = form.day
    recognition.ended_reason = form.reason.strip()
    certificate = PaperKind.RECOGNITION_CERTIFICATE
    void_issued(work, certificate, work.subject, recognition.ended_reason)
