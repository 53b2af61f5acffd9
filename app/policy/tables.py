"""One table of a policy document: typed values, or a `PackProblem` that names the place."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeVar, cast

from app.core.i18n import _
from app.core.money import Fen, whole_fen
from app.policy.problems import (
    BadName,
    MissingKey,
    NamedTwice,
    TooPrecise,
    UnknownKey,
    UnknownWord,
    WrongType,
    nearest,
    shown,
)

PlainWord = TypeVar("PlainWord", bound=StrEnum)

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,60}", re.ASCII)

SMALLEST: Final = Decimal("0.0001")
LARGEST: Final = Decimal(10000)
"""Between these lies every factor a document may have."""

TOP: Final = "document"
"""The place of what stands outside every table."""


class Table:
    """One table of the document, with its place in the file for messages."""

    def __init__(
        self, file: str, place: str, raw: Mapping[str, Any], keys: Collection[str]
    ) -> None:
        self.file = file
        self.place = place
        self.raw = raw
        for key in raw:
            if key not in keys:
                raise UnknownKey(file=file, table=place, key=key, nearest=nearest(key, keys))

    def wrong(self, key: str, wanted: str) -> WrongType:
        """Return the error for a value that is not what the key wants."""
        found = shown(self.raw[key])
        return WrongType(file=self.file, table=self.place, key=key, wanted=wanted, found=found)

    def need(self, key: str) -> Any:
        """Return a value that must be there."""
        if key not in self.raw:
            raise MissingKey(file=self.file, table=self.place, key=key)
        return self.raw[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text."""
        value = self.need(key) if default is None else self.raw.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, _("text"))
        return value

    def filled(self, key: str) -> str:
        """Return a text that is not empty."""
        text = self.text(key)
        if not text.strip():
            raise MissingKey(file=self.file, table=self.place, key=key)
        return text

    def name(self, key: str) -> str:
        """Return a name that other places refer to: small letters, digits and ``_``."""
        text = self.text(key)
        if not NAME.fullmatch(text):
            raise BadName(file=self.file, table=self.place, key=key, found=text)
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when the key is absent."""
        value: Any = self.raw.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, _("a list of texts"))
        items = cast("list[object]", value)
        if not all(isinstance(item, str) for item in items):
            raise self.wrong(key, _("a list of texts"))
        return tuple(str(item) for item in items)

    def day(self, key: str) -> date:
        """Return a day."""
        value = self.need(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, _("a day such as 2020-01-01"))
        return value

    def whole(self, key: str, at_least: int) -> int:
        """Return a whole number."""
        value = self.need(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < at_least:
            wanted = _("a whole number of at least {least}").format(least=at_least)
            raise self.wrong(key, wanted)
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.raw.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, _("true or false"))
        return value

    def factor(self, key: str) -> Decimal:
        """Return a factor, 1 when the key is absent."""
        return self.as_factor(key, self.raw.get(key, 1))

    def as_factor(self, key: str, value: object) -> Decimal:
        """Turn a number above nought into a factor."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.wrong(key, _("a number"))
        number = Decimal(value)
        if not number.is_finite() or not SMALLEST <= number <= LARGEST:
            raise self.wrong(key, _("a number from 0.0001 to 10,000"))
        return Decimal(value)

    def yuan(self, key: str) -> Fen:
        """Return an amount, written in yuan."""
        return self.as_yuan(key, self.need(key))

    def as_yuan(self, key: str, value: object) -> Fen:
        """Turn yuan into fen."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.wrong(key, _("an amount in yuan"))
        fen = whole_fen(value)
        if fen is None:
            raise TooPrecise(file=self.file, table=self.place, key=key, found=str(value))
        return fen

    def word(self, key: str, words: type[PlainWord]) -> PlainWord:
        """Return a word of a closed list."""
        text = self.text(key)
        try:
            return words(text)
        except ValueError:
            raise self.not_one_of(key, text, [word.value for word in words]) from None

    def words(self, key: str, words: type[PlainWord]) -> tuple[PlainWord, ...]:
        """Return a list of words of a closed list, empty when the key is absent."""
        known = {word.value: word for word in words}
        for text in (texts := self.texts(key)):
            if text not in known:
                raise self.not_one_of(key, text, known)
        return tuple(known[text] for text in texts)

    def one_of(self, key: str, known: Collection[str]) -> str:
        """Return a text of a closed list."""
        text = self.text(key)
        if text not in known:
            raise self.not_one_of(key, text, known)
        return text

    def once(self, name: str, names: Collection[str]) -> None:
        """Refuse a name that is taken."""
        if name in names:
            raise NamedTwice(file=self.file, table=self.place, found=name)

    def not_one_of(self, key: str, found: str, known: Iterable[str]) -> UnknownWord:
        """Return the error for a word outside its list."""
        return UnknownWord(
            file=self.file, table=self.place, key=key, found=found, nearest=nearest(found, known)
        )

    def table(self, key: str, keys: Collection[str]) -> "Table":
        """Return a table inside this one."""
        value = self.need(key)
        if not isinstance(value, dict):
            raise self.wrong(key, _("a table"))
        return Table(self.file, self._inside(key), cast("dict[str, Any]", value), keys)

    def tables(self, key: str, keys: Collection[str]) -> "list[Table]":
        """Return the tables of a list, none when the key is absent; they count from 1."""
        value: Any = self.raw.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, _("a list of tables"))
        items = cast("list[object]", value)
        if not all(isinstance(item, dict) for item in items):
            raise self.wrong(key, _("a list of tables"))
        return [
            Table(self.file, f"{self._inside(key)}[{number}]", cast("dict[str, Any]", item), keys)
            for number, item in enumerate(items, 1)
        ]

    def _inside(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place != TOP else key
