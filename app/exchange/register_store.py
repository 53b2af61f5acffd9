"""What imports ask of the store before they come in, and the batch that they come in as."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

import msgspec
from sqlalchemy import func, select

from app.core.words.imports import ImportKind, ImportState
from app.exchange.archive_mending import Mends
from app.exchange.importing_columns import kept_columns, on_every_sheet
from app.exchange.importing_records import ReadForm, WorkbookForm
from app.work import Work
from db.models.households import Household, Member
from db.models.imports import ImportBatch
from db.models.placements import Placement
from db.models.relief import Relief

AT_ONCE: Final = 900
"""Values that one statement asks for."""


def parts_of(values: Collection[Any]) -> Iterator[list[Any]]:
    """Yield the values, as many at a time as one statement asks for."""
    all_ = list(values)
    for start in range(0, len(all_), AT_ONCE):
        yield all_[start : start + AT_ONCE]


def mends_of(work: Work, asked: ReadForm, kind: ImportKind) -> Mends:
    """Return the mends asked for, with what the columns of such registers were said to be."""
    kept = on_every_sheet(asked.book, kept_columns(work)[kind])
    return msgspec.structs.replace(asked.mends, columns={**kept, **asked.mends.columns})


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


def new_batch(
    work: Work,
    kind: ImportKind,
    form: WorkbookForm,
    *,
    rows: int,
    left_out: int,
    households: int = 0,
    members: int = 0,
    merged: int = 0,
    numbers: Mapping[str, Mapping[str, int]] | None = None,
    completed: Any = (),
) -> ImportBatch:
    """Write the batch that a workbook comes in as, and make it what the trail tells of."""
    batch = work.add(
        ImportBatch(
            number=f"D{work.today.year}-{work.next_number('import'):04d}",
            kind=kind,
            file_name=form.file_name,
            digest=form.digest,
            rows=rows,
            households=households,
            members=members,
            merged=merged,
            left_out=left_out,
            numbers=dict(numbers or {}),
            completed=list(completed),
            state=ImportState.IMPORTED,
            made_by=work.actor.id,
            made_at=work.now,
            reason="",
        )
    )
    work.subject = f"import_batch/{batch.id}"
    return batch


def change_rows(
    work: Work, model: type[Relief | Placement], batch: ImportBatch, values: Mapping[str, Any]
) -> None:
    """Change all rows that came in as a batch, which were written one after the other."""
    mine = select(func.min(model.id), func.max(model.id)).where(model.import_batch_id == batch.id)
    first, last = work.session.execute(mine).one()
    work.change_many(model, first, last, values)
