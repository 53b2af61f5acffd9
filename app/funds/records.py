"""What is asked and shown about funds."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, Choice, Count, Day, Flag, Key, Kind, Many, Moment, Name, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words.funds import Account, BudgetState, FundSource, MoveKind

FundName = Annotated[str, Text(label=N_("Fund"), min_length=2, max_length=60)]
Source = Annotated[FundSource, Choice(label=N_("Source"), words=FundSource)]
Year = Annotated[int, Count(label=N_("Year"), at_least=2000, at_most=2100)]
Earmark = Annotated[tuple[str, ...], Many(label=N_("May pay only"))]
FileRequired = Annotated[bool, Flag(label=N_("Only households on file"))]
Donor = Annotated[str, Text(label=N_("Donor"), max_length=60)]
Condition = Annotated[str, Text(label=N_("What the donor wishes"), max_length=200)]
Districts = Annotated[tuple[str, ...], Many(label=N_("Only these districts"))]
Categories = Annotated[tuple[str, ...], Many(label=N_("Only these categories"))]
PaysUntil = Annotated[date | None, Day(label=N_("Pays until"))]
"""`None` for the last day of its year."""
BudgetArea = Annotated[str | None, Text(label=N_("Policy area"))]
"""`None` when the money is for any area."""
Money = Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]
Document = Annotated[str, Text(label=N_("Document"), min_length=4, max_length=120)]
EnteredBy = Annotated[str, Name(label=N_("Entered by"))]
Mine = Annotated[bool, Flag(label=N_("Entered by me"))]
State = Annotated[BudgetState, Choice(label=N_("State"), words=BudgetState)]
Granted = Annotated[Fen, Amount(label=N_("Granted"))]
Reserved = Annotated[Fen, Amount(label=N_("Reserved"))]
Paid = Annotated[Fen, Amount(label=N_("Paid"))]
Available = Annotated[Fen, Amount(label=N_("Available"))]


class FundTerms(Record):
    """What a fund is called and what it may pay."""

    name: FundName
    measures: Earmark = ()
    """Measure ids; none for every measure."""
    file_required: FileRequired = True
    donor: Donor = ""
    condition: Condition = ""
    districts: Districts = ()
    categories: Categories = ()
    pays_until: PaysUntil = None


class FundForm(FundTerms):
    """A new fund of one year."""

    source: Source
    year: Year


class FundChange(FundTerms):
    """A fund whose terms were noted wrongly, as they should be; source and year stay."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]


class FundStep(Record):
    """Close a fund."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]


class BudgetForm(Record):
    """An amount granted to a fund by a document, to be confirmed by a second person."""

    fund_id: Annotated[int, Key()]
    amount: Money
    document: Document
    granted_on: Annotated[date, Day(label=N_("Granted on"), may_be_future=False)]
    area: BudgetArea = None


class BudgetStep(Record):
    """Confirm or withdraw a budget."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]


class CarryOverForm(Record):
    """What is left of one fund goes to another, to be confirmed by a second person."""

    from_fund_id: Annotated[int, Key()]
    to_fund_id: Annotated[int, Key(label=N_("To fund"))]
    amount: Money
    document: Document
    area: BudgetArea = None
    """Money of an area stays money of that area."""


class CarryOverStep(Record):
    """Confirm or withdraw a carry-over."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]


class FundRow(Record):
    """One fund with what stands on its accounts."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    name: FundName
    source: Source
    year: Year
    measures: Earmark
    file_required: FileRequired
    donor: Donor
    condition: Condition
    districts: Districts
    categories: Categories
    pays_until: PaysUntil
    open: Annotated[bool, Flag(label=N_("Open"))]
    granted: Granted
    reserved: Reserved
    paid: Paid
    available: Available


class BudgetRow(Record):
    """One budget and whether it counts yet."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    fund: FundName
    amount: Money
    document: Document
    granted_on: Annotated[date, Day(label=N_("Granted on"))]
    area: BudgetArea
    state: State
    entered_by: EnteredBy
    mine: Mine


class CarryOverRow(Record):
    """One carry-over and whether it counts yet."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    from_fund_id: Annotated[int, Key()]
    from_fund: Annotated[str, Text(label=N_("From fund"))]
    to_fund_id: Annotated[int, Key()]
    to_fund: Annotated[str, Text(label=N_("To fund"))]
    amount: Money
    area: BudgetArea
    document: Document
    state: State
    entered_by: EnteredBy
    entered_at: Annotated[datetime, Moment(label=N_("Time"))]
    mine: Mine


class FundById(Record):
    """Names a fund."""

    id: Annotated[int, Key()]


class AreaRow(Record):
    """What a fund was granted for one area, and what of it is taken."""

    area: BudgetArea
    granted: Granted
    reserved: Reserved
    paid: Paid
    beyond: Annotated[Fen, Amount(label=N_("From the money of any area"))]
    """What is reserved or paid beyond the money of the area."""
    left: Annotated[Fen, Amount(label=N_("Left"))]
    """Of the area's own money; in the row of any area, what any area may still take."""


class FundView(Record):
    """A fund with its earmarks in words and its money by area."""

    row: FundRow
    terms: Annotated[tuple[str, ...], Many(label=N_("Earmarks"))]
    """Its own earmarks and the rules of its source, a sentence each."""
    provisional: Annotated[bool, Flag(label=N_("Policy not confirmed yet"))]
    source_note: Annotated[str, Text(label=N_("Note on the source"))]
    """Where the rules of the source come from, and what about them is not certain."""
    areas: Annotated[tuple[AreaRow, ...], Many(label=N_("By area"))]
    """Empty when no money of the fund is for one area alone."""
    touched: Annotated[bool, Flag(label=N_("Money was reserved"))]
    """Then its earmarks stay as they are."""


class YearEndQuery(Record):
    """Asks which funds still held money at the end of a year; of none, of the year that runs."""

    year: Annotated[int | None, Count(label=N_("Year"), at_least=2000, at_most=2100)] = None


class YearEndRow(Record):
    """A fund that held money at the end of a year, and what was decided about it since."""

    id: Annotated[int, Key()]
    name: FundName
    source: Source
    year: Year
    last_day: Annotated[date, Day(label=N_("Pays until"))]
    available: Available
    reserved: Reserved
    carried: Annotated[Fen, Amount(label=N_("Carried over since"))]
    waiting: Annotated[Fen, Amount(label=N_("Carry-over to be confirmed"))]


class LedgerQuery(Record):
    """Asks for movements of one fund, the newest first; every part narrows them."""

    fund_id: Annotated[int, Key()]
    since: Annotated[date | None, Day(label=N_("From day"))] = None
    until: Annotated[date | None, Day(label=N_("To day"))] = None
    kinds: Annotated[tuple[MoveKind, ...], Many(label=N_("Movement"))] = ()
    before: Annotated[int | None, Key()] = None
    """Only what was posted before this movement: the next page."""
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class LedgerRow(Record):
    """One movement of a fund, with what stood on its accounts after it."""

    id: Annotated[int, Key()]
    at: Annotated[datetime, Moment(label=N_("Time"))]
    kind: Annotated[MoveKind, Choice(label=N_("Movement"), words=MoveKind)]
    from_account: Annotated[Account, Choice(label=N_("From"), words=Account)]
    to_account: Annotated[Account, Choice(label=N_("To"), words=Account)]
    amount: Money
    available: Available
    reserved: Reserved
    paid: Paid
    memo: Annotated[str, Text(label=N_("For"))]
    by: Annotated[str, Name(label=N_("Posted by"))]
    budget_id: Annotated[int | None, Key()] = None
    award_id: Annotated[int | None, Key()] = None
    household_id: Annotated[int | None, Key()] = None
    batch_id: Annotated[int | None, Key()] = None
    """The batch that paid it, or that it came back from."""
    refund_id: Annotated[int | None, Key()] = None
    carry_over_id: Annotated[int | None, Key()] = None


class Period(Record):
    """Names a fund and a year, or a month of it."""

    fund_id: Annotated[int, Key()]
    year: Year
    month: Annotated[int | None, Count(label=N_("Month"), at_least=1, at_most=12)] = None


class LedgerBook(Record):
    """The ledger of a fund as a workbook."""

    name: Annotated[str, Text(label=N_("File name"))]
    data: Annotated[bytes, Kind(label=N_("File"))]
