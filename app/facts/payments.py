"""What was given to households and is on its way to them: of one, or of many read at once."""

from collections.abc import Callable, Generator, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Result, and_, bindparam, event, func, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import Session, aliased

from app.center.store import values_in_use
from app.core.clock import midnight
from app.core.words.disbursements import AwardState
from app.core.words.funds import Account, FundSource
from app.core.words.households import ChangeKind
from app.reference.values import Values
from db.models.disbursements import Award, AwardVersion
from db.models.funds import Fund, Posting
from db.models.households import Household, Member
from db.models.merging import HouseholdChange

SETTLED: Final = (AwardState.PAID, AwardState.REFUSED, AwardState.WITHDRAWN)
"""States of an award of which nothing is on the way."""
GIVEN_UP: Final = (AwardState.WITHDRAWN, AwardState.REFUSED)
"""States of an award that counts with no other."""

T = TypeVar("T")


class Payment(NamedTuple):
    """What was given under one measure, to the household or to one member, from one source."""

    measure: str
    member_id: int | None
    amount: int
    source: FundSource


class Coming(NamedTuple):
    """An award that is proposed or approved and not paid."""

    measure: str
    member_id: int | None
    amount: int
    source: FundSource
    award_id: int


class Proposed(NamedTuple):
    """A version of an award that was not given up, and when it was proposed."""

    award_id: int
    measure: str
    amount: int
    at: datetime


def payments_of(session: Session, household_id: int, year: int) -> list[Payment]:
    """Return what counts as paid to a household in a calendar year by the day of payment, less
    what came back of it whenever that was, by measure, member and source (ADR 17)."""
    found = list(paid_to(session, household_id, year))
    for origin, until in origins(session, household_id):
        given_to_all = and_(Award.household_id == origin, Award.member_id.is_(None))
        found += _payments(session, given_to_all, _days(year, until))
    return found


def paid_to(session: Session, household_id: int, year: int) -> Sequence[Payment]:
    """Return what was paid to a household itself, not to one that it was split from."""
    known = _known(session)
    if known is not None and (found := known.paid.get((household_id, year))) is not None:
        return found
    return _payments(session, counted_with(household_id), _days(year))


def coming_to(session: Session, household_id: int) -> Sequence[Coming]:
    """Return the awards that are proposed or approved for a household and not paid."""
    known = _known(session)
    if known is not None and (found := known.coming.get(household_id)) is not None:
        return found
    return [Coming(*each) for each in session.execute(_COMING.where(counted_with(household_id)))]


def proposed_for(session: Session, household_id: int) -> Sequence[Proposed]:
    """Return the versions of the awards of a household that were not refused or withdrawn, the
    newest of each last."""
    known = _known(session)
    if known is not None and (found := known.proposed_for(session, household_id)) is not None:
        return found
    return [
        Proposed(*each) for each in session.execute(_VERSIONS.where(counted_with(household_id)))
    ]


def values_of(session: Session) -> Values:
    """Return the dated values in use."""
    known = _known(session)
    return known.values if known is not None else values_in_use(session)


def counted_with(household_id: int) -> ColumnElement[bool]:
    """Say which awards count with a household: one for a member where that member is now, one
    for the whole household with the file it was given on."""
    members = select(Member.id).where(Member.household_id == household_id)
    whole = and_(Award.household_id == household_id, Award.member_id.is_(None))
    return or_(whole, Award.member_id.in_(members))


# Many at once


@dataclass
class _Known:
    """What was read of many households before they are looked at one by one."""

    values: Values
    households: Sequence[int]
    paid: dict[tuple[int, int], list[Payment]] = field(
        default_factory=dict[tuple[int, int], list[Payment]]
    )
    coming: dict[int, list[Coming]] = field(default_factory=dict[int, list[Coming]])
    proposed: dict[int, list[Proposed]] | None = None
    """Read when the first is asked for: not every act looks at it."""
    kept: dict[Hashable, Any] = field(default_factory=dict[Hashable, Any])
    """What does not change while the households are looked at, by what it is."""

    def proposed_for(self, session: Session, household_id: int) -> Sequence[Proposed] | None:
        """Return the versions of a household; `None` when they have to be read anew."""
        if self.proposed is None:
            self.proposed = {home: [] for home in self.households}
            for part in _at_once(self.households):
                for home, *version in _of_many(session, _VERSIONS, part, {}):
                    self.proposed[home].append(Proposed(*version))
        return self.proposed.get(household_id)


KNOWN: Final = "payments of many"
AT_ONCE: Final = 500


@contextmanager
def read_at_once(session: Session, households: Sequence[int], year: int) -> Generator[None]:
    """Read what many households were given in a year, and what is on the way to them, before they
    are assessed one by one: two statements for some hundreds instead of several for each.

    Whoever proposes for one of them meanwhile says so with `forget`.
    """
    known = _Known(values_in_use(session), households)
    for part in _at_once(households):
        known.paid.update({(home, year): list[Payment]() for home in part})
        known.coming.update({home: list[Coming]() for home in part})
        for home, *paid in _of_many(session, _SUMS, part, _days(year)):
            if paid[2]:
                known.paid[home, year].append(Payment(*paid))
        for home, *coming in _of_many(session, _COMING, part, {}):
            known.coming[home].append(Coming(*coming))
    session.info[KNOWN] = known
    try:
        yield
    finally:
        del session.info[KNOWN]


def forget(session: Session, household_id: int) -> None:
    """Read anew what is on the way to a household: it is another award from now on."""
    if known := _known(session):
        known.coming.pop(household_id, None)
        if known.proposed is not None:
            known.proposed.pop(household_id, None)


def keep_loaded(session: Session) -> None:
    """Keep every row that is loaded or written from now on as long as the session: what was read
    for many at once need not be read again for each."""
    held: list[object] = []

    def hold(_session: object, row: object) -> None:
        held.append(row)

    for happened in ("loaded_as_persistent", "pending_to_persistent"):
        event.listen(session, happened, hold)


def once(session: Session, what: Hashable, read: Callable[[], T]) -> T | None:
    """Return what is read once while many households are looked at (`read_at_once`); `None`
    when just one is, so that the caller reads what it needs of that one."""
    known = _known(session)
    if known is None:
        return None
    if what not in known.kept:
        known.kept[what] = read()
    return known.kept[what]


def let_go(session: Session, what: Hashable) -> Any:
    """Return what `once` read, if anything, and read it anew from now on: it changes."""
    known = _known(session)
    return known.kept.pop(what, None) if known is not None else None


def _at_once(households: Sequence[int]) -> Iterator[Sequence[int]]:
    return (households[at : at + AT_ONCE] for at in range(0, len(households), AT_ONCE))


def _known(session: Session) -> _Known | None:
    return session.info.get(KNOWN)


def _of_many(
    session: Session, asked: Any, households: Sequence[int], days: dict[str, datetime]
) -> Iterator[tuple[Any, ...]]:
    """Yield rows of many households, each with the one it counts with (`counted_with`) first."""
    whole = (
        asked.add_columns(Award.household_id)
        .where(Award.household_id.in_(households), Award.member_id.is_(None))
        .group_by(Award.household_id)
    )
    of_members = (
        asked.add_columns(Member.household_id)
        .join(Member, Award.member_id == Member.id)
        .where(Member.household_id.in_(households))
        .group_by(Member.household_id)
    )
    for asked_of in (whole, of_members):
        rows: Result[*tuple[Any, ...]] = session.execute(asked_of, days)
        yield from ((row[-1], *row[:-1]) for row in rows)


# How it is read


_SIGNED = when(
    (Posting.to_account == Account.PAID, Posting.amount),
    (Posting.from_account == Account.PAID, -Posting.amount),
    else_=0,
)
_PAID = aliased(Posting)
"""Pays a version: each once at most."""
_SUMS = (
    select(Award.measure, Award.member_id, func.sum(_SIGNED), Fund.source)
    .join(AwardVersion, AwardVersion.award_id == Award.id)
    .join(_PAID, and_(_PAID.award_version_id == AwardVersion.id, _PAID.to_account == Account.PAID))
    .join(Posting, Posting.award_version_id == AwardVersion.id)
    .join(Fund, Posting.fund_id == Fund.id)
    .where(_PAID.posted_at >= bindparam("first"), _PAID.posted_at < bindparam("end"))
    .group_by(Award.measure, Award.member_id, Fund.source)
)
"""What was paid in a year less what came back of it: what comes back in the next year gives nobody
room in that one. Made once, since every assessment asks it."""

_NEWEST = (
    select(func.max(AwardVersion.id))
    .where(AwardVersion.award_id == Award.id)
    .correlate(Award)
    .scalar_subquery()
)
_COMING = (
    select(Award.measure, Award.member_id, AwardVersion.amount, Fund.source, Award.id)
    .join(AwardVersion, AwardVersion.id == _NEWEST)
    .join(Fund, AwardVersion.fund_id == Fund.id)
    .where(Award.state.not_in(SETTLED))
    .group_by(Award.id)
)

_VERSIONS = (
    select(Award.id, Award.measure, AwardVersion.amount, AwardVersion.proposed_at)
    .join(AwardVersion, AwardVersion.award_id == Award.id)
    .where(Award.state.not_in(GIVEN_UP))
    .group_by(AwardVersion.id)
    .order_by(AwardVersion.id)
)


def _days(year: int, until: datetime | None = None) -> dict[str, datetime]:
    """Return the instants between which a calendar year is paid, or until one within it."""
    end = midnight(date(year + 1, 1, 1))
    return {"first": midnight(date(year, 1, 1)), "end": min(end, until or end)}


def _payments(
    session: Session, counted: ColumnElement[bool], days: dict[str, datetime]
) -> list[Payment]:
    return [Payment(*each) for each in session.execute(_SUMS.where(counted), days) if each[2]]


def origins(session: Session, household_id: int) -> Iterator[tuple[int, datetime]]:
    """Yield the household that a split took this one from, with the instant, and so on back:
    what was given to all before was given to those who left as well.

    One whose file was merged into one of them since is that one, and not told again.
    """
    told = {household_id}
    household = session.get_one(Household, household_id)
    while household.split_from_id is not None:
        split = session.scalars(
            select(HouseholdChange.made_at).where(
                HouseholdChange.other_id == household.id, HouseholdChange.kind == ChangeKind.SPLIT
            )
        ).one()
        household = session.get_one(Household, household.split_from_id)
        while household.merged_into_id is not None:
            household = session.get_one(Household, household.merged_into_id)
        if household.id in told:
            return
        told.add(household.id)
        yield household.id, split
