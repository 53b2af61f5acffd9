"""Which way an award goes: who decided, who decides next, and until when."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from app.cases.measures import area_of
from app.core.clock import local_day
from app.core.money import Fen
from app.core.words.disbursements import ApprovalStep, AwardState, Decision
from app.disbursements.tiers import (
    INTERNAL,
    RANKS,
    Matter,
    Steps,
    Tiers,
    tiers_named,
    tiers_on,
)
from app.facts.payments import proposed_for
from app.reference.workdays import add_workdays, workdays_left
from app.work import Work
from db.models.disbursements import Approval, Award, AwardVersion
from db.models.funds import Fund
from db.models.households import Household

WAITING: Final = (AwardState.PROPOSED, AwardState.COLLECTIVE, AwardState.UPWARD)
"""States of an award that somebody has to decide on."""


@dataclass(frozen=True)
class Sum:
    """The awards that count as one: how many, how much, within how many days of each other."""

    count: int
    fen: Fen
    days: int
    many: bool


@dataclass(frozen=True)
class Way:
    """Who has to decide on one version, as it stands now."""

    steps: Steps
    approved: frozenset[ApprovalStep]
    why: tuple[str, ...] = ()
    """The rules that ask for it; none where one supervisor decides."""
    sum: Sum | None = None
    lifted: bool = False
    """The sum of several awards asks for more than this one alone would."""

    @property
    def left(self) -> Steps:
        """Return the steps still to be taken, in order."""
        return tuple(step for step in self.steps if step not in self.approved)

    @property
    def next(self) -> ApprovalStep | None:
        """Return the step to be taken now; `None` when all are."""
        return self.left[0] if self.left else None


@dataclass(frozen=True)
class Due:
    """Until when the center has to decide, and how far that is."""

    day: date
    left: int
    """Working days; negative when over."""
    provisional: bool
    """The work calendar of that year is not announced yet."""
    remind: bool
    """Today, or so soon that it is said."""
    escalated: bool
    """Over for so long that the workbench tells it."""


def beginning(work: Work, award: Award, amount: Fen, fund_id: int) -> tuple[str, Steps]:
    """Return the document that an award goes by, and the steps it needs as it stands.

    The document is the one in force when it was first proposed, also for a version after that.
    """
    versions = _versions(work, award)
    first = versions[0] if versions else None
    if first is not None and not first.flow:
        return "", (ApprovalStep.SUPERVISOR,)  # begun before there were tiers
    tiers = tiers_named(first.flow) if first is not None else tiers_on(work.today)
    together = _sum(work, award, amount, tiers, {*_days(versions), work.today})
    matter = _matter(work, award, together.fen, fund_id)
    return tiers.in_force.isoformat(), tiers.steps_for(matter)


def way_of(work: Work, award: Award, version: AwardVersion) -> Way:
    """Return the way of an award as it is today: as at its proposal, or a longer one that the
    sum asks for by now, or that a supervisor sent it."""
    found = work.session.execute(
        select(Approval.step, Approval.decision).where(Approval.award_version_id == version.id)
    ).all()
    approved = frozenset(step for step, decision in found if decision is Decision.APPROVED)
    deferred = any(decision is Decision.DEFERRED for _step, decision in found)
    steps = tuple(map(ApprovalStep, version.steps))
    tiers = tiers_of(version)
    if tiers is None:
        return Way(_left_to_all(steps) if deferred else steps, approved)
    together = _sum(work, award, version.amount, tiers, _days(_versions(work, award)))
    matter = _matter(work, award, together.fen, version.fund_id)
    alone = _matter(work, award, version.amount, version.fund_id)
    asked = tiers.steps_for(matter)
    steps = tiers.joined((steps, asked))
    steps = _left_to_all(steps) if deferred else steps
    return Way(
        steps=_begun(steps, approved) if award.state in WAITING else steps,
        approved=approved,
        why=tiers.why(matter),
        sum=together,
        lifted=asked != tiers.steps_for(alone),
    )


def _left_to_all(steps: Steps) -> Steps:
    """Return a way on which the supervisor left the decision to all together."""
    above = (step for step in steps if step not in INTERNAL)
    return (ApprovalStep.COLLECTIVE, *above)


def _begun(steps: Steps, approved: Collection[ApprovalStep]) -> Steps:
    """Return a way that goes on where it stands: who was asked has to answer, also when the sum
    that asked for it fell since."""
    if not approved:
        return steps
    taken = sorted(approved, key=RANKS.index)
    highest = RANKS.index(taken[-1])
    above = tuple(step for step in steps if RANKS.index(step) > highest)
    return (*taken, *(above or RANKS[highest + 1 : highest + 2]))


def tiers_of(version: AwardVersion) -> Tiers | None:
    """Return the document an award goes by; `None` for one begun before there were any."""
    return tiers_named(version.flow) if version.flow else None


def least_attended(work: Work, version: AwardVersion) -> int:
    """Return how many have to attend a collective decision on an award."""
    return (tiers_of(version) or tiers_on(work.today)).collective.attended


def waits_for(
    state: AwardState, version: AwardVersion, approved: Collection[str]
) -> ApprovalStep | None:
    """Return the step an award waits at, for lists: as at its proposal, and as decided since.

    What the sum of several awards asks for by now is told by `way_of`.
    """
    if state not in WAITING:
        return None
    if state is AwardState.COLLECTIVE:
        return ApprovalStep.COLLECTIVE
    taken = frozenset(ApprovalStep(step) for step in approved if step)
    steps = _begun(tuple(map(ApprovalStep, version.steps)), taken)
    return next((step for step in steps if step not in taken), None)


def due_of(work: Work, version: AwardVersion, step: ApprovalStep | None) -> Due | None:
    """Return until when the center has to decide; `None` once others do."""
    tiers = tiers_of(version)
    if tiers is None or step not in INTERNAL:
        return None
    deadline = tiers.deadline
    reached = add_workdays(local_day(version.proposed_at), deadline.decide_within)
    left = workdays_left(work.today, reached.day)
    return Due(
        day=reached.day,
        left=left,
        provisional=reached.provisional,
        remind=left <= deadline.remind_before,
        escalated=-left >= deadline.escalate_after,
    )


def first_proposed_on(work: Work, award: Award) -> date:
    """Return the day on which an award was first proposed: today for a new one."""
    versions = _versions(work, award)
    return local_day(versions[0].proposed_at) if versions else work.today


def _versions(work: Work, award: Award) -> Sequence[AwardVersion]:
    """Return the versions of an award, the first one first; none while it is being proposed."""
    if not award.id:
        return ()
    return work.session.scalars(
        select(AwardVersion)
        .where(AwardVersion.award_id == award.id)
        .order_by(AwardVersion.sequence)
    ).all()


def _days(versions: Iterable[AwardVersion]) -> set[date]:
    return {local_day(version.proposed_at) for version in versions}


def _matter(work: Work, award: Award, fen: Fen, fund_id: int) -> Matter:
    return Matter(
        fen=fen,
        measure=award.measure,
        area=area_of(award.measure, work.today),
        fund=work.load(Fund, fund_id).source,
        level=work.load(Household, award.household_id).archive_level,
    )


def _sum(work: Work, award: Award, amount: Fen, tiers: Tiers, days: Collection[date]) -> Sum:
    """Add up the awards of the household in the area that were proposed about one of ``days``.

    Each counts on every day on which it was proposed, anew too: or one of them could be begun with
    little and grow when the window is over.
    """
    area, window = area_of(award.measure, work.today), tiers.together
    amounts: dict[int, int] = {}
    near: set[int] = set()
    for key, measure, fen, at in proposed_for(work.session, award.household_id):
        if key == award.id:
            continue
        if measure != award.measure and (area is None or area_of(measure, work.today) is not area):
            continue
        amounts[key] = fen  # that of the newest version, which comes last
        if any(abs((local_day(at) - day).days) <= window.days for day in days):
            near.add(key)
    fen = Fen(amount + sum(amounts[key] for key in near))
    count = len(near) + 1
    return Sum(count, fen, window.days, many=count >= window.many)
