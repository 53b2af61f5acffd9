"""Looks into a file before it is taken in: what it is, how many pages, whether it can be shown.

Run it where pictures of papers are drawn and never on the thread that writes the store: a hostile
file may take a second or two, and the library that reads PDF works on one thread at a time.
"""

import hashlib

from app.documents.pictures import FirstLook, look_at
from app.documents.records import ExaminedFile
from app.documents.rules import (
    MOST_THUMBNAIL_BYTES,
    BadFileName,
    FileBroken,
    NotADocument,
    check_size,
    clean_name,
    media_type_of,
)


def examine(name: str, content: bytes) -> ExaminedFile:
    """Return a file as it can be added; raise a `FileRefused` that says why it is not."""
    plain = clean_name(name)
    check_size(plain, len(content))
    media_type = media_type_of(content)
    if media_type is None:
        raise NotADocument(name=plain)
    seen: FirstLook = look_at(plain, content, media_type)
    return ExaminedFile(
        name=plain or f"document.{media_type.value.rpartition('/')[2]}",
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        media_type=media_type,
        pages=seen.pages,
        thumbnail=seen.thumbnail,
    )


def check_examined(file: ExaminedFile) -> None:
    """Raise a `FileRefused` unless the record is one that `examine` made of its content."""
    check_size(file.name, len(file.content))
    if clean_name(file.name) != file.name or not file.name:
        raise BadFileName(name=clean_name(file.name))
    if media_type_of(file.content) is not file.media_type:
        raise NotADocument(name=file.name)
    small = len(file.thumbnail) <= MOST_THUMBNAIL_BYTES
    if hashlib.sha256(file.content).hexdigest() != file.digest or not small:
        raise FileBroken(name=file.name)
