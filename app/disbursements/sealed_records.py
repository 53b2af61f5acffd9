"""What is shown of the sealed assessment that an award rests on."""

from datetime import date
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Day, Flag, Many, Text
from app.core.record import Record


class SealedReason(Record):
    """One criterion of a sealed assessment, as it came out on the day of the proposal."""

    held: Annotated[bool | None, Flag(label=N_("Held"))]
    """`None` when it could not be told."""
    says: Annotated[str, Text(label=N_("Condition"))]
    article: Annotated[str, Text(label=N_("Article"))]
    source: Annotated[str, Text(label=N_("Where the limit comes from"))] = ""


class SealedBasis(Record):
    """What an award rests on: the sealed assessment of its day."""

    number: Annotated[str, Text(label=N_("Assessment"))]
    as_of: Annotated[date, Day(label=N_("On the day"))]
    classification: Annotated[tuple[SealedReason, ...], Many(label=N_("Classification"))]
    measure: Annotated[tuple[SealedReason, ...], Many(label=N_("Measure"))]
    provisional: Annotated[bool, Flag(label=N_("Policy not confirmed yet"))]
