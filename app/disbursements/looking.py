"""What the second person should see of an award: what it rests on, changed since, stands out."""

from typing import Any

from sqlalchemy import select

from app.core.i18n import _
from app.core.money import yuan_text
from app.core.words.disbursements import AwardState
from app.core.words.funds import Account
from app.disbursements.records import Difference, SealedBasis, SealedReason
from app.disbursements.rules import NoSuchMeasure
from app.disbursements.store import assessed, cap_of
from app.facts.assessing import assess_stored
from app.facts.gather import known_of, sealed_facts
from app.funds.ledger import balances
from app.households.store import people_of
from app.policy.facts import FactType
from app.policy.pack import Outcome
from app.policy.vocabulary import HOUSEHOLD
from app.work import Work
from db.models.cases import SealedAssessment
from db.models.disbursements import Award, AwardVersion
from db.models.households import Household, Member


def differences(before: dict[str, object], now: dict[str, object]) -> tuple[Difference, ...]:
    """Return the facts that differ between two assessments, in words."""
    found: list[Difference] = []
    for name, fact in HOUSEHOLD.items():
        if before.get(name) != now.get(name):
            found.append(
                Difference(
                    label=fact.title,
                    before=fact_text(fact.type, before.get(name)),
                    now=fact_text(fact.type, now.get(name)),
                )
            )
    return tuple(found)


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


def flags_of(work: Work, household: Household, version: AwardVersion) -> tuple[str, ...]:
    """Return what the second person should look at."""
    flags: list[str] = []
    others = work.session.execute(
        select(Member.name, Household.file_number)
        .join(Household, Member.household_id == Household.id)
        .where(
            Member.position == 1,
            Household.account_number == version.account_number,
            Household.id != household.id,
        )
    )
    for name, file in others:
        says = _("The same account stands in the file of {name} ({file})")
        flags.append(says.format(name=name, file=file or "—"))
    if version.account_holder not in {member.name for member in people_of(household)}:
        says = _("The account holder {holder} is not a member of the household")
        flags.append(says.format(holder=version.account_holder))
    return tuple(flags)


def light_of(work: Work, award: Award, version: AwardVersion) -> tuple[str, str]:
    """Return ``ok``, ``look`` or ``stop`` for an award that waits, and why in a word or two."""
    household = work.load(Household, award.household_id)
    try:
        assessment = assessed(assess_stored(work, household), award.measure)
    except NoSuchMeasure as error:
        return "stop", error.tell()
    cap = cap_of(work.session, assessment, household.id, award.year, without=award.id)
    if assessment.outcome is not Outcome.YES:
        return "stop", assessment.outcome.label
    if cap.left is not None and version.amount > cap.left:
        return "stop", _("Over the cap")
    if balances(work.session, version.fund_id)[Account.AVAILABLE] < version.amount:
        return "stop", _("Fund too low")
    if award.state is AwardState.COLLECTIVE:
        return "look", award.state.label
    if flags_of(work, household, version):
        return "look", _("Account to be looked at")
    sealed = work.load(SealedAssessment, version.assessment_id)
    if differences(sealed.facts, sealed_facts(known_of(work.session, household, work.today))):
        return "look", _("Changed since")
    if version.sequence > 1:
        return "look", _("Version {number}").format(number=version.sequence)
    return "ok", ""


def basis_of(sealed: SealedAssessment, measure: str) -> SealedBasis:
    """Return what an award rests on, in the words of the day it was sealed."""
    result = sealed.result
    packs = {pack["area"]: pack["status"] for pack in result["packs"]}
    found = [
        (area["area"], item)
        for area in result["areas"]
        for item in area["measures"]
        if item["id"] == measure
    ]
    areas = ["classification", *(area for area, _item in found)]
    return SealedBasis(
        number=sealed.number,
        as_of=sealed.as_of,
        classification=_reasons(result["classification"]),
        measure=tuple(reason for _area, item in found for reason in _reasons(item)),
        provisional=any(packs.get(area) == "provisional" for area in areas),
    )


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
