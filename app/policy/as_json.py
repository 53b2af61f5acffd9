"""Findings as the JSON that other programs rely on."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from app.policy.explain import changes, conclusion, says
from app.policy.findings import (
    Assessment,
    Findings,
    LimitValue,
    Missing,
    MissingPolicy,
    Working,
)
from app.policy.pack import Area, Measure, Outcome
from app.reference.dated import DatedValue


def to_json(findings: Findings, only: Collection[str] | None = None) -> dict[str, Any]:
    """Return the findings in the shape that other programs rely on.

    ``only`` keeps the measures with these ids, and the documents they stand in.
    """
    classification = findings.classification
    chosen = {
        pack: [each for each in pack.measures if only is None or each.id in only]
        for pack, _assessments in findings.areas
    }
    packs = [pack for pack in findings.packs if chosen.get(pack, True) or only is None]
    return {
        "classification": _classification(classification, findings.day),
        "areas": [
            {
                "area": pack.area.value,
                "measures": [_measure(measure, findings) for measure in measures],
            }
            for pack, measures in chosen.items()
            if measures
        ],
        "packs": [
            {
                "area": pack.area.value,
                "id": pack.id,
                "in_force": pack.in_force.isoformat(),
                "digest": pack.digest,
                "status": pack.status.value,
                "title": pack.title,
            }
            for pack in packs
        ],
    }


def _classification(assessment: Assessment | None, day: date) -> dict[str, Any]:
    if assessment is None:
        return {
            "outcome": Outcome.UNKNOWN.value,
            "category": None,
            "net_per_head_fen": None,
            "reasons": [],
            "missing": _missing([MissingPolicy(Area.CLASSIFICATION, day)]),
        }
    return {
        "outcome": assessment.outcome.value,
        "category": assessment.category,
        "net_per_head_fen": assessment.net_per_head_fen,
        "says": conclusion(assessment),
        "reasons": _reasons(assessment),
        "missing": _missing(assessment.missing),
    }


def _measure(measure: Measure, findings: Findings) -> dict[str, Any]:
    """Return one measure: of one for members, the best answer there is, the amounts added up,
    and each member's own answer beside it."""
    best = findings.measure(measure.id)
    assert best is not None  # noqa: S101 - every measure of a pack is assessed
    found = {"id": measure.id, "kind": measure.kind.value, "title": measure.title, **_answer(best)}
    if not measure.per_member:
        return found
    every = findings.of(measure.id)
    if best.outcome is Outcome.YES:
        found["amount_fen"] = sum(each.amount_fen or 0 for each in every)
    found["members"] = [{"member": _place(each), **_answer(each)} for each in every]
    return found


def _place(assessment: Assessment) -> int | None:
    """Return which member it is, counted from 1."""
    return None if assessment.member is None else assessment.member + 1


def _answer(assessment: Assessment) -> dict[str, Any]:
    return {
        "outcome": assessment.outcome.value,
        "amount_fen": assessment.amount_fen,
        "says": conclusion(assessment),
        "reasons": [*_reasons(assessment), *_working(assessment.working)],
        "missing": _missing(assessment.missing),
        "changes": list(changes(assessment)),
    }


def _reasons(assessment: Assessment) -> list[dict[str, Any]]:
    return [
        {
            "article": leaf.article,
            "fact": leaf.fact,
            "value": _plain(leaf.value),
            "limit": _plain(leaf.limit),
            "limit_source": _line(leaf.line),
            "held": leaf.held,
            "declared": leaf.declared,
            "category": leaf.category or None,
            "group": says(reason) if reason.parts else None,
            "group_held": reason.held if reason.parts else None,
            "says": says(leaf),
        }
        for reason in assessment.reasons
        for leaf in reason.leaves()
    ]


def _working(working: Working | None) -> list[dict[str, Any]]:
    if working is None or working.grant.used is None:
        return []
    return [
        {
            "article": working.grant.clause.article,
            "fact": working.grant.used.name,
            "value": working.used_fen,
            "limit": working.cap_fen,
            "limit_source": _line(working.line),
            "held": working.amount_fen > 0,
        }
    ]


def _missing(missing: Iterable[Missing]) -> list[dict[str, Any]]:
    return [
        {"fact": item.name, "paper": item.paper, "proof": item.proof, "says": item.tell()}
        for item in missing
    ]


def _line(line: DatedValue | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {
        "kind": line.kind.value,
        "area": line.area.value,
        "amount_fen": line.amount_fen,
        "effective_from": line.effective_from.isoformat(),
        "effective_to": _plain(line.effective_to),
        "published_on": _plain(line.published_on),
        "document": line.document,
        "source": line.source,
        "confidence": line.confidence.value,
        "origin": line.origin.value,
        "demonstration": line.demonstration,
    }


def _plain(value: LimitValue | None) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
