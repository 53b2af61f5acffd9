"""Writes criteria and the money of a grant as Python text, equal to `app.policy.tracing` and
`app.policy.amounts`."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from app.policy.awards import (
    Award,
    Bands,
    ByWord,
    FirstAndFurther,
    Fixed,
    LeastOf,
    MonthsOfLine,
    PerHead,
    ShareOf,
)
from app.policy.pack import (
    Criterion,
    Figure,
    Grant,
    Group,
    How,
    Leaf,
    Line,
    Literal,
    Relation,
    Share,
)
from app.policy.source import Counted, Source

_OPERATORS: Final = {
    Relation.IS: "==",
    Relation.BELOW: "<",
    Relation.AT_MOST: "<=",
    Relation.ABOVE: ">",
    Relation.AT_LEAST: ">=",
}


def opened(criteria: Iterable[Criterion]) -> Iterator[Criterion]:
    """Yield criteria all of which must hold, those of groups of all one by one."""
    for criterion in criteria:
        if isinstance(criterion, Group) and criterion.how is How.ALL:
            yield from opened(criterion.parts)
        else:
            yield criterion


def may_hold(out: Source, criteria: Iterable[Criterion], *, retest: bool = False) -> str:
    """Return the text of a test: that all criteria may hold, whatever the unknown turns out."""
    return _all(_holds(out, each, sure=False, retest=retest) for each in criteria)


def known_to_hold(out: Source, criteria: Iterable[Criterion], *, retest: bool = False) -> str:
    """Return the text of a test: that criteria which may hold do hold, as nothing is unknown."""
    return _all(
        _holds(out, each, sure=True, retest=retest)
        if isinstance(each, Group)
        else _is_known(out, each, retest=retest)
        for each in opened(criteria)
    )


def _all(tests: Iterable[str]) -> str:
    return " and ".join(test for test in dict.fromkeys(tests) if test != "True") or "True"


def _is_known(out: Source, leaf: Leaf, *, retest: bool) -> str:
    value, limit = _value(out, leaf, retest=retest), "True"
    if isinstance(leaf.limit, Line | Share):
        limit = f"{_needed(out, leaf.limit)} is not None"
    if leaf.settled_by:
        return f"({out.use(leaf.settled_by.key)} is True if {value} is None else {limit})"
    return _all([f"{value} is not None", limit])


def _holds(out: Source, criterion: Criterion, *, sure: bool, retest: bool) -> str:
    """Return the text of a test: that a criterion is ``sure`` to hold, or else that it may."""
    if isinstance(criterion, Leaf):
        return _leaf(out, criterion, sure=sure, retest=retest)
    # None of them holds for sure when none may hold, and may hold when none is sure to.
    negated = criterion.how is How.NOT
    tests = [_holds(out, part, sure=sure ^ negated, retest=retest) for part in criterion.parts]
    if criterion.how is How.ALL:
        return f"({_all(tests)})"
    some = f"({' or '.join(tests) or 'False'})"
    return f"not {some}" if negated else some


def _leaf(out: Source, leaf: Leaf, *, sure: bool, retest: bool) -> str:
    value = _value(out, leaf, retest=retest)
    test = _compared(out, leaf, value, sure=sure)
    if not sure:
        return test
    if leaf.settled_by:
        return f"({out.use(leaf.settled_by.key)} is True if {value} is None else {test})"
    if leaf.test in (Relation.IS, Relation.ONE_OF) and isinstance(leaf.limit, Literal):
        return test  # of what is unknown, neither is so
    return _all([f"{value} is not None", test])


def _value(out: Source, leaf: Leaf, *, retest: bool) -> str:
    subject = leaf.subject
    return out.use(Counted(subject, retest) if isinstance(subject, Figure) else subject.key)


def _needed(out: Source, limit: Line | Share) -> str:
    """Return the name of what a limit is made of."""
    return out.use(limit if isinstance(limit, Line) else limit.of.key)


def _compared(out: Source, leaf: Leaf, value: str, *, sure: bool) -> str:
    """Return the test of a value that is known; unless ``sure``, of one that may be unknown."""
    limit = leaf.limit
    match leaf.test, limit:
        case Relation.IS, Literal(bool(wanted)):
            return f"{value} is {wanted}" if sure else f"{value} is not {not wanted}"
        case Relation.ONE_OF, Literal(tuple(words)):
            return f"{value} in {out.constant(frozenset(words if sure else (*words, None)))}"
        case _, Literal(wanted):
            needed, against = "", _literal(out, wanted)
        case _, Line():
            needed = against = _needed(out, limit)
        case _, Share():
            needed = _needed(out, limit)
            against = out.scaled(needed, limit.times)
        case _, None:
            return "True"
    test = f"{value} {_OPERATORS[leaf.test]} {against}"
    if sure:
        return _all([f"{needed} is not None", test]) if needed else test
    unknown = [f"{name} is None" for name in (value, needed) if name]
    return f"({' or '.join([*unknown, test])})"


def _literal(out: Source, value: object) -> str:
    return out.constant(value) if isinstance(value, date) else repr(value)


def asked_alike(criterion: Criterion) -> Hashable:
    """Return the same for criteria that ask the same, whatever their articles and words."""
    if not isinstance(criterion, Leaf):
        return criterion.how, tuple(map(asked_alike, criterion.parts))
    limit: Hashable = criterion.limit
    if isinstance(limit, Literal):
        limit = (type(limit.value), limit.value)
    subject = criterion.subject
    settled = criterion.settled_by and criterion.settled_by.key
    return getattr(subject, "key", subject), criterion.test, limit, settled


def write_amount(out: Source, grant: Grant, target: str, no: int) -> None:
    """Set ``target`` to what is left to give, ``no`` when that is nothing, `None` unknown."""
    unknown = ["amount is None"]
    left = "amount"
    _award(out, grant.award, "amount")
    if grant.used:
        used = out.use(grant.used.key)
        unknown.append(f"{used} is None")
        left = f"amount - {used}"
    if grant.household_most_fen is not None and grant.household_used:
        used = out.use(grant.household_used.key)
        unknown.append(f"{used} is None")
        left = f"min({left}, {grant.household_most_fen} - {used})"
    out.add(f"if {' or '.join(unknown)}: {target} = None")
    with out.block("else:"):
        out.add(f"left = {left}", f"{target} = left if left > 0 else {no}")


def _award(out: Source, award: Award, target: str) -> None:
    match award:
        case Fixed(amount):
            out.add(f"{target} = {amount}")
        case ByWord(fact, amounts):
            word = out.use(fact.key)
            _unless(out, target, [word], f"{out.constant(dict(amounts))}.get({word}, 0)")
        case FirstAndFurther(first, further, fact):
            heads = out.use(fact.key)
            given = f"{first} + {further} * ({heads} - 1) if {heads} else 0"
            _unless(out, target, [heads], given)
        case PerHead(amount, fact):
            heads = out.use(fact.key)
            _unless(out, target, [heads], f"{amount} * {heads}")
        case MonthsOfLine(kind, months, by):
            line, word = out.use(Line(kind)), out.use(by.key)
            given = f"{line} * {out.constant(dict(months))}.get({word}, 0)"
            _unless(out, target, [line, word], given)
        case ShareOf():
            _share(out, award, target)
        case Bands(of, bands):
            amount = out.use(of.key)
            steps = [f"{given} if {amount} > {above}" for above, given in reversed(bands)]
            _unless(out, target, [amount], " else ".join([*steps, "0"]))
        case LeastOf(parts):
            names = [f"part{at}" for at in range(len(parts))]
            for name, part in zip(names, parts, strict=True):
                _award(out, part, name)
            _unless(out, target, names, f"min({', '.join(names)},)")


def _share(out: Source, award: ShareOf, target: str) -> None:
    amount = out.use(award.of.key)
    wanted = [amount, *([out.use(award.by.key)] if award.asks_word else [])]
    word = wanted[-1]
    above = f"max({amount} - {award.deductible_fen}, 0)"
    if isinstance(award.times, Mapping):
        ratios = {key: _ratio(times) for key, times in award.times.items()}
        share = f"(lambda a, b: ({above} * 2 * a + b) // (2 * b))"
        given = f"{share}(*{out.constant(ratios)}.get({word}, (0, 1)))"
    else:
        given = out.scaled(above, award.times)
    if isinstance(award.most_fen, Mapping):
        most = f"{out.constant(dict(award.most_fen))}.get({word})"
        _unless(out, target, wanted, given)
        out.add(f"most = {most}")
        out.add(f"if {target} is not None and most is not None: {target} = min({target}, most)")
        return
    if award.most_fen is not None:
        given = f"min({given}, {award.most_fen})"
    _unless(out, target, wanted, given)


def _unless(out: Source, target: str, unknown: list[str], given: str) -> None:
    """Set ``target``, to `None` while one of these names is unknown."""
    nothing = " or ".join(f"{name} is None" for name in unknown)
    out.add(f"if {nothing}: {target} = None", f"else: {target} = {given}")


def _ratio(times: Decimal) -> tuple[int, int]:
    return times.as_integer_ratio()
