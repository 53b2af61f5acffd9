"""What a paper says, frozen on the day it was issued."""

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from app.core.record import Record, values
from app.core.words.papers import PaperKind

Facts = Mapping[str, Any]
"""What stands on a paper, as JSON knows it: text, whole numbers (money in fen), ``None``, lists
and groups of these; dates as ``2013-12-06``. Whom the paper is about is called ``name`` and its
money ``amount`` on every paper, since the signature covers both."""

ORIGINAL = 1
"""The number of the first copy (正本); later ones are reprints (补打)."""


class Sheet(Record):
    """One paper, ready to be drawn. The same sheet always gives the same bytes."""

    kind: PaperKind
    template: str
    """Kind and day of the wording, as ``hardship_certificate/2020-01-01``."""
    number: str
    issued_on: date
    facts: Facts
    center: str
    union: str
    """The union that the center belongs to (哈尔滨市总工会)."""
    maker: str
    checker: str = ""
    demonstration: bool = False
    """Prints 样张 across every page and a sample seal."""
    check_code: str = ""
    payload: str = ""
    """The signed text in the QR code; see `app.papers.seal`."""
    copy: int = ORIGINAL
    copy_reason: str = ""

    def frozen(self) -> dict[str, Any]:
        """Return what never changes once issued, as JSON: what the digest covers."""
        return {
            "kind": str(self.kind),
            "template": self.template,
            "number": self.number,
            "issued_on": self.issued_on.isoformat(),
            "center": self.center,
            "union": self.union,
            "maker": self.maker,
            "checker": self.checker,
            "demonstration": self.demonstration,
            "facts": self.facts,
        }

    def to_json(self) -> dict[str, Any]:
        """Return the whole sheet, signature and copy included, for inside the PDF."""
        return self.frozen() | {
            "payload": self.payload,
            "check_code": self.check_code,
            "copy": self.copy,
            "copy_reason": self.copy_reason,
        }

    def sealed(self, payload: str, check_code: str) -> Self:
        """Return the sheet with its signature and check code."""
        return dataclasses.replace(self, payload=payload, check_code=check_code)  # pyright: ignore[reportArgumentType] - a Record is a dataclass

    def reprint(self, copy: int, reason: str) -> Self:
        """Return the same sheet, marked as a further copy."""
        return dataclasses.replace(self, copy=copy, copy_reason=reason)  # pyright: ignore[reportArgumentType] - a Record is a dataclass


def thaw(frozen: Mapping[str, Any]) -> Sheet:
    """Make the sheet again from `Sheet.frozen` or `Sheet.to_json`.

    Raises `ValueError`, `KeyError` or `TypeError` for what is neither.
    """
    return Sheet(
        kind=PaperKind(frozen["kind"]),
        template=frozen["template"],
        number=frozen["number"],
        issued_on=date.fromisoformat(frozen["issued_on"]),
        facts=dict(frozen["facts"]),
        center=frozen["center"],
        union=frozen["union"],
        maker=frozen["maker"],
        checker=frozen["checker"],
        demonstration=frozen["demonstration"],
        payload=str(frozen.get("payload", "")),
        check_code=str(frozen.get("check_code", "")),
        copy=frozen.get("copy", ORIGINAL),
        copy_reason=frozen.get("copy_reason", ""),
    )


def facts_of(record: Record) -> dict[str, Any]:
    """Turn a noun's record of facts into JSON: the form in which they are frozen."""
    return {name: _plain(value) for name, value in values(record).items()}


def canonical(frozen: Mapping[str, Any]) -> bytes:
    """Write JSON so that equal contents give equal bytes."""
    text = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return facts_of(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]  # pyright: ignore[reportUnknownVariableType] - of any values
    return str(value) if isinstance(value, str) else value
