"""What stands below the criteria of an answer: what to bring, who does it, what would change it."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.policy.explain import changes, version_text
from app.policy.findings import Assessment, Missing, MissingFact, Working
from app.policy.pack import Measure, MeasureKind, Outcome
from app.reference.proofs import proof


class Line(NamedTuple):
    """One line of a section; ``second`` stands below it, small."""

    text: str
    second: str = ""
    icon: str = ""
    tone: str = ""


class Section(NamedTuple):
    """A title with its lines."""

    title: str
    lines: tuple[Line, ...]
    more: str = ""
    """Small, at the right of the title."""


def sections(found: Assessment, handed_in: Collection[str], *, whole: bool) -> Iterator[Section]:
    """Yield the sections of one answer.

    ``handed_in`` are the papers the center has; ``whole`` leaves out what stands in a column of
    its own.
    """
    if found.missing:
        yield Section(_("What to bring"), tuple(map(_to_bring, _once(found.missing))))
    if turns := tuple(_turns(found)):
        yield Section(_("What would change the result"), turns)
    if measure := found.measure:
        yield from _way(measure)
        if not whole and measure.papers:
            yield papers(measure, handed_in)
    yield Section(_("Why this version of the policy"), tuple(_version(found)))


def papers(measure: Measure, handed_in: Collection[str]) -> Section:
    """Return the papers an application needs, each with whether the center has it."""
    lines = [
        Line(paper, "", "circle-check", "ok")
        if paper in handed_in
        else Line(paper, "", "circle-dashed")
        for paper in measure.papers
    ]
    here = sum(line.tone == "ok" for line in lines)
    more = _("{here} of {count} handed in").format(here=here, count=len(lines))
    return Section(_("Papers this needs"), tuple(lines), more)


def _once(missing: Collection[Missing]) -> list[Missing]:
    """Return one of those that the same paper would settle."""
    return list({item.proof: item for item in reversed(list(missing))}.values())[::-1]


def _to_bring(missing: Missing) -> Line:
    if not isinstance(missing, MissingFact) or not missing.proof:
        return Line(missing.tell(), "", "triangle-alert", "wait")
    paper = proof(missing.proof)
    where = _("Where: {place}").format(place=paper.where) if paper.where else ""
    second = "\n".join(filter(None, (where, paper.how)))
    return Line(paper.title, second, "file-plus-2", "wait")


def _turns(found: Assessment) -> Iterator[Line]:
    if found.outcome is Outcome.UNKNOWN:
        text = _("As soon as this is seen, the result can be told.")
        if found.expected_fen:
            text = _("Once this is proved, {amount} yuan are to be expected.").format(
                amount=yuan_text(found.expected_fen)
            )
        yield Line(text, "", "arrow-right")
    elif found.outcome is Outcome.NO:
        turns = changes(found)
        none = _("No single fact that can be proved or changed would be enough, see above")
        yield from (Line(turn, "", "arrow-right") for turn in turns or (none,))


def _way(measure: Measure) -> Iterator[Section]:
    """Say who does a service or a referral and what one gets; who may approve and pay a grant."""
    if measure.entitlement:
        yield Section(_("What one gets"), (Line(measure.entitlement, "", "info"),))
    if measure.department:
        icon = "users-round" if measure.kind is MeasureKind.SERVICE else "arrow-right"
        title = _("Where to go")
        if measure.kind is MeasureKind.REFERRAL:
            title = _("Who decides and does it")
        yield Section(title, (Line(measure.department, "", icon),))
    if measure.approval:
        lines = tuple(Line(hint.clause.says, "", "shield-check") for hint in measure.approval)
        yield Section(_("Who has to approve"), lines)
    if measure.funds:
        names = _(", ").join(source.label for source in measure.funds)
        yield Section(_("What may pay it"), (Line(names, "", "coins"),))


def _version(found: Assessment) -> Iterator[Line]:
    pack = found.pack
    departments = _(", ").join(pack.departments)
    yield Line(version_text(found), departments, "calendar-clock")
    if pack.note:
        yield Line(pack.note, "", "info")


class Step(NamedTuple):
    """One step of how money was found."""

    text: str
    figure: str


def steps(working: Working) -> list[Step]:
    """Return how the money of a grant was found, one figure a line."""
    amounts, numbers = working.amounts, working.numbers
    found: list[Step] = []
    if "of" in amounts:
        found.append(Step(_("Amount it is taken from"), _yuan(amounts["of"])))
    if amounts.get("deductible"):
        found.append(Step(_("Less what one bears"), _yuan(amounts["deductible"])))
    found += [Step(_("Share"), f"× {share}") for share in working.shares.values()]
    if working.line is not None:
        found.append(Step(working.line.kind.label, _yuan(working.line.amount_fen)))
    counts = {"months": _("Months"), "heads": _("Persons")}
    found += [
        Step(says, f"× {numbers[place]}") for place, says in counts.items() if place in numbers
    ]
    if "most" in amounts:
        found.append(Step(_("No more than"), _yuan(amounts["most"])))
    found.append(Step(_("At most in the period"), _yuan(working.cap_fen)))
    found.append(Step(_("Received in the period"), _yuan(working.used_fen)))
    if working.together_left_fen is not None:
        left = _yuan(working.together_left_fen)
        found.append(Step(_("Left for all members together"), left))
    return found


def _yuan(fen: Fen) -> str:
    return _("{amount} yuan").format(amount=yuan_text(fen))
