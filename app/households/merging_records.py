"""What is asked and shown when whole files are merged, split or changed in their members."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Choice, Code, Count, Day, Flag, Key, Many, Moment, Phone, Text
from app.core.record import Record
from app.core.words.households import ChangeKind, DuplicateWay
from app.households.records import (
    Address,
    District,
    FileNumber,
    HouseholdView,
    PersonName,
    Relation,
    State,
    WorkUnit,
)

Reason = Annotated[str, Text(label=N_("Reason"), max_length=200)]
JoinedOn = Annotated[date, Day(label=N_("Since"), may_be_future=False)]
NewPhone = Annotated[str, Phone(label=N_("Mobile"))]


class SamePerson(Record):
    """One person who stands in both households."""

    kept_id: Annotated[int, Key()]
    """Their row in the household that is kept."""
    other_id: Annotated[int, Key()]


class Taken(Record):
    """A field whose value is taken from the household that is given up."""

    kept_id: Annotated[int | None, Key()] = None
    """The person's row in the household that is kept; `None` for the household itself."""
    field: Annotated[str, Key()]


class Related(Record):
    """What somebody is to the head."""

    member_id: Annotated[int, Key()]
    relation: Relation = None


class MergeForm(Record):
    """Two households that are one: the first is kept, everything of the other goes to it."""

    keep_id: Annotated[int, Key()]
    keep_version: Annotated[int, Key()]
    give_up_id: Annotated[int, Key()]
    give_up_version: Annotated[int, Key()]
    same: Annotated[tuple[SamePerson, ...], Many(label=N_("The same person"))] = ()
    taken: Annotated[tuple[Taken, ...], Many(label=N_("Taken over"))] = ()
    relations: Annotated[tuple[Related, ...], Many(label=N_("Relation to the head"))] = ()
    """Of those who join; nobody's relation is known who is not named."""
    reason: Reason


class SplitForm(Record):
    """Members who become a household of their own."""

    household_id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    head_id: Annotated[int, Key()]
    """The member who becomes the head of the new household."""
    others: Annotated[tuple[Related, ...], Many(label=N_("Members who go along"))] = ()
    phone: NewPhone = ""
    district: District = None
    address: Address = ""
    reason: Reason


class Divided(Record):
    """The household that a split made."""

    change_id: Annotated[int, Key()]
    household_id: Annotated[int, Key()]


class MoveForm(Record):
    """A member who goes from one household to another."""

    member_id: Annotated[int, Key()]
    household_id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    to_id: Annotated[int, Key()]
    to_version: Annotated[int, Key()]
    relation: Relation
    joined_on: JoinedOn
    reason: Reason


class HeadChangeForm(Record):
    """Another member becomes the head; what everybody is to the new head is asked anew."""

    household_id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    head_id: Annotated[int, Key()]
    relations: Annotated[tuple[Related, ...], Many(label=N_("Relation to the head"))] = ()
    phone: NewPhone = ""
    """Of the new head; empty keeps what is known."""
    person_type: Annotated[str | None, Code(label=N_("Kind of worker"), list="person_type")] = None
    work_unit: WorkUnit = ""
    reason: Reason


class ApartForm(Record):
    """Two households that only look alike."""

    household_id: Annotated[int, Key()]
    other_id: Annotated[int, Key()]
    reason: Reason


class UndoForm(Record):
    """An act on whole households that is taken back."""

    change_id: Annotated[int, Key()]
    reason: Reason


class ChangeQuery(Record):
    """Asks what was done with a whole household."""

    household_id: Annotated[int, Key()]


class ChangeView(Record):
    """One act on whole households."""

    id: Annotated[int, Key()]
    kind: Annotated[ChangeKind, Choice(label=N_("Act"), words=ChangeKind)]
    at: Annotated[datetime, Moment(label=N_("Time"))]
    by: Annotated[str, Text(label=N_("By"))]
    reason: Reason
    about: Annotated[str, Text(label=N_("About"))]
    """The other file or the person, in words."""
    undone: Annotated[bool, Flag(label=N_("Undone"))]
    why_not: Annotated[str, Text(label=N_("Why it cannot be undone"))]
    """Empty while it can be undone."""


class PairQuery(Record):
    """Asks how two households compare."""

    keep_id: Annotated[int, Key()]
    other_id: Annotated[int, Key()]


class Difference(Record):
    """A field that is known otherwise in the other household. Private values are masked."""

    kept_id: Annotated[int | None, Key()]
    field: Annotated[str, Key()]
    label: Annotated[str, Text(label=N_("Field"))]
    kept: Annotated[str, Text(label=N_("File that is kept"))]
    other: Annotated[str, Text(label=N_("File given up"))]
    suggested: Annotated[bool, Flag(label=N_("Take over"))]
    """The kept file does not know it."""


class Pair(Record):
    """Two rows that are perhaps one person, and by what."""

    kept_id: Annotated[int, Key()]
    other_id: Annotated[int, Key()]
    name: PersonName
    by: Annotated[str, Text(label=N_("The same"))]
    """The label of what agrees."""
    certain: Annotated[bool, Flag(label=N_("The same resident ID number"))]
    differences: Annotated[tuple[Difference, ...], Many(label=N_("Differences"))]


class Follower(Record):
    """How much of one kind goes along to the file that is kept."""

    label: Annotated[str, Text(label=N_("Kind"))]
    count: Annotated[int, Count(label=N_("Count"))]


class Comparison(Record):
    """Two households side by side, and what a merge would do."""

    keep: HouseholdView
    other: HouseholdView
    pairs: Annotated[tuple[Pair, ...], Many(label=N_("The same person"))]
    joining: Annotated[tuple[int, ...], Many(label=N_("Members who join"))]
    """Rows of the other household that are nobody's double, if every pair is one person."""
    keeps_relation: Annotated[bool, Flag(label=N_("The heads are the same person"))]
    differences: Annotated[tuple[Difference, ...], Many(label=N_("Differences"))]
    follows: Annotated[tuple[Follower, ...], Many(label=N_("Goes along"))]
    obstacle: Annotated[str, Text(label=N_("Why it cannot be done"))]
    """Empty when nothing is in the way."""


class WorklistQuery(Record):
    """Asks for pairs of households that are perhaps one."""

    way: Annotated[DuplicateWay, Choice(label=N_("The same"), words=DuplicateWay)] = (
        DuplicateWay.NUMBER
    )
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class DuplicateRow(Record):
    """Two households that are perhaps one: the one to keep first."""

    id: Annotated[int, Key()]
    other_id: Annotated[int, Key()]
    name: PersonName
    other_name: Annotated[str, Text(label=N_("Name in the other file"))]
    """Where it differs."""
    same: Annotated[str, Text(label=N_("The same"))]
    """The number, birth or card that both have, masked."""
    file_number: FileNumber
    file_state: State
    head: Annotated[str, Text(label=N_("Head of household"))]
    other_file_number: FileNumber
    other_file_state: State
    other_head: Annotated[str, Text(label=N_("Head of household"))]
