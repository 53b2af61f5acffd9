"""What is asked and shown about issued papers."""

from datetime import date, datetime
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Choice, Count, Day, Flag, Key, Kind, Lines, Moment, Name, Text
from app.core.record import Record
from app.core.words.papers import PaperKind, PaperState
from app.papers.sheet import Sheet

Kinds = Annotated[PaperKind, Choice(label=N_("Paper"), words=PaperKind)]
Number = Annotated[str, Text(label=N_("Number"))]


class PaperRow(Record):
    """One line of the register of papers."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    kind: Kinds
    number: Number
    title: Annotated[str, Name(label=N_("About"))]
    state: Annotated[PaperState, Choice(label=N_("State"), words=PaperState)]
    prints: Annotated[int, Count(label=N_("Prints"))]
    issued_at: Annotated[datetime, Moment(label=N_("Issued"))]
    issued_by: Annotated[str, Name(label=N_("Issued by"))]
    household_id: Annotated[int | None, Key()] = None
    note: Annotated[str, Text(label=N_("Reason"))] = ""
    """Why it is void, or why the newest copy was printed again."""


class PaperCounts(Record):
    """How many papers the register holds."""

    all: Annotated[int, Count(label=N_("Papers"))]
    unprinted: Annotated[int, Count(label=N_("Not printed yet"))]
    printed_today: Annotated[int, Count(label=N_("Printed today"))]
    void: Annotated[int, Count(label=N_("Void"))]


class PaperQuery(Record):
    """Asks for the register, the newest first; every part narrows it."""

    kind: Annotated[PaperKind | None, Choice(label=N_("Paper"), words=PaperKind)] = None
    household_id: Annotated[int | None, Key()] = None
    subject: Annotated[str | None, Key()] = None
    unprinted: Annotated[bool, Flag(label=N_("Not printed yet"))] = False
    on: Annotated[date | None, Day(label=N_("Issued on"))] = None
    printed_on: Annotated[date | None, Day(label=N_("Printed on"))] = None
    void: Annotated[bool, Flag(label=N_("Void"))] = False
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=1000)] = 200


class PaperById(Record):
    """Names a paper."""

    id: Annotated[int, Key()]


class PrintRow(Record):
    """One print of a paper."""

    copy: Annotated[int, Count(label=N_("Copy"))]
    printed_at: Annotated[datetime, Moment(label=N_("Printed"))]
    printed_by: Annotated[str, Name(label=N_("Printed by"))]
    reason: Annotated[str, Text(label=N_("Reason"))]


class PaperView(Record):
    """An issued paper, its sheet for the next copy, and its prints."""

    row: PaperRow
    sheet: Annotated[Sheet, Kind(label=N_("Sheet"))]
    prints: tuple[PrintRow, ...]
    void_reason: Annotated[str, Text(label=N_("Why it is void"))]


class PrintForm(Record):
    """Says that the printer took a copy. A further copy needs its reason."""

    id: Annotated[int, Key()]
    reason: Annotated[str, Text(label=N_("Reason for the reprint"), max_length=60)] = ""


class VoidForm(Record):
    """Makes a paper void; its number stays."""

    id: Annotated[int, Key()]
    version: Annotated[int, Key()]
    reason: Annotated[str, Lines(label=N_("Reason"), max_length=200)]


class Code(Record):
    """A check code, a number, or the text of a QR code."""

    text: Annotated[str, Text(label=N_("Check code or number"), max_length=600)]


class Verdict(Record):
    """What the register says about a paper."""

    paper: Annotated[str, Text(label=N_("Verdict"))]
    """``genuine``, ``void``, ``unknown`` or ``altered``."""
    kind: Annotated[PaperKind | None, Choice(label=N_("Paper"), words=PaperKind)] = None
    number: Number = ""
    title: Annotated[str, Name(label=N_("About"))] = ""
    issued_on: Annotated[date | None, Day(label=N_("Issued on"))] = None
    void_reason: Annotated[str, Text(label=N_("Why it is void"))] = ""
    id: Annotated[int | None, Key()] = None
