"""Reads the facts of many households at once by plain SQL, as a report over the archive would.

What one household is asked at the counter, `app.facts.gather` reads through the models; the
benchmark holds the two equal.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from app.core.clock import midnight
from app.core.words import Answer
from app.core.words.funds import Account
from app.core.words.households import FileState
from app.facts.gather import ANSWERS, OF_MEMBER, PLAIN
from app.policy.facts import RECEIVED, RELIEF, Known
from app.reference.school_stages import school_stages

Row = tuple[Any, ...]
Stored = dict[str, Any]

OF_HOUSEHOLD: Final = (*PLAIN, *ANSWERS, "district", "person_type")
OF_EACH: Final = ("relation", "birth", "sex", *OF_MEMBER, "union_member")
OF_PUPILS: Final = ("school_stage", "admitted_this_year", "school_costs_this_year")
"""What the head is not asked."""


def _column(name: str) -> str:
    """Return the column of a member's fact; of some facts only the head or the others are asked."""
    if name == "union_member":
        return "CASE WHEN m.position = 1 THEN m.union_member END"
    return f"CASE WHEN m.position > 1 THEN m.{name} END" if name in OF_PUPILS else f"m.{name}"


# The facts stand first in a row.
HOUSEHOLDS: Final = (
    f"SELECT {', '.join(OF_HOUSEHOLD)}, id, file_state, declared_on FROM household "
    "WHERE id > ? AND id <= ? ORDER BY id"
)
MEMBERS: Final = (
    f"SELECT {', '.join(map(_column, OF_EACH))}, m.household_id, m.id FROM member m "
    "WHERE m.household_id > ? AND m.household_id <= ? AND m.active "
    "ORDER BY m.household_id, m.position"
)
PAID: Final = f"""
    SELECT a.household_id, a.member_id, a.measure,
        sum(CASE '{Account.PAID}' WHEN p.to_account THEN p.amount
            WHEN p.from_account THEN -p.amount ELSE 0 END)
    FROM award a
    JOIN award_version v ON v.award_id = a.id
    JOIN posting p ON p.award_version_id = v.id
    WHERE a.household_id > ? AND a.household_id <= ? AND p.posted_at >= ? AND p.posted_at < ?
    GROUP BY a.household_id, a.member_id, a.measure ORDER BY a.household_id
"""
TOLD: Final = {Answer.YES.value: True, Answer.NO.value: False}


class FactRows:
    """The facts of all households of a store on one day."""

    def __init__(self, connection: sqlite3.Connection, day: date) -> None:
        self._execute = connection.execute
        self._day = day
        self._year = tuple(_stored(date(each, 1, 1)) for each in (day.year, day.year + 1))

    def rows(self, after: int, last: int) -> tuple[list[Row], list[Row], list[Row]]:
        """Return the rows of the households with an id above ``after`` and up to ``last``:
        theirs, their members', what they were paid."""
        among = (after, last)
        return (
            self._execute(HOUSEHOLDS, among).fetchall(),
            self._execute(MEMBERS, among).fetchall(),
            self._execute(PAID, (*among, *self._year)).fetchall(),
        )

    def known(
        self, households: Iterable[Row], members: Iterable[Row], paid: Iterable[Row]
    ) -> list[Known]:
        """Return what is known of each household."""
        people: dict[int, list[Stored]] = defaultdict(list)
        place: dict[int, Stored] = {}
        stages = school_stages()
        for row in members:
            facts: Stored = dict(zip(OF_EACH, row, strict=False))
            facts["union_member"] = TOLD.get(facts["union_member"])
            facts["admitted_this_year"] = TOLD.get(facts["admitted_this_year"])
            if facts["unemployed_since"]:
                facts["unemployed_since"] = date.fromisoformat(facts["unemployed_since"])
            if facts["birth"]:
                facts["birth"] = birth = date.fromisoformat(facts["birth"])
                if birth > self._day:
                    facts["birth"] = facts["sex"] = None  # a number nobody can have yet
            if facts["school_stage"] is None:
                facts["school_stage"] = stages.get(facts["work_status"])
            household_id, id_ = row[-2:]
            people[household_id].append(facts)
            place[id_] = facts
        received: dict[int, Stored] = defaultdict(dict)
        for household_id, member_id, measure, amount in paid:
            name = f"{RECEIVED}{measure}"
            for holder in (received[household_id], place.get(member_id)):
                if holder is not None:
                    holder[name] = holder.get(name, 0) + amount
        return [_known(row, people[row[-3]], received.get(row[-3])) for row in households]


def _stored(day: date) -> str:
    """Return the instant a day begins as it is stored."""
    return midnight(day).replace(tzinfo=None).isoformat(" ", "microseconds")


def _known(row: Row, members: list[Stored], received: Stored | None) -> Known:
    _id, state, declared_on = row[-3:]
    facts: Stored = dict(zip(OF_HOUSEHOLD, row, strict=False))
    for name in ANSWERS:
        facts[name] = TOLD.get(facts[name])
    facts["union_member"] = members[0]["union_member"]
    facts["has_active_file"] = state == FileState.ACTIVE
    facts["already_in_another_file"] = False
    if declared_on is not None:
        facts["no_exclusion_declared"] = True
    facts[RELIEF] = 0
    if received:
        facts |= received
        facts[RELIEF] = sum(received.values())
    return Known(facts, members)
