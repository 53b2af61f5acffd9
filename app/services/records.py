"""What is asked and shown about services and referrals."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Choice, Count, Day, Flag, Key, Lines, Many, Moment, Name, Text
from app.core.record import Record
from app.core.words.services import ServiceState
from app.policy.pack import MeasureKind

Number = Annotated[str, Text(label=N_("Number"))]
MeasureId = Annotated[str, Text(label=N_("Measure"))]
Note = Annotated[str, Lines(label=N_("Note"), max_length=300)]
Due = Annotated[date | None, Day(label=N_("Ask again on"))]
State = Annotated[ServiceState, Choice(label=N_("State"), words=ServiceState)]
Said = Annotated[str, Lines(label=N_("Result"), max_length=300)]


class ServiceForm(Record):
    """Asks for a service of ours or a referral; of a measure per member, for one person."""

    household_id: Annotated[int, Key()]
    measure: MeasureId
    member_id: Annotated[int | None, Key()] = None
    """The person a measure per member is for; `None` of a measure of the household."""
    case_id: Annotated[int | None, Key()] = None
    """The application it was asked on, if it was."""
    note: Note = ""
    due_on: Due = None


class Requested(Record):
    """What asking for a service made."""

    id: Annotated[int, Key()]
    number: Number
    household_id: Annotated[int, Key()]
    paper_id: Annotated[int | None, Key()]
    """The referral slip; a service of ours has none."""


class CloseForm(Record):
    """Closes a request with what came of it."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    result: Said


class WithdrawForm(Record):
    """Takes a request back, with the reason."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    reason: Annotated[str, Lines(label=N_("Reason"), max_length=300)]


class ServiceQuery(Record):
    """Asks for requests; every part narrows the list."""

    state: Annotated[ServiceState | None, Choice(label=N_("State"), words=ServiceState)] = None
    household_id: Annotated[int | None, Key()] = None
    text: Annotated[str, Text(label=N_("Name or number"))] = ""
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class ServiceRow(Record):
    """One request as the list shows it, with all that was asked."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    household_id: Annotated[int, Key()]
    case_id: Annotated[int | None, Key()]
    paper_id: Annotated[int | None, Key()]
    """The referral slip that holds."""
    number: Number
    name: Annotated[str, Name(label=N_("Head of household"))]
    person: Annotated[str, Name(label=N_("For whom"))]
    """The member it is for; empty when it is for the whole household."""
    kind: Annotated[MeasureKind, Choice(label=N_("Kind"), words=MeasureKind)]
    measure: MeasureId
    title: Annotated[str, Text(label=N_("Measure"))]
    department: Annotated[str, Text(label=N_("Department"))]
    entitlement: Annotated[str, Text(label=N_("Entitlement"))]
    papers: Annotated[tuple[str, ...], Many(label=N_("Papers needed"))]
    note: Note
    requested_by: Annotated[str, Name(label=N_("Requested by"))]
    requested_at: Annotated[datetime, Moment(label=N_("Requested"))]
    due_on: Due
    overdue: Annotated[bool, Flag(label=N_("Overdue"))]
    state: State
    result: Said
    closed_by: Annotated[str, Name(label=N_("Closed by"))]
    closed_at: Annotated[datetime | None, Moment(label=N_("Closed"))]


class ServicesWaiting(Record):
    """How many requests stand where."""

    open: Annotated[int, Count(label=N_("In hand"))]
    overdue: Annotated[int, Count(label=N_("Overdue"))]
    done: Annotated[int, Count(label=N_("Done"))]
    withdrawn: Annotated[int, Count(label=N_("Withdrawn"))]
