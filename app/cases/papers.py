"""What the papers of a case say: receipt, notice of missing papers, certificate of hardship."""

from datetime import date
from typing import Annotated, Final

from app.core.i18n import N_
from app.core.kinds import Count, Day, Flag, Kind, Many, Name, Text
from app.core.record import Record
from app.core.words.papers import PaperKind
from app.papers.needed import NeededFacts

RECEIPT: Final = PaperKind.ACCEPTANCE_RECEIPT
MISSING_NOTICE: Final = PaperKind.MISSING_NOTICE
CERTIFICATE: Final = PaperKind.HARDSHIP_CERTIFICATE


class ReceiptFacts(Record):
    """The acceptance receipt (受理回执): what was handed in, by whom, and how to ask."""

    name: Annotated[str, Name(label=N_("Applicant"))]
    id_number: Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
    """Masked as it shall be printed."""
    case_number: Annotated[str, Text(label=N_("Case number"))]
    household_size: Annotated[int, Count(label=N_("Household size"), at_least=1)]
    items: Annotated[tuple[str, ...], Kind(label=N_("Applied for"))]
    papers_handed_in: Annotated[tuple[str, ...], Kind(label=N_("Papers handed in"))] = ()
    papers_missing: Annotated[tuple[str, ...], Kind(label=N_("Papers still missing"))] = ()
    accepted_on: Annotated[date, Day(label=N_("Accepted on"))]
    due_on: Annotated[date | None, Day(label=N_("Answer due on"))] = None
    due_provisional: Annotated[bool, Flag(label=N_("Due date provisional"))] = False
    """The calendar of working days does not reach that day yet (暂定)."""
    center_address: Annotated[str, Text(label=N_("Address"))] = ""
    center_phone: Annotated[str, Text(label=N_("Telephone"))] = ""
    office_hours: Annotated[str, Text(label=N_("Office hours"))] = ""


class MissingNoticeFacts(Record):
    """The one-time notice (一次性告知单): every paper that is missing, said at once."""

    name: Annotated[str, Name(label=N_("Name"))]
    as_of: Annotated[date, Day(label=N_("Day of the assessment"))]
    count: Annotated[int, Count(label=N_("Papers"), at_least=1)]
    bring: Annotated[tuple[NeededFacts, ...], Many(label=N_("To bring"))]
    center_finds: Annotated[tuple[str, ...], Kind(label=N_("The center finds out"))] = ()
    """What is missing and need not be brought."""
    days: Annotated[int, Count(label=N_("Working days"), at_least=1)]
    due_on: Annotated[date, Day(label=N_("Due"))]
    due_provisional: Annotated[bool, Flag(label=N_("Due date provisional"))] = False
    """The calendar of working days does not reach that day yet (暂定)."""
    large: Annotated[bool, Flag(label=N_("Large type"))] = False
    center_address: Annotated[str, Text(label=N_("Address"))] = ""
    center_phone: Annotated[str, Text(label=N_("Telephone"))] = ""


class CertificateFacts(Record):
    """The certificate of hardship (困难职工证明)."""

    name: Annotated[str, Name(label=N_("Name"))]
    id_number: Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
    """Masked as it shall be printed."""
    sex: Annotated[str, Text(label=N_("Sex"))] = ""
    birth: Annotated[date | None, Day(label=N_("Date of birth"))] = None
    residence: Annotated[str, Text(label=N_("Place of residence"))] = ""
    employer: Annotated[str, Text(label=N_("Works at"))] = ""
    household_size: Annotated[int, Count(label=N_("Household size"), at_least=1)]
    file_number: Annotated[str, Text(label=N_("File number"))]
    filed_on: Annotated[date, Day(label=N_("On file since"))]
    category: Annotated[str, Text(label=N_("Hardship category"))]
    purpose: Annotated[str, Text(label=N_("For"))]
    valid_until: Annotated[date, Day(label=N_("Valid until"))]
    center_phone: Annotated[str, Text(label=N_("Telephone"))] = ""
