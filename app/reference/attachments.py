"""The kinds of documents a household hands in, and which proof each of them is."""

import functools

import msgspec

from app.core.words.filing import StepKind
from app.reference.codes import known_words
from app.reference.documents import ReferenceDamaged, folder, read
from app.reference.proofs import proofs

ATTACHMENT = "attachment"
"""The code list with the kinds."""


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    proves: dict[str, str]
    steps: dict[StepKind, str]


@functools.cache
def _table() -> _Table:
    path = folder("attachments.toml")
    found = read(path, _Table)
    strange = [
        *({*found.proves.keys(), *found.steps.values()} - set(known_words(ATTACHMENT))),
        *(set(found.proves.values()) - proofs().keys()),
    ]
    if strange:
        raise ReferenceDamaged(file=path.name, problem=", ".join(sorted(strange)))
    return found


def step_paper(step: StepKind) -> str:
    """Return what a document taken in with a filing step is, or nothing."""
    return _table().steps.get(step, "")


def proof_of(kind: str) -> str:
    """Return what a document of that kind proves: a name of `proofs`, or nothing.

    Raises `ReferenceDamaged`.
    """
    return _table().proves.get(kind, "")


def kind_of(proof: str) -> str:
    """Return the first kind of document that is this proof, or nothing."""
    return next((kind for kind, proves in _table().proves.items() if proves == proof), "")
