"""The plan of a loan (还款计划), two plans side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.core.money import Fen
from app.loans.ledger import Ledger
from app.loans.standing import Instalment
from app.loans.terms import Terms
from app.reference.workdays import Calendar


@dataclass(frozen=True)
class Plan:
    """The instalments of a contract when everything is paid in time."""

    terms: Terms
    instalments: tuple[Instalment, ...]

    @property
    def interest(self) -> Fen:
        """All interest, the subsidised part included."""
        return Fen(sum(each.interest for each in self.instalments))

    @property
    def subsidy(self) -> Fen:
        """The part of it that the treasury bears."""
        return Fen(sum(each.subsidy for each in self.instalments))


def plan(terms: Terms, calendar: Calendar) -> Plan:
    """Return the plan as the contract has it."""
    return Plan(terms, tuple(Ledger(terms, calendar).forecast(terms.lent_on)))


class Pair(NamedTuple):
    """A due day in two plans; `None` where one has nothing due."""

    due: date
    before: Instalment | None
    after: Instalment | None

    @property
    def more(self) -> Fen:
        """By how much more is due after than before; negative for less."""
        before = self.before.total if self.before else 0
        return Fen((self.after.total if self.after else 0) - before)


def compare(before: Iterable[Instalment], after: Iterable[Instalment]) -> tuple[Pair, ...]:
    """Return two plans side by side, due day by due day; several lines of a day stand in turn."""
    left, right = _by_place(before), _by_place(after)
    return tuple(
        Pair(place[0], left.get(place), right.get(place)) for place in sorted({*left, *right})
    )


def _by_place(lines: Iterable[Instalment]) -> dict[tuple[date, int], Instalment]:
    """Return the lines by due day and how many of that day came before."""
    found: dict[tuple[date, int], Instalment] = {}
    for line in lines:
        turn = 0
        while (line.due, turn) in found:
            turn += 1
        found[line.due, turn] = line
    return found
