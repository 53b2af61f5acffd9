"""The verb of policy documents: to take a changed one into use."""

from app.core.errors import Conflict
from app.packs.records import AcceptPacks
from app.packs.store import add_document, changed_since
from app.work import Permission, Topic, Work, action


@action(needs=Permission.CONFIRM_VALUES, changes={Topic.VALUES})
def accept_packs(work: Work, form: AcceptPacks) -> None:
    """Take changed policy documents into use; sealed decisions keep the old ones.

    Raises `Conflict` when one of them is not the document that was seen.
    """
    changed = {pack.digest: pack for pack in changed_since(work)}
    for digest in form.digests:
        if digest not in changed:
            raise Conflict(who="")
        add_document(work, changed[digest])
    work.subject = "packs"
