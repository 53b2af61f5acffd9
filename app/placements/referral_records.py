"""What is asked and shown about referrals: the letter that sends a seeker to an employer, and its
slip."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Choice, Count, Day, Flag, Key, Lines, Many, Moment, Name, Part, Text
from app.core.record import Record
from app.core.words import Answer
from app.core.words.placements import NotHiredReason, Proof, ReferralState
from app.placements.match_records import SealedMatch
from app.placements.placement_records import (
    ContractMonths,
    Employer,
    Free,
    InsuredFrom,
    MaskedId,
    MaskedPhone,
    Occupation,
    PersonName,
    ProofWords,
    Proven,
    RetiresOn,
    StartedOn,
    Wage,
)

Version = Annotated[int, Key()]
ReferralNumber = Annotated[str, Text(label=N_("Referral number"))]
State = Annotated[ReferralState, Choice(label=N_("Result"), words=ReferralState)]
InterviewOn = Annotated[date | None, Day(label=N_("Interview on"))]
InterviewAt = Annotated[str, Text(label=N_("Hour and place of the interview"), max_length=60)]
IssuedOn = Annotated[date, Day(label=N_("Issued on"))]
SlipDue = Annotated[date, Day(label=N_("Slip due"))]
WhyNot = Annotated[NotHiredReason | None, Choice(label=N_("Why not hired"), words=NotHiredReason)]
Note = Annotated[str, Lines(label=N_("Note"), max_length=300)]
Reason = Annotated[str, Lines(label=N_("Reason"), max_length=300)]


class ReferralForm(Record):
    """Sends a seeker to the employer of a vacancy."""

    job_seeker_id: Annotated[int, Key()]
    vacancy_id: Annotated[int, Key()]
    interview_on: InterviewOn = None
    interview_at: InterviewAt = ""
    note: Note = ""
    draft_id: Annotated[str, Key()] = ""
    """The draft that this form grew from; it is closed."""


class ReferralIssued(Record):
    """A referral with its letter."""

    id: Annotated[int, Key()]
    number: ReferralNumber
    paper_id: Annotated[int, Key()]
    due_on: SlipDue


class ReferralById(Record):
    """Names one referral."""

    id: Annotated[int, Key()]


class ReferralStep(Record):
    """Makes a letter void that was not used, or takes its result back; with the reason."""

    id: Annotated[int, Key()]
    version: Version
    reason: Reason


class ResultForm(Record):
    """What the slip says, or the employer on the telephone. What follows the note belongs to
    somebody who was hired."""

    id: Annotated[int, Key()]
    version: Version
    result: State
    """Hired, not hired, or did not appear."""
    day: Annotated[date, Day(label=N_("Result of"), may_be_future=False)]
    reason: WhyNot = None
    note: Note = ""
    started_on: StartedOn | None = None
    wage: Wage = None
    contract_months: ContractMonths = None
    retires_on: RetiresOn = None
    free_of_charge: Free = Answer.YES
    proof: Proven = Proof.NOT_SHOWN
    proof_words: ProofWords = ""
    insured_from: InsuredFrom = None
    draft_id: Annotated[str, Key()] = ""
    """The draft that this form grew from; it is closed."""


class PresumeForm(Record):
    """Counts overdue slips as hired, where the rules they were issued by say so."""

    ids: Annotated[tuple[int, ...], Many(label=N_("Letters of referral"))]


class NotPresumable(Record):
    """A letter that was not counted as hired with the others, and why."""

    id: Annotated[int, Key()]
    number: ReferralNumber
    name: PersonName
    why: Annotated[str, Text(label=N_("Reason"))]


class PresumedTogether(Record):
    """What counting overdue slips as hired did."""

    placements: Annotated[tuple[int, ...], Many(label=N_("Placements"))]
    left: Annotated[tuple[NotPresumable, ...], Many(label=N_("Not counted with the others"))] = ()


class ReferralQuery(Record):
    """Asks for referrals, the newest first; every part narrows the list."""

    states: Annotated[tuple[ReferralState, ...], Many(label=N_("Result"))] = ()
    text: Annotated[str, Text(label=N_("Name, employer or number"))] = ""
    """The beginning of a name, of an employer's name or of a referral number, or an ID number."""
    job_seeker_id: Annotated[int | None, Key()] = None
    vacancy_id: Annotated[int | None, Key()] = None
    employer_id: Annotated[int | None, Key()] = None
    overdue: Annotated[bool | None, Flag(label=N_("Slip overdue"))] = None
    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class OverdueQuery(Record):
    """Asks for the slips that are overdue, the oldest first."""

    presumable: Annotated[bool | None, Flag(label=N_("Counts as hired when overdue"))] = None
    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class ReferralRow(Record):
    """One line of a list of referrals. Private values are masked."""

    id: Annotated[int, Key()]
    version: Version
    number: ReferralNumber
    state: State
    job_seeker_id: Annotated[int, Key()]
    name: PersonName
    id_number: MaskedId
    phone: MaskedPhone
    vacancy_id: Annotated[int, Key()]
    vacancy_number: Annotated[str, Text(label=N_("Vacancy number"))]
    occupation: Occupation
    employer_id: Annotated[int, Key()]
    employer: Employer
    contact: Annotated[str, Text(label=N_("Contact"))]
    employer_phone: MaskedPhone
    public_welfare: Annotated[bool, Flag(label=N_("Public-welfare post"))]
    interview_on: InterviewOn
    interview_at: InterviewAt
    issued_on: IssuedOn
    due_on: SlipDue
    overdue: Annotated[bool, Flag(label=N_("Slip overdue"))]
    days_overdue: Annotated[int, Count(label=N_("Days overdue"))]
    """0 when the slip is there or still in time."""
    presumable: Annotated[bool, Flag(label=N_("Counts as hired when overdue"))]
    """The rules of the day it was issued count an overdue slip as hired."""
    result_on: Annotated[date | None, Day(label=N_("Result of"))]
    reason: WhyNot
    note: Note
    placement_id: Annotated[int | None, Key()]
    """The placement it led to, unless that was taken back."""
    paper_id: Annotated[int | None, Key()]
    """The letter that holds."""


class ReferralView(Record):
    """One referral as its card shows it."""

    row: Annotated[ReferralRow, Part()]
    match: Annotated[SealedMatch, Part()]
    """Why it was thought to fit, as it stood on the day of issue."""
    rules: Annotated[str, Text(label=N_("Rules of that day"))]
    rules_provisional: Annotated[bool, Flag(label=N_("Rules not confirmed yet"))]
    presume_source: Annotated[str, Text(label=N_("Source"))]
    """Where it is said whether an overdue slip counts as hired."""
    issued_by: Annotated[str, Name(label=N_("Issued by"))]
    issued_at: Annotated[datetime, Moment(label=N_("Issued at"))]
    told_by: Annotated[str, Name(label=N_("Result entered by"))]
    """Empty while there is no result."""
