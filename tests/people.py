"""Invented people for tests: numbers with valid check digits of an area that was never given."""

from app.cases.records import ApplicationForm, IntakeForm
from app.core.money import Fen
from app.core.resident_id import check_character
from app.households.records import AccountForm, HeadForm, HouseholdForm, IncomeForm, MemberForm

AREA = "239081"


def id_number(order: int, birth: str = "19800101") -> str:
    """Return a resident ID number; an even ``order`` is a woman's."""
    first = f"{AREA}{birth}{order:03d}"
    return first + check_character(first)


def household(
    name: str = "单示例",
    order: int = 2,
    *,
    phone: str = "15400001234",
    members: tuple[MemberForm, ...] = (),
    card: str = "6222021234567890128",
) -> HouseholdForm:
    """Return the form of a household."""
    return HouseholdForm(
        head=HeadForm(id_number=id_number(order), name=name, phone=phone, district="南岗区"),
        members=members,
        income=IncomeForm(members_living_together=1 + len(members), income_12_months=Fen(0)),
        account=AccountForm(account_holder=name, account_bank="某行", account_number=card),
    )


def member(name: str, order: int | None = None, relation: str = "女儿") -> MemberForm:
    """Return a further member, with or without an ID number."""
    number = id_number(order, "20100101") if order is not None else ""
    return MemberForm(relation=relation, name=name, id_number=number)


def intake(form: HouseholdForm) -> IntakeForm:
    """Return an application for living relief."""
    return IntakeForm(household=form, application=ApplicationForm(items=("living_relief",)))
