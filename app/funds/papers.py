"""What the fund ledger (资金台账) says: opening, every movement, closing, what stood after each."""

from datetime import date
from typing import Annotated, Final

from app.core.i18n import N_
from app.core.kinds import Amount, Count, Day, Flag, Many, Name, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words.papers import PaperKind

FUND_LEDGER: Final = PaperKind.FUND_LEDGER

Balance = Annotated[Fen, Amount(label=N_("Balance"))]
"""What the fund holds: available, and approved but not paid."""


class LedgerLine(Record):
    """One line of the ledger: a movement, or the opening or closing of a period."""

    day: Annotated[date | None, Day(label=N_("Day"))]
    what: Annotated[str, Text(label=N_("Movement"))]
    basis: Annotated[str, Text(label=N_("For"))] = ""
    income: Annotated[Fen | None, Amount(label=N_("Came in"))] = None
    set_aside: Annotated[Fen | None, Amount(label=N_("Set aside"))] = None
    """Below zero when it was paid or came back."""
    outgo: Annotated[Fen | None, Amount(label=N_("Went out"))] = None
    """Below zero when money that was paid came back."""
    available: Annotated[Fen, Amount(label=N_("Available"))]
    reserved: Annotated[Fen, Amount(label=N_("Approved, not paid"))]
    balance: Balance
    income_so_far: Annotated[Fen, Amount(label=N_("Came in so far"))]
    set_aside_so_far: Annotated[Fen, Amount(label=N_("Set aside so far"))]
    outgo_so_far: Annotated[Fen, Amount(label=N_("Went out so far"))]


class FundLedgerFacts(Record):
    """The ledger of one fund and one period."""

    name: Annotated[str, Text(label=N_("Fund"))]
    source: Annotated[str, Text(label=N_("Source"))]
    period: Annotated[str, Text(label=N_("Period"))]
    until: Annotated[date, Day(label=N_("To day"))]
    running: Annotated[bool, Flag(label=N_("The period still runs"))]
    terms: Annotated[tuple[str, ...], Many(label=N_("Earmarks"))]
    lines: Annotated[tuple[LedgerLine, ...], Many(label=N_("Movements"))]
    count: Annotated[int, Count(label=N_("Movements"))]
    amount: Balance
    """At the end of the period."""
    preparer: Annotated[str, Name(label=N_("Prepared by"))]

    def __post_init__(self) -> None:
        """Refuse a ledger whose lines do not lead from its opening to its closing."""
        opening, closing = self.lines[0], self.lines[-1]
        moved = closing.income_so_far - closing.outgo_so_far
        if opening.balance + moved != closing.balance or closing.balance != self.amount:
            raise ValueError(f"{self.name}: the lines do not lead to {self.amount} fen")
