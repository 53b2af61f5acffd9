"""The kinds of documents a household hands in, and which proof each of them is."""

import functools

import msgspec

from app.reference.codes import known_words
from app.reference.documents import ReferenceDamaged, folder, read
from app.reference.proofs import proofs

ATTACHMENT = "attachment"
"""The code list with the kinds."""


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    proves: dict[str, str]


@functools.cache
def _proves() -> dict[str, str]:
    path = folder("attachments.toml")
    found = read(path, _Table).proves
    strange = [
        *(found.keys() - set(known_words(ATTACHMENT))),
        *(set(found.values()) - proofs().keys()),
    ]
    if strange:
        raise ReferenceDamaged(file=path.name, problem=", ".join(sorted(strange)))
    return found


def proof_of(kind: str) -> str:
    """Return what a document of that kind proves: a name of `proofs`, or nothing.

    Raises `ReferenceDamaged`.
    """
    return _proves().get(kind, "")


def kind_of(proof: str) -> str:
    """Return the first kind of document that is this proof, or nothing."""
    return next((kind for kind, proves in _proves().items() if proves == proof), "")
