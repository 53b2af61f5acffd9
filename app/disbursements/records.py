"""What is asked and shown about awards, approvals and batches."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_, _
from app.core.kinds import (
    Amount,
    BankCard,
    Choice,
    Count,
    Day,
    Flag,
    Key,
    Kind,
    Lines,
    Many,
    Moment,
    Name,
    Text,
)
from app.core.money import Fen
from app.core.record import Record
from app.core.words.disbursements import ApprovalStep, AwardState, Decision, NeedKind, PayWay
from app.disbursements.sealed_records import SealedBasis
from app.disbursements.sharing_records import SharedHousehold
from app.funds.records import FundRow
from app.policy.findings import Assessment
from app.policy.pack import Outcome

AwardNumber = Annotated[str, Text(label=N_("Award number"))]
Measure = Annotated[str, Text(label=N_("Measure"))]
Payee = Annotated[str, Name(label=N_("Payee"))]
Holder = Annotated[str, Name(label=N_("Account holder"))]
Bank = Annotated[str, Text(label=N_("Bank and branch"), max_length=60)]
Card = Annotated[str, BankCard(label=N_("Card or account number"))]
MaskedCard = Annotated[str, Text(label=N_("Card or account number"))]
Money = Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]
Opinion = Annotated[str, Lines(label=N_("Opinion"), max_length=300)]
State = Annotated[AwardState, Choice(label=N_("State"), words=AwardState)]
MemberId = Annotated[int | None, Key()]
"""The pupil or patient a grant per member is for; `None` of a grant for the household."""
Person = Annotated[str, Name(label=N_("For whom"))]
"""The name of that member; empty when it is for the household."""
DraftId = Annotated[str, Key()]
"""The draft that this closes."""
Step = Annotated[ApprovalStep | None, Choice(label=N_("Waits for"), words=ApprovalStep)]
"""Who decides next; `None` when nobody has to."""
DaysLeft = Annotated[int | None, Count(label=N_("Working days left"))]
"""Until the center has to decide, negative when over; `None` once others decide."""
DueProvisional = Annotated[bool, Flag(label=N_("Provisional"))]
"""The work calendar reaches not so far yet."""
Document = Annotated[str, Text(label=N_("Number of the minutes or the reply"), max_length=60)]
DocumentDay = Annotated[date | None, Day(label=N_("Day of it"), may_be_future=False)]
Attended = Annotated[str, Text(label=N_("Attended by"), max_length=120)]
"""The names of those who decided together."""


STEP_NAMES = {
    ApprovalStep.SUPERVISOR: N_("Supervisor"),
    ApprovalStep.COLLECTIVE: N_("All together"),
    ApprovalStep.PROVINCE: N_("Provincial union"),
    ApprovalStep.NATIONAL: N_("National federation"),
}


def step_name(step: ApprovalStep) -> str:
    """Return a step in a word: for ribbons and lists."""
    return _(STEP_NAMES[step])


WAITING_FOR = {
    ApprovalStep.SUPERVISOR: N_("Waiting for the supervisor"),
    ApprovalStep.COLLECTIVE: N_("Waiting for the collective decision"),
    ApprovalStep.PROVINCE: N_("Waiting for the provincial union"),
    ApprovalStep.NATIONAL: N_("Waiting for the national federation"),
}


def waiting_for(step: ApprovalStep) -> str:
    """Return that an award waits at a step, in words."""
    return _(WAITING_FOR[step])


HowPaid = Annotated[PayWay, Choice(label=N_("How it is given"), words=PayWay)]
Goods = Annotated[str, Text(label=N_("Goods"), max_length=40)]
"""What is given in kind, with its unit."""
Quantity = Annotated[int | None, Count(label=N_("Quantity"), at_least=1, at_most=100_000)]
UnitValue = Annotated[Fen | None, Amount(label=N_("Value of one"), at_least=1)]


class NeedForm(Record):
    """A number by which a need is known, so that it is met once."""

    kind: Annotated[NeedKind, Choice(label=N_("Kind of number"), words=NeedKind)]
    number: Annotated[str, Text(label=N_("Number"), min_length=3, max_length=40)]


class ProposalForm(Record):
    """What every version of an award says: how much, from which fund, in which way.

    By card it names an account; in kind the amount is the quantity times the value of one.
    """

    amount: Money
    fund_id: Annotated[int, Key(label=N_("Fund"))]
    way: HowPaid = PayWay.CARD
    goods: Goods = ""
    quantity: Quantity = None
    unit_value: UnitValue = None
    account_holder: Holder = ""
    account_bank: Bank = ""
    account_number: Card = ""
    needs: Annotated[tuple[NeedForm, ...], Many(label=N_("Numbers of the need"))] = ()
    opinion: Opinion = ""
    draft_id: DraftId = ""


class AwardForm(ProposalForm):
    """Proposes relief for the household of a case; of a grant per member, for one person."""

    case_id: Annotated[int, Key()]
    measure: Measure
    member_id: MemberId = None


class SeriesForm(AwardForm):
    """Proposes the same amount for several months, each an award of its own."""

    months: Annotated[int, Count(label=N_("Months"), at_least=2, at_most=12)]
    first_on: Annotated[date, Day(label=N_("First paid from"))]
    """No month is paid before its day."""


class AwardChange(ProposalForm):
    """A new version of an award that was sent back; nobody has approved it yet."""

    award_id: Annotated[int, Key()]
    version: Annotated[int, Key()]


class AwardStepForm(Record):
    """Takes back an award that is in no batch and not paid."""

    award_id: Annotated[int, Key()]
    version: Annotated[int, Key()]


class OfferQuery(Record):
    """Asks what a case may get under one measure: without one, under what was applied for; of
    a grant per member, without a person, for whom the answer is best."""

    case_id: Annotated[int, Key()]
    measure: Measure = ""
    member_id: MemberId = None


class Cap(Record):
    """The cap of a measure in its period: used, reserved, left. It counts payments by their
    day, and whatever is on the way; of a grant per member, those of the one person."""

    year: Annotated[int, Count(label=N_("Year"))]
    most: Annotated[Fen | None, Amount(label=N_("At most"))]
    """`None` when the policy cannot tell yet."""
    used: Annotated[Fen, Amount(label=N_("Paid"))]
    reserved: Annotated[Fen, Amount(label=N_("Approved or proposed"))]
    left: Annotated[Fen | None, Amount(label=N_("Left"))]
    """Not more than all members together may still get."""
    together: Annotated[Fen | None, Amount(label=N_("All members together at most"))] = None
    together_left: Annotated[Fen | None, Amount(label=N_("Left for all members together"))] = None


class OfferPerson(Record):
    """One member of the household, and what the policy says of a grant for them."""

    member_id: Annotated[int, Key()]
    name: Annotated[str, Name(label=N_("Name"))]
    outcome: Annotated[Outcome, Choice(label=N_("Answer"), words=Outcome)]


class AreaLeft(Record):
    """What of a fund may still be given for the policy area of a measure."""

    fund_id: Annotated[int, Key()]
    area: Annotated[str, Text(label=N_("Policy area"))]
    left: Annotated[Fen, Amount(label=N_("Left"))]


class Offer(Record):
    """What stands ready for a proposal: the cap, the account, the funds, the reasons."""

    case_id: Annotated[int, Key()]
    case_number: Annotated[str, Text(label=N_("Case number"))]
    household_id: Annotated[int, Key()]
    name: Payee
    category: Annotated[str, Text(label=N_("Hardship category"))]
    measure: Measure
    title: Annotated[str, Text(label=N_("Measure"))]
    member_id: MemberId
    person: Person
    people: Annotated[tuple[OfferPerson, ...], Many(label=N_("Members"))]
    """Whom a grant per member may be for; empty of one for the household."""
    assessment: Annotated[Assessment, Kind(label=N_("Assessment"))]
    cap: Annotated[Cap, Kind(label=N_("Cap"))]
    funds: Annotated[tuple[FundRow, ...], Many(label=N_("Funds"))]
    account_holder: Holder
    account_bank: Bank
    account_number: Card
    """In the clear: the maker compares it with the card."""
    area_left: Annotated[tuple[AreaLeft, ...], Many(label=N_("Left for the area"))] = ()
    """Of funds whose money is divided by area."""
    asks: Annotated[tuple[NeedKind, ...], Many(label=N_("Numbers of the need"))] = ()
    """The numbers by which a need of this measure is known."""
    goods: Annotated[tuple[str, ...], Many(label=N_("Goods"))] = ()
    """What the center is used to give in kind."""


class AwardRow(Record):
    """One line of a list of awards."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    award_version_id: Annotated[int, Key()]
    case_id: Annotated[int, Key()]
    household_id: Annotated[int, Key()]
    number: AwardNumber
    name: Annotated[str, Name(label=N_("Head of household"))]
    case_number: Annotated[str, Text(label=N_("Case number"))]
    measure: Measure
    title: Annotated[str, Text(label=N_("Measure"))]
    """What it is called, with the name of the member it is for."""
    member_id: MemberId
    person: Person
    amount: Money
    fund: Annotated[str, Text(label=N_("Fund"))]
    state: State
    proposed_by: Annotated[str, Name(label=N_("Proposed by"))]
    proposed_at: Annotated[datetime, Moment(label=N_("Proposed"))]
    mine: Annotated[bool, Flag(label=N_("Proposed by me"))]
    waits_for: Step = None
    days_left: DaysLeft = None
    due_provisional: DueProvisional = False
    escalated: Annotated[bool, Flag(label=N_("Long overdue"))] = False
    """Over for so long that the workbench urges a decision."""
    way: HowPaid = PayWay.CARD
    came_back: Annotated[str, Text(label=N_("Why it came back"))] = ""
    """What the bank said when the payment failed; empty of what a person sent back."""


class AwardQuery(Record):
    """Asks for awards; every part narrows the list."""

    states: Annotated[tuple[AwardState, ...], Many(label=N_("State"))] = ()
    household_id: Annotated[int | None, Key()] = None
    case_id: Annotated[int | None, Key()] = None
    proposed_by_me: Annotated[bool, Flag(label=N_("Proposed by me"))] = False
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class AwardsWaiting(Record):
    """How many awards wait for this person, by what they have to do."""

    to_decide: Annotated[int, Count(label=N_("To decide"))]
    """Proposed by somebody else and not decided."""
    to_pay: Annotated[int, Count(label=N_("To pay"))]
    """Approved and in no batch."""


class AwardById(Record):
    """Names an award."""

    id: Annotated[int, Key()]


class Difference(Record):
    """One thing that differs from what the proposal rested on, or from last time."""

    label: Annotated[str, Text(label=N_("What"))]
    before: Annotated[str, Text(label=N_("Before"))]
    now: Annotated[str, Text(label=N_("Now"))]


class DecisionRow(Record):
    """One decision on a version of an award."""

    decision: Annotated[Decision, Choice(label=N_("Decision"), words=Decision)]
    opinion: Opinion
    decided_by: Annotated[str, Name(label=N_("Decided by"))]
    decided_at: Annotated[datetime, Moment(label=N_("Decided"))]
    suggested_amount: Annotated[Fen | None, Amount(label=N_("Suggested amount"))]
    sequence: Annotated[int, Count(label=N_("Version"))]
    step: Step = None
    document: Document = ""
    document_day: DocumentDay = None
    attended: Attended = ""


class WayStep(Record):
    """One step of the way to an approval."""

    step: Annotated[ApprovalStep, Choice(label=N_("Step"), words=ApprovalStep)]
    decided_by: Annotated[str, Name(label=N_("Decided by"))] = ""
    """Empty until it is approved."""
    decided_at: Annotated[datetime | None, Moment(label=N_("Decided"))] = None


class AreaMoney(Record):
    """What the fund of an award holds for its policy area."""

    area: Annotated[str, Text(label=N_("Policy area"))]
    granted: Annotated[Fen, Amount(label=N_("Granted"))]
    taken: Annotated[Fen, Amount(label=N_("Reserved or paid"))]
    left: Annotated[Fen, Amount(label=N_("Left"))]
    """For this area, what is for any area counted in."""


class AwardView(Record):
    """An award as the approval desk shows it."""

    row: AwardRow
    sequence: Annotated[int, Count(label=N_("Version"))]
    sex_age: Annotated[str, Text(label=N_("Sex and age"))]
    household_size: Annotated[int, Count(label=N_("Household size"))]
    district: Annotated[str, Text(label=N_("District"))]
    category: Annotated[str, Text(label=N_("Hardship category"))]
    account_holder: Holder
    account_bank: Bank
    account_number: MaskedCard
    opinion: Opinion
    assessment_number: Annotated[str, Text(label=N_("Assessment"))]
    assessment: Annotated[Assessment, Kind(label=N_("Assessment"))]
    """Of the measure, made anew today."""
    changed_since: Annotated[tuple[Difference, ...], Many(label=N_("Changed since the proposal"))]
    last_time: Annotated[tuple[Difference, ...], Many(label=N_("Different from last time"))]
    flags: Annotated[tuple[str, ...], Many(label=N_("Please look"))]
    """Sentences: the same card in another household, and the like."""
    cap: Annotated[Cap, Kind(label=N_("Cap"))]
    fund: Annotated[FundRow, Kind(label=N_("Fund"))]
    decisions: Annotated[tuple[DecisionRow, ...], Many(label=N_("Decisions"))]
    seal: Annotated[str, Text(label=N_("Seal of the award"))]
    basis: Annotated[SealedBasis, Kind(label=N_("Sealed assessment"))]
    way: Annotated[tuple[WayStep, ...], Many(label=N_("Way of approval"))] = ()
    way_says: Annotated[tuple[str, ...], Many(label=N_("Why these steps"))] = ()
    """The rules that ask for more than one supervisor, in words."""
    attended_least: Annotated[int, Count(label=N_("Attended by at least"))] = 0
    due_on: Annotated[date | None, Day(label=N_("To be decided by"))] = None
    closed: Annotated[str, Text(label=N_("Why it is closed to this person"))] = ""
    """Related, or decided an earlier step; empty when this person may decide."""
    area: Annotated[AreaMoney | None, Kind(label=N_("Policy area"))] = None
    given: HowPaid = PayWay.CARD
    goods: Goods = ""
    quantity: Quantity = None
    unit_value: UnitValue = None
    needs: Annotated[tuple[NeedForm, ...], Many(label=N_("Numbers of the need"))] = ()
    meets: Annotated[tuple[str, ...], Many(label=N_("Need that is met"))] = ()
    list_number: Annotated[str, Text(label=N_("List number"))] = ""
    list_title: Annotated[str, Text(label=N_("Title"))] = ""
    not_before: Annotated[date | None, Day(label=N_("Not before"))] = None
    """Of a monthly series: the day before which no batch takes it."""
    terms: Annotated[tuple[str, ...], Many(label=N_("Earmarks"))] = ()
    shared: Annotated[tuple[SharedHousehold, ...], Many(label=N_("Please look"))] = ()
    """Households that have something of this one; each stands among the flags as well."""


class ApprovalRow(Record):
    """One line of the approval desk: an award that waits, and whether to look closer."""

    id: Annotated[int, Key()]
    award: Annotated[AwardRow, Kind(label=N_("Award"))]
    light: Annotated[str, Text(label=N_("Light"))]
    """``ok``, ``look``, or ``stop``: it cannot be approved as it stands. Empty until looked at."""
    why: Annotated[str, Text(label=N_("Please look"))]
    """In a word or two; empty when nothing stands out."""
    overdue: Annotated[bool, Flag(label=N_("Overdue"))] = False
    soon: Annotated[bool, Flag(label=N_("Due soon"))] = False
    related: Annotated[bool, Flag(label=N_("Related"))] = False
    """This person is related to the household, so others decide."""
    area: Annotated[str, Text(label=N_("Policy area"))] = ""
    list_id: Annotated[int | None, Key()] = None
    list_number: Annotated[str, Text(label=N_("List number"))] = ""
    list_title: Annotated[str, Text(label=N_("Title"))] = ""


class DecisionForm(Record):
    """The second person's decision on one version of an award."""

    award_id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    award_version_id: Annotated[int, Key()]
    decision: Annotated[Decision, Choice(label=N_("Decision"), words=Decision)]
    opinion: Opinion = ""
    suggested_amount: Annotated[Fen | None, Amount(label=N_("Suggested amount"), at_least=1)] = None
    step: Annotated[ApprovalStep, Choice(label=N_("Step"), words=ApprovalStep)] = (
        ApprovalStep.SUPERVISOR
    )
    """The step the person decides; approving raises `StepNeeded` when another one is due."""
    document: Document = ""
    document_day: DocumentDay = None
    attended: Attended = ""
    draft_id: DraftId = ""
