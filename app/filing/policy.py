"""The steps of a hardship file as policy has them: ``resources/policies/filing/<day>.toml``.

A document is complete and stays in force until a later one begins. Every figure names its source
and how sure it is. A mistake in a document raises `ReferenceDamaged` with its place.
"""

import functools
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import msgspec

from app.core.assets import resource
from app.core.errors import NotFound
from app.core.i18n import N_
from app.core.words import Word
from app.core.words.filing import BEFORE_FILING, ExitOutcome, StepKind
from app.reference.dated import Confidence
from app.reference.documents import in_force, read_dated, unsourced


class PathStep(Word):
    """A step on the way into the files; the first and the last are those of the case."""

    ACCEPTANCE = "acceptance", N_("Acceptance")
    VISIT = "visit", N_("Home visit")
    CROSS_CHECK = "cross_check", N_("Cross-check")
    NOTICE = "notice", N_("Public notice")
    FILING = "filing", N_("Filing")

    @property
    def kind(self) -> StepKind | None:
        """Return the filing step it is; `None` for the two acts of the case itself."""
        return next((kind for kind in BEFORE_FILING if kind.value == self.value), None)


class NoticeUnit(Word):
    """In which days a notice is counted."""

    WORKING_DAYS = "working_days", N_("Working days")
    DAYS = "days", N_("Calendar days")


class Shown(Word):
    """What a notice may show beside the masked name; there is no word for anything more."""

    UNIT = "unit", N_("Work unit")
    HOUSEHOLD_SIZE = "household_size", N_("Household size")
    CATEGORY = "category", N_("Hardship category")
    ITEMS = "items", N_("Applied for")


Count = Annotated[int, msgspec.Meta(ge=0)]
Length = Annotated[int, msgspec.Meta(ge=1)]


class Sourced(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A figure of a document: where it comes from, and how sure it is."""

    source: tuple[str, ...]
    confidence: Confidence


class Step(Sourced, frozen=True, kw_only=True):
    """One step on the way into the files, and the working days it may take."""

    name: PathStep
    required: bool
    working_days: Count


class Visit(Sourced, frozen=True, kw_only=True):
    """How many investigators visit together."""

    investigators: Length


class Content(Sourced, frozen=True, kw_only=True):
    """What a notice shows beside the masked name, and where it is usually posted."""

    shows: tuple[Shown, ...]
    places: tuple[str, ...]


class Objection(Sourced, frozen=True, kw_only=True):
    """Whether an objection makes the notice begin anew."""

    restarts: bool


class Notice(Sourced, frozen=True, kw_only=True):
    """How long a notice is posted, counted from the day after it went up."""

    length: Length
    unit: NoticeUnit
    content: Content
    objection: Objection


class Check(Sourced, frozen=True, kw_only=True):
    """Who can be asked about a household, and who usually is."""

    partners: tuple[str, ...]
    usual: tuple[str, ...]


class Months(Sourced, frozen=True, kw_only=True):
    """An interval in months."""

    months: Length


class Sample(Sourced, frozen=True, kw_only=True):
    """The share of the files that is drawn for a check every year."""

    percent: Annotated[int, msgspec.Meta(ge=1, le=100)]


class Exit(Sourced, frozen=True, kw_only=True):
    """A reason to leave the files, and what has to be shown for it."""

    id: str
    outcome: ExitOutcome
    title: str
    test: str
    months: Count
    """How many months in a row the test has to hold; 0 where no time is asked."""


class FilingPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The steps of a file as in force from one day."""

    in_force: date
    title: str
    number: str
    departments: tuple[str, ...]
    status: str
    note: str
    sources: dict[str, str]
    steps: tuple[Step, ...] = msgspec.field(name="step")
    visit: Visit
    notice: Notice
    check: Check
    review: Months
    sample: Sample | None = None
    unchanged: Months
    exits: tuple[Exit, ...] = msgspec.field(name="exit")

    def step(self, kind: StepKind) -> Step | None:
        """Return the rule of a step on the way into the files."""
        return next((step for step in self.steps if step.name.kind is kind), None)

    def exit(self, id_: str) -> Exit | None:
        """Return a reason to leave the files by its id."""
        return next((reason for reason in self.exits if reason.id == id_), None)

    def figures(self) -> Iterator[Sourced]:
        """Yield everything that names a source."""
        yield from self.steps
        yield from (self.visit, self.notice, self.notice.content, self.notice.objection)
        yield from (self.check, self.review, self.unchanged)
        if self.sample:
            yield self.sample
        yield from self.exits


class NoFilingPolicy(NotFound):
    """The day lies before the first document."""

    says = N_("No document on filing steps is known for {what}.")


def filing_policy(day: date) -> FilingPolicy:
    """Return the document in force on ``day``. Raises `NoFilingPolicy`."""
    found = in_force(shipped_policies(), day)
    if found is None:
        raise NoFilingPolicy(what=day.isoformat())
    return found


@functools.cache
def shipped_policies() -> tuple[FilingPolicy, ...]:
    """Return the documents that came with the program, oldest first."""
    return read_dated(resource("policies", "filing"), FilingPolicy, what_is_wrong)


def what_is_wrong(policy: FilingPolicy) -> str:
    """Return what does not fit in a document, or nothing."""
    names = [step.name for step in policy.steps]
    ids = [reason.id for reason in policy.exits]
    minimum = [step for step in policy.steps if step.name.kind is None]
    if wrong := unsourced((each.source for each in policy.figures()), policy.sources):
        return wrong
    if len(set(names)) != len(names) or len(set(ids)) != len(ids):
        return "named twice"
    if [*names[:1], *names[-1:]] != [PathStep.ACCEPTANCE, PathStep.FILING]:
        return "the first step is acceptance, the last one filing"
    if not all(step.required for step in minimum):
        return "acceptance and filing are required"
    if not set(policy.check.usual) <= set(policy.check.partners):
        return "check.usual"
    return ""
