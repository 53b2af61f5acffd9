"""Reads a policy document into a `Pack` and refuses anything unknown.

Every mistake is a `PackProblem` that names the file, the table and the key, and the nearest known
name where there is one. ``docs/policy-messages.md`` lists them.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from app.core.i18n import _
from app.core.words.funds import FundSource
from app.policy.awarding import read_grant
from app.policy.criteria import CLAUSE_KEYS, Criteria
from app.policy.documents import read_toml
from app.policy.facts import Holder
from app.policy.pack import (
    ApprovalHint,
    Area,
    Article,
    Category,
    Measure,
    MeasureKind,
    Outcome,
    Pack,
    Period,
    Stacking,
    Status,
)
from app.policy.problems import MissingKey, WrongShape
from app.policy.tables import TOP, Table
from app.reference.codes import known_words

_TOP_KEYS = (
    *("area", "in_force", "title", "number", "departments", "status", "note"),
    *("sources", "says", "article", "figure", "condition", "category", "measure"),
)
_MEASURE_KEYS = (
    *("id", "kind", "title", "unit", "period", "stacking", "needs_file", "papers", "funds"),
    *("department", "entitlement", "says", "condition", "award", "approval"),
)


def load(path: Path) -> Pack:
    """Read one policy document. Raises a `DocumentProblem`."""
    return read_pack(read_toml(path), path.name)


def read_pack(raw: Mapping[str, Any], file: str = "") -> Pack:
    """Make a pack of a parsed document. ``file`` is named in what is raised (`PackProblem`)."""
    top = Table(file, TOP, raw, _TOP_KEYS)
    area = top.word("area", Area)
    articles = tuple(
        Article(table.text("number"), table.text("text"))
        for table in top.tables("article", ("number", "text"))
    )
    sources = top.table("sources", top.raw.get("sources", ()))
    numbers = [article.number for article in articles]
    criteria = Criteria(area, numbers, sources.raw.keys(), _titles(raw))
    criteria.read_figures(top)
    pack = Pack(
        area=area,
        in_force=top.day("in_force"),
        title=top.text("title"),
        number=top.text("number", ""),
        departments=top.texts("departments"),
        status=top.word("status", Status),
        note=top.text("note", ""),
        articles=articles,
        sources={name: sources.text(name) for name in sources.raw},
        digest=digest(raw),
        conditions=criteria.read(top, "condition"),
        categories=_categories(top, criteria),
        wording=_says(top, criteria, "category") if "says" in raw else None,
        measures=_measures(top, criteria),
    )
    if area is Area.CLASSIFICATION:
        fits = pack.categories and pack.wording and not pack.measures
        why = _("a classification has [says] and [[category]], and no [[measure]]")
    else:
        fits = pack.measures and not (pack.categories or pack.conditions or pack.wording)
        why = _("an area has [[measure]]; condition and says stand inside each")
    if not fits:
        raise WrongShape(file=file, table=TOP, why=why)
    return pack


def digest(raw: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a document's content; its layout and comments do not count."""
    canonical = json.dumps(raw, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _titles(raw: Mapping[str, Any]) -> dict[str, str]:
    """Return the measures of a document by id, before they are read: criteria name them."""
    found: Any = raw.get("measure")
    tables = cast("list[object]", found) if isinstance(found, list) else []
    measures = [cast("dict[str, Any]", each) for each in tables if isinstance(each, dict)]
    return {str(each["id"]): str(each.get("title", "")) for each in measures if "id" in each}


def _says(table: Table, criteria: Criteria, place: str) -> dict[Outcome, str]:
    """Read the sentences for yes, no and unknown; only the one for yes has a place to fill."""
    inside = table.table("says", [outcome.value for outcome in Outcome])
    return {
        outcome: criteria.sentence(inside, outcome.value, (place,) * (outcome is Outcome.YES))
        for outcome in Outcome
    }


def _categories(top: Table, criteria: Criteria) -> tuple[Category, ...]:
    found: dict[str, Category] = {}
    for table in top.tables("category", ("name", "article", "condition")):
        name = table.one_of("name", known_words("category"))
        table.once(name, found)
        conditions = criteria.read(table, "condition")
        if not conditions:
            raise MissingKey(file=table.file, table=table.place, key="condition")
        found[name] = Category(name, criteria.article(table), conditions)
    return tuple(found.values())


def _measures(top: Table, criteria: Criteria) -> tuple[Measure, ...]:
    found: dict[str, Measure] = {}
    for table in top.tables("measure", _MEASURE_KEYS):
        measure = _measure(table, criteria)
        table.once(measure.id, found)
        found[measure.id] = measure
    return tuple(found.values())


def _measure(table: Table, criteria: Criteria) -> Measure:
    kind = table.word("kind", MeasureKind)
    unit = table.word("unit", Holder)
    criteria.of(unit)
    grant = kind is MeasureKind.GRANT
    if grant != ("award" in table.raw):
        why = _("a grant has an award, a service or referral has none")
        raise WrongShape(file=table.file, table=table.place, why=why)
    id_ = table.name("id")
    conditions = criteria.read(table, "condition")
    if not conditions:
        raise MissingKey(file=table.file, table=table.place, key="condition")
    return Measure(
        id=id_,
        kind=kind,
        title=table.text("title"),
        conditions=conditions,
        wording=_says(table, criteria, "amount"),
        unit=unit,
        grant=read_grant(table, criteria, id_) if grant else None,
        period=table.word("period", Period) if "period" in table.raw else None,
        stacking=table.word("stacking", Stacking) if "stacking" in table.raw else None,
        needs_file=table.flag("needs_file", default=True),
        department=table.text("department", "") if grant else table.filled("department"),
        entitlement=table.text("entitlement", "") if grant else table.filled("entitlement"),
        papers=table.texts("papers"),
        funds=table.words("funds", FundSource),
        approval=tuple(
            ApprovalHint(hint.yuan("above"), criteria.sourced(hint, ()))
            for hint in table.tables("approval", {"above", *CLAUSE_KEYS})
        ),
    )
