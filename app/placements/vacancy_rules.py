"""What the center demands of a vacancy, and how long it counts as fresh. Pure: no store, no
clock."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from app.core.days import months_after
from app.core.errors import Problem, RuleBroken
from app.core.i18n import N_
from app.core.words.placements import PayUnit
from app.placements.seeker_rules import YOUNGEST
from app.placements.vacancy_records import VacancyForm
from app.reference.job_rules import rules_on
from app.reference.workdays import Deadline, add_workdays, calendar

DAY: Final = timedelta(days=1)


class VacancyFixed(RuleBroken):
    """What referrals and placements rest on is not moved."""

    says = N_(
        "Employer, kind of post and day of the report of {number} stay as they were. Withdraw it "
        "and enter a new one."
    )


class VacancyWithdrawn(RuleBroken):
    """What was withdrawn is opened again first."""

    says = N_("{number} is withdrawn. Open it again first.")


class NotHiring(RuleBroken):
    """Only what still hires is confirmed."""

    says = N_("{numbers}: these do not hire any more, so there is nothing to confirm.")


class RunOut(RuleBroken):
    """What ran out is not made fresh without a new last day."""

    says = N_("{numbers}: these have run out by {day}. Say until when they are valid now.")


class ConfirmedLater(RuleBroken):
    """A confirmation does not take the place of a later one."""

    says = N_("{numbers}: these were reported or confirmed after {day} already. Check the day.")


class NothingChosen(RuleBroken):
    """At least one is confirmed."""

    says = N_("Choose at least one vacancy.")


class PostsTaken(RuleBroken):
    """A vacancy keeps the posts that are filled."""

    says = N_("{hired} people were hired for {number}, so it has at least {hired} posts.")


def problems(form: VacancyForm) -> Iterator[Problem]:
    """Yield what does not fit together in a form, or what the law does not allow."""
    if form.wage_to is not None and form.wage_to < form.wage_from:
        yield Problem("wage_to", "less_than_from", N_("This is less than the pay it starts from."))
    if form.public_welfare and form.pay_unit is not PayUnit.MONTH:
        says = N_(
            "A public-welfare post is paid by the month, so that its pay can be held against the "
            "minimum wage."
        )
        yield Problem("pay_unit", "public_welfare_month", says)
    yield from _ages(form)
    yield from _grounds(form)
    if form.valid_until is not None and form.valid_until < form.opened_on:
        says = N_("This is before the day of the report.")
        yield Problem("valid_until", "before_report", says)


def _ages(form: VacancyForm) -> Iterator[Problem]:
    for name, years in (("age_from", form.age_from), ("age_to", form.age_to)):
        if years is not None and years < YOUNGEST:
            says = N_(
                "Nobody under {youngest} may be hired (Labour Law, article 15), so no limit of age "
                "lies below."
            )
            yield Problem(name, "child_labour", says, {"youngest": YOUNGEST})
    if form.age_from is not None and form.age_to is not None and form.age_to < form.age_from:
        yield Problem("age_to", "less_than_from", N_("This is less than the age it starts from."))


def _grounds(form: VacancyForm) -> Iterator[Problem]:
    """Yield what is wrong with a limit of sex or age that names no law which allows it."""
    if form.limit_ground.strip():
        return
    if form.sex is not None:
        says = N_(
            "A limit of sex is allowed only for work that the state names as unsuitable for women "
            "(Employment Promotion Law, article 27). Name that rule here, or take the limit out."
        )
        yield Problem("limit_ground", "sex_without_ground", says)
    elif form.age_from is not None or form.age_to is not None:
        says = N_(
            "A limit of age needs the rule that allows it for this work. Name that rule here, or "
            "take the limit out."
        )
        yield Problem("limit_ground", "age_without_ground", says)


def valid_until(day: date) -> date:
    """Return up to which day a vacancy reported on a day is valid, as the rules propose."""
    return months_after(day, rules_on(day).vacancy_valid.months)


def confirm_by(confirmed_on: date, today: date) -> Deadline:
    """Return the last working day on which a vacancy is fresh by the rules of today."""
    return add_workdays(confirmed_on, rules_on(today).vacancy_fresh.days)


def fresh_since(today: date) -> date:
    """Return the first day whose confirmation still counts today.

    From the day after it to today lie at most as many working days as the rules of today give.
    """
    days, left, day = calendar(), rules_on(today).vacancy_fresh.days, today
    while left >= (spent := int(days.expected(day))):
        left -= spent
        day -= DAY
    return day
