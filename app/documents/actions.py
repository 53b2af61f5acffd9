"""The verbs that change documents, and the one that opens one: add, put right, withdraw, read."""

from sqlalchemy import select

from app.core.errors import Invalid, NotFound, Problem
from app.core.i18n import N_
from app.core.words.documents import DocumentState, DocumentStep
from app.core.words.households import FileState
from app.documents.files import check_examined
from app.documents.records import (
    AddForm,
    DocumentById,
    DocumentWithdrawal,
    GiveForm,
    OpenedDocument,
    TagForm,
)
from app.documents.rules import FLOW, AlreadyKept, FileGivenUp, NotOfThisHousehold
from app.documents.store import adopt, of_draft, own
from app.reference.attachments import ATTACHMENT, proof_of
from app.reference.codes import known_words
from app.reference.proofs import proofs
from app.work import Permission, Topic, Work, action
from db.models.cases import Case
from db.models.documents import Document, DocumentContent
from db.models.households import Household, Member


@action(needs=Permission.KEEP_DOCUMENTS, changes={Topic.DOCUMENTS})
def add_document(work: Work, form: AddForm) -> int:
    """Add a document to a household, or to a draft of one's own; return its id.

    The file is taken as `app.documents.files.examine` made it; the same file is stored once.
    Raises `FileRefused` for any other, `AlreadyKept`, `NotOfThisHousehold`, `FileGivenUp`.
    """
    file = form.file
    check_examined(file)
    if form.household_id is None and not form.draft_id:
        raise NotFound(what="household")
    if form.household_id is not None:
        _counting(work, form.household_id)
    _check_words(form.kind, form.proof or "")
    _check_place(work, form.household_id, form.member_id, form.case_id)
    _refuse_twice(work, form)
    if work.session.get(DocumentContent, file.digest) is None:
        content = DocumentContent(
            digest=file.digest, thumbnail=file.thumbnail, content=file.content
        )
        work.session.add(content)
        work.session.flush()  # the document names it
    document = work.add(
        Document(
            household_id=form.household_id,
            draft_id="" if form.household_id is not None else form.draft_id,
            case_id=form.case_id,
            member_id=form.member_id,
            kind=form.kind,
            proof=proof_of(form.kind) if form.proof is None else form.proof,
            name=file.name,
            media_type=file.media_type,
            digest=file.digest,
            size=len(file.content),
            pages=file.pages,
            taken_on=form.taken_on,
            valid_until=form.valid_until,
            state=DocumentState.KEPT,
            reason="",
            added_by=work.actor.id,
            added_at=work.now,
        )
    )
    return document.id


@action(needs=Permission.KEEP_DOCUMENTS, changes={Topic.DOCUMENTS})
def give_documents(work: Work, form: GiveForm) -> int:
    """Give the documents of one's draft to a household that is known; return how many.

    Raises `FileGivenUp`.
    """
    household = _counting(work, form.household_id)
    work.subject = f"household/{household.id}"
    return adopt(work, form.draft_id, household.id)


@action(needs=Permission.KEEP_DOCUMENTS, changes={Topic.DOCUMENTS})
def retag_document(work: Work, form: TagForm) -> None:
    """Put right what a document is, whose, what it proves and until when; the file stays."""
    document = own(work, work.load(Document, form.id, form.version))
    FLOW.after(document.state, DocumentStep.RETAG)
    _check_words(form.kind, form.proof)
    _check_place(work, document.household_id, form.member_id, None)
    document.kind = form.kind
    document.proof = form.proof
    document.member_id = form.member_id
    document.taken_on = form.taken_on
    document.valid_until = form.valid_until


@action(needs=Permission.KEEP_DOCUMENTS, changes={Topic.DOCUMENTS})
def withdraw_document(work: Work, form: DocumentWithdrawal) -> None:
    """Withdraw a document, with the reason: it proves nothing any more and is still kept."""
    document = own(work, work.load(Document, form.id, form.version))
    document.state = FLOW.after(document.state, DocumentStep.WITHDRAW)
    document.reason = form.reason.strip()
    document.withdrawn_by = work.actor.id
    document.withdrawn_at = work.now


@action(needs=Permission.READ_DOCUMENTS, changes={Topic.AUDIT})
def open_document(work: Work, asked: DocumentById) -> OpenedDocument:
    """Open a document to be read; that it was opened is kept."""
    document = own(work, work.load(Document, asked.id))
    work.subject = f"document/{document.id}"
    content = work.session.scalars(
        select(DocumentContent.content).where(DocumentContent.digest == document.digest)
    ).one()
    return OpenedDocument(
        id=document.id,
        name=document.name,
        media_type=document.media_type,
        pages=document.pages,
        content=content,
    )


def _counting(work: Work, household_id: int) -> Household:
    """Return a household whose file counts. Raises `FileGivenUp`."""
    household = work.load(Household, household_id)
    if household.file_state in (FileState.MERGED, FileState.WITHDRAWN):
        raise FileGivenUp(state=household.file_state.label)
    return household


def _check_words(kind: str, proof: str) -> None:
    """Raise `Invalid` for a kind or a proof that is in no list."""
    known = {"kind": (kind, known_words(ATTACHMENT)), "proof": (proof, proofs())}
    says = N_("“{value}” is not in the list.")
    strange = [
        Problem(field, "unknown_word", says, {"value": word})
        for field, (word, words) in known.items()
        if word and word not in words
    ]
    if strange:
        raise Invalid(strange)


def _check_place(
    work: Work, household_id: int | None, member_id: int | None, case_id: int | None
) -> None:
    """Raise `NotOfThisHousehold` for a person or an application of another household."""
    for model, key in ((Member, member_id), (Case, case_id)):
        if key is not None and work.load(model, key).household_id != household_id:
            raise NotOfThisHousehold()


def _refuse_twice(work: Work, form: AddForm) -> None:
    here = (
        of_draft(work, form.draft_id)
        if form.household_id is None
        else Document.household_id == form.household_id
    )
    kept = work.session.scalar(
        select(Document.name).where(
            here, Document.digest == form.file.digest, Document.state == DocumentState.KEPT
        )
    )
    if kept is not None:
        raise AlreadyKept(name=form.file.name, kept=kept)
