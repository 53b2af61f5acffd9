"""What the center demands of placements and follow-ups. Pure: no store, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from app.core.days import months_after
from app.core.errors import Problem, RuleBroken
from app.core.i18n import N_
from app.core.money import Fen
from app.core.words import Answer
from app.core.words.placements import FollowUpResult, Proof
from app.reference.job_rules import rules_on
from app.reference.workdays import add_workdays

ASK_AGAIN: Final = 5
"""Working days after which somebody who was not reached is asked again [our rule]."""

AHEAD: Final = 3
"""Months that the first day of work may lie ahead at most [our rule]: later it is a slip."""


class StillAtWork(RuleBroken):
    """One person is placed once at a time."""

    says = N_(
        "{name} works at {employer} since {day} ({number}). Enter first that the person left there."
    )


class AtWorkThen(RuleBroken):
    """One person is placed once at a time, also in what is entered later."""

    says = N_(
        "{name} worked at {employer} from {first} to {last} ({number}); two jobs do not stand at "
        "one time. Mend the day that is wrong, or take back what was entered in error."
    )


class NoPostLeft(RuleBroken):
    """No more people are hired than there are posts."""

    says = N_(
        "All {heads} posts of {number} are filled. When the employer hires more, change the number "
        "of posts first."
    )


class LetterOut(RuleBroken):
    """What a letter led to is entered with its slip."""

    says = N_("The letter {number} sent this person there. Enter its result instead.")


class RecognitionNeeded(RuleBroken):
    """Public-welfare posts are for recognised people alone."""

    says = N_(
        "{number} is a public-welfare post, and {name} is not recognised as difficult to employ."
    )


class LeftBeforeStart(RuleBroken):
    """Nobody leaves before they began."""

    says = N_("{day} is before {before}, the first day of work. Check the day.")


class AskedTooEarly(RuleBroken):
    """That somebody is still there after so many months is not told before they have passed."""

    says = N_(
        "The follow-up after {months} months is due on {day}. Before that it cannot be told that "
        "the person is still there."
    )


class NoneDue(RuleBroken):
    """Every follow-up was made, or the person is not there any more."""

    says = N_("No follow-up of {number} is open.")


class ProofNeeded(RuleBroken):
    """What is not shown yet is proved by a paper, not by less."""

    says = N_("Choose what shows it: a labour contract, an insurance paid, or a wage paid.")


class StillPresumed(RuleBroken):
    """What was presumed is mended by what shows it."""

    says = N_("{number} is presumed by the deadline only. Enter its slip, or what shows it.")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What shows that somebody really works there."""

    on: date
    """The day of the slip or the paper: a proof counts from then."""
    proof: Proof = Proof.NOT_SHOWN
    proof_words: str = ""
    insured_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What is told of the work somebody found."""

    started_on: date
    shown: Shown
    wage: Fen | None = None
    contract_months: int | None = None
    retires_on: date | None = None
    free_of_charge: Answer = Answer.NOT_ASKED
    note: str = ""


def start_problems(started_on: date, not_before: date, today: date) -> Iterator[Problem]:
    """Yield what is wrong with the first day of work."""
    if started_on < not_before:
        says = N_("This is before {day}, when the person was sent or registered.")
        yield Problem("started_on", "before_referral", says, {"day": not_before})
    if started_on > months_after(today, AHEAD):
        says = N_("This lies more than {months} months ahead.")
        yield Problem("started_on", "too_far_ahead", says, {"months": AHEAD})


def proof_problems(shown: Shown, started_on: date, today: date) -> Iterator[Problem]:
    """Yield what a proof lacks: a contract its number, an insurance its month, a wage its slip."""
    match shown.proof:
        case Proof.CONTRACT if not shown.proof_words.strip():
            says = N_("A contract is proved by its number.")
            yield Problem("proof_words", "no_contract_number", says)
        case Proof.WAGE if not shown.proof_words.strip():
            yield Problem("proof_words", "no_wage_slip", N_("Say what shows the wage."))
        case Proof.INSURANCE if shown.insured_from is None:
            says = N_("An insurance is proved by the first month that was paid.")
            yield Problem("insured_from", "no_month", says)
        case Proof.PRESUMED:
            says = N_("Only an overdue slip is presumed. Choose what shows it.")
            yield Problem("proof", "not_presumed", says)
        case _:
            pass
    if shown.insured_from is not None and not (
        month_of(started_on) <= month_of(shown.insured_from) <= month_of(today)
    ):
        says = N_("The month insured lies between the first day of work and today.")
        yield Problem("insured_from", "outside", says)


def month_of(day: date) -> date:
    """Return the first day of a month."""
    return day.replace(day=1)


# Follow-ups


class Due(NamedTuple):
    """A follow-up: after how many months, and the day it is due."""

    month: int
    on: date


class Answered(NamedTuple):
    """What one call tells of one follow-up."""

    due: Due
    result: FollowUpResult


def follow_ups_of(started_on: date) -> list[Due]:
    """Return all follow-ups of somebody who began on a day, by the rules of that day."""
    months = rules_on(started_on).follow_ups.months
    return [Due(month, months_after(started_on, month)) for month in months]


def open_of(started_on: date, month: int | None) -> list[Due]:
    """Return the follow-ups that are open when the one of ``month`` is the next."""
    return [due for due in follow_ups_of(started_on) if month is not None and due.month >= month]


def at_work(open_: list[Due], until: date) -> list[Answered]:
    """Return what is told of the open follow-ups by somebody being there until a day.

    Every one that has come by then is answered, so that a late call answers for the months it
    came too late for.
    """
    return [Answered(due, FollowUpResult.AT_WORK) for due in open_ if due.on <= until]


def asked_again_on(day: date) -> date:
    """Return when somebody who was not reached on a day is asked again."""
    return add_workdays(day, ASK_AGAIN).day
