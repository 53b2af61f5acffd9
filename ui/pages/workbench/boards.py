"""What waits at the job board: slips and follow-ups for the officer, recognitions for the
supervisor, households to be assessed again for whoever assesses."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from app.cases.actions import accept_case
from app.core.i18n import N_, _
from app.core.words.placements import RecognitionState, ReferralState
from app.placements.following_up import tell_follow_up
from app.placements.job_worklists import follow_ups_due, to_reassess
from app.placements.placement_records import (
    FollowUpDue,
    FollowUpQuery,
    ReassessQuery,
    ReassessRow,
)
from app.placements.recognising import decide_recognition
from app.placements.recognition_queries import recognition_rows
from app.placements.recognition_records import RecognitionQuery, RecognitionRow
from app.placements.referral_queries import slips_overdue
from app.placements.referral_records import OverdueQuery, ReferralRow
from app.placements.referrals import tell_result
from app.work import Actor
from ui.pages.workbench.rows import ALL, Stage, Strand, WorkRow


def job_strands(actor: Actor) -> list[Strand]:
    """Return what waits for this person at the job board, by their rights."""
    found: list[Strand] = []
    if actor.may(tell_result):
        late = OverdueQuery(limit=ALL)
        found.append(Strand("slip", N_("Slips overdue"), slips_overdue, late, slips))
    if actor.may(tell_follow_up):
        due = FollowUpQuery(limit=ALL)
        found.append(Strand("follow", N_("Follow-ups due"), follow_ups_due, due, follow_ups))
    if actor.may(decide_recognition):
        applied = RecognitionQuery(states=(RecognitionState.APPLIED,), limit=ALL)
        words = N_("Recognitions to decide")
        found.append(
            Strand("recognise", words, recognition_rows, applied, recognitions, seldom=True)
        )
    if actor.may(accept_case) and actor.may(to_reassess):
        all_of_them = ReassessQuery(limit=ALL)
        found.append(
            Strand("again", N_("To assess again"), to_reassess, all_of_them, reassess, seldom=True)
        )
    return found


def slips(rows: Sequence[ReferralRow]) -> Iterable[WorkRow]:
    """Return the letters whose slip did not come by its day."""
    stage = Stage(ReferralState.ISSUED.label, "hourglass", "wait")
    for row in rows:
        yield WorkRow(
            id=f"job_referral/{row.id}",
            strand="slip",
            page="jobs",
            what=("referrals", row.id),
            days_left=-row.days_overdue,
            due_on=row.due_on,
            number=row.number,
            name=row.name,
            items=f"{row.employer}　{row.occupation}",
            stage=stage.words,
            look=(stage.icon, stage.tone),
            next_step=_("Ask the employer for the result"),
            at=_at(row.issued_on),
        )


def follow_ups(rows: Sequence[FollowUpDue]) -> Iterable[WorkRow]:
    """Return who is to be asked whether they still work there."""
    for row in rows:
        stage = Stage(_("{months} months at work").format(months=row.month), "phone", "accent")
        yield WorkRow(
            id=f"placement/{row.id}",
            strand="follow",
            page="jobs",
            what=("follow_ups", row.id),
            days_left=-row.days,
            due_on=row.due_on,
            number=row.number,
            name=row.name,
            items=f"{row.employer}　{row.occupation}",
            stage=stage.words,
            look=(stage.icon, stage.tone),
            next_step=_("Ask whether they are still there"),
            at=_at(row.started_on),
        )


def recognitions(rows: Sequence[RecognitionRow]) -> Iterable[WorkRow]:
    """Return the recognitions somebody else applied for."""
    stage = Stage(RecognitionState.APPLIED.label, "stamp", "accent")
    step = _("Decide the recognition (applied by {name})")
    for row in rows:
        if row.mine:
            continue
        yield WorkRow(
            id=f"recognition/{row.id}",
            strand="recognise",
            page="jobs",
            what=("recognitions", row.id),
            number=row.number,
            name=row.name,
            items=_(", ").join(row.grounds),
            stage=stage.words,
            look=(stage.icon, stage.tone),
            next_step=step.format(name=row.applied_by),
            at=_at(row.applied_on),
        )


def reassess(rows: Sequence[ReassessRow]) -> Iterable[WorkRow]:
    """Return the households whose income changed because somebody found work."""
    stage = Stage(_("Found work"), "briefcase-business", "wait")
    step = _("Ask the new income and assess again")
    for row in rows:
        yield WorkRow(
            id=f"household/{row.household_id}",
            strand="again",
            page="assessment",
            what=row.household_id,
            household_id=row.household_id,
            number="",
            name=row.head,
            items=_("{name} at work").format(name=row.name),
            stage=stage.words,
            look=(stage.icon, stage.tone),
            next_step=step,
            at=_at(row.started_on),
        )


def _at(day: date) -> datetime:
    return datetime.combine(day, time.min).astimezone()
