"""Whether a record can be taken: each field by its kind, each record of a list in its place.

`check` finds what keeps a record out; `warnings` what is worth a second look. Rules that need
more than one field stand with their noun.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final, cast

from app.core.contact import check_card, check_phone, doubt_card
from app.core.errors import Problem
from app.core.i18n import N_
from app.core.kinds import (
    Amount,
    Area,
    BankCard,
    Choice,
    Count,
    Day,
    Lines,
    ManyChoice,
    ManyCodes,
    Name,
    Phone,
    ResidentId,
    Secret,
    Text,
)
from app.core.money import yuan_text
from app.core.record import Field, Record, specs
from app.core.resident_id import ResidentIdFacts, read_id
from app.core.text import has_private_use

FIRST_YEAR: Final = 1900
"""A date before it is a slip of the key."""

_Check = Callable[[Field, object, date], Problem | None]


def check(record: Record, *, today: date) -> list[Problem]:
    """Return what keeps ``record`` out, in the order of its fields.

    A field of a record in a list is named ``members[2].id_number``; the first is ``members[0]``.
    """
    return list(_walk(record, "", today, _wrong))


def warnings(record: Record, *, today: date) -> list[Problem]:
    """Return what is worth a second look in ``record`` and does not keep it out."""
    return list(_walk(record, "", today, _doubtful))


def check_field(field: Field, value: object, *, today: date) -> Problem | None:
    """Return what is wrong with one value, or `None`.

    `None` is sound where the field may be unknown. A value of another type than the field's is a
    mistake of the program, for the type checker, and passes here.
    """
    return _wrong(field, value, today)


def _walk(record: Record, path: str, today: date, look: _Check) -> Iterator[Problem]:
    for field in specs(type(record)):
        value: object = getattr(record, field.name)
        problem = look(field, value, today)
        if problem is not None:
            yield replace(problem, field=path + problem.field)
        if isinstance(value, Record):
            yield from _walk(value, f"{path}{field.name}.", today, look)
        elif isinstance(value, tuple | list):
            for place, item in enumerate(cast("Sequence[object]", value)):
                if isinstance(item, Record):
                    yield from _walk(item, f"{path}{field.name}[{place}].", today, look)


def _wrong(field: Field, value: object, today: date) -> Problem | None:
    """Look at one value; the order of the kinds goes from the narrow to the wide."""
    if value is None or (isinstance(value, str) and not value.strip()):
        if field.required and not (value is None and field.optional):
            return Problem(field.name, "missing", N_("This has to be filled in."))
        return None
    match field.kind, value:
        case ResidentId(), str():
            read = read_id(value, today=today, field=field.name)
            return read if isinstance(read, Problem) else None
        case Phone(), str():
            return check_phone(value, field=field.name)
        case BankCard(), str():
            return check_card(value, field=field.name)
        case Name(), str():
            return _text(field, value, field.kind) or _name(field, value)
        case Text(), str():
            return _text(field, value, field.kind)
        case Lines(), str():
            return _length(field, value, 0, field.kind.max_length)
        case Secret(), str():
            return _length(field, value, field.kind.min_length, None)
        case Amount(), int():
            return _between(field, value, field.kind, yuan_text)
        case Count(), int():
            return _between(field, value, field.kind, str)
        case Area(), int() if not 0 < value <= field.kind.at_most:
            return Problem(
                field.name,
                "area",
                N_("More than 0 and at most {most} square metres."),
                {"most": field.kind.at_most // 100},
            )
        case ManyCodes(), tuple():
            return _codes(field, cast("tuple[str, ...]", value), field.kind)
        case ManyChoice(), tuple():
            return _choices(field, cast("tuple[str, ...]", value), field.kind)
        case Day(), date():
            return _day(field, value, field.kind, today)
        case Choice(), str() if value not in set(field.kind.words):
            return Problem(
                field.name, "unknown_word", N_("“{value}” is not in the list."), {"value": value}
            )
        case _:
            return None


def _text(field: Field, value: str, kind: Text) -> Problem | None:
    if any(unicodedata.category(character) == "Cc" for character in value):
        return Problem(field.name, "line_break", N_("This is one line; please take out the break."))
    return _length(field, value, kind.min_length, kind.max_length)


def _name(field: Field, value: str) -> Problem | None:
    for place, character in enumerate(value, start=1):
        if has_private_use(character):
            return Problem(
                field.name,
                "private_use",
                N_(
                    "Character {place} of the name is a home-made one that other PCs cannot show. "
                    "Please type the standard character."
                ),
                {"place": place},
            )
    if any(character.isdigit() for character in value):
        return Problem(field.name, "name_digits", N_("There is a digit in the name."))
    return None


def _length(field: Field, value: str, least: int, most: int | None) -> Problem | None:
    count = len(value)
    if count < least:
        return Problem(
            field.name,
            "too_short",
            N_("At least {least} characters; now {count}."),
            {"least": least, "count": count},
        )
    if most is not None and count > most:
        return Problem(
            field.name,
            "too_long",
            N_("At most {most} characters; now {count}."),
            {"most": most, "count": count},
        )
    return None


def _between(
    field: Field, value: int, kind: Amount | Count, show: Callable[[int], str]
) -> Problem | None:
    if value < kind.at_least:
        return Problem(
            field.name,
            "too_small",
            N_("At least {least}; now {value}."),
            {"least": show(kind.at_least), "value": show(value)},
        )
    if kind.at_most is not None and value > kind.at_most:
        return Problem(
            field.name,
            "too_large",
            N_("At most {most}; now {value}."),
            {"most": show(kind.at_most), "value": show(value)},
        )
    return None


def _codes(field: Field, value: tuple[str, ...], kind: ManyCodes) -> Problem | None:
    if len(set(value)) < len(value):
        return Problem(field.name, "word_twice", N_("Each word stands there once."))
    if len(value) > kind.at_most:
        says = N_("At most {most} of them; now {count}.")
        return Problem(field.name, "too_many", says, {"most": kind.at_most, "count": len(value)})
    return None


def _choices(field: Field, value: tuple[str, ...], kind: ManyChoice) -> Problem | None:
    if len(set(value)) < len(value):
        return Problem(field.name, "word_twice", N_("Each word stands there once."))
    if len(value) < kind.at_least:
        says = N_("Choose at least {least} of them.")
        return Problem(field.name, "too_few", says, {"least": kind.at_least})
    return None


def _day(field: Field, value: date, kind: Day, today: date) -> Problem | None:
    day = value.date() if isinstance(value, datetime) else value
    if day.year < FIRST_YEAR:
        return Problem(
            field.name, "too_early", N_("The year {year} is too early."), {"year": day.year}
        )
    if day > today and not kind.may_be_future:
        return Problem(
            field.name,
            "future",
            N_("{day} is after today, {today}."),
            {"day": day.isoformat(), "today": today.isoformat()},
        )
    return None


def _doubtful(field: Field, value: object, today: date) -> Problem | None:
    match field.kind, value:
        case BankCard(luhn=True), str():
            return doubt_card(value, field=field.name)
        case ResidentId(), str():
            read = read_id(value, today=today, field=field.name)
            if isinstance(read, ResidentIdFacts) and not read.region_hint:
                return Problem(
                    field.name,
                    "id_region",
                    N_("The first two digits of the ID number are no known province."),
                )
            return None
        case ((Text() | Lines()), str()) if has_private_use(value):
            return Problem(
                field.name,
                "private_use",
                N_("There is a home-made character in it that other PCs cannot show."),
            )
        case _:
            return None
