"""What can be asked before and after acts on whole households."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func, or_, select

from app.core.i18n import N_, _
from app.core.words.households import ChangeKind
from app.households.comparing import SAME_NUMBER, alike, differences
from app.households.merging import obstacles, undo_obstacles
from app.households.merging_records import (
    ChangeQuery,
    ChangeView,
    Comparison,
    Follower,
    Pair,
    PairQuery,
)
from app.households.moving import pointers
from app.households.queries import household_view
from app.households.records import ById
from app.households.standing import called, standing
from app.households.store import people_of
from app.work import Permission, Work, query
from db.models.households import Household, Member
from db.models.merging import HouseholdChange
from db.models.staff import Staff

FOLLOWERS: Final = {
    "case": N_("Applications"),
    "award": N_("Awards"),
    "service_request": N_("Services and referrals"),
    "paper": N_("Papers"),
    "document": N_("Documents of the household"),
    "filing_step": N_("Steps of the file"),
    "loan": N_("Loans"),
    "job_seeker": N_("Job seekers"),
    "placement": N_("Placements"),
}
"""What goes along with a household, as it is counted on the screen."""


@query(needs=Permission.READ_HOUSEHOLDS)
def compare_households(work: Work, asked: PairQuery) -> Comparison:
    """Lay two households side by side and say what merging them would do."""
    keep, other = standing(work, asked.keep_id), standing(work, asked.other_id)
    mine, theirs = people_of(keep), people_of(other)
    found = alike(mine, theirs) if keep is not other else []
    doubles = {each.other.id for each in found}
    broken = next(obstacles(work, keep, other), None)
    return Comparison(
        keep=household_view.run(work, ById(id=keep.id)),
        other=household_view.run(work, ById(id=other.id)),
        pairs=tuple(
            Pair(
                kept_id=each.kept.id,
                other_id=each.other.id,
                name=each.kept.name,
                by=each.by,
                certain=each.by == SAME_NUMBER,
                differences=differences(each.kept, each.other),
            )
            for each in found
        ),
        joining=tuple(row.id for row in theirs if row.id not in doubles),
        keeps_relation=any((each.kept, each.other) == (mine[0], theirs[0]) for each in found),
        differences=differences(keep, other),
        follows=tuple(_followers(work, other)),
        obstacle=broken.tell() if broken else "",
    )


def _followers(work: Work, other: Household) -> Iterator[Follower]:
    for model, column in pointers("household"):
        label = FOLLOWERS.get(model.__tablename__)
        count = work.session.scalar(
            select(func.count()).select_from(model).where(getattr(model, column) == other.id)
        )
        if label and count:
            yield Follower(label=_(label), count=count)


@query(needs=Permission.READ_HOUSEHOLDS)
def household_changes(work: Work, asked: ChangeQuery) -> list[ChangeView]:
    """List what was done with a whole household, the newest first, and what can be undone."""
    household = standing(work, asked.household_id)
    found = work.session.execute(
        select(HouseholdChange, Staff.name)
        .join(Staff, Staff.id == HouseholdChange.made_by)
        .where(
            or_(
                HouseholdChange.household_id == household.id,
                HouseholdChange.other_id == household.id,
            ),
            HouseholdChange.kind != ChangeKind.UNDO,
        )
        .order_by(HouseholdChange.id.desc())
    )
    return [_view(work, household, change, by) for change, by in found]


def _view(work: Work, household: Household, change: HouseholdChange, by: str) -> ChangeView:
    undone = work.session.scalar(
        select(HouseholdChange.id).where(HouseholdChange.undoes_id == change.id)
    )
    broken = None if undone else next(undo_obstacles(work, change), None)
    return ChangeView(
        id=change.id,
        kind=change.kind,
        at=change.made_at,
        by=by,
        reason=change.reason,
        about=_about(work, household, change),
        undone=undone is not None,
        why_not=broken.tell() if broken else "",
    )


def _about(work: Work, household: Household, change: HouseholdChange) -> str:
    """Say of whom and of which other file an act was."""
    parts: list[str] = []
    if change.member_id is not None:
        parts.append(work.load(Member, change.member_id).name)
    away = change.other_id if change.household_id == household.id else change.household_id
    if away is not None and away != household.id:
        other = work.load(Household, away)
        parts.append(other.file_number or called(standing(work, away)))
    return "　".join(parts)
