"""What is asked and shown of the audit trail."""

from datetime import datetime
from typing import Annotated, Any, Final

from app.core.i18n import N_
from app.core.kinds import Count, Key, Kind, Many, Moment, Name, Text
from app.core.record import Record

PARTS: Final = {
    "integrity": N_("Data file"),
    "audit_chain": N_("Chain of the trail"),
    "rows": N_("Rows against the trail"),
    "ledger": N_("Fund ledger"),
    "relief": N_("Relief book"),
    "awards": N_("Award proposals"),
    "assessments": N_("Sealed assessments"),
    "papers": N_("Issued papers"),
    "documents": N_("Documents of households"),
    "numbers": N_("Numbers without gaps"),
}
"""What a check looks at, as people read it."""


class AuditQuery(Record):
    """Asks for the trail, the newest first; every part narrows it."""

    subject: Annotated[str, Text(label=N_("About"))] = ""
    actor: Annotated[str, Name(label=N_("Who"))] = ""
    verb: Annotated[str, Text(label=N_("Act"))] = ""
    before: Annotated[int | None, Key()] = None
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class AuditView(Record):
    """One act of the trail."""

    id: Annotated[int, Key()]
    at: Annotated[datetime, Moment(label=N_("Time"))]
    actor: Annotated[str, Name(label=N_("Who"))]
    verb: Annotated[str, Text(label=N_("Act"))]
    says: Annotated[str, Text(label=N_("What was done"))]
    subject: Annotated[str, Text(label=N_("About"))]
    request: Annotated[dict[str, Any], Kind(label=N_("Asked"))]
    changes: Annotated[dict[str, Any], Kind(label=N_("Changed"))]
    hash: Annotated[str, Text(label=N_("Hash"))]


class Finding(Record):
    """One thing that is not as it was written."""

    part: Annotated[str, Text(label=N_("Part"))]
    """One of `PARTS`."""
    row: Annotated[str, Text(label=N_("Row"))]
    says: Annotated[str, Text(label=N_("What is wrong"))]


class CheckReport(Record):
    """What a check of the whole store found."""

    parts: Annotated[dict[str, str], Kind(label=N_("Parts"))]
    """Each part with ``ok`` or what is wrong."""
    findings: Annotated[tuple[Finding, ...], Many(label=N_("Findings"))]
    rows: Annotated[int, Count(label=N_("Acts in the trail"))]
    last_hash: Annotated[str, Text(label=N_("Last hash"))]
