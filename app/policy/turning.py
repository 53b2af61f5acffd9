"""Finds what would turn a no: the least change of one fact that the household can prove or make.

Every change that is offered was decided again with the rules themselves.
"""

from collections.abc import Callable, Collection

from app.core.money import Fen
from app.policy.facts import Can, Fact, FactValue, Holder, Known
from app.policy.findings import Assessment, Turn
from app.policy.vocabulary import FACTS

FAR = 10**9
"""How far an amount is tried, in fen: ten million yuan more."""

Ask = Callable[[Known], int | None]
"""Decides anew: the amount of a yes, below nought for no, `None` unknown."""


def turns_of(assessment: Assessment, asked: Collection[str], ask: Ask) -> tuple[Turn, ...]:
    """Return the least change of each fact among ``asked`` that alone makes the answer yes, the
    smaller change first."""
    found: list[Turn] = []
    for fact in FACTS:
        if fact.can is None or fact.key not in asked:
            continue
        now = _value(assessment, fact)
        if now is None:
            continue
        needed = _least(now, fact.can, _decider(assessment, fact, ask))
        if needed is None:
            continue
        amount = ask(_with(assessment, fact, needed))
        given = None if assessment.measure is None or amount is None else Fen(amount)
        found.append(Turn(fact, now, needed, given))
    return tuple(sorted(found, key=_distance))


def _distance(turn: Turn) -> int:
    now, needed = turn.now, turn.needed
    return abs(needed - now) if isinstance(needed, int) and isinstance(now, int) else 0


def _decider(assessment: Assessment, fact: Fact, ask: Ask) -> Callable[[FactValue], bool]:
    def says_yes(value: FactValue) -> bool:
        answer = ask(_with(assessment, fact, value))
        return answer is not None and answer >= 0

    return says_yes


def _least(now: FactValue, can: Can, says_yes: Callable[[FactValue], bool]) -> FactValue | None:
    if can in (Can.TRUE, Can.FALSE):
        wanted = can is Can.TRUE
        return wanted if now is not wanted and says_yes(wanted) else None
    if not isinstance(now, int):
        return None
    no, yes = now, now + FAR if can is Can.MORE else 0
    if no == yes or not says_yes(yes):
        return None
    while abs(yes - no) > 1:
        middle = (no + yes) // 2
        no, yes = (no, middle) if says_yes(middle) else (middle, yes)
    return yes


def _value(assessment: Assessment, fact: Fact) -> FactValue | None:
    known = assessment.known
    if fact.holder is Holder.HOUSEHOLD:
        return known.household.get(fact.name)
    if assessment.member is None:
        return None
    return known.members[assessment.member].get(fact.name)


def _with(assessment: Assessment, fact: Fact, value: FactValue) -> Known:
    known = assessment.known
    if fact.holder is Holder.HOUSEHOLD:
        return Known({**known.household, fact.name: value}, known.members)
    members = [
        {**member, fact.name: value} if at == assessment.member else member
        for at, member in enumerate(known.members)
    ]
    return Known(known.household, members)
