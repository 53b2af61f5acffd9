"""What is asked and shown about who and what stands beside a borrower."""

from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import (
    Amount,
    Choice,
    Count,
    Flag,
    Key,
    Kind,
    Many,
    Name,
    Part,
    Phone,
    ResidentId,
    Text,
)
from app.core.money import Fen
from app.core.record import Record
from app.core.words.loans import LoanParty, LoanState, SecurityForm

Party = Annotated[LoanParty, Choice(label=N_("Stands as"), words=LoanParty)]
Form = Annotated[SecurityForm | None, Choice(label=N_("Counter-guarantee"), words=SecurityForm)]
"""Of a guarantor; `None` of a partner or spouse."""
SideName = Annotated[str, Text(label=N_("Name"), min_length=2, max_length=60)]
"""Of a person, or of the market, village or owner of a thing."""
Unit = Annotated[str, Text(label=N_("Work unit"), max_length=60)]
Income = Annotated[Fen | None, Amount(label=N_("Monthly income"))]
Debts = Annotated[
    Fen | None,
    Amount(label=N_("Own debts"), hint=N_("Owed on loans of their own, here and elsewhere.")),
]
"""`None` when not known."""
Covers = Annotated[Fen, Amount(label=N_("Stands for"))]
Thing = Annotated[
    str,
    Text(
        label=N_("Mortgaged or pledged"),
        hint=N_("What it is, with the number of its certificate."),
        max_length=120,
    ),
]
Value = Annotated[Fen | None, Amount(label=N_("Its value"))]


class SideFields(Record):
    """What is written of somebody beside the borrower, or of a thing."""

    form: Form = None
    name: SideName
    id_number: Annotated[str, ResidentId(label=N_("Resident ID number"))] = ""
    """Empty for a thing, a market or a village."""
    phone: Annotated[str, Phone(label=N_("Mobile"))] = ""
    unit: Unit = ""
    monthly_income: Income = None
    own_debts: Debts = None
    covers: Covers = Fen(0)
    thing: Thing = ""
    value: Value = None
    only_the_name: Annotated[bool, Flag(label=N_("Only bears the name of a colleague"))] = False
    """Said of somebody who bears the name of one who decides here and is another person."""


class SideForm(SideFields):
    """Puts somebody or something beside a borrower."""

    loan_id: Annotated[int, Key()]
    party: Party


class SideChange(SideFields):
    """Mends what is written of somebody beside a borrower."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]


class SideStep(Record):
    """Releases a guarantor, or takes back what was entered wrongly."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    reason: Annotated[str, Text(label=N_("Reason"), min_length=2, max_length=200)]


class StandsFor(Record):
    """One loan of another person for which somebody stands."""

    loan_id: Annotated[int, Key()]
    number: Annotated[str, Text(label=N_("Loan number"))]
    borrower: Annotated[str, Name(label=N_("Borrower"))]
    state: Annotated[LoanState, Choice(label=N_("State"), words=LoanState)]
    covers: Covers
    left: Annotated[Fen, Amount(label=N_("Still stands for"))]
    """At most what is left of the loan."""


class CapacityRow(Record):
    """What a guarantor can stand for: income over the term, less debts and other guarantees.

    No source sets a limit, so this is shown and refuses nothing.
    """

    monthly_income: Income
    months: Annotated[int, Count(label=N_("Months"))]
    own_debts: Debts
    """As told, or what is left of their own loans here when that is more."""
    elsewhere: Annotated[Fen, Amount(label=N_("Stands for others"))]
    capacity: Annotated[Fen | None, Amount(label=N_("Can stand for"))]
    """`None` while income or debts are not known."""
    loans: Annotated[tuple[StandsFor, ...], Many(label=N_("Stands for others"))]


class SideRow(Record):
    """Somebody or something beside a borrower. Private values are masked."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    party: Party
    form: Form
    name: SideName
    id_number: Annotated[str, Text(label=N_("Resident ID number"))]
    phone: Annotated[str, Text(label=N_("Mobile"))]
    unit: Unit
    covers: Covers
    thing: Thing
    value: Value
    live: Annotated[bool, Flag(label=N_("Stands"))]
    household_id: Annotated[int | None, Key()]
    capacity: Annotated[CapacityRow | None, Part()]
    """Of a person who guarantees; `None` of others and of those released."""
    against: Annotated[str, Text(label=N_("What stands against it"))]
    """Why the loan cannot be secured with it, or nothing."""
    doubts: Annotated[tuple[str, ...], Kind(label=N_("To look at"))]
    """What is worth a second look and refuses nothing."""


class SidesView(Record):
    """Who and what stands beside a borrower, and whether that is enough."""

    rows: Annotated[tuple[SideRow, ...], Many(label=N_("Counter-guarantees"))]
    needed: Annotated[Fen, Amount(label=N_("To be covered"))]
    """0 when the rules ask for no counter-guarantee of such a loan."""
    covered: Annotated[Fen, Amount(label=N_("Covered"))]
    forms: Annotated[tuple[str, ...], Kind(label=N_("Forms that the rules allow"))]
    """In words; empty when no source says."""
    against: Annotated[str, Text(label=N_("What stands against it"))]
    """Why the counter-guarantee cannot be signed yet, or nothing."""


class SidesOf(Record):
    """Asks who and what stands beside the borrower of a loan."""

    loan_id: Annotated[int, Key()]


class GuarantorAsked(Record):
    """Asks what somebody stands for already, before they are entered."""

    id_number: Annotated[str, ResidentId(label=N_("Resident ID number"))]
    loan_id: Annotated[int, Key()]
    """The loan they would stand for, which does not count."""


class GuarantorView(Record):
    """What is known of somebody who would stand for a loan."""

    loans: Annotated[tuple[StandsFor, ...], Many(label=N_("Stands for others"))]
    total: Annotated[Fen, Amount(label=N_("Stands for others"))]
    own: Annotated[tuple[StandsFor, ...], Many(label=N_("Loans of their own"))]
    against: Annotated[str, Text(label=N_("What stands against it"))]
    """Why this person cannot stand for the loan, or nothing."""
