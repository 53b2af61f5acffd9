"""The reports of filing steps: what was done and what came of it, kept with each step."""

from datetime import date
from typing import Annotated, Final

from app.core.i18n import N_
from app.core.kinds import Choice, Count, Day, Flag, Lines, Many, Name, Part, Text, YesNo
from app.core.record import Record
from app.core.words import Answer
from app.core.words.filing import (
    CheckResult,
    ExitOutcome,
    ReviewResult,
    ReviewWay,
    StepKind,
    VisitResult,
)
from app.filing.policy import NoticeUnit

Place = Annotated[str, Text(label=N_("Posted at"), min_length=2, max_length=80)]
PostedOn = Annotated[date, Day(label=N_("Posted on"))]
Words = Annotated[str, Lines(label=N_("Opinion"), max_length=300)]
Provisional = Annotated[bool, Flag(label=N_("Due date provisional"))]


class VisitReport(Record):
    """A home visit (入户调查): who went, what is clear, and whether it is as was told."""

    visited_on: Annotated[date, Day(label=N_("Day of the visit"), may_be_future=False)]
    investigator: Annotated[str, Name(label=N_("Investigator"))]
    second_investigator: Annotated[str, Name(label=N_("Second investigator"))] = ""
    spoken_with: Annotated[str, Name(label=N_("Spoken with"))] = ""
    members: Annotated[Answer, YesNo(label=N_("Members are clear"))] = Answer.NOT_ASKED
    address: Annotated[Answer, YesNo(label=N_("Address is clear"))] = Answer.NOT_ASKED
    income: Annotated[Answer, YesNo(label=N_("Income is clear"))] = Answer.NOT_ASKED
    illness: Annotated[Answer, YesNo(label=N_("Illness is clear"))] = Answer.NOT_ASKED
    work: Annotated[Answer, YesNo(label=N_("Work is clear"))] = Answer.NOT_ASKED
    schooling: Annotated[Answer, YesNo(label=N_("Schooling is clear"))] = Answer.NOT_ASKED
    found: Annotated[str, Lines(label=N_("What was found"), max_length=500)] = ""
    result: Annotated[VisitResult, Choice(label=N_("Result"), words=VisitResult)]


SIX_CLEAR: Final = ("members", "address", "income", "illness", "work", "schooling")
"""The fields of a visit for the six things to be made clear (六清楚)."""


class CheckReport(Record):
    """A cross-check (信息比对): who signed the authorisation, who was asked, what they said."""

    authorised_on: Annotated[date, Day(label=N_("Authorised on"), may_be_future=False)]
    signed_by: Annotated[tuple[int, ...], Many(label=N_("Signed by"))]
    """Ids of the members whose signature stands on the authorisation."""
    valid_until: Annotated[date | None, Day(label=N_("Authorisation valid until"))] = None
    asked: Annotated[tuple[str, ...], Many(label=N_("Departments asked"))]
    answered_on: Annotated[date, Day(label=N_("Answers complete on"), may_be_future=False)]
    answers: Annotated[str, Lines(label=N_("Answers"), max_length=1000)] = ""
    differences: Annotated[str, Lines(label=N_("Differences"), max_length=500)] = ""
    result: Annotated[CheckResult, Choice(label=N_("Result"), words=CheckResult)]


class Objection(Record):
    """What somebody said against a notice, and how it was dealt with. Who it was is not kept."""

    received_on: Annotated[date, Day(label=N_("Received on"), may_be_future=False)]
    says: Annotated[str, Lines(label=N_("Objection"), max_length=300)]
    answer: Annotated[str, Lines(label=N_("How it was dealt with"), max_length=300)] = ""
    """Empty while it is being looked into."""
    answered_on: Annotated[date | None, Day(label=N_("Answered on"))] = None
    upheld: Annotated[bool, Flag(label=N_("The objection is upheld"))] = False


class NoticeReport(Record):
    """A public notice (公示): where and since when it stands, until when, and what was said."""

    place: Place
    first_posted_on: Annotated[date, Day(label=N_("First posted on"))]
    posted_on: PostedOn
    """The day the clock was last started; it counts from the day after."""
    ends_on: Annotated[date, Day(label=N_("Ends on"))]
    ends_provisional: Provisional
    length: Annotated[int, Count(label=N_("Length"), at_least=1)]
    unit: Annotated[NoticeUnit, Choice(label=N_("Counted in"), words=NoticeUnit)]
    category: Annotated[str, Text(label=N_("Hardship category"))] = ""
    items: Annotated[tuple[str, ...], Many(label=N_("Applied for"))] = ()
    objections: Annotated[tuple[Objection, ...], Many(label=N_("Objections"))] = ()
    taken_down_on: Annotated[date | None, Day(label=N_("Taken down on"))] = None
    taken_down_by: Annotated[str, Name(label=N_("Taken down by"))] = ""


class Sampled(Record):
    """Says that a file was drawn for the check of a year, and how, so that it can be drawn again.

    The files on file are ordered by the SHA-256 of seed and household id; the first are taken.
    """

    year: Annotated[int, Count(label=N_("Year"))]
    seed: Annotated[str, Text(label=N_("Seed"))]
    drawn: Annotated[int, Count(label=N_("Files drawn"))]
    of: Annotated[int, Count(label=N_("Files on file"))]


class ReviewTold(Record):
    """What the reviewer says of a file (年审)."""

    reviewed_on: Annotated[date, Day(label=N_("Reviewed on"), may_be_future=False)]
    way: Annotated[ReviewWay, Choice(label=N_("How"), words=ReviewWay)]
    changes: Annotated[str, Lines(label=N_("What has changed"), max_length=500)] = ""
    outcome: Annotated[ReviewResult, Choice(label=N_("Proposal"), words=ReviewResult)]
    opinion: Words = ""


class ReviewReport(ReviewTold):
    """A review with the assessment of its day, which is sealed."""

    category_before: Annotated[str, Text(label=N_("Category until now"))]
    category_now: Annotated[str, Text(label=N_("Category by assessment"))]
    vocabulary: Annotated[str, Text(label=N_("Document"))] = ""
    """The id of the classification whose words the category is one of."""
    assessed: Annotated[str, Text(label=N_("Assessment says"))]
    assessment_number: Annotated[str, Text(label=N_("Assessment"))]
    sampled: Annotated[Sampled | None, Part()] = None


class ExitTold(Record):
    """Why a household leaves the files, and what shows it (退出)."""

    reason: Annotated[str, Text(label=N_("Reason for the exit"), max_length=40)]
    """An id of the exits of the policy in force."""
    shown: Annotated[str, Lines(label=N_("What shows it"), max_length=300)]
    months: Annotated[
        int | None, Count(label=N_("Months in a row"), hint=N_("Income above the line"))
    ] = None
    effective_on: Annotated[date, Day(label=N_("Out from"))]


class ExitReport(ExitTold):
    """An exit as it was proposed, in the words of the policy of the day."""

    title: Annotated[str, Text(label=N_("Reason for the exit"))]
    test: Annotated[str, Text(label=N_("What has to be shown"))]
    outcome: Annotated[ExitOutcome, Choice(label=N_("Way out"), words=ExitOutcome)]
    members: Annotated[tuple[int, ...], Many(label=N_("Members"))]
    """Ids of those who belonged to the household when it left: they come back with it."""


class ReturnTold(Record):
    """Why a household that left comes back (返困)."""

    returned_on: Annotated[date, Day(label=N_("In hardship again since"), may_be_future=False)]
    cause: Annotated[str, Lines(label=N_("Why again"), max_length=300)]


class ReturnReport(ReturnTold):
    """A return with the assessment of its day, which is sealed."""

    category: Annotated[str, Text(label=N_("Hardship category"))]
    vocabulary: Annotated[str, Text(label=N_("Document"))]
    assessment_number: Annotated[str, Text(label=N_("Assessment"))]


Report = (
    VisitReport | CheckReport | NoticeReport | Sampled | ReviewReport | ExitReport | ReturnReport
)

REPORTS: Final[dict[StepKind, type[Report]]] = {
    StepKind.VISIT: VisitReport,
    StepKind.CROSS_CHECK: CheckReport,
    StepKind.NOTICE: NoticeReport,
    StepKind.REVIEW: ReviewReport,
    StepKind.EXIT: ExitReport,
    StepKind.RETURN: ReturnReport,
}
"""The report of each kind; a review that was drawn and not made yet holds `Sampled` instead."""
