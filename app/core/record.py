"""Records: immutable typed groups of described fields, declared once.

A form, a row of a table, the facts on a paper and a line of an export are all records. A field
is described where its type is written::

    HeadName = Annotated[str, Name(label=N_("Name"))]

    class Person(Record):
        name: HeadName
        phone: Annotated[str, Phone(label=N_("Mobile"))] = ""
"""

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from typing import Any, dataclass_transform, get_args, get_origin

from app.core.kinds import Kind, Part, Text


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Record:
    """The base of every record: a subclass becomes a frozen dataclass with keyword arguments."""

    def __init_subclass__(cls) -> None:
        """Make the subclass a frozen dataclass."""
        dataclasses.dataclass(frozen=True, kw_only=True)(cls)


class Nothing(Record):
    """The request of a verb that needs none."""


@dataclasses.dataclass(frozen=True)
class Field:
    """One described field of a record."""

    name: str
    kind: Kind
    type: Any
    required: bool
    """True when the record cannot be made without it."""
    optional: bool
    """True when `None` is allowed, which means: not known."""

    @property
    def private(self) -> bool:
        """Tell whether the value is masked outside its own form."""
        return self.kind.private


@functools.cache
def specs(record: type[Record]) -> tuple[Field, ...]:
    """Return the described fields of a record type, in order."""
    hints = typing.get_type_hints(record, include_extras=True)
    fields: list[Field] = []
    for item in dataclasses.fields(record):  # pyright: ignore[reportArgumentType] - made one above
        bare, kind = _unwrap(hints[item.name])
        missing = dataclasses.MISSING
        required = item.default is missing and item.default_factory is missing
        optional = type(None) in get_args(bare)
        fields.append(
            Field(item.name, kind or _undescribed(item.name, bare), bare, required, optional)
        )
    return tuple(fields)


def _undescribed(name: str, bare: Any) -> Kind:
    """Return the kind of a field without one: a part for a record, else a text of that name."""
    inner = isinstance(bare, type) and issubclass(bare, Record)
    return Part() if inner else Text(label=name)


def _unwrap(hint: Any) -> tuple[Any, Kind | None]:
    """Take the kind out of ``Annotated[...]``, also when it stands inside ``... | None``."""
    if get_origin(hint) is typing.Annotated:
        bare, *notes = get_args(hint)
        return bare, next((note for note in notes if isinstance(note, Kind)), None)
    if get_origin(hint) in (typing.Union, types.UnionType):
        kinds = [_unwrap(part) for part in get_args(hint)]
        bare = typing.Union[tuple(part for part, _ in kinds)]  # noqa: UP007 - made from a tuple
        return bare, next((kind for _, kind in kinds if kind), None)
    return hint, None


def spec(record: type[Record], name: str) -> Field:
    """Return one field of a record type by its name."""
    return next(field for field in specs(record) if field.name == name)


def values(record: Record) -> dict[str, Any]:
    """Return the values of a record by field name, not copied."""
    return {field.name: getattr(record, field.name) for field in specs(type(record))}


def only(record: Record, names: frozenset[str] | set[str]) -> dict[str, Any]:
    """Return the values of those fields of ``record`` that ``names`` holds."""
    return {name: value for name, value in values(record).items() if name in names}


def changed(before: Record, after: Record) -> Mapping[str, tuple[Any, Any]]:
    """Return the fields whose value differs: name to (old, new). Both are of one type."""
    old, new = values(before), values(after)
    return {name: (old[name], new[name]) for name in old if old[name] != new[name]}
