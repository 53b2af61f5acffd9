"""Compares the rows of two households: who stands in both, and what is known otherwise."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, cast

from sqlalchemy import inspect

from app.core.i18n import N_, _
from app.core.kinds import Amount, Area, Kind
from app.core.masking import mask
from app.core.money import Fen, yuan_text
from app.core.record import Field, Record, specs
from app.core.words import Answer, Word
from app.households.merging_records import Difference
from app.households.records import HouseholdForm, MemberForm
from app.households.store import fill_keys
from app.work import Work
from db.base import Row
from db.models.households import Household, Member

SAME_NUMBER: Final = N_("Resident ID number")
SAME_BIRTH: Final = N_("Name and birth")
SAME_NAME: Final = N_("Name")

NOT_COMPARED = frozenset({"id", "relation"})
"""What somebody is to the head is asked anew when they join."""

UNKNOWN = (None, "", (), Answer.NOT_ASKED, Answer.NOT_KNOWN)


def _described() -> Iterator[tuple[type[Record], Field]]:
    """Yield the fields of all sections of the form, and of a member."""
    for part in specs(HouseholdForm):
        if isinstance(part.type, type) and issubclass(part.type, Record):
            yield from ((part.type, field) for field in specs(part.type))
    yield from ((MemberForm, field) for field in specs(MemberForm))


def _of(model: type[Row]) -> dict[str, Field]:
    """Return the described fields that are columns of a table; the account is one field."""
    columns = inspect(model).columns.keys()
    rest = {name for name in columns if name.startswith("account_")} - {"account_number"}
    return {
        field.name: field
        for _record, field in _described()
        if field.name in columns and field.name not in NOT_COMPARED | rest
    }


FIELDS: Final[dict[type[Row], dict[str, Field]]] = {
    Household: _of(Household),
    Member: _of(Member),
}
"""What is compared of a household and of a person, as the form describes it."""


class Alike(NamedTuple):
    """Two rows that are perhaps one person, and by what."""

    kept: Member
    other: Member
    by: str


def alike(kept: Sequence[Member], others: Sequence[Member]) -> list[Alike]:
    """Return who stands in both households, by the most telling thing that agrees; everybody
    once. ``kept`` and ``others`` begin with the heads."""
    heads = {kept[0].id, others[0].id} if kept and others else set[int]()

    def named(mine: Member, theirs: Member) -> bool:
        both = bool(mine.id_number and theirs.id_number)
        return mine.name == theirs.name and (not both or {mine.id, theirs.id} == heads)

    ways = (
        (SAME_NUMBER, same_number),
        (SAME_BIRTH, same_birth),
        (SAME_NAME, named),
    )
    left, right, found = list(kept), list(others), list[Alike]()
    for label, holds in ways:
        for mine in list(left):
            theirs = next((row for row in right if holds(mine, row)), None)
            if theirs is not None:
                found.append(Alike(mine, theirs, label))
                left.remove(mine)
                right.remove(theirs)
    return found


def same_number(mine: Member, theirs: Member) -> bool:
    """Tell whether two rows carry one ID number."""
    return bool(mine.id_number) and mine.id_number == theirs.id_number


def same_birth(mine: Member, theirs: Member) -> bool:
    """Tell whether two people have one name and were born on one day."""
    return mine.name == theirs.name and mine.birth is not None and mine.birth == theirs.birth


def differences(kept: Row, other: Row) -> tuple[Difference, ...]:
    """Return what the other row knows, and the kept one otherwise or not at all."""
    found: list[Difference] = []
    for name, field in FIELDS[type(kept)].items():
        mine, theirs = getattr(kept, name), getattr(other, name)
        if theirs in UNKNOWN or mine == theirs:
            continue
        found.append(
            Difference(
                kept_id=kept.id if isinstance(kept, Member) else None,
                field=name,
                label=_(field.kind.label),
                kept=told(field.kind, mine),
                other=told(field.kind, theirs),
                suggested=mine in UNKNOWN,
            )
        )
    return tuple(found)


def told(kind: Kind, value: Any) -> str:
    """Return a value in words, masked where it is private."""
    match kind, value:
        case Amount(), int():
            return _("{amount} yuan").format(amount=yuan_text(Fen(value)))
        case Area(), int():
            return _("{area} m²").format(area=yuan_text(Fen(value)))
        case _, tuple():
            return _(", ").join(cast("tuple[str, ...]", value))
        case _, Word():
            return value.label
        case _, date():
            return value.isoformat()
        case _:
            return mask(kind, value)


def taken_cells(work: Work, kept: Row, other: Row, fields: Sequence[str]) -> dict[str, Any]:
    """Return the cells that ``kept`` gets with the fields taken from the other row, and what is
    derived of them."""
    cells = {name: getattr(other, name) for name in fields}
    if "account_number" in cells:
        columns = [each.key for each in inspect(type(kept)).column_attrs]
        names = [name for name in columns if name.startswith("account_")]
        cells |= {name: getattr(other, name) for name in names}
    if isinstance(kept, Member):
        known = {name: cells.get(name, getattr(kept, name)) for name in _READ_FROM}
        derived = Member(**known)
        fill_keys(work, derived)
        columns = {each.key for each in inspect(Member).column_attrs}
        cells |= {name: value for name, value in vars(derived).items() if name in columns}
    return cells


_READ_FROM = ("name", "id_number", "phone")
"""What the keys of the search, birth and sex are read from."""
