"""Puts the audit trail into words: which thing, which field, from what to what.

Labels come from the records of the noun a row belongs to. What has no label (search keys,
digests, ids) is counted and not shown: the trail itself holds it.
"""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.core.i18n import N_, _
from app.core.kinds import Amount, Choice, Key, Moment, YesNo
from app.core.money import Fen, yuan_text
from app.core.record import Field, Record, specs
from app.core.words import Answer
from app.core.words.staff import Role
from app.work import ACTIONS

THINGS: Final = {
    "approval": (N_("Approval"), "disbursements"),
    "assessment": (N_("Assessment"), ""),
    "award": (N_("Award proposal"), "disbursements"),
    "award_version": (N_("Version of the proposal"), "disbursements"),
    "balance": (N_("Balance"), "funds"),
    "batch": (N_("Batch"), "disbursements"),
    "batch_line": (N_("Payment of a batch"), "disbursements"),
    "budget": (N_("Budget"), "funds"),
    "case": (N_("Case"), "cases"),
    "center": (N_("Center"), "center"),
    "center_value": (N_("Dated value"), "center"),
    "document": (N_("Document of a household"), "documents"),
    "filing_step": (N_("Filing step"), "filing"),
    "fund": (N_("Fund"), "funds"),
    "import_batch": (N_("Import of a file"), "exchange"),
    "household": (N_("Household"), "households"),
    "member": (N_("Member"), "households"),
    "paper": (N_("Paper"), "papers"),
    "paper_print": (N_("Printing"), "papers"),
    "posting": (N_("Posting"), "funds"),
    "search_key": (N_("Search key"), "households"),
    "staff": (N_("Staff"), "staff"),
}
"""What a row of the trail is called, and whose records describe its fields."""

DIGESTS: Final = frozenset({"digest", "seal", "facts"})
"""Fields that are there for comparing, not for reading."""


@dataclass(frozen=True)
class Line:
    """One field of a row: its label and what it became, or from what to what."""

    name: str
    value: str


@dataclass(frozen=True)
class Told:
    """What happened to one row."""

    what: str
    lines: tuple[Line, ...]
    left_out: int
    """How many fields have no words for people."""


def thing(subject: str) -> str:
    """Return what a row of the trail is called: 案件 12."""
    table, _slash, key = subject.partition("/")
    known = THINGS.get(table)
    return f"{_(known[0])} {key}" if known else subject


def tell(changes: Mapping[str, Any], people: Mapping[int, str]) -> list[Told]:
    """Put the changes of one act into words; ``people`` are the names of staff by id."""
    rows = {subject: columns for subject, columns in changes.items() if subject != "notes"}
    told = [_told(subject, columns, people) for subject, columns in rows.items()]
    return [*told, *_bulk(changes.get("notes", {}))]


def _bulk(notes: Mapping[str, Any]) -> Iterator[Told]:
    """Tell what was written or changed in bulk: how many rows of what."""
    says = N_("{count} rows were written or changed at once")
    counts = [(table, kept["rows"]) for table, kept in notes.get("written", {}).items()]
    counts += [
        (each["table"], each["last"] - each["first"] + 1) for each in notes.get("changed", ())
    ]
    for table, count in counts:
        line = Line(_("Rows written in bulk"), _(says).format(count=f"{count:,}"))
        yield Told(_(THINGS[table][0]) if table in THINGS else table, (line,), 0)


def tell_request(
    verb: str, request: Mapping[str, Any], people: Mapping[int, str]
) -> tuple[Line, ...]:
    """Put into words what was asked for; the changes themselves are told by `tell`."""
    noun = verb.partition(".")[0]
    return tuple(_lines(noun, request, people))


def _told(subject: str, columns: Mapping[str, Any], people: Mapping[int, str]) -> Told:
    table = subject.partition("/")[0]
    noun = THINGS[table][1] if table in THINGS else ""
    pairs = bool(columns) and all(
        isinstance(value, list) and len(value) == 2  # pyright: ignore[reportUnknownArgumentType] - JSON
        for value in columns.values()
    )
    lines = tuple(_lines(noun, columns, people, pairs=pairs))
    return Told(thing(subject), lines, len(columns) - len(lines))


def _lines(
    noun: str, columns: Mapping[str, Any], people: Mapping[int, str], *, pairs: bool = False
) -> Iterator[Line]:
    for name, value in columns.items():
        field = _fields(noun).get(name)
        if field is None or isinstance(field.kind, Key) or name in DIGESTS:
            continue
        if pairs:
            old, new = (_word(field, each, people) for each in value)
            yield Line(_(field.kind.label), f"{old} → {new}")
        else:
            yield Line(_(field.kind.label), _word(field, value, people))


def _word(field: Field, value: Any, people: Mapping[int, str]) -> str:
    """Return one stored value as people read it."""
    match field.kind, value:
        case _, None | "" | []:
            return _("(empty)")
        case _, bool():
            return _("Yes") if value else _("No")
        case Amount(), int():
            return _("{amount} yuan").format(amount=yuan_text(Fen(value)))
        case Choice(words=words), str():
            return next((word.label for word in words if word.value == value), value)
        case YesNo(), str():
            return Answer(value).label
        case Moment(), str():
            return datetime.fromisoformat(value).astimezone().strftime("%Y-%m-%d %H:%M")
        case _, int() if field.name.endswith("_by"):
            return people.get(value, str(value))
        case _, list():
            return "、".join(_role(str(each)) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - JSON
        case _:
            return _without_mark(str(value))


def _role(word: str) -> str:
    return next((role.label for role in Role if role.value == word), word)


def _without_mark(text: str) -> str:
    """Leave out the hash behind a mask: it is for comparing, not for reading."""
    shown, mark, _hash = text.rpartition(" #")
    return shown if mark and "*" in shown else text


@functools.cache
def _fields(noun: str) -> dict[str, Field]:
    """Return the described fields of a noun's records by name."""
    found: dict[str, Field] = {}
    for record in _records(Record):
        if record.__module__ == f"app.{noun}.records":
            for field in specs(record):
                if field.kind.label != field.name:
                    found.setdefault(field.name, field)
    return found


def _records(base: type[Record]) -> Iterator[type[Record]]:
    for child in base.__subclasses__():
        yield child
        yield from _records(child)


def acts() -> list[tuple[str, str]]:
    """Return every act the trail can hold, by name, with its words."""
    audited = [verb for verb in ACTIONS.values() if verb.audited]
    return sorted((verb.name, _(verb.says)) for verb in audited)
