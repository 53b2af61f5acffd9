"""The reason sheet (资格告知单): what the policy says about a household and why.

Every sentence is one that `app.policy.explain` also puts on the screen. A sheet made from a
situation alone carries no number and no signature, and says so.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Final

from app.core.i18n import N_, _
from app.core.kinds import Day, Flag, Kind, Many, Name, Text
from app.core.money import yuan_text
from app.core.record import Record
from app.core.words import Answer
from app.core.words.papers import PaperKind
from app.papers.sheet import Sheet, facts_of
from app.papers.templates import template_in_force
from app.policy.explain import (
    changes,
    conclusion,
    limit_text,
    line_text,
    mark,
    says,
    value_text,
    working_text,
)
from app.policy.facts import FACTS, WHEN, Fact, Facts, FactType, FactValue, Holder
from app.policy.findings import Assessment, Findings, MissingPolicy, Reason
from app.policy.pack import Area, Figure, Leaf, Pack, Status

REASON_SHEET: Final = PaperKind.REASON_SHEET


class CriterionFacts(Record):
    """One criterion: the household's value beside the limit."""

    article: Annotated[str, Text(label=N_("Article"))]
    says: Annotated[str, Text(label=N_("Criterion"))]
    value: Annotated[str, Text(label=N_("This household"))] = ""
    limit: Annotated[str, Text(label=N_("Limit"))] = ""
    mark: Annotated[str, Text(label=N_("Finding"))]


class SectionFacts(Record):
    """What one document says: of the classification, or of one measure."""

    title: Annotated[str, Text(label=N_("Title"))]
    conclusion: Annotated[str, Text(label=N_("Answer"))]
    working: Annotated[str, Text(label=N_("How it was found"))] = ""
    criteria: Annotated[tuple[CriterionFacts, ...], Many(label=N_("Criteria"))] = ()
    untried: Annotated[tuple[str, ...], Kind(label=N_("Categories not compared"))] = ()
    """Those after the category that was found."""
    missing: Annotated[tuple[str, ...], Kind(label=N_("Missing"))] = ()
    changes: Annotated[tuple[str, ...], Kind(label=N_("What would change the answer"))] = ()
    lines: Annotated[tuple[str, ...], Kind(label=N_("Values it rests on"))] = ()
    papers: Annotated[tuple[str, ...], Kind(label=N_("Papers needed"))] = ()
    document: Annotated[str, Text(label=N_("Document"))] = ""
    sources: Annotated[tuple[str, ...], Kind(label=N_("Sources"))] = ()
    note: Annotated[str, Text(label=N_("Note"))] = ""
    provisional: Annotated[bool, Flag(label=N_("Provisional"))] = False


class ReasonFacts(Record):
    """The reason sheet (资格告知单): what the policy of a day says about a household, and why."""

    name: Annotated[str, Name(label=N_("Name"))] = ""
    as_of: Annotated[date, Day(label=N_("Day of the assessment"))]
    known_on: Annotated[date | None, Day(label=N_("Leave out what was published after"))] = None
    given: Annotated[str, Text(label=N_("What is known of the household"))]
    workings: Annotated[tuple[str, ...], Kind(label=N_("How it was found"))]
    sections: Annotated[tuple[SectionFacts, ...], Many(label=N_("Answers"))]
    silent: Annotated[tuple[str, ...], Kind(label=N_("Areas without a document"))]
    for_information: Annotated[bool, Flag(label=N_("For information only"))] = False
    """Without number and signature, and says so."""


def reason_sheet(findings: Findings, facts: Facts, today: date) -> bytes:
    """Return the PDF of the reasons: not numbered, not signed, for information."""
    from app.papers.render import render  # noqa: PLC0415 - heavy, on first use

    sheet = Sheet(
        kind=REASON_SHEET,
        template=template_in_force(REASON_SHEET, today),
        number="",
        issued_on=today,
        facts=facts_of(reasons_of(findings, facts, for_information=True)),
        center="",
        union="",
        maker="",
        demonstration=any(
            line.demonstration for assessment in _assessments(findings) for line in assessment.lines
        ),
    )
    return render(sheet)


def reasons_of(
    findings: Findings, facts: Facts, name: str = "", *, for_information: bool = False
) -> ReasonFacts:
    """Return what the reason sheet says about a household and the facts it was assessed by."""
    classification = findings.classification
    first = _section(classification) if classification else _no_document(findings.day)
    found = {pack.area for pack, _assessments in findings.areas}
    return ReasonFacts(
        name=name,
        as_of=findings.day,
        known_on=findings.known_on,
        given=_("; ").join(_given(facts)),
        workings=tuple(_workings(classification, facts)) if classification else (),
        sections=(
            first,
            *(_section(item) for _pack, assessments in findings.areas for item in assessments),
        ),
        silent=tuple(
            area.label for area in Area if area not in found and area is not Area.CLASSIFICATION
        ),
        for_information=for_information,
    )


def _assessments(findings: Findings) -> Iterator[Assessment]:
    if findings.classification:
        yield findings.classification
    for _pack, assessments in findings.areas:
        yield from assessments


def _section(assessment: Assessment) -> SectionFacts:
    pack, measure = assessment.pack, assessment.measure
    return SectionFacts(
        title=f"{pack.area.label}　{measure.title}" if measure else pack.area.label,
        conclusion=conclusion(assessment),
        working=working_text(assessment),
        criteria=tuple(
            row for reason in assessment.reasons for row in _criteria(pack, reason, reason.category)
        ),
        untried=_untried(assessment),
        missing=tuple(missing.tell() for missing in assessment.missing),
        changes=changes(assessment),
        lines=tuple(map(line_text, assessment.lines)),
        papers=measure.papers if measure else (),
        document=_document(pack),
        sources=_sources(assessment),
        note=pack.note,
        provisional=pack.status is Status.PROVISIONAL,
    )


def _no_document(day: date) -> SectionFacts:
    missing = MissingPolicy(Area.CLASSIFICATION, day)
    return SectionFacts(
        title=Area.CLASSIFICATION.label,
        conclusion=_("Cannot tell yet"),
        missing=(missing.tell(),),
    )


def _criteria(
    pack: Pack, reason: Reason, category: str = "", indent: str = ""
) -> Iterator[CriterionFacts]:
    yield CriterionFacts(
        article="\n".join(filter(None, (reason.article, category))),
        says=indent + says(pack, reason),
        value=value_text(pack, reason),
        limit=limit_text(pack, reason),
        mark=mark(pack, reason),
    )
    for part in reason.parts:
        yield from _criteria(pack, part, indent=indent + "　")


def _untried(assessment: Assessment) -> tuple[str, ...]:
    tried = {reason.category for reason in assessment.reasons}
    return tuple(
        category.name for category in assessment.pack.categories if category.name not in tried
    )


def _document(pack: Pack) -> str:
    departments = _(", ").join(pack.departments)
    text = _("{title}, in force from {day}").format(title=pack.title, day=pack.in_force)
    return _("; ").join(part for part in (text, pack.number, departments) if part)


def _sources(assessment: Assessment) -> tuple[str, ...]:
    """Return where the criteria come from, each with how sure it is, once."""
    sources = assessment.pack.sources
    clauses = [leaf.criterion.clause for item in assessment.reasons for leaf in item.leaves()]
    if assessment.working:
        clauses.append(assessment.working.grant.clause)
    return tuple(
        dict.fromkeys(
            _("{text} ({origin})").format(text=sources[name], origin=clause.confidence.label)
            for clause in clauses
            if clause.confidence
            for name in clause.source
        )
    )


def _given(facts: Facts) -> Iterator[str]:
    """Say what is known of the household, in the order in which it is asked."""
    for fact in FACTS:
        value = facts.get(fact.name)
        if value is not None and fact.holder is Holder.HOUSEHOLD and fact.name not in WHEN:
            yield _("{fact}: {value}").format(fact=fact.title, value=_shown(fact, value))


def _shown(fact: Fact, value: FactValue) -> str:
    if isinstance(value, bool):
        return (Answer.YES if value else Answer.NO).label
    if fact.type is FactType.YUAN and isinstance(value, int):
        return _("{amount} yuan").format(amount=yuan_text(value))
    return f"{value} {_(fact.unit)}" if fact.unit else str(value)


def _workings(classification: Assessment, facts: Facts) -> Iterator[str]:
    """Say how each figure was found: ``(48,000.00 - 20,000.00) ÷ 12 ÷ 3 = 777.78``."""
    leaves = (leaf for reason in classification.reasons for leaf in reason.leaves())
    done: set[str] = set()
    for leaf in leaves:
        criterion = leaf.criterion
        if not isinstance(criterion, Leaf) or not isinstance(criterion.subject, Figure):
            continue
        figure = criterion.subject
        if figure.name in done or leaf.value is None:
            continue
        done.add(figure.name)
        yield _("{figure}: ({sum}) ÷ {months} ÷ {heads} = {value}").format(
            figure=figure.label,
            sum=_sum(figure, facts),
            months=figure.months,
            heads=facts[figure.heads.name],
            value=value_text(classification.pack, leaf),
        )


def _sum(figure: Figure, facts: Facts) -> str:
    return " + ".join(_amounts(figure.plus, facts)) + "".join(
        f" − {amount}" for amount in _amounts(figure.less, facts)
    )


def _amounts(names: Iterable[Fact], facts: Facts) -> list[str]:
    amounts = (facts[fact.name] for fact in names)
    return [yuan_text(amount) for amount in amounts if isinstance(amount, int)]
