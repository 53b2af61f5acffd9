"""Keeps the follow-ups of placements: what one call tells, and which of them is the next."""

from datetime import date

from sqlalchemy import select

from app.core.days import months_after
from app.core.money import Fen
from app.core.words.placements import FollowUpResult, PlacementState
from app.placements.placement_rules import Answered, Due, at_work, open_of
from app.work import Work
from db.models.placements import FollowUp, Placement


def there_until(open_: list[Due], left_on: date) -> list[Answered]:
    """Return the follow-ups that somebody answers by having been there until the day they left."""
    return [each for each in at_work(open_, left_on) if each.due.on < left_on]


def ask_from(work: Work, placement: Placement) -> None:
    """Let the follow-ups fall due by a first day of work that moved; who left answers those whose
    day came before."""
    open_ = unanswered(work, placement)
    if placement.state is PlacementState.WORKING:
        set_next(placement, open_)
    elif placement.left_on is not None:
        write(work, placement, there_until(open_, placement.left_on), work.today)


def unanswered(work: Work, placement: Placement) -> list[Due]:
    """Return the follow-ups for which nobody has told yet that the person was there; none of a
    placement of an old register, which asks nobody.

    What was told before its day came is no answer: the first day of work has moved since.
    """
    if placement.import_batch_id is not None:
        return []
    told = work.session.execute(
        select(FollowUp.month, FollowUp.done_on).where(
            FollowUp.placement_id == placement.id, FollowUp.result == FollowUpResult.AT_WORK
        )
    )
    began = placement.started_on
    there = [month for month, done_on in told if months_after(began, month) <= done_on]
    return open_of(began, max(there, default=0) + 1)


def set_next(placement: Placement, open_: list[Due]) -> None:
    """Let the first of the open follow-ups be the next one."""
    due = open_[0] if open_ else None
    placement.next_follow_up_on = due.on if due else None
    placement.next_follow_up_month = due.month if due else None


def write(
    work: Work,
    placement: Placement,
    answered: list[Answered],
    done_on: date,
    wage: Fen | None = None,
    note: str = "",
) -> None:
    """Keep what one call tells; the wage and the note stand with the last of its answers."""
    for at, (due, result) in enumerate(answered, 1):
        last = at == len(answered)
        work.add(
            FollowUp(
                placement_id=placement.id,
                month=due.month,
                due_on=due.on,
                done_on=done_on,
                result=result,
                wage=wage if last else None,
                note=note.strip() if last else "",
                done_by=work.actor.id,
                done_at=work.now,
            )
        )
