"""Enters what is paid, and what comes back, in the relief book that all reports count from."""

from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from app.cases.measures import area_of
from app.core.clock import local_day
from app.core.money import Fen
from app.core.words.funds import Account
from app.households.store import head_of
from app.reference.relief_items import item_of
from app.work import Work
from db.models.disbursements import Award, AwardVersion
from db.models.funds import Fund, Posting
from db.models.households import Household, Member
from db.models.relief import Relief, ReliefPerson


def enter(
    work: Work, posting: Posting, version: AwardVersion, award: Award, *, whole: bool = True
) -> Relief:
    """Enter one posting that pays an award or takes money back from it.

    ``whole`` is false when only a part came back: then the person was helped all the same. A
    payment counts under district, category and cause as they stand on its day, and what comes
    back under those it was paid under, so that no cut keeps money that is not there.
    """
    back = posting.from_account is Account.PAID
    day = local_day(posting.posted_at)
    counts = _as_paid(work, version) if back else _as_it_stands(work, version, award, day)
    return work.add(
        Relief(
            **counts,
            day=day,
            fen=Fen(-posting.amount if back else posting.amount),
            times=(-1 if whole else 0) if back else 1,
            posting_id=posting.id,
            handler=work.actor.name,
            note="",
            counted=True,
        )
    )


def _as_it_stands(work: Work, version: AwardVersion, award: Award, day: date) -> dict[str, Any]:
    household = work.load(Household, award.household_id)
    member = work.load(Member, award.member_id) if award.member_id else head_of(household)
    return {
        "item": item_of(award.measure),
        "measure": award.measure,
        "area": area_of(award.measure, day),
        "source": work.load(Fund, version.fund_id).source,
        "fund_id": version.fund_id,
        "district": household.district,
        "category": household.category,
        "cause": household.main_cause,
        "way": version.way,
        "person_id": person_of(work, member).id,
        "household_id": household.id,
    }


COUNTED: Final = (
    *("item", "measure", "area", "source", "fund_id", "district", "category", "cause", "way"),
    *("person_id", "household_id"),
)
"""What a payment counts under."""


def _as_paid(work: Work, version: AwardVersion) -> dict[str, Any]:
    paid = work.session.scalars(
        select(Relief)
        .join(Posting, Relief.posting_id == Posting.id)
        .where(Posting.award_version_id == version.id, Posting.to_account == Account.PAID)
    ).one()
    return {name: getattr(paid, name) for name in COUNTED}


def person_of(work: Work, member: Member) -> ReliefPerson:
    """Return the person of the book that a member is: by the ID number where there is one, else as
    somebody of that name and household whose number was not known, or was put right since.

    Who was paid here goes before who stands in an imported register alone: a number that is put
    right may be borne there already, and the year would count them twice.
    """
    found = (
        _by_number(work, member.id_number, _PAID_HERE)
        or _by_name(work, member, _PAID_HERE)
        or _by_number(work, member.id_number)
        or _by_name(work, member)
    )
    if found is not None:
        return found
    return work.add(
        ReliefPerson(id_number=member.id_number, name=member.name, household_id=member.household_id)
    )


_PAYMENT: Final = aliased(Relief)
_PAID_HERE: Final = exists().where(
    _PAYMENT.person_id == ReliefPerson.id, _PAYMENT.posting_id.is_not(None)
)


def _by_number(work: Work, number: str, *which: ColumnElement[bool]) -> ReliefPerson | None:
    if not number:
        return None
    known = select(ReliefPerson).where(ReliefPerson.id_number == number, *which)
    return work.session.scalars(known.order_by(ReliefPerson.id).limit(1)).first()


def _by_name(work: Work, member: Member, *which: ColumnElement[bool]) -> ReliefPerson | None:
    """Return who of that name was helped in the household, by no number or one nobody bears."""
    borne = select(Member.id).where(Member.id_number == ReliefPerson.id_number)
    known = (
        select(ReliefPerson)
        .join(Relief, Relief.person_id == ReliefPerson.id)
        .where(
            Relief.household_id == member.household_id,
            ReliefPerson.name == member.name,
            or_(ReliefPerson.id_number == "", ~borne.exists()),
            *which,
        )
    )
    return work.session.scalars(known.order_by(ReliefPerson.id).limit(1)).first()
