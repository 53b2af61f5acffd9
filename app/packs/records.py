"""What is asked and shown about policy documents in use."""

from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Many, Text
from app.core.record import Record

PackId = Annotated[str, Text(label=N_("Pack"))]


class ChangedPack(Record):
    """A policy document that is not the one this store has worked with."""

    pack: PackId
    title: Annotated[str, Text(label=N_("Title"))]
    digest: Annotated[str, Text(label=N_("Digest"))]


class AcceptPacks(Record):
    """Takes changed documents into use; each is named by its digest, so that it is the one seen."""

    digests: Annotated[tuple[str, ...], Many(label=N_("Digest"))]
