"""What reports are asked for and what they tell: figures by part, money, files, cases, plan."""

from calendar import monthrange
from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, Choice, Count, Day, Flag, Key, Many, Moment, Name, Part, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Word
from app.core.words.disbursements import PayWay
from app.core.words.funds import FundSource
from app.core.words.relief import ReliefItem
from app.reports.lent_records import LoanCut, Loans
from app.reports.placed_records import PlacedCut, Placements


class Cut(Word):
    """What relief is told by. Each cut shares out the same payments."""

    ITEM = "item", N_("By item")
    SOURCE = "source", N_("By source of money")
    FUND = "fund", N_("By single fund")
    AREA = "area", N_("By policy area")
    DISTRICT = "district", N_("By district")
    CATEGORY = "category", N_("By category")
    CAUSE = "cause", N_("By cause")
    WAY = "way", N_("By way of payment")
    MONTH = "month", N_("By month")


NO_FILE = "-"
"""The key of those without a file (未建档) in the cuts that the file decides."""
NOT_KNOWN = ""
"""The key of what nobody wrote down."""

PersonTimes = Annotated[int, Count(label=N_("Person-times"))]
People = Annotated[int, Count(label=N_("Distinct people"))]
Households = Annotated[int, Count(label=N_("Households"))]
Money = Annotated[Fen, Amount(label=N_("Amount"))]


class ReportQuery(Record):
    """A period, both days included; for one policy area or one district when it is named."""

    first: Annotated[date, Day(label=N_("First day"))]
    last: Annotated[date, Day(label=N_("Last day"))]
    area: Annotated[str, Text(label=N_("Policy area"))] = ""
    """A word of `app.policy.pack.Area`; narrows relief alone."""
    district: Annotated[str, Text(label=N_("District"))] = ""
    """A key of the cut by district; narrows relief, files and cases."""

    @property
    def year(self) -> int | None:
        """Return the year when the period is exactly one."""
        whole = of_year(self.first.year)
        return self.first.year if (self.first, self.last) == (whole.first, whole.last) else None


def of_year(year: int) -> ReportQuery:
    """Ask for a calendar year."""
    return ReportQuery(first=date(year, 1, 1), last=date(year, 12, 31))


def of_month(year: int, month: int) -> ReportQuery:
    """Ask for a calendar month."""
    last = monthrange(year, month)[1]
    return ReportQuery(first=date(year, month, 1), last=date(year, month, last))


class Figures(Record):
    """What was given: how often, to how many, how much.

    People and households are each counted once, however often they were helped, and not when all
    they got came back.
    """

    person_times: PersonTimes = 0
    people: People = 0
    households: Households = 0
    fen: Money = Fen(0)


class CutRow(Figures):
    """The figures of one item, fund, district and so on."""

    key: Annotated[str, Text(label=N_("Key"))]
    label: Annotated[str, Text(label=N_("Name"))]


class CutTable(Record):
    """One cut: person-times and money of its rows sum to the total, people and households do not,
    since somebody can stand in several."""

    cut: Annotated[Cut, Choice(label=N_("Cut"), words=Cut)]
    rows: Annotated[tuple[CutRow, ...], Many(label=N_("Rows"))]


class FundMoves(Record):
    """What one fund held, took in and gave out: closing = opening + in - out."""

    id: Annotated[int, Key()]
    name: Annotated[str, Text(label=N_("Fund"))]
    source: Annotated[FundSource, Choice(label=N_("Source"), words=FundSource)]
    year: Annotated[int, Count(label=N_("Year"))]
    opening: Annotated[Fen, Amount(label=N_("Opening"))]
    """Available and reserved before the first day."""
    granted: Annotated[Fen, Amount(label=N_("Granted"))]
    carried_in: Annotated[Fen, Amount(label=N_("Carried in"))]
    carried_out: Annotated[Fen, Amount(label=N_("Carried out"))]
    paid: Annotated[Fen, Amount(label=N_("Paid"))]
    returned: Annotated[Fen, Amount(label=N_("Returned by the bank"))]
    recovered: Annotated[Fen, Amount(label=N_("Recovered"))]
    given_back: Annotated[Fen, Amount(label=N_("Given back"))]
    reserved: Annotated[Fen, Amount(label=N_("Reserved"))]
    """Of the closing balance, what is approved and not paid yet."""
    closing: Annotated[Fen, Amount(label=N_("Closing"))]

    @property
    def back(self) -> Fen:
        """Return all that was paid and came back."""
        return Fen(self.returned + self.recovered + self.given_back)

    @property
    def came_in(self) -> Fen:
        """Return all that came in."""
        return Fen(self.granted + self.carried_in + self.back)

    @property
    def went_out(self) -> Fen:
        """Return all that went out."""
        return Fen(self.paid + self.carried_out)


class Counted(Record):
    """How many of one word."""

    key: Annotated[str, Text(label=N_("Key"))]
    label: Annotated[str, Text(label=N_("Name"))]
    count: Annotated[int, Count(label=N_("Quantity"))]


class FileMoves(Record):
    """Files that were opened, came back, were closed, and those open on the last day."""

    opened: Annotated[int, Count(label=N_("Opened"))]
    returned: Annotated[int, Count(label=N_("Back on file"))]
    closed: Annotated[int, Count(label=N_("Closed"))]
    open_at_end: Annotated[int, Count(label=N_("Open at the end"))]
    by_reason: Annotated[tuple[Counted, ...], Many(label=N_("Closed by reason"))]
    by_category: Annotated[tuple[Counted, ...], Many(label=N_("Open by category"))]


class CaseMoves(Record):
    """Applications of the period and how long they took."""

    accepted: Annotated[int, Count(label=N_("Accepted in the period"))]
    closed: Annotated[int, Count(label=N_("Decided"))]
    filed: Annotated[int, Count(label=N_("Put on file"))]
    refused: Annotated[int, Count(label=N_("Not filed"))]
    late: Annotated[int, Count(label=N_("Decided late"))]
    working_days: Annotated[int, Count(label=N_("Working days"))]
    """From acceptance to decision, of all that were decided together."""

    @property
    def mean_days(self) -> float | None:
        """Return the mean number of working days; `None` when nothing was decided."""
        return round(self.working_days / self.closed, 1) if self.closed else None


class PlanRow(Record):
    """What was meant to be given under an item in the year, beside what was."""

    id: Annotated[int | None, Key()]
    """`None` when nothing is planned."""
    version: Annotated[int | None, Key()]
    item: Annotated[ReliefItem, Choice(label=N_("Item"), words=ReliefItem)]
    planned_households: Annotated[int, Count(label=N_("Households planned"))]
    planned_fen: Annotated[Fen, Amount(label=N_("Amount planned"))]
    households: Households
    person_times: PersonTimes
    fen: Money
    document: Annotated[str, Text(label=N_("Document"))]

    @property
    def share(self) -> int | None:
        """Return how much of the planned money was given, in whole per cent rounded down."""
        return self.fen * 100 // self.planned_fen if self.planned_fen else None


class Report(Record):
    """A period told: relief, money, files, cases, plan, job service, loans."""

    asked: Annotated[ReportQuery, Part()]
    center: Annotated[str, Text(label=N_("Center"))]
    made_at: Annotated[datetime, Moment(label=N_("Made at"))]
    made_by: Annotated[str, Name(label=N_("Made by"))]
    as_of: Annotated[date, Day(label=N_("As of"))]
    """The last day of the period, or today when it is not over."""
    demonstration: Annotated[bool, Flag(label=N_("Demonstration"))]
    relief: Annotated[Figures, Part()]
    without_file: Annotated[Figures, Part()]
    """Of them those without a file (未建档), who are no household here."""
    cuts: Annotated[tuple[CutTable, ...], Many(label=N_("Relief"))]
    """One table for each `Cut`, in its order."""
    funds: Annotated[tuple[FundMoves, ...], Many(label=N_("Funds in and out"))]
    files: Annotated[FileMoves, Part()]
    cases: Annotated[CaseMoves, Part()]
    plan: Annotated[tuple[PlanRow, ...], Many(label=N_("Plan against done"))]
    """Only of a whole year."""
    placements: Annotated[Placements, Part()] = Placements()
    loans: Annotated[Loans, Part()] = Loans()

    def rows(self, cut: Cut) -> tuple[CutRow, ...]:
        """Return the rows of one cut."""
        return next(table.rows for table in self.cuts if table.cut is cut)


class ReliefQuery(Record):
    """Asks for the payments behind a figure: those of a report, or of one row of one cut."""

    asked: Annotated[ReportQuery, Part()]
    cut: Annotated[Cut | None, Choice(label=N_("Cut"), words=Cut)] = None
    key: Annotated[str, Text(label=N_("Key"))] = ""
    """Of a row of the cut."""
    of_year: Annotated[int | None, Count(label=N_("Year"))] = None
    """Only what the funds of this year paid."""
    page: Annotated[int, Count(label=N_("Page"))] = 0


class ReliefRow(Record):
    """One payment, or one that came back, as the relief book has it."""

    id: Annotated[int, Key()]
    day: Annotated[date, Day(label=N_("Date"))]
    name: Annotated[str, Name(label=N_("Name"))]
    id_number: Annotated[str, Text(label=N_("ID number"))]
    """Masked."""
    household_id: Annotated[int | None, Key()]
    file_number: Annotated[str, Text(label=N_("File number"))]
    case_id: Annotated[int | None, Key()]
    """The case it was given in; `None` of the past."""
    item: Annotated[ReliefItem, Choice(label=N_("Item"), words=ReliefItem)]
    source: Annotated[FundSource, Choice(label=N_("Source"), words=FundSource)]
    fund: Annotated[str, Text(label=N_("Fund"))]
    district: Annotated[str, Text(label=N_("District"))]
    category: Annotated[str, Text(label=N_("Category"))]
    cause: Annotated[str, Text(label=N_("Main cause"))]
    way: Annotated[PayWay | None, Choice(label=N_("Way of payment"), words=PayWay)]
    times: PersonTimes
    fen: Money
    handler: Annotated[str, Name(label=N_("Handled by"))]
    note: Annotated[str, Text(label=N_("Note"))]


class ReliefRows(Record):
    """A page of payments, with the figures of all pages together."""

    count: Annotated[int, Count(label=N_("Rows"))]
    person_times: PersonTimes
    people: People
    households: Households
    fen: Money
    rows: Annotated[tuple[ReliefRow, ...], Many(label=N_("Rows"))]


class Figure(Word):
    """The figures of a report beside relief."""

    OPENED = "opened", N_("Opened")
    RETURNED = "returned", N_("Back on file")
    CLOSED = "closed", N_("Closed")
    OPEN_AT_END = "open_at_end", N_("Open at the end")
    ACCEPTED = "accepted", N_("Accepted in the period")
    DECIDED = "decided", N_("Decided")
    FILED = "filed", N_("Put on file")
    REFUSED = "refused", N_("Not filed")
    LATE = "late", N_("Decided late")
    MOVED = "moved", N_("All movements")
    OPENING = "opening", N_("Opening")
    GRANTED = "granted", N_("Granted")
    CARRIED = "carried", N_("Carried over")
    PAID = "paid", N_("Paid")
    BACK = "back", N_("Came back")
    CLOSING = "closing", N_("Closing")
    RESERVED = "reserved", N_("Reserved")
    PLACED = "placed", N_("Placed in jobs")
    PLACED_PROVED = "placed_proved", N_("Placements proved")
    PLACED_PRESUMED = "placed_presumed", N_("Placements presumed")
    PLACED_UNPROVED = "placed_unproved", N_("Placements without proof")
    PLACED_FREE = "placed_free", N_("Placed free of charge")
    REGISTERED = "registered", N_("Registered as looking for work")
    RECOGNISED = "recognised", N_("Recognised as difficult to employ")
    VACANCIES = "vacancies", N_("Vacancies reported")
    REFERRED = "referred", N_("Referral letters")
    HIRED = "hired", N_("Hired by the slip")
    NOT_HIRED = "not_hired", N_("Not hired by the slip")
    NOT_APPEARED = "not_appeared", N_("Did not appear by the slip")
    PRESUMED_HIRED = "presumed_hired", N_("Presumed hired, slip overdue")
    TRAINED = "trained", N_("Courses completed")
    LENT = "lent", N_("Lent in the period")
    REPAID = "repaid", N_("Repaid")
    COMPENSATED = "compensated", N_("Paid for a borrower")
    DEBT_RECOVERED = "debt_recovered", N_("Recovered from a borrower")
    WRITTEN_OFF = "written_off", N_("Written off in the period")


class BehindQuery(Record):
    """Asks for what stands behind a figure: files, applications, movements of a fund, loans."""

    asked: Annotated[ReportQuery, Part()]
    figure: Annotated[Figure, Choice(label=N_("Figure"), words=Figure)]
    key: Annotated[str | None, Text(label=N_("Key"))] = None
    """Of one row only: the reason files were closed for, the category of open ones, the fund."""
    loan_cut: Annotated[LoanCut | None, Choice(label=N_("Cut"), words=LoanCut)] = None
    """The cut of loans whose row ``key`` is."""
    placed_cut: Annotated[PlacedCut | None, Choice(label=N_("Cut"), words=PlacedCut)] = None
    """The cut of placements whose row ``key`` is."""
    page: Annotated[int, Count(label=N_("Page"))] = 0


class BehindRow(Record):
    """A file, an application, a movement, a step of the job service or a loan."""

    id: Annotated[int, Key()]
    day: Annotated[date | None, Day(label=N_("Date"))]
    number: Annotated[str, Text(label=N_("Number"))]
    """Of the file, the application or the loan."""
    name: Annotated[str, Name(label=N_("Name"))]
    """Of the head of the household; empty of a movement that is not about one."""
    says: Annotated[str, Text(label=N_("What it is"))]
    note: Annotated[str, Text(label=N_("Note"))]
    """Of a movement: what it was posted for; of a loan its purpose, or the paper of an entry."""
    fen: Annotated[Fen | None, Amount(label=N_("Amount"))]
    """Of a movement or loan: as it counts in the figure."""
    household_id: Annotated[int | None, Key()]
    case_id: Annotated[int | None, Key()]
    loan_id: Annotated[int | None, Key()] = None
    job_seeker_id: Annotated[int | None, Key()] = None
    vacancy_id: Annotated[int | None, Key()] = None


class BehindRows(Record):
    """A page of what stands behind a figure, and what all pages come to."""

    count: Annotated[int, Count(label=N_("Rows"))]
    fen: Annotated[Fen | None, Amount(label=N_("Amount"))]
    """The sum of movements or loans: the figure."""
    rows: Annotated[tuple[BehindRow, ...], Many(label=N_("Rows"))]


class PlanForm(Record):
    """What the center means to do in a year under one item."""

    year: Annotated[int, Count(label=N_("Year"), at_least=2000, at_most=2100)]
    item: Annotated[ReliefItem, Choice(label=N_("Item"), words=ReliefItem)]
    households: Annotated[int, Count(label=N_("Households planned"), at_most=10_000_000)]
    fen: Annotated[Fen, Amount(label=N_("Amount planned"))]
    document: Annotated[str, Text(label=N_("Document"), min_length=4, max_length=120)]
    version: Annotated[int | None, Key()] = None
    """Of the plan that is changed; `None` for the first."""
