"""What is said and set about backups."""

from datetime import datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Choice, Count, Flag, Moment, Text
from app.core.record import Record
from app.core.words.backups import Reason, Soundness


class BackupPlan(Record):
    """Where the backups of one store go on this PC, and how many are kept of each kind."""

    folder: Annotated[
        str,
        Text(
            label=N_("Folder"),
            hint=N_("Best on another disk; empty: beside the data"),
            max_length=400,
        ),
    ] = ""
    days: Annotated[
        int, Count(label=N_("Days"), hint=N_("The newest of a day"), at_least=1, at_most=366)
    ] = 7
    weeks: Annotated[
        int, Count(label=N_("Weeks"), hint=N_("The newest of a week"), at_most=520)
    ] = 4
    months: Annotated[
        int, Count(label=N_("Months"), hint=N_("The newest of a month"), at_most=600)
    ] = 12


class BackupRow(Record):
    """One backup in the folder."""

    place: Annotated[str, Text(label=N_("Where"))]
    made_at: Annotated[datetime, Moment(label=N_("Made"))]
    reason: Annotated[Reason, Choice(label=N_("Occasion"), words=Reason)]
    soundness: Annotated[Soundness, Choice(label=N_("State"), words=Soundness)]
    size: Annotated[int, Count(label=N_("Size"))]
    """Bytes."""
    rows: Annotated[int, Count(label=N_("Rows"))]
    acts: Annotated[int, Count(label=N_("Acts in the trail"))]
    last_hash: Annotated[str, Text(label=N_("Last hash"))]
    program: Annotated[str, Text(label=N_("Program version"))]


class BackupState(Record):
    """How the data of this PC are backed up, told to everybody who signs in."""

    plan: BackupPlan
    folder: Annotated[str, Text(label=N_("Folder"))]
    """Where the backups go, also when the plan names none."""
    same_disk: bool
    """The folder is on the disk of the data: both are lost together."""
    last_at: Annotated[datetime | None, Moment(label=N_("Last good backup"))]
    last_place: Annotated[str, Text(label=N_("Where"))]
    trouble_at: Annotated[datetime | None, Moment(label=N_("Last failed"))]
    trouble: Annotated[str, Text(label=N_("Trouble"))]
    """Why the last try failed, in a sentence; empty when it did not."""
    demonstration: Annotated[bool, Flag(label=N_("Demonstration data"))]
    unsaved_since: Annotated[datetime | None, Moment(label=N_("Not backed up since"))]
    """When the first act was done that no good backup holds."""
