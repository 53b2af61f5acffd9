"""What the center demands of a registration as job seeker. Pure: no store, no clock."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.core.days import months_after
from app.core.errors import Problem, RuleBroken
from app.core.i18n import N_
from app.core.resident_id import age
from app.core.text import normalise
from app.core.words import Answer
from app.core.words.placements import SeekerState
from app.placements.seeker_records import SeekerForm
from app.reference.job_rules import rules_on

YOUNGEST: Final = 16
"""Years from which somebody may work at all (劳动法 15)."""

LIVE: Final = (SeekerState.SEEKING, SeekerState.PLACED)
"""States of a registration beside which the person gets no other one."""


class TooYoung(RuleBroken):
    """Nobody under sixteen is placed."""

    says = N_("{name} is {age} years old. From {youngest} years on one may be placed in work.")


class RegisteredAlready(RuleBroken):
    """A person has one live registration."""

    says = N_("{name} is registered already: {number}, {state}. Open that registration.")


class OtherRequest(RuleBroken):
    """A request for job placement is of the household of the seeker."""

    says = N_("The request {number} is not one for job placement of this household.")


class PersonFixed(RuleBroken):
    """What was decided or written for one person is not moved to another."""

    says = N_(
        "{number} has recognitions, referrals, placements or training already, so its ID number "
        "stays. Withdraw it and register the other person anew."
    )


class SlipsOut(RuleBroken):
    """A registration is not withdrawn while referrals wait for their slip."""

    says = N_("Slips are still out: {numbers}. Enter their results or make them void first.")


class NotWithdrawn(RuleBroken):
    """What was withdrawn is renewed first."""

    says = N_("{number} is withdrawn. Renew the registration first.")


class AtWork(RuleBroken):
    """Who has found work is registered; leaving the job opens the search again."""

    says = N_("{number} has found work. When the person left the job, enter that instead.")


class RenewedBefore(RuleBroken):
    """A renewal does not lie before the registration."""

    says = N_("{day} is before {before}, the day of the registration. Check the day.")


def check_age(name: str, birth: date, day: date) -> None:
    """Raise `TooYoung` for somebody who may not work yet."""
    years = age(birth, day)
    if years < YOUNGEST:
        raise TooYoung(name=name, age=years, youngest=YOUNGEST)


def valid_until(day: date) -> date:
    """Return up to which day a registration of a day holds."""
    return months_after(day, rules_on(day).registration_valid.months)


def problems(form: SeekerForm) -> Iterator[Problem]:
    """Yield what does not fit together in a form."""
    if form.unemployed_registered is Answer.NO and form.unemployed_since is not None:
        says = N_("A day stands here, but the person is not registered as unemployed.")
        yield Problem("unemployed_since", "not_registered", says)
    if form.unemployed_since is not None and form.unemployed_since > form.registered_on:
        says = N_("This is after the day of the registration.")
        yield Problem("unemployed_since", "after_registration", says)


def wishes_of(form: SeekerForm) -> tuple[str, ...]:
    """Return the occupations wished, the dearest first, each once."""
    told = (form.wish, form.second_wish, form.third_wish)
    return tuple(dict.fromkeys(wish for wish in map(normalise, told) if wish))


def registered(form: SeekerForm) -> Answer:
    """Return whether somebody is registered as unemployed: who tells since when, is."""
    unsaid = form.unemployed_registered in (Answer.NOT_ASKED, Answer.NOT_KNOWN)
    return Answer.YES if unsaid and form.unemployed_since else form.unemployed_registered
