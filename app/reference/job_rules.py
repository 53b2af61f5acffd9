"""The rules of the job service as data: ``resources/reference/job_rules/<day>.toml``.

A document is complete and stays in force until a later one begins. Every value names where it
comes from and how sure it is. A mistake in a document raises `ReferenceDamaged` with its place.
"""

import functools
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

import msgspec

from app.reference.dated import Confidence
from app.reference.documents import folder, in_force, read_dated, unsourced

Above = Annotated[int, msgspec.Meta(ge=1)]


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every value says of itself."""

    source: tuple[str, ...]
    confidence: Confidence


class Days(Value, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """So many days, or working days where the name of the value says so."""

    days: Above


class Months(Value, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """So many months."""

    months: Above


class Overdue(Value, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whether a referral whose slip is overdue counts as hired."""

    presumed: bool


class FollowUps(Value, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """After how many months at work somebody is asked again."""

    months: tuple[Above, ...]


class PublicWelfare(Value, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long one person may hold public-welfare posts."""

    months: Above
    near_retirement_years: Above
    """Who has at most so many years to the pension may stay until then."""


class Times(Value, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """So many times."""

    times: Above


class JobRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rules of the job service as in force from one day."""

    in_force: date
    title: str
    number: str
    """Of the rule itself; empty when it is not known."""
    place: str
    """Whose rule it is."""
    status: Literal["provisional", "confirmed"]
    note: str
    sources: dict[str, str]
    registration_valid: Months
    """How long a registration as job seeker holds."""
    vacancy_valid: Months
    """How long a vacancy is listed at most, as the center proposes it."""
    vacancy_fresh: Days
    """Working days after which the employer has to say again that a vacancy stands."""
    slip_due: Days
    """Days within which the slip of a referral has to be back."""
    slip_overdue: Overdue
    no_shows: Times
    """How often somebody may stay away before the officer is warned."""
    follow_ups: FollowUps
    public_welfare: PublicWelfare
    voucher_valid: Months
    placed_after_training: Months
    """How long after a course a placement still counts as placement after training."""

    @property
    def id(self) -> str:
        """Return what a referral keeps of the document: the day it begins."""
        return self.in_force.isoformat()

    def names(self, value: Value) -> str:
        """Return where a value comes from, in words."""
        return "；".join(self.sources[each] for each in value.source)

    def values(self) -> Iterator[tuple[str, Value]]:
        """Yield every value with its name."""
        for field in msgspec.structs.fields(type(self)):
            value: object = getattr(self, field.name)
            if isinstance(value, Value):
                yield field.encode_name, value


def rules_on(day: date) -> JobRules:
    """Return the document in force on ``day``, or the first one before it begins: the work of a
    job service before the first document followed the same habits, as far as is known."""
    return in_force(shipped_rules(), day) or shipped_rules()[0]


def rules_called(id_: str) -> JobRules | None:
    """Return the document that a referral names by its `JobRules.id`."""
    return next((each for each in shipped_rules() if each.id == id_), None)


@functools.cache
def shipped_rules() -> tuple[JobRules, ...]:
    """Return the documents that came with the program, oldest first."""
    return read_dated(folder("job_rules"), JobRules, what_is_wrong)


def what_is_wrong(rules: JobRules) -> str:
    """Return what does not fit in a document, with its place, or nothing."""
    for name, value in rules.values():
        if wrong := unsourced([value.source], rules.sources):
            return f"{name}: {wrong}"
    months = rules.follow_ups.months
    return "follow_ups.months" if not months or list(months) != sorted({*months}) else ""
