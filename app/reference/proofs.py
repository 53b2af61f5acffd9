"""The papers that prove what policy asks: what each is, where one gets it, and how."""

import functools
from dataclasses import dataclass

import msgspec

from app.reference.dated import Confidence
from app.reference.documents import ReferenceDamaged, folder, read


@dataclass(frozen=True)
class Proof:
    """A paper that proves a fact: its title and, for the client, where to get it and how."""

    name: str
    title: str
    where: str
    """Empty when the center has it itself and the client need not go anywhere."""
    how: str
    """One sentence."""
    source: str
    confidence: Confidence

    @property
    def with_client(self) -> bool:
        """Tell whether the client has to bring it; what the center has itself is not asked for."""
        return bool(self.where)


class _Proof(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    title: str
    how: str
    source: str
    confidence: str
    where: str = ""


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    proof: list[_Proof]


@functools.cache
def proofs() -> dict[str, Proof]:
    """Return the proofs by name, in the order of the document. Raises `ReferenceDamaged`."""
    path = folder("proofs.toml")
    found: dict[str, Proof] = {}
    for row in read(path, _Table).proof:
        try:
            confidence = Confidence(row.confidence)
        except ValueError as error:
            raise ReferenceDamaged(file=path.name, problem=str(error)) from error
        if row.name in found:
            raise ReferenceDamaged(file=path.name, problem=f"{row.name} stands twice")
        found[row.name] = Proof(row.name, row.title, row.where, row.how, row.source, confidence)
    return found


def proof(name: str) -> Proof:
    """Return the proof of that name; raise `KeyError` for a name that is in no document."""
    return proofs()[name]
