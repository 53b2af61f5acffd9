"""Which backups are kept: the newest of each day, week and month, as many as the plan says."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.backups.records import BackupPlan
from app.core.words.backups import Reason


@dataclass(frozen=True)
class Dated:
    """A backup as the rotation sees it."""

    place: Path
    made_at: datetime
    """In local time, as people count days."""
    reason: Reason
    good: bool


def superfluous(backups: Iterable[Dated], plan: BackupPlan) -> list[Dated]:
    """Return the backups that may go, oldest first.

    Every occasion is counted by itself, so that the copy made before an upgrade does not give way
    to those made on closing, and so are those that are not good: what is good goes only when
    something newer of its kind is good too.
    """
    kinds: dict[Hashable, list[Dated]] = {}
    for backup in sorted(backups, key=lambda each: each.made_at, reverse=True):
        kinds.setdefault((backup.reason, backup.good), []).append(backup)
    kept = {each.place for kind in kinds.values() for each in _kept(kind, plan)}
    every = sorted((each for kind in kinds.values() for each in kind), key=lambda e: e.made_at)
    return [each for each in every if each.place not in kept]


def _kept(newest_first: Sequence[Dated], plan: BackupPlan) -> Iterable[Dated]:
    for count, period in ((plan.days, _day), (plan.weeks, _week), (plan.months, _month)):
        seen: set[Hashable] = set()
        for backup in newest_first:
            key = period(backup.made_at.date())
            if key not in seen and len(seen) < count:
                seen.add(key)
                yield backup


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month
