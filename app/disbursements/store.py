"""Reads awards and what the policy says of them, for the verbs of this noun."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cases.measures import AGENCY
from app.cases.whose import answer_for
from app.core.words.disbursements import ApprovalStep, PayWay
from app.disbursements.rosters import on_roster
from app.disbursements.rules import NoSuchMeasure, NotEligible, seal_of
from app.facts.assessing import assess_stored
from app.policy.explain import why_not
from app.policy.findings import Assessment, Findings
from app.policy.pack import Measure, MeasureKind, Outcome
from app.work import Work
from db.models.disbursements import Award, AwardVersion
from db.models.households import Household


def newest_version(session: Session, award_id: int) -> AwardVersion:
    """Return the version of an award that stands now."""
    return session.scalars(
        select(AwardVersion)
        .where(AwardVersion.award_id == award_id)
        .order_by(AwardVersion.sequence.desc())
        .limit(1)
    ).one()


def assessed(
    findings: Findings, household: Household, measure: str, member_id: int | None
) -> Assessment:
    """Return what the policy says of one grant, for the household or the member it is for.

    Raises `NoSuchMeasure`, `MemberNeeded`, `NotOneOfThem`.
    """
    found = answer_for(findings, household, measure, member_id)
    if found is None or found.measure is None or found.measure.kind is not MeasureKind.GRANT:
        raise NoSuchMeasure(measure=measure)
    return found


def assess_award(work: Work, award: Award, household: Household) -> Assessment:
    """Return what the policy says today of what an award gives, or the roster of the agency that
    entrusted it; raises as `assessed` does."""
    findings = assess_stored(work, household)
    if award.measure == AGENCY:
        return on_roster(work, findings, award.list_id, award.member_id)
    return assessed(findings, household, award.measure, award.member_id)


def check_eligible(assessment: Assessment) -> None:
    """Raise `NotEligible` with the reasons unless the answer is yes."""
    if assessment.outcome is not Outcome.YES:
        raise NotEligible(title=measure_of(assessment).title, why=why_not(assessment))


def measure_of(assessment: Assessment) -> Measure:
    """Return the measure an answer is about; raise `NoSuchMeasure` for a classification."""
    if assessment.measure is None:
        raise NoSuchMeasure(measure=assessment.pack.area.label)
    return assessment.measure


LATER: dict[str, Any] = {
    "way": PayWay.CARD,
    "goods": "",
    "quantity": None,
    "unit_value": None,
    "flow": "",
    "steps": [ApprovalStep.SUPERVISOR.value],
}
"""What versions say since there are tiers and other ways, and what it was before: as before it
is not in the seal, so that every seal made until then holds."""


def sealed_content(version: AwardVersion) -> dict[str, Any]:
    """Return what the seal of a version covers."""
    later = {name: getattr(version, name) for name in LATER}
    content = {name: value for name, value in later.items() if value != LATER[name]}
    return content | {
        "award": version.award_id,
        "sequence": version.sequence,
        "payee": version.payee,
        "account": [version.account_holder, version.account_bank, version.account_number],
        "amount": version.amount,
        "fund": version.fund_id,
        "assessment": version.assessment_id,
        "proposed_by": version.proposed_by,
        "proposed_at": version.proposed_at.isoformat(),
    }


def expected_seal(version: AwardVersion) -> str:
    """Return the seal that a version must have."""
    return seal_of(sealed_content(version))
