"""What is asked and shown about vacancies: the posts, how fresh they are, who was sent there."""

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
    ManyChoice,
    Moment,
    Name,
    Part,
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
    PayUnit,
    PlacementState,
    Proof,
    ReferralState,
    Shift,
    SkillGrade,
    Strain,
    VacancyState,
)
from app.placements.employer_records import EmployerRow
from app.reference.dated import Confidence

Version = Annotated[int, Key()]
VacancyNumber = Annotated[str, Text(label=N_("Vacancy number"))]
State = Annotated[VacancyState, Choice(label=N_("State"), words=VacancyState)]
PublicWelfare = Annotated[bool, Flag(label=N_("Public-welfare post"))]
Occupation = Annotated[str, Text(label=N_("Occupation"), min_length=1, max_length=30)]
Employer = Annotated[str, Text(label=N_("Employer"))]
Heads = Annotated[int, Count(label=N_("Posts"), at_least=1, at_most=10_000)]
District = Annotated[str | None, Code(label=N_("District of the work"), list="district")]
Workplace = Annotated[str, Text(label=N_("Place of work"))]
ShiftOf = Annotated[Shift, Choice(label=N_("Shift"), words=Shift)]
Strains = Annotated[
    tuple[Strain, ...],
    ManyChoice(
        label=N_("Asks of the body"), hint=N_("Leave empty when there is nothing"), words=Strain
    ),
]
WageFrom = Annotated[Fen, Amount(label=N_("Pay from"), at_least=1)]
WageTo = Annotated[Fen | None, Amount(label=N_("Pay up to"), at_least=1)]
Unit = Annotated[PayUnit, Choice(label=N_("Pay for"), words=PayUnit)]
Schooling = Annotated[Education | None, Choice(label=N_("Education at least"), words=Education)]
Grade = Annotated[SkillGrade | None, Choice(label=N_("Skill grade at least"), words=SkillGrade)]
AgeFrom = Annotated[int | None, Count(label=N_("Age from"), at_least=1, at_most=100)]
AgeTo = Annotated[int | None, Count(label=N_("Age up to"), at_least=1, at_most=100)]
SexOnly = Annotated[Sex | None, Choice(label=N_("Sex"), words=Sex)]
OpenedOn = Annotated[date, Day(label=N_("Reported on"), may_be_future=False)]
ConfirmedOn = Annotated[date, Day(label=N_("Confirmed on"), may_be_future=False)]
ValidUntil = Annotated[date, Day(label=N_("Valid until"))]
Reason = Annotated[str, Lines(label=N_("Reason"), max_length=300)]


class VacancyForm(Record):
    """Posts of one kind that an employer reports."""

    employer_id: Annotated[int, Key()]
    public_welfare: PublicWelfare = False
    occupation: Occupation
    duties: Annotated[str, Lines(label=N_("Duties"), max_length=300)] = ""
    heads: Heads = 1
    district: District = None
    workplace: Workplace = ""
    shift: ShiftOf = Shift.DAY
    working_hours: Annotated[str, Text(label=N_("Working hours"), max_length=60)] = ""
    strains: Strains = ()
    wage_from: WageFrom
    wage_to: WageTo = None
    pay_unit: Unit = PayUnit.MONTH
    education: Schooling = None
    skill_grade: Grade = None
    age_from: AgeFrom = None
    age_to: AgeTo = None
    sex: SexOnly = None
    limit_ground: Annotated[
        str,
        Text(
            label=N_("Legal ground of the limit"),
            hint=N_("What law or state rule allows a limit of age or sex for this work."),
            max_length=120,
        ),
    ] = ""
    form: Annotated[str, Text(label=N_("Form of employment"), max_length=40)] = ""
    contract_months: Annotated[
        int | None, Count(label=N_("Contract, months"), at_least=1, at_most=600)
    ] = None
    probation_months: Annotated[int | None, Count(label=N_("Probation, months"), at_most=6)] = None
    insured: Annotated[Answer, YesNo(label=N_("Social insurance paid"))] = Answer.NOT_ASKED
    board: Annotated[Answer, YesNo(label=N_("Gives food and a bed"))] = Answer.NOT_ASKED
    conditions: Annotated[str, Lines(label=N_("Further conditions"), max_length=300)] = ""
    opened_on: OpenedOn
    valid_until: Annotated[date | None, Day(label=N_("Valid until"))] = None
    """`None` for as long as the rules propose."""
    note: Annotated[str, Lines(label=N_("Note"), max_length=300)] = ""
    draft_id: Annotated[str, Key()] = ""
    """The draft that this form grew from; it is closed."""


class VacancyChangeForm(Record):
    """Changes a vacancy; employer, kind of post and day of the report stay."""

    id: Annotated[int, Key()]
    version: Version
    vacancy: Annotated[VacancyForm, Part()]


class VacancyById(Record):
    """Names one vacancy."""

    id: Annotated[int, Key()]


class ConfirmForm(Record):
    """What an employer said in one call: these vacancies still stand."""

    ids: Annotated[tuple[int, ...], Many(label=N_("Vacancies"))]
    day: ConfirmedOn
    spoken_with: Annotated[str, Name(label=N_("Confirmed with"))] = ""
    valid_until: Annotated[
        date | None,
        Day(label=N_("Valid until"), hint=N_("Of all of them; leave empty to keep it")),
    ] = None


class VacancyEndForm(Record):
    """Withdraws a vacancy, with the words."""

    id: Annotated[int, Key()]
    version: Version
    reason: Reason


class VacancyReopenForm(Record):
    """Opens a vacancy again that was withdrawn."""

    id: Annotated[int, Key()]
    version: Version
    day: ConfirmedOn
    valid_until: Annotated[date | None, Day(label=N_("Valid until"))] = None
    """`None` for as long as the rules propose."""


class VacancyQuery(Record):
    """Asks for vacancies; every part narrows the list, which comes newest first. Those to be
    confirmed again come by employer, so that one call settles several."""

    states: Annotated[tuple[VacancyState, ...], Many(label=N_("State"))] = ()
    text: Annotated[str, Text(label=N_("Occupation, employer or number"))] = ""
    """A part of an occupation or of an employer's name, or the beginning of a number."""
    employer_id: Annotated[int | None, Key()] = None
    district: District = None
    public_welfare: Annotated[bool | None, Flag(label=N_("Public-welfare post"))] = None
    stale: Annotated[bool | None, Flag(label=N_("To be confirmed again"))] = None
    expired: Annotated[bool | None, Flag(label=N_("Run out"))] = None
    barred: Annotated[bool | None, Flag(label=N_("Employer on the blacklist"))] = None
    free: Annotated[bool | None, Flag(label=N_("With free posts"))] = None
    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class VacancyRow(Record):
    """One line of a list of vacancies."""

    id: Annotated[int, Key()]
    version: Version
    number: VacancyNumber
    state: State
    employer_id: Annotated[int, Key()]
    employer: Employer
    public_welfare: PublicWelfare
    occupation: Occupation
    heads: Heads
    hired: Annotated[int, Count(label=N_("Hired"))]
    free_posts: Annotated[int, Count(label=N_("Free posts"))]
    referred: Annotated[int, Count(label=N_("Referred"))]
    """Letters to it that are not void."""
    district: District
    workplace: Workplace
    shift: ShiftOf
    wage_from: WageFrom
    wage_to: WageTo
    pay_unit: Unit
    education: Schooling
    skill_grade: Grade
    age_from: AgeFrom
    age_to: AgeTo
    sex: SexOnly
    insured: Annotated[Answer, YesNo(label=N_("Social insurance paid"))]
    board: Annotated[Answer, YesNo(label=N_("Gives food and a bed"))]
    opened_on: OpenedOn
    confirmed_on: ConfirmedOn
    confirm_by: Annotated[date, Day(label=N_("Confirm by"))]
    """The last day on which it is fresh."""
    confirm_by_provisional: Annotated[bool, Flag(label=N_("Day not certain yet"))]
    """The working days of that year are not announced yet."""
    valid_until: ValidUntil
    stale: Annotated[bool, Flag(label=N_("To be confirmed again"))]
    expired: Annotated[bool, Flag(label=N_("Run out"))]
    barred: Annotated[bool, Flag(label=N_("Employer on the blacklist"))]

    @property
    def offered(self) -> bool:
        """Tell whether people are sent there: hiring, fresh, not run out, a post free."""
        live = self.state is VacancyState.OPEN and self.free_posts > 0
        return live and not (self.stale or self.expired or self.barred)


class VacancyCounts(Record):
    """How many vacancies stand how."""

    offered: Annotated[int, Count(label=N_("Offered"))]
    stale: Annotated[int, Count(label=N_("To be confirmed again"))]
    expired: Annotated[int, Count(label=N_("Run out"))]
    filled: Annotated[int, Count(label=N_("All posts filled"))]
    withdrawn: Annotated[int, Count(label=N_("Vacancy withdrawn"))]
    public_welfare: Annotated[int, Count(label=N_("Public-welfare post"))]
    """Of those that are offered."""
    free_posts: Annotated[int, Count(label=N_("Free posts"))]
    """Of those that are offered."""


class WageAsked(Record):
    """Asks for the minimum wage of a district and day."""

    district: District = None
    day: Annotated[date, Day(label=N_("Day"))]


class WageFloor(Record):
    """The least a full month of work may be paid in a district on a day, and where it says so."""

    district: District
    day: Annotated[date, Day(label=N_("Day"))]
    amount: Annotated[Fen | None, Amount(label=N_("Minimum wage"))]
    """`None` when it is not known for this district and day."""
    document: Annotated[str, Text(label=N_("Document"))] = ""
    confidence: Annotated[Confidence | None, Choice(label=N_("Confidence"), words=Confidence)] = (
        None
    )
    effective_from: Annotated[date | None, Day(label=N_("In force from"))] = None

    def below(self, wage: int) -> bool | None:
        """Tell whether a wage a month is less; `None` when the minimum is not known."""
        return None if self.amount is None else wage < self.amount


class TermAsked(Record):
    """Asks how long a seeker may hold a public-welfare post that begins on a day."""

    job_seeker_id: Annotated[int, Key()]
    started_on: Annotated[date, Day(label=N_("Started on"))]
    retires_on: Annotated[date | None, Day(label=N_("Reaches the pension on"))] = None
    """As the officer states it from the papers; `None` when it is not near."""


class TermView(Record):
    """How long a seeker may hold a public-welfare post, or why not."""

    last_day: Annotated[date | None, Day(label=N_("Last day allowed"))] = None
    near_pension: Annotated[bool, Flag(label=N_("Near the pension"))]
    """So near that the post may last until then."""
    why_not: Annotated[str, Text(label=N_("Why not allowed"))] = ""
    rules_provisional: Annotated[bool, Flag(label=N_("Rules not confirmed yet"))]


class VacancyReferralRow(Record):
    """One referral on the card of a vacancy."""

    id: Annotated[int, Key()]
    number: Annotated[str, Text(label=N_("Referral number"))]
    state: Annotated[ReferralState, Choice(label=N_("Result"), words=ReferralState)]
    job_seeker_id: Annotated[int, Key()]
    name: Annotated[str, Name(label=N_("Name"))]
    issued_on: Annotated[date, Day(label=N_("Issued on"))]
    due_on: Annotated[date, Day(label=N_("Slip due"))]
    overdue: Annotated[bool, Flag(label=N_("Slip overdue"))]
    result_on: Annotated[date | None, Day(label=N_("Result of"))]
    reason: Annotated[
        NotHiredReason | None, Choice(label=N_("Why not hired"), words=NotHiredReason)
    ]


class VacancyPlacementRow(Record):
    """One placement on the card of a vacancy."""

    id: Annotated[int, Key()]
    number: Annotated[str, Text(label=N_("Placement number"))]
    state: Annotated[PlacementState, Choice(label=N_("State"), words=PlacementState)]
    name: Annotated[str, Name(label=N_("Name"))]
    started_on: Annotated[date, Day(label=N_("Started on"))]
    ends_on: Annotated[date | None, Day(label=N_("Last day allowed"))]
    """Of a public-welfare post: the last day allowed."""
    left_on: Annotated[date | None, Day(label=N_("Left the job on"))]
    wage: Annotated[Fen | None, Amount(label=N_("Wage a month"))]
    proof: Annotated[Proof, Choice(label=N_("Proof"), words=Proof)]


class VacancyView(Record):
    """One vacancy as the card shows it."""

    row: Annotated[VacancyRow, Part()]
    vacancy: Annotated[VacancyForm, Part()]
    employer: Annotated[EmployerRow, Part()]
    floor: Annotated[WageFloor, Part()]
    """The minimum wage of its district today."""
    below_floor: Annotated[bool | None, Flag(label=N_("Below the minimum wage"))]
    """`None` when it cannot be told: the minimum is not known, or the pay is not by the month."""
    rules_provisional: Annotated[bool, Flag(label=N_("Rules not confirmed yet"))]
    ended_reason: Reason
    referrals: Annotated[tuple[VacancyReferralRow, ...], Many(label=N_("Letters of referral"))]
    placements: Annotated[tuple[VacancyPlacementRow, ...], Many(label=N_("Placements"))]
    entered_by: Annotated[str, Name(label=N_("Entered by"))]
    entered_at: Annotated[datetime, Moment(label=N_("Entered at"))]
