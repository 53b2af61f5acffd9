"""What is asked and shown about documents."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import (
    Choice,
    Code,
    Count,
    Day,
    Flag,
    Key,
    Kind,
    Lines,
    Moment,
    Name,
    Part,
    Text,
)
from app.core.record import Record
from app.core.words.documents import DocumentState, MediaType
from app.documents.rules import LONGEST_NAME, MOST_PAGES
from app.reference.attachments import ATTACHMENT

FileName = Annotated[str, Text(label=N_("File name"), max_length=LONGEST_NAME)]
Kept = Annotated[bytes, Kind(label=N_("Content"), private=True)]
Media = Annotated[MediaType, Choice(label=N_("Kind of file"), words=MediaType)]
Pages = Annotated[int, Count(label=N_("Pages"), at_least=1, at_most=MOST_PAGES)]
DocumentKind = Annotated[str, Code(label=N_("Kind of document"), list=ATTACHMENT)]
ProofName = Annotated[str, Text(label=N_("What it proves"))]
"""A name in ``resources/reference/proofs.toml``; empty when it proves nothing by itself."""
TakenOn = Annotated[date | None, Day(label=N_("Date on the document"), may_be_future=False)]
ValidUntil = Annotated[date | None, Day(label=N_("Valid until"))]


class ExaminedFile(Record):
    """A file that was looked into and can be shown: what `app.documents.files.examine` makes."""

    name: FileName
    content: Kept
    digest: Annotated[str, Text(label=N_("Digest"))]
    media_type: Media
    pages: Pages
    thumbnail: Annotated[bytes, Kind(label=N_("Preview"), private=True)]


class AddForm(Record):
    """Adds a file to a household, or to a draft whose household is not accepted yet."""

    file: Annotated[ExaminedFile, Part()]
    household_id: Annotated[int | None, Key()] = None
    draft_id: Annotated[str, Key()] = ""
    """Says where it belongs when there is no household."""
    case_id: Annotated[int | None, Key()] = None
    member_id: Annotated[int | None, Key()] = None
    kind: DocumentKind = ""
    proof: Annotated[str | None, Text(label=N_("What it proves"))] = None
    """`None`: what this kind of document usually proves."""
    taken_on: TakenOn = None
    valid_until: ValidUntil = None


class GiveForm(Record):
    """Gives what was added to one's draft to a household that turned out to be known."""

    draft_id: Annotated[str, Key()]
    household_id: Annotated[int, Key()]


class TagForm(Record):
    """Puts right what a document is, whose, and until when it holds; the file stays."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    kind: DocumentKind = ""
    proof: ProofName = ""
    member_id: Annotated[int | None, Key()] = None
    taken_on: TakenOn = None
    valid_until: ValidUntil = None


class DocumentWithdrawal(Record):
    """Withdraws a document that was added by mistake or holds no more."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    reason: Annotated[str, Lines(label=N_("Reason"), max_length=200)]


class DocumentById(Record):
    """Names a document."""

    id: Annotated[int, Key()]


class DocumentsQuery(Record):
    """Asks for the documents of a household or of one's own draft."""

    household_id: Annotated[int | None, Key()] = None
    draft_id: Annotated[str, Key()] = ""
    withdrawn: Annotated[bool, Flag(label=N_("Withdrawn ones too"))] = False


class DocumentRow(Record):
    """One document of a list, without its content."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    member_id: Annotated[int | None, Key()]
    case_id: Annotated[int | None, Key()]
    person: Annotated[str, Name(label=N_("Of whom"))]
    """Empty when it speaks of the whole household."""
    kind: DocumentKind
    proof: ProofName
    name: FileName
    media_type: Media
    size: Annotated[int, Count(label=N_("Bytes"))]
    pages: Pages
    taken_on: TakenOn
    valid_until: ValidUntil
    expired: Annotated[bool, Flag(label=N_("No longer valid"))]
    state: Annotated[DocumentState, Choice(label=N_("State"), words=DocumentState)]
    reason: Annotated[str, Lines(label=N_("Reason"))]
    added_by: Annotated[str, Name(label=N_("Added by"))]
    added_at: Annotated[datetime, Moment(label=N_("Added at"))]
    thumbnail: Annotated[bytes, Kind(label=N_("Preview"), private=True)]
    """The first page as a JPEG too small to be read; empty where none could be drawn."""


class OpenedDocument(Record):
    """A document in the clear."""

    id: Annotated[int, Key()]
    name: FileName
    media_type: Media
    pages: Pages
    content: Kept


class ProofsQuery(Record):
    """Asks which proofs a household has handed in."""

    household_id: Annotated[int, Key()]


class ProofOnFile(Record):
    """A proof that a household has handed in, and its newest document."""

    proof: ProofName
    document_id: Annotated[int, Key()]
    member_id: Annotated[int | None, Key()]
    """The person it speaks of; `None` of the whole household."""
    handed_in_on: Annotated[date, Day(label=N_("Handed in on"))]
    taken_on: TakenOn
    valid_until: ValidUntil
    expired: Annotated[bool, Flag(label=N_("No longer valid"))]
