"""How values of the kernel are stored, the same on SQLite and PostgreSQL."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, Text
from sqlalchemy.types import TypeDecorator

from app.core.plain import canonical
from app.core.words import Word

Identity = BigInteger().with_variant(Integer, "sqlite")
"""The type of every id; SQLite numbers rows by itself only for INTEGER."""


class Stored(TypeDecorator[Word]):
    """A `Word`, kept as its stored text."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Word | None, dialect: Dialect) -> str | None:
        """Write the stored text."""
        return None if value is None else value.value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Word | None:
        """Read the word; an unknown text is a damaged row and raises `ValueError`."""
        return None if value is None else self.words(value)


class Instant(TypeDecorator[datetime]):
    """An instant in UTC; a time without a zone is a bug and refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write UTC without the zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Read UTC with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


class Json(TypeDecorator[Any]):
    """Plain data in canonical JSON: the same data are the same text, so that digests agree."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        """Write canonical JSON."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        """Read plain data."""
        return None if value is None else json.loads(value)


class Listed(Json):
    """Words in their order, as canonical JSON."""

    cache_ok = True

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        """Read the words as they stand in a form."""
        return () if value is None else tuple(json.loads(value))


class Flags(TypeDecorator[tuple[Word, ...]]):
    """A set of words as the bits of a number, by their positions, so that SQL can compare sets."""

    impl = Integer
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Iterable[Word] | None, dialect: Dialect) -> int | None:
        """Write one bit for each word."""
        return None if value is None else bits(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        """Read the words in their order."""
        if value is None:
            return None
        return tuple(word for at, word in enumerate(self.words) if value >> at & 1)


def in_order(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return a set of words as `Flags` reads it again, each once and in their order."""
    found = set(words)
    return tuple(word for word in type(next(iter(found))) if word in found) if found else ()


def bits(words: Iterable[Word]) -> int:
    """Return a set of words as `Flags` keeps it."""
    return sum(1 << list(type(word)).index(word) for word in set(words))
