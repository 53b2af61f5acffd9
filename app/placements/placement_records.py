"""What is asked and shown about placements: who began work where, what shows it, who stayed."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import (
    Amount,
    Choice,
    Code,
    Count,
    Day,
    Flag,
    Key,
    Lines,
    Many,
    Moment,
    Name,
    Part,
    Text,
    YesNo,
)
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Answer
from app.core.words.placements import FollowUpResult, PersonKind, PlacementState, Proof

Version = Annotated[int, Key()]
PlacementNumber = Annotated[str, Text(label=N_("Placement number"))]
State = Annotated[PlacementState, Choice(label=N_("State"), words=PlacementState)]
PersonName = Annotated[str, Name(label=N_("Name"))]
MaskedId = Annotated[str, Text(label=N_("Resident ID number"))]
MaskedPhone = Annotated[str, Text(label=N_("Mobile"))]
Employer = Annotated[str, Text(label=N_("Employer"))]
Occupation = Annotated[str, Text(label=N_("Occupation"), max_length=30)]
StartedOn = Annotated[date, Day(label=N_("Started on"))]
Wage = Annotated[Fen | None, Amount(label=N_("Wage a month"), at_least=1)]
ContractMonths = Annotated[int | None, Count(label=N_("Contract, months"), at_least=1, at_most=600)]
RetiresOn = Annotated[
    date | None,
    Day(
        label=N_("Reaches the pension on"),
        hint=N_("Of a public-welfare post: who is near the pension may stay until then"),
    ),
]
Free = Annotated[Answer, YesNo(label=N_("Paid nothing for it"))]
Proven = Annotated[Proof, Choice(label=N_("Proof"), words=Proof)]
ProofWords = Annotated[
    str,
    Text(
        label=N_("Contract number or what was seen"),
        hint=N_("Of a contract its number, of a wage the slip or the bank's line"),
        max_length=80,
    ),
]
InsuredFrom = Annotated[
    date | None, Day(label=N_("First month insured"), hint=N_("Any day of that month"))
]
LeftOn = Annotated[date | None, Day(label=N_("Left the job on"), may_be_future=False)]
Reason = Annotated[str, Lines(label=N_("Reason"), max_length=300)]
Note = Annotated[str, Lines(label=N_("Note"), max_length=300)]
Months = Annotated[int, Count(label=N_("Months at work"))]


class PlacementForm(Record):
    """Somebody registered here found work without a letter of the center."""

    job_seeker_id: Annotated[int, Key()]
    vacancy_id: Annotated[int | None, Key()] = None
    """A vacancy reported here; employer and occupation are then those of it."""
    employer_id: Annotated[int | None, Key()] = None
    """An employer known here; its name is then taken."""
    employer_name: Annotated[str, Text(label=N_("Employer"), max_length=80)] = ""
    occupation: Occupation = ""
    started_on: StartedOn
    wage: Wage = None
    contract_months: ContractMonths = None
    retires_on: RetiresOn = None
    free_of_charge: Free = Answer.NOT_ASKED
    proof: Proven = Proof.NOT_SHOWN
    proof_words: ProofWords = ""
    insured_from: InsuredFrom = None
    note: Note = ""
    draft_id: Annotated[str, Key()] = ""
    """The draft that this form grew from; it is closed."""


class PlacementById(Record):
    """Names one placement."""

    id: Annotated[int, Key()]


class ProofForm(Record):
    """What shows that somebody really works there. What is left empty stays as it was told."""

    id: Annotated[int, Key()]
    version: Version
    proof: Proven
    proof_words: ProofWords = ""
    insured_from: InsuredFrom = None
    day: Annotated[date, Day(label=N_("Seen on"), may_be_future=False)]
    wage: Wage = None
    contract_months: ContractMonths = None


class LeaveForm(Record):
    """Somebody left the job: the search begins again."""

    id: Annotated[int, Key()]
    version: Version
    left_on: Annotated[date, Day(label=N_("Left the job on"), may_be_future=False)]
    reason: Reason


class PlacementStep(Record):
    """Takes a placement back that was entered in error, with the reason."""

    id: Annotated[int, Key()]
    version: Version
    reason: Reason


class CorrectionForm(Record):
    """What is told of a job, anew and whole, in the place of what was entered wrongly."""

    id: Annotated[int, Key()]
    version: Version
    started_on: StartedOn
    wage: Wage = None
    contract_months: ContractMonths = None
    retires_on: RetiresOn = None
    """The last day allowed of a public-welfare post stays when neither this nor the first day of
    work says another."""
    free_of_charge: Free = Answer.NOT_ASKED
    proof: Proven = Proof.NOT_SHOWN
    proof_words: ProofWords = ""
    insured_from: InsuredFrom = None
    day: Annotated[date | None, Day(label=N_("Seen on"), may_be_future=False)] = None
    """Of a proof; the day it was entered before, else today, when none is named."""
    reason: Reason


class FollowUpForm(Record):
    """What a call or visit found."""

    id: Annotated[int, Key()]
    """The placement."""
    version: Version
    done_on: Annotated[date, Day(label=N_("Followed up on"), may_be_future=False)]
    result: Annotated[FollowUpResult, Choice(label=N_("Result"), words=FollowUpResult)]
    wage: Wage = None
    """What the person earns a month now."""
    left_on: LeftOn = None
    reason: Annotated[str, Lines(label=N_("Why they left"), max_length=300)] = ""
    note: Note = ""


class PlacementQuery(Record):
    """Asks for placements, the newest first; every part narrows the list."""

    states: Annotated[tuple[PlacementState, ...], Many(label=N_("State"))] = ()
    proofs: Annotated[tuple[Proof, ...], Many(label=N_("Proof"))] = ()
    text: Annotated[str, Text(label=N_("Name, employer or number"))] = ""
    """The beginning of a name, of an employer's name or of a number, or an ID number."""
    job_seeker_id: Annotated[int | None, Key()] = None
    vacancy_id: Annotated[int | None, Key()] = None
    employer_id: Annotated[int | None, Key()] = None
    household_id: Annotated[int | None, Key()] = None
    from_day: Annotated[date | None, Day(label=N_("First day"))] = None
    to_day: Annotated[date | None, Day(label=N_("Last day"))] = None
    imported: Annotated[bool | None, Flag(label=N_("From an old register"))] = None
    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class PlacementRow(Record):
    """One line of a list of placements. Private values are masked."""

    id: Annotated[int, Key()]
    version: Version
    number: PlacementNumber
    state: State
    job_seeker_id: Annotated[int | None, Key()]
    household_id: Annotated[int | None, Key()]
    member_id: Annotated[int | None, Key()]
    job_referral_id: Annotated[int | None, Key()]
    vacancy_id: Annotated[int | None, Key()]
    employer_id: Annotated[int | None, Key()]
    name: PersonName
    id_number: MaskedId
    person_kind: Annotated[PersonKind | None, Choice(label=N_("Kind of person"), words=PersonKind)]
    employer: Employer
    occupation: Occupation
    district: Annotated[str | None, Code(label=N_("District"), list="district")]
    public_welfare: Annotated[bool, Flag(label=N_("Public-welfare post"))]
    started_on: StartedOn
    ends_on: Annotated[date | None, Day(label=N_("Ends on"))]
    """Of a public-welfare post: the last day allowed."""
    wage: Wage
    contract_months: ContractMonths
    free_of_charge: Free
    proof: Proven
    proof_words: ProofWords
    insured_from: Annotated[date | None, Day(label=N_("First month insured"))]
    proved_on: Annotated[date | None, Day(label=N_("Proved on"))]
    left_on: LeftOn
    end_reason: Reason
    next_follow_up_on: Annotated[date | None, Day(label=N_("Next follow-up"))]
    next_follow_up_month: Annotated[int | None, Count(label=N_("Months at work"))]
    imported: Annotated[bool, Flag(label=N_("From an old register"))]


class FollowUpRow(Record):
    """One follow-up that was made."""

    id: Annotated[int, Key()]
    month: Months
    due_on: Annotated[date, Day(label=N_("Due"))]
    done_on: Annotated[date, Day(label=N_("Followed up on"))]
    result: Annotated[FollowUpResult, Choice(label=N_("Result"), words=FollowUpResult)]
    wage: Wage
    note: Note
    done_by: Annotated[str, Name(label=N_("Followed up by"))]


class PlacementView(Record):
    """One placement as its card shows it."""

    row: Annotated[PlacementRow, Part()]
    seeker_number: Annotated[str, Text(label=N_("Registration number"))]
    """Empty when nobody was registered here."""
    file_number: Annotated[str, Text(label=N_("File number"))]
    referral_number: Annotated[str, Text(label=N_("Referral number"))]
    """Empty when the work was found without a letter."""
    vacancy_number: Annotated[str, Text(label=N_("Vacancy number"))]
    follow_ups: Annotated[tuple[FollowUpRow, ...], Many(label=N_("Follow-ups"))]
    """The first one first."""
    to_reassess: Annotated[bool, Flag(label=N_("Household to be assessed again"))]
    rules_provisional: Annotated[bool, Flag(label=N_("Rules not confirmed yet"))]
    note: Note
    entered_by: Annotated[str, Name(label=N_("Entered by"))]
    entered_at: Annotated[datetime, Moment(label=N_("Entered at"))]


class FollowUpQuery(Record):
    """Asks for the follow-ups that are due, the oldest first."""

    until: Annotated[date | None, Day(label=N_("Last day"))] = None
    """The last day that is listed; today when none is named."""
    month: Annotated[int | None, Count(label=N_("Months at work"))] = None
    text: Annotated[str, Text(label=N_("Name, employer or number"))] = ""
    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class FollowUpDue(Record):
    """One follow-up to be made. Private values are masked."""

    id: Annotated[int, Key()]
    """The placement."""
    version: Version
    number: PlacementNumber
    job_seeker_id: Annotated[int | None, Key()]
    name: PersonName
    phone: MaskedPhone
    employer: Employer
    employer_phone: MaskedPhone
    occupation: Occupation
    started_on: StartedOn
    wage: Wage
    proof: Proven
    month: Months
    due_on: Annotated[date, Day(label=N_("Due"))]
    days: Annotated[int, Count(label=N_("Days overdue"))]
    """Since it was due; negative when it is still to come."""
    not_reached: Annotated[int, Count(label=N_("Times not reached"))]
    """How often nobody was reached for this month."""


class ReassessQuery(Record):
    """Asks for the households to be assessed again because somebody found work."""

    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class ReassessRow(Record):
    """One household whose income changed: a member found work after the last assessment."""

    household_id: Annotated[int, Key()]
    file_number: Annotated[str, Text(label=N_("File number"))]
    head: Annotated[str, Name(label=N_("Head of household"))]
    district: Annotated[str | None, Code(label=N_("District"), list="district")]
    placement_id: Annotated[int, Key()]
    """The placement that began last."""
    name: Annotated[str, Name(label=N_("Who found work"))]
    employer: Employer
    started_on: StartedOn
    wage: Wage
    proof: Proven
    assessed_on: Annotated[date | None, Day(label=N_("Assessed last"))]
    """`None` when the household was never assessed."""


class JobCounts(Record):
    """How much there is, and how much waits, in the lists of the job service."""

    seeking: Annotated[int, Count(label=N_("Looking for work"))]
    expired: Annotated[int, Count(label=N_("Registration expired"))]
    """Of those: registrations that ran out."""
    referred: Annotated[int, Count(label=N_("Waiting for the slip"))]
    overdue: Annotated[int, Count(label=N_("Slip overdue"))]
    presumable: Annotated[int, Count(label=N_("Counts as hired when overdue"))]
    """Of the overdue ones: those that may be presumed."""
    working: Annotated[int, Count(label=N_("In the job"))]
    """Without those from old registers."""
    unproved: Annotated[int, Count(label=N_("Proof not shown"))]
    """Of those: neither proved nor presumed."""
    presumed: Annotated[int, Count(label=N_("Presumed by the deadline"))]
    follow_ups: Annotated[int, Count(label=N_("Follow-ups due"))]
    to_decide: Annotated[int, Count(label=N_("To be recognised"))]
    to_reassess: Annotated[int, Count(label=N_("Households to be assessed again"))]
