"""What is asked and shown about loans: the enquiry, the steps to the money, the loan itself.

What concerns their money is in `app.loans.money_records`, their lists in `app.loans.worklists`.
"""

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
    Phone,
    ResidentId,
    Text,
    YesNo,
)
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Answer
from app.core.words.loans import (
    BorrowerKind,
    CheckResult,
    DayCount,
    DueDays,
    LoanState,
    Prepayment,
    RepaymentMethod,
    StepOutcome,
)
from app.loans.eligibility_records import EligibilityAnswers
from app.reference.dated import Confidence

LoanNumber = Annotated[str, Text(label=N_("Loan number"))]
State = Annotated[LoanState, Choice(label=N_("State"), words=LoanState)]
Borrower = Annotated[str, Name(label=N_("Borrower"))]
Group = Annotated[str, Text(label=N_("Group of borrowers"), max_length=40)]
Kinds = Annotated[BorrowerKind, Choice(label=N_("Kind of borrower"), words=BorrowerKind)]
Bank = Annotated[str, Text(label=N_("Lending bank"), max_length=60)]
Asked = Annotated[Fen, Amount(label=N_("Asked for"), at_least=1)]
Months = Annotated[int, Count(label=N_("Months"), at_least=1, at_most=120)]
Version = Annotated[int, Key()]
DoneOn = Annotated[date, Day(label=N_("Day"), may_be_future=False)]
Words = Annotated[str, Lines(label=N_("Opinion"), max_length=600)]
Reason = Annotated[str, Lines(label=N_("Reason"), max_length=300)]
MaskedId = Annotated[str, Text(label=N_("Resident ID number"))]
MaskedPhone = Annotated[str, Text(label=N_("Mobile"))]
DueOn = Annotated[date | None, Day(label=N_("Due"))]
DaysLeft = Annotated[int | None, Count(label=N_("Working days left"))]
"""Working days until a step is due; negative when it is overdue, `None` when nothing is due."""


# The enquiry


class LoanForm(Record):
    """An enquiry: who wants to borrow how much, and for what."""

    borrower_kind: Kinds = BorrowerKind.INDIVIDUAL
    borrower_group: Group = ""
    """A word of the list of groups in the rules; empty while it is not known."""
    name: Annotated[str, Name(label=N_("Name"), min_length=1)]
    id_number: Annotated[str, ResidentId(label=N_("Resident ID number"))]
    phone: Annotated[str, Phone(label=N_("Mobile"))] = ""
    address: Annotated[str, Text(label=N_("Address"))] = ""
    district: Annotated[str | None, Code(label=N_("District"), list="district")] = None
    household_id: Annotated[int | None, Key()] = None
    """The file of the borrower; `None` to look for one by the ID number."""
    member_id: Annotated[int | None, Key()] = None
    firm: Annotated[str, Text(label=N_("Business"))] = ""
    """As its licence names it; empty before there is one."""
    uscc: Annotated[str, Text(label=N_("Unified social credit code"), max_length=18)] = ""
    heads: Annotated[
        int | None,
        Count(
            label=N_("Partners or new hires"),
            hint=N_("Of a partnership its partners, of a firm the new hires it is lent for."),
            at_least=1,
            at_most=10_000,
        ),
    ] = None
    staff: Annotated[
        int | None, Count(label=N_("Staff of the firm"), at_least=1, at_most=100_000)
    ] = None
    purpose: Annotated[str, Text(label=N_("Purpose"), min_length=2)]
    industry: Annotated[str, Text(label=N_("Industry"), max_length=40)] = ""
    jobs: Annotated[int | None, Count(label=N_("People given work"), at_most=10_000)] = None
    asked: Asked
    months_asked: Months
    asked_on: Annotated[date, Day(label=N_("Asked on"), may_be_future=False)]
    note: Annotated[str, Lines(label=N_("Note"), max_length=300)] = ""
    draft_id: Annotated[str, Key()] = ""
    """The draft that this enquiry grew from; it is closed."""


class LoanChangeForm(Record):
    """Changes an enquiry, as long as the committee has not decided on it."""

    id: Annotated[int, Key()]
    version: Version
    loan: Annotated[LoanForm, Part()]


class BorrowerAsked(Record):
    """Asks who somebody is, by ID number, before an enquiry is entered."""

    id_number: Annotated[str, ResidentId(label=N_("Resident ID number"))]
    borrower_kind: Kinds = BorrowerKind.INDIVIDUAL
    except_loan: Annotated[int | None, Key()] = None


class KnownPerson(Record):
    """Somebody of a household whose file is known here."""

    household_id: Annotated[int, Key()]
    member_id: Annotated[int, Key()]
    name: Annotated[str, Name(label=N_("Name"))]
    head: Annotated[str, Name(label=N_("Head of household"))]
    file_number: Annotated[str, Text(label=N_("File number"))]
    district: Annotated[str | None, Code(label=N_("District"), list="district")]


class LoanById(Record):
    """Names one loan."""

    id: Annotated[int, Key()]


class LoanQuery(Record):
    """Asks for loans; every part narrows the list, which comes newest first."""

    states: Annotated[tuple[LoanState, ...], Many(label=N_("State"))] = ()
    household_id: Annotated[int | None, Key()] = None
    text: Annotated[str, Text(label=N_("Name or number"))] = ""
    """The beginning of a name, of a loan or contract number, or a whole ID number."""
    bank: Bank = ""
    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class LoanRow(Record):
    """One line of a list of loans. Private values are masked."""

    id: Annotated[int, Key()]
    version: Version
    number: LoanNumber
    state: State
    name: Borrower
    id_number: MaskedId
    phone: MaskedPhone
    household_id: Annotated[int | None, Key()]
    member_id: Annotated[int | None, Key()]
    district: Annotated[str, Text(label=N_("District"))]
    borrower_kind: Kinds
    borrower_group: Group
    purpose: Annotated[str, Text(label=N_("Purpose"))]
    bank: Bank
    asked: Annotated[Fen, Amount(label=N_("Asked for"))]
    guaranteed: Annotated[Fen | None, Amount(label=N_("Guaranteed"))]
    principal: Annotated[Fen | None, Amount(label=N_("Principal"))]
    months: Annotated[int, Count(label=N_("Months"))]
    """Of the contract once there is one; before, as asked."""
    lent_on: Annotated[date | None, Day(label=N_("Lent on"))]
    outstanding: Annotated[Fen, Amount(label=N_("Principal left"))]
    owed_to_fund: Annotated[Fen, Amount(label=N_("Owed to the guarantee fund"))]
    overdue_days: Annotated[int, Count(label=N_("Days overdue"))]
    """As of today, from the oldest part not paid in time; 0 when nothing is overdue."""
    next_due_on: Annotated[date | None, Day(label=N_("Next due"))]
    ends_on: Annotated[date | None, Day(label=N_("Ends on"))]
    step_due_on: DueOn
    days_left: DaysLeft
    mine: Annotated[bool, Flag(label=N_("Entered by me"))]


class LoanPage(Record):
    """One page of a list of loans, and how many there are."""

    rows: Annotated[tuple[LoanRow, ...], Many(label=N_("Loans"))]
    total: Annotated[int, Count(label=N_("Loans"))]


class BorrowerFound(Record):
    """What is known here of somebody who wants to borrow."""

    people: Annotated[tuple[KnownPerson, ...], Many(label=N_("People"))]
    loans: Annotated[tuple[LoanRow, ...], Many(label=N_("Loans"))]
    """Their own, the newest first."""
    stands_for: Annotated[tuple[LoanRow, ...], Many(label=N_("Stands for the loans of others"))]
    """Live loans in which they are a partner, a spouse or a guarantor."""
    previous_id: Annotated[int | None, Key()]
    """The loan that was paid off and that a new one follows (还清再贷)."""
    why_not: Annotated[str, Text(label=N_("Why no loan can be entered"))]
    """Empty when an enquiry can be entered."""


# The steps to the money


class StepForm(Record):
    """What every step says: of which loan, on which day, on what paper, with what words."""

    id: Annotated[int, Key()]
    version: Version
    day: DoneOn
    document: Annotated[str, Text(label=N_("Document"), max_length=60)] = ""
    note: Words = ""


class EligibilityForm(StepForm):
    """Checks the eligibility of a borrower: what the desk saw beside the enquiry and the file."""

    answers: Annotated[EligibilityAnswers, Part()] = EligibilityAnswers()


class RecommendForm(StepForm):
    """Recommends a borrower: the community, the union or another unit stands behind it."""

    recommended_by: Annotated[str, Text(label=N_("Recommended by"), min_length=2, max_length=60)]


class SurveyForm(StepForm):
    """What the survey on the spot found."""

    place: Annotated[str, Text(label=N_("Place"), min_length=2)]
    surveyors: Annotated[str, Text(label=N_("Surveyed by"), min_length=2, max_length=60)]
    running: Annotated[Answer, YesNo(label=N_("The business runs"))] = Answer.NOT_ASKED
    monthly_income: Annotated[Fen | None, Amount(label=N_("Income a month"))] = None
    monthly_costs: Annotated[Fen | None, Amount(label=N_("Costs a month"))] = None
    other_debts: Annotated[Fen | None, Amount(label=N_("Other debts"))] = None
    jobs: Annotated[int | None, Count(label=N_("People at work there"), at_most=10_000)] = None
    amount: Annotated[Fen, Amount(label=N_("Amount advised"), at_least=1)]
    months: Annotated[int, Count(label=N_("Months advised"), at_least=1, at_most=120)]


class GuaranteeForm(StepForm):
    """The guarantee committee commits the fund; the document is the number of its minutes."""

    fund_id: Annotated[int, Key(label=N_("Guarantee fund"))]
    amount: Annotated[Fen, Amount(label=N_("Guaranteed"), at_least=1)]
    months: Months
    attended: Annotated[str, Text(label=N_("Attended by"), max_length=120)]


class SecurityForm(StepForm):
    """The counter-guarantee contract is signed; the document is its number."""


class BankForm(StepForm):
    """The bank approved; the document is the number of its letter."""

    bank: Annotated[str, Text(label=N_("Lending bank"), min_length=2, max_length=60)]
    amount: Annotated[Fen, Amount(label=N_("Approved by the bank"), at_least=1)]
    months: Months


class LendForm(Record):
    """The bank lent: what the contract says. It is fixed from then on."""

    id: Annotated[int, Key()]
    version: Version
    lent_on: Annotated[date, Day(label=N_("Lent on"), may_be_future=False)]
    bank: Annotated[str, Text(label=N_("Lending bank"), min_length=2, max_length=60)]
    contract_number: Annotated[str, Text(label=N_("Contract number"), min_length=2, max_length=60)]
    contract_on: Annotated[date, Day(label=N_("Contract of"), may_be_future=False)]
    principal: Annotated[Fen, Amount(label=N_("Principal"), at_least=1)]
    months: Months
    method: Annotated[RepaymentMethod, Choice(label=N_("Repayment"), words=RepaymentMethod)]
    rate: Annotated[
        str,
        Text(
            label=N_("Rate a year, percent"),
            hint=N_("As 4.35; leave empty to take the highest the rules allow."),
            max_length=9,
        ),
    ] = ""
    base_rate: Annotated[
        str,
        Text(
            label=N_("Base rate in the contract, percent"),
            hint=N_("Only asked for where the published rate of the day is not known here."),
            max_length=9,
        ),
    ] = ""
    due_day: Annotated[
        int | None,
        Count(
            label=N_("Due day of the month"),
            hint=N_("Leave empty for the day of the lending."),
            at_least=1,
            at_most=31,
        ),
    ] = None
    grace: Annotated[int, Count(label=N_("Months of interest alone"), at_most=60)] = 0
    day_count: Annotated[DayCount, Choice(label=N_("Day count"), words=DayCount)] = (
        DayCount.THIRTY_360
    )
    due_days: Annotated[DueDays, Choice(label=N_("Due days off"), words=DueDays)] = (
        DueDays.AS_PRINTED
    )
    prepayment: Annotated[Prepayment, Choice(label=N_("Early repayment"), words=Prepayment)] = (
        Prepayment.LOWER_INSTALMENTS
    )
    overdue_percent: Annotated[
        int | None,
        Count(
            label=N_("Rate on what is overdue, percent of the rate"),
            hint=N_("As 130; leave empty to take the highest the rules allow."),
            at_least=100,
            at_most=200,
        ),
    ] = None
    note: Words = ""


class EndForm(Record):
    """Sends a loan one step back, refuses it, or lets the borrower withdraw: with the words."""

    id: Annotated[int, Key()]
    version: Version
    reason: Annotated[str, Lines(label=N_("Reason"), max_length=300)]
    draft_id: Annotated[str, Key()] = ""


class StepRow(Record):
    """One step of the way to the money, as it was taken."""

    id: Annotated[int, Key()]
    step: Annotated[LoanState, Choice(label=N_("Step"), words=LoanState)]
    outcome: Annotated[StepOutcome, Choice(label=N_("Outcome"), words=StepOutcome)]
    day: Annotated[date, Day(label=N_("Day"))]
    due_on: DueOn
    late: Annotated[bool, Flag(label=N_("Late"))]
    document: Annotated[str, Text(label=N_("Document"))]
    note: Words
    amount: Annotated[Fen | None, Amount(label=N_("Amount"))]
    months: Annotated[int | None, Count(label=N_("Months"))]
    details: Annotated[tuple[tuple[str, str], ...], Many(label=N_("Details"))]
    """What was found beside: label and value, in words."""
    decided_by: Annotated[str, Name(label=N_("By"))]
    decided_at: Annotated[datetime, Moment(label=N_("At"))]


class FindingRow(Record):
    """One reason of the eligibility, as it was sealed."""

    says: Annotated[str, Text(label=N_("Condition"))]
    held: Annotated[bool | None, Flag(label=N_("Held"))]
    """`None` when it could not be told."""
    fact: Annotated[str, Text(label=N_("What is so"))] = ""
    limit: Annotated[str, Text(label=N_("Limit"))] = ""
    source: Annotated[str, Text(label=N_("Source"))] = ""
    confidence: Annotated[Confidence, Choice(label=N_("Confidence"), words=Confidence)]
    settled_by: Annotated[str, Text(label=N_("Is seen from"))] = ""
    """The paper that would tell, where it could not be told."""


# Post-loan checks


class LoanCheckForm(Record):
    """Reports a post-loan check; a misuse stops the subsidy."""

    id: Annotated[int, Key()]
    version: Version
    done_on: DoneOn
    result: Annotated[CheckResult, Choice(label=N_("Result"), words=CheckResult)]
    findings: Annotated[str, Lines(label=N_("What was found"), max_length=600)] = ""
    jobs: Annotated[int | None, Count(label=N_("People at work there"), at_most=10_000)] = None


class LoanCheckRow(Record):
    """One post-loan check: done, or due."""

    id: Annotated[int, Key()]
    version: Version
    due_on: Annotated[date, Day(label=N_("Due"))]
    done_on: Annotated[date | None, Day(label=N_("Done on"))]
    result: Annotated[CheckResult | None, Choice(label=N_("Result"), words=CheckResult)]
    findings: Annotated[str, Lines(label=N_("What was found"))]
    jobs: Annotated[int | None, Count(label=N_("People at work there"))]
    done_by: Annotated[str, Name(label=N_("Done by"))]
    overdue: Annotated[bool, Flag(label=N_("Overdue"))]


class LoanRevealed(Record):
    """The private values of a loan in the clear; having asked stands in the trail."""

    loan: Annotated[LoanForm, Part()]
