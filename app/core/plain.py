"""Plain data: what JSON can hold, and the one text of it."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any


def canonical(value: Any) -> str:
    """Return the one JSON text of plain data: sorted keys, no spaces, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain(value: Any) -> Any:
    """Return ``value`` as plain data: dates as text, tuples and sets as lists, words as text."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case dict():
            return {str(key): plain(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - plain data of any shape
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]  # pyright: ignore[reportUnknownVariableType] - plain data of any shape
        case str():
            return str(value)
        case _:
            return value


def number_text(number: Decimal) -> str:
    """Write a decimal number without needless zeros: ``1.5``, ``80``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
