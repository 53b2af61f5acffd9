"""What is asked, reported and shown about filing steps."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Choice, Count, Day, Flag, Key, Lines, Many, Moment, Name, Part, Text
from app.core.record import Record
from app.core.words import Word
from app.core.words.filing import (
    ExitOutcome,
    StepDecision,
    StepKind,
    StepState,
)
from app.core.words.households import FileState
from app.filing.policy import NoticeUnit, PathStep
from app.filing.reports import (
    CheckReport,
    ExitTold,
    Place,
    PostedOn,
    Provisional,
    Report,
    ReturnTold,
    ReviewTold,
    VisitReport,
    Words,
)
from app.reference.dated import Confidence

Kinds = Annotated[StepKind, Choice(label=N_("Step"), words=StepKind)]
State = Annotated[StepState, Choice(label=N_("State"), words=StepState)]
DueOn = Annotated[date | None, Day(label=N_("Due"))]
FileNumber = Annotated[str, Text(label=N_("File number"))]
HeadName = Annotated[str, Name(label=N_("Head of household"))]
Documents = Annotated[tuple[int, ...], Many(label=N_("Documents"))]
"""Ids of the documents of the household that belong to a step."""


# Requests


class BeginForm(Record):
    """Begins a visit or a cross-check."""

    household_id: Annotated[int, Key()]
    case_id: Annotated[int | None, Key()] = None
    """The application it is for, if it is for one."""


class VisitForm(Record):
    """Reports a visit; with it the step is done."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    report: Annotated[VisitReport, Part()]
    documents: Documents = ()


class CheckForm(Record):
    """Reports a cross-check; with it the step is done."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    report: Annotated[CheckReport, Part()]
    documents: Documents = ()


class PostForm(Record):
    """Posts the notice of a household."""

    household_id: Annotated[int, Key()]
    case_id: Annotated[int | None, Key()] = None
    posted_on: PostedOn
    place: Place


class Posted(Record):
    """What posting a notice, or answering an objection, made."""

    id: Annotated[int, Key()]
    paper_id: Annotated[int | None, Key()]
    """The sheet for the board; `None` when nothing is posted."""
    ends_on: Annotated[date, Day(label=N_("Ends on"))]
    ends_provisional: Provisional


class ObjectionForm(Record):
    """Notes an objection to a notice."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    received_on: Annotated[date, Day(label=N_("Received on"), may_be_future=False)]
    says: Annotated[str, Lines(label=N_("Objection"), max_length=300)]


class AnswerForm(Record):
    """Says how the open objection was dealt with; posting begins anew unless it is upheld."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    answer: Annotated[str, Lines(label=N_("How it was dealt with"), max_length=300)]
    upheld: Annotated[bool, Flag(label=N_("The objection is upheld"))] = False
    posted_on: PostedOn
    """The day it is posted again; of an upheld objection, the day the sheet comes down."""
    documents: Documents = ()


class TakeDownForm(Record):
    """Takes a notice down after its time."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    taken_down_on: Annotated[date, Day(label=N_("Taken down on"), may_be_future=False)]
    documents: Documents = ()


class ReviewForm(Record):
    """Reports a review, for a second person to decide."""

    household_id: Annotated[int, Key()]
    told: Annotated[ReviewTold, Part()]
    documents: Documents = ()


class ExitForm(Record):
    """Proposes an exit, for a second person to decide."""

    household_id: Annotated[int, Key()]
    told: Annotated[ExitTold, Part()]
    documents: Documents = ()


class ReturnForm(Record):
    """Proposes a return, for a second person to decide."""

    household_id: Annotated[int, Key()]
    told: Annotated[ReturnTold, Part()]
    documents: Documents = ()


class DecideForm(Record):
    """Decides what another person reported."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    decision: Annotated[StepDecision, Choice(label=N_("What is decided"), words=StepDecision)]
    opinion: Words = ""


class VoidStepForm(Record):
    """Makes a step void that was begun by mistake, with the reason."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    reason: Annotated[str, Lines(label=N_("Reason"), max_length=200)]


class StepById(Record):
    """Names a step."""

    id: Annotated[int, Key()]


class SampleForm(Record):
    """Draws the files to be checked in a year."""

    year: Annotated[int, Count(label=N_("Year"), at_least=2000, at_most=2100)]


class RequiredForm(Record):
    """The steps that this center requires before filing, beside acceptance and filing."""

    visit: Annotated[bool, Flag(label=N_("Home visit"))] = False
    cross_check: Annotated[bool, Flag(label=N_("Cross-check"))] = False
    notice: Annotated[bool, Flag(label=N_("Public notice"))] = False


# Answers


class StepRow(Record):
    """One step as lists and the household page show it, with its report."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    household_id: Annotated[int, Key()]
    case_id: Annotated[int | None, Key()]
    kind: Kinds
    name: HeadName
    file_number: FileNumber
    state: State
    days_left: Annotated[int | None, Count(label=N_("Working days left"))]
    """Working days until it is due while it runs; negative when overdue."""
    due_on: DueOn
    due_provisional: Provisional
    opened_by: Annotated[str, Name(label=N_("Begun by"))]
    opened_at: Annotated[datetime, Moment(label=N_("Begun"))]
    reported_by: Annotated[str, Name(label=N_("Reported by"))]
    reported_at: Annotated[datetime | None, Moment(label=N_("Reported"))]
    done_by: Annotated[str, Name(label=N_("Closed by"))]
    done_at: Annotated[datetime | None, Moment(label=N_("Closed"))]
    result: Annotated[str, Text(label=N_("Result"))]
    """The stored word; `result_of` gives it with its label."""
    report: Annotated[Report | None, Part()]
    documents: Documents
    reason: Annotated[str, Lines(label=N_("Reason"))]
    mine: Annotated[bool, Flag(label=N_("Reported by me"))]


class StepsQuery(Record):
    """Asks for steps; every part narrows the list."""

    household_id: Annotated[int | None, Key()] = None
    kinds: Annotated[tuple[StepKind, ...], Many(label=N_("Step"))] = ()
    states: Annotated[tuple[StepState, ...], Many(label=N_("State"))] = ()
    sampled_in: Annotated[int | None, Count(label=N_("Drawn for the check of"))] = None
    text: Annotated[str, Text(label=N_("Name or number"))] = ""
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class FileList(Word):
    """The lists of files that need looking after."""

    REVIEW_DUE = "review_due", N_("Reviews due this quarter")
    UNCHANGED = "unchanged", N_("Unchanged for a year")
    NEVER_HELPED = "never_helped", N_("Never assisted")


class FilesQuery(Record):
    """Asks for one of the lists of files on file."""

    list: Annotated[FileList, Choice(label=N_("List"), words=FileList)]
    text: Annotated[str, Text(label=N_("Name or number"))] = ""
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class FileRow(Record):
    """One file of such a list."""

    household_id: Annotated[int, Key()]
    name: HeadName
    file_number: FileNumber
    category: Annotated[str, Text(label=N_("Hardship category"))]
    filed_on: Annotated[date | None, Day(label=N_("On file since"))]
    last_on: Annotated[date | None, Day(label=N_("Last looked at"))]
    """The last review, or the last change, by the list; `None` when there was none."""
    due_on: DueOn
    days_left: Annotated[int | None, Count(label=N_("Working days left"))]


class StepsWaiting(Record):
    """How many steps wait where, for the workbench, the rail and the work lists."""

    visits: Annotated[int, Count(label=N_("Visits"))]
    checks: Annotated[int, Count(label=N_("Cross-checks"))]
    notices: Annotated[int, Count(label=N_("Notices running"))]
    to_take_down: Annotated[int, Count(label=N_("Notices to take down"))]
    reviews: Annotated[int, Count(label=N_("Reviews begun"))]
    exits: Annotated[int, Count(label=N_("Exits to propose"))]
    overdue: Annotated[int, Count(label=N_("Overdue"))]
    to_decide: Annotated[int, Count(label=N_("To be decided"))]
    """Reported by somebody else than the person asking."""
    reported: Annotated[int, Count(label=N_("To be decided"))]
    """By anybody, as the list has them."""
    drawn: Annotated[int, Count(label=N_("Files drawn"))]
    """For the check of this year, checked or not."""
    sampled: Annotated[int, Count(label=N_("Drawn this year and not checked yet"))]


class FilesWaiting(Record):
    """How many files stand on each list of files that need looking after."""

    review_due: Annotated[int, Count(label=N_("Reviews due this quarter"))]
    unchanged: Annotated[int, Count(label=N_("Unchanged for a year"))]
    never_helped: Annotated[int, Count(label=N_("Never assisted"))]


class PathRow(Record):
    """A step on the way into the files, as the policy in force and the center have it."""

    name: Annotated[PathStep, Choice(label=N_("Step"), words=PathStep)]
    required: Annotated[bool, Flag(label=N_("Required"))]
    by_center: Annotated[bool, Flag(label=N_("Required by the center"))]
    working_days: Annotated[int, Count(label=N_("Working days"))]
    source: Annotated[str, Text(label=N_("Source"))]
    confidence: Annotated[Confidence, Choice(label=N_("Confidence"), words=Confidence)]


class ExitRow(Record):
    """A reason to leave the files."""

    id: Annotated[str, Key()]
    title: Annotated[str, Text(label=N_("Reason for the exit"))]
    outcome: Annotated[ExitOutcome, Choice(label=N_("Way out"), words=ExitOutcome)]
    test: Annotated[str, Text(label=N_("What has to be shown"))]
    months: Annotated[int, Count(label=N_("Months in a row"))]


class FilingRules(Record):
    """What the policy in force says of the steps, for forms and settings."""

    title: Annotated[str, Text(label=N_("Document"))]
    provisional: Annotated[bool, Flag(label=N_("Provisional"))]
    note: Annotated[str, Lines(label=N_("Note"))]
    path: Annotated[tuple[PathRow, ...], Many(label=N_("Steps"))]
    notice_length: Annotated[int, Count(label=N_("Length of a notice"))]
    notice_unit: Annotated[NoticeUnit, Choice(label=N_("Counted in"), words=NoticeUnit)]
    places: Annotated[tuple[str, ...], Many(label=N_("Posted at"))]
    partners: Annotated[tuple[str, ...], Many(label=N_("Departments"))]
    usual_partners: Annotated[tuple[str, ...], Many(label=N_("Departments usually asked"))]
    investigators: Annotated[int, Count(label=N_("Investigators"))]
    review_months: Annotated[int, Count(label=N_("Months between reviews"))]
    sample_percent: Annotated[int | None, Count(label=N_("Percent drawn a year"))]
    exits: Annotated[tuple[ExitRow, ...], Many(label=N_("Reasons for an exit"))]


class AdultRow(Record):
    """A member who has to sign the authorisation for cross-checks."""

    id: Annotated[int, Key()]
    name: Annotated[str, Name(label=N_("Name"))]
    relation: Annotated[str, Text(label=N_("Relation"))]


class FilingPath(Record):
    """How far one household is: its steps, and what is still missing before filing."""

    file_state: Annotated[FileState, Choice(label=N_("File"), words=FileState)]
    case_id: Annotated[int | None, Key()]
    """The application at work, which steps are taken for."""
    steps: Annotated[tuple[StepRow, ...], Many(label=N_("Steps"))]
    """All steps of the household, the newest first."""
    required: Annotated[tuple[StepKind, ...], Many(label=N_("Required"))]
    missing: Annotated[tuple[StepKind, ...], Many(label=N_("Missing"))]
    """Required steps that are not done for the application at work."""
    adults: Annotated[tuple[AdultRow, ...], Many(label=N_("Adult members"))]
    way_out: Annotated[str, Text(label=N_("Way out"))]
    """In which way a closed file was left; empty for one that is not closed by an exit."""
