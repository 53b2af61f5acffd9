"""Whether somebody is difficult to employ, by the policy of the day. Pure: no store, no clock.

The measure of the employment pack is asked with facts made of the registration, and of the
household file where the person stands in an open one. Truth has three values: what nobody told
is never taken for no.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.core.errors import RuleBroken
from app.core.i18n import N_, _
from app.core.resident_id import ResidentIdFacts, read_id
from app.core.words import Answer
from app.placements.recognition_records import RecognitionFindings, RecognitionReason
from app.placements.seeker_records import SeekerForm
from app.placements.seeker_rules import registered
from app.placements.seeker_words import NO_DISABILITY, work_status
from app.policy.catalog import shipped
from app.policy.explain import conclusion, says, value_text
from app.policy.explain import limit_text as limit_of
from app.policy.facts import Fact, Facts, FactValue, Known
from app.policy.findings import Assessment, Reason
from app.policy.pack import Group, How, Leaf, Status
from app.policy.rulebook import assess_all
from app.policy.vocabulary import HOUSEHOLD, MEMBER
from app.reference.values import Values

HARD_TO_EMPLOY: Final = "hard_to_employ_recognition"
"""The measure of the employment pack that says who is difficult to employ."""

VALUE: Final = ("\uff08{value}\uff09", "({value})")
"""How the sentences of a pack name the value beside what they ask."""


class NoPolicyOfDay(RuleBroken):
    """No document says who is difficult to employ on the day."""

    says = N_("No policy document is known that says who is difficult to employ on {day}.")


class NotDifficult(RuleBroken):
    """The person does not meet the policy of the day."""

    says = N_("By the policy of {day} {name} is not difficult to employ. Not met: {why}.")


class OpenUnsaid(RuleBroken):
    """Applying while something is unknown is said in the note."""

    says = N_(
        "It cannot be told yet whether {name} is difficult to employ: {why}. Bring {papers}, or "
        "write in the note what is open and how it will be settled."
    )


class OpenUndecided(RuleBroken):
    """Recognising while something is unknown is said in the opinion."""

    says = N_(
        "It cannot be told yet whether {name} is difficult to employ: {why}. Write in the opinion "
        "how that was settled, or refuse."
    )


class OpinionMissing(RuleBroken):
    """A refusal says why."""

    says = N_("Please write why this is refused.")


class RecognitionLive(RuleBroken):
    """A person has one recognition at a time."""

    says = N_(
        "{name} has a recognition already: {number}, {state}. Renew the registration it belongs "
        "to, or end it first."
    )


class BeforeThat(RuleBroken):
    """What follows does not lie before what it follows."""

    says = N_("{day} is before {before}. Check the day.")


def facts_of(
    form: SeekerForm, day: date, *, placed: bool
) -> tuple[dict[str, FactValue | None], dict[str, FactValue | None]]:
    """Return what a registration tells of the household and of the person, as facts of policy."""
    read = read_id(form.id_number, today=day)
    status = work_status(form.person_kind, registered(form), placed=placed)
    household: dict[str, FactValue | None] = {
        "unemployed_registered": registered(form).known,
        "receives_dibao": form.receives_dibao.known,
        "zero_employment": form.zero_employment.known,
        "district": form.district,
    }
    person: dict[str, FactValue | None] = {
        "work_status": status,
        "unemployed_since": form.unemployed_since,
        "disability": _disability(form.disabled),
        "union_member": form.union_member.known,
    }
    if isinstance(read, ResidentIdFacts):
        person |= {"birth": read.birth, "sex": read.sex.value}
    return household, person


def _disability(disabled: Answer) -> str | None:
    """Return the disability as a fact: of which kind it is only a household file knows."""
    match disabled:
        case Answer.YES:
            return _("yes, of which kind is not given")
        case Answer.NO:
            return NO_DISABILITY
        case _:
            return None


def known_of(
    form: SeekerForm, day: date, file: Known | None, *, placed: bool
) -> tuple[Known, tuple[str, ...]]:
    """Return what is known of a seeker, and what their household file tells otherwise.

    What the registration says counts; where it says nothing, the file speaks. ``file`` has the
    facts of the household and, as its only member, of the person.
    """
    household, person = facts_of(form, day, placed=placed)
    if file is None:
        return Known(household, [person]), ()
    (filed,) = file.members
    if form.disabled is Answer.YES and filed.get("disability") not in (None, NO_DISABILITY):
        person["disability"] = filed["disability"]
    differs = (
        *_differing(household, file.household, HOUSEHOLD),
        *_differing(person, filed, MEMBER),
    )
    return Known(_over(household, file.household), [_over(person, filed)]), differs


def _over(told: Facts, filed: Facts) -> Facts:
    return {**filed, **{name: value for name, value in told.items() if value is not None}}


def _differing(told: Facts, filed: Facts, facts: dict[str, Fact]) -> Iterator[str]:
    for name, value in told.items():
        other = filed.get(name)
        if value is not None and other is not None and value != other:
            yield facts[name].title


def examine(
    form: SeekerForm, day: date, file: Known | None, values: Values, *, placed: bool
) -> tuple[RecognitionFindings, Assessment]:
    """Return what the policy of a day says of a seeker, and the assessment it is made of.

    Raises `NoPolicyOfDay`.
    """
    known, differs = known_of(form, day, file, placed=placed)
    found = assess_all(shipped(), known, values, day).measure(HARD_TO_EMPLOY, member=0)
    if found is None or found.measure is None:
        raise NoPolicyOfDay(day=day)
    return (
        RecognitionFindings(
            day=day,
            pack=found.pack.id,
            digest=found.pack.digest,
            title=found.pack.title,
            provisional=found.pack.status is Status.PROVISIONAL,
            outcome=found.outcome,
            conclusion=conclusion(found),
            reasons=tuple(_rows(found, found.reasons)),
            grounds=tuple(_grounds(found)),
            missing=tuple(dict.fromkeys(each.paper for each in found.missing)),
            papers=tuple(found.measure.papers),
            entitlement=found.measure.entitlement,
            facts=tuple(_facts(found)),
            differs=differs,
        ),
        found,
    )


def _rows(
    found: Assessment, reasons: tuple[Reason, ...], depth: int = 0
) -> Iterator[RecognitionReason]:
    """Yield every condition with its parts. A condition that something is not so is one line."""
    for reason in reasons:
        criterion = reason.criterion
        negated = isinstance(criterion, Group) and criterion.how is How.NOT
        told = reason.leaves()[0] if negated else reason
        leaf, clause = told.criterion, told.criterion.clause
        subject = leaf.subject if isinstance(leaf, Leaf) else None
        paper = subject.proof if isinstance(subject, Fact) else ""
        yield RecognitionReason(
            depth=depth,
            article=reason.article,
            says=says(reason),
            held=reason.held,
            fact=value_text(told),
            limit=limit_of(told),
            source="；".join(found.pack.sources[name] for name in clause.source),
            confidence=clause.confidence,
            settled_by=paper if reason.held is None else "",
        )
        if not negated:
            yield from _rows(found, reason.parts, depth + 1)


def _grounds(found: Assessment) -> Iterator[str]:
    """Yield those of the grounds that hold: one of several is enough."""
    for reason in found.reasons:
        group = reason.criterion
        if isinstance(group, Group) and group.how is How.ANY:
            yield from (_ground(part) for part in reason.parts if part.held)


def _ground(part: Reason) -> str:
    """Return a ground as it is called, without the value that stands beside it."""
    text = part.criterion.clause.says
    for value in VALUE:
        text = text.replace(value, "")
    return text if isinstance(part.criterion, Group) or "{" not in text else says(part)


def _facts(found: Assessment) -> Iterator[tuple[str, str]]:
    """Yield every fact that was asked for, once: its name and value in words."""
    told: dict[str, str] = {}
    for leaf in (each for reason in found.reasons for each in reason.leaves()):
        subject = leaf.criterion.subject if isinstance(leaf.criterion, Leaf) else None
        if isinstance(subject, Fact):
            unit = _(subject.unit) if subject.unit and leaf.value is not None else ""
            told[subject.title] = f"{value_text(leaf)} {unit}".strip()
    yield from told.items()
