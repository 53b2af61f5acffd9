"""The first page of the reason sheet: what one can get and what one cannot, in few words."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Annotated

from app.core.i18n import N_, _
from app.core.kinds import Amount, Flag, Kind, Text
from app.core.money import Fen
from app.core.record import Record
from app.papers.needed import name_of, title_of, together, with_names
from app.policy.explain import changes, conclusion, says, working_text
from app.policy.findings import Assessment, Findings
from app.policy.pack import MeasureKind, Outcome


class PossibleFacts(Record):
    """Something that the household can get, and what to do for it."""

    area: Annotated[str, Text(label=N_("Area"))]
    title: Annotated[str, Text(label=N_("Title"))]
    who: Annotated[str, Text(label=N_("Member"))] = ""
    says: Annotated[str, Text(label=N_("Answer"))]
    classification: Annotated[str, Text(label=N_("Classification"))] = ""
    """The answer in the words for the first page, of the classification."""
    amount_at_most: Annotated[Fen | None, Amount(label=N_("At most"))] = None
    entitlement: Annotated[str, Text(label=N_("Entitlement"))] = ""
    several: Annotated[bool, Flag(label=N_("Several members"))] = False
    to_file: Annotated[bool, Flag(label=N_("To be put on file"))] = False
    file_first: Annotated[bool, Flag(label=N_("On file first"))] = False
    """Money that only households on file get, and this one is not."""
    to_apply: Annotated[bool, Flag(label=N_("To be applied for"))] = False
    by_us: Annotated[str, Text(label=N_("Our window"))] = ""
    by_others: Annotated[str, Text(label=N_("Department"))] = ""
    papers: Annotated[tuple[str, ...], Kind(label=N_("Papers needed"))] = ()
    approval: Annotated[tuple[str, ...], Kind(label=N_("Who has to approve"))] = ()

    @property
    def money(self) -> bool:
        """Tell whether it is money, or the category that money depends on."""
        return not (self.by_us or self.by_others)


class RefusedFacts(Record):
    """Something that the household cannot get, why, and what would change it."""

    area: Annotated[str, Text(label=N_("Area"))]
    title: Annotated[str, Text(label=N_("Title"))]
    who: Annotated[str, Text(label=N_("Member"))] = ""
    why: Annotated[tuple[str, ...], Kind(label=N_("Why"))]
    changes: Annotated[tuple[str, ...], Kind(label=N_("What would change the answer"))] = ()
    money: Annotated[bool, Flag(label=N_("Money"))] = False


def possible(findings: Findings, names: Sequence[str] = ()) -> tuple[PossibleFacts, ...]:
    """Return everything the household can get; members with the same answer stand together."""
    alike: dict[PossibleFacts, list[Assessment]] = {}
    for assessment in findings.all:
        if assessment.outcome is Outcome.YES:
            alike.setdefault(_possible(assessment), []).append(assessment)
    return tuple(
        _possible(each[0], _who(each, names), several=len(each) > 1) for each in alike.values()
    )


def _possible(assessment: Assessment, who: str = "", *, several: bool = False) -> PossibleFacts:
    measure = assessment.measure
    if measure is None:
        return PossibleFacts(
            area=assessment.pack.area.label,
            title=title_of(assessment),
            says=conclusion(assessment),
            classification=conclusion(assessment),
            to_file=not _filed(assessment),
        )
    grant = measure.kind is MeasureKind.GRANT
    return PossibleFacts(
        area=assessment.pack.area.label,
        title=title_of(assessment),
        who=who,
        says=conclusion(assessment),
        amount_at_most=assessment.amount_fen if grant else None,
        entitlement=measure.entitlement,
        several=several,
        file_first=grant and measure.needs_file and not _filed(assessment),
        to_apply=grant,
        by_us=measure.department if measure.kind is MeasureKind.SERVICE else "",
        by_others=measure.department if measure.kind is MeasureKind.REFERRAL else "",
        papers=measure.papers,
        approval=tuple(hint.clause.says for hint in measure.approval),
    )


def _filed(assessment: Assessment) -> bool:
    return assessment.known.household.get("has_active_file") is True


def refused(findings: Findings, names: Sequence[str] = ()) -> tuple[RefusedFacts, ...]:
    """Return everything the household cannot get; what is meant for none of the members is
    said once, without a name."""
    alike: dict[object, list[Assessment]] = {}
    for assessment in answers(findings):
        if assessment.outcome is Outcome.NO:
            said = None if _passed_by(assessment) else (_why(assessment), changes(assessment))
            alike.setdefault((title_of(assessment), said), []).append(assessment)
    return tuple(_refused(each, names) for each in alike.values())


def _refused(found: Sequence[Assessment], names: Sequence[str]) -> RefusedFacts:
    first = found[0]
    measure = first.measure
    return RefusedFacts(
        area=first.pack.area.label,
        title=title_of(first),
        who="" if _passed_by(first) else _who(found, names),
        why=tuple(dict.fromkeys(text for assessment in found for text in _why(assessment))),
        changes=tuple(dict.fromkeys(text for each in found for text in changes(each))),
        money=measure is None or measure.kind is MeasureKind.GRANT,
    )


def services_of(found: Iterable[PossibleFacts]) -> tuple[str, ...]:
    """Name what our own windows do for the household."""
    return tuple(with_names(one.title, one.who) for one in found if one.by_us)


def referrals_of(found: Iterable[PossibleFacts]) -> tuple[str, ...]:
    """Name what other departments do, each with the department."""
    return tuple(
        _("{fact}: {value}").format(fact=with_names(one.title, one.who), value=one.by_others)
        for one in found
        if one.by_others
    )


def in_brief(found: Iterable[RefusedFacts]) -> tuple[str, ...]:
    """Say of what is refused why, each in a line."""
    return tuple(
        _("{fact}: {value}").format(
            fact=with_names(one.title, one.who), value=_(", ").join(one.why)
        )
        for one in found
    )


def _why(assessment: Assessment) -> tuple[str, ...]:
    """Return every criterion that is not met; of the categories only when all else is met."""
    against = [reason for reason in assessment.reasons if reason.held is False]
    basic = [reason for reason in against if not reason.category]
    if not against:
        return (working_text(assessment) or conclusion(assessment),)
    if _passed_by(assessment):
        return (says(against[0]),)
    return tuple(map(says, basic)) or tuple(
        _("{category}: {says}").format(category=reason.category, says=says(reason))
        for reason in against
    )


def answers(findings: Findings) -> Iterator[Assessment]:
    """Yield the answers worth reading: a measure for members is left out for those it passes by,
    such as a pupil's for grown-ups, unless it passes by everybody."""
    for _measure, group in groupby(findings.all, lambda each: each.measure and each.measure.id):
        found = list(group)
        meant = [assessment for assessment in found if not _passed_by(assessment)]
        yield from meant or found


def _passed_by(assessment: Assessment) -> bool:
    """Tell whether a member is none of those whom the measure is meant for.

    Of a measure for members, the first criterion says which members it is meant for.
    """
    if assessment.member is None or assessment.outcome is not Outcome.NO:
        return False
    return bool(assessment.reasons) and assessment.reasons[0].held is False


def _who(assessments: Iterable[Assessment], names: Sequence[str]) -> str:
    return together(name_of(assessment, names) for assessment in assessments)
