"""What can be asked about policy documents in use."""

from app.core.record import Nothing
from app.packs.records import ChangedPack
from app.packs.store import changed_since
from app.work import Permission, Work, query


@query(needs=Permission.READ_CENTER)
def changed_packs(work: Work, _: Nothing) -> list[ChangedPack]:
    """List the policy documents that are not those this store has worked with."""
    return [
        ChangedPack(pack=pack.id, title=pack.title, digest=pack.digest)
        for pack in changed_since(work)
    ]
