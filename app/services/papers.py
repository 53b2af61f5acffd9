"""What the paper of a referral says: the slip for another department."""

from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Kind, Name, Text
from app.core.record import Record


class ReferralFacts(Record):
    """The referral slip (转介单) with its return slip: who goes where, for what, with what."""

    name: Annotated[str, Name(label=N_("Name"))]
    """Who goes there: the head, or the member that a measure per member is for."""
    id_number: Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
    """Masked as it shall be printed."""
    head: Annotated[str, Name(label=N_("Head of household"))] = ""
    """Empty when it is the head who goes."""
    file_number: Annotated[str, Text(label=N_("File number"))] = ""
    request_number: Annotated[str, Text(label=N_("Number of the referral"))] = ""
    area: Annotated[str, Text(label=N_("Area"))]
    measure: Annotated[str, Text(label=N_("Measure"))]
    department: Annotated[str, Text(label=N_("Department"))]
    entitlement: Annotated[str, Text(label=N_("Entitlement"))]
    papers: Annotated[tuple[str, ...], Kind(label=N_("Papers needed"))] = ()
    note: Annotated[str, Text(label=N_("Note"))] = ""
    center_address: Annotated[str, Text(label=N_("Address"))] = ""
    center_phone: Annotated[str, Text(label=N_("Telephone"))] = ""
