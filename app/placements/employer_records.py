"""What is asked and shown about employers: their papers, their lists, the blacklist."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import (
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
)
from app.core.record import Record
from app.core.words.placements import BarState

Version = Annotated[int, Key()]
Uscc = Annotated[str, Text(label=N_("Unified social credit code"), min_length=1, max_length=20)]
Employer = Annotated[str, Text(label=N_("Employer"), min_length=2, max_length=60)]
UnitKind = Annotated[str | None, Code(label=N_("Kind of unit"), list="unit_kind")]
Industry = Annotated[str | None, Code(label=N_("Industry"), list="industry")]
District = Annotated[str | None, Code(label=N_("District"), list="district")]
Address = Annotated[str, Text(label=N_("Address"))]
Contact = Annotated[str, Name(label=N_("Contact"))]
LicenceSeen = Annotated[date | None, Day(label=N_("Licence seen on"), may_be_future=False)]
LetterSeen = Annotated[
    date | None, Day(label=N_("Letter of introduction seen on"), may_be_future=False)
]
FromElsewhere = Annotated[bool, Flag(label=N_("From another place"))]
MaskedPhone = Annotated[str, Text(label=N_("Telephone"))]
Barred = Annotated[bool, Flag(label=N_("On the blacklist"))]
State = Annotated[BarState, Choice(label=N_("State"), words=BarState)]
Reason = Annotated[str, Lines(label=N_("Reason"), max_length=300)]
Document = Annotated[str, Text(label=N_("Document"), max_length=120)]
Opinion = Annotated[str, Lines(label=N_("Opinion"), max_length=600)]


class EmployerForm(Record):
    """An employer as it shows itself: the code of its licence, whom to call, its papers."""

    uscc: Uscc
    uscc_compared: Annotated[
        bool,
        Flag(
            label=N_("Code compared with the licence"),
            hint=N_("Only needed where the code does not check: the licence counts."),
        ),
    ] = False
    """Lets in a code that does not check, as old organisations still bear them."""
    name: Employer
    kind: UnitKind = None
    industry: Industry = None
    district: District = None
    address: Address = ""
    contact: Contact = ""
    phone: Annotated[str, Phone(label=N_("Telephone"))] = ""
    handler: Annotated[
        str, Name(label=N_("Handler"), hint=N_("Who came to report the vacancies"))
    ] = ""
    handler_id_number: Annotated[str, ResidentId(label=N_("Resident ID number of the handler"))] = (
        ""
    )
    licence_seen_on: LicenceSeen = None
    letter_seen_on: LetterSeen = None
    from_elsewhere: FromElsewhere = False
    elsewhere_proof: Annotated[
        str,
        Text(
            label=N_("Proof of its own county"),
            hint=N_("Of a unit from another place: what the agency of its county attests."),
        ),
    ] = ""
    note: Annotated[str, Lines(label=N_("Note"), max_length=300)] = ""
    draft_id: Annotated[str, Key()] = ""
    """The draft that this form grew from; it is closed."""


class EmployerChangeForm(Record):
    """Changes what is known of an employer."""

    id: Annotated[int, Key()]
    version: Version
    employer: Annotated[EmployerForm, Part()]


class EmployerById(Record):
    """Names one employer."""

    id: Annotated[int, Key()]


class EmployerRevealed(Record):
    """The private values of an employer in the clear; having asked stands in the trail."""

    employer: Annotated[EmployerForm, Part()]


class EmployerQuery(Record):
    """Asks for employers; every part narrows the list, which comes newest first."""

    text: Annotated[str, Text(label=N_("Name or code"))] = ""
    """A part of a name, or the beginning of a code."""
    district: District = None
    kind: UnitKind = None
    barred: Annotated[bool | None, Flag(label=N_("On the blacklist"))] = None
    hiring: Annotated[bool | None, Flag(label=N_("Has open vacancies"))] = None
    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class EmployerRow(Record):
    """One line of a list of employers. Private values are masked."""

    id: Annotated[int, Key()]
    version: Version
    uscc: Uscc
    name: Employer
    kind: UnitKind
    industry: Industry
    district: District
    contact: Contact
    phone: MaskedPhone
    barred: Barred
    missing: Annotated[tuple[str, ...], Many(label=N_("Papers not shown yet"))]
    """In words; with one missing it cannot report vacancies."""
    vacancies: Annotated[int, Count(label=N_("Open vacancies"))]
    stale: Annotated[int, Count(label=N_("To be confirmed again"))]
    """Of those, the ones it has to confirm before they are offered again."""
    free_posts: Annotated[int, Count(label=N_("Free posts"))]
    placed: Annotated[int, Count(label=N_("People placed"))]


class BarForm(Record):
    """Puts an employer on the blacklist."""

    employer_id: Annotated[int, Key()]
    version: Version
    """Of the employer."""
    day: Annotated[date, Day(label=N_("Day"), may_be_future=False)]
    reason: Annotated[
        str,
        Lines(
            label=N_("Reason"),
            hint=N_("What it did: fees or deposits from applicants, false vacancies, no answers."),
            max_length=300,
        ),
    ]
    document: Document = ""


class ObjectionForm(Record):
    """Takes down what an employer says against being on the blacklist."""

    id: Annotated[int, Key()]
    """Of the entry on the blacklist."""
    version: Version
    day: Annotated[date, Day(label=N_("Objected on"), may_be_future=False)]
    objection: Annotated[str, Lines(label=N_("Objection"), max_length=600)]


class BarDecision(Record):
    """Takes an employer off the blacklist, or answers its objection; with the words why."""

    id: Annotated[int, Key()]
    version: Version
    day: Annotated[date, Day(label=N_("Day"), may_be_future=False)]
    opinion: Opinion


class BarRow(Record):
    """One entry on the blacklist."""

    id: Annotated[int, Key()]
    version: Version
    employer_id: Annotated[int, Key()]
    employer: Employer
    state: State
    reason: Reason
    document: Document
    barred_on: Annotated[date, Day(label=N_("Barred on"))]
    barred_by: Annotated[str, Name(label=N_("Barred by"))]
    objected_on: Annotated[date | None, Day(label=N_("Objected on"))]
    objection: Annotated[str, Lines(label=N_("Objection"))]
    unanswered: Annotated[bool, Flag(label=N_("Objection not answered yet"))]
    lifted_on: Annotated[date | None, Day(label=N_("Taken off on"))]
    lifted_by: Annotated[str, Name(label=N_("Taken off by"))]
    opinion: Opinion
    mine: Annotated[bool, Flag(label=N_("Entered by me"))]
    """Entered by the person asking, who cannot take it off."""


class BarQuery(Record):
    """Asks for entries on the blacklist, newest first."""

    states: Annotated[tuple[BarState, ...], Many(label=N_("State"))] = ()
    unanswered: Annotated[bool | None, Flag(label=N_("Objection not answered yet"))] = None


class EmployerView(Record):
    """One employer as the card shows it; private values are masked."""

    row: Annotated[EmployerRow, Part()]
    employer: Annotated[EmployerForm, Part()]
    doubt: Annotated[str, Text(label=N_("Doubt about the code"))]
    """What does not check in the code; empty for a sound one."""
    bars: Annotated[tuple[BarRow, ...], Many(label=N_("Blacklist"))]
    """The newest first; the first may be in force."""
    referrals_out: Annotated[int, Count(label=N_("Slips still out"))]
    """Letters to it whose slip has not come back."""
    not_hired: Annotated[int, Count(label=N_("Not hired"))]
    entered_by: Annotated[str, Name(label=N_("Entered by"))]
    entered_at: Annotated[datetime, Moment(label=N_("Entered at"))]
