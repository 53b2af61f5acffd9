"""Reads a policy document into a `Pack` and refuses anything unknown.

Every mistake is a `PackProblem` that names the file, the table and the key, and the nearest known
name where there is one. ``docs/policy-messages.md`` lists them.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from app.core.i18n import _
from app.policy.criteria import CLAUSE_KEYS, Criteria
from app.policy.documents import read_toml
from app.policy.facts import FactType
from app.policy.pack import (
    Area,
    Article,
    Award,
    Category,
    FirstAndFurther,
    Fixed,
    Grant,
    Measure,
    MeasureKind,
    MonthsOfLine,
    Outcome,
    Pack,
    Period,
    Stacking,
    Status,
)
from app.policy.problems import MissingKey, WrongShape
from app.policy.tables import TOP, Table
from app.reference.codes import known_words
from app.reference.dated import ValueKind

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "held": (),
    "not_held": (),
    "unknown": (),
    "yes": (),
    "no": (),
    "not_given": (),
    "no_line": (),
    "declared": (),
    "no_category": (),
    "yuan": ("amount",),
    "change": ("says",),
    "again": ("day",),
}
"""The short words that every document brings (``[words]``), and the places in them."""

_TOP_KEYS = (
    *("area", "in_force", "title", "number", "departments", "status", "note"),
    *("sources", "words", "says", "article", "figure", "condition", "category", "measure"),
)
_MEASURE_KEYS = (
    *("id", "kind", "title", "unit", "period", "stacking", "needs_file", "papers"),
    *("says", "condition", "award"),
)
_AWARD_PLACES = ("amount", "cap", "used", "months", "line", "heads")
_AWARD_KEYS = {
    "fixed": {"amount"},
    "months_of_line": {"line", "months"},
    "first_and_further": {"first", "further", "heads"},
}
_ANY_AWARD_KEYS = CLAUSE_KEYS.union({"kind", "used"}, *_AWARD_KEYS.values())


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
    criteria = Criteria(area, [article.number for article in articles], sources.raw.keys())
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
        words=_words(top, criteria),
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


def _words(top: Table, criteria: Criteria) -> dict[str, str]:
    table = top.table("words", WORDS)
    return {name: criteria.sentence(table, name, places) for name, places in WORDS.items()}


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
    table.one_of("unit", ["household"])
    if (kind is MeasureKind.GRANT) != ("award" in table.raw):
        why = _("a grant has an award, a service or referral has none")
        raise WrongShape(file=table.file, table=table.place, why=why)
    return Measure(
        id=table.text("id"),
        kind=kind,
        title=table.text("title"),
        conditions=criteria.read(table, "condition"),
        wording=_says(table, criteria, "amount"),
        grant=_grant(table, criteria) if kind is MeasureKind.GRANT else None,
        period=table.word("period", Period) if "period" in table.raw else None,
        stacking=table.word("stacking", Stacking) if "stacking" in table.raw else None,
        needs_file=table.flag("needs_file", default=True),
        papers=table.texts("papers"),
    )


def _grant(measure: Table, criteria: Criteria) -> Grant:
    kind = measure.table("award", _ANY_AWARD_KEYS).one_of("kind", _AWARD_KEYS)
    table = measure.table("award", CLAUSE_KEYS | {"kind", "used"} | _AWARD_KEYS[kind])
    return Grant(
        clause=criteria.sourced(table, _AWARD_PLACES),
        award=_award(table, kind, criteria),
        used=criteria.fact(table, "used", FactType.YUAN) if "used" in table.raw else None,
    )


def _award(table: Table, kind: str, criteria: Criteria) -> Award:
    if kind == "fixed":
        return Fixed(table.yuan("amount"))
    if kind == "first_and_further":
        heads = criteria.fact(table, "heads", FactType.COUNT)
        return FirstAndFurther(table.yuan("first"), table.yuan("further"), heads)
    months = table.table("months", known_words("category"))
    by_category = {name: months.whole(name, 1) for name in months.raw}
    return MonthsOfLine(table.word("line", ValueKind), by_category)
