"""Truth with three values, and what every test and figure means.

``None`` is "cannot tell yet": what is unknown is never taken for no.
"""

import operator
from collections.abc import Callable, Iterable
from typing import Any, Final

from app.core.money import Fen, divide
from app.policy.facts import Facts, FactValue
from app.policy.pack import Figure, How, Relation


def _one_of(value: FactValue, words: tuple[FactValue, ...]) -> bool:
    return value in words


TESTS: Final[dict[Relation, Callable[[Any, Any], bool]]] = {
    Relation.IS: operator.eq,
    Relation.ONE_OF: _one_of,
    Relation.BELOW: operator.lt,
    Relation.AT_MOST: operator.le,
    Relation.ABOVE: operator.gt,
    Relation.AT_LEAST: operator.ge,
}


def figure_value(figure: Figure, facts: Facts, *, retest: bool = False) -> Fen | None:
    """Return a figure of the household, `None` while a part of it is unknown."""
    total = 0
    for fact in figure.income(retest=retest):
        amount = facts.get(fact.key)
        if not isinstance(amount, int):
            return None
        total += amount
    for fact in figure.less:
        amount = facts.get(fact.key)
        if not isinstance(amount, int):
            return None
        total -= amount
    heads = facts.get(figure.heads.key)
    if not isinstance(heads, int) or heads < 1:
        return None
    return divide(total, figure.months * heads)


def every(held: Iterable[bool | None]) -> bool | None:
    """Return no as soon as one is no, else unknown when one is unknown."""
    answer: bool | None = True
    for each in held:
        if each is False:
            return False
        if each is None:
            answer = None
    return answer


def some(held: Iterable[bool | None]) -> bool | None:
    """Return yes as soon as one is yes, else unknown when one is unknown."""
    answer: bool | None = False
    for each in held:
        if each:
            return True
        if each is None:
            answer = None
    return answer


def none(held: Iterable[bool | None]) -> bool | None:
    """Return yes when all are no: the opposite of `some`."""
    answer = some(held)
    return None if answer is None else not answer


TOGETHER: Final[dict[How, Callable[[Iterable[bool | None]], bool | None]]] = {
    How.ALL: every,
    How.ANY: some,
    How.NOT: none,
}
"""How the parts of a group count."""
