"""Decides for a whole archive: a pack turned once into plain functions, without reasons.

Outcomes, categories and amounts are those of `app.policy.assess`; a property test holds the two
equal.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from app.core.money import ZERO, Fen
from app.policy.facts import CATEGORY, CATEGORY_ON_RETEST, Facts, FactValue
from app.policy.findings import NO_CATEGORY
from app.policy.pack import (
    Area,
    Criterion,
    Figure,
    FirstAndFurther,
    Fixed,
    Grant,
    How,
    Leaf,
    Limit,
    Line,
    Literal,
    Measure,
    MonthsOfLine,
    Outcome,
    Pack,
    Share,
    Subject,
    scale,
)
from app.policy.truth import TESTS, figure_value
from app.reference.dated import ValueKind
from app.reference.values import Values

Rule = Callable[[Facts], bool | None]
Amount = Callable[[Facts], Fen | None]
Get = Callable[[Facts], FactValue | None]
GetLimit = Callable[[Facts], FactValue | tuple[FactValue, ...] | None]


class Decision(NamedTuple):
    """The answer for one household: of the classification, or of one measure."""

    outcome: Outcome
    category: str | None
    amount_fen: Fen | None


Decide = Callable[[Facts], tuple[Decision, ...]]


def assess_many(
    pack: Pack,
    rows: Iterable[Facts],
    values: Values,
    day: date,
    known_on: date | None = None,
    classification: Pack | None = None,
) -> list[tuple[Decision, ...]]:
    """Decide for every row of facts: one decision of a classification, or one a measure.

    ``classification`` is the pack that finds the category for an area's measures.
    """
    decide = compile_pack(pack, values, day, known_on, classification)
    return [decide(facts) for facts in rows]


def compile_pack(
    pack: Pack,
    values: Values,
    day: date,
    known_on: date | None = None,
    classification: Pack | None = None,
) -> Decide:
    """Turn a pack, as on one day, into one function of the facts of a household."""
    lookup = _Lookup(values, day, known_on)
    if pack.area is Area.CLASSIFICATION:
        classify = _classification(pack, lookup, retest=False)
        return lambda facts: (classify(facts),)
    measures = [_measure(measure, lookup) for measure in pack.measures]
    first, again = _derived(pack, classification, lookup)

    def decide(facts: Facts) -> tuple[Decision, ...]:
        category = first(facts)
        asked = {
            **facts,
            CATEGORY.name: category,
            CATEGORY_ON_RETEST.name: again(facts, category),
        }
        return tuple([measure(asked) for measure in measures])

    return decide


class _Lookup:
    """The dated values of one day."""

    def __init__(self, values: Values, day: date, known_on: date | None) -> None:
        self.values = values
        self.day = day
        self.known_on = known_on

    def line(self, kind: ValueKind) -> Amount:
        """Return the function from a household to the amount of its district's line."""
        found: dict[FactValue | None, Fen | None] = {}

        def line(facts: Facts) -> Fen | None:
            district = facts.get("district")
            if district not in found:
                known = isinstance(district, str)
                value = (
                    self.values.line(kind, str(district), self.day, self.known_on)
                    if known
                    else None
                )
                found[district] = value.amount_fen if value else None
            return found[district]

        return line


def _classification(pack: Pack, lookup: _Lookup, *, retest: bool) -> Callable[[Facts], Decision]:
    basic = _all([_rule(part, lookup, retest=retest) for part in pack.conditions])
    categories = [
        (
            Decision(Outcome.YES, category.name, None),
            _all([_rule(part, lookup, retest=retest) for part in category.conditions]),
        )
        for category in pack.categories
    ]
    no = Decision(Outcome.NO, None, None)
    unknown = Decision(Outcome.UNKNOWN, None, None)

    def classify(facts: Facts) -> Decision:
        held = basic(facts)
        if held is False:
            return no
        for yes, rule in categories:
            chosen = rule(facts)
            if chosen:
                return yes if held else unknown
            if chosen is None:
                return unknown
        return no

    return classify


def _derived(
    pack: Pack, classification: Pack | None, lookup: _Lookup
) -> tuple[Callable[[Facts], str | None], Callable[[Facts, str | None], str | None]]:
    """Return the functions that find the category, and the category on a re-test."""
    if classification is None:
        return (lambda _facts: None), (lambda _facts, _category: None)
    classify = _classification(classification, lookup, retest=False)
    reclassify = _classification(classification, lookup, retest=True)
    counted = [fact.name for fact in classification.counted_on_retest]
    asked = CATEGORY_ON_RETEST.name in pack.asks

    def first(facts: Facts) -> str | None:
        return _category(classify(facts))

    def again(facts: Facts, category: str | None) -> str | None:
        if asked and any(facts.get(name) != 0 for name in counted):
            return _category(reclassify(facts))
        return category

    return first, again


def _category(decision: Decision) -> str | None:
    if decision.outcome is Outcome.UNKNOWN:
        return None
    return decision.category or NO_CATEGORY


def _measure(measure: Measure, lookup: _Lookup) -> Callable[[Facts], Decision]:
    rule = _all([_rule(part, lookup, retest=False) for part in measure.conditions])
    amount = _grant(measure.grant, lookup) if measure.grant else None
    no = Decision(Outcome.NO, None, ZERO)
    unknown = Decision(Outcome.UNKNOWN, None, None)
    service = Decision(Outcome.YES, None, ZERO)

    def decide(facts: Facts) -> Decision:
        held = rule(facts)
        if held is None:
            return unknown
        if not held:
            return no
        if amount is None:
            return service
        fen = amount(facts)
        if fen is None:
            return unknown
        return Decision(Outcome.YES, None, fen) if fen > 0 else no

    return decide


def _grant(grant: Grant, lookup: _Lookup) -> Amount:
    cap = _cap(grant, lookup)
    if grant.used is None:
        return cap
    name = grant.used.name

    def left(facts: Facts) -> Fen | None:
        most, used = cap(facts), facts.get(name)
        if most is None or not isinstance(used, int):
            return None
        return Fen(most - used)

    return left


def _cap(grant: Grant, lookup: _Lookup) -> Amount:
    match grant.award:
        case Fixed(amount):
            return lambda _facts: amount
        case FirstAndFurther(first, further, fact):
            name = fact.name

            def by_heads(facts: Facts) -> Fen | None:
                heads = facts.get(name)
                if not isinstance(heads, int):
                    return None
                return Fen(first + further * (heads - 1)) if heads else ZERO

            return by_heads
        case MonthsOfLine(kind, months):
            line = lookup.line(kind)

            def by_months(facts: Facts) -> Fen | None:
                category, amount = facts.get(CATEGORY.name), line(facts)
                if amount is None or not isinstance(category, str):
                    return None
                return Fen(amount * months.get(category, 0))

            return by_months


def _rule(criterion: Criterion, lookup: _Lookup, *, retest: bool) -> Rule:
    if isinstance(criterion, Leaf):
        return _leaf(criterion, lookup, retest=retest)
    parts = [_rule(part, lookup, retest=retest) for part in criterion.parts]
    if criterion.how is How.ALL:
        return _all(parts)
    together = _any(parts)
    if criterion.how is How.ANY:
        return together

    def none_of(facts: Facts) -> bool | None:
        held = together(facts)
        return None if held is None else not held

    return none_of


def _all(rules: list[Rule]) -> Rule:
    def rule(facts: Facts) -> bool | None:
        answer: bool | None = True
        for part in rules:
            held = part(facts)
            if held is False:
                return False
            if held is None:
                answer = None
        return answer

    return rule


def _any(rules: list[Rule]) -> Rule:
    def rule(facts: Facts) -> bool | None:
        answer: bool | None = False
        for part in rules:
            held = part(facts)
            if held:
                return True
            if held is None:
                answer = None
        return answer

    return rule


def _leaf(leaf: Leaf, lookup: _Lookup, *, retest: bool) -> Rule:
    get = _get(leaf.subject, retest=retest)
    settled = leaf.settled_by.name if leaf.settled_by else ""
    if leaf.limit is None:
        return lambda facts: True if get(facts) is not None else None
    test, limit = TESTS[leaf.test], _limit(leaf.limit, lookup)

    def rule(facts: Facts) -> bool | None:
        value = get(facts)
        if value is None:
            return True if settled and facts.get(settled) is True else None
        against = limit(facts)
        return None if against is None else test(value, against)

    return rule


def _get(subject: Subject, *, retest: bool) -> Get:
    if isinstance(subject, Figure):
        return lambda facts: figure_value(subject, facts, retest=retest)
    name = subject.name
    return lambda facts: facts.get(name)


def _limit(limit: Limit, lookup: _Lookup) -> GetLimit:
    match limit:
        case Literal(value):
            return lambda _facts: value
        case Line(kind, times):
            line = lookup.line(kind)
            scaled: dict[Fen, Fen] = {}

            def from_line(facts: Facts) -> Fen | None:
                amount = line(facts)
                if amount is None:
                    return None
                if amount not in scaled:
                    scaled[amount] = scale(amount, times)
                return scaled[amount]

            return from_line
        case Share(fact, times):
            name = fact.name

            def share(facts: Facts) -> Fen | None:
                amount = facts.get(name)
                return scale(amount, times) if isinstance(amount, int) else None

            return share
