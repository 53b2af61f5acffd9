"""What is asked and shown when several awards are decided together, and of related staff."""

from datetime import datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, Choice, Flag, Key, Kind, Many, Moment, Name, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words.households import FileState
from app.disbursements.records import AwardRow, Opinion


class ApprovalQuery(Record):
    """Asks what waits for a decision."""

    award_ids: Annotated[tuple[int, ...], Many(label=N_("Awards"))] = ()
    """These alone; none for all."""
    look: Annotated[bool, Flag(label=N_("Please look"))] = True
    """Look at each closely; without it the light stays empty."""


class AwardToDecide(Record):
    """One award to be approved together with others, as it was seen."""

    award_id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    award_version_id: Annotated[int, Key()]


class TogetherForm(Record):
    """Approves several awards in one act, each with a decision of its own."""

    awards: Annotated[tuple[AwardToDecide, ...], Many(label=N_("Awards"))]
    opinion: Opinion = ""


class LeftOut(Record):
    """An award that was not approved with the others, and why."""

    award_id: Annotated[int, Key()]
    name: Annotated[str, Name(label=N_("Head of household"))]
    why: Annotated[str, Text(label=N_("Reason"))]


class DecidedTogether(Record):
    """What approving several awards did."""

    approved: Annotated[tuple[int, ...], Many(label=N_("Approved"))]
    amount: Annotated[Fen, Amount(label=N_("Total"))]
    left: Annotated[tuple[LeftOut, ...], Many(label=N_("Not approved with the others"))] = ()


class TwoHouseholds(Record):
    """Names two households that share an account or a telephone."""

    household_id: Annotated[int, Key()]
    """The one an award is for."""
    other_id: Annotated[int, Key()]


class ComparedLine(Record):
    """One thing that at least one of two households is known by. Private values are masked."""

    label: Annotated[str, Text(label=N_("Field"))]
    one: Annotated[str, Text(label=N_("This household"))]
    other: Annotated[str, Text(label=N_("The other household"))]
    same: Annotated[bool | None, Flag(label=N_("The same"))]
    """`None` where only one of the two is known."""
    telling: Annotated[bool, Flag(label=N_("Please look"))]
    """Two households have it in common only when they belong together, or by mistake."""


class ComparedSide(Record):
    """One of two households: whose file it is, and what it was given."""

    household_id: Annotated[int, Key()]
    name: Annotated[str, Name(label=N_("Head of household"))]
    file_number: Annotated[str, Text(label=N_("File number"))]
    file_state: Annotated[FileState, Choice(label=N_("State"), words=FileState)]
    awards: Annotated[tuple[AwardRow, ...], Many(label=N_("Awards"))]
    """The newest first."""


class Compared(Record):
    """Two households side by side, for whoever has to decide whether both may get relief."""

    one: Annotated[ComparedSide, Kind(label=N_("This household"))]
    other: Annotated[ComparedSide, Kind(label=N_("The other household"))]
    lines: Annotated[tuple[ComparedLine, ...], Many(label=N_("Household"))]
    people: Annotated[tuple[ComparedLine, ...], Many(label=N_("People"))]


class TieForm(Record):
    """Declares that a member of staff is related to a household."""

    household_id: Annotated[int, Key()]
    note: Annotated[str, Text(label=N_("How they are related"), min_length=2, max_length=60)]
    staff_id: Annotated[int | None, Key(label=N_("Staff"))] = None
    """`None` for oneself."""


class TieEnd(Record):
    """Ends what was declared, by somebody else than the one it is about."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    reason: Annotated[str, Text(label=N_("Reason"), min_length=2, max_length=100)]


class TieRow(Record):
    """Somebody who is related to a household."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    staff_id: Annotated[int, Key()]
    name: Annotated[str, Name(label=N_("Staff"))]
    note: Annotated[str, Text(label=N_("How they are related"))]
    declared_by: Annotated[str, Name(label=N_("Declared by"))]
    declared_at: Annotated[datetime, Moment(label=N_("Declared"))]
    mine: Annotated[bool, Flag(label=N_("Oneself"))]


class Colleague(Record):
    """Somebody of the staff, to be chosen."""

    id: Annotated[int, Key()]
    name: Annotated[str, Name(label=N_("Staff"))]
