"""What can be asked about households."""

import dataclasses

from sqlalchemy import ColumnElement, or_, select

from app.core.contact import normalise_card, normalise_phone
from app.core.i18n import N_
from app.core.kinds import BankCard, Phone, ResidentId
from app.core.masking import mask
from app.core.resident_id import age, normalise_id
from app.core.text import normalise
from app.households.records import (
    ById,
    DuplicateQuery,
    HouseholdForm,
    HouseholdView,
    Likeness,
    MemberView,
)
from app.households.store import OPEN, form_of, head_of
from app.work import Permission, Work, query
from db.models.households import Household, Member

ID, PHONE, CARD = ResidentId(label=""), Phone(label=""), BankCard(label="")


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
                work_status=member.work_status,
                monthly_income=member.monthly_income,
                health=member.health,
            )
            for member in household.members
            if member.active or household.file_state not in OPEN
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
    birth = number[6:14] if len(number) == 18 else ""
    same: list[ColumnElement[bool]] = []
    if number:
        same.append(Member.id_number == number)
    if phone:
        same.append(Member.phone == phone)
    if name and birth:
        same.append(Member.name == name)
    if card:
        same.append(Household.account_number == card)
    if not same:
        return []
    found = work.session.execute(
        select(Member, Household)
        .join(Household)
        .where(or_(*same), Household.id != (asked.except_household or 0))
        .order_by(Member.id.desc())
        .limit(20)
    )
    likes: dict[int, Likeness] = {}
    for member, household in found:
        agree = [
            label
            for label, holds in (
                (N_("Resident ID number"), bool(number) and member.id_number == number),
                (
                    N_("Name and birth"),
                    bool(birth) and member.name == name and member.id_number[6:14] == birth,
                ),
                (N_("Mobile"), bool(phone) and member.phone == phone),
                (
                    N_("Card or account number"),
                    bool(card) and household.account_number == card,
                ),
            )
            if holds
        ]
        if agree and household.id not in likes:
            likes[household.id] = Likeness(
                household_id=household.id,
                name=member.name,
                file_number=household.file_number or "",
                file_state=household.file_state,
                same=tuple(agree),
                certain=bool(number) and member.id_number == number,
            )
    return sorted(likes.values(), key=lambda like: not like.certain)[:3]
