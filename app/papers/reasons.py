"""The reason sheet (资格告知单): what the policy of a day says about a household, and why.

The first page is for the household: what it can get, what to bring, what is not possible. The
pages after it hold every criterion in the sentences that `app.policy.explain` also puts on the
screen. A sheet made from a situation alone carries no number and no signature, and says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Final

from app.core.i18n import N_, _
from app.core.kinds import Day, Flag, Kind, Many, Name, Text
from app.core.money import yuan_text
from app.core.record import Record
from app.core.words import Answer
from app.core.words.papers import PaperKind
from app.papers.answers import AreaFacts, areas
from app.papers.needed import NeededFacts, member_name, needed
from app.papers.sheet import Sheet, facts_of
from app.papers.summary import (
    PossibleFacts,
    RefusedFacts,
    in_brief,
    possible,
    referrals_of,
    refused,
    services_of,
)
from app.papers.templates import template_in_force
from app.policy.explain import line_text, value_text
from app.policy.facts import Fact, Facts, FactType, FactValue, Known
from app.policy.findings import Assessment, Findings
from app.policy.pack import Area, Figure, Leaf, Status
from app.policy.vocabulary import HOUSEHOLD, MEMBER, WHEN

REASON_SHEET: Final = PaperKind.REASON_SHEET


class CenterFacts(Record):
    """Where the household finds the center."""

    center_phone: Annotated[str, Text(label=N_("Telephone"))] = ""
    center_address: Annotated[str, Text(label=N_("Address"))] = ""


class ReasonFacts(CenterFacts):
    """The reason sheet (资格告知单)."""

    name: Annotated[str, Name(label=N_("Name"))] = ""
    as_of: Annotated[date, Day(label=N_("Day of the assessment"))]
    known_on: Annotated[date | None, Day(label=N_("Leave out what was published after"))] = None
    large: Annotated[bool, Flag(label=N_("Large type"))] = False
    whole: Annotated[bool, Flag(label=N_("With every condition"))] = True
    brief: Annotated[bool, Flag(label=N_("In brief"))] = False
    """The opposite of ``whole``: of the areas only the classification is set out in full."""
    for_information: Annotated[bool, Flag(label=N_("For information only"))] = False
    """Without number and signature, and says so."""
    provisional: Annotated[bool, Flag(label=N_("Policy not confirmed yet"))] = False

    possible: Annotated[tuple[PossibleFacts, ...], Many(label=N_("Possible"))]
    money: Annotated[tuple[PossibleFacts, ...], Many(label=N_("Money"))]
    """The category and the grants among what is possible; the rest is named in brief."""
    services: Annotated[tuple[str, ...], Kind(label=N_("Services"))]
    referrals: Annotated[tuple[str, ...], Kind(label=N_("Referrals"))]
    bring: Annotated[tuple[NeededFacts, ...], Many(label=N_("To bring"))]
    center_finds: Annotated[tuple[str, ...], Kind(label=N_("The center finds out"))]
    """What is missing and need not be brought."""
    refused: Annotated[tuple[RefusedFacts, ...], Many(label=N_("Not possible"))]
    """What is money or could change; the rest is named in brief."""
    out_of_scope: Annotated[tuple[str, ...], Kind(label=N_("Out of scope"))]

    given: Annotated[tuple[str, ...], Kind(label=N_("What is known of the household"))]
    workings: Annotated[tuple[str, ...], Kind(label=N_("How it was found"))]
    lines: Annotated[tuple[str, ...], Kind(label=N_("Values it rests on"))]
    areas: Annotated[tuple[AreaFacts, ...], Many(label=N_("Areas"))]
    silent: Annotated[tuple[str, ...], Kind(label=N_("Areas without a document"))]


def reason_sheet(
    findings: Findings, today: date, names: Sequence[str] = (), *, large: bool = False
) -> bytes:
    """Return the PDF of the reasons: not numbered, not signed, for information."""
    from app.papers.render import render  # noqa: PLC0415 - heavy, on first use

    sheet = Sheet(
        kind=REASON_SHEET,
        template=template_in_force(REASON_SHEET, today),
        number="",
        issued_on=today,
        facts=facts_of(reasons_of(findings, names, large=large, for_information=True)),
        center="",
        union="",
        maker="",
        demonstration=any(
            line.demonstration for assessment in findings.all for line in assessment.lines
        ),
    )
    return render(sheet)


def reasons_of(
    findings: Findings,
    names: Sequence[str] = (),
    *,
    large: bool = False,
    whole: bool = True,
    for_information: bool = False,
    center: CenterFacts | None = None,
) -> ReasonFacts:
    """Return what the reason sheet says.

    ``names`` are those of the members, in the order in which they were assessed, the head first.
    Unless it is ``whole``, only the classification is set out condition by condition.
    """
    missing = needed(findings, names)
    can, cannot = possible(findings, names), refused(findings, names)
    found = {pack.area for pack in findings.packs}
    known, center = findings.known, center or CenterFacts()
    return ReasonFacts(
        name=names[0] if names else "",
        as_of=findings.day,
        known_on=findings.known_on,
        large=large,
        whole=whole,
        brief=not whole,
        for_information=for_information,
        provisional=any(pack.status is Status.PROVISIONAL for pack in findings.packs),
        possible=can,
        money=tuple(one for one in can if one.money),
        services=services_of(can),
        referrals=referrals_of(can),
        bring=tuple(paper for paper in missing if paper.with_client),
        center_finds=tuple(paper.title for paper in missing if not paper.with_client),
        refused=tuple(one for one in cannot if one.money or one.changes),
        out_of_scope=in_brief(one for one in cannot if not (one.money or one.changes)),
        given=tuple(_given(known, names)),
        workings=tuple(_workings(findings.classification, known.household)),
        lines=tuple(dict.fromkeys(line_text(line) for each in findings.all for line in each.lines)),
        areas=areas(findings, names)[: None if whole else 1],
        silent=tuple(
            area.label for area in Area if area not in found and area is not Area.CLASSIFICATION
        ),
        center_phone=center.center_phone,
        center_address=center.center_address,
    )


def _given(known: Known, names: Sequence[str]) -> Iterator[str]:
    """Say what is known, in the order in which it is asked: the household, then each member."""
    household = [fact for fact in HOUSEHOLD.values() if fact.name not in WHEN]
    if text := _facts_text(household, known.household):
        yield text
    for place, member in enumerate(known.members):
        if text := _facts_text(MEMBER.values(), member):
            yield _("{fact}: {value}").format(fact=member_name(place, names), value=text)


def _facts_text(facts: Iterable[Fact], known: Facts) -> str:
    return _("; ").join(
        _("{fact}: {value}").format(fact=fact.title, value=_shown(fact, value))
        for fact in facts
        if (value := known.get(fact.name)) is not None
    )


def _shown(fact: Fact, value: FactValue) -> str:
    if isinstance(value, bool):
        return (Answer.YES if value else Answer.NO).label
    if fact.type is FactType.YUAN and isinstance(value, int):
        return _("{amount} yuan").format(amount=yuan_text(value))
    return f"{value} {_(fact.unit)}" if fact.unit else str(value)


def _workings(classification: Assessment | None, facts: Facts) -> Iterator[str]:
    """Say how each figure was found: ``(48,000.00 - 20,000.00) ÷ 12 ÷ 3 = 777.78``."""
    reasons = classification.reasons if classification else ()
    done: set[str] = set()
    for leaf in (leaf for reason in reasons for leaf in reason.leaves()):
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
            value=value_text(leaf),
        )


def _sum(figure: Figure, facts: Facts) -> str:
    return " + ".join(_amounts(figure.plus, facts)) + "".join(
        f" − {amount}" for amount in _amounts(figure.less, facts)
    )


def _amounts(names: Iterable[Fact], facts: Facts) -> list[str]:
    amounts = (facts[fact.name] for fact in names)
    return [yuan_text(amount) for amount in amounts if isinstance(amount, int)]
