"""Puts an assessment into words, through the sentences of the pack itself.

Screens, sheets and papers use these, so that all say the same.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.i18n import _
from app.core.money import yuan_text
from app.policy.facts import DERIVED, FactType, FactValue
from app.policy.findings import (
    NO_CATEGORY,
    Assessment,
    Findings,
    LimitValue,
    Missing,
    MissingPolicy,
    Reason,
    Working,
)
from app.policy.pack import Area, Group, How, Leaf, Line, Outcome, Pack, Period, Share
from app.reference.dated import DatedValue


def explain(assessment: Assessment) -> tuple[str, ...]:
    """Return the sentences for one assessment: the answer, the reasons, what is missing, what
    would change it, and the dated values it rests on."""
    return tuple(
        sentence
        for part in (
            (conclusion(assessment),),
            (working_text(assessment),) if assessment.working else (),
            reason_lines(assessment),
            (missing.tell() for missing in assessment.missing),
            changes(assessment),
            (line_text(line) for line in assessment.lines),
        )
        for sentence in part
    )


def conclusion(assessment: Assessment) -> str:
    """Return the answer in one sentence, such as ``认定为深度困难``."""
    pack, measure = assessment.pack, assessment.measure
    wording = (measure.wording if measure else pack.wording) or {}
    amount = assessment.amount_fen
    return wording.get(assessment.outcome, assessment.outcome.label).format(
        category=assessment.category or "",
        amount=_yuan(pack, amount) if amount is not None else "",
    )


def why_not(assessment: Assessment) -> str:
    """Return why the answer is not yes: what is missing, or the answer itself."""
    return " ".join(item.tell() for item in assessment.missing) or conclusion(assessment)


def mark(pack: Pack, reason: Reason) -> str:
    """Return the word for how a reason came out: ``满足``, ``不满足``, ``暂不能认定``."""
    return pack.words[{True: "held", False: "not_held", None: "unknown"}[reason.held]]


def says(pack: Pack, reason: Reason) -> str:
    """Return what the criterion asks, with the household's value and the limit in it."""
    criterion = reason.criterion
    text = criterion.clause.says
    if isinstance(criterion, Group):
        return text
    limit, line = criterion.limit, reason.line
    return text.format(
        value=value_text(pack, reason),
        limit=limit_text(pack, reason),
        line=_yuan(pack, line.amount_fen) if line else pack.words["no_line"],
        times=_number(limit.times) if isinstance(limit, Line | Share) else "",
    )


def value_text(pack: Pack, reason: Reason) -> str:
    """Return the household's value, or the word for its not being given."""
    leaf = reason.criterion
    if not isinstance(leaf, Leaf):
        return ""
    if reason.value is None:
        if reason.declared:
            return pack.words["declared"]
        return pack.words["unknown" if leaf.subject in DERIVED else "not_given"]
    return _show(pack, leaf.subject.type, reason.value)


def limit_text(pack: Pack, reason: Reason) -> str:
    """Return the limit, or the word for none being known."""
    leaf = reason.criterion
    if not isinstance(leaf, Leaf) or leaf.limit is None:
        return ""
    if reason.limit is None:
        return pack.words["not_given" if isinstance(leaf.limit, Share) else "no_line"]
    values = reason.limit if isinstance(reason.limit, tuple) else (reason.limit,)
    return _(", ").join(_show(pack, leaf.subject.type, value) for value in values)


def reason_lines(assessment: Assessment) -> tuple[str, ...]:
    """Return one line a reason; of a group, also the parts that made it come out so."""
    return tuple(
        line for reason in assessment.reasons for line in _reason_lines(assessment.pack, reason)
    )


def _reason_lines(pack: Pack, reason: Reason, indent: str = "") -> Iterator[str]:
    article = _("({article})").format(article=reason.article) if reason.article else ""
    yield _("{indent}{mark}: {says}{article}").format(
        indent=indent, mark=mark(pack, reason), says=says(pack, reason), article=article
    )
    for part in telling_parts(reason):
        yield from _reason_lines(pack, part, indent + "　")


def telling_parts(reason: Reason) -> tuple[Reason, ...]:
    """Return the parts of a group that made it come out as it did."""
    group = reason.criterion
    if not isinstance(group, Group):
        return ()
    if reason.held is None:
        return tuple(part for part in reason.parts if part.held is None)
    if group.how is How.ALL:
        return tuple(part for part in reason.parts if not part.held and not reason.held)
    if group.how is How.NOT:
        return tuple(part for part in reason.parts if part.held)
    return tuple(part for part in reason.parts if part.held or not reason.held)


def working_text(assessment: Assessment) -> str:
    """Return how the amount was found; empty for what gives no money."""
    working, pack = assessment.working, assessment.pack
    if working is None:
        return ""
    line = working.line
    places: dict[str, object] = {
        "amount": _yuan(pack, working.amount_fen),
        "cap": _yuan(pack, working.cap_fen),
        "used": _yuan(pack, working.used_fen),
        "months": working.months,
        "heads": working.heads,
        "line": _yuan(pack, line.amount_fen) if line else "",
    }
    return working.grant.clause.says.format(**places)


def changes(assessment: Assessment) -> tuple[str, ...]:
    """Return what would turn a no: the reasons that stand alone in the way."""
    words, measure = assessment.pack.words, assessment.measure
    by_year = measure is not None and measure.period is Period.CALENDAR_YEAR
    again = words["again"].format(day=date(assessment.day.year + 1, 1, 1))
    found: list[str] = []
    for reason in turning_points(assessment):
        if reason.criterion.clause.again and by_year:
            found.append(again)
        else:
            found.append(words["change"].format(says=says(assessment.pack, reason)))
    if assessment.working and assessment.outcome is Outcome.NO and by_year:
        found.append(again)
    return tuple(found)


def turning_points(assessment: Assessment) -> tuple[Reason, ...]:
    """Return the reasons each of which alone, if it held, would end a no."""
    if assessment.outcome is not Outcome.NO:
        return ()
    basic = [reason for reason in assessment.reasons if not reason.category]
    against = [reason for reason in basic if reason.held is False]
    open_categories: list[list[Reason]] = []
    for category in assessment.pack.categories:
        tried = [reason for reason in assessment.reasons if reason.category == category.name]
        if tried:
            open_categories.append([reason for reason in tried if reason.held is False])
    some_category = not open_categories or not all(open_categories)
    if against:
        return tuple(against) if len(against) == 1 and some_category else ()
    return tuple(failed[0] for failed in open_categories if len(failed) == 1)


def line_text(line: DatedValue) -> str:
    """Return a dated value with its dates and where it comes from."""
    text = _("{kind}, {area}: {amount} yuan, {first} to {last}").format(
        kind=line.kind.label,
        area=line.area.label,
        amount=yuan_text(line.amount_fen),
        first=line.effective_from,
        last=line.effective_to or _("open end"),
    )
    origin = [line.document, line.source, line.confidence.label]
    if line.published_on:
        origin.insert(1, _("published on {day}").format(day=line.published_on))
    if line.demonstration:
        origin.append(_("demonstration value"))
    return _("{text} ({origin})").format(
        text=text, origin=_("; ").join(dict.fromkeys(part for part in origin if part))
    )


def to_json(findings: Findings) -> dict[str, Any]:
    """Return the findings in the shape that other programs rely on."""
    classification = findings.classification
    return {
        "classification": _classification(classification, findings.day),
        "areas": [
            {"area": pack.area.value, "measures": [_measure(item) for item in assessments]}
            for pack, assessments in findings.areas
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
            for pack in findings.packs
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


def _measure(assessment: Assessment) -> dict[str, Any]:
    measure = assessment.measure
    assert measure is not None  # noqa: S101 - an area's assessment always has its measure
    return {
        "id": measure.id,
        "kind": measure.kind.value,
        "title": measure.title,
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
            "group": says(assessment.pack, reason) if reason.parts else None,
            "group_held": reason.held if reason.parts else None,
            "says": says(assessment.pack, leaf),
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
    return [{"fact": item.name, "paper": item.paper, "says": item.tell()} for item in missing]


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


def _yuan(pack: Pack, fen: int) -> str:
    return pack.words["yuan"].format(amount=yuan_text(fen))


def _show(pack: Pack, type_: FactType, value: FactValue) -> str:
    if isinstance(value, bool):
        return pack.words["yes" if value else "no"]
    if type_ is FactType.YUAN and isinstance(value, int):
        return _yuan(pack, value)
    return pack.words["no_category"] if value == NO_CATEGORY else str(value)


def _number(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
