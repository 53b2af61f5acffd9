"""Writes the money of a grant as Python text, equal to `app.policy.amounts`."""

from collections.abc import Mapping
from decimal import Decimal

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
from app.policy.pack import Grant
from app.policy.source import Source


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
        out.add(f"{target} = {left}", f"if {target} <= 0: {target} = {no}")


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
            line, word = out.line(kind), out.use(by.key)
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
