"""Reads awards and works out caps, for the verbs of this noun."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.money import Fen
from app.core.words.disbursements import AwardState
from app.disbursements.records import Cap
from app.disbursements.rules import NoSuchMeasure, NotEligible, seal_of
from app.facts.assessing import assess_stored
from app.facts.gather import relief_received
from app.policy.explain import why_not
from app.policy.findings import Assessment, Findings
from app.policy.pack import MeasureKind, Outcome
from app.work import Work
from db.models.disbursements import Award, AwardVersion
from db.models.households import Household

UNDECIDED = (AwardState.PROPOSED, AwardState.COLLECTIVE, AwardState.RETURNED)
ON_THE_WAY = (*UNDECIDED, AwardState.APPROVED, AwardState.IN_BATCH)
"""States in which an award counts against the cap without being paid."""


def newest_version(session: Session, award_id: int) -> AwardVersion:
    """Return the version of an award that stands now."""
    return session.scalars(
        select(AwardVersion)
        .where(AwardVersion.award_id == award_id)
        .order_by(AwardVersion.sequence.desc())
        .limit(1)
    ).one()


def assessed(findings: Findings, measure: str) -> Assessment:
    """Return what the policy says of one grant; raise `NoSuchMeasure`."""
    found = findings.measure(measure)
    if found is None or found.measure is None or found.measure.kind is not MeasureKind.GRANT:
        raise NoSuchMeasure(measure=measure)
    return found


def eligible(work: Work, household: Household, measure: str) -> tuple[Findings, Assessment]:
    """Assess a household today and return the measure's answer.

    Raises `NotEligible` with the reasons unless the answer is yes.
    """
    findings = assess_stored(work, household)
    found = assessed(findings, measure)
    if found.outcome is not Outcome.YES:
        raise NotEligible(title=found.measure.title if found.measure else "", why=why_not(found))
    return findings, found


def cap_of(
    session: Session,
    assessment: Assessment,
    household_id: int,
    year: int,
    *,
    without: int | None = None,
) -> Cap:
    """Return the cap of a measure in a year: used, reserved, left.

    ``without`` leaves one award out of what is reserved: the one being changed.
    """
    measure = assessment.measure.id if assessment.measure else ""
    reserved = _on_the_way(session, household_id, measure, year, without)
    used = relief_received(session, household_id, year, measure)
    most = assessment.working.cap_fen if assessment.working else None
    left = None if most is None else Fen(max(0, most - used - reserved))
    return Cap(year=year, most=most, used=used, reserved=reserved, left=left)


def _on_the_way(
    session: Session, household_id: int, measure: str, year: int, without: int | None
) -> Fen:
    newest = (
        select(func.max(AwardVersion.id))
        .where(AwardVersion.award_id == Award.id)
        .correlate(Award)
        .scalar_subquery()
    )
    total = session.scalar(
        select(func.sum(AwardVersion.amount))
        .join(Award, AwardVersion.award_id == Award.id)
        .where(
            Award.household_id == household_id,
            Award.measure == measure,
            Award.year == year,
            Award.state.in_(ON_THE_WAY),
            Award.id != (without or 0),
            AwardVersion.id == newest,
        )
    )
    return Fen(total or 0)


def sealed_content(version: AwardVersion) -> dict[str, Any]:
    """Return what the seal of a version covers."""
    return {
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
