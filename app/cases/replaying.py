"""Proves a sealed assessment again: the same facts, the same documents, the same values."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, cast

import msgspec
from sqlalchemy import select

from app.core.errors import RuleBroken
from app.core.i18n import N_, _
from app.core.kinds import Day, Flag, Kind, Text
from app.core.plain import canonical, plain
from app.core.record import Record
from app.packs.rules import PackNotKept
from app.packs.store import pack_as_kept
from app.policy.as_json import to_json
from app.policy.catalog import Catalog, shipped
from app.policy.facts import FactType, Known
from app.policy.rulebook import assess_all
from app.policy.vocabulary import MEMBER
from app.reference.dated import DatedValue
from app.reference.values import Values
from app.work import Permission, Work, query
from db.models.cases import SealedAssessment

WORDS = {"says", "changes", "group", "paper", "title"}
"""What hangs on the language in use; a replay compares the rest."""


class ReplayRequest(Record):
    """Names a sealed assessment by its number."""

    number: Annotated[str, Text(label=N_("Assessment number"))]


class Replay(Record):
    """What came out of assessing again, and what differs."""

    number: Annotated[str, Text(label=N_("Assessment number"))]
    as_of: Annotated[date, Day(label=N_("Day of the assessment"))]
    same: Annotated[bool, Flag(label=N_("The same answer"))]
    differences: Annotated[tuple[str, ...], Kind(label=N_("Differences"))] = ()
    changed_packs: Annotated[tuple[str, ...], Kind(label=N_("Documents changed since"))] = ()
    """Documents of this program that are no longer those that were used then; the replay used
    the ones the store kept."""


class NoSuchAssessment(RuleBroken):
    """No assessment has this number."""

    says = N_("There is no sealed assessment with the number {number}.")


@query(needs=Permission.READ_CASES)
def replay(work: Work, asked: ReplayRequest) -> Replay:
    """Assess a sealed case again with what it rested on, and say what differs.

    Raises `NoSuchAssessment`; a document that is not kept is told as a difference.
    """
    number = asked.number.strip().upper()
    sealed = work.session.scalars(
        select(SealedAssessment).where(SealedAssessment.number == number)
    ).first()
    if sealed is None:
        raise NoSuchAssessment(number=number)
    changed = tuple(
        each["id"] for each in sealed.packs if not shipped().find(each["id"], each["digest"])
    )
    try:
        packs = [pack_as_kept(work, each["id"], each["digest"]) for each in sealed.packs]
    except PackNotKept as error:
        differences: tuple[str, ...] = (error.tell(),)
    else:
        values = Values(msgspec.convert(sealed.values_used, list[DatedValue]))
        findings = assess_all(Catalog(packs), known_again(sealed.facts), values, sealed.as_of)
        measures = [each["id"] for area in sealed.result["areas"] for each in area["measures"]]
        again = plain(to_json(findings, measures))
        differences = tuple(_differences(sealed.result, again))
    return Replay(
        number=sealed.number,
        as_of=sealed.as_of,
        same=not differences,
        differences=differences,
        changed_packs=changed,
    )


def known_again(sealed: dict[str, Any]) -> Known:
    """Return sealed facts as they were known: days are days again."""
    household = {name: value for name, value in sealed.items() if name != "members"}
    members: list[dict[str, Any]] = sealed.get("members", [])
    return Known(household, [_with_days(member) for member in members])


def _with_days(member: dict[str, Any]) -> dict[str, Any]:
    days = {name for name, fact in MEMBER.items() if fact.type is FactType.DAY}
    return {
        name: date.fromisoformat(value) if value and name in days else value
        for name, value in member.items()
    }


def _differences(then: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """Say where two results differ, by the place in the JSON."""
    before, after = dict(_flat(then)), dict(_flat(now))
    for place in dict.fromkeys((*before, *after)):
        if before.get(place) != after.get(place):
            yield _("{place}: sealed {then}, now {now}").format(
                place=place, then=before.get(place, "—"), now=after.get(place, "—")
            )


def _flat(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for key, inside in cast("dict[str, Any]", value).items():
                if key not in WORDS:
                    yield from _flat(inside, f"{place}.{key}" if place else key)
        case list():
            for at, inside in enumerate(cast("list[Any]", value)):
                yield from _flat(inside, f"{place}[{at}]")
        case _:
            yield place, canonical(value)
