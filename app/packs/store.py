"""Keeps the policy documents a store decides by, and finds them again."""

from collections.abc import Iterable

from sqlalchemy import select

from app.packs.rules import PackChanged, PackNotKept
from app.policy.catalog import document_of, shipped
from app.policy.documents import parse_toml
from app.policy.loader import read_pack
from app.policy.pack import Pack
from app.work import Work
from db.models.policy import PolicyDocument


def keep_packs(work: Work, packs: Iterable[Pack]) -> None:
    """Keep the documents a decision rests on, as they are written.

    Raises `PackChanged` for one that is not the document used here before.
    """
    for pack in packs:
        if work.session.get(PolicyDocument, pack.digest):
            continue
        if is_known(work, pack.id):
            raise PackChanged(title=pack.title, pack=pack.id)
        add_document(work, pack)


def add_document(work: Work, pack: Pack) -> None:
    """Add a document to those in use."""
    work.session.add(
        PolicyDocument(
            digest=pack.digest, pack=pack.id, content=document_of(pack), first_seen_at=work.now
        )
    )


def is_known(work: Work, pack: str) -> bool:
    """Tell whether some version of a pack was decided by before."""
    known = select(PolicyDocument.digest).where(PolicyDocument.pack == pack).limit(1)
    return work.session.scalar(known) is not None


def changed_since(work: Work) -> tuple[Pack, ...]:
    """Return the packs of this program that are not those this store has worked with."""
    kept = work.session.execute(select(PolicyDocument.pack, PolicyDocument.digest)).all()
    packs = {pack for pack, _digest in kept}
    digests = {digest for _pack, digest in kept}
    return tuple(
        pack for pack in shipped().packs() if pack.id in packs and pack.digest not in digests
    )


def pack_as_kept(work: Work, id_: str, digest: str) -> Pack:
    """Return a pack as it was when it was decided by. Raises `PackNotKept`."""
    if found := shipped().find(id_, digest):
        return found
    document = work.session.get(PolicyDocument, digest)
    if document is None:
        raise PackNotKept(pack=id_, digest=digest[:16])
    return read_pack(parse_toml(document.content, id_), id_)
