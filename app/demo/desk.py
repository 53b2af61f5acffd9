"""Where the people of the demonstration work."""

from dataclasses import dataclass
from typing import Any, TypeVar

from app.core.clock import FixedClock
from app.core.record import Record
from app.office import Office
from app.work import Action, Actor, Query

Result = TypeVar("Result")


@dataclass(frozen=True)
class Desk:
    """The people of the demonstration, signed in, and their office with its movable clock."""

    office: Office
    clock: FixedClock
    people: dict[str, Actor]

    def do(self, user: str, action: Action[Any, Result], request: Record) -> Result:
        """Perform an action as one of the people."""
        return self.office.perform(self.people[user], action, request).result

    def ask(self, user: str, query: Query[Any, Result], request: Record) -> Result:
        """Ask a query as one of the people."""
        return self.office.ask(self.people[user], query, request)
