"""The tiers of approval as data: ``resources/flows/approval/<day>.toml``.

A document is complete and stays in force until a later one begins; an award goes by the one that
was in force when it was first proposed. Every figure names its source and how sure it is. A
mistake in a document raises `ReferenceDamaged` with its place.
"""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

import msgspec

from app.core.assets import resource
from app.core.errors import NotFound
from app.core.i18n import N_
from app.core.money import Fen
from app.core.words.disbursements import ApprovalStep
from app.core.words.funds import FundSource
from app.filing.policy import Sourced
from app.policy.pack import Area
from app.reference.codes import known_words
from app.reference.documents import in_force, read_dated, unsourced

RANKS: Final = tuple(ApprovalStep)
"""Who decides, from the lowest to the highest."""
INTERNAL: Final = (ApprovalStep.SUPERVISOR, ApprovalStep.COLLECTIVE)
"""What is decided in the center, by another person each; above it others decided."""

Count = Annotated[int, msgspec.Meta(ge=1)]
Days = Annotated[int, msgspec.Meta(ge=0)]
Steps = tuple[ApprovalStep, ...]


class Normal(Sourced, frozen=True, kw_only=True):
    """Who decides when no rule applies."""

    steps: Steps


class Together(Sourced, frozen=True, kw_only=True):
    """Which awards count as one: of one household in one area, proposed so many days apart."""

    days: Days
    many: Count
    """From so many on the person who decides is told."""


class Meeting(Sourced, frozen=True, kw_only=True):
    """How many have to attend a collective decision."""

    attended: Count


class Deadline(Sourced, frozen=True, kw_only=True):
    """Working days: to decide within, to be reminded before, to tell everybody after."""

    decide_within: Count
    remind_before: Days
    escalate_after: Days


@dataclass(frozen=True)
class Matter:
    """What the rules look at."""

    fen: Fen
    """The sum of the awards that count as one."""
    measure: str
    area: Area | None
    fund: FundSource
    level: str | None
    """The level of the archive, as its list of codes has it."""


class Rule(Sourced, frozen=True, kw_only=True):
    """Awards it applies to need these steps; a condition that is empty is none."""

    title: str
    steps: Steps
    above_fen: Days = 0
    """Of the sum; exactly so much is not above."""
    areas: tuple[Area, ...] = ()
    measures: tuple[str, ...] = ()
    funds: tuple[FundSource, ...] = ()
    levels: tuple[str, ...] = ()

    def applies(self, matter: Matter) -> bool:
        """Tell whether all its conditions hold."""
        return (
            matter.fen > self.above_fen
            and (not self.areas or matter.area in self.areas)
            and (not self.measures or matter.measure in self.measures)
            and (not self.funds or matter.fund in self.funds)
            and (not self.levels or matter.level in self.levels)
        )


class Tiers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The tiers of approval as in force from one day."""

    in_force: date
    title: str
    number: str
    departments: tuple[str, ...]
    status: str
    note: str
    sources: dict[str, str]
    normal: Normal
    together: Together
    collective: Meeting
    deadline: Deadline
    rules: tuple[Rule, ...] = msgspec.field(name="rule", default=())

    def figures(self) -> Iterator[Sourced]:
        """Yield everything that names a source."""
        yield from (self.normal, self.together, self.collective, self.deadline)
        yield from self.rules

    def steps_for(self, matter: Matter) -> Steps:
        """Return who has to decide, in order: everybody whom a rule that applies asks for."""
        return self.joined(rule.steps for rule in self._asking(matter))

    def joined(self, ways: Iterable[Steps]) -> Steps:
        """Return one way with every step of several; the normal one adds none to another."""
        asked = {step for steps in ways if steps != self.normal.steps for step in steps}
        return tuple(step for step in RANKS if step in asked) or self.normal.steps

    def why(self, matter: Matter) -> tuple[str, ...]:
        """Return the rules that ask for the way it is, in words; none for the normal one, nor one
        of which another asks for all and more."""
        asking = self._asking(matter)
        return tuple(
            rule.title
            for rule in asking
            if not any(set(rule.steps) < set(other.steps) for other in asking)
        )

    def _asking(self, matter: Matter) -> list[Rule]:
        """Return the rules that apply and ask for another way than the normal one."""
        return [
            rule for rule in self.rules if rule.applies(matter) and rule.steps != self.normal.steps
        ]


class NoTiers(NotFound):
    """The day lies before the first document."""

    says = N_("No document on the tiers of approval is known for {what}.")


def tiers_on(day: date) -> Tiers:
    """Return the document in force on ``day``. Raises `NoTiers`."""
    found = in_force(shipped_tiers(), day)
    if found is None:
        raise NoTiers(what=day.isoformat())
    return found


def tiers_named(day: str) -> Tiers:
    """Return the document that begins on a day, as awards keep it. Raises `NoTiers`."""
    found = next((each for each in shipped_tiers() if each.in_force.isoformat() == day), None)
    if found is None:
        raise NoTiers(what=day)
    return found


@functools.cache
def shipped_tiers() -> tuple[Tiers, ...]:
    """Return the documents that came with the program, oldest first."""
    return read_dated(resource("flows", "approval"), Tiers, what_is_wrong)


def what_is_wrong(tiers: Tiers) -> str:
    """Return what does not fit in a document, or nothing."""
    ways = (tiers.normal.steps, *(rule.steps for rule in tiers.rules))
    levels = {level for rule in tiers.rules for level in rule.levels}
    if wrong := unsourced((each.source for each in tiers.figures()), tiers.sources):
        return wrong
    for steps in ways:
        if not steps or sorted(set(steps), key=RANKS.index) != list(steps):
            return f"steps {list(steps)}"
    if levels - set(known_words("archive_level")):
        return f"levels {sorted(levels)}"
    if tiers.deadline.remind_before >= tiers.deadline.decide_within:
        return "remind_before"
    return ""
