"""What the center demands of filing steps. Steps, lengths and tests come from the policy."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.core.errors import RuleBroken
from app.core.flow import Flow
from app.core.i18n import N_, _
from app.core.words.filing import (
    IN_THE_WAY,
    RESULTS,
    CheckResult,
    ReviewResult,
    StepAct,
    StepKind,
    StepState,
)
from app.filing.policy import Exit, Notice, NoticeUnit
from app.filing.reports import CheckReport, ExitTold, NoticeReport
from app.reference.workdays import Deadline, add_workdays

FLOW: Flow[StepState, StepAct] = Flow(
    {
        (StepState.OPEN, StepAct.REPORT): StepState.REPORTED,
        (StepState.OPEN, StepAct.VOID): StepState.VOID,
        (StepState.REPORTED, StepAct.FINISH): StepState.DONE,
        (StepState.REPORTED, StepAct.SEND_BACK): StepState.OPEN,
        (StepState.REPORTED, StepAct.VOID): StepState.VOID,
    }
)

ADULT = 18
"""From this age one signs for oneself (《民法典》 article 17)."""


class AlreadyRunning(RuleBroken):
    """One step of a kind runs for a household at a time."""

    says = N_("This step is in hand already: {step}. Finish it or make it void first.")


class FileClosed(RuleBroken):
    """The household's file is closed."""

    says = N_("The file of this household is closed. Take the household in again first.")


class NotOnFile(RuleBroken):
    """The household has no active file."""

    says = N_("This household is not on file, so there is nothing to review or to leave.")


class NotOut(RuleBroken):
    """Only who left can come back."""

    says = N_("The file of this household is not closed, so it cannot come back to it.")


class TooFewInvestigators(RuleBroken):
    """A visit is made by several people together."""

    says = N_("A home visit is made by {count} people together. Please name the second one.")


class SignatureMissing(RuleBroken):
    """Every adult member authorises the cross-check."""

    says = N_("The authorisation is not signed by all adult members. Still missing: {names}.")


class NobodyAsked(RuleBroken):
    """A cross-check without anybody asked is none."""

    says = N_("Please choose which departments were asked.")


class AuthorisedTooLate(RuleBroken):
    """Nobody is asked before the authorisation is signed."""

    says = N_(
        "The answers are of {answered}, the authorisation of {authorised}: nobody may be asked "
        "before it is signed. Please look at the days."
    )


class WordsMissing(RuleBroken):
    """Something unusual needs its words."""

    says = N_("Please write what differs: whoever files the household reads it.")


class NoticeRuns(RuleBroken):
    """A notice comes down after its last day, not on it."""

    says = N_("The notice has to stand until {ends}. It can be taken down from the day after.")


class NoticeRunsProvisionally(NoticeRuns):
    """The same, where the calendar is not known as far as that."""

    says = N_(
        "The notice has to stand until {ends} (provisional: the holidays of that year are not "
        "announced yet). It can be taken down from the day after."
    )


class ObjectionOpen(RuleBroken):
    """A notice with an open objection does not end."""

    says = N_("An objection is not answered yet. Say how it was dealt with first.")


class NoObjectionOpen(RuleBroken):
    """There is nothing to answer."""

    says = N_("Every objection is answered already.")


class PostedBefore(RuleBroken):
    """Posting anew cannot lie before what it answers."""

    says = N_("The objection came on {received}: it cannot have been answered before that day.")


class NotClassified(RuleBroken):
    """The notice would have no category to show, or the return no hardship."""

    says = N_("The household is not found to be in hardship today: {why}.")


class StepsMissing(RuleBroken):
    """The center requires steps that are not done for this application."""

    says = N_(
        "The household cannot be filed yet. Still missing: {steps}. They stand on the tab "
        "“Filing steps”."
    )


class NoSuchExit(RuleBroken):
    """The reason is none of the policy in force."""

    says = N_("“{reason}” is no reason for an exit in the document in force.")


class ExitTestNotMet(RuleBroken):
    """The time that the reason asks is not reached."""

    says = N_(
        "{title} needs {needed} months in a row; {shown} are shown. The household stays on file "
        "until then."
    )


class MoneyUnderway(RuleBroken):
    """Relief that is on its way is paid or taken back before a household leaves."""

    says = N_(
        "Relief of this household is on its way ({numbers}). It has to be paid or withdrawn before "
        "the household leaves the files."
    )


class CaseUnderway(RuleBroken):
    """An application that is open is decided before a household leaves."""

    says = N_("Application {number} is not decided. Decide it before the household leaves.")


class ReviewDoesNotFit(RuleBroken):
    """What a review proposes contradicts the assessment of the day."""

    says = N_("By today's assessment: {assessed}. That does not fit “{outcome}”.")


class AssessmentChanged(RuleBroken):
    """A decision rests on the assessment that was reported."""

    says = N_(
        "Today's assessment is not the one that was reported: {assessed}. Send it back, so that it "
        "is looked at again."
    )


class OpinionMissing(RuleBroken):
    """Sending back and refusing need words."""

    says = N_("Please write the reason: whoever reported it reads it.")


class NoSampleAsked(RuleBroken):
    """The document in force draws no sample."""

    says = N_("The document in force asks for no sample.")


class SampleDrawn(RuleBroken):
    """A year's sample is drawn once."""

    says = N_("The sample for {year} is drawn already: {count} files.")


class DoneStep(NamedTuple):
    """A step as far as filing asks: what it is and how it ended."""

    kind: StepKind
    state: StepState
    result: str


def missing_steps(required: Iterable[StepKind], steps: Sequence[DoneStep]) -> tuple[StepKind, ...]:
    """Return the required kinds that are not done; ``steps`` stand with the newest first.

    Of several steps of a kind the newest one that is not void counts, and a result that speaks
    against filing does not.
    """
    return tuple(kind for kind in required if not _done(kind, steps))


def _done(kind: StepKind, steps: Sequence[DoneStep]) -> bool:
    newest = next(
        (step for step in steps if step.kind is kind and step.state is not StepState.VOID), None
    )
    return newest is not None and newest.state is StepState.DONE and passed(kind, newest.result)


def passed(kind: StepKind, result: str) -> bool:
    """Tell whether a result lets the file go on."""
    return bool(result) and RESULTS[kind](result) not in IN_THE_WAY


def notice_end(notice: Notice, posted_on: date) -> Deadline:
    """Return the last day of a notice; the clock starts the day after it was posted."""
    return last_day(notice.length, notice.unit, posted_on)


def last_day(length: int, unit: NoticeUnit, posted_on: date) -> Deadline:
    """Return the ``length``-th day after ``posted_on``; days of the week are always known."""
    if unit is NoticeUnit.WORKING_DAYS:
        return add_workdays(posted_on, length)
    return Deadline(posted_on + timedelta(days=length), provisional=False)


def check_take_down(report: NoticeReport, on: date) -> None:
    """Raise `ObjectionOpen` or `NoticeRuns` when a notice cannot come down on ``on``."""
    if any(not objection.answer for objection in report.objections):
        raise ObjectionOpen()
    end = last_day(report.length, report.unit, report.posted_on)
    if on <= end.day:
        raise (NoticeRunsProvisionally if end.provisional else NoticeRuns)(ends=end.day)


def is_adult(birth: date | None, today: date) -> bool:
    """Tell whether somebody signs for oneself; of whom the birth is not known signs."""
    if birth is None:
        return True
    return today >= _birthday(birth, ADULT)


def _birthday(birth: date, years: int) -> date:
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:  # born on a leap day
        return date(birth.year + years, 3, 1)


def check_answers(report: CheckReport, adults: Sequence[tuple[int, str]]) -> None:
    """Raise what keeps a cross-check out: an adult (id, name) who did not sign, nobody asked,
    asked before it was signed, differences without words."""
    absent = [name for id_, name in adults if id_ not in report.signed_by]
    if absent:
        raise SignatureMissing(names=_(", ").join(absent))
    if not report.asked:
        raise NobodyAsked()
    if report.answered_on < report.authorised_on:
        raise AuthorisedTooLate(answered=report.answered_on, authorised=report.authorised_on)
    if report.result is not CheckResult.AGREES and not report.differences.strip():
        raise WordsMissing()


def check_exit(told: ExitTold, reason: Exit | None) -> Exit:
    """Return the reason of an exit; raise when it is none, or its time is not reached."""
    if reason is None:
        raise NoSuchExit(reason=told.reason)
    shown = told.months or 0
    if shown < reason.months:
        raise ExitTestNotMet(title=reason.title, needed=reason.months, shown=shown)
    return reason


def fits(outcome: ReviewResult, category_before: str, category_now: str) -> bool:
    """Tell whether a review may propose ``outcome`` on the category of the day, empty for none.

    A category changes only to the one that the assessment says, and a file is not kept in another
    one. A file that is no longer found to be in hardship may stay for the time that an exit asks.
    """
    differs = bool(category_now) and category_now != category_before
    match outcome:
        case ReviewResult.KEPT:
            return not differs
        case ReviewResult.CATEGORY_CHANGED:
            return differs
        case ReviewResult.EXIT:
            return True


def quarter_end(day: date) -> date:
    """Return the last day of the quarter that ``day`` lies in."""
    month = (day.month - 1) // 3 * 3 + 3
    return add_months(date(day.year, month, 1), 1) - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later (or earlier); the last of the month where there is
    none."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(f"{day} and {months} months")


def drawn(households: Iterable[int], seed: str, percent: int) -> list[int]:
    """Return which households are drawn: ``percent`` of them, rounded up, by the order of the
    SHA-256 of seed and id, so that anybody can draw the same again."""
    order = sorted(households, key=lambda id_: hashlib.sha256(f"{seed}/{id_}".encode()).digest())
    return sorted(order[: -(-len(order) * percent // 100)])
