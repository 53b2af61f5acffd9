"""Puts an assessment into words, through the sentences of the pack itself.

Screens, sheets and papers use these, so that all say the same.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.core.plain import number_text
from app.policy.awarding import PLACES
from app.policy.facts import FOUND, Can, FactType, FactValue
from app.policy.findings import NO_CATEGORY, Assessment, Reason, Turn
from app.policy.pack import Group, How, Leaf, Line, Outcome, Period, Share
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
        amount=_yuan(amount) if amount is not None else "",
    )


def why_not(assessment: Assessment) -> str:
    """Return why the answer is not yes: what is missing, or the answer itself."""
    return " ".join(item.tell() for item in assessment.missing) or conclusion(assessment)


_MARKS: Final = {True: N_("Met"), False: N_("Not met"), None: N_("Cannot tell yet")}


def mark(reason: Reason) -> str:
    """Return the word for how a reason came out."""
    return _(_MARKS[reason.held])


_TOLD: Final = re.compile(r"（[^（）]*\{value\}[^（）]*）$")
"""The bracket at the end of a criterion that tells the household's value."""


def says(reason: Reason) -> str:
    """Return what the criterion asks, with the household's value and the limit in it.

    Of what a signed declaration settles there is no value: who declared it stands there instead.
    """
    criterion = reason.criterion
    text = criterion.clause.says
    if isinstance(criterion, Group):
        return text
    if reason.declared and _TOLD.search(text):
        text = _("{text} (the household has declared so in writing)").format(
            text=_TOLD.sub("", text)
        )
    limit, line = criterion.limit, reason.line
    return text.format(
        value=value_text(reason),
        limit=limit_text(reason),
        line=_yuan(line.amount_fen) if line else _("no line known"),
        times=number_text(limit.times) if isinstance(limit, Line | Share) else "",
    )


def value_text(reason: Reason) -> str:
    """Return the household's value, or the word for its not being given."""
    leaf = reason.criterion
    if not isinstance(leaf, Leaf):
        return ""
    if reason.value is None:
        if reason.declared:
            return _("declared not to be so")
        return _("Cannot tell yet") if leaf.subject in FOUND else _("not given")
    return _show(leaf.subject.type, reason.value)


def limit_text(reason: Reason) -> str:
    """Return the limit, or the word for none being known."""
    leaf = reason.criterion
    if not isinstance(leaf, Leaf) or leaf.limit is None:
        return ""
    if reason.limit is None:
        return _("not given") if isinstance(leaf.limit, Share) else _("no line known")
    values = reason.limit if isinstance(reason.limit, tuple) else (reason.limit,)
    return _(", ").join(_show(leaf.subject.type, value) for value in values)


def reason_lines(assessment: Assessment) -> tuple[str, ...]:
    """Return one line a reason; of a group, also the parts that made it come out so."""
    return tuple(line for reason in assessment.reasons for line in _reason_lines(reason))


def _reason_lines(reason: Reason, indent: str = "") -> Iterator[str]:
    article = _("({article})").format(article=reason.article) if reason.article else ""
    yield _("{indent}{mark}: {says}{article}").format(
        indent=indent, mark=mark(reason), says=says(reason), article=article
    )
    for part in telling_parts(reason):
        yield from _reason_lines(part, indent + "　")


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
    working = assessment.working
    if working is None:
        return ""
    places: dict[str, object] = {
        **dict.fromkeys(PLACES, ""),
        **working.numbers,
        **{place: _yuan(amount) for place, amount in working.amounts.items()},
        **working.shares,
        "amount": _yuan(working.amount_fen),
        "cap": _yuan(working.cap_fen),
        "used": _yuan(working.used_fen),
    }
    text = working.grant.clause.says.format(**places)
    if working.together_left_fen is None:
        return text
    left = _("all members together may still get {amount}")
    return _("; ").join((text, left.format(amount=_yuan(working.together_left_fen))))


def changes(assessment: Assessment) -> tuple[str, ...]:
    """Return what would turn a no: the changes of one fact that suffice, or the next year."""
    if assessment.outcome is not Outcome.NO:
        return ()
    found = [turn_text(turn) for turn in assessment.turns]
    measure = assessment.measure
    by_year = measure is not None and measure.period is Period.CALENDAR_YEAR
    if by_year and assessment.book.next_year(assessment):
        day = date(assessment.day.year + 1, 1, 1)
        found.append(_("It can be applied for again from {day}.").format(day=day))
    return tuple(found)


_TURNS: Final = {
    Can.LESS: N_("It would be enough to prove that this is at most {needed}: {fact} (now {now})"),
    Can.MORE: N_("It would be enough to prove that this is at least {needed}: {fact} (now {now})"),
    Can.TRUE: N_("It would be enough if this were so: {fact}"),
    Can.FALSE: N_("It would be enough if this were no longer so: {fact}"),
}


def turn_text(turn: Turn) -> str:
    """Return the sentence for one change that would be enough."""
    fact = turn.fact
    assert fact.can  # noqa: S101 - only what can change is offered
    text = _(_TURNS[fact.can]).format(
        fact=fact.title, now=_show(fact.type, turn.now), needed=_show(fact.type, turn.needed)
    )
    if turn.amount_fen:
        text = _("{text}; then up to {amount}").format(text=text, amount=_yuan(turn.amount_fen))
    if fact.proof:
        text = _("{text}. It is seen from: {paper}").format(text=text, paper=fact.proof)
    return text


def against(assessment: Assessment) -> tuple[Reason, ...]:
    """Return the single criteria that stand in the way of a no, in order."""
    if assessment.outcome is not Outcome.NO:
        return ()
    failed = [reason for reason in assessment.reasons if reason.held is False]
    return tuple(leaf for reason in failed for leaf in reason.leaves() if leaf.held is False)


def version_text(assessment: Assessment) -> str:
    """Return which version of the policy applies and why."""
    pack, until = assessment.pack, assessment.book.until(assessment.pack)
    text = _("{title}, in force from {day}").format(
        title=f"{pack.title}{pack.number}", day=pack.in_force
    )
    if until:
        text = _("{text} until before {day}").format(text=text, day=until)
    return _("{text}; assessed as of {day}").format(text=text, day=assessment.day)


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


def _yuan(fen: int) -> str:
    return _("{amount} yuan").format(amount=yuan_text(fen))


def _show(type_: FactType, value: FactValue) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if type_ is FactType.YUAN and isinstance(value, int):
        return _yuan(value)
    return _("in no category of hardship") if value == NO_CATEGORY else str(value)
