"""Enters what is paid, and what comes back, in the relief book that all reports count from."""

from sqlalchemy import select

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

    ``whole`` is false when only a part came back: then the person was helped all the same. The
    row says district, category and cause as they stand on the day.
    """
    household = work.load(Household, award.household_id)
    member = work.load(Member, award.member_id) if award.member_id else head_of(household)
    back = posting.from_account is Account.PAID
    day = local_day(posting.posted_at)
    return work.add(
        Relief(
            day=day,
            item=item_of(award.measure),
            measure=award.measure,
            area=area_of(award.measure, day),
            source=work.load(Fund, version.fund_id).source,
            fund_id=version.fund_id,
            district=household.district,
            category=household.category,
            cause=household.main_cause,
            way=version.way,
            person_id=person_of(work, member).id,
            household_id=household.id,
            fen=Fen(-posting.amount if back else posting.amount),
            times=(-1 if whole else 0) if back else 1,
            posting_id=posting.id,
            handler=work.actor.name,
            note="",
            counted=True,
        )
    )


def person_of(work: Work, member: Member) -> ReliefPerson:
    """Return the person of the book that a member is, by the ID number where there is one."""
    known = select(ReliefPerson)
    if member.id_number:
        known = known.where(ReliefPerson.id_number == member.id_number)
    else:
        known = known.where(
            ReliefPerson.id_number == "",
            ReliefPerson.name == member.name,
            ReliefPerson.household_id == member.household_id,
        )
    found = work.session.scalars(known.order_by(ReliefPerson.id).limit(1)).first()
    if found is not None:
        return found
    return work.add(
        ReliefPerson(id_number=member.id_number, name=member.name, household_id=member.household_id)
    )
