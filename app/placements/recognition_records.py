"""What is asked and shown about recognitions as difficult to employ. Findings are sealed as plain
data."""

from datetime import date
from typing import Annotated, Any

import msgspec

from app.core.i18n import N_
from app.core.kinds import Choice, Count, Day, Flag, Key, Lines, Many, Name, Part, Text
from app.core.record import Record
from app.core.words.placements import RecognitionState
from app.policy.pack import Outcome
from app.reference.dated import Confidence

Version = Annotated[int, Key()]
RecognitionNumber = Annotated[str, Text(label=N_("Recognition number"))]
State = Annotated[RecognitionState, Choice(label=N_("State"), words=RecognitionState)]
Grounds = Annotated[tuple[str, ...], Many(label=N_("Grounds"))]
AppliedOn = Annotated[date, Day(label=N_("Applied on"), may_be_future=False)]
Opinion = Annotated[str, Lines(label=N_("Opinion"), max_length=600)]
Note = Annotated[str, Lines(label=N_("Note"), max_length=300)]
EndedReason = Annotated[str, Lines(label=N_("Why it ended"), max_length=300)]


class RecognitionReason(Record):
    """One condition of the policy as it came out: what is so beside the limit, and its source."""

    depth: Annotated[int, Count(label=N_("Depth"))] = 0
    """0 for a condition, more for a part of the one before it that is less deep."""
    article: Annotated[str, Text(label=N_("Article"))]
    says: Annotated[str, Text(label=N_("Condition"))]
    held: Annotated[bool | None, Flag(label=N_("Held"))]
    """`None` when it cannot be told yet."""
    fact: Annotated[str, Text(label=N_("What is so"))] = ""
    limit: Annotated[str, Text(label=N_("Limit"))] = ""
    source: Annotated[str, Text(label=N_("Source"))] = ""
    confidence: Annotated[Confidence | None, Choice(label=N_("Confidence"), words=Confidence)] = (
        None
    )
    """`None` for a group, whose parts have their own."""
    settled_by: Annotated[str, Text(label=N_("Is seen from"))] = ""
    """The paper that would tell, where it cannot be told."""


class RecognitionFindings(Record):
    """Everything the policy of a day says of one person. A recognition keeps it as it was found."""

    day: Annotated[date, Day(label=N_("Day"))]
    pack: Annotated[str, Text(label=N_("Policy document"))]
    digest: Annotated[str, Text(label=N_("Digest"))]
    title: Annotated[str, Text(label=N_("Document"))]
    provisional: Annotated[bool, Flag(label=N_("Policy not confirmed yet"))]
    outcome: Annotated[Outcome, Choice(label=N_("Outcome"), words=Outcome)]
    conclusion: Annotated[str, Text(label=N_("Conclusion"))]
    """In the words of the document."""
    reasons: Annotated[tuple[RecognitionReason, ...], Many(label=N_("Conditions"))]
    grounds: Grounds
    """Those of the grounds that hold, one of which is enough."""
    missing: Annotated[tuple[str, ...], Many(label=N_("Papers that would settle it"))]
    """Empty unless it cannot be told yet."""
    papers: Annotated[tuple[str, ...], Many(label=N_("Papers to bring"))]
    entitlement: Annotated[str, Text(label=N_("What follows from it"))]
    facts: Annotated[tuple[tuple[str, str], ...], Many(label=N_("Facts"))]
    """What was known of the person: label and value, in words."""
    differs: Annotated[tuple[str, ...], Many(label=N_("Different in the household file"))]
    """What the household file tells otherwise than the registration, which counts."""

    @property
    def why_not(self) -> str:
        """Return what is not met, else what cannot be told yet; empty when all is met."""
        tops = [reason for reason in self.reasons if reason.depth == 0]
        failed = [reason for reason in tops if reason.held is False]
        open_ = [reason for reason in tops if reason.held is None]
        return "；".join(reason.says for reason in failed or open_)


class RecognitionAsked(Record):
    """Asks what the policy of a day says of a seeker; of today when no day is named."""

    id: Annotated[int, Key()]
    """The job seeker."""
    day: Annotated[date | None, Day(label=N_("Day"), may_be_future=False)] = None


class RecognitionForm(Record):
    """Applies for the recognition of a seeker."""

    job_seeker_id: Annotated[int, Key()]
    version: Version
    """Of the seeker."""
    applied_on: AppliedOn
    note: Note = ""
    """Needed while something cannot be told: what is open and how it will be settled."""


class RecognitionById(Record):
    """Names one recognition."""

    id: Annotated[int, Key()]


class RecognitionDecision(Record):
    """Recognises or refuses; a refusal says why, in words."""

    id: Annotated[int, Key()]
    version: Version
    recognised: Annotated[bool, Flag(label=N_("Recognised"))]
    day: Annotated[date, Day(label=N_("Decided on"), may_be_future=False)]
    opinion: Opinion = ""


class RecognitionEndForm(Record):
    """Ends a recognition: the person works, reached the pension, or it was given wrongly."""

    id: Annotated[int, Key()]
    version: Version
    day: Annotated[date, Day(label=N_("Ended on"), may_be_future=False)]
    reason: EndedReason


class RecognitionQuery(Record):
    """Asks for recognitions; every part narrows the list, which comes newest first."""

    states: Annotated[tuple[RecognitionState, ...], Many(label=N_("State"))] = ()
    job_seeker_id: Annotated[int | None, Key()] = None
    text: Annotated[str, Text(label=N_("Name or number"))] = ""
    offset: Annotated[int, Count(label=N_("From line"))] = 0
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class RecognitionRow(Record):
    """One line of a list of recognitions. Private values are masked."""

    id: Annotated[int, Key()]
    version: Version
    number: RecognitionNumber
    state: State
    job_seeker_id: Annotated[int, Key()]
    seeker_number: Annotated[str, Text(label=N_("Registration number"))]
    name: Annotated[str, Name(label=N_("Name"))]
    id_number: Annotated[str, Text(label=N_("Resident ID number"))]
    grounds: Grounds
    unknown: Annotated[bool, Flag(label=N_("Cannot tell yet"))]
    """Something could not be told when it was applied for."""
    applied_on: AppliedOn
    applied_by: Annotated[str, Name(label=N_("Applied by"))]
    decided_on: Annotated[date | None, Day(label=N_("Decided on"))]
    decided_by: Annotated[str, Name(label=N_("Decided by"))]
    opinion: Opinion
    ended_on: Annotated[date | None, Day(label=N_("Ended on"))]
    ended_reason: EndedReason
    note: Note
    mine: Annotated[bool, Flag(label=N_("Entered by me"))]
    """Applied for by the person asking, who cannot decide it."""


class RecognitionView(Record):
    """One recognition with its findings as they were sealed."""

    row: Annotated[RecognitionRow, Part()]
    findings: Annotated[RecognitionFindings, Part()]


def to_plain(findings: RecognitionFindings) -> dict[str, Any]:
    """Return findings as plain data, as a recognition seals them."""
    sealed: dict[str, Any] = msgspec.to_builtins(findings)
    return sealed


def from_plain(sealed: object) -> RecognitionFindings:
    """Read sealed findings. Raises `msgspec.ValidationError`."""
    return msgspec.convert(sealed, RecognitionFindings)
