"""What is asked and shown about job seekers: the registration, their lists, their card."""

from datetime import date, datetime
from typing import Annotated, Final

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
    ManyChoice,
    ManyCodes,
    Moment,
    Name,
    Part,
    Phone,
    ResidentId,
    Text,
    YesNo,
)
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Answer
from app.core.words.households import Sex
from app.core.words.placements import (
    Education,
    NotHiredReason,
    PersonKind,
    PlacementState,
    Proof,
    RecognitionState,
    ReferralState,
    SeekerState,
    Shift,
    SkillGrade,
    Strain,
)
from app.placements.recognition_records import RecognitionRow

ALL_SHIFTS: Final = tuple(Shift)
"""What somebody can do who said nothing of shifts."""

Version = Annotated[int, Key()]
SeekerNumber = Annotated[str, Text(label=N_("Registration number"))]
State = Annotated[SeekerState, Choice(label=N_("State"), words=SeekerState)]
Kinds = Annotated[PersonKind | None, Choice(label=N_("Kind of person"), words=PersonKind)]
District = Annotated[str | None, Code(label=N_("District"), list="district")]
Schooling = Annotated[Education | None, Choice(label=N_("Education"), words=Education)]
Grade = Annotated[SkillGrade | None, Choice(label=N_("Skill grade"), words=SkillGrade)]
WageWish = Annotated[Fen | None, Amount(label=N_("Wage wished a month, at least"), at_least=1)]
MaskedId = Annotated[str, Text(label=N_("Resident ID number"))]
MaskedPhone = Annotated[str, Text(label=N_("Mobile"))]
Reason = Annotated[str, Lines(label=N_("Reason"), max_length=300)]
RegisteredOn = Annotated[date, Day(label=N_("Registered on"), may_be_future=False)]
ValidUntil = Annotated[date, Day(label=N_("Valid until"))]


class SeekerForm(Record):
    """The registration of a job seeker. Sex and birth come from the ID number."""

    name: Annotated[str, Name(label=N_("Name"), min_length=1)]
    id_number: Annotated[str, ResidentId(label=N_("Resident ID number"))]
    phone: Annotated[str, Phone(label=N_("Mobile"))] = ""
    """Left empty, it is taken from the household file when there is one."""
    address: Annotated[str, Text(label=N_("Address"))] = ""
    district: District = None
    person_kind: Kinds = None
    household_id: Annotated[int | None, Key()] = None
    """The file of the person; `None` to look for one by the ID number."""
    member_id: Annotated[int | None, Key()] = None
    residence_type: Annotated[
        str | None, Code(label=N_("Kind of registered residence"), list="residence_type")
    ] = None
    marital_status: Annotated[
        str | None, Code(label=N_("Marital status"), list="marital_status")
    ] = None

    employment_number: Annotated[
        str, Text(label=N_("Number of the employment certificate"), max_length=40)
    ] = ""
    unemployed_registered: Annotated[Answer, YesNo(label=N_("Registered as unemployed"))] = (
        Answer.NOT_ASKED
    )
    unemployed_since: Annotated[
        date | None, Day(label=N_("Registered as unemployed since"), may_be_future=False)
    ] = None
    receives_dibao: Annotated[Answer, YesNo(label=N_("Receives dibao"))] = Answer.NOT_ASKED
    zero_employment: Annotated[Answer, YesNo(label=N_("Nobody in the household works"))] = (
        Answer.NOT_ASKED
    )
    disabled: Annotated[Answer, YesNo(label=N_("Has a disability"))] = Answer.NOT_ASKED
    union_member: Annotated[Answer, YesNo(label=N_("Union member"))] = Answer.NOT_ASKED

    education: Schooling = None
    major: Annotated[str, Text(label=N_("Major"), max_length=40)] = ""
    skill_grade: Grade = None
    skills: Annotated[
        str,
        Text(
            label=N_("Skills"), hint=N_("Certificates and what the person can do"), max_length=120
        ),
    ] = ""
    resume: Annotated[str, Lines(label=N_("Work so far"), max_length=600)] = ""
    limits: Annotated[
        tuple[Strain, ...],
        ManyChoice(
            label=N_("Cannot bear"), hint=N_("Leave empty when there is nothing"), words=Strain
        ),
    ] = ()

    wish: Annotated[str, Text(label=N_("Occupation wished"), min_length=1, max_length=30)]
    second_wish: Annotated[str, Text(label=N_("Second wish"), max_length=30)] = ""
    third_wish: Annotated[str, Text(label=N_("Third wish"), max_length=30)] = ""
    wage_wish: WageWish = None
    districts: Annotated[
        tuple[str, ...],
        ManyCodes(
            label=N_("Would work in"),
            hint=N_("Leave empty for anywhere"),
            list="district",
            at_most=6,
        ),
    ] = ()
    shifts: Annotated[
        tuple[Shift, ...], ManyChoice(label=N_("Shifts possible"), words=Shift, at_least=1)
    ] = ALL_SHIFTS
    board: Annotated[Answer, YesNo(label=N_("Needs food and a bed"))] = Answer.NOT_ASKED
    wants_training: Annotated[Answer, YesNo(label=N_("Wants training"))] = Answer.NOT_ASKED
    available_on: Annotated[date | None, Day(label=N_("Can begin on"))] = None
    registered_on: RegisteredOn
    note: Annotated[str, Lines(label=N_("Note"), max_length=300)] = ""
    service_request_id: Annotated[int | None, Key()] = None
    """The request for job placement that led here."""
    draft_id: Annotated[str, Key()] = ""
    """The draft that this registration grew from; it is closed."""


class SeekerChangeForm(Record):
    """Changes a registration."""

    id: Annotated[int, Key()]
    version: Version
    seeker: Annotated[SeekerForm, Part()]


class SeekerById(Record):
    """Names one job seeker."""

    id: Annotated[int, Key()]


class SeekerEndForm(Record):
    """Withdraws a registration, with the words."""

    id: Annotated[int, Key()]
    version: Version
    reason: Annotated[str, Lines(label=N_("Reason"), max_length=300)]
    draft_id: Annotated[str, Key()] = ""


class SeekerRenewForm(Record):
    """Makes a registration valid again from a day on, also one that was withdrawn."""

    id: Annotated[int, Key()]
    version: Version
    day: Annotated[date, Day(label=N_("Day"), may_be_future=False)]


class PersonAsked(Record):
    """Asks who somebody is, by ID number, before they are registered."""

    id_number: Annotated[str, ResidentId(label=N_("Resident ID number"))]


class SeekerQuery(Record):
    """Asks for job seekers; every part narrows the list, which comes newest first."""

    states: Annotated[tuple[SeekerState, ...], Many(label=N_("State"))] = ()
    text: Annotated[str, Text(label=N_("Name or number"))] = ""
    """The beginning of a name or of a registration number, or a whole ID number."""
    district: District = None
    person_kind: Kinds = None
    recognised: Annotated[bool | None, Flag(label=N_("Recognised as difficult to employ"))] = None
    expired: Annotated[bool | None, Flag(label=N_("Registration expired"))] = None
    household_id: Annotated[int | None, Key()] = None
    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class SeekerRow(Record):
    """One line of a list of job seekers. Private values are masked."""

    id: Annotated[int, Key()]
    version: Version
    number: SeekerNumber
    state: State
    expired: Annotated[bool, Flag(label=N_("Registration expired"))]
    """Looks for work by the list, but the registration ran out and was not renewed."""
    name: Annotated[str, Name(label=N_("Name"))]
    id_number: MaskedId
    phone: MaskedPhone
    sex: Annotated[Sex, Choice(label=N_("Sex"), words=Sex)]
    age: Annotated[int, Count(label=N_("Age"))]
    district: District
    person_kind: Kinds
    recognition: Annotated[
        RecognitionState | None, Choice(label=N_("Recognition"), words=RecognitionState)
    ]
    """Of the last one; `None` when nobody applied for one."""
    education: Schooling
    wishes: Annotated[tuple[str, ...], Many(label=N_("Occupations wished"))]
    wage_wish: WageWish
    registered_on: RegisteredOn
    valid_until: ValidUntil
    household_id: Annotated[int | None, Key()]
    member_id: Annotated[int | None, Key()]


class KnownMember(Record):
    """Somebody of a household whose file is known here."""

    household_id: Annotated[int, Key()]
    member_id: Annotated[int, Key()]
    name: Annotated[str, Name(label=N_("Name"))]
    head: Annotated[str, Name(label=N_("Head of household"))]
    file_number: Annotated[str, Text(label=N_("File number"))]
    district: District


class PersonFound(Record):
    """What is known here of somebody who looks for work."""

    live: Annotated[SeekerRow | None, Part()]
    """Their registration that stands: it is opened, not made again."""
    earlier: Annotated[SeekerRow | None, Part()]
    """Their last one that was withdrawn: it can be renewed."""
    people: Annotated[tuple[KnownMember, ...], Many(label=N_("People"))]
    form: Annotated[SeekerForm | None, Part()]
    """A form filled from the file of the household, without the telephone number, which is
    private and taken over by itself; `None` when no file is known."""
    why_not: Annotated[str, Text(label=N_("Why nobody can be registered"))]
    """Empty when a registration can be entered."""


class SeekerReferralRow(Record):
    """One referral on the card of a seeker."""

    id: Annotated[int, Key()]
    number: Annotated[str, Text(label=N_("Referral number"))]
    state: Annotated[ReferralState, Choice(label=N_("Result"), words=ReferralState)]
    vacancy_id: Annotated[int, Key()]
    occupation: Annotated[str, Text(label=N_("Occupation"))]
    employer: Annotated[str, Text(label=N_("Employer"))]
    issued_on: Annotated[date, Day(label=N_("Issued on"))]
    due_on: Annotated[date, Day(label=N_("Slip due"))]
    overdue: Annotated[bool, Flag(label=N_("Slip overdue"))]
    result_on: Annotated[date | None, Day(label=N_("Result of"))]
    reason: Annotated[
        NotHiredReason | None, Choice(label=N_("Why not hired"), words=NotHiredReason)
    ]


class SeekerPlacementRow(Record):
    """One placement on the card of a seeker."""

    id: Annotated[int, Key()]
    number: Annotated[str, Text(label=N_("Placement number"))]
    state: Annotated[PlacementState, Choice(label=N_("State"), words=PlacementState)]
    employer: Annotated[str, Text(label=N_("Employer"))]
    occupation: Annotated[str, Text(label=N_("Occupation"))]
    started_on: Annotated[date, Day(label=N_("Started on"))]
    left_on: Annotated[date | None, Day(label=N_("Left the job on"))]
    wage: Annotated[Fen | None, Amount(label=N_("Wage a month"))]
    proof: Annotated[Proof, Choice(label=N_("Proof"), words=Proof)]


class SeekerView(Record):
    """One job seeker as the card shows them; private values are masked."""

    row: Annotated[SeekerRow, Part()]
    seeker: Annotated[SeekerForm, Part()]
    file_number: Annotated[str, Text(label=N_("File number"))]
    """Of the household; empty for somebody without a file."""
    service_number: Annotated[str, Text(label=N_("Request"))]
    """Of the request for job placement that led here."""
    no_shows: Annotated[int, Count(label=N_("Did not appear"))]
    """How often they stayed away from where they were sent."""
    many_no_shows: Annotated[bool, Flag(label=N_("Stayed away often"))]
    """As often as the rules say that the officer is warned."""
    rules_provisional: Annotated[bool, Flag(label=N_("Rules not confirmed yet"))]
    ended_reason: Reason
    recognitions: Annotated[tuple[RecognitionRow, ...], Many(label=N_("Recognitions"))]
    referrals: Annotated[tuple[SeekerReferralRow, ...], Many(label=N_("Referrals"))]
    placements: Annotated[tuple[SeekerPlacementRow, ...], Many(label=N_("Placements"))]
    entered_by: Annotated[str, Name(label=N_("Entered by"))]
    entered_at: Annotated[datetime, Moment(label=N_("Entered at"))]


class SeekerRevealed(Record):
    """The private values of a job seeker in the clear; having asked stands in the trail."""

    seeker: Annotated[SeekerForm, Part()]
