"""What is asked and shown about cases."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import (
    Choice,
    Count,
    Day,
    Flag,
    Key,
    Lines,
    Many,
    Moment,
    Name,
    Text,
)
from app.core.record import Record
from app.core.words.cases import CaseState
from app.core.words.households import FileState
from app.households.records import HouseholdForm

CaseNumber = Annotated[str, Text(label=N_("Case number"))]
State = Annotated[CaseState, Choice(label=N_("Stage"), words=CaseState)]
Opinion = Annotated[str, Lines(label=N_("Opinion"), max_length=300)]
Items = Annotated[tuple[str, ...], Many(label=N_("Applied for"))]
PapersHandedIn = Annotated[tuple[str, ...], Many(label=N_("Papers handed in"))]


class ApplicationForm(Record):
    """Section 7 of intake: what is applied for and what was handed in."""

    items: Items = ()
    """Measure ids."""
    papers_handed_in: PapersHandedIn = ()
    note: Annotated[str, Lines(label=N_("Note"), max_length=300)] = ""


class IntakeForm(Record):
    """The whole intake page: a household and its application."""

    household: HouseholdForm
    application: ApplicationForm = ApplicationForm()
    draft_id: Annotated[str, Key()] = ""
    """The draft that this closes."""
    known_id: Annotated[int | None, Key()] = None
    """The household, if it is known; its file is brought up to date."""
    known_version: Annotated[int | None, Key()] = None


class Accepted(Record):
    """What accepting a case made."""

    case_id: Annotated[int, Key()]
    case_number: CaseNumber
    household_id: Annotated[int, Key()]
    paper_id: Annotated[int, Key()]
    """The acceptance receipt."""


class CaseById(Record):
    """Names a case."""

    id: Annotated[int, Key()]


class CaseStepForm(Record):
    """A step of a case with the opinion of the person who takes it."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    opinion: Opinion = ""


class NewApplication(Record):
    """A further application of a household that has a file."""

    household_id: Annotated[int, Key()]
    application: ApplicationForm = ApplicationForm()


class CaseQuery(Record):
    """Asks for cases; every part narrows the list."""

    state: Annotated[CaseState | None, Choice(label=N_("Stage"), words=CaseState)] = None
    accepted_by_me: Annotated[bool, Flag(label=N_("Accepted by me"))] = False
    without_award: Annotated[bool, Flag(label=N_("Nothing proposed yet"))] = False
    """Filed in the last 60 days, and no relief was proposed on it."""
    household_id: Annotated[int | None, Key()] = None
    text: Annotated[str, Text(label=N_("Name or number"))] = ""
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class CaseRow(Record):
    """One line of a list of cases."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    household_id: Annotated[int, Key()]
    due_on: Annotated[date, Day(label=N_("Due"))]
    days_left: Annotated[int | None, Count(label=N_("Working days left"))]
    """Working days until the case is due; negative when overdue, `None` when nothing is due."""
    number: CaseNumber
    name: Annotated[str, Name(label=N_("Head of household"))]
    district: Annotated[str, Text(label=N_("District"))]
    items: Items
    state: State
    accepted_by: Annotated[str, Name(label=N_("Accepted by"))]
    accepted_at: Annotated[datetime, Moment(label=N_("Accepted"))]
    mine: Annotated[bool, Flag(label=N_("Accepted by me"))]


class CaseCounts(Record):
    """How many cases stand where, for the workbench."""

    overdue: Annotated[int, Count(label=N_("Overdue"))]
    soon: Annotated[int, Count(label=N_("Due today or tomorrow"))]
    accepted: Annotated[int, Count(label=N_("Accepted"))]
    returned: Annotated[int, Count(label=N_("To be mended"))]
    filed: Annotated[int, Count(label=N_("On file"))]
    accepted_today: Annotated[int, Count(label=N_("Accepted today"))]


class CasesWaiting(Record):
    """How many cases wait for this person, by what they have to do."""

    to_mend: Annotated[int, Count(label=N_("To be mended"))]
    """Accepted by this person and sent back."""
    to_file: Annotated[int, Count(label=N_("To file"))]
    """Accepted by somebody else and not decided."""


class DayCount(Record):
    """How many cases were accepted and decided on one working day."""

    day: Annotated[date, Day(label=N_("Day"))]
    accepted: Annotated[int, Count(label=N_("Accepted"))]
    decided: Annotated[int, Count(label=N_("Decided"))]


class CaseView(Record):
    """A case as its page shows it."""

    row: CaseRow
    file_number: Annotated[str, Text(label=N_("File number"))]
    file_state: Annotated[FileState, Choice(label=N_("File"), words=FileState)]
    papers_handed_in: PapersHandedIn
    note: Annotated[str, Text(label=N_("Note"))]
    due_provisional: Annotated[bool, Flag(label=N_("Due date provisional"))]
    decided_by: Annotated[str, Name(label=N_("Decided by"))]
    decided_at: Annotated[datetime | None, Moment(label=N_("Decided"))]
    opinion: Opinion
    assessment_number: Annotated[str, Text(label=N_("Assessment"))]


class AssessRequest(Record):
    """Asks for an assessment of a stored household."""

    household_id: Annotated[int, Key()]
    as_of: Annotated[date | None, Day(label=N_("On the day"))] = None
    """Today when not given."""


class TrialRequest(Record):
    """Asks what a form would give; nothing is kept."""

    household: HouseholdForm
    as_of: Annotated[date | None, Day(label=N_("On the day"))] = None


class CertificateForm(Record):
    """Asks for a certificate of hardship."""

    household_id: Annotated[int, Key()]
    purpose: Annotated[str, Text(label=N_("For"), min_length=2, max_length=60)]
    valid_until: Annotated[date, Day(label=N_("Valid until"))]
