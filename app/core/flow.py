"""A state machine as one table: actions obey it, pages read it, tests walk it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from app.core.errors import NotNow
from app.core.words import Word

State = TypeVar("State", bound=Word)
Step = TypeVar("Step", bound=StrEnum)


class Flow(Generic[State, Step]):
    """The allowed steps: (state, step) to the next state."""

    def __init__(self, table: Mapping[tuple[State, Step], State]) -> None:
        self.table = dict(table)

    def after(self, state: State, step: Step) -> State:
        """Return the state after ``step``; raise `NotNow` when the step is closed in ``state``."""
        try:
            return self.table[state, step]
        except KeyError:
            raise NotNow(state=state.label, step=str(step)) from None

    def steps(self, state: State) -> tuple[Step, ...]:
        """Return the steps open in ``state``, in the order of the table."""
        return tuple(step for (before, step) in self.table if before is state)
