"""What is asked about imports: a workbook read and checked, the imports there were."""

from collections.abc import Collection, Mapping

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.core.i18n import _
from app.core.record import Nothing
from app.exchange.archive_people import OnFile
from app.exchange.archive_reading import read_archive
from app.exchange.archive_records import Archive
from app.exchange.importing_columns import by_sheet, kept_columns
from app.exchange.importing_records import ImportRow, ReadForm
from app.exchange.register_store import parts_of
from app.work import Permission, Work, query
from db.models.households import Household, Member
from db.models.imports import ImportBatch
from db.models.staff import Staff


@query(needs=Permission.IMPORT_ARCHIVE)
def read_workbook(work: Work, asked: ReadForm) -> Archive:
    """Read and check an archive workbook against the center's files; nothing is written."""
    kept = by_sheet(asked.book, kept_columns(work))
    return read_archive(
        asked.book,
        today=work.today,
        on_file=OnFile(_People(work), _Numbers(work)),
        mends=msgspec.structs.replace(asked.mends, columns={**kept, **asked.mends.columns}),
        tick=asked.tick,
    )


class _People:
    """Looks up who stands in an open file."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, numbers: Collection[str]) -> Mapping[str, str]:
        """Return the people that are in an open file, each with its number."""
        found: dict[str, str] = {}
        for part in parts_of(numbers):
            rows = self._work.session.execute(
                select(Member.id_number, Household.file_number)
                .join(Household)
                .where(Member.active, Member.id_number.in_(part))
            )
            for id_number, number in rows:
                found[id_number] = number or _("no file number yet")
        return found


class _Numbers:
    """Looks up which file numbers are in use."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, numbers: Collection[str]) -> Collection[str]:
        """Return those of the numbers that are in use."""
        found: set[str] = set()
        for part in parts_of(numbers):
            used = select(Household.file_number).where(Household.file_number.in_(part))
            found.update(number for number in self._work.session.scalars(used) if number)
        return found


@query(needs=Permission.IMPORT_ARCHIVE)
def import_rows(work: Work, _nothing: Nothing) -> list[ImportRow]:
    """List the imports, the newest first."""
    undoer = aliased(Staff)
    rows = work.session.execute(
        select(ImportBatch, Staff.name, undoer.name)
        .join(Staff, Staff.id == ImportBatch.made_by)
        .outerjoin(undoer, undoer.id == ImportBatch.undone_by)
        .order_by(ImportBatch.id.desc())
    )
    return [
        ImportRow(
            id=batch.id,
            number=batch.number,
            kind=batch.kind,
            state=batch.state,
            file_name=batch.file_name,
            rows=batch.rows,
            households=batch.households,
            members=batch.members,
            merged=batch.merged,
            left_out=batch.left_out,
            made_by=made_by,
            made_at=batch.made_at,
            undone_by=undone_by or "",
            reason=batch.reason,
        )
        for batch, made_by, undone_by in rows
    ]
