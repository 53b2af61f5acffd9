"""What can be asked about recognitions as difficult to employ. Private values are masked."""

from collections.abc import Iterator

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from app.core.kinds import ResidentId
from app.core.masking import mask
from app.core.resident_id import normalise_id
from app.placements.recognition_records import (
    RecognitionById,
    RecognitionQuery,
    RecognitionRow,
    RecognitionView,
    from_plain,
)
from app.policy.pack import Outcome
from app.work import Permission, Work, query
from db.models.seekers import JobSeeker, Recognition
from db.models.staff import Staff

ID = ResidentId(label="")


@query(needs=Permission.READ_JOBS)
def recognition_rows(work: Work, asked: RecognitionQuery) -> list[RecognitionRow]:
    """List recognitions, the newest first, a page at a time."""
    found = select(Recognition)
    if asked.states:
        found = found.where(Recognition.state.in_(asked.states))
    if asked.job_seeker_id is not None:
        found = found.where(Recognition.job_seeker_id == asked.job_seeker_id)
    if text := asked.text.strip():
        begins = (JobSeeker.name, JobSeeker.number, Recognition.number)
        found = found.where(
            or_(
                *(column.startswith(text, autoescape=True) for column in begins),
                JobSeeker.id_number == normalise_id(text),
            )
        )
    return list(rows_from(work, found.offset(asked.offset).limit(asked.limit)))


@query(needs=Permission.READ_JOBS)
def recognition_view(work: Work, asked: RecognitionById) -> RecognitionView:
    """Return one recognition with every condition as it was sealed."""
    recognition = work.load(Recognition, asked.id)
    (row,) = rows_from(work, select(Recognition).where(Recognition.id == recognition.id))
    return RecognitionView(row=row, findings=from_plain(recognition.findings))


def rows_from(work: Work, narrowed: Select[Recognition]) -> Iterator[RecognitionRow]:
    """Yield the lines of a list of recognitions, the newest first."""
    decider = aliased(Staff)
    found = (
        narrowed.add_columns(JobSeeker, Staff.name, decider.name)
        .join(JobSeeker, Recognition.job_seeker_id == JobSeeker.id)
        .join(Staff, Recognition.applied_by == Staff.id)
        .outerjoin(decider, Recognition.decided_by == decider.id)
        .order_by(Recognition.id.desc())
    )
    for recognition, seeker, applied_by, decided_by in work.session.execute(found):
        yield RecognitionRow(
            id=recognition.id,
            version=recognition.version,
            number=recognition.number,
            state=recognition.state,
            job_seeker_id=seeker.id,
            seeker_number=seeker.number,
            name=seeker.name,
            id_number=mask(ID, seeker.id_number),
            grounds=recognition.grounds,
            unknown=recognition.findings["outcome"] == Outcome.UNKNOWN,
            applied_on=recognition.applied_on,
            applied_by=applied_by,
            decided_on=recognition.decided_on,
            decided_by=decided_by or "",
            opinion=recognition.opinion,
            ended_on=recognition.ended_on,
            ended_reason=recognition.ended_reason,
            note=recognition.note,
            mine=recognition.applied_by == work.actor.id,
        )
