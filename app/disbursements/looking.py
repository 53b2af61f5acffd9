"""What the second person should see of an award: what it rests on, changed since, stands out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select

from app.cases.measures import area_of
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words.disbursements import ApprovalStep, AwardState, PayWay
from app.core.words.funds import Account
from app.disbursements.limits import cap_of
from app.disbursements.records import AreaMoney, Difference, step_name
from app.disbursements.sealed_records import SealedBasis, SealedReason
from app.disbursements.sharing import shared_with
from app.disbursements.store import assess_award
from app.disbursements.ties import related
from app.disbursements.ways import Due, Way, due_of, way_of
from app.facts.gather import known_of, sealed_facts
from app.funds.budgets import area_left, by_area
from app.funds.ledger import balances
from app.households.store import people_of
from app.policy.facts import FactType
from app.policy.pack import Outcome
from app.policy.vocabulary import HOUSEHOLD, MEMBER
from app.work import Work
from db.models.cases import SealedAssessment
from db.models.disbursements import Award, AwardVersion
from db.models.households import Household


def differences(
    before: Mapping[str, Any], now: Mapping[str, Any], place: int | None = None
) -> tuple[Difference, ...]:
    """Return the facts that differ between two assessments, in words: those of the household,
    and of the member at ``place`` when the award is for one."""
    pairs = [(fact, before.get(name), now.get(name)) for name, fact in HOUSEHOLD.items()]
    if place is not None:
        old, new = _member_at(before, place), _member_at(now, place)
        pairs += [(fact, old.get(name), new.get(name)) for name, fact in MEMBER.items()]
    return tuple(
        Difference(
            label=fact.title, before=fact_text(fact.type, then), now=fact_text(fact.type, today)
        )
        for fact, then, today in pairs
        if then != today
    )


def _member_at(facts: Mapping[str, Any], place: int) -> Mapping[str, Any]:
    """Return the facts of one member of sealed facts; an older seal has no members."""
    members: list[Mapping[str, Any]] = facts.get("members", [])
    return members[place] if place < len(members) else {}


def fact_text(type_: FactType, value: object) -> str:
    """Return the value of a fact in words."""
    match value:
        case None:
            return _("Not known")
        case bool():
            return _("Yes") if value else _("No")
        case int() if type_ is FactType.YUAN:
            return yuan_text(value)
        case _:
            return str(value)


def last_time(work: Work, award: Award, sealed: SealedAssessment) -> tuple[Difference, ...]:
    """Compare with what the last paid award of the household rested on."""
    last = work.session.scalars(
        select(SealedAssessment)
        .join(AwardVersion, AwardVersion.assessment_id == SealedAssessment.id)
        .join(Award, AwardVersion.award_id == Award.id)
        .where(
            Award.household_id == award.household_id,
            Award.id != award.id,
            Award.state == AwardState.PAID,
        )
        .order_by(SealedAssessment.id.desc())
        .limit(1)
    ).first()
    return differences(last.facts, sealed.facts) if last else ()


class Flag(NamedTuple):
    """Something the second person should look at: in a word or two, and as a sentence."""

    short: str
    says: str


def flags_of(
    work: Work, award: Award, household: Household, version: AwardVersion, way: Way
) -> tuple[Flag, ...]:
    """Return what the second person should look at."""
    flags = [Flag(each.short, each.says) for each in shared_with(work, household, version)]
    if version.way is PayWay.CARD and version.account_holder not in {
        member.name for member in people_of(household)
    }:
        says = _("The account holder {holder} is not a member of the household")
        flags.append(Flag(_("Account of others"), says.format(holder=version.account_holder)))
    says = _("{name} of the center is related to this household: {note}")
    flags += [
        Flag(_("Staff related"), says.format(name=name, note=note))
        for name, note in related(work, household.id)
    ]
    if way.sum is not None and (way.lifted or way.sum.many):
        says = _("{count} awards in {days} days, {sum} yuan together")
        told = says.format(count=way.sum.count, days=way.sum.days, sum=yuan_text(way.sum.fen))
        says = f"{told} → {step_name(way.steps[-1])}" if way.lifted else told
        flags.append(Flag(_("Several together"), says))
    return tuple(flags)


@dataclass(frozen=True)
class Light:
    """Whether an award that waits can be approved with others, and until when."""

    light: str
    """``ok``, ``look`` or ``stop``."""
    why: str
    """In a word or two; empty when nothing stands out."""
    step: ApprovalStep | None
    due: Due | None


def light_of(work: Work, award: Award, version: AwardVersion) -> Light:
    """Return whether an award can be approved, alone or with others, and why not."""
    way = way_of(work, award, version)
    light, why = _look(work, award, version, way)
    return Light(light, why, way.next, due_of(work, version, way.next))


def _look(work: Work, award: Award, version: AwardVersion, way: Way) -> tuple[str, str]:
    household = work.load(Household, award.household_id)
    try:
        assessment = assess_award(work, award, household)
    except RuleBroken as error:
        return "stop", error.tell()
    cap = cap_of(work, household, assessment, without=award.id)
    if assessment.outcome is not Outcome.YES:
        return "stop", assessment.outcome.label
    if cap.left is not None and version.amount > cap.left:
        return "stop", _("Over the cap")
    if balances(work.session, version.fund_id)[Account.AVAILABLE] < version.amount:
        return "stop", _("Fund too low")
    left = area_left(work, version.fund_id, area_of(award.measure, work.today))
    if left is not None and left < version.amount:
        return "stop", _("Too little for the area")
    if way.steps != (ApprovalStep.SUPERVISOR,):
        return "look", step_name(way.next) if way.next else award.state.label
    if flags := flags_of(work, award, household, version, way):
        return "look", flags[0].short
    sealed = work.load(SealedAssessment, version.assessment_id)
    now = sealed_facts(known_of(work.session, household, work.today))
    if differences(sealed.facts, now, assessment.member):
        return "look", _("Changed since")
    if version.sequence > 1:
        return "look", _("Version {number}").format(number=version.sequence)
    return "ok", ""


def area_money(work: Work, award: Award, version: AwardVersion) -> AreaMoney | None:
    """Return what the fund of an award was granted for its policy area, and what of it is taken;
    `None` when no money of the fund is for that area alone."""
    area = area_of(award.measure, work.today)
    money = by_area(work, version.fund_id)
    if area is None or not money.divided:
        return None
    return AreaMoney(
        area=area.label,
        granted=Fen(money.granted.get(area, 0)),
        taken=Fen(money.sums().get(area, 0)),
        left=money.left(area),
    )


def basis_of(sealed: SealedAssessment, measure: str, place: int | None) -> SealedBasis:
    """Return what an award rests on, in the words of the day it was sealed; of a grant per
    member, the reasons of the one at ``place``."""
    result = sealed.result
    packs = {pack["area"]: pack["status"] for pack in result["packs"]}
    found = [
        (area["area"], answer)
        for area in result["areas"]
        for item in area["measures"]
        if item["id"] == measure
        for answer in _answers(item, place)
    ]
    areas = ["classification", *(area for area, _item in found)]
    return SealedBasis(
        number=sealed.number,
        as_of=sealed.as_of,
        classification=_reasons(result["classification"]),
        measure=tuple(reason for _area, item in found for reason in _reasons(item)),
        provisional=any(packs.get(area) == "provisional" for area in areas),
    )


def _answers(item: dict[str, Any], place: int | None) -> list[dict[str, Any]]:
    """Return the sealed answer for the member at ``place``, or for the household."""
    if place is None:
        return [item]
    return [each for each in item.get("members", []) if each["member"] == place + 1]


def _reasons(item: dict[str, Any]) -> tuple[SealedReason, ...]:
    """Return the reasons that made it come out so.

    Of a group that holds, the group; of one that does not, its parts. Of the categories of a
    classification, the one it was given. How the money was found is told by the award itself.
    """
    told: dict[str, SealedReason] = {}
    category = item.get("category")
    for reason in item["reasons"]:
        if "says" not in reason or (category and reason["category"] not in (None, category)):
            continue
        whole = reason["group_held"] is True
        says = reason["group"] if whole else reason["says"]
        told[says] = SealedReason(
            held=True if whole else reason["held"],
            says=says,
            article=reason["article"] or "",
            source=_source(reason["limit_source"]),
        )
    return tuple(told.values())


def _source(line: dict[str, Any] | None) -> str:
    return (line["document"] or line["source"]) if line else ""
