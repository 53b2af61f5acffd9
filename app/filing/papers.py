"""What the papers of filing steps say: visit record, authorisation, notice and its result, review
sheet, exit notice."""

from datetime import date
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Count, Day, Flag, Kind, Lines, Many, Name, Text
from app.core.record import Record

Masked = Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
FileNumber = Annotated[str, Text(label=N_("File number"))]
CaseNumber = Annotated[str, Text(label=N_("Case number"))]
Phone = Annotated[str, Text(label=N_("Telephone"))]
Address = Annotated[str, Text(label=N_("Address"))]
Provisional = Annotated[bool, Flag(label=N_("Due date provisional"))]


class VisitedMember(Record):
    """A member as told, to be compared at home."""

    relation: Annotated[str, Text(label=N_("Relation"))]
    name: Annotated[str, Name(label=N_("Name"))]
    age: Annotated[str, Text(label=N_("Age"))]
    occupation: Annotated[str, Text(label=N_("Work or schooling"))]
    health: Annotated[str, Text(label=N_("Health"))]
    monthly_income: Annotated[str, Text(label=N_("Monthly income"))]


class AskedAtHome(Record):
    """One of the six things to be made clear: what was told, and what was found."""

    title: Annotated[str, Text(label=N_("To be made clear"))]
    told: Annotated[str, Text(label=N_("What was told"))]
    clear: Annotated[str, Text(label=N_("Found"))]


class VisitFacts(Record):
    """The visit record (入户调查表): printed before the visit with room to write, or after it."""

    name: Annotated[str, Name(label=N_("Name"))]
    id_number: Masked
    home: Annotated[str, Text(label=N_("Home address"))]
    work_unit: Annotated[str, Text(label=N_("Work unit"))]
    household_size: Annotated[int, Count(label=N_("Household size"), at_least=1)]
    file_number: FileNumber = ""
    case_number: CaseNumber = ""
    members: Annotated[tuple[VisitedMember, ...], Many(label=N_("Members"))]
    questions: Annotated[tuple[AskedAtHome, ...], Many(label=N_("To be made clear"))]
    visited_on: Annotated[date | None, Day(label=N_("Day of the visit"))] = None
    investigators: Annotated[tuple[str, ...], Kind(label=N_("Investigators"))] = ()
    spoken_with: Annotated[str, Name(label=N_("Spoken with"))] = ""
    found: Annotated[str, Lines(label=N_("What was found"))] = ""
    result: Annotated[str, Text(label=N_("Result"))] = ""
    center_phone: Phone = ""


class SignerFacts(Record):
    """A member who is asked about, with the room to sign."""

    place: Annotated[int, Count(label=N_("Line"))]
    relation: Annotated[str, Text(label=N_("Relation"))]
    name: Annotated[str, Name(label=N_("Name"))]
    id_number: Annotated[str, Text(label=N_("Resident ID number"))]
    """In full: the departments find a person by it."""
    signs: Annotated[str, Text(label=N_("Signs"))]


class AuthorisationFacts(Record):
    """The authorisation for cross-checks (核对授权书), signed by every adult member."""

    name: Annotated[str, Name(label=N_("Name"))]
    case_number: CaseNumber = ""
    file_number: FileNumber = ""
    people: Annotated[tuple[SignerFacts, ...], Many(label=N_("Members"))]
    partners: Annotated[tuple[str, ...], Kind(label=N_("Departments"))]
    center_address: Address = ""
    center_phone: Phone = ""


class NoticeRow(Record):
    """One household of a public notice; nothing that the policy does not allow stands in it."""

    place: Annotated[int, Count(label=N_("Line"))]
    name: Annotated[str, Name(label=N_("Name"), hint=N_("As printed"))]
    """Masked as it shall be posted."""
    unit: Annotated[str, Text(label=N_("Work unit"))] = ""
    household_size: Annotated[str, Text(label=N_("Household size"))] = ""
    category: Annotated[str, Text(label=N_("Hardship category"))] = ""
    items: Annotated[tuple[str, ...], Kind(label=N_("Applied for"))] = ()


class NoticeFacts(Record):
    """The public notice (公示) for the board."""

    name: Annotated[str, Name(label=N_("Name"), hint=N_("As printed"))]
    rows: Annotated[tuple[NoticeRow, ...], Many(label=N_("Households"))]
    posted_on: Annotated[date, Day(label=N_("Posted on"))]
    ends_on: Annotated[date, Day(label=N_("Ends on"))]
    ends_provisional: Provisional = False
    length: Annotated[int, Count(label=N_("Length"), at_least=1)]
    counted: Annotated[str, Text(label=N_("Counted in"))]
    again: Annotated[bool, Flag(label=N_("Posted again after an objection"))] = False
    board: Annotated[str, Text(label=N_("Posted at"))]
    center_address: Address = ""
    center_phone: Phone = ""


class ObjectionFacts(Record):
    """An objection and how it was dealt with; who raised it is not told."""

    place: Annotated[int, Count(label=N_("Line"))]
    received_on: Annotated[date, Day(label=N_("Received on"))]
    says: Annotated[str, Lines(label=N_("Objection"))]
    answer: Annotated[str, Lines(label=N_("How it was dealt with"))]
    upheld: Annotated[str, Text(label=N_("Result"))]


class NoticeResultFacts(Record):
    """The result of a notice (公示结果), which goes to the file."""

    name: Annotated[str, Name(label=N_("Name"))]
    case_number: CaseNumber = ""
    file_number: FileNumber = ""
    category: Annotated[str, Text(label=N_("Hardship category"))] = ""
    board: Annotated[str, Text(label=N_("Posted at"))]
    first_posted_on: Annotated[date, Day(label=N_("First posted on"))]
    posted_on: Annotated[date, Day(label=N_("Posted on"))]
    ends_on: Annotated[date, Day(label=N_("Ends on"))]
    length: Annotated[int, Count(label=N_("Length"), at_least=1)]
    counted: Annotated[str, Text(label=N_("Counted in"))]
    taken_down_on: Annotated[date, Day(label=N_("Taken down on"))]
    taken_down_by: Annotated[str, Name(label=N_("Taken down by"))]
    objections: Annotated[tuple[ObjectionFacts, ...], Many(label=N_("Objections"))] = ()
    count: Annotated[int, Count(label=N_("Objections"))]
    result: Annotated[str, Text(label=N_("Result"))]


class ReviewSheetFacts(Record):
    """The sheet of an annual review (年审表)."""

    name: Annotated[str, Name(label=N_("Name"))]
    id_number: Masked
    work_unit: Annotated[str, Text(label=N_("Work unit"))]
    household_size: Annotated[int, Count(label=N_("Household size"), at_least=1)]
    file_number: FileNumber
    filed_on: Annotated[date | None, Day(label=N_("On file since"))] = None
    reviewed_on: Annotated[date, Day(label=N_("Reviewed on"))]
    way: Annotated[str, Text(label=N_("How"))]
    sampled: Annotated[str, Text(label=N_("Drawn for the check of"))] = ""
    category_before: Annotated[str, Text(label=N_("Category until now"))]
    category_now: Annotated[str, Text(label=N_("Category by assessment"))]
    assessed: Annotated[str, Text(label=N_("Assessment says"))]
    assessment_number: Annotated[str, Text(label=N_("Assessment"))]
    changes: Annotated[str, Lines(label=N_("What has changed"))] = ""
    outcome: Annotated[str, Text(label=N_("Proposal"))]
    opinion: Annotated[str, Lines(label=N_("Opinion"))] = ""
    reporter: Annotated[str, Name(label=N_("Reported by"))]
    decided: Annotated[str, Text(label=N_("Decision"))] = ""
    """Empty while nobody has decided."""
    decider: Annotated[str, Name(label=N_("Decided by"))] = ""
    decided_on: Annotated[date | None, Day(label=N_("Decided"))] = None
    decision_words: Annotated[str, Lines(label=N_("Opinion"))] = ""


class ExitFacts(Record):
    """The exit notice (退出告知书) for the household."""

    name: Annotated[str, Name(label=N_("Name"))]
    id_number: Masked
    file_number: FileNumber
    filed_on: Annotated[date | None, Day(label=N_("On file since"))] = None
    outcome: Annotated[str, Text(label=N_("Way out"))]
    reason: Annotated[str, Text(label=N_("Reason for the exit"))]
    test: Annotated[str, Text(label=N_("What has to be shown"))]
    shown: Annotated[str, Lines(label=N_("What shows it"))]
    months: Annotated[int | None, Count(label=N_("Months in a row"))] = None
    effective_on: Annotated[date, Day(label=N_("Out from"))]
    center_address: Address = ""
    center_phone: Phone = ""
