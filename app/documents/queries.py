"""What can be asked about documents without reading them."""

from sqlalchemy import select

from app.core.words.documents import DocumentState
from app.documents.records import DocumentRow, DocumentsQuery, ProofOnFile, ProofsQuery
from app.documents.store import expired, of_draft, proofs_on_file
from app.work import Permission, Work, query
from db.models.documents import Document, DocumentContent
from db.models.households import Member
from db.models.staff import Staff


@query(needs=Permission.READ_DOCUMENTS)
def documents_of(work: Work, asked: DocumentsQuery) -> list[DocumentRow]:
    """List the documents of a household or of one's own draft, as they were added."""
    here = (
        of_draft(work, asked.draft_id)
        if asked.household_id is None
        else Document.household_id == asked.household_id
    )
    found = (
        select(Document, Staff.name, Member.name, DocumentContent.thumbnail)
        .join(Staff, Staff.id == Document.added_by)
        .join(DocumentContent, DocumentContent.digest == Document.digest)
        .outerjoin(Member, Member.id == Document.member_id)
        .where(here)
        .order_by(Document.id)
    )
    if not asked.withdrawn:
        found = found.where(Document.state == DocumentState.KEPT)
    return [_row(work, *each) for each in work.session.execute(found)]


def _row(
    work: Work, document: Document, added_by: str, person: str | None, thumbnail: bytes
) -> DocumentRow:
    return DocumentRow(
        id=document.id,
        version=document.version,
        member_id=document.member_id,
        case_id=document.case_id,
        person=person or "",
        kind=document.kind,
        proof=document.proof,
        name=document.name,
        media_type=document.media_type,
        size=document.size,
        pages=document.pages,
        taken_on=document.taken_on,
        valid_until=document.valid_until,
        expired=expired(document, work.today),
        state=document.state,
        reason=document.reason,
        added_by=added_by,
        added_at=document.added_at,
        thumbnail=thumbnail,
    )


@query(needs=Permission.READ_HOUSEHOLDS)
def proofs_handed_in(work: Work, asked: ProofsQuery) -> list[ProofOnFile]:
    """List the proofs a household has handed in, each with its newest valid document."""
    return list(proofs_on_file(work.session, asked.household_id, work.today).values())
