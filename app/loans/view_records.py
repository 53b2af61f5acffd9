"""What the page of one loan shows, and the lists that the loan desk works from."""

from datetime import date
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import (
    Amount,
    Choice,
    Count,
    Day,
    Flag,
    Key,
    Kind,
    Many,
    Name,
    Part,
    Text,
)
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Word
from app.core.words.loans import LoanEventKind, LoanState
from app.loans.money_records import (
    LoanChangeRow,
    LoanEventRow,
    PlanLine,
    StandingView,
)
from app.loans.records import (
    DaysLeft,
    DueOn,
    FindingRow,
    LoanCheckRow,
    LoanForm,
    LoanRow,
    StepRow,
)


class ContractView(Record):
    """What the contract of a loan says, in words."""

    number: Annotated[str, Text(label=N_("Contract number"))]
    bank: Annotated[str, Text(label=N_("Lending bank"))]
    signed_on: Annotated[date | None, Day(label=N_("Contract of"))]
    """`None` when an old register does not tell."""
    lent_on: Annotated[date, Day(label=N_("Lent on"))]
    principal: Annotated[Fen, Amount(label=N_("Principal"))]
    months: Annotated[int, Count(label=N_("Months"))]
    rate: Annotated[str, Text(label=N_("Rate a year, percent"))]
    method: Annotated[str, Text(label=N_("Repayment"))]
    day_count: Annotated[str, Text(label=N_("Day count"))]
    due_days: Annotated[str, Text(label=N_("Due days off"))]
    prepayment: Annotated[str, Text(label=N_("Early repayment"))]
    order: Annotated[tuple[str, ...], Kind(label=N_("Settled in this order"))]


class LoanView(Record):
    """A loan as its page shows it, with its whole history. Private values are masked."""

    row: Annotated[LoanRow, Part()]
    loan: Annotated[LoanForm, Part()]
    """The enquiry, private values masked."""
    group: Annotated[str, Text(label=N_("Group of borrowers"))]
    """As the rules call it."""
    file_number: Annotated[str, Text(label=N_("File number"))]
    previous_number: Annotated[str, Text(label=N_("Follows loan"))]
    previous_id: Annotated[int | None, Key()]
    next_step: Annotated[LoanState | None, Choice(label=N_("Next step"), words=LoanState)]
    """The state that the next step leads to; `None` once lent or ended."""
    step_due_on: DueOn
    due_provisional: Annotated[bool, Flag(label=N_("Provisional"))]
    days_left: DaysLeft
    not_by_me: Annotated[bool, Flag(label=N_("Another person has to decide"))]
    """The committee's decision is next, and this person entered or surveyed the loan, or is
    related to the borrower's household."""
    rules: Annotated[str, Text(label=N_("Rules"))]
    rules_provisional: Annotated[bool, Flag(label=N_("Rules not confirmed yet"))]
    product: Annotated[str, Text(label=N_("Product"))]
    findings: Annotated[tuple[FindingRow, ...], Many(label=N_("Conditions"))]
    """As they were sealed when the eligibility was checked."""
    fund: Annotated[str, Text(label=N_("Guarantee fund"))]
    exposure: Annotated[Fen, Amount(label=N_("The fund stands for"))]
    contract: Annotated[ContractView | None, Part()]
    standing: Annotated[StandingView | None, Part()]
    """As of today; `None` before the bank lent, and of a loan that is only on record."""
    plan: Annotated[tuple[PlanLine, ...], Many(label=N_("Plan"))]
    steps: Annotated[tuple[StepRow, ...], Many(label=N_("Steps"))]
    events: Annotated[tuple[LoanEventRow, ...], Many(label=N_("Entries"))]
    changes: Annotated[tuple[LoanChangeRow, ...], Many(label=N_("Changes"))]
    """The newest first, with those that wait for a second person or were withdrawn."""
    checks: Annotated[tuple[LoanCheckRow, ...], Many(label=N_("Checks"))]
    entered_by: Annotated[str, Name(label=N_("Entered by"))]


# The lists of the desk


class LoanList(Word):
    """What the loan desk works from."""

    DUE = "due", N_("Due this week")
    OVERDUE_30 = "overdue_30", N_("Overdue 1-30")
    OVERDUE_90 = "overdue_90", N_("Overdue 31-90")
    OVERDUE_MORE = "overdue_more", N_("Overdue 90+")
    CHECKS = "checks", N_("Checks due")
    STEPS = "steps", N_("Steps waiting")
    SECOND_PERSON = "second_person", N_("Waiting for a second person")


class LoanSort(Word):
    """What a list of the desk is sorted by."""

    DAY = "day", N_("Day")
    NUMBER = "number", N_("Loan number")
    NAME = "name", N_("Name")
    AMOUNT = "amount", N_("Amount")
    BANK = "bank", N_("Bank")


class WorkQuery(Record):
    """Asks for one page of a list of the desk."""

    list: Annotated[LoanList, Choice(label=N_("List"), words=LoanList)]
    step: Annotated[LoanState | None, Choice(label=N_("Step"), words=LoanState)] = None
    """Of the list of steps: only those that wait for this one (the state it leads to)."""
    text: Annotated[str, Text(label=N_("Name or number"))] = ""
    sort: Annotated[LoanSort, Choice(label=N_("Sorted by"), words=LoanSort)] = LoanSort.DAY
    descending: Annotated[bool, Flag(label=N_("Largest first"))] = False
    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class WorkRow(Record):
    """One line of a list of the desk. Private values are masked."""

    id: Annotated[int, Key()]
    """Of what waits: the loan, the check or the change."""
    loan_id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    number: Annotated[str, Text(label=N_("Loan number"))]
    name: Annotated[str, Name(label=N_("Borrower"))]
    phone: Annotated[str, Text(label=N_("Mobile"))]
    bank: Annotated[str, Text(label=N_("Lending bank"))]
    state: Annotated[LoanState, Choice(label=N_("State"), words=LoanState)]
    day: Annotated[date | None, Day(label=N_("Day"))]
    """The last day in time, the day a check or a step is due, or that of a change; `None` for a
    step that no rule gives a time."""
    days: Annotated[int | None, Count(label=N_("Days"))]
    """Of what is overdue the days since; of a step the working days left, of what is due this
    week and of a check the days left, negative when they are over; of a change `None`."""
    amount: Annotated[Fen | None, Amount(label=N_("Amount"))]
    """What is due or overdue; of a step what is asked for; of a change its sum."""
    lines: Annotated[int | None, Count(label=N_("Lines"))]
    """Lines of the plan that are due or overdue."""
    step: Annotated[LoanState | None, Choice(label=N_("Waits for"), words=LoanState)]
    change: Annotated[LoanEventKind | None, Choice(label=N_("Change"), words=LoanEventKind)]
    mine: Annotated[bool, Flag(label=N_("Entered by me"))]
    """Of a change: it waits for somebody else than this person."""


class WorkPage(Record):
    """One page of a list, and what the whole list holds."""

    rows: Annotated[tuple[WorkRow, ...], Many(label=N_("Lines"))]
    total: Annotated[int, Count(label=N_("Lines"))]
    amount: Annotated[Fen, Amount(label=N_("Total"))]


class WorkCount(Record):
    """How much waits in one list."""

    list: Annotated[LoanList, Choice(label=N_("List"), words=LoanList)]
    count: Annotated[int, Count(label=N_("Lines"))]
    amount: Annotated[Fen, Amount(label=N_("Total"))]


class WorkCounts(Record):
    """What waits at the loan desk, list by list."""

    lists: Annotated[tuple[WorkCount, ...], Many(label=N_("Lists"))]
    steps_overdue: Annotated[int, Count(label=N_("Overdue steps"))]
