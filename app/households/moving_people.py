"""Splits a household, moves a member to another one, changes the head."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.core.contact import normalise_phone
from app.core.text import normalise
from app.core.words.disbursements import AwardState
from app.core.words.households import ChangeKind, FileState
from app.core.words.services import ServiceState
from app.households.comparing import same_number
from app.households.merging_records import Divided, HeadChangeForm, MoveForm, Related, SplitForm
from app.households.merging_rules import (
    FileNotOpen,
    HeadNeedsNumber,
    HeadStays,
    OpenMatter,
    SameHousehold,
    StandsThere,
    WrongPair,
)
from app.households.moving import Moves
from app.households.records import HeadForm, HouseholdForm, IncomeForm
from app.households.standing import given_up
from app.households.store import OPEN, fill_household, fill_keys, head_of, people_of
from app.reference.codes import known_words
from app.work import Permission, Topic, Work, action
from db.models.disbursements import Award
from db.models.documents import Document
from db.models.households import Household, Member
from db.models.loans import Loan
from db.models.placements import Placement
from db.models.seekers import JobSeeker
from db.models.services import ServiceRequest

SETTLED = (AwardState.PAID, AwardState.REFUSED, AwardState.WITHDRAWN)
"""States of an award that nobody works on any more."""

TOLD_FOR_ALL = (
    *("income_12_months", "rigid_expenditure_12_months", "necessary_employment_cost_12_months"),
    *("accident_loss_12_months", "financial_assets"),
)
"""Sums told for all who live together: when somebody comes or goes they are not known."""

OWN = (Loan, JobSeeker, Placement)
"""What goes with the person it is about."""

EVERYTHING = {Topic.HOUSEHOLDS, Topic.CASES, Topic.DOCUMENTS, Topic.LOANS, Topic.JOBS}


@action(needs=Permission.REGISTER_HOUSEHOLDS, changes=EVERYTHING)
def split_household(work: Work, form: SplitForm) -> Divided:
    """Let members become a household of their own, which is not on file yet.

    Raises `FileNotOpen`, `HeadStays`, `HeadNeedsNumber`, `OpenMatter`, `WrongPair`.
    """
    household = work.load(Household, form.household_id, form.version)
    leaving = [Related(member_id=form.head_id, relation=_head_word()), *form.others]
    members = _leaving(work, household, leaving)
    if not members[0].id_number:
        raise HeadNeedsNumber(name=members[0].name)
    made = _new_household(work, form, members)
    moves = Moves(work, ChangeKind.SPLIT, household, form.reason, other=made)
    moves.touch(household)
    moves.set(made, split_from_id=household.id)
    for place, (member, told) in enumerate(zip(members, leaving, strict=True), start=1):
        cells: dict[str, Any] = {"position": place, "relation": told.relation}
        if place == 1:
            cells["unit"] = ""  # it stands in the new household: a unit is the worker's
            cells |= _phone_cells(work, member, form.phone) if form.phone else {}
        _go(work, moves, member, made, cells)
    moves.set(household, **_fewer(household, len(members)))
    _expire(work, household, made)
    return Divided(change_id=moves.change.id, household_id=made.id)


@action(needs=Permission.REGISTER_HOUSEHOLDS, changes=EVERYTHING)
def move_member(work: Work, form: MoveForm) -> int:
    """Let a member go from one household to another; return the id of the act.

    Raises `SameHousehold`, `FileNotOpen`, `HeadStays`, `StandsThere`, `OpenMatter`, `WrongPair`.
    """
    household = work.load(Household, form.household_id, form.version)
    to = work.load(Household, form.to_id, form.to_version)
    if household.id == to.id:
        raise SameHousehold()
    (member,) = _leaving(work, household, [Related(member_id=form.member_id)])
    _open_head(work, to)
    if any(same_number(member, each) for each in people_of(to)):
        raise StandsThere(name=member.name)
    moves = Moves(work, ChangeKind.MOVE, household, form.reason, other=to, member=member)
    moves.touch(household)
    moves.touch(to)
    place = max(each.position for each in to.members) + 1
    cells = {"position": place, "relation": form.relation, "joined_on": form.joined_on}
    _go(work, moves, member, to, cells)
    moves.set(household, **_fewer(household, 1))
    moves.set(to, **_fewer(to, -1))
    _expire(work, household, to)
    return moves.change.id


@action(needs=Permission.REGISTER_HOUSEHOLDS, changes={Topic.HOUSEHOLDS, Topic.CASES})
def change_head(work: Work, form: HeadChangeForm) -> int:
    """Let another member be the head; return the id of the act.

    What everybody is to the new head is as the form says: not known where it says nothing. A unit
    is the worker's: that of the head before goes to their own row, and the household's is that of
    the new head, as the form says or as their row does.

    Raises `FileNotOpen`, `HeadNeedsNumber`, `WrongPair`.
    """
    household = work.load(Household, form.household_id, form.version)
    before = _open_head(work, household)
    head = next((each for each in people_of(household) if each.id == form.head_id), before)
    if head is before:
        raise WrongPair()
    if not head.id_number:
        raise HeadNeedsNumber(name=head.name)
    told = {each.member_id: each.relation for each in form.relations}
    moves = Moves(work, ChangeKind.HEAD, household, form.reason, member=head)
    moves.touch(household)
    last = max(each.position for each in household.members)
    unit = normalise(form.work_unit) or head.unit
    # The first place is free only after the head before has left it.
    moves.set(before, position=last + 1, unit=household.work_unit)
    phone = _phone_cells(work, head, form.phone) if form.phone else {}
    moves.set(head, position=1, relation=_head_word(), unit="", **phone)
    for member in people_of(household):
        if member is not head:
            moves.set(member, relation=told.get(member.id))
    moves.set(household, person_type=form.person_type, work_unit=unit)
    _expire(work, household)
    return moves.change.id


def _new_household(work: Work, form: SplitForm, members: Sequence[Member]) -> Household:
    """Make a household that nobody stands in yet; of it only where it lives is known."""
    head, *_others = members
    told = HeadForm(
        id_number=head.id_number,
        name=head.name,
        phone=form.phone,
        work_unit=head.unit,
        district=form.district,
        address=form.address,
    )
    people = IncomeForm(members_living_together=len(members))
    made = Household(file_state=FileState.PENDING, members=[])
    fill_household(work, made, HouseholdForm(head=told, income=people))
    return work.add(made)


def _open_head(work: Work, household: Household) -> Member:
    """Return the head of a household whose members can come and go."""
    if broken := given_up(work, household):
        raise broken
    head = head_of(household)
    if household.file_state not in OPEN:
        raise FileNotOpen(name=head.name)
    return head


def _leaving(work: Work, household: Household, told: Sequence[Related]) -> list[Member]:
    """Return the members who go, after looking that they can."""
    head = _open_head(work, household)
    here = {member.id: member for member in people_of(household)}
    members = [here[each.member_id] for each in told if each.member_id in here]
    if not members or len(set(members)) < len(told):
        raise WrongPair()
    for member in members:
        if member is head:
            raise HeadStays(name=head.name)
        for number in _in_hand(work, member):
            raise OpenMatter(name=member.name, number=number)
    return members


def _in_hand(work: Work, member: Member) -> list[str]:
    """Return the numbers of what is decided on or in hand for one person."""
    awards = select(Award.number).where(Award.member_id == member.id, Award.state.not_in(SETTLED))
    requests = select(ServiceRequest.number).where(
        ServiceRequest.member_id == member.id, ServiceRequest.state == ServiceState.OPEN
    )
    return [*work.session.scalars(awards), *work.session.scalars(requests)]


def _go(work: Work, moves: Moves, member: Member, to: Household, cells: Mapping[str, Any]) -> None:
    """Let a person stand in another household, with the documents that speak of them alone, the
    loans they took out themselves, and what the job service did for them."""
    since = {"joined_on": work.today, "household_id": to.id, "active": True}
    moves.set(member, **(since | dict(cells)))
    own = select(Document).where(Document.member_id == member.id, Document.case_id.is_(None))
    for document in work.session.scalars(own).all():
        moves.set(document, household_id=to.id)
    for model in OWN:
        for row in work.session.scalars(select(model).where(model.member_id == member.id)).all():
            moves.set(row, household_id=to.id)


def _fewer(household: Household, count: int) -> dict[str, Any]:
    """Return what is known of a household that ``count`` people leave."""
    people = household.members_living_together
    left = people - count if people is not None and people > count else None
    return {"members_living_together": left, **dict.fromkeys(TOLD_FOR_ALL)}


def _phone_cells(work: Work, member: Member, phone: str) -> dict[str, Any]:
    derived = Member(name=member.name, id_number=member.id_number, phone=normalise_phone(phone))
    fill_keys(work, derived)
    return {"phone": derived.phone, "phone_reversed": derived.phone_reversed}


def _head_word() -> str:
    return known_words("relation")[0]


def _expire(work: Work, *households: Household) -> None:
    for household in households:
        work.session.expire(household, ["members"])
