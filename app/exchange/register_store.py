"""What registers of one row a case ask of the store before they come in."""

from collections.abc import Collection

from sqlalchemy import select

from app.core.words.imports import ImportKind, ImportState
from app.exchange.relief_importing import parts_of
from app.work import Work
from db.models.households import Household, Member
from db.models.imports import ImportBatch


def imported_as(work: Work, digest: str, kind: ImportKind) -> str:
    """Return the number of the import that brought this file in and stands, or nothing."""
    earlier = select(ImportBatch.number).where(
        ImportBatch.digest == digest,
        ImportBatch.kind == kind,
        ImportBatch.state == ImportState.IMPORTED,
    )
    return work.session.scalar(earlier) or ""


def homes_of(work: Work, people: Collection[str]) -> dict[str, tuple[int, int, str | None]]:
    """Return household, member and district of those who are on file, those in open files last."""
    found: dict[str, tuple[int, int, str | None]] = {}
    for part in parts_of(people):
        rows = work.session.execute(
            select(Member.id_number, Member.household_id, Member.id, Household.district)
            .join(Household)
            .where(Member.id_number.in_(part), Household.merged_into_id.is_(None))
            .order_by(Member.active, Member.id)
        )
        found.update((number, (home, member, district)) for number, home, member, district in rows)
    return found
