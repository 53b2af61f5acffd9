"""What is asked and shown about lists: awards that are given together."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import (
    Amount,
    BankCard,
    Choice,
    Count,
    Day,
    Flag,
    Key,
    Many,
    Moment,
    Name,
    ResidentId,
    Text,
)
from app.core.money import Fen
from app.core.record import Record
from app.core.words.disbursements import AwardState, ListKind, ListState, PayWay
from app.disbursements.records import (
    Bank,
    Goods,
    HowPaid,
    Measure,
    MemberId,
    Opinion,
    Person,
    Quantity,
    UnitValue,
)

Kind = Annotated[ListKind, Choice(label=N_("Kind of list"), words=ListKind)]
Number = Annotated[str, Text(label=N_("List number"))]
Title = Annotated[str, Text(label=N_("Title"), min_length=2, max_length=60)]
Basis = Annotated[str, Text(label=N_("Notice or letter it rests on"), max_length=120)]
Each = Annotated[Fen | None, Amount(label=N_("Amount for each"), at_least=1)]
RowAmount = Annotated[Fen | None, Amount(label=N_("Amount"), at_least=1)]
State = Annotated[ListState, Choice(label=N_("State"), words=ListState)]
Line = Annotated[int, Count(label=N_("No."))]
Head = Annotated[str, Name(label=N_("Head of household"))]
District = Annotated[str, Text(label=N_("District"))]
Why = Annotated[str, Text(label=N_("Why not"))]


class ListForm(Record):
    """Opens a list: what is given, how much each, from which fund, on what document."""

    kind: Kind
    title: Title
    measure: Measure = ""
    """Empty for an agency: what it entrusts is a measure of its own."""
    fund_id: Annotated[int, Key(label=N_("Fund"))]
    way: HowPaid = PayWay.CARD
    amount: Each = None
    """`None` when it differs; in kind it is the quantity times the value of one."""
    goods: Goods = ""
    quantity: Quantity = None
    unit_value: UnitValue = None
    document: Basis = ""


class ListPick(Record):
    """Somebody to be put on a list, or there already with another amount."""

    household_id: Annotated[int, Key()]
    member_id: MemberId = None
    amount: RowAmount = None
    """`None` for what the list gives each."""


class ListRowsForm(Record):
    """Puts people on a list, or changes what they get."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    rows: Annotated[tuple[ListPick, ...], Many(label=N_("People"))]


class ListOffForm(Record):
    """Takes rows off a list."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    lines: Annotated[tuple[int, ...], Many(label=N_("Rows"))]


class RosterLine(Record):
    """One row of an agency's roster, as entrusted."""

    name: Annotated[str, Name(label=N_("Name"))]
    id_number: Annotated[str, ResidentId(label=N_("Resident ID number"))]
    amount: Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]
    account_number: Annotated[str, BankCard(label=N_("Card or account number"))] = ""
    """Empty for the account of the file."""
    account_bank: Bank = ""


class RosterForm(Record):
    """Takes an agency's roster in, instead of what was taken in before."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    rows: Annotated[tuple[RosterLine, ...], Many(label=N_("Rows"))]


class RosterTaken(Record):
    """What taking a roster in found."""

    known: Annotated[int, Count(label=N_("On file"))]
    unknown: Annotated[tuple[str, ...], Many(label=N_("Not on file"))]
    """Names: nobody of that ID number is in an open file."""
    other_name: Annotated[tuple[str, ...], Many(label=N_("On file under another name"))]


class ListStep(Record):
    """Confirms a list, hands it in, or takes it back."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    opinion: Opinion = ""


class ListLeftOut(Record):
    """A row that became no award, and why."""

    line: Line
    name: Head
    why: Why


class ListProposed(Record):
    """What handing a list in did."""

    proposed: Annotated[int, Count(label=N_("Proposed"))]
    amount: Annotated[Fen, Amount(label=N_("Total"))]
    left: Annotated[tuple[ListLeftOut, ...], Many(label=N_("Left out"))] = ()


class ListQuery(Record):
    """Asks for lists; every part narrows."""

    state: Annotated[ListState | None, Choice(label=N_("State"), words=ListState)] = None
    kind: Annotated[ListKind | None, Choice(label=N_("Kind of list"), words=ListKind)] = None
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class ListById(Record):
    """Names a list."""

    id: Annotated[int, Key()]


class ListRow(Record):
    """One list among others."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    number: Number
    kind: Kind
    title: Title
    measure: Measure
    measure_title: Annotated[str, Text(label=N_("Measure"))]
    fund: Annotated[str, Text(label=N_("Fund"))]
    way: HowPaid
    amount: Each
    state: State
    rows: Annotated[int, Count(label=N_("Rows"))]
    total: Annotated[Fen, Amount(label=N_("Total"))]
    approved: Annotated[int, Count(label=N_("Approved"))]
    """Awards of it that are approved, on the way to the bank, or paid."""
    paid: Annotated[int, Count(label=N_("Paid"))]
    opened_by: Annotated[str, Name(label=N_("Opened by"))]
    opened_at: Annotated[datetime, Moment(label=N_("Opened"))]
    mine: Annotated[bool, Flag(label=N_("Opened by me"))]


class ListEntry(Record):
    """One row of a list, and what became of it."""

    id: Line
    household_id: Annotated[int | None, Key()]
    member_id: MemberId
    name: Head
    person: Person
    file_number: Annotated[str, Text(label=N_("File number"))]
    district: District
    amount: Annotated[Fen, Amount(label=N_("Amount"))]
    award_id: Annotated[int | None, Key()]
    award_number: Annotated[str, Text(label=N_("Award number"))]
    state: Annotated[AwardState | None, Choice(label=N_("State"), words=AwardState)]
    due_on: Annotated[date | None, Day(label=N_("Not before"))]
    why: Why
    """Empty unless it became no award; of an agency also that nobody is known by it."""


class ListView(Record):
    """A list with its rows."""

    row: ListRow
    document: Basis
    goods: Goods
    quantity: Quantity
    unit_value: UnitValue
    fund_left: Annotated[Fen, Amount(label=N_("Left in the fund"))]
    confirmed_by: Annotated[str, Name(label=N_("Confirmed by"))]
    entries: Annotated[tuple[ListEntry, ...], Many(label=N_("Rows"))]


class CandidateQuery(Record):
    """Asks whom the policy gives a measure today; every part narrows the files looked at."""

    measure: Measure
    fund_id: Annotated[int | None, Key(label=N_("Fund"))] = None
    """Those it may not pay are left out."""
    districts: Annotated[tuple[str, ...], Many(label=N_("District"))] = ()
    categories: Annotated[tuple[str, ...], Many(label=N_("Hardship category"))] = ()
    words: Annotated[str, Text(label=N_("Name or number"))] = ""
    """A part of a name in the household or of its file number, or how the name begins in pinyin."""
    household_ids: Annotated[tuple[int, ...], Many(label=N_("Household"))] = ()
    """Of those that fit, these alone: a long register is looked through a part at a time."""
    list_id: Annotated[int | None, Key()] = None
    """Those on this list already are not told again, nor those its fund may not pay."""


class CandidateFiles(Record):
    """Which files a search for candidates looks through, and by what it can be narrowed."""

    household_ids: Annotated[tuple[int, ...], Many(label=N_("Household"))]
    """By district, then by file number."""
    districts: Annotated[tuple[str, ...], Many(label=N_("District"))]
    categories: Annotated[tuple[str, ...], Many(label=N_("Hardship category"))]


class Candidate(Record):
    """Somebody a measure may be given to today, or why not."""

    household_id: Annotated[int, Key()]
    member_id: MemberId
    name: Head
    person: Person
    file_number: Annotated[str, Text(label=N_("File number"))]
    district: District
    category: Annotated[str, Text(label=N_("Hardship category"))]
    left: Annotated[Fen | None, Amount(label=N_("May still get"))]
    why: Why


class Candidates(Record):
    """Whom the policy gives a measure today, and who is left out, by district."""

    yes: Annotated[tuple[Candidate, ...], Many(label=N_("May get it"))]
    left_out: Annotated[tuple[Candidate, ...], Many(label=N_("Left out"))]
