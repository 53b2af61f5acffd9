"""What is asked and shown about training: courses, vouchers, enrolments."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Choice, Count, Day, Flag, Key, Lines, Many, Moment, Name, Part, Text
from app.core.record import Record
from app.core.words.placements import CourseState, EnrolmentState, VoucherState

Version = Annotated[int, Key()]
CourseNumber = Annotated[str, Text(label=N_("Course number"))]
CourseName = Annotated[str, Text(label=N_("Course"), min_length=2, max_length=60)]
Occupation = Annotated[str, Text(label=N_("Occupation"), max_length=30)]
School = Annotated[str, Text(label=N_("School"), min_length=2, max_length=60)]
Place = Annotated[str, Text(label=N_("Place"))]
StartsOn = Annotated[date, Day(label=N_("Begins on"))]
EndsOn = Annotated[date, Day(label=N_("Last day"))]
Hours = Annotated[int, Count(label=N_("Class hours"), at_least=1, at_most=10_000)]
Seats = Annotated[int, Count(label=N_("Seats"), at_least=1, at_most=10_000)]
CourseStateOf = Annotated[CourseState, Choice(label=N_("State"), words=CourseState)]
Reason = Annotated[str, Lines(label=N_("Reason"), max_length=300)]
Note = Annotated[str, Lines(label=N_("Note"), max_length=300)]
VoucherNumber = Annotated[str, Text(label=N_("Voucher number"))]
VoucherStateOf = Annotated[VoucherState, Choice(label=N_("State"), words=VoucherState)]
EnrolmentStateOf = Annotated[EnrolmentState, Choice(label=N_("State"), words=EnrolmentState)]
SeekerNumber = Annotated[str, Text(label=N_("Registration number"))]
Person = Annotated[str, Name(label=N_("Name"))]
MaskedPhone = Annotated[str, Text(label=N_("Mobile"))]
Certificate = Annotated[
    str,
    Text(
        label=N_("Certificate number"),
        hint=N_("Leave empty when none was given"),
        max_length=40,
    ),
]


# Courses


class CourseForm(Record):
    """A training course."""

    name: CourseName
    occupation: Occupation = ""
    school: School
    place: Place = ""
    starts_on: StartsOn
    ends_on: EndsOn
    hours: Hours
    seats: Seats
    note: Note = ""
    draft_id: Annotated[str, Key()] = ""
    """The draft that this form grew from; it is closed."""


class CourseChangeForm(Record):
    """Changes a course that enrols."""

    id: Annotated[int, Key()]
    version: Version
    course: Annotated[CourseForm, Part()]


class CourseById(Record):
    """Names one course."""

    id: Annotated[int, Key()]


class CourseStep(Record):
    """Ends a course, or opens one again that was ended too early."""

    id: Annotated[int, Key()]
    version: Version


class CourseCancelForm(Record):
    """Cancels a course, with the words; seats and vouchers become free."""

    id: Annotated[int, Key()]
    version: Version
    reason: Reason


class CourseQuery(Record):
    """Asks for courses; every part narrows the list, which comes by the day they begin, the latest
    first."""

    states: Annotated[tuple[CourseState, ...], Many(label=N_("State"))] = ()
    text: Annotated[str, Text(label=N_("Course, school or number"))] = ""
    free: Annotated[bool | None, Flag(label=N_("With free seats"))] = None
    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class CourseRow(Record):
    """One line of a list of courses."""

    id: Annotated[int, Key()]
    version: Version
    number: CourseNumber
    state: CourseStateOf
    name: CourseName
    occupation: Occupation
    school: School
    place: Place
    starts_on: StartsOn
    ends_on: EndsOn
    over: Annotated[bool, Flag(label=N_("To be ended"))]
    """Its last day is past and it still enrols."""
    hours: Hours
    seats: Seats
    taken: Annotated[int, Count(label=N_("Seats taken"))]
    free_seats: Annotated[int, Count(label=N_("Free seats"))]
    completed: Annotated[int, Count(label=N_("Completed"))]
    certified: Annotated[int, Count(label=N_("With certificate"))]
    open_results: Annotated[int, Count(label=N_("Result not entered yet"))]
    placed: Annotated[int, Count(label=N_("Placed after training"))]
    """Who completed it and began work within the months that the rules say."""


# Vouchers


class VoucherForm(Record):
    """Issues the voucher for one free training to a job seeker."""

    job_seeker_id: Annotated[int, Key()]
    issued_on: Annotated[date, Day(label=N_("Issued on"), may_be_future=False)]


class VoucherIssued(Record):
    """A voucher that was issued, with its paper."""

    id: Annotated[int, Key()]
    number: VoucherNumber
    valid_until: Annotated[date, Day(label=N_("Valid until"))]
    paper_id: Annotated[int, Key()]


class VoucherVoidForm(Record):
    """Makes a voucher void that was not used, with the words."""

    id: Annotated[int, Key()]
    version: Version
    reason: Reason


class VoucherQuery(Record):
    """Asks for vouchers; every part narrows the list, which comes newest first."""

    states: Annotated[tuple[VoucherState, ...], Many(label=N_("State"))] = ()
    job_seeker_id: Annotated[int | None, Key()] = None
    text: Annotated[str, Text(label=N_("Name or number"))] = ""
    expired: Annotated[bool | None, Flag(label=N_("Run out"))] = None
    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class VoucherRow(Record):
    """One line of a list of vouchers."""

    id: Annotated[int, Key()]
    version: Version
    number: VoucherNumber
    state: VoucherStateOf
    job_seeker_id: Annotated[int, Key()]
    seeker_number: SeekerNumber
    name: Person
    issued_on: Annotated[date, Day(label=N_("Issued on"))]
    valid_until: Annotated[date, Day(label=N_("Valid until"))]
    expired: Annotated[bool, Flag(label=N_("Run out"))]
    """Not used, and its last day is past."""
    course_id: Annotated[int | None, Key()]
    course: Annotated[str, Text(label=N_("Course"))]
    """Where it was used; empty otherwise."""
    reason: Reason
    issued_by: Annotated[str, Name(label=N_("Issued by"))]


# Enrolments


class EnrolForm(Record):
    """Gives a seat of a course to a job seeker."""

    course_id: Annotated[int, Key()]
    job_seeker_id: Annotated[int, Key()]
    training_voucher_id: Annotated[int | None, Key()] = None
    """`None` when the seat is not paid by a voucher."""
    enrolled_on: Annotated[date, Day(label=N_("Enrolled on"), may_be_future=False)]
    note: Note = ""


class EnrolmentResultForm(Record):
    """Tells what came of an enrolment."""

    id: Annotated[int, Key()]
    version: Version
    state: EnrolmentStateOf
    """Completed, not completed or withdrawn; the last two want words."""
    completed_on: Annotated[date | None, Day(label=N_("Completed on"), may_be_future=False)] = None
    """Needed of who completed it."""
    certificate: Certificate = ""
    note: Note = ""


class EnrolmentBackForm(Record):
    """Takes back a result that was entered wrongly, with the words."""

    id: Annotated[int, Key()]
    version: Version
    reason: Reason


class EnrolmentQuery(Record):
    """Asks for enrolments; every part narrows the list, which comes newest first."""

    states: Annotated[tuple[EnrolmentState, ...], Many(label=N_("State"))] = ()
    course_id: Annotated[int | None, Key()] = None
    job_seeker_id: Annotated[int | None, Key()] = None
    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class EnrolmentRow(Record):
    """One line of a list of enrolments. Private values are masked."""

    id: Annotated[int, Key()]
    version: Version
    state: EnrolmentStateOf
    course_id: Annotated[int, Key()]
    course_number: CourseNumber
    course: CourseName
    job_seeker_id: Annotated[int, Key()]
    seeker_number: SeekerNumber
    name: Person
    phone: MaskedPhone
    voucher: Annotated[str, Text(label=N_("Voucher number"))]
    """Empty when the seat is not paid by a voucher."""
    enrolled_on: Annotated[date, Day(label=N_("Enrolled on"))]
    completed_on: Annotated[date | None, Day(label=N_("Completed on"))]
    certificate: Certificate
    placed_on: Annotated[date | None, Day(label=N_("Began work on"))]
    """The first day of work within the months after the course that the rules say."""
    note: Note


class CourseView(Record):
    """One course as the card shows it, with everybody who has a seat."""

    row: Annotated[CourseRow, Part()]
    course: Annotated[CourseForm, Part()]
    enrolments: Annotated[tuple[EnrolmentRow, ...], Many(label=N_("Enrolments"))]
    placed_months: Annotated[int, Count(label=N_("Months"))]
    """How long after the course work still counts as placement after training."""
    rules_provisional: Annotated[bool, Flag(label=N_("Rules not confirmed yet"))]
    ended_reason: Reason
    entered_by: Annotated[str, Name(label=N_("Entered by"))]
    entered_at: Annotated[datetime, Moment(label=N_("Entered at"))]
