"""Reads and writes documents; the verbs of other nouns use it too."""

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.core.clock import local_day
from app.core.errors import NotFound
from app.core.words.documents import DocumentState
from app.documents.records import ProofOnFile
from app.work import Work
from db.models.documents import Document


def adopt(work: Work, draft_id: str, household_id: int, case_id: int | None = None) -> int:
    """Give the documents of one's draft to a household; return how many.

    What the household has already stays with the draft.
    """
    here = select(Document.digest).where(
        Document.household_id == household_id, Document.state == DocumentState.KEPT
    )
    found = select(Document).where(of_draft(work, draft_id), Document.digest.not_in(here))
    documents = work.session.scalars(found).all()
    for document in documents:
        document.household_id = household_id
        document.case_id = case_id
    return len(documents)


def of_draft(work: Work, draft_id: str) -> ColumnElement[bool]:
    """Return what picks the documents of one's own draft: nobody else sees them."""
    return (
        (Document.draft_id == draft_id)
        & Document.household_id.is_(None)
        & (Document.added_by == work.actor.id)
    )


def own(work: Work, document: Document) -> Document:
    """Return ``document`` unless it stands in a draft of somebody else; raise `NotFound`."""
    if document.household_id is None and document.added_by != work.actor.id:
        raise NotFound(what=f"document {document.id}")
    return document


def proofs_on_file(
    session: Session, household_id: int, today: date
) -> dict[tuple[str, int | None], ProofOnFile]:
    """Return the proofs a household has handed in: by name and member (`None`: the household).

    Of several documents the newest that is still valid stands for the proof. Only reads; nothing
    of the files themselves.
    """
    found: dict[tuple[str, int | None], ProofOnFile] = {}
    for document in session.scalars(
        select(Document)
        .where(
            Document.household_id == household_id,
            Document.state == DocumentState.KEPT,
            Document.proof != "",
        )
        .order_by(Document.id)
    ):
        proof = _proof(document, today)
        before = found.get((proof.proof, proof.member_id))
        if before is None or _rank(before) <= _rank(proof):
            found[proof.proof, proof.member_id] = proof
    return found


def _proof(document: Document, today: date) -> ProofOnFile:
    return ProofOnFile(
        proof=document.proof,
        document_id=document.id,
        member_id=document.member_id,
        handed_in_on=local_day(document.added_at),
        taken_on=document.taken_on,
        valid_until=document.valid_until,
        expired=expired(document, today),
    )


def _rank(proof: ProofOnFile) -> tuple[bool, date]:
    return not proof.expired, proof.taken_on or proof.handed_in_on


def expired(document: Document, today: date) -> bool:
    """Tell whether a document was valid until a day that is past."""
    return document.valid_until is not None and document.valid_until < today
