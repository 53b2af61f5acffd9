"""Words of filing steps: what they are, where they stand, and what came of each."""

from enum import StrEnum

from app.core.i18n import N_
from app.core.words import Word


class StepKind(Word):
    """A step of a hardship file: before it is filed, while it is on file, and after."""

    VISIT = "visit", N_("Home visit")
    CROSS_CHECK = "cross_check", N_("Cross-check")
    NOTICE = "notice", N_("Public notice")
    REVIEW = "review", N_("Annual review")
    EXIT = "exit", N_("Exit")
    RETURN = "return", N_("Return")


BEFORE_FILING = (StepKind.VISIT, StepKind.CROSS_CHECK, StepKind.NOTICE)
"""Steps that a center can require before a household is put on file."""

DECIDED = (StepKind.REVIEW, StepKind.EXIT, StepKind.RETURN)
"""Steps that one person reports and another one decides."""


class StepState(Word):
    """Where a step stands."""

    OPEN = "open", N_("In hand")
    REPORTED = "reported", N_("To be decided")
    DONE = "done", N_("Done")
    VOID = "void", N_("Void")


class StepAct(StrEnum):
    """What can be done with a step."""

    REPORT = "report"
    FINISH = "finish"
    SEND_BACK = "send_back"
    VOID = "void"


class VisitResult(Word):
    """What the investigators found."""

    CONFIRMED = "confirmed", N_("As told")
    DIFFERS = "differs", N_("Not as told")


class CheckResult(Word):
    """What the other departments answered."""

    AGREES = "agrees", N_("No difference")
    EXPLAINED = "explained", N_("Differences explained")
    DIFFERS = "differs", N_("Differences not explained")


class NoticeResult(Word):
    """What the public said."""

    NO_OBJECTION = "no_objection", N_("No objection")
    ANSWERED = "answered", N_("Objections answered")
    UPHELD = "upheld", N_("Objection upheld")


class ReviewResult(Word):
    """What a review comes to."""

    KEPT = "kept", N_("Stays on file")
    CATEGORY_CHANGED = "category_changed", N_("Category changed")
    EXIT = "exit", N_("To exit")


class ReviewWay(Word):
    """How a review was made."""

    COUNTER = "counter", N_("At the counter")
    VISIT = "visit", N_("Home visit")
    TELEPHONE = "telephone", N_("By telephone")


class ExitOutcome(Word):
    """The ways out of the files; each has its library of closed files."""

    LIFTED = "lifted", N_("Out of hardship")
    SAFETY_NET = "safety_net", N_("Under the safety net")
    CANCELLED = "cancelled", N_("Cancelled")


class ReturnResult(Word):
    """What a return comes to."""

    RETURNED = "returned", N_("Back on file")


class StepDecision(Word):
    """What the second person decides on a report."""

    AGREE = "agree", N_("Agree")
    SEND_BACK = "send_back", N_("Send back")
    REFUSE = "refuse", N_("Do not agree")


RESULTS: dict[StepKind, type[Word]] = {
    StepKind.VISIT: VisitResult,
    StepKind.CROSS_CHECK: CheckResult,
    StepKind.NOTICE: NoticeResult,
    StepKind.REVIEW: ReviewResult,
    StepKind.EXIT: ExitOutcome,
    StepKind.RETURN: ReturnResult,
}
"""The results of each kind of step."""

IN_THE_WAY = frozenset({VisitResult.DIFFERS, CheckResult.DIFFERS, NoticeResult.UPHELD})
"""Results with which a step does not count as done for filing."""
