"""What the center demands of referrals. Pure: no store, no clock."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from app.core.days import months_after
from app.core.errors import Problem, RuleBroken
from app.core.i18n import N_
from app.core.words.placements import ReferralState
from app.placements.placement_rules import AHEAD
from app.placements.referral_records import ReferralForm, ResultForm
from app.reference.job_rules import JobRules

RESULTS: Final = (ReferralState.HIRED, ReferralState.NOT_HIRED, ReferralState.NOT_APPEARED)
"""What a slip tells."""

TOLD: Final = (*RESULTS, ReferralState.PRESUMED)
"""States of a referral that has come to its end, and whose result can be taken back."""

ENDED_IN_WORK: Final = (ReferralState.HIRED, ReferralState.PRESUMED)


class PairReferred(RuleBroken):
    """Nobody is sent to the same vacancy twice."""

    says = N_("{name} was sent there already: letter {number}, {state}.")


class LimitStands(RuleBroken):
    """A hard limit keeps the two apart; the sentence names each that does."""

    says = N_("{name} cannot be sent to {vacancy}: {why}")


class SlipInTime(RuleBroken):
    """Only an overdue slip counts as hired."""

    says = N_("The slip of {number} is due on {day}; nothing is presumed before that has passed.")


class NotPresumed(RuleBroken):
    """An overdue slip counts as hired only where the rules said so on the day of the letter."""

    says = N_(
        "By the rules the letter {number} was issued by, an overdue slip does not count as hired. "
        "Ask the employer and enter what came of it."
    )


class NothingToPresume(RuleBroken):
    """At least one is presumed."""

    says = N_("Choose at least one referral.")


def due_on(rules: JobRules, issued_on: date, interview_on: date | None) -> date:
    """Return the day by which the slip of a letter has to be back: so many days after it was
    issued, or after an interview that comes later."""
    return (interview_on or issued_on) + timedelta(days=rules.slip_due.days)


def interview_problems(form: ReferralForm, today: date) -> Iterator[Problem]:
    """Yield what is wrong with the day of the interview; an hour without a day is of no use."""
    if form.interview_on is None:
        if form.interview_at.strip():
            says = N_("Enter the day of the interview too: the letter names its hour and place.")
            yield Problem("interview_on", "no_day", says)
        return
    if form.interview_on < today:
        yield Problem("interview_on", "past", N_("This day has passed."))
    if form.interview_on > months_after(today, AHEAD):
        says = N_("This lies more than {months} months ahead.")
        yield Problem("interview_on", "too_far_ahead", says, {"months": AHEAD})


def problems(form: ResultForm, issued_on: date) -> Iterator[Problem]:
    """Yield what does not fit together in a result."""
    if form.result not in RESULTS:
        says = N_("Choose hired, not hired, or did not appear.")
        yield Problem("result", "no_result", says)
    if form.day < issued_on:
        says = N_("This is before the letter was issued on {day}.")
        yield Problem("day", "before_letter", says, {"day": issued_on})
    if form.result is ReferralState.NOT_HIRED and form.reason is None:
        yield Problem("reason", "no_reason", N_("Choose why the person was not hired."))
    if form.result is not ReferralState.NOT_HIRED and form.reason is not None:
        says = N_("Only somebody who was not hired has a reason.")
        yield Problem("reason", "needless_reason", says)
    if form.result is ReferralState.HIRED and form.started_on is None:
        yield Problem("started_on", "no_start", N_("Enter the first day of work."))
