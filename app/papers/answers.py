"""The pages after the first of the reason sheet: what decided each answer, area by area."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import filterfalse, groupby
from typing import Annotated, TypeVar

from app.core.i18n import N_, _
from app.core.kinds import Flag, Kind, Many, Text
from app.core.money import yuan_text
from app.core.record import Record, values
from app.papers.needed import name_of, title_of, together
from app.papers.summary import answers
from app.policy.explain import (
    conclusion,
    limit_text,
    mark,
    says,
    telling_parts,
    value_text,
    version_text,
    working_text,
)
from app.policy.findings import Assessment, Findings, MissingPolicy, Reason
from app.policy.pack import Area, MeasureKind, Outcome, Pack, Status

T = TypeVar("T")


class CriterionFacts(Record):
    """One criterion: the household's value beside the limit."""

    item: Annotated[str, Text(label=N_("Measure"))] = ""
    """What the answer is about and the answer; with the first criterion of an answer only."""
    article: Annotated[str, Text(label=N_("Article"))]
    says: Annotated[str, Text(label=N_("Criterion"))]
    value: Annotated[str, Text(label=N_("This household"))] = ""
    limit: Annotated[str, Text(label=N_("Limit"))] = ""
    mark: Annotated[str, Text(label=N_("Finding"))]


class BriefFacts(Record):
    """One answer with what decided it, where no money is at stake."""

    item: Annotated[str, Text(label=N_("Measure"))]
    reasons: Annotated[tuple[str, ...], Kind(label=N_("Reasons"))]


class AreaFacts(Record):
    """One area: the document that holds on the day, why, and what decided the answers."""

    title: Annotated[str, Text(label=N_("Area"))]
    version: Annotated[str, Text(label=N_("Why this document"))] = ""
    provisional: Annotated[bool, Flag(label=N_("Provisional"))] = False
    note: Annotated[str, Text(label=N_("Note"))] = ""
    sources: Annotated[tuple[str, ...], Kind(label=N_("Sources"))] = ()
    criteria: Annotated[tuple[CriterionFacts, ...], Many(label=N_("Criteria"))] = ()
    """Every criterion of the classification and of what gives money."""
    others: Annotated[tuple[BriefFacts, ...], Many(label=N_("Answers"))] = ()
    untried: Annotated[tuple[str, ...], Kind(label=N_("Categories not compared"))] = ()
    """Those after the category that was found."""


def areas(findings: Findings, names: Sequence[str] = ()) -> tuple[AreaFacts, ...]:
    """Return every area with a document, the classification first."""
    found = tuple(
        _area(list(group), names) for _id, group in groupby(answers(findings), _id_of_pack)
    )
    return found if findings.classification else (_no_classification(findings), *found)


def _id_of_pack(assessment: Assessment) -> str:
    return assessment.pack.id


def _area(assessments: Sequence[Assessment], names: Sequence[str]) -> AreaFacts:
    first = assessments[0]
    pack = first.pack
    return AreaFacts(
        title=pack.area.label,
        version=_("; ").join([version_text(first), *pack.departments]),
        provisional=pack.status is Status.PROVISIONAL,
        note=pack.note,
        sources=_sources(pack, assessments),
        criteria=tuple(_criteria(filter(_money, assessments), names)),
        others=tuple(_others(filterfalse(_money, assessments), names)),
        untried=_untried(first),
    )


def _no_classification(findings: Findings) -> AreaFacts:
    missing = MissingPolicy(Area.CLASSIFICATION, findings.day)
    row = CriterionFacts(article="", says=missing.tell(), mark=_("Cannot tell yet"))
    return AreaFacts(title=Area.CLASSIFICATION.label, criteria=(row,))


def _money(assessment: Assessment) -> bool:
    """Tell whether money, or the category that it depends on, is at stake."""
    return assessment.measure is None or assessment.measure.kind is MeasureKind.GRANT


def _criteria(assessments: Iterable[Assessment], names: Sequence[str]) -> Iterator[CriterionFacts]:
    """Yield the rows of all answers; members with the same answer and reasons stand together."""
    for rows, found in _alike(assessments, lambda each: tuple(_rows(each))):
        item = _item(found, names)
        for place, row in enumerate(rows):
            yield row if place else CriterionFacts(**values(row) | {"item": item})


def _others(assessments: Iterable[Assessment], names: Sequence[str]) -> Iterator[BriefFacts]:
    for reasons, found in _alike(assessments, _decisive):
        yield BriefFacts(item=_item(found, names), reasons=reasons)


def _decisive(assessment: Assessment) -> tuple[str, ...]:
    """Return the reasons that decided: of a yes all of them."""
    wanted = {Outcome.YES: True, Outcome.NO: False, Outcome.UNKNOWN: None}[assessment.outcome]
    reasons = (reason for reason in assessment.reasons if reason.held is wanted)
    return tuple(line for reason in reasons for line in _lines(reason))


def _lines(reason: Reason, indent: str = "") -> Iterator[str]:
    article = _("({article})").format(article=reason.article) if reason.article else ""
    yield _("{indent}{mark}: {says}{article}").format(
        indent=indent, mark=mark(reason), says=says(reason), article=article
    )
    for part in telling_parts(reason):
        yield from _lines(part, indent + "　")


def _alike(
    assessments: Iterable[Assessment], tell: Callable[[Assessment], T]
) -> Iterator[tuple[T, list[Assessment]]]:
    """Yield answers that say the same, with what they say; only members can be alike."""
    groups: dict[tuple[str, str, T], list[Assessment]] = {}
    for assessment in assessments:
        key = title_of(assessment), conclusion(assessment), tell(assessment)
        groups.setdefault(key, []).append(assessment)
    return ((told, found) for (_title, _answer, told), found in groups.items())


def _item(assessments: Sequence[Assessment], names: Sequence[str]) -> str:
    """Return the measure, the members and the answer, each on its line."""
    first = assessments[0]
    who = together(name_of(assessment, names) for assessment in assessments)
    name = _("({name})").format(name=who) if who else ""
    return "\n".join(filter(None, (title_of(first), name, conclusion(first))))


def _rows(assessment: Assessment) -> Iterator[CriterionFacts]:
    for reason in assessment.reasons:
        yield from _with_parts(reason, reason.category)
    if assessment.working:
        article = assessment.working.grant.clause.article
        yield CriterionFacts(
            article=article, says=working_text(assessment), mark=assessment.outcome.label
        )
    elif assessment.expected_fen:
        amount = _("{amount} yuan").format(amount=yuan_text(assessment.expected_fen))
        text = _("If what is missing proves true, up to {amount}").format(amount=amount)
        yield CriterionFacts(article="", says=text, mark=assessment.outcome.label)


def _with_parts(reason: Reason, category: str = "", indent: str = "") -> Iterator[CriterionFacts]:
    yield CriterionFacts(
        article="\n".join(filter(None, (reason.article, category))),
        says=indent + says(reason),
        value=value_text(reason),
        limit=limit_text(reason),
        mark=mark(reason),
    )
    if reason.held is not True:
        for part in telling_parts(reason):
            yield from _with_parts(part, indent=indent + "　")


def _untried(assessment: Assessment) -> tuple[str, ...]:
    tried = {reason.category for reason in assessment.reasons}
    categories = assessment.pack.categories
    return tuple(category.name for category in categories if category.name not in tried)


def _sources(pack: Pack, assessments: Sequence[Assessment]) -> tuple[str, ...]:
    """Return where criteria and awards come from, each source once with how sure it is."""
    reasons = [reason for item in assessments for reason in item.reasons]
    clauses = [leaf.criterion.clause for reason in reasons for leaf in reason.leaves()]
    clauses += [item.working.grant.clause for item in assessments if item.working]
    found: dict[str, list[str]] = {}
    for clause in clauses:
        if clause.confidence:
            for name in clause.source:
                found.setdefault(name, []).append(clause.confidence.label)
    return tuple(
        _("{text} ({origin})").format(text=pack.sources[name], origin=together(sure))
        for name, sure in found.items()
    )
