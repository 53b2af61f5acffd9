"""What the center demands of training: seats, vouchers, results. Pure: no store, no clock."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.core.days import months_after
from app.core.errors import Problem, RuleBroken
from app.core.i18n import N_
from app.core.words.placements import EnrolmentState
from app.placements.training_records import CourseForm, EnrolmentResultForm
from app.reference.job_rules import rules_on

RESULTS: Final = (
    EnrolmentState.COMPLETED,
    EnrolmentState.NOT_COMPLETED,
    EnrolmentState.WITHDRAWN,
)
"""What may come of an enrolment."""

WITH_WORDS: Final = (EnrolmentState.NOT_COMPLETED, EnrolmentState.WITHDRAWN)


class SeatsTaken(RuleBroken):
    """A course keeps the seats that are taken."""

    says = N_("{taken} people have a seat in {number}, so it has at least {taken} seats.")


class CourseFull(RuleBroken):
    """Every seat is given once."""

    says = N_("All {seats} seats of {number} are taken. Choose another course, or add seats.")


class CourseClosed(RuleBroken):
    """Only a course that enrols takes people, and is changed."""

    says = N_("{number} is “{state}”, so it takes nobody any more and stays as it is.")


class CourseRuns(RuleBroken):
    """A course ends on its last day, not before."""

    says = N_("{number} runs until {day}. Change its last day if it ended earlier.")


class CourseHasResults(RuleBroken):
    """A course that somebody completed took place."""

    says = N_("{count} people completed {number}, so it took place: end it instead.")


class EnrolledAlready(RuleBroken):
    """One person has one seat of a course."""

    says = N_("{name} has a seat in {number} already.")


class SeekerGone(RuleBroken):
    """Training is for who is registered."""

    says = N_("The registration {number} of {name} is withdrawn. Renew it first.")


class VoucherLive(RuleBroken):
    """One voucher at a time."""

    says = N_(
        "{name} holds the voucher {number}, which is not used up. One is given at a "
        "time; make that one void first."
    )


class VoucherNotTheirs(RuleBroken):
    """A voucher is for the person it was issued to."""

    says = N_("The voucher {number} was issued to somebody else than {name}.")


class VoucherGone(RuleBroken):
    """What is used or void pays no seat."""

    says = N_("The voucher {number} is “{state}”, so it pays no seat and stays as it is.")


class VoucherRunOut(RuleBroken):
    """A voucher is good for the months that the rules say."""

    says = N_("The voucher {number} is valid from {first} until {last}, not on {day}.")


class ResultThere(RuleBroken):
    """A result is told once; one that was wrong is taken back first."""

    says = N_("The result of {name} is entered already: {state}. Take it back first.")


class NoResult(RuleBroken):
    """Only what was told is taken back."""

    says = N_("The enrolment of {name} is “{state}”, so no result can be taken back.")


class CompletedBeforeStart(RuleBroken):
    """Nobody completes a course before it begins."""

    says = N_("{number} begins on {start}; nobody completed it on {day}. Check the day.")


def course_problems(form: CourseForm) -> Iterator[Problem]:
    """Yield what does not fit together in a course."""
    if form.ends_on < form.starts_on:
        says = N_("This is before the day the course begins.")
        yield Problem("ends_on", "before_start", says)


def result_problems(form: EnrolmentResultForm) -> Iterator[Problem]:
    """Yield what is missing or does not fit in the result of an enrolment."""
    completed = form.state is EnrolmentState.COMPLETED
    if form.state not in RESULTS:
        yield Problem("state", "no_result", N_("Choose what came of it."))
    if completed and form.completed_on is None:
        yield Problem("completed_on", "missing", N_("This has to be filled in."))
    if not completed and form.completed_on is not None:
        says = N_("A day stands here, but the course was not completed.")
        yield Problem("completed_on", "not_completed", says)
    if not completed and form.certificate.strip():
        says = N_("A certificate stands here, but the course was not completed.")
        yield Problem("certificate", "not_completed", says)
    if form.state in WITH_WORDS and not form.note.strip():
        yield Problem("note", "missing", N_("Say in words why."))


def voucher_valid_until(day: date) -> date:
    """Return up to which day a voucher issued on a day is valid."""
    return months_after(day, rules_on(day).voucher_valid.months)


def counts_until(completed_on: date) -> date:
    """Return up to which day work that begins counts as placement after a training."""
    return months_after(completed_on, rules_on(completed_on).placed_after_training.months)
