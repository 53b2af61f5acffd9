"""Which papers a household still has to bring, and what each of them settles."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Final

from app.core.i18n import N_, _
from app.core.kinds import Flag, Kind, Text
from app.core.record import Record
from app.policy.findings import Assessment, Findings, MissingPolicy
from app.reference.proofs import proof

_FEW: Final = 2
"""So many answers are named in brief."""


class NeededFacts(Record):
    """One paper that is missing: what it is, where to get it, what it settles."""

    title: Annotated[str, Text(label=N_("Paper"))]
    where: Annotated[str, Text(label=N_("Where to get it"))] = ""
    how: Annotated[str, Text(label=N_("How"))] = ""
    settles: Annotated[tuple[str, ...], Kind(label=N_("What it settles"))] = ()
    """Measures, with the names of the members whose answer it is."""
    brief: Annotated[str, Text(label=N_("What it settles, in brief"))] = ""
    with_client: Annotated[bool, Flag(label=N_("To be brought by the household"))] = True
    """False for what the center finds out itself."""


def needed(findings: Findings, names: Sequence[str] = ()) -> tuple[NeededFacts, ...]:
    """Return the missing papers in the order in which the answers miss them, each once.

    ``names`` are those of the members, in the order in which they were assessed.
    """
    settles: dict[str, list[Assessment]] = {}
    for assessment in findings.all:
        for missing in assessment.missing:
            settles.setdefault(missing.proof, []).append(assessment)
    if findings.classification is None:
        settles.setdefault(MissingPolicy.proof, [])
    return tuple(_needed(name, found, names) for name, found in settles.items() if name)


def _needed(name: str, found: Sequence[Assessment], names: Sequence[str]) -> NeededFacts:
    paper = proof(name)
    titles = tuple(dict.fromkeys(map(title_of, found)))
    brief = _(", ").join(titles[:_FEW])
    if len(titles) > _FEW:
        brief = _("{first} and others, {count} in all").format(first=brief, count=len(titles))
    return NeededFacts(
        title=paper.title,
        where=paper.where,
        how=paper.how,
        settles=labels(found, names),
        brief=brief,
        with_client=paper.with_client,
    )


def labels(assessments: Iterable[Assessment], names: Sequence[str]) -> tuple[str, ...]:
    """Return what answers are about, each measure once with the names of its members."""
    people: dict[str, list[str]] = {}
    for assessment in assessments:
        people.setdefault(title_of(assessment), []).append(name_of(assessment, names))
    return tuple(with_names(title, together(each)) for title, each in people.items())


def with_names(title: str, names: str) -> str:
    """Return a measure with the names of those whose answer it is."""
    return _("{measure} ({names})").format(measure=title, names=names) if names else title


def together(names: Iterable[str]) -> str:
    """Return names in a row, each once."""
    return _(", ").join(dict.fromkeys(filter(None, names)))


def title_of(assessment: Assessment) -> str:
    """Return what an answer is about: the measure, or the classification."""
    return assessment.measure.title if assessment.measure else assessment.pack.area.label


def name_of(assessment: Assessment, names: Sequence[str]) -> str:
    """Return the name of the member an answer is about; empty when it is the household's."""
    return "" if assessment.member is None else member_name(assessment.member, names)


def member_name(place: int, names: Sequence[str]) -> str:
    """Return the name of a member, or the place when no names are known."""
    return names[place] if place < len(names) else _("Member {place}").format(place=place + 1)
