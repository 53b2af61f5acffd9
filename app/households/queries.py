"""What can be asked about households."""

import dataclasses
from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, select

from app.core.contact import normalise_card, normalise_phone
from app.core.i18n import N_
from app.core.kinds import BankCard, Phone, ResidentId
from app.core.masking import mask
from app.core.resident_id import ResidentIdFacts, age, normalise_id, read_id
from app.core.text import normalise
from app.households.records import (
    ById,
    DuplicateQuery,
    HouseholdForm,
    HouseholdView,
    Likeness,
    MemberView,
)
from app.households.store import OF_A_MEMBER, form_of, head_of, people_of
from app.work import Permission, Work, query
from db.models.households import Household, Member

ID, PHONE, CARD = ResidentId(label=""), Phone(label=""), BankCard(label="")

SAME_PERSON = N_("Resident ID number")
"""What makes a likeness certain."""


@query(needs=Permission.READ_HOUSEHOLDS)
def household_view(work: Work, asked: ById) -> HouseholdView:
    """Return a household as its file shows it, private values masked."""
    household = work.load(Household, asked.id)
    head = head_of(household)
    return HouseholdView(
        id=household.id,
        version=household.version,
        file_number=household.file_number or "",
        file_state=household.file_state,
        category=household.category or "",
        filed_on=household.filed_on,
        name=head.name,
        sex=head.sex,
        age=age(head.birth, work.today) if head.birth else None,
        id_number=mask(ID, head.id_number),
        phone=mask(PHONE, head.phone),
        account_number=mask(CARD, household.account_number),
        form=masked_form(form_of(household)),
        members=tuple(
            MemberView(
                id=member.id,
                relation=member.relation,
                name=member.name,
                id_number=mask(ID, member.id_number),
                age=age(member.birth, work.today) if member.birth else None,
                **{name: getattr(member, name) for name in OF_A_MEMBER},
            )
            for member in people_of(household)
        ),
    )


def masked_form(form: HouseholdForm) -> HouseholdForm:
    """Return the form with its private values masked, for pages that only read."""
    replace = dataclasses.replace
    head = replace(  # pyright: ignore[reportArgumentType] - a Record is a dataclass
        form.head, id_number=mask(ID, form.head.id_number), phone=mask(PHONE, form.head.phone)
    )
    members = tuple(
        replace(member, id_number=mask(ID, member.id_number))  # pyright: ignore[reportArgumentType] - a Record is a dataclass
        for member in form.members
    )
    account = replace(  # pyright: ignore[reportArgumentType] - a Record is a dataclass
        form.account, account_number=mask(CARD, form.account.account_number)
    )
    return replace(form, head=head, members=members, account=account)  # pyright: ignore[reportArgumentType] - a Record is a dataclass


@query(needs=Permission.READ_HOUSEHOLDS)
def likenesses(work: Work, asked: DuplicateQuery) -> list[Likeness]:
    """List households that may be the one being typed, and what agrees; advice, never a bar."""
    number, name = normalise_id(asked.id_number), normalise(asked.name)
    phone, card = normalise_phone(asked.phone), normalise_card(asked.account_number)
    read = read_id(number, today=work.today)
    birth = read.birth if isinstance(read, ResidentIdFacts) else None
    of_card = and_(Household.account_number == card, Member.position == 1)
    ways = (
        (SAME_PERSON, number, Member.id_number == number),
        (N_("Name and birth"), name and birth, and_(Member.name == name, Member.birth == birth)),
        (N_("Mobile"), phone, Member.phone == phone),
        (N_("Card or account number"), card, of_card),
    )
    alike: dict[int, tuple[Member, Household]] = {}
    same: dict[int, dict[str, None]] = {}
    for label, typed, holds in ways:
        for member, household in _people_with(work, holds, asked) if typed else ():
            alike.setdefault(household.id, (member, household))
            same.setdefault(household.id, {})[label] = None
    likes = [
        Likeness(
            household_id=household.id,
            name=member.name,
            file_number=household.file_number or "",
            file_state=household.file_state,
            same=tuple(same[household.id]),
            certain=SAME_PERSON in same[household.id],
        )
        for member, household in alike.values()
    ]
    return sorted(likes, key=lambda like: (not like.certain, -len(like.same)))[:3]


def _people_with(
    work: Work, holds: ColumnElement[bool], asked: DuplicateQuery
) -> Iterator[tuple[Member, Household]]:
    """Yield the newest people of whom one thing holds; each kind of thing has its index."""
    found = (
        select(Member, Household)
        .join(Household)
        .where(holds, Household.id != (asked.except_household or 0))
        .order_by(Member.id.desc())
        .limit(20)
    )
    yield from ((row[0], row[1]) for row in work.session.execute(found))
