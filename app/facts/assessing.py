"""Assesses stored households and seals what a decision rests on."""

import hashlib
from collections.abc import Collection
from datetime import date
from typing import Any

from app.core.i18n import _
from app.core.plain import canonical, plain
from app.core.record import values
from app.facts.gather import known_of, sealed_facts
from app.facts.payments import values_of
from app.packs.store import keep_packs
from app.policy import explain
from app.policy.as_json import to_json
from app.policy.catalog import shipped
from app.policy.findings import Assessment, Findings
from app.policy.rulebook import assess_all
from app.work import Work
from db.models.cases import SealedAssessment
from db.models.households import Household


def assess_stored(work: Work, household: Household, as_of: date | None = None) -> Findings:
    """Assess a household as the store knows it, on ``as_of`` or today."""
    day = as_of or work.today
    known = known_of(work.session, household, day)
    return assess_all(shipped(), known, values_of(work.session), day)


def why_not(findings: Findings) -> str:
    """Return in words why a household is not classified, or what is missing for it."""
    found = findings.classification
    if found is None:
        return _("no classification is in force on {day}").format(day=findings.day)
    return explain.why_not(found)


def seal(work: Work, household: Household, findings: Findings, *measures: str) -> SealedAssessment:
    """Keep an assessment of today with all that a decision rests on, for good: the
    classification, and the measures that are decided."""
    keep_documents(work, findings, *measures)
    found = sealed(work, household, findings, *measures)
    found.number = number_of(work, work.next_number("assessment"))
    return work.add(found)


def keep_documents(work: Work, findings: Findings, *measures: str) -> None:
    """Keep the documents that an assessment rests on; raises `PackChanged`."""
    used = [item for item in findings.all if decided(item, measures)]
    keep_packs(work, dict.fromkeys(item.pack for item in used))


def sealed(
    work: Work, household: Household, findings: Findings, *measures: str
) -> SealedAssessment:
    """Return an assessment of today as it is kept; it has no number yet."""
    content = content_of(findings, measures)
    return SealedAssessment(
        household_id=household.id,
        as_of=findings.day,
        **content,
        digest=digest_of(content),
        made_by=work.actor.id,
        made_at=work.now,
    )


def number_of(work: Work, number: int) -> str:
    """Return the number of a sealed assessment of this year."""
    return f"C{work.today.year}-{number:05d}"


def decided(assessment: Assessment, measures: Collection[str]) -> bool:
    """Tell whether a decision on these measures rests on an assessment."""
    return assessment.measure is None or assessment.measure.id in measures


def content_of(findings: Findings, measures: Collection[str] = ()) -> dict[str, Any]:
    """Return what a sealed assessment keeps: facts, packs with digests, dated values, result."""
    used = [item for item in findings.all if decided(item, measures)]
    lines = dict.fromkeys(line for item in used for line in item.lines)
    return {
        "facts": sealed_facts(findings.known),
        "packs": [
            {"id": pack.id, "digest": pack.digest}
            for pack in dict.fromkeys(item.pack for item in used)
        ],
        "values_used": [plain(values(line)) for line in lines],
        "result": to_json(findings, measures),
    }


def digest_of(content: dict[str, Any]) -> str:
    """Return the SHA-256 of a sealed assessment's content."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
