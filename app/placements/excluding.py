"""The verbs of exclusions: a pair that nobody is to be shown any more, and taking that back."""

from sqlalchemy import exists, select

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.drafts.actions import close_draft
from app.placements.match_records import ExclusionForm, ExclusionStep
from app.placements.seeker_store import of_the_person
from app.work import Permission, Topic, Work, action
from db.models.seekers import JobSeeker, MatchExclusion
from db.models.vacancies import Vacancy


class ExcludedAlready(RuleBroken):
    """A pair is excluded once."""

    says = N_("{name} and {number} are excluded from each other already.")


class TakenBackBefore(RuleBroken):
    """An exclusion is taken back once."""

    says = N_("This exclusion was taken back before.")


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.DRAFTS})
def exclude_match(work: Work, form: ExclusionForm) -> int:
    """Exclude a seeker and a vacancy from each other's matches, with the reason.

    It holds for the person, in whatever registration. Returns the id of the exclusion. Raises
    `ExcludedAlready`.
    """
    seeker = work.load(JobSeeker, form.job_seeker_id)
    vacancy = work.load(Vacancy, form.vacancy_id)
    work.subject = f"job_seeker/{seeker.id}"
    stands = exists().where(
        MatchExclusion.job_seeker_id.in_(of_the_person(seeker.id)),
        MatchExclusion.vacancy_id == vacancy.id,
        MatchExclusion.live,
    )
    if work.session.scalar(select(stands)):
        raise ExcludedAlready(name=seeker.name, number=vacancy.number)
    row = MatchExclusion(
        job_seeker_id=seeker.id,
        vacancy_id=vacancy.id,
        reason=form.reason.strip(),
        live=True,
        entered_by=work.actor.id,
        entered_at=work.now,
    )
    if form.draft_id:
        close_draft(work, form.draft_id)
    return work.add(row).id


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def take_back_exclusion(work: Work, step: ExclusionStep) -> None:
    """Let a seeker and a vacancy that were excluded match again.

    Raises `TakenBackBefore`.
    """
    row = work.load(MatchExclusion, step.id, step.version)
    work.subject = f"job_seeker/{row.job_seeker_id}"
    if not row.live:
        raise TakenBackBefore()
    row.live = False
