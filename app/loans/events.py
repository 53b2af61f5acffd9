"""What happens to the money of a loan, and the acts on it that cannot be.

The order in which events become known does not matter: they are put in the order of their days,
on one day in that of `PRECEDENCE`, and payments of one day count as one.
"""

import itertools
from collections.abc import Sequence, Set
from datetime import date
from typing import Final, NamedTuple

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.core.money import yuan_text
from app.core.words.loans import LoanEventKind, Payer

PRECEDENCE: Final = {
    kind: place
    for place, kind in enumerate(
        (
            LoanEventKind.LENT,
            LoanEventKind.MISUSED,
            LoanEventKind.EXTENDED,
            LoanEventKind.REPAID,
            LoanEventKind.COMPENSATED,
            LoanEventKind.RECOVERED,
            LoanEventKind.WRITTEN_OFF,
            LoanEventKind.REVERSED,
        )
    )
}
"""What comes first on one day."""

REPAID: Final = LoanEventKind.REPAID
_REVERSED: Final = LoanEventKind.REVERSED
"""Looked up once: on its class a member of an enumeration is found slowly by Python 3.11."""

WITH_MONEY: Final = frozenset(LoanEventKind) - {
    LoanEventKind.MISUSED,
    LoanEventKind.EXTENDED,
    LoanEventKind.REVERSED,
}


class Event(NamedTuple):
    """One entry: what, when, how much."""

    number: int
    """In which order it became known: 1, 2, 3 …; unique within the loan."""
    kind: LoanEventKind
    day: date
    """The day it happened, which may be long before it was entered."""
    fen: int = 0
    months: int = 0
    """By how many months an extension moves the end."""
    payer: Payer | None = None
    reverses: int | None = None
    """The number of the entry that this one undoes."""


class ImpossibleEvent(RuleBroken):
    """The entry cannot be, given the others. Nothing was changed by it."""


class NumberTaken(ImpossibleEvent):
    """Two entries of one number."""

    says = N_("Entry {number} of the loan stands there twice.")


class NothingEntered(ImpossibleEvent):
    """An entry without the sum, the months or the number that it is about."""

    says = N_("Entry {number} ({kind}) says no amount, months or entry.")


class NotYetLent(ImpossibleEvent):
    """Something is said to have happened before the bank lent."""

    says = N_("{kind} on {day}: the bank had not lent yet. Check the day.")


def not_yet_lent(event: Event) -> NotYetLent:
    """Return the error for an event before the lending."""
    return NotYetLent(kind=event.kind.label, day=event.day)


class LentTwice(ImpossibleEvent):
    """The money is handed out once; a second loan is a loan of its own."""

    says = N_("The loan was disbursed on {day} already.")


class LentMore(ImpossibleEvent):
    """More was lent than the contract says."""

    says = N_("{fen} yuan are more than the {most} yuan of the contract.")


class MoreThanOwed(ImpossibleEvent):
    """More came in than was owed."""

    says = N_("{fen} yuan on {day} are {over} yuan more than all that was owed. Check the amount.")


def too_much(day: date, fen: int, owed: int) -> MoreThanOwed:
    """Return the error for a sum above what was owed."""
    return MoreThanOwed(day=day, fen=yuan_text(fen), over=yuan_text(fen - owed))


class NothingToReverse(ImpossibleEvent):
    """A reversal of what is not there."""

    says = N_("There is no entry {number} to reverse.")


class ReversalReversed(ImpossibleEvent):
    """A reversal stays; what was reversed by mistake is entered again."""

    says = N_("Entry {number} is a reversal, which stays. Enter what it undid once more.")


class ReversedTwice(ImpossibleEvent):
    """Two reversals of one entry."""

    says = N_("Entry {number} is reversed already.")


class ReversedBefore(ImpossibleEvent):
    """A reversal dated before the entry it undoes."""

    says = N_("Entry {number} cannot be reversed on {day}, before it happened.")


class TermOver(ImpossibleEvent):
    """An extension is agreed while the term runs."""

    says = N_("The term ended on {day}; an extension is agreed before.")


class ClosedAtBank(ImpossibleEvent):
    """The bank has been paid in full, by whomever."""

    says = N_("Nothing is owed to the bank since {day}; {kind} on {later} is not possible.")


class NotCompensated(ImpossibleEvent):
    """Recovery and write-off concern what the guarantee fund paid."""

    says = N_("The guarantee fund had paid nothing on {day}, so there is nothing to recover.")


def in_order(events: Sequence[Event], until: date) -> list[Event]:
    """Return the events up to a day that count, in the order in which they act.

    A reversed entry is left out as if it had never been, also where the reversal is of a later
    day than ``until``: a past day is told as it is known now.

    Raises `NumberTaken`, `NothingEntered` and the errors of reversals.
    """
    reversals = False
    for event in events:
        kind = event.kind
        if kind is not REPAID or event.fen <= 0 or event.number <= 0:
            _complete(event)
            reversals = reversals or kind is _REVERSED
    if len({event.number for event in events}) < len(events):
        raise NumberTaken(number=_twice(events))
    gone: Set[int] = _reversed(events) if reversals else frozenset()
    acting = [event for event in events if event.day <= until and event.number not in gone]
    if not all(one.day < other.day for one, other in itertools.pairwise(acting)):
        acting.sort(key=_place)
    return acting


def _place(event: Event) -> tuple[date, int, int]:
    return event.day, PRECEDENCE[event.kind], event.number


def _complete(event: Event) -> None:
    kind = event.kind
    if kind in WITH_MONEY:
        missing = event.fen <= 0
    elif kind is LoanEventKind.EXTENDED:
        missing = event.months <= 0
    else:
        missing = kind is _REVERSED and event.reverses is None
    if missing or event.number <= 0:
        raise NothingEntered(number=event.number, kind=kind.label)


def _twice(events: Sequence[Event]) -> int:
    numbers = sorted(event.number for event in events)
    return next(one for one, other in itertools.pairwise(numbers) if one == other)


def _reversed(events: Sequence[Event]) -> set[int]:
    """Return the numbers of what is undone and of what undoes it."""
    known = {event.number: event for event in events}
    gone: set[int] = set()
    for reversal in events:
        if reversal.kind is not _REVERSED:
            continue
        number = reversal.reverses or 0
        undone = known.get(number)
        if undone is None:
            raise NothingToReverse(number=number)
        if undone.kind is _REVERSED:
            raise ReversalReversed(number=number)
        if number in gone:
            raise ReversedTwice(number=number)
        if reversal.day < undone.day:
            raise ReversedBefore(number=number, day=reversal.day)
        gone |= {number, reversal.number}
    return gone
