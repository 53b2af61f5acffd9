"""How long one person may hold public-welfare posts (公益性岗位). Pure: no store, no clock."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from app.core.days import months_after
from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.core.resident_id import age
from app.core.words.households import Sex
from app.reference.job_rules import PublicWelfare

DAY: Final = timedelta(days=1)
EARLIEST_PENSION: Final = {Sex.MALE: 50, Sex.FEMALE: 45}
"""Years from which somebody may reach the pension: those who are too sick to work
(国发〔1978〕104号)."""

Period = tuple[date, date]
"""From the first to the last day in a post, both included."""


class BelowMinimumWage(RuleBroken):
    """A public-welfare post pays at least the minimum wage."""

    says = N_(
        "The minimum wage of {district} on {day} is {least} yuan a month ({document}). A "
        "public-welfare post pays no less; {wage} yuan stand here."
    )


class YearsUsedUp(RuleBroken):
    """The months that one person may hold public-welfare posts are used up."""

    says = N_(
        "{name} has been in public-welfare posts for {used} days already; {months} months in all "
        "are allowed. Only who has at most {years} years to the pension may stay until then: enter "
        "that day if it is so."
    )


class PensionReached(RuleBroken):
    """Who has reached the pension holds no public-welfare post."""

    says = N_("{name} reaches the pension on {day}, not after the post begins. Check the days.")


class PensionTooEarly(RuleBroken):
    """Nobody is put near a pension that is years away."""

    says = N_(
        "{name} is {age} years old on {day}; nobody reaches the pension before {least}. Check the "
        "day of the pension."
    )


class StillInPost(RuleBroken):
    """One person holds one public-welfare post at a time."""

    says = N_("{name} is still in a public-welfare post ({number}). Enter first that it ended.")


def days_used(periods: Sequence[Period]) -> int:
    """Return how many days somebody has been in public-welfare posts."""
    return sum((last - first).days + 1 for first, last in periods)


def check_pension(name: str, sex: Sex, birth: date, retires_on: date) -> None:
    """Raise `PensionTooEarly` for a pension at an age at which nobody reaches it."""
    years, least = age(birth, retires_on), EARLIEST_PENSION[sex]
    if years < least:
        raise PensionTooEarly(name=name, age=years, day=retires_on, least=least)


def near_pension(rules: PublicWelfare, started_on: date, retires_on: date) -> bool:
    """Tell whether somebody is so near the pension when a post begins that they may stay."""
    return retires_on <= months_after(started_on, rules.near_retirement_years * 12)


def days_allowed(rules: PublicWelfare, first: date) -> int:
    """Return how many days of posts the rules allow somebody whose first one began on a day."""
    return (months_after(first, rules.months) - first).days


def last_day_of(
    rules: PublicWelfare, started_on: date, retires_on: date | None, earlier: Sequence[Period] = ()
) -> date | None:
    """Return the last day of a post that begins on a day; `None` when nothing is left.

    Who is near the pension may stay up to that day, whatever was used before; for others the
    earlier posts count, and what is left is counted in days.
    """
    if retires_on is not None and near_pension(rules, started_on, retires_on):
        return retires_on
    first = min([started_on, *(first for first, _ in earlier)])
    left = days_allowed(rules, first) - days_used(earlier)
    return started_on + DAY * (left - 1) if left > 0 else None
