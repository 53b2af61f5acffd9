"""Makes the rows of an import of past relief: all of it before the store is asked. Pure."""

from typing import Any

from app.core.columns import Columns
from app.exchange.relief_records import PreparedRelief, ReliefHistory, Who

OF_HOUSEHOLD = ("household_id", "district", "category", "cause")
"""What a payment says of the household, as it stands now."""


def prepare_relief(history: ReliefHistory) -> PreparedRelief:
    """Return the rows of an import; the ids are given when they are written."""
    taken = list(history.sound())
    people: dict[Who, tuple[int, str, int | None]] = {}
    places: list[int] = []
    for payment in taken:
        home = payment.file.household_id if payment.file else None
        place, _name, _home = people.setdefault(payment.who, (len(people), payment.name, home))
        places.append(place)
    names = ("day", "item", "source", "fen", "way", "handler", "note")
    each: dict[str, list[Any]] = {
        name: [getattr(payment, name) for payment in taken] for name in names
    }
    for name in OF_HOUSEHOLD:
        each[name] = [getattr(payment.file, name, None) for payment in taken]
    each["person_id"] = places
    same = {
        "measure": "",
        "fund_id": None,
        "posting_id": None,
        "times": 1,
        "counted": True,
    }
    return PreparedRelief(
        payments=Columns(len(taken), each, same),
        people=[(who, name, home) for who, (_place, name, home) in people.items()],
        sums=history.sums(),
        rows=history.rows,
        errors=history.errors,
    )
