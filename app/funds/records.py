"""What is asked and shown about funds."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, Choice, Count, Day, Flag, Key, Many, Moment, Name, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words.funds import Account, BudgetState, FundSource

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


class FundForm(Record):
    """A new fund of one year."""

    name: FundName
    source: Source
    year: Year
    measures: Earmark = ()
    """Measure ids; none for every measure."""
    file_required: FileRequired = True
    donor: Donor = ""
    condition: Condition = ""
    districts: Districts = ()
    categories: Categories = ()
    pays_until: PaysUntil = None


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


class FundRow(Record):
    """One fund with what stands on its accounts."""

    id: Annotated[int, Key()]
    name: FundName
    source: Source
    year: Year
    measures: Earmark
    file_required: FileRequired
    granted: Annotated[Fen, Amount(label=N_("Granted"))]
    reserved: Annotated[Fen, Amount(label=N_("Reserved"))]
    paid: Annotated[Fen, Amount(label=N_("Paid"))]
    available: Annotated[Fen, Amount(label=N_("Available"))]

    def may_pay(self, measure: str) -> bool:
        """Tell whether the earmark allows ``measure``."""
        return not self.measures or measure in self.measures


class BudgetRow(Record):
    """One budget and whether it counts yet."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    fund: FundName
    amount: Money
    document: Document
    granted_on: Annotated[date, Day(label=N_("Granted on"))]
    state: Annotated[BudgetState, Choice(label=N_("State"), words=BudgetState)]
    entered_by: Annotated[str, Name(label=N_("Entered by"))]
    mine: Annotated[bool, Flag(label=N_("Entered by me"))]


class LedgerQuery(Record):
    """Asks for the movements of one fund, the newest first."""

    fund_id: Annotated[int, Key()]
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class LedgerRow(Record):
    """One movement of a fund."""

    id: Annotated[int, Key()]
    at: Annotated[datetime, Moment(label=N_("Time"))]
    from_account: Annotated[Account, Choice(label=N_("From"), words=Account)]
    to_account: Annotated[Account, Choice(label=N_("To"), words=Account)]
    amount: Money
    memo: Annotated[str, Text(label=N_("For"))]
    by: Annotated[str, Name(label=N_("Posted by"))]
