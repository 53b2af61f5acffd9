"""What is asked and shown about the guarantee fund."""

from datetime import date
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, Choice, Count, Day, Flag, Key, Many, Name, Part, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words.loans import ChangeState, GuaranteeMoveKind

FundName = Annotated[str, Text(label=N_("Guarantee fund"), min_length=2, max_length=60)]
Leverage = Annotated[
    int,
    Count(
        label=N_("Times its capital"),
        hint=N_("How many times its capital the guaranteed principal may be, as 3 or 5."),
        at_least=1,
        at_most=10,
    ),
]
SharePercent = Annotated[
    int,
    Count(
        label=N_("Part of the risk, percent"),
        hint=N_("What the fund bears of a loan; the bank bears the rest."),
        at_least=1,
        at_most=100,
    ),
]
StopPercent = Annotated[
    int,
    Count(
        label=N_("Stops at bad loans, percent"),
        hint=N_("New guarantees stop when so much of what it stands for is bad."),
        at_least=1,
        at_most=100,
    ),
]
Document = Annotated[str, Text(label=N_("Document"), min_length=4, max_length=120)]
Money = Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]
MoveKind = Annotated[GuaranteeMoveKind, Choice(label=N_("Movement"), words=GuaranteeMoveKind)]
Year = Annotated[int, Count(label=N_("Year"), at_least=2000, at_most=2100)]
District = Annotated[str, Text(label=N_("District"), min_length=2, max_length=20)]
Capital = Annotated[Fen, Amount(label=N_("Capital"))]
Limit = Annotated[Fen, Amount(label=N_("May stand for"))]
Lent = Annotated[Fen, Amount(label=N_("Lent"))]
Reserved = Annotated[Fen, Amount(label=N_("Reserved"))]
Left = Annotated[Fen, Amount(label=N_("Room left"))]


class GuaranteeFundForm(Record):
    """A new guarantee fund; its capital comes by movements of two people."""

    name: FundName
    leverage: Leverage
    share_percent: SharePercent
    stop_percent: StopPercent
    document: Document


class GuaranteeFundChange(GuaranteeFundForm):
    """A guarantee fund as it shall be from now on."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    open: Annotated[bool, Flag(label=N_("Gives new guarantees"))] = True


class CapitalForm(Record):
    """Capital that was paid in or out, to be confirmed by a second person."""

    fund_id: Annotated[int, Key()]
    kind: MoveKind
    amount: Money
    day: Annotated[date, Day(label=N_("Day"), may_be_future=False)]
    document: Document


class MoveStep(Record):
    """Confirm or withdraw a movement of capital."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]


class QuotaForm(Record):
    """How much of a fund the loans of a district may take in a year; one that stands is changed."""

    fund_id: Annotated[int, Key()]
    year: Year
    district: District
    fen: Annotated[Fen, Amount(label=N_("Quota"))]
    document: Document
    version: Annotated[int | None, Key()] = None
    """Of the quota that is changed; `None` for a new one."""


class GuaranteeFundRow(Record):
    """One guarantee fund with what it stands for and what it can still take."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    name: FundName
    leverage: Leverage
    share_percent: SharePercent
    stop_percent: StopPercent
    document: Document
    open: Annotated[bool, Flag(label=N_("Gives new guarantees"))]
    capital: Capital
    limit: Limit
    lent: Lent
    reserved: Reserved
    left: Left
    owed: Annotated[Fen, Amount(label=N_("Paid for borrowers, not recovered"))]
    bad: Annotated[Fen, Amount(label=N_("Bad"))]
    bad_hundredths: Annotated[int, Count(label=N_("Bad loans, hundredths of a percent"))]
    stopped: Annotated[bool, Flag(label=N_("No new guarantees"))]
    """True when so much is bad that new guarantees stop."""
    waiting: Annotated[int, Count(label=N_("To be confirmed"))]
    """Movements of capital that nobody has confirmed yet."""


class GuaranteeMoveRow(Record):
    """Money that went into a fund or out of it."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    day: Annotated[date, Day(label=N_("Day"))]
    kind: MoveKind
    amount: Money
    balance: Annotated[Fen | None, Amount(label=N_("Capital"))]
    """What the fund held after it; `None` while it is not confirmed."""
    document: Document
    state: Annotated[ChangeState, Choice(label=N_("State"), words=ChangeState)]
    entered_by: Annotated[str, Name(label=N_("Entered by"))]
    confirmed_by: Annotated[str, Name(label=N_("Confirmed by"))]
    mine: Annotated[bool, Flag(label=N_("Entered by me"))]
    loan_id: Annotated[int | None, Key()] = None
    """Of what was paid for a borrower or recovered: the loan."""
    loan_number: Annotated[str, Text(label=N_("Loan number"))] = ""


class QuotaRow(Record):
    """What the loans of one district may take of a fund in a year, and took."""

    version: Annotated[int | None, Key()]
    """`None` when no quota was entered for the district."""
    year: Year
    district: Annotated[str, Text(label=N_("District"))]
    """Empty for loans of which no district was said."""
    quota: Annotated[Fen | None, Amount(label=N_("Quota"))]
    lent: Lent
    reserved: Reserved
    left: Annotated[Fen | None, Amount(label=N_("Room left"))]
    """`None` when the fund is not divided among districts."""
    document: Annotated[str, Text(label=N_("Document"))]


class GuaranteeFundAsked(Record):
    """Asks for a guarantee fund: its ledger up to a day, its quotas of a year."""

    id: Annotated[int, Key()]
    as_of: Annotated[date | None, Day(label=N_("As of"))] = None
    """`None` for all movements."""
    year: Annotated[int | None, Count(label=N_("Year"), at_least=2000, at_most=2100)] = None
    """`None` for the year that runs."""


class GuaranteeFundView(Record):
    """A guarantee fund with its ledger and its quotas."""

    row: Annotated[GuaranteeFundRow, Part()]
    balance: Capital
    """The capital at the end of the day that was asked for."""
    moves: Annotated[tuple[GuaranteeMoveRow, ...], Many(label=N_("Movements"))]
    """In the order of their days; what waits or was withdrawn has no balance."""
    quotas: Annotated[tuple[QuotaRow, ...], Many(label=N_("Quotas by district"))]


class RoomAsked(Record):
    """Asks how much a loan can still take of a guarantee fund."""

    loan_id: Annotated[int, Key()]
    fund_id: Annotated[int, Key()]
    on: Annotated[date | None, Day(label=N_("Day"))] = None
    """The day of the decision, whose year's quota counts; `None` for today."""


class RoomRow(Record):
    """What a limit allows, what of it is taken, and what is left."""

    limit: Limit
    lent: Lent
    reserved: Reserved
    left: Left


class RoomView(Record):
    """How much a loan can still take of a guarantee fund, before a sum is typed."""

    fund: FundName
    of_fund: Annotated[RoomRow, Part()]
    of_district: Annotated[RoomRow | None, Part()]
    """`None` when the fund is not divided among districts, or nothing is known of this one."""
    left: Left
    """The smaller of both; 0 when something stands against any guarantee."""
    against: Annotated[str, Text(label=N_("What stands against it"))]
    """Why no guarantee can be given at all, or nothing."""
