"""The verb of follow-ups: who is still there after one, three, six months."""

from collections.abc import Iterator

from app.core.errors import Invalid, NotNow, Problem
from app.core.i18n import N_
from app.core.words.placements import FollowUpResult, PlacementState
from app.placements.follow_up_store import set_next, write
from app.placements.placement_records import FollowUpForm
from app.placements.placement_rules import (
    Answered,
    AskedTooEarly,
    NoneDue,
    asked_again_on,
    at_work,
    open_of,
)
from app.placements.placement_store import end_job
from app.work import Permission, Topic, Work, action
from db.models.placements import Placement


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def tell_follow_up(work: Work, form: FollowUpForm) -> None:
    """Keep what a follow-up found: still at work, left the job, or not reached.

    A late answer stands for every follow-up that has come by then. Who was not reached is asked
    again after some working days, for the same month. Who left looks for work again. Raises
    `NotNow` for somebody who is not there any more, `NoneDue`, `AskedTooEarly`, `LeftBeforeStart`.
    """
    placement = work.load(Placement, form.id, form.version)
    work.subject = f"placement/{placement.id}"
    if placement.state is not PlacementState.WORKING:
        raise NotNow(state=placement.state.label, step="follow up")
    open_ = open_of(placement.started_on, placement.next_follow_up_month)
    if not open_:
        raise NoneDue(number=placement.number)
    if wrong := list(_problems(form, placement)):
        raise Invalid(wrong)
    match form.result:
        case FollowUpResult.AT_WORK:
            answered = at_work(open_, form.done_on)
            if not answered:
                raise AskedTooEarly(months=open_[0].month, day=open_[0].on)
            set_next(placement, open_[len(answered) :])
        case FollowUpResult.NOT_REACHED:
            answered = [Answered(open_[0], form.result)]
            again = asked_again_on(form.done_on)
            placement.next_follow_up_on = max(open_[0].on, again)
        case FollowUpResult.LEFT:
            left_on = form.left_on or form.done_on
            left = end_job(work, placement, left_on, form.reason or form.note, form.done_on)
            answered = [Answered(due, form.result) for due in left[:1]]
    write(work, placement, answered, form.done_on, form.wage, form.note)


def _problems(form: FollowUpForm, placement: Placement) -> Iterator[Problem]:
    if form.done_on < placement.started_on:
        says = N_("This is before the first day of work.")
        yield Problem("done_on", "before_start", says)
    if form.result is not FollowUpResult.LEFT:
        if form.left_on is not None:
            says = N_("A day stands here, but the person did not leave.")
            yield Problem("left_on", "not_left", says)
        return
    if form.left_on is None:
        yield Problem("left_on", "missing", N_("Enter the day the person left."))
    elif form.left_on > form.done_on:
        yield Problem("left_on", "after_asking", N_("This is after the day of the follow-up."))
