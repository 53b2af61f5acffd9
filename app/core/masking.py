"""Private values as lists, the audit trail and public notices show them."""

import re

from app.core.kinds import BankCard, Kind, Phone, ResidentId
from app.core.text import mask_tail

HIDDEN = "******"
"""A private value of which nothing is shown, not even its length."""


def mask(kind: Kind, value: object) -> str:
    """Return ``value`` as it may be seen by anybody: in the clear when its kind is not private.

    ``2390**********0023``, ``154****4417``, ``6222 **** 4417``; nothing stays nothing.
    """
    text = "" if value is None else str(value)
    if not kind.private or not text:
        return text
    match kind:
        case ResidentId():
            return mask_tail(text, 4, 4)
        case Phone():
            return _mask_phone(text)
        case BankCard():
            return f"{text[:4]} **** {text[-4:]}" if len(text) >= 12 else "*" * len(text)
        case _:
            return HIDDEN


def _mask_phone(text: str) -> str:
    """Hide the middle of the longest run of digits: ``154****4417``, ``0451-****5678``."""
    run = max(re.findall(r"\d+", text), key=len, default="")
    if len(run) < 7:
        return "*" * len(text)
    head = 3 if len(run) > 8 else 0
    return text.replace(run, mask_tail(run, head, 4), 1)


def mask_name(name: str) -> str:
    """Return a name for a public list: ``王*``, ``王*明``, ``欧**明``."""
    if len(name) < 2:
        return "*" * len(name)
    if len(name) == 2:
        return name[0] + "*"
    return mask_tail(name, 1, 1)
